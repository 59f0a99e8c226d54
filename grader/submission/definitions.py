"""Which functions the source of a cell defines, and where, without running it.

All functions here take any text.
"""

from __future__ import annotations

import ast
import functools
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from grader.submission.cell_source import (
    assigned_names,
    holds_python,
    lines_of,
    normal_names,
    parse,
    remembered,
)

_DEFINES = re.compile(r"^[ \t]*(?:async[ \t]+def|def|class|import|from)\s", re.MULTILINE)
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
        rf"^[^\w\n#'\"]*(?:async[ \t]+)?(?:def[ \t]+({alternatives})\b[ \t]*[\[(])", re.MULTILINE
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
    return Definition(name, *lines_of(node), alone, function, certain)


def _alone(statements: list[ast.stmt]) -> set[int]:
    """The statements, by ``id``, that share no line with their neighbours."""
    spans = [(0, 0), *map(lines_of, statements), (10**9, 10**9)]
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
