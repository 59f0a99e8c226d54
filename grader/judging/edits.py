"""The small edits of a student's function of which one may make it right.

They are the changes that a mistake may be (:mod:`grader.exercises.changes`: a sign, an operator,
two sides exchanged, a transposition, an index, another name), and what right solutions have in the
same place. None of them is run here.
"""

from __future__ import annotations

import ast
import collections
import copy
import itertools
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from grader.exercises.changes import Slot, called_name, changes_at, local_names, slots_of

OF_LINES = frozenset(
    {"line", "line too much", "order of lines", "into the loop", "out of the block"}
)
"""The sorts of edits that are about a whole line that is there."""

MISSING = frozenset({"line before", "line after"})
"""The sorts of edits that add a line."""

_RANKS = (
    "sign, transposed, axis, too much, index, range, comparison, order, name, constant, function, "
    "operator, expression"
).split(", ")
_MOST_PARTS = 14
_MOST_PLACES = 2_000
_MOST_EDITS = 4_000
"""A student's function may be as long as it likes; usual ones have some hundreds of places."""
_LOOPS = (ast.For, ast.While)
_SETTING = (ast.Assign, ast.AugAssign, ast.Return)
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


@dataclass(frozen=True, eq=False)
class Edit:
    """One change of a function.

    Attributes:
        sort: what sort of change it is, for the sentence about it.
        node: the part of the student's function that it is about.
        statement: the innermost statement around that.
        changes: the nodes that are replaced, each with what takes its place: an expression, or
            statements.
        introduces: local names that the function has not had before.
    """

    sort: str
    node: ast.AST
    statement: ast.stmt
    changes: tuple[tuple[ast.AST, Sequence[ast.AST]], ...]
    introduces: frozenset[str] = field(default=frozenset())


def edits(
    function: ast.FunctionDef, donors: Sequence[ast.FunctionDef], known: Collection[str]
) -> list[Edit]:
    """The edits of a function, those first that say most.

    Parameters:
        function: the student's.
        donors: right solutions, the usual one first.
        known: names that stand for something outside of the function.
    """
    adapted = [_with_parameters_of(donor, function) for donor in donors]
    names = local_names(function)
    places = list(itertools.islice(slots_of(function, function.body[0]), _MOST_PLACES + 1))
    if len(places) > _MOST_PLACES:
        return []
    slots = [slot for slot in places if _can_be_replaced(slot)]
    found = itertools.chain(
        _small(slots, names),
        _added(slots, names, known),
        _from_constants(slots, adapted[:1]),
        _from_calls(slots, adapted, known),
        _moved(function),
        _from_lines(slots, adapted, {*names, *known}),
        _from_parts(slots, adapted[:1], {*names, *known}),
        _inserted(function, adapted[:1], known),
    )
    different = list(_different(itertools.islice(found, _MOST_EDITS)))
    return sorted(different, key=lambda e: _RANKS.index(e.sort) if e.sort in _RANKS else 99)


def _different(found: Iterable[Edit]) -> Iterator[Edit]:
    seen: set[tuple[object, ...]] = set()
    for edit in found:
        key = tuple((id(node), *(ast.dump(part) for part in parts)) for node, parts in edit.changes)
        same = all(
            len(parts) == 1 and ast.dump(parts[0]) == ast.dump(node) for node, parts in edit.changes
        )
        if key not in seen and not same:
            seen.add(key)
            yield edit


def _can_be_replaced(slot: Slot) -> bool:
    """Whether something else may stand there: not a target, and no part of a text or a print."""
    if isinstance(slot.node, ast.stmt):
        return not _prints(slot.node) and not isinstance(slot.node, (ast.Import, ast.ImportFrom))
    if isinstance(slot.parent, (ast.JoinedStr, ast.FormattedValue)) or _prints(slot.statement):
        return False
    if not isinstance(slot.node, ast.expr):
        return False
    return isinstance(getattr(slot.node, "ctx", ast.Load()), ast.Load)


def _prints(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Call)
        and isinstance(statement.value.func, ast.Name)
        and statement.value.func.id == "print"
    )


def _one(sort: str, slot: Slot, *instead: ast.AST) -> Edit:
    return Edit(sort, slot.node, slot.statement, ((slot.node, instead),))


def _small(slots: Sequence[Slot], names: list[str]) -> Iterator[Edit]:
    """The changes that a mistake may be."""
    for slot in slots:
        for kind, instead in changes_at(slot, names):
            if kind in ("statement repeated", "value not returned"):
                continue
            if isinstance(slot.node, ast.Assign) and kind == "sign added":
                yield Edit("sign", slot.node.value, slot.statement, ((slot.node, [instead]),))
            else:
                yield _one(_SORTS.get(kind, kind), slot, instead)


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
                yield _one("axis", slot, ast.Call(node.func, node.args, keywords))
        if isinstance(node, (ast.Name, ast.Attribute, ast.Subscript)) and _is_factor(slot):
            yield _one("transposed", slot, ast.Attribute(node, "T", ast.Load()))
        if isinstance(node, ast.Constant) and type(node.value) is int and _is_index(slot):
            for name in counters:
                yield _one("index", slot, ast.Name(name, ast.Load()))
        is_called = isinstance(slot.parent, ast.Call) and slot.field == "func"
        if isinstance(node, ast.Name) and not is_called and node.id not in {*names, *known}:
            for name in names:
                yield _one("name", slot, ast.Name(name, ast.Load()))


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
                    yield _one("constant", slot, other)


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
                    yield _one("function", slot, function)


def _moved(function: ast.FunctionDef) -> Iterator[Edit]:
    """Lines in another order, or moved out of a loop, or into it."""
    for block in _blocks(function):
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


def _blocks(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(function):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield [s for s in block if not _is_text(s) and not _prints(s)]


def _is_text(statement: ast.AST) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


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
                    yield _one("expression", slot, part)


def _from_lines(
    slots: Sequence[Slot], donors: Sequence[ast.FunctionDef], known: set[str]
) -> Iterator[Edit]:
    """The whole right-hand side that right solutions have for the same name, or for any."""
    right = _values(donors)
    usual = [values[0] for values in _values(donors[:1]).values()]
    for slot in slots:
        value = getattr(slot.node, "value", None)
        if not isinstance(slot.node, (*_SETTING, ast.Expr)) or value is None or _is_text(slot.node):
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
        if isinstance(node, simple) and not _is_text(node) and not _prints(node)
    ]
    wanted = collections.Counter(map(ast.dump, lines))
    for line in {ast.dump(line): line for line in lines}.values():
        sets = {n.id for n in ast.walk(line) if isinstance(n, ast.Name) and not _is_loaded(n)}
        there = present[ast.dump(line)] >= wanted[ast.dump(line)]
        if there or not _names(line) <= {*own, *known, *sets}:
            continue
        new = frozenset(sets - own)
        for block in _blocks(function):
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
            if not isinstance(node, (ast.Assign, ast.Return, ast.Expr)) or _is_text(node):
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
        if not _is_text(statement):
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
