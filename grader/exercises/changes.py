"""The small changes that can be made in one place of a function, as a mistake may have made them.

Made in a solution, they are mutants (:mod:`grader.exercises.mutants`), which its cases must notice;
made in a student's function, they show whether one of them makes it right
(:mod:`grader.judging.edits`).
"""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Slot:
    """A place in the tree: ``parent.field``, or ``parent.field[index]`` where that is a list.

    Attributes:
        parent, field, index: where it is.
        node: what stands there.
        statement: the innermost statement around it.
    """

    parent: ast.AST
    field: str
    index: int | None
    node: ast.AST
    statement: ast.stmt

    def put(self, node: ast.AST) -> None:
        """Let another node stand there."""
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


Change = tuple[str, ast.AST]
"""What kind of change it is, and what takes the place of the node."""


def local_names(function: ast.FunctionDef) -> list[str]:
    """The parameters and local variables of a function, in order of appearance."""
    names = [argument.arg for argument in function.args.args]
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            names.append(node.id)
    return list(dict.fromkeys(names))


def slots_of(node: ast.AST, statement: ast.stmt) -> Iterator[Slot]:
    """Every place below a node, in the order of the text."""
    for field, value in ast.iter_fields(node):
        if isinstance(node, ast.FunctionDef) and field != "body":
            continue  # the signature and the decorators are given
        children = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            if not isinstance(child, ast.AST) or (index == 0 and is_text(child)):
                continue
            within = child if isinstance(child, ast.stmt) else statement
            yield Slot(node, field, index if isinstance(value, list) else None, child, within)
            yield from slots_of(child, within)


def is_text(statement: ast.AST) -> bool:
    """Whether a statement is a text and no more, as a docstring is."""
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and isinstance(value.value, str)


def prints(statement: ast.AST) -> bool:
    """Whether a statement is a ``print``."""
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Name(id="print"))):
            return True
    return False


def blocks_of(function: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    """The blocks of a function, without what is printed and texts such as its docstring."""
    for node in ast.walk(function):
        for name in ("body", "orelse"):
            block = getattr(node, name, None)
            if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
                yield [s for s in block if not is_text(s) and not prints(s)]


def changes_at(slot: Slot, names: list[str]) -> Iterator[Change]:
    """The small changes that can be made in one place.

    Parameters:
        slot: the place.
        names: the parameters and local variables of the function (:func:`local_names`).
    """
    node = slot.node
    if isinstance(node, ast.stmt):
        yield from _of_statement(node)
    elif isinstance(node, ast.BinOp):
        yield from _of_operation(node)
    elif isinstance(node, ast.UnaryOp):
        yield "sign dropped", node.operand
    elif isinstance(node, ast.Compare):
        yield from _of_comparison(node)
    elif isinstance(node, ast.Constant):
        for value in _other_constants(node.value):
            yield "constant", ast.Constant(value)
    elif isinstance(node, ast.Call):
        yield from _of_call(node)
    elif isinstance(node, ast.Attribute):
        yield from _of_attribute(node)
    elif isinstance(node, ast.Name):
        yield from _of_name(slot, node, names)
    elif isinstance(node, ast.Tuple):
        for elements in _transpositions(node.elts):
            yield "elements swapped", ast.Tuple(elements, node.ctx)


def _of_statement(node: ast.stmt) -> Iterator[Change]:
    yield "statement dropped", ast.Pass()
    again = isinstance(node, ast.AugAssign) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    )
    if again:  # to assign the same a second time would change nothing
        yield "statement repeated", ast.If(ast.Constant(True), [node, node], [])
    if isinstance(node, ast.AugAssign):
        for operator in _OTHER_OPERATORS.get(type(node.op), ()):
            yield "operator", ast.AugAssign(node.target, operator(), node.value)
    if isinstance(node, ast.Assign) and isinstance(node.value, (ast.BinOp, ast.Call, ast.Compare)):
        turned = ast.UnaryOp(ast.USub(), node.value)
        yield "sign added", ast.Assign(node.targets, turned, lineno=node.lineno)
    if isinstance(node, ast.Return) and node.value is not None:
        yield "value not returned", ast.Return(None)


_OTHER_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add, ast.Mult),
    ast.Mult: (ast.Div, ast.Add, ast.MatMult),
    ast.Div: (ast.Mult, ast.Sub),
    ast.MatMult: (ast.Mult,),
    ast.FloorDiv: (ast.Div, ast.Mult),
    ast.Mod: (ast.FloorDiv, ast.Mult),
    ast.Pow: (ast.Mult,),
}


def _of_operation(node: ast.BinOp) -> Iterator[Change]:
    for operator in _OTHER_OPERATORS.get(type(node.op), ()):
        yield "operator", ast.BinOp(node.left, operator(), node.right)
    yield "right side dropped", node.left
    yield "left side dropped", node.right
    if not isinstance(node.op, (ast.Add, ast.Mult)):
        yield "sides swapped", ast.BinOp(node.right, node.op, node.left)


_OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq, ast.Gt, ast.Lt),
}


