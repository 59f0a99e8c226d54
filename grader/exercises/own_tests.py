"""An assignment of any nbgrader course: a source notebook whose grade cells hold its tests.

It has no ``exercises.py``. What the notebook says is all there is: which cells are graded, what
their tests are, and which names the tests take from the course and not from the student.
"""

from __future__ import annotations

import ast
import builtins
import dataclasses
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from grader.exercises.conventions import Conventions
from grader.exercises.nbgrader_rules import compute_checksum
from grader.sandbox.guest.cell_failures import names_bound_by

_DEFAULTS: Mapping[str, Any] = dict.fromkeys(("grade", "solution", "locked", "task"), False)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_WATCHING = re.compile(r"\A%%(?:time|capture)\b[^\n]*\n")
_MAGIC = re.compile(r"^\s*[%!]", re.MULTILINE)


@dataclass(frozen=True)
class OwnTest:
    """A cell that nbgrader grades by running it.

    Attributes:
        name: its ``grade_id``.
        shown_as: its name in the assignment: with its notebook's, where there are several.
        points: what it is worth.
        source: its text in the source, hidden tests included, as Python.
        shown: its text as students have it.
        hidden: the numbers of the lines of its source that they do not see.
        builtin_names: names of Python that it uses and the course gives no other meaning.
        imports: the imports of the course that give it names, as statements.
    """

    name: str
    shown_as: str
    points: float
    source: str
    shown: str
    hidden: frozenset[int]
    builtin_names: tuple[str, ...] = ()
    imports: str = ""

    def public(self) -> OwnTest | None:
        """The part that students have, in the same lines; None where they have nothing of it."""
        lines = self.source.split("\n")
        kept = "\n".join("" if n in self.hidden else line for n, line in enumerate(lines, start=1))
        return dataclasses.replace(self, source=kept) if _parsed(kept) else None


@dataclass(frozen=True, eq=False)
class OwnTests:
    """What a source notebook says about grading it.

    Attributes:
        notebook: its name, without the suffix.
        cells: all its cells as students get them, with nbgrader's metadata complete.
        solutions: the text of each code cell with a solution, by name.
        tests: the cells that are graded by running them, by name, in order.
        given: for each locked cell the names of the functions, classes and modules that it gives,
            which no solution replaces.
        imported: the modules that the notebook imports.
        conventions: what stands around its solutions and hidden tests.
    """

    notebook: str
    cells: tuple[NotebookNode, ...]
    solutions: Mapping[str, str]
    tests: Mapping[str, OwnTest]
    given: Mapping[str, tuple[str, ...]]
    imported: tuple[str, ...]
    conventions: Conventions

    @property
    def cell_names(self) -> tuple[str, ...]:
        """What nbgrader calls the cells that it knows."""
        return tuple(name_of(cell) for cell in self.cells if name_of(cell))

    @property
    def relied_on(self) -> tuple[str, ...]:
        """The packages that the tests take names from."""
        cells = (
            statement for test in self.tests.values() for statement in (test.imports, test.source)
        )
        return tuple(
            sorted({module.partition(".")[0] for text in cells for module in _modules(text)})
        )


def read_own_tests(
    source: Path, released: Path, conventions: Conventions, several: bool
) -> OwnTests:
    """Read a source notebook.

    Parameters:
        source: the notebook with solutions and hidden tests.
        released: the notebook that students got, whose texts count where it is there.
        conventions: what the course puts around solutions and hidden tests.
        several: whether the assignment has other notebooks, too.

    Raises:
        OSError, ValueError: a notebook cannot be read.
    """
    cells = _cells_of(source)
    texts = {name_of(c): c for c in _cells_of(released)} if released.is_file() else {}
    solved = frozenset(n for c in cells if is_kind(c, "solution") for n in bound_names(c.source))
    bound = frozenset(n for c in cells for n in bound_names(c.source))
    tests: dict[str, OwnTest] = {}
    given: dict[str, tuple[str, ...]] = {}
    imports: list[ast.stmt] = []
    within: dict[str, frozenset[str]] = {}  # the names that each given function uses
    shown = [_released(cell, texts.get(name_of(cell)), conventions) for cell in cells]
    for cell, released_cell in zip(cells, shown, strict=True):
        if cell.cell_type != "code" or is_kind(cell, "solution"):
            continue
        python = as_python(cell.source)
        statements = _parsed(python)
        if is_kind(cell, "grade"):
            used = _with_those_within(_used_names(statements), within)
            tests[name_of(cell)] = OwnTest(
                name=name_of(cell),
                shown_as=f"{source.stem}/{name_of(cell)}" if several else name_of(cell),
                points=float(cell.metadata.nbgrader.get("points") or 0),
                source=python,
                shown=released_cell.source,
                hidden=conventions.hidden_lines(python),
                builtin_names=tuple(sorted(used & set(dir(builtins)) - bound)),
                imports="\n".join(_imports_of(imports, used - solved)),
            )
        elif is_kind(cell, "locked"):
            given[name_of(cell)] = tuple(n for n in _defined(statements) if n not in solved)
        within |= {s.name: _used_names([s]) for s in statements if isinstance(s, _DEFINITIONS)}
        imports += [s for s in statements if isinstance(s, (ast.Import, ast.ImportFrom))]
    return OwnTests(
        notebook=source.stem,
        cells=tuple(shown),
        solutions={
            name_of(c): c.source for c in cells if c.cell_type == "code" and is_kind(c, "solution")
        },
        tests=tests,
        given=given,
        imported=tuple(
            dict.fromkeys(
                module for c in cells if c.cell_type == "code" for module in _modules(c.source)
            )
        ),
        conventions=conventions,
    )


