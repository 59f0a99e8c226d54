"""What the source of a cell says, without running it: which functions it defines, and where.

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
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

MAX_SOURCE = 200_000
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
_DEFINES = re.compile(r"^[ \t]*(?:async[ \t]+def|def|class|import|from)\s", re.MULTILINE)
_CELL_MAGIC = re.compile(r"\A\s*%%(\w+)[^\n]*")
_WATCHING_MAGICS = frozenset({"time", "timeit", "capture", "prun", "snakeviz"})
_PYTHON_MAGICS = _WATCHING_MAGICS | {"debug", "python", "python3"}
_MAKES_FUNCTIONS = frozenset({"partial", "vectorize", "jit", "njit", "lru_cache", "cache", "wraps"})


@dataclass(frozen=True, eq=False)
class Definition:
    """One place where a cell gives a name to a function.

    Attributes:
        name: the function.
        first, last: its lines, counted from 1.
        alone: whether nothing else stands on these lines and they are not part of a block.
        function: the syntax tree of a ``def``; None for any other kind of definition.
        certain: whether the name surely stands for a function afterwards.
    """

    name: str
    first: int = 0
    last: int = 0
    alone: bool = False
    function: ast.FunctionDef | ast.AsyncFunctionDef | None = None
    certain: bool = True

    def does_the_same_as(self, other: Definition) -> bool:
        """Whether both are ``def`` statements that differ in nothing that is run.

        Comments, docstrings and what only holds the place of a solution do not count.
        """
        if self.function is None or other.function is None:
            return False
        return _do_the_same(self.function, other.function)


@functools.lru_cache(maxsize=128)
def _do_the_same(one: ast.AST, other: ast.AST) -> bool:
    try:
        return _same(one, other)
    except RecursionError:
        return False


def _same(one: object, other: object) -> bool:
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST):
        return all(_same(_counted(one, name), _counted(other, name)) for name in one._fields)
    if isinstance(one, list):
        assert isinstance(other, list)
        return len(one) == len(other) and all(map(_same, one, other))
    return one == other


def _counted(node: object, name: str) -> object:
    """A field of a syntax tree; of a block, those statements that count."""
    value = getattr(node, name, None)
    if isinstance(value, list) and name in ("body", "orelse", "finalbody"):
        return [child for child in value if not _holds_place(child)]
    return value


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
    magic = cell_magic(source)
    return not magic or magic in _PYTHON_MAGICS


def without_cell_magic(source: str, only_watching: bool = False) -> str:
    """The source with an empty line in place of a magic whose cell is Python.

    Parameters:
        source: the cell.
        only_watching: leave magics that run the cell elsewhere than in the notebook.
    """
    if cell_magic(source) in (_WATCHING_MAGICS if only_watching else _PYTHON_MAGICS):
        return _CELL_MAGIC.sub(lambda found: "\n" * found[0].count("\n"), source, count=1)
    return source


@remembered(256)
def parse(source: str) -> ast.Module | None:
    """The syntax tree of a cell, line numbers kept; None where it has none."""
    if len(source) > MAX_SOURCE or not holds_python(source):
        return None
    for text in _readings(source):
        try:
            return ast.parse(text)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return None


def _readings(source: str) -> Iterator[str]:
    """The source as it is, without magics, and shifted to the left as IPython does."""
    yield source
    plain = without_cell_magic(source)
    plain = _MAGIC_VALUE.sub(r"\1None", _MAGIC_LINE.sub(r"\1pass", plain))
    if plain != source:
        yield plain
    if re.match(r"\s*\n?[ \t]", plain):
        yield textwrap.dedent(plain)


def lines_of_magic(source: str) -> list[str]:
    """The lines that :func:`parse` leaves out, being no Python: magics, help, commands."""
    tree = parse(source)
    if tree is None:
        return []
    try:
        ast.parse(source)
        return []
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        plain = without_cell_magic(source)
        patterns = (_MAGIC_LINE, _MAGIC_VALUE)
        return [found[0] for pattern in patterns for found in pattern.finditer(plain)]


def definitions(source: str, names: Collection[str]) -> dict[str, list[Definition]]:
    """The places where a cell defines the functions of these names, in order.

    Functions and methods inside which a name is bound do not count; ``if``, ``for``, ``with`` and
    ``try`` blocks do. A cell that cannot be parsed is searched for ``def name(``.
    """
    wanted = frozenset(names)
    known = normal_names(source)
    if not wanted or not _words(wanted).search(known) or not holds_python(source):
        return {}
    found: dict[str, list[Definition]] = {}
    for place in _places(source, wanted):
        # Two cells with the same text define a function in two places.
        found.setdefault(place.name, []).append(replace(place))
    return found


@remembered(256)
def _places(source: str, names: frozenset[str]) -> tuple[Definition, ...]:
    return tuple(_definitions_in(source, names))


def _definitions_in(source: str, names: frozenset[str]) -> Iterator[Definition]:
    tree = parse(source)
    if tree is None:
        text = normal_names(source)
        for match in _def_pattern(names).finditer(text):
            line = text.count("\n", 0, match.start(1)) + 1
            yield Definition(match[1], line, line)
        return
    alone = _alone(tree.body)
    for statement in module_level(tree.body):
        for name, certain in _bound(statement):
            if name in names:
                yield _definition(name, certain, statement, id(statement) in alone)


def function_named(source: str, name: str) -> ast.FunctionDef | ast.AsyncFunctionDef | None:
    """The last ``def`` of a cell that a name stands for, also as another name of the function.

    A function of another edition of the course is given the name of its exercise by a line
    ``normalize_rows = normalizeRows``.

    Parameters:
        source: the cell.
        name: the function.
    """
    tree = parse(source)
    for statement in reversed(tree.body if tree is not None else []):
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if statement.name == name:
                return statement
        elif (
            isinstance(statement, ast.Assign)
            and isinstance(statement.value, ast.Name)
            and any(isinstance(t, ast.Name) and t.id == name for t in statement.targets)
        ):
            name = statement.value.id
    return None


def has_definition_pattern(source: str, names: Collection[str]) -> bool:
    """Whether a line of the text looks like the head of one of the functions."""
    pattern = _def_pattern(frozenset(names))
    return bool(names) and pattern.search(normal_names(source)) is not None


@functools.lru_cache(maxsize=64)
def _words(names: frozenset[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})\b")


@functools.lru_cache(maxsize=64)
def _def_pattern(names: frozenset[str]) -> re.Pattern[str]:
    alternatives = "|".join(map(re.escape, sorted(names)))
    return re.compile(
        rf"^[ \t]*(?:async[ \t]+)?(?:def[ \t]+({alternatives})\b[ \t]*\()", re.MULTILINE
    )


def module_level(statements: list[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements that run when the cell runs, blocks looked into."""
    waiting = list(reversed(statements))
    while waiting:
        statement = waiting.pop()
        yield statement
        if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            continue
        inner: list[ast.stmt] = []
        for block in ("body", "handlers", "orelse", "finalbody", "cases"):
            for node in getattr(statement, block, []):
                if isinstance(node, ast.stmt):
                    inner.append(node)
                else:  # an except clause or a case
                    inner.extend(node.body)
        waiting.extend(reversed(inner))


def _bound(statement: ast.stmt) -> Iterator[tuple[str, bool]]:
    """The names that a statement may bind to functions, and whether it surely does."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        yield statement.name, True
    elif isinstance(statement, (ast.Import, ast.ImportFrom)):
        for alias in statement.names:
            yield alias.asname or alias.name, False
    elif isinstance(statement, (ast.Assign, ast.AnnAssign)) and statement.value is not None:
        targets = statement.targets if isinstance(statement, ast.Assign) else [statement.target]
        for target in targets:
            yield from _bound_by_assignment(target, statement.value)


def _bound_by_assignment(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, bool]]:
    if isinstance(target, (ast.Tuple, ast.List)):
        parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        if len(parts) == len(target.elts):
            for inner, part in zip(target.elts, parts, strict=True):
                yield from _bound_by_assignment(inner, part)
    elif isinstance(target, ast.Name):
        mentioned = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
        if isinstance(value, ast.Lambda):
            yield target.id, True
        elif target.id in mentioned:
            return  # wraps the function, or overwrites it with its own result
        elif isinstance(value, (ast.Name, ast.Attribute)):
            yield target.id, True
        elif isinstance(value, ast.Call):
            called = value.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield target.id, name in _MAKES_FUNCTIONS


def _definition(name: str, certain: bool, node: ast.stmt, alone: bool) -> Definition:
    function = node if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) else None
    return Definition(name, *_lines(node), alone, function, certain)


def _lines(node: ast.stmt) -> tuple[int, int]:
    decorators = getattr(node, "decorator_list", [])
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    return first, node.end_lineno or node.lineno


def _alone(statements: list[ast.stmt]) -> set[int]:
    """The statements, by ``id``, that share no line with their neighbours."""
    spans = [(0, 0), *map(_lines, statements), (10**9, 10**9)]
    return {
        id(statement)
        for number, statement in enumerate(statements, 1)
        if spans[number - 1][1] < spans[number][0] and spans[number][1] < spans[number + 1][0]
    }


def _holds_place(statement: ast.AST) -> bool:
    if isinstance(statement, ast.Expr):
        return isinstance(statement.value, ast.Constant)
    if isinstance(statement, ast.Raise):
        raised = statement.exc.func if isinstance(statement.exc, ast.Call) else statement.exc
        return isinstance(raised, ast.Name) and raised.id == "NotImplementedError"
    if isinstance(statement, ast.Assign):
        empty = isinstance(statement.value, ast.Constant) and statement.value.value in (None, ...)
        return empty and all(isinstance(target, ast.Name) for target in statement.targets)
    return isinstance(statement, ast.Pass)


def without_lines(source: str, spans: Collection[tuple[int, int]]) -> str:
    """The source with empty lines in place of the given ones, so that line numbers stay."""
    lines = source.split("\n")
    for first, last in spans:
        lines[first - 1 : last] = [""] * (last - first + 1)
    return "\n".join(lines)


def is_empty_code(source: str) -> bool:
    """Whether nothing but blanks and comments is left."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in source.split("\n"))


def own_statements(source: str, released: str, new_names_only: bool) -> bool:
    """Whether a changed copy of a released cell holds code that other cells may need.

    Parameters:
        source: the changed text.
        released: the text as it was released.
        new_names_only: whether only names that the released text does not bind are of interest.
    """
    tree, original = parse(source), parse(released)
    if tree is None or original is None:
        return bool(_DEFINES.search(source))
    if new_names_only:
        return defines_anything(source) or bool(assigned_names(tree) - assigned_names(original))
    known = {ast.dump(statement) for statement in original.body}
    return any(
        not isinstance(statement, (ast.Expr, ast.Pass)) and ast.dump(statement) not in known
        for statement in tree.body
    )


def defines_anything(source: str) -> bool:
    """Whether a cell defines functions or classes, or imports something."""
    tree = parse(source)
    if tree is None:
        return bool(_DEFINES.search(source))
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return any(
        isinstance(statement, kinds)
        or (isinstance(statement, ast.Assign) and isinstance(statement.value, ast.Lambda))
        for statement in module_level(tree.body)
    )


def assigned_names(tree: ast.AST) -> set[str]:
    """All names that are assigned to, at any depth."""
    return {
        node.id
        for node in nodes_of(tree)
        if type(node) is ast.Name and isinstance(node.ctx, ast.Store)
    }


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
