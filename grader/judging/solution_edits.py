"""The edits that put into a function what right solutions have in the same place."""

from __future__ import annotations

import ast
import collections
import copy
from collections.abc import Collection, Iterator, Sequence

from grader.exercises.changes import Slot, blocks_of, is_text, local_names, prints, slots_of
from grader.judging.edited_function import Edit

_MOST_PARTS = 14
_SETTING = (ast.Assign, ast.AugAssign, ast.Return)


def solution_edits(
    function: ast.FunctionDef,
    slots: Sequence[Slot],
    donors: Sequence[ast.FunctionDef],
    visible: set[str],
    known: Collection[str],
) -> Iterator[Edit]:
    """The edits of a function that take something from right solutions.

    Parameters:
        function: the student's.
        slots: its places in which something else may stand.
        donors: right solutions, the usual one first.
        visible: the names that stand for something in it.
        known: those of them that stand for something outside of it.
    """
    adapted = [_with_parameters_of(donor, function) for donor in donors]
    yield from _from_constants(slots, adapted[:1])
    yield from _from_calls(slots, adapted, known)
    yield from _from_lines(slots, adapted, visible)
    yield from _from_parts(slots, adapted[:1], visible)
    yield from _inserted(function, adapted[:1], known)


def _from_constants(slots: Sequence[Slot], donors: Sequence[ast.FunctionDef]) -> Iterator[Edit]:
    """The numbers and texts of right solutions."""
    constants = [
        n for donor in donors for n in _parts_of_body(donor) if isinstance(n, ast.Constant)
    ]
    distinct = {repr(n.value): n for n in constants if isinstance(n.value, (int, float, str))}
    for slot in slots:
        value = getattr(slot.node, "value", None)
        if isinstance(slot.node, ast.Constant) and value is not None:
            for other in distinct.values():
                if isinstance(value, str) == isinstance(other.value, str):
                    yield Edit.of("constant", slot, other)


def _from_calls(
    slots: Sequence[Slot], donors: Sequence[ast.FunctionDef], known: Collection[str]
) -> Iterator[Edit]:
    """The functions that right solutions call."""
    calls = [n.func for donor in donors for n in _parts_of_body(donor) if isinstance(n, ast.Call)]
    called = {
        ast.unparse(node): node
        for node in calls
        if isinstance(node, (ast.Name, ast.Attribute)) and _names(node) <= {*known}
    }
    for slot in slots:
        if isinstance(slot.parent, ast.Call) and slot.field == "func":
            for text, function in called.items():
                if text not in ("str", "len", "print"):
                    yield Edit.of("function", slot, function)


def _from_parts(
    slots: Sequence[Slot], donors: Sequence[ast.FunctionDef], known: set[str]
) -> Iterator[Edit]:
    """Parts of the expression that right solutions have for the same name."""
    right = _values(donors)
    sizes = {id(slot.node): sum(1 for _part in ast.walk(slot.node)) for slot in slots}
    for slot in sorted(slots, key=lambda slot: sizes[id(slot.node)]):
        if isinstance(slot.node, ast.stmt) or slot.field == "func":
            continue
        for value in right.get(_target(slot.statement), ())[:2]:
            parts = [n for n in ast.walk(value) if isinstance(n, ast.expr) and _is_loaded(n)]
            for part in parts[:_MOST_PARTS]:
                if not isinstance(part, ast.Constant) and _names(part) <= known:
                    yield Edit.of("expression", slot, part)


def _from_lines(
    slots: Sequence[Slot], donors: Sequence[ast.FunctionDef], known: set[str]
) -> Iterator[Edit]:
    """The whole right-hand side that right solutions have for the same name, or for any."""
    right = _values(donors)
    usual = [values[0] for values in _values(donors[:1]).values()]
    for slot in slots:
        value = getattr(slot.node, "value", None)
        if not isinstance(slot.node, (*_SETTING, ast.Expr)) or value is None or is_text(slot.node):
            continue
        for other in right.get(_target(slot.node), usual):
            if _names(other) <= known:
                yield Edit("line", value, slot.node, ((value, [other]),))