def name_of(cell: NotebookNode) -> str:
    """What nbgrader calls a cell; empty where it does not know it."""
    return str(cell.metadata.get("nbgrader", {}).get("grade_id", ""))


def is_kind(cell: NotebookNode, key: str) -> bool:
    """Whether nbgrader knows a cell as ``grade``, ``solution``, ``locked`` or ``task``."""
    return bool(cell.metadata.get("nbgrader", {}).get(key))


def _cells_of(path: Path) -> list[NotebookNode]:
    cells = []
    for number, cell in enumerate(nbformat.read(path, as_version=4).cells):
        meta = cell.metadata.get("nbgrader")
        if meta and meta.get("grade_id"):
            own = {"cell_type": cell.cell_type, **meta, "schema_version": 3}  # of an older nbgrader
            cell.metadata.nbgrader = NotebookNode({**_DEFAULTS, **own})
        else:
            cell.metadata.pop("nbgrader", None)
        cell.id = cell.get("id") or f"cell-{number}"
        cells.append(cell)
    return cells


def _released(
    cell: NotebookNode, released: NotebookNode | None, conventions: Conventions
) -> NotebookNode:
    """A cell of the source as students get it: their text, and the checksum of it."""
    made = NotebookNode(cell)
    made.metadata = nbformat.from_dict(dict(cell.metadata))
    if not name_of(cell):
        return made
    if released is not None and released.cell_type == cell.cell_type:
        made.source, made.id = released.source, released.id
    else:
        made.source = _cleared(cell, conventions)
    made.metadata.nbgrader["checksum"] = compute_checksum(made)
    return made


def _cleared(cell: NotebookNode, conventions: Conventions) -> str:
    """The text of a source cell as nbgrader's ``generate_assignment`` releases it."""
    stub = conventions.code_stub if cell.cell_type == "code" else conventions.text_stub
    has_region = conventions.solution[0] in cell.source
    if is_kind(cell, "solution") and not has_region and not is_kind(cell, "task"):
        return stub
    return conventions.cleared(cell.source, stub)


def as_python(source: str) -> str:
    """A cell as Python: magics that only watch are left out, IPython's others become calls."""
    source = _WATCHING.sub("\n", source)
    if not _MAGIC.search(source):
        return source
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return str(TransformerManager().transform_cell(source))
    except SyntaxError:
        return source


def _parsed(source: str) -> Sequence[ast.stmt]:
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError):
        return ()


def bound_names(source: str) -> frozenset[str]:
    """The names that a cell gives a meaning to, at its top level or in a loop or branch of it."""
    return frozenset(names_bound_by(_parsed(as_python(source))))


def _used_names(statements: Iterable[ast.stmt]) -> frozenset[str]:
    return frozenset(
        node.id for s in statements for node in ast.walk(s) if isinstance(node, ast.Name)
    )


def _with_those_within(
    names: frozenset[str], within: Mapping[str, frozenset[str]]
) -> frozenset[str]:
    """Names, and those that the functions use which some of them name."""
    more = names.union(*(within.get(name, ()) for name in names))
    return names if more == names else _with_those_within(more, within)


def _defined(statements: Iterable[ast.stmt]) -> Iterator[str]:
    """The functions, classes and modules that a cell gives at its top level."""
    for statement in statements:
        if isinstance(statement, _DEFINITIONS):
            yield statement.name
        elif isinstance(statement, (ast.Import, ast.ImportFrom)):
            yield from (a.asname or a.name.partition(".")[0] for a in statement.names)


def _imports_of(imports: Iterable[ast.stmt], names: frozenset[str]) -> Iterator[str]:
    """The imports that give these names."""
    for statement in imports:
        if not names.isdisjoint(_defined([statement])):
            yield ast.unparse(statement)


def _modules(source: str) -> Iterator[str]:
    """The modules that a cell imports."""
    for statement in _parsed(as_python(source)):
        if isinstance(statement, ast.Import):
            yield from (alias.name for alias in statement.names)
        elif isinstance(statement, ast.ImportFrom) and statement.module:
            yield statement.module
