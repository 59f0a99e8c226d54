"""The statements of a cell in one form, so that the same idea looks the same whoever wrote it.

A student's own names, comments, docstrings, layout, prints and assertions do not count, and usual
ways to write the same thing become one: ``np.dot(a, b)``, ``a.dot(b)`` and ``a @ b``;
``1 / m * x`` and ``x / m``; ``a += b`` and ``a = a + b``; ``"W" + str(l)`` and ``f"W{l}"``; the
order of sums and products. Code that is still alike is alike in more than style.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from grader.submission.cell_source import assigned_names, nodes_of, parse

OWN = "v"
"""Stands for every name of a student's own."""

_BUILTINS = frozenset(dir(builtins))

_ARRAY_MODULES = frozenset({"np", "numpy"})
_ARRAY_METHODS = frozenset(
    "all any argmax argmin astype clip copy cumsum dot flatten max mean min prod ravel repeat "
    "reshape round squeeze std sum swapaxes take transpose var".split()
)
_PRODUCTS = frozenset({"dot", "matmul"})
_SKIPPED_CALLS = frozenset({"print", "display"})
_PLACEHOLDER = re.compile(r"%[dsi]|\{[^{}]*\}")


@dataclass(frozen=True)
class Statement:
    """A statement, or the head of a compound one.

    Attributes:
        line: where it begins in the cell, counted from 1.
        last_line: where it, or its head, ends.
        text: its normal form.
    """

    line: int
    last_line: int
    text: str


def normal_statements(source: str, known: Collection[str] = frozenset()) -> list[Statement]:
    """The statements of a cell in their normal form; none where it cannot be read.

    Parameters:
        source: the cell.
        known: names of the course, which stay; all others but Python's become one.
    """
    tree = parse(source)
    if tree is None:
        return []
    try:
        kept = (_BUILTINS - own_names(tree)).union(known)
        return list(_Normal(kept).block(tree.body))
    except RecursionError:
        return []


def own_names(tree: ast.AST) -> set[str]:
    """The names that code gives itself: variables, parameters, functions, classes, imports."""
    found = assigned_names(tree)
    for node in nodes_of(tree):
        match node:
            case ast.arg(arg=name) | ast.ExceptHandler(name=str(name)):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias():
                found.add(node.asname or node.name.partition(".")[0])
    return found


