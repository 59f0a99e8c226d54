"""The edits that a mistake may be: small changes of what is there, and what was left out or moved.

:mod:`grader.exercises.changes` has most of them: a sign, an operator, two sides exchanged, a
transposition, an index, another name.
"""

from __future__ import annotations

import ast
import copy
import itertools
from collections.abc import Collection, Iterator, Sequence

from grader.exercises.changes import Slot, blocks_of, called_name, changes_at
from grader.judging.edited_function import Edit

_LOOPS = (ast.For, ast.While)
_REDUCTIONS = frozenset("sum mean max min amax amin prod std norm average argmax".split())
_PRODUCTS = frozenset("dot matmul multiply inner outer".split())
_SORTS = {
    "sign dropped": "sign",
    "sign added": "sign",
    "sides swapped": "order",
    "arguments swapped": "order",
    "elements swapped": "order",
    "right side dropped": "too much",
    "left side dropped": "too much",
    "call dropped": "too much",
    "transpose dropped": "transposed",
    "transpose added": "transposed",
    "constant": "constant",
    "statement dropped": "line too much",
    "axis dropped": "axis",
    "keepdims dropped": "axis",
}


def small_edits(
    function: ast.FunctionDef, slots: Sequence[Slot], names: list[str], known: Collection[str]
) -> Iterator[Edit]:
    """The edits of a function that need no right solution.

    Parameters:
        function: the student's.
        slots: its places in which something else may stand.
        names: its local names.
        known: names that stand for something outside of it.
    """
    yield from _changed(slots, names)
    yield from _added(slots, names, known)
    yield from _moved(function)


def _changed(slots: Sequence[Slot], names: list[str]) -> Iterator[Edit]:
    """The changes that a mistake may be."""
    for slot in slots:
        for kind, instead in changes_at(slot, names):
            if kind in ("statement repeated", "value not returned"):
                continue
            if isinstance(slot.node, ast.Assign) and kind == "sign added":
                yield Edit("sign", slot.node.value, slot.statement, ((slot.node, [instead]),))
            else:
                yield Edit.of(_SORTS.get(kind, kind), slot, instead)


def _added(slots: Sequence[Slot], names: list[str], known: Collection[str]) -> Iterator[Edit]:
    """What a mistake may have left out."""
    loops = [slot.node for slot in slots if isinstance(slot.node, ast.For)]
    counters = sorted({loop.target.id for loop in loops if isinstance(loop.target, ast.Name)})
    for slot in slots:
        node = slot.node
        if isinstance(node, ast.Return) and node.value is not None:
            turned = ast.UnaryOp(ast.USub(), node.value)
            yield Edit("sign", node.value, node, ((node.value, [turned]),))
        if isinstance(node, ast.Call) and called_name(node) in _REDUCTIONS:
            for keywords in _along(node.keywords):
                yield Edit.of("axis", slot, ast.Call(node.func, node.args, keywords))
        if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and _is_factor(slot):
            yield Edit.of("transposed", slot, ast.Attribute(node, "T", ast.Load()))
        if isinstance(node, ast.Constant) and type(node.value) is int and _is_index(slot):
            for name in counters:
                yield Edit.of("index", slot, ast.Name(name, ast.Load()))
        is_called = isinstance(slot.parent, ast.Call) and slot.field == "func"
        if isinstance(node, ast.Name) and not is_called and node.id not in {*names, *known}:
            for name in names:
                yield Edit.of("name", slot, ast.Name(name, ast.Load()))


def _is_index(slot: Slot) -> bool:
    return isinstance(slot.parent, (ast.Subscript, ast.Tuple)) and slot.field in ("slice", "elts")


def _is_factor(slot: Slot) -> bool:
    parent = slot.parent
    if isinstance(parent, ast.BinOp):
        return isinstance(parent.op, (ast.MatMult, ast.Mult, ast.Sub, ast.Add))
    return (
        isinstance(parent, ast.Call) and slot.field == "args" and called_name(parent) in _PRODUCTS
    )


def _along(keywords: list[ast.keyword]) -> Iterator[list[ast.keyword]]:
    """Other ways to say along which axis, and whether it is kept."""
    others = [k for k in keywords if k.arg not in ("axis", "keepdims")]
    for axis, keeps in itertools.product((0, 1, None), (True, None)):
        said = [("axis", axis), ("keepdims", keeps)]
        more = [ast.keyword(arg, ast.Constant(v)) for arg, v in said if v is not None]
        yield [*others, *more]


def _moved(function: ast.FunctionDef) -> Iterator[Edit]:
    """Lines in another order, or moved out of a loop, or into it."""
    for block in blocks_of(function):
        for first, second in itertools.pairwise(block):
            swapped: tuple[tuple[ast.AST, Sequence[ast.AST]], ...]
            swapped = ((first, [second]), (second, [first]))
            yield Edit("order of lines", first, second, swapped)
            if isinstance(first, _LOOPS):
                longer = _with_body(first, [*first.body, second])
                moved = ((first, [longer]), (second, [ast.Pass()]))
                yield Edit("into the loop", second, second, moved)
            if isinstance(second, _LOOPS):
                longer = _with_body(second, [first, *second.body])
                moved = ((second, [longer]), (first, [ast.Pass()]))
                yield Edit("into the loop", first, first, moved)
        for statement in block:
            if isinstance(statement, (*_LOOPS, ast.If)) and len(statement.body) > 1:
                last = statement.body[-1]
                shorter = _with_body(statement, statement.body[:-1])
                yield Edit("out of the block", last, last, ((statement, [shorter, last]),))


def _with_body(statement: ast.stmt, body: list[ast.stmt]) -> ast.stmt:
    changed = copy.copy(statement)
    changed.body = body  # type: ignore[attr-defined]
    return changed
