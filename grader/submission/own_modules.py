"""What a notebook's imports of the student's own modules supply.

A module is a file that was handed in, or one that a cell writes (``%%writefile``). Where it defines
a graded function, the import stands for the definition, wherever the released stub stands.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from grader.submission.cell_source import parse
from grader.submission.definitions import Definition, definitions, module_level

_WRITES = re.compile(r"\A\s*%%(?:writefile|file)[ \t]+(?:\./)?([\w/]+)\.py[ \t]*\n(.*)", re.DOTALL)
_DEEPEST = 5


class OwnModules:
    """The modules of a student's own, by name, each with its source.

    Parameters:
        files: what lies beside the notebook: paths and bytes.
        sources: the cells of the notebook.
    """

    def __init__(self, files: Iterable[tuple[str, bytes]], sources: Iterable[str]) -> None:
        self._sources = {
            _module_name(path.removesuffix(".py")): raw.decode("utf-8", "replace")
            for path, raw in files
            if path.endswith(".py")
        }
        for source in sources:
            if (written := _WRITES.match(source)) is not None:
                self._sources[_module_name(written[1])] = written[2]

    def imported(
        self, source: str, names: Collection[str], within: frozenset[str] = frozenset()
    ) -> Iterator[Definition]:
        """The definitions of functions that a cell imports from these modules.

        Parameters:
            source: the cell, or a module.
            names: the functions that are of interest.
            within: the modules that are being looked into.
        """
        tree = parse(source) if self._sources else None
        for statement in module_level(tree.body) if tree is not None else ():
            if not isinstance(statement, ast.ImportFrom) or statement.level:
                continue
            module = statement.module or ""
            if module not in self._sources or module in within or len(within) >= _DEEPEST:
                continue
            wanted = {*names, *(alias.name for alias in statement.names)} - {"*"}
            there = self._defined(self._sources[module], wanted, within | {module})
            for alias in statement.names:
                for name in names if alias.name == "*" else [alias.name]:
                    called = alias.asname or name
                    if name in there and called in names:
                        first, last = statement.lineno, statement.end_lineno or statement.lineno
                        yield replace(there[name], name=called, first=first, last=last, alone=False)

    def _defined(
        self, source: str, names: Collection[str], within: frozenset[str]
    ) -> dict[str, Definition]:
        """The functions that a module has: its own ones, and those that it imports itself."""
        own = {name: places[-1] for name, places in definitions(source, names).items()}
        return own | {found.name: found for found in self.imported(source, names, within)}


def _module_name(path: str) -> str:
    return path.removesuffix("/__init__").replace("/", ".")
