"""The source of a cell as text and as a syntax tree, without running it.

Cells of notebooks are not quite Python: they hold magics and shell lines, and one slip of the pen
makes the whole cell unreadable for a parser. All functions here take any text.
"""

from __future__ import annotations

import ast
import functools
import re
import textwrap
import unicodedata
from collections.abc import Callable, Collection, Iterator
from typing import Any, TypeVar, cast

_LONGEST_PARSED = 200_000
"""Longer cells are searched for definitions by pattern only."""

_LONGEST_REMEMBERED = 4_000  # the tree of a text takes some twenty times its memory

_F = TypeVar("_F", bound=Callable[..., Any])


def remembered(maxsize: int) -> Callable[[_F], _F]:
    """Remember what a function says of the sources of cells, its first argument.

    Each cell is looked at several times, and many stand in the notebooks of a whole class. Long
    ones are not remembered, so that nobody fills the memory with them. What is handed out may be
    handed out again: nobody changes it.

    Parameters:
        maxsize: how many sources are remembered.
    """

    def decorate(function: _F) -> _F:
        cached = functools.lru_cache(maxsize)(function)

        @functools.wraps(function)
        def ask(source: str, *more: Any) -> Any:
            ask_whom = cached if len(source) <= _LONGEST_REMEMBERED else function
            return ask_whom(source, *more)

        return cast(_F, ask)

    return decorate


_MAGIC_LINE = re.compile(r"^([ \t]*)(?:[%!?].*|[\w.]+\?\??[ \t]*)$", re.MULTILINE)
_MAGIC_VALUE = re.compile(r"^([\w, \t]+=[ \t]*)[%!].*$", re.MULTILINE)
_CELL_MAGIC = re.compile(r"\A\s*%%(\w+|!)[^\n]*")
_MAGICS_OF_TEXT = frozenset(
    "! bash cmd file html javascript js latex markdown perl pypy python2 ruby script sh skip svg sx"
    " system writefile".split()
)
"""Magics that do not run their cell as Python, whatever stands in it."""
_WATCHING_MAGICS = frozenset({"time", "timeit", "capture", "prun", "snakeviz"})
"""Magics that watch Python run. Those that are not known do so where their cell is Python."""
_MAGICS_OF_ANOTHER_PROCESS = frozenset({"debug", "python", "python3"})
_PROMPT = re.compile(r"^[ \t]*(?:>>>|In ?\[\d+\]:|\.{3,}:?)(?: |$)", re.MULTILINE)


def normal_names(source: str) -> str:
    """The text in the form in which Python compares names: full-width letters are plain ones.

    Line numbers stay. The parser does this itself; whoever searches a source by its text has to.
    """
    return source if source.isascii() else unicodedata.normalize("NFKC", source)


def normal_text(source: str) -> str:
    """The text without the blanks at line ends and around it."""
    return "\n".join([line.rstrip() for line in source.strip().split("\n")])


def cell_magic(source: str) -> str:
    """The name of the cell magic that the cell starts with, or an empty string."""
    found = _CELL_MAGIC.match(source)
    return found[1] if found else ""


def holds_python(source: str) -> bool:
    """Whether the cell's code is Python, as far as its cell magic tells."""
    magic = cell_magic(source).lower()
    if not magic or magic in _WATCHING_MAGICS | _MAGICS_OF_ANOTHER_PROCESS:
        return True
    if magic in _MAGICS_OF_TEXT:
        return False
    return any(_tree(text) is not None for text in _readings(without_cell_magic(source)))


def without_cell_magic(source: str, only_watching: bool = False) -> str:
    """The source with an empty line in place of a magic whose cell is Python.

    Parameters:
        source: the cell.
        only_watching: leave magics that run the cell elsewhere than in the notebook.
    """
    magic = cell_magic(source).lower()
    if magic in _MAGICS_OF_TEXT or (only_watching and magic in _MAGICS_OF_ANOTHER_PROCESS):
        return source
    return _CELL_MAGIC.sub(lambda found: "\n" * found[0].count("\n"), source, count=1)


@remembered(256)
def parse(source: str) -> ast.Module | None:
    """The syntax tree of a cell, line numbers kept; None where it has none."""
    if len(source) > _LONGEST_PARSED or not holds_python(source):
        return None
    return next(filter(None, map(_tree, _readings(source))), None)


def _tree(text: str) -> ast.Module | None:
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _readings(source: str) -> Iterator[str]:
    """The source as it is, and as IPython reads it: without prompts and magics, shifted left."""
    yield source
    plain = without_cell_magic(source)
    if _PROMPT.match(plain.lstrip("\n")):
        plain = _PROMPT.sub("", plain)
    plain = _MAGIC_VALUE.sub(r"\1None", _MAGIC_LINE.sub(r"\1pass", plain))
    if plain != source:
        yield plain
    if re.match(r"\s*\n?[ \t]", plain):
        yield textwrap.dedent(plain)


def lines_of_magic(source: str, within: ast.stmt | None = None) -> list[str]:
    """The lines that :func:`parse` leaves out, being no Python: magics, help, commands.

    Parameters:
        source: the cell.
        within: one of its statements; the whole cell where None.
    """
    tree = parse(source)
    if tree is None:
        return []
    if _tree(source) is not None:
        return []
    plain = without_cell_magic(source)
    if within is not None:
        first, last = lines_of(within)
        plain = "\n".join(plain.split("\n")[first - 1 : last])
    patterns = (_MAGIC_LINE, _MAGIC_VALUE)
    return [found[0] for pattern in patterns for found in pattern.finditer(plain)]


def lines_of(statement: ast.stmt) -> tuple[int, int]:
    """The first and the last line of a statement, with its decorators."""
    decorators = getattr(statement, "decorator_list", [])
    first = min([statement.lineno, *(decorator.lineno for decorator in decorators)])
    return first, statement.end_lineno or statement.lineno


def without_lines(source: str, spans: Collection[tuple[int, int]]) -> str:
    """The source with empty lines in place of the given ones, so that line numbers stay."""
    lines = source.split("\n")
    for first, last in spans:
        lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


def is_empty_code(source: str) -> bool:
    """Whether nothing but blanks and comments is left."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in source.split("\n"))


def assigned_names(tree: ast.AST) -> set[str]:
    """All names that are assigned to, at any depth."""
    names: set[str | None] = set()
    for node in nodes_of(tree):
        if type(node) is ast.Name:
            names.add(node.id if isinstance(node.ctx, ast.Store) else None)
        elif isinstance(node, (ast.ExceptHandler, ast.MatchAs, ast.MatchStar)):
            names.add(node.name)
        elif isinstance(node, ast.MatchMapping):
            names.add(node.rest)
    return {name for name in names if name is not None}


def nodes_of(*trees: ast.AST, goes_on: Callable[[ast.AST], bool] | None = None) -> list[ast.AST]:
    """All nodes of trees, as ``ast.walk`` gives them, in a third of its time.

    Parameters:
        trees: where to begin.
        goes_on: whether a node is gone into; into all where None.
    """
    found = list(trees)
    for node in found:  # which grows meanwhile
        if goes_on is not None and not goes_on(node):
            continue
        for name in node._fields:
            value = getattr(node, name, None)
            if type(value) is list:
                found += [part for part in value if isinstance(part, ast.AST)]
            elif isinstance(value, ast.AST):
                found.append(value)
    return found
