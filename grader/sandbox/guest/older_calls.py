"""Calls that are refused today, made as older versions made them.

They cannot be given back as names are: all functions of the notebook are compiled anew, with such
calls and assignments made by :class:`AsBefore`.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import contextlib
import operator
import types
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import numpy as np

from course.checks.retired import (
    COPY_FALSE,
    ELEMENT,
    GENERATOR,
    NEW_SHAPE,
    REMOVED_METHODS,
    SCALAR,
)
from grader.sandbox.guest.older_editions import CELL, note

FLAGS = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT | __future__.annotations.compiler_flag
"""How cells are compiled: as in Jupyter they may await something, and as in the newest Python no
annotation is evaluated, so that none can fail."""

_HELPER = "__as_before__"


class AsBefore:
    """Makes calls and assignments in the way of older versions, where the newest refuse them."""

    slice = slice

    def call(self, function: Any, /, *arguments: Any, **named: Any) -> Any:
        """``function(*arguments, **named)``."""
        try:
            return function(*arguments, **named)
        except (TypeError, ValueError):
            key, arguments, named = _mended(function, arguments, named)
            if not key:
                raise
            made = function(*arguments, **named)
            note(key)
            return made

    def method(self, owner: Any, name: str) -> Any:
        """``owner.name``, a method that arrays had."""
        if not isinstance(owner, np.ndarray) or hasattr(owner, name):
            return getattr(owner, name)
        note(f"x.{name}")
        methods: dict[str, Callable[..., Any]] = {
            "ptp": lambda *a, **k: np.ptp(owner, *a, **k),
            "itemset": lambda *a: owner.__setitem__(_place_of(owner, a[:-1]), a[-1]),
            "tostring": owner.tobytes,
            "newbyteorder": lambda *a: owner.view(owner.dtype.newbyteorder(*a)),
        }
        return methods[name]

    def modulo(self, left: Any, right: Any) -> Any:
        """``left % right``."""
        try:
            return left % right
        except TypeError:
            if not isinstance(left, (str, bytes)):
                raise
            parts = right if isinstance(right, tuple) else (right,)
            if not any(map(_is_one_entry, parts)):
                raise
            text = left % tuple(part.item() if _is_one_entry(part) else part for part in parts)
            note(SCALAR)
            return text

    def store(self, value: Any, target: Any, index: Any) -> None:
        """``target[index] = value``."""
        try:
            target[index] = value
        except ValueError:
            if not (isinstance(target, np.ndarray) and _is_one_entry(value)):
                raise
            target[index] = value.item()
            note(ELEMENT)

    def update(self, operation: str, target: Any, index: Any, value: Any) -> None:
        """``target[index] += value``, and the like."""
        self.store(getattr(operator, operation)(target[index], value), target, index)


def _place_of(owner: np.ndarray, index: tuple[Any, ...]) -> Any:
    """Where ``itemset`` stores: an index of its own, or the number in the flat array."""
    if len(index) == 1 and not isinstance(index[0], tuple):
        return np.unravel_index(index[0], owner.shape)
    return index[0] if len(index) == 1 else index


def _is_one_entry(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.size == 1


def _mended(
    function: Any, arguments: tuple[Any, ...], named: dict[str, Any]
) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
    """The call as it is to be made today, and what was retired about it; empty where nothing."""
    makes_numbers = any(function is one for one in (int, float, complex)) or (
        isinstance(function, types.BuiltinFunctionType) and function.__module__ == "math"
    )
    if makes_numbers and any(map(_is_one_entry, arguments)):
        return SCALAR, tuple(a.item() if _is_one_entry(a) else a for a in arguments), named
    if function is np.array and named.get("copy") is False:
        return COPY_FALSE, arguments, named | {"copy": None}
    if "newshape" in named and getattr(function, "__name__", "") == "reshape":
        rest = {key: value for key, value in named.items() if key != "newshape"}
        if isinstance(function, types.BuiltinMethodType):  # of an array
            return NEW_SHAPE, (named["newshape"], *arguments), rest
        return NEW_SHAPE, arguments, rest | {"shape": named["newshape"]}
    takes_arrays = getattr(function, "__module__", "").split(".")[0] == "numpy"
    if takes_arrays and arguments and isinstance(arguments[0], types.GeneratorType):
        # It has not been begun: NumPy refuses it at once.
        return GENERATOR, (list(arguments[0]), *arguments[1:]), named
    return "", arguments, named


class _Rewriter(ast.NodeTransformer):
    """Lets :class:`AsBefore` make all calls and assignments to entries."""

    _own_frame = frozenset({"super", "locals", "globals", "vars", "dir", "eval", "exec"})

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        function = node.func
        if isinstance(function, ast.Name) and function.id in self._own_frame:
            return node
        if isinstance(function, ast.Attribute) and function.attr in REMOVED_METHODS:
            name = ast.Constant(function.attr)
            function = _helped("method", [function.value, name], node)
        return _helped("call", [function, *node.args], node, node.keywords)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        self.generic_visit(node)
        if isinstance(node.op, ast.Mod):
            return _helped("modulo", [node.left, node.right], node)
        return node

    def visit_Assign(self, node: ast.Assign) -> ast.stmt:
        self.generic_visit(node)
        target = node.targets[0]
        if len(node.targets) > 1 or not isinstance(target, ast.Subscript):
            return node
        made = _helped("store", [node.value, target.value, _index(target.slice)], node)
        return ast.copy_location(ast.Expr(made), node)

    def visit_AugAssign(self, node: ast.AugAssign) -> ast.stmt:
        self.generic_visit(node)
        target, name = node.target, _OPERATIONS.get(type(node.op))
        if name is None or not isinstance(target, ast.Subscript):
            return node
        parts = [ast.Constant(name), target.value, _index(target.slice), node.value]
        return ast.copy_location(ast.Expr(_helped("update", parts, node)), node)


_OPERATIONS: dict[type[ast.operator], str] = {
    ast.Add: "iadd",
    ast.Sub: "isub",
    ast.Mult: "imul",
    ast.Div: "itruediv",
    ast.FloorDiv: "ifloordiv",
    ast.Mod: "imod",
    ast.Pow: "ipow",
    ast.MatMult: "imatmul",
}


def _helped(
    name: str, arguments: list[ast.expr], node: ast.AST, keywords: list[ast.keyword] | None = None
) -> ast.Call:
    helper = ast.Attribute(ast.Name(_HELPER, ast.Load()), name, ast.Load())
    for part in arguments:
        _as_value(part)
    return ast.copy_location(ast.Call(helper, arguments, keywords or []), node)


def _as_value(node: ast.expr) -> None:
    """Read what was assigned to."""
    if isinstance(getattr(node, "ctx", None), ast.Store):
        node.ctx = ast.Load()  # type: ignore[attr-defined]


def _index(node: ast.expr) -> ast.expr:
    """An index as an expression, with its slices made by calls."""
    if isinstance(node, ast.Slice):
        parts = [part or ast.Constant(None) for part in (node.lower, node.upper, node.step)]
        return _helped("slice", parts, node)
    if isinstance(node, ast.Tuple):
        node.elts = [_index(part) for part in node.elts]
    return node


def as_before(statements: list[ast.stmt]) -> list[ast.stmt]:
    """The statements, changed so that :class:`AsBefore` runs what may be refused."""
    vars(builtins)[_HELPER] = AsBefore()
    return [ast.fix_missing_locations(_Rewriter().visit(statement)) for statement in statements]


def compile_anew(sources: Mapping[str, list[ast.stmt]], namespace: Mapping[str, Any]) -> None:
    """Give all functions of a notebook the code that runs as before.

    Parameters:
        sources: for each file name of a cell the statements that were run of it.
        namespace: the names of the notebook.
    """
    codes: dict[tuple[str, str, int], types.CodeType | None] = {}
    for filename, statements in sources.items():
        module = ast.Module(body=as_before(statements), type_ignores=[])
        for code in _codes_in(compile(module, filename, "exec", FLAGS)):
            key = (filename, code.co_qualname, code.co_firstlineno)
            codes[key] = None if key in codes else code  # two on one line cannot be told apart
    for function in _functions_in(namespace):
        old = function.__code__
        new = codes.get((old.co_filename, old.co_qualname, old.co_firstlineno))
        if new is not None and new.co_freevars == old.co_freevars:
            function.__code__ = new


def _codes_in(code: types.CodeType) -> Iterator[types.CodeType]:
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield constant
            yield from _codes_in(constant)


def _functions_in(namespace: Mapping[str, Any]) -> Iterator[types.FunctionType]:
    """The functions of the cells: by name, in classes, and behind decorators and stand-ins."""
    waiting: list[Any] = list(namespace.values())
    seen: set[int] = set()
    while waiting:
        value = waiting.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, types.FunctionType):
            if value.__code__.co_filename.startswith(CELL):
                yield value
                waiting += vars(value).values()
            for cell in value.__closure__ or ():
                with contextlib.suppress(ValueError):  # nothing is in it yet
                    waiting.append(cell.cell_contents)
        elif isinstance(value, type):
            if value.__module__ == "__main__":
                waiting += vars(value).values()
        elif isinstance(value, (staticmethod, classmethod, types.MethodType)):
            waiting.append(value.__func__)
        elif getattr(type(value), "__module__", "") == "functools":
            waiting += [getattr(value, "func", None), getattr(value, "__wrapped__", None)]