def _of_comparison(node: ast.Compare) -> Iterator[Change]:
    if len(node.ops) != 1:
        return
    for operator in _OTHER_COMPARISONS.get(type(node.ops[0]), ()):
        yield "comparison", ast.Compare(node.left, [operator()], node.comparators)


_OTHER_STRINGS: dict[str, tuple[str, ...]] = {
    "relu": ("sigmoid",),
    "sigmoid": ("relu",),
    "W": ("b",),
    "b": ("W",),
    "w": ("b",),
    "dW": ("db", "dA", "W"),
    "db": ("dW", "dA", "b"),
    "dA": ("dW", "db", "A"),
    "dw": ("db",),
    "A": ("Z",),
    "Z": ("A",),
}


def _other_constants(value: object) -> Sequence[bool | int | float | str]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        nearby = [0, 1, 2, value - 1, value + 1, value // 10, value * 10]
        return [other for other in dict.fromkeys(nearby) if other != value and other >= 0]
    if isinstance(value, float):
        return [value * 10, value / 10, 1.0] if value else [1.0]
    if isinstance(value, str):
        return list(_other_strings(value))
    return []


def _other_strings(value: str) -> Iterator[str]:
    """Other keys and activations: ``"W1"`` gives ``"b1"``, ``"W0"`` and ``"W2"``."""
    match = re.fullmatch(r"([A-Za-z]+)(\d*)", value)
    if match is None:
        return
    letters, digits = match.groups()
    for other in _OTHER_STRINGS.get(letters, ()):
        yield other + digits
    if digits:
        yield letters + str(int(digits) - 1)
        yield letters + str(int(digits) + 1)


_OTHER_FUNCTIONS: dict[str, tuple[str, ...]] = {
    "dot": ("multiply",),
    "matmul": ("multiply",),
    "multiply": ("dot",),
    "divide": ("multiply",),
    "sum": ("mean", "max"),
    "mean": ("sum",),
    "randn": ("rand",),
    "rand": ("randn",),
    "zeros": ("ones",),
    "ones": ("zeros",),
    "log": ("log2", "exp"),
    "exp": ("log",),
    "tanh": ("sin",),
    "maximum": ("minimum",),
    "abs": ("square",),
    "relu": ("sigmoid",),
    "sigmoid": ("relu",),
    "relu_backward": ("sigmoid_backward",),
    "sigmoid_backward": ("relu_backward",),
    "initialize_parameters": ("initialize_parameters_deep",),
}


def _of_attribute(node: ast.Attribute) -> Iterator[Change]:
    if node.attr == "T":
        yield "transpose dropped", node.value
    for other in _OTHER_FUNCTIONS.get(node.attr, ()):
        yield "function", ast.Attribute(node.value, other, node.ctx)


def _of_call(node: ast.Call) -> Iterator[Change]:
    for arguments in _transpositions(node.args):
        yield "arguments swapped", ast.Call(node.func, arguments, node.keywords)
    for index, keyword in enumerate(node.keywords):
        others = node.keywords[:index] + node.keywords[index + 1 :]
        yield f"{keyword.arg} dropped", ast.Call(node.func, node.args, others)
    if len(node.args) == 1 and not isinstance(node.args[0], (ast.Tuple, ast.List)):
        yield "call dropped", node.args[0]
    if called_name(node) == "range":
        for index, bound in enumerate(node.args):
            for moved in _neighbours(bound):
                arguments = [*node.args[:index], moved, *node.args[index + 1 :]]
                yield "range", ast.Call(node.func, arguments, [])
        if len(node.args) == 2:
            yield "range", ast.Call(node.func, node.args[1:], [])
    if called_name(node) in {"dot", "matmul", "multiply"}:
        for index, factor in enumerate(node.args):
            turned = ast.Attribute(factor, "T", ast.Load())
            arguments = [*node.args[:index], turned, *node.args[index + 1 :]]
            yield "transpose added", ast.Call(node.func, arguments, node.keywords)


def called_name(node: ast.Call) -> str:
    """The name of the function or method that is called; empty where it has none."""
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def _neighbours(node: ast.expr) -> Iterator[ast.expr]:
    yield ast.BinOp(node, ast.Sub(), ast.Constant(1))
    yield ast.BinOp(node, ast.Add(), ast.Constant(1))


def _of_name(slot: Slot, node: ast.Name, names: list[str]) -> Iterator[Change]:
    for other in _OTHER_FUNCTIONS.get(node.id, ()):
        yield "function", ast.Name(other, node.ctx)
    if node.id not in names:
        return
    counts = isinstance(slot.parent, ast.Subscript) and slot.field == "slice"
    if counts or (isinstance(slot.parent, ast.Call) and called_name(slot.parent) == "str"):
        for moved in _neighbours(node):
            yield "index", moved
    if isinstance(node.ctx, ast.Load):
        for other in names:
            if other != node.id:
                yield "name", ast.Name(other, node.ctx)


def _transpositions(nodes: Sequence[ast.expr]) -> Iterator[list[ast.expr]]:
    """Every list in which two of the nodes have changed places."""
    for first, second in itertools.combinations(range(len(nodes)), 2):
        swapped = list(nodes)
        swapped[first], swapped[second] = swapped[second], swapped[first]
        yield swapped