class _Normal:
    """Writes statements and expressions in their normal form."""

    def __init__(self, kept: Collection[str]) -> None:
        self.kept = kept
        self.writers: dict[type[ast.AST], Callable[[Any], str]] = {
            ast.Name: lambda node: self._named(node.id),
            ast.Constant: self._constant,
            ast.Attribute: self._attribute,
            ast.Subscript: self._subscript,
            ast.Slice: self._slice,
            ast.Call: self._call,
            ast.BinOp: self._operation,
            ast.UnaryOp: self._unary,
            ast.BoolOp: self._boolean,
            ast.Compare: self._compare,
            ast.IfExp: lambda node: self._all("if", node.test, node.body, node.orelse),
            ast.Tuple: lambda node: self._all("", *node.elts),
            ast.List: lambda node: self._all("", *node.elts),
            ast.Dict: self._dict,
            ast.ListComp: self._comprehension,
            ast.GeneratorExp: self._comprehension,
            ast.SetComp: self._comprehension,
            ast.DictComp: self._comprehension,
            ast.Lambda: lambda node: f"lambda {self._parameters(node.args)}:{self(node.body)}",
            ast.JoinedStr: self._text_of,
            ast.Starred: lambda node: "*" + self(node.value),
        }

    # Statements

    def block(self, body: Sequence[ast.stmt]) -> Iterator[Statement]:
        """The statements of a block, those inside compound ones in their order."""
        for node in body:
            yield from self._statement(node)

    def _statement(self, node: ast.stmt) -> Iterator[Statement]:
        inner = getattr(node, "body", None)
        last = node.end_lineno or node.lineno
        if inner and isinstance(inner, list):
            last = max(node.lineno, inner[0].lineno - 1)
        for text in self._texts(node):
            yield Statement(node.lineno, last, text)
        for name in ("body", "orelse", "finalbody"):
            if isinstance(found := getattr(node, name, None), list):
                yield from self.block(found)
        for branch in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
            yield from self.block(branch.body)

    def _texts(self, node: ast.stmt) -> Iterator[str]:
        match node:
            case ast.Assign(targets=[ast.Tuple() as into], value=ast.Tuple() as values) if len(
                into.elts
            ) == len(values.elts):
                for target, value in zip(into.elts, values.elts, strict=True):
                    yield f"{self(target)}={self(value)}"
            case ast.Assign():
                yield "=".join(self(part) for part in (*node.targets, node.value))
            case ast.AnnAssign(value=ast.expr() as value):
                yield f"{self(node.target)}={self(value)}"
            case ast.AugAssign():
                whole = ast.BinOp(node.target, node.op, node.value)
                yield f"{self(node.target)}={self(whole)}"
            case ast.Return(value=ast.expr() as value):
                yield f"return {self(value)}"
            case ast.FunctionDef():
                yield f"def {self._named(node.name)}({self._parameters(node.args)}):"
            case ast.For():
                yield f"for {self(node.target)} in {self(node.iter)}:"
            case ast.While() | ast.If():
                yield f"{type(node).__name__.lower()} {self(node.test)}:"
            case ast.With():
                yield f"with {','.join(self(item.context_expr) for item in node.items)}:"
            case ast.Raise(exc=ast.expr() as value):
                yield f"raise {self(value)}"
            case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name in _SKIPPED_CALLS:
                return
            case ast.Expr(value=value) if not isinstance(value, ast.Constant):
                yield self(value)

    # Expressions

    def __call__(self, node: ast.AST) -> str:
        writer = self.writers.get(type(node))
        if writer is not None:
            return writer(node)
        inner = ",".join(self(child) for child in ast.iter_child_nodes(node))
        return f"{type(node).__name__}({inner})"

    def _all(self, head: str, *parts: ast.AST) -> str:
        return f"{head}({','.join(map(self, parts))})"

    def _named(self, name: str) -> str:
        return name if name in self.kept else OWN

    def _constant(self, node: ast.Constant) -> str:
        value = node.value
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value)[:40]

    def _attribute(self, node: ast.Attribute) -> str:
        if isinstance(node.value, ast.Name) and node.value.id in _ARRAY_MODULES:
            return node.attr
        return f"{self(node.value)}.{node.attr}"

    def _subscript(self, node: ast.Subscript) -> str:
        places: list[str] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Subscript):  # v[i][j] is v[i, j]
            index = inner.slice
            parts = index.elts if isinstance(index, ast.Tuple) else [index]
            places = [*map(self, parts), *places]
            inner = inner.value
        return f"{self(inner)}[{','.join(places)}]"

    def _slice(self, node: ast.Slice) -> str:
        parts = (node.lower, node.upper, node.step)
        return ":".join(self(part) if part is not None else "" for part in parts)

    def _call(self, node: ast.Call) -> str:
        name, arguments = self._called(node)
        if name in ("transpose", "T") and len(arguments) == 1 and not node.keywords:
            return f"{self(arguments[0])}.T"
        if name in _PRODUCTS and len(arguments) == 2:
            return f"({self(arguments[0])}@{self(arguments[1])})"
        if text := self._text_of(node):
            return text
        if self._terms(node) or self._factors(node):
            return self._operation(node)
        if name == "range" and len(arguments) == 2 and self(arguments[0]) == "0":
            arguments = arguments[1:]
        keywords = sorted(f"{k.arg or '**'}={self(k.value)}" for k in node.keywords)
        return f"{name}({','.join([*map(self, arguments), *keywords])})"

    def _called(self, node: ast.Call) -> tuple[str, list[ast.expr]]:
        """The function, and its arguments with the array of a method first."""
        function = node.func
        if isinstance(function, ast.Attribute):
            base = function.value
            if isinstance(base, ast.Name) and base.id in _ARRAY_MODULES:
                return function.attr, node.args
            if function.attr in _ARRAY_METHODS:
                return function.attr, [base, *node.args]
        return self(function), node.args

    def _boolean(self, node: ast.BoolOp) -> str:
        joint = " and " if isinstance(node.op, ast.And) else " or "
        return f"({joint.join(sorted(map(self, node.values)))})"

    def _compare(self, node: ast.Compare) -> str:
        if len(node.ops) == 1:
            left, right = self(node.left), self(node.comparators[0])
            match node.ops[0]:
                case ast.Gt():
                    return f"{right}<{left}"
                case ast.GtE():
                    return f"{right}<={left}"
                case ast.Eq() | ast.NotEq():
                    left, right = sorted((left, right))
            return f"{left}{_SIGNS[type(node.ops[0])]}{right}"
        pairs = zip(node.ops, node.comparators, strict=True)
        rest = [_SIGNS[type(operator)] + self(value) for operator, value in pairs]
        return self(node.left) + "".join(rest)

    def _dict(self, node: ast.Dict) -> str:
        pairs = zip(node.keys, node.values, strict=True)
        items = (f"{self(key)}:{self(value)}" if key else self(value) for key, value in pairs)
        return "{" + ",".join(sorted(items)) + "}"

    def _comprehension(self, node: Any) -> str:
        made = f"{self(node.key)}:{self(node.value)}" if hasattr(node, "key") else self(node.elt)
        loops = "".join(
            f" for {self(loop.target)} in {self(loop.iter)}"
            + "".join(f" if {self(test)}" for test in loop.ifs)
            for loop in node.generators
        )
        return f"[{made}{loops}]"

    def _parameters(self, arguments: ast.arguments) -> str:
        count = len(arguments.posonlyargs) + len(arguments.args) + len(arguments.kwonlyargs)
        return ",".join([OWN] * count)

    # Arithmetic: a sum is its terms with their signs, a product its factors above and below

    def _unary(self, node: ast.UnaryOp) -> str:
        if isinstance(node.op, (ast.USub, ast.UAdd)):
            return self._operation(node)
        return f"{'not ' if isinstance(node.op, ast.Not) else '~'}{self(node.operand)}"

    def _operation(self, node: ast.expr) -> str:
        if text := self._text_of(node):
            return text
        if self._terms(node):
            return self._sum(node)
        if self._factors(node):
            return self._product(node)
        assert isinstance(node, ast.BinOp)
        return f"({self(node.left)}{_OPERATORS[type(node.op)]}{self(node.right)})"

    def _terms(self, node: ast.AST) -> list[tuple[int, ast.expr]]:
        """The parts of a sum with their signs; empty if it is not a sum."""
        match node:
            case ast.BinOp(op=ast.Add()):
                return [(1, node.left), (1, node.right)]
            case ast.BinOp(op=ast.Sub()):
                return [(1, node.left), (-1, node.right)]
            case ast.UnaryOp(op=ast.USub()):
                return [(-1, node.operand)]
            case ast.UnaryOp(op=ast.UAdd()):
                return [(1, node.operand)]
            case ast.Call(args=[left, right], keywords=[]):
                match self._called(node)[0]:
                    case "add":
                        return [(1, left), (1, right)]
                    case "subtract":
                        return [(1, left), (-1, right)]
        return []

    def _factors(self, node: ast.AST) -> list[tuple[int, ast.expr]]:
        """The factors of a product, with -1 for divisors; empty if it is not a product."""
        match node:
            case ast.BinOp(op=ast.Mult()):
                return [(1, node.left), (1, node.right)]
            case ast.BinOp(op=ast.Div()):
                return [(1, node.left), (-1, node.right)]
            case ast.Call(args=[left, right], keywords=[]):
                match self._called(node)[0]:
                    case "multiply":
                        return [(1, left), (1, right)]
                    case "divide" | "true_divide":
                        return [(1, left), (-1, right)]
        return []

    def _sum(self, node: ast.expr) -> str:
        found: list[str] = []
        waiting: list[tuple[int, ast.expr]] = [(1, node)]
        while waiting:
            sign, part = waiting.pop()
            if inner := self._terms(part):
                waiting += [(sign * one, term) for one, term in inner]
                continue
            text = self(part)
            if text.startswith("-"):
                sign, text = -sign, text[1:]
            found.append(("+" if sign > 0 else "-") + text)
        if len(found) == 1:
            return found[0].removeprefix("+")
        return f"({''.join(sorted(found))})"

    def _product(self, node: ast.expr) -> str:
        above: list[str] = []
        below: list[str] = []
        negative = False
        waiting: list[tuple[int, ast.expr]] = [(1, node)]
        while waiting:
            place, part = waiting.pop()
            while isinstance(part, ast.UnaryOp) and isinstance(part.op, ast.USub):
                negative, part = not negative, part.operand
            if inner := self._factors(part):
                waiting += [(place * one, factor) for one, factor in inner]
                continue
            text = self(part)
            if text.startswith("-"):
                negative, text = not negative, text[1:]
            if text != "1":
                (above if place > 0 else below).append(text)
        text = "*".join(sorted(above)) or "1"
        if below:
            text += "/" + "/".join(sorted(below))
        return ("-" if negative else "") + text

    def _text_of(self, node: ast.expr) -> str:
        """A text that is put together, however that is written; empty if it is not a text."""
        parts: list[str] = []
        match node:
            case ast.JoinedStr():
                for value in node.values:
                    if isinstance(value, ast.FormattedValue):
                        parts.append(f"str({self(value.value)})")
                    else:
                        parts.append(self(value))
            case ast.BinOp(left=ast.Constant(value=str(pattern)), op=ast.Mod()):
                right = node.right
                values = right.elts if isinstance(right, ast.Tuple) else [right]
                parts = self._filled(pattern, values)
            case ast.Call(
                func=ast.Attribute(value=ast.Constant(value=str(pattern)), attr="format")
            ):
                parts = self._filled(pattern, node.args)
        return f"({''.join(sorted('+' + part for part in parts))})" if parts else ""

    def _filled(self, pattern: str, values: Sequence[ast.expr]) -> list[str]:
        texts = [repr(text) for text in _PLACEHOLDER.split(pattern) if text]
        return texts + [f"str({self(value)})" for value in values]


_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Eq: "==", ast.NotEq: "!=", ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=",
    ast.Is: " is ", ast.IsNot: " is not ", ast.In: " in ", ast.NotIn: " not in ",
}  # fmt: skip
_OPERATORS: dict[type[ast.operator], str] = {
    ast.MatMult: "@", ast.Pow: "**", ast.FloorDiv: "//", ast.Mod: "%", ast.BitAnd: "&",
    ast.BitOr: "|", ast.BitXor: "^", ast.LShift: "<<", ast.RShift: ">>",
}  # fmt: skip