def line_edits(
    function: ast.FunctionDef, donors: Sequence[ast.FunctionDef], known: Collection[str]
) -> list[Edit]:
    """For each line that sets a name the one edit that has it set as the usual solution does.

    Parameters:
        function, donors, known: as for :func:`edits`.
    """
    right = _values([_with_parameters_of(donor, function) for donor in donors[:1]])
    visible = {*local_names(function), *known}
    seen: collections.Counter[str] = collections.Counter()
    found = []
    for slot in slots_of(function, function.body[0]):
        node = slot.node
        if not isinstance(node, _SETTING) or node.value is None:
            continue
        target = _target(node)
        others = right.get(target, [])
        seen[target] += 1
        other = others[min(seen[target], len(others)) - 1] if others else None
        if other is None or not _names(other) <= visible or ast.dump(other) == ast.dump(node.value):
            continue
        targets = [node.target] if isinstance(node, ast.AugAssign) else getattr(node, "targets", [])
        instead = ast.Assign(targets, other, lineno=node.lineno) if targets else ast.Return(other)
        found.append(Edit("line", node.value, node, ((node, [instead]),)))
    return found


def _inserted(
    function: ast.FunctionDef, donors: Sequence[ast.FunctionDef], known: Collection[str]
) -> Iterator[Edit]:
    """Lines of right solutions that are not there, after each line or before the first."""
    statements = (node for node in ast.walk(function) if isinstance(node, ast.stmt))
    present = collections.Counter(map(ast.dump, statements))
    own = set(local_names(function))
    simple = (ast.Assign, ast.AugAssign, ast.Expr, ast.Return)
    lines = [
        node
        for donor in donors
        for node in ast.walk(donor)
        if isinstance(node, simple) and not is_text(node) and not prints(node)
    ]
    wanted = collections.Counter(map(ast.dump, lines))
    for line in {ast.dump(line): line for line in lines}.values():
        sets = {n.id for n in ast.walk(line) if isinstance(n, ast.Name) and not _is_loaded(n)}
        there = present[ast.dump(line)] >= wanted[ast.dump(line)]
        if there or not _names(line) <= {*own, *known, *sets}:
            continue
        new = frozenset(sets - own)
        for block in blocks_of(function):
            for place in block[:1]:
                yield Edit("line before", place, place, ((place, [line, place]),), new)
            for place in block:
                yield Edit("line after", place, place, ((place, [place, line]),), new)


def _values(donors: Sequence[ast.FunctionDef]) -> dict[str, list[ast.expr]]:
    """What right solutions compute, by what it is assigned to."""
    values: dict[str, list[ast.expr]] = {}
    for donor in donors:
        for node in ast.walk(donor):
            value = getattr(node, "value", None)
            if not isinstance(node, (ast.Assign, ast.Return, ast.Expr)) or is_text(node):
                continue
            if isinstance(value, ast.expr):
                values.setdefault(_target(node), []).append(value)
    return values


def _target(statement: ast.stmt) -> str:
    """What a statement sets, as text; of others, what they do."""
    if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
        return ast.unparse(statement.targets[0])
    if isinstance(statement, ast.AugAssign):
        return ast.unparse(statement.target)
    return type(statement).__name__


def _parts_of_body(function: ast.FunctionDef) -> Iterator[ast.AST]:
    for statement in function.body:
        if not is_text(statement):
            yield from ast.walk(statement)


def _is_loaded(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def _names(node: ast.AST) -> set[str]:
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and _is_loaded(n)}


class Renamed(ast.NodeTransformer):
    """Gives names other names.

    Parameters:
        names: the other names, by those that are there.
    """

    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.get(node.id, node.id), node.ctx)


def _with_parameters_of(donor: ast.FunctionDef, function: ast.FunctionDef) -> ast.FunctionDef:
    """A right solution whose parameters have the names that the student gave them."""
    theirs = [argument.arg for argument in donor.args.args]
    own = [argument.arg for argument in function.args.args]
    names = {one: other for one, other in zip(theirs, own, strict=False) if one != other}
    if not names:
        return donor
    renamed: ast.FunctionDef = Renamed(names).visit(copy.deepcopy(donor))
    return renamed
