"""A student's code as it was run: its text, its syntax tree, and what its names stood for.

What is said of a crash rests on this: the very expression that failed, and the values in it at that
moment. No code of the student's is run to find out.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import operator
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, ModuleType, TracebackType
from typing import Any

import numpy as np

_COURSE = Path(__file__).parents[1]
_LIBRARY = str(Path(os.__file__).parent)
_PLAIN = (bool, int, float, str, tuple, list, dict, np.ndarray, np.generic, type(None))
_FACTS = ("T", "shape", "ndim", "size")

Function = ast.FunctionDef | ast.AsyncFunctionDef
_OWN_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
_PURE = (np.dot, np.matmul, np.multiply, np.sum, np.exp, np.log, np.square, np.sqrt, np.tanh)
_OPERATORS: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.MatMult: operator.matmul,
}
_MOST_STEPS = 50
_LARGEST = 100_000  # entries of an array that is computed with to explain something


def _is_small(value: Any) -> bool:
    """Whether computing with a value costs nothing and runs no code but NumPy's."""
    is_array = type(value) is np.ndarray and value.dtype.kind in "biuf" and value.size <= _LARGEST
    return is_array or type(value) in (bool, int, float) or isinstance(value, np.number)


class Unknown(LookupError):
    """The value of an expression cannot be told without running it."""


def code_object(target: Any) -> CodeType | None:
    """The compiled code of a function, below its decorators; None where it has none."""
    try:
        return getattr(inspect.unwrap(target), "__code__", None)
    except ValueError:
        return None


def definition(code: CodeType | None) -> Function | None:
    """The syntax tree of the function that some code was compiled from.

    None where the text is not known, or is no longer what it was.
    """
    if code is None:
        return None
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    for node in ast.walk(tree):
        if isinstance(node, Function) and node.name == code.co_name:
            first = node.decorator_list[0].lineno if node.decorator_list else node.lineno
            if first == code.co_firstlineno:
                return node
    return None


def text_of(target: Callable[..., Any]) -> list[str]:
    """The lines of the file or cell that a function stands in."""
    code = code_object(target)
    return linecache.getlines(code.co_filename) if code is not None else []


def within(node: ast.AST | None) -> Iterator[ast.AST]:
    """All nodes below a node, in the order of the text, but for those of functions inside it.

    Below None, which stands for a text that is not known, there are none.
    """
    for child in ast.iter_child_nodes(node) if node is not None else ():
        yield child
        if not isinstance(child, _OWN_SCOPE):
            yield from within(child)


def shown(node: ast.AST, longest: int = 60) -> str:
    """An expression or a line as it is quoted in a sentence."""
    text = ast.unparse(node).splitlines()[0]
    if '"' not in text:
        text = text.replace("'", '"')
    return text if len(text) <= longest else text[: longest - 3] + "..."


def assigned(function: ast.AST) -> dict[str, list[ast.Name]]:
    """The names that a function gives values, each with the places."""
    found: dict[str, list[ast.Name]] = {}
    only_announced = {
        node.target
        for node in within(function)
        if isinstance(node, ast.AnnAssign) and node.value is None
    }
    for node in within(function):
        if not (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)):
            continue
        if node not in only_announced:
            found.setdefault(node.id, []).append(node)
    return found


def parameters_of(target: Callable[..., Any]) -> list[str]:
    """The names of a function's parameters, as far as they can be told."""
    try:
        return list(inspect.signature(target).parameters)
    except (TypeError, ValueError):
        return []


@dataclass(frozen=True)
class Step:
    """One line of a student's at which an exception passed.

    Attributes:
        frame: the call it belongs to.
        line: its number in the cell.
        text: its text.
        node: the expression that failed, or in which the call stood that failed; None where the
            text is not known.
        function: the tree of the function it stands in; None where it is not known.
    """

    frame: FrameType
    line: int
    text: str
    node: ast.expr | None
    function: Function | None

    @property
    def name(self) -> str:
        """The name of the function it stands in."""
        return self.frame.f_code.co_name

    def value(self, node: ast.AST) -> Any:
        """What an expression stood for, found out without running anything of the student's.

        Raises:
            Unknown: that cannot be done.
        """
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.Name):
            for names in (self.frame.f_locals, self.frame.f_globals, self.frame.f_builtins):
                if node.id in names:
                    return names[node.id]
            raise Unknown(node.id)
        if isinstance(node, ast.Tuple):
            return tuple(map(self.value, node.elts))
        if isinstance(node, ast.Attribute):
            return self._attribute(node)
        if isinstance(node, ast.Subscript):
            return self._entry(node)
        if isinstance(node, ast.BinOp):
            return self._result(node)
        if isinstance(node, ast.Call):
            return self._call(node)
        raise Unknown(type(node).__name__)

    def _attribute(self, node: ast.Attribute) -> Any:
        value = self.value(node.value)
        if isinstance(value, ModuleType):
            if node.attr in vars(value):
                return vars(value)[node.attr]
        elif type(value) is np.ndarray and node.attr in _FACTS:
            return getattr(value, node.attr)
        raise Unknown(node.attr)

    def _entry(self, node: ast.Subscript) -> Any:
        value, key = self.value(node.value), self.value(node.slice)
        if type(value) in (dict, list, tuple, str) and type(key) in (int, str):
            try:
                return value[key]
            except (LookupError, TypeError) as error:
                raise Unknown(str(error)) from error
        raise Unknown("an entry")

    def _result(self, node: ast.BinOp) -> Any:
        left, right = self.value(node.left), self.value(node.right)
        if type(left) is type(right) is str and isinstance(node.op, ast.Add):
            return left[:100] + right[:100]
        if type(node.op) in _OPERATORS and all(_is_small(side) for side in (left, right)):
            with np.errstate(all="ignore"):
                return _OPERATORS[type(node.op)](left, right)
        raise Unknown("a result")

    def _call(self, node: ast.Call) -> Any:
        function = self.value(node.func)
        if any(function is one for one in _PURE):
            named = {keyword.arg or "": self.value(keyword.value) for keyword in node.keywords}
            values = [self.value(one) for one in node.args]
            if all(map(_is_small, [*values, *named.values()])) and "out" not in named:
                with np.errstate(all="ignore"):
                    return function(*values, **named)
        if len(node.args) == 1 and not node.keywords:
            value = self.value(node.args[0])
            if function is str and type(value) in (int, float, str):
                return str(value)
            if function is len and type(value) in (list, tuple, dict, str, np.ndarray):
                return len(value)
        raise Unknown("a call")

    def plain(self, node: ast.AST) -> Any:
        """What an expression stood for, where that is plain data.

        Raises:
            Unknown: it is not, or cannot be told.
        """
        value = self.value(node)
        if type(value) in _PLAIN or isinstance(value, np.generic):
            return value
        raise Unknown("an object")


def parts_of(step: Step) -> list[ast.expr]:
    """The failing expression of a step with all its parts."""
    return [node for node in (step.node, *within(step.node)) if isinstance(node, ast.expr)]


def called(step: Step) -> str:
    """The name of the function in a failing call, such as ``np.zeros``."""
    return ast.unparse(step.node.func) if isinstance(step.node, ast.Call) else ""


def steps(error: BaseException) -> list[Step]:
    """The lines of the student's at which an exception passed, the outermost first."""
    traces = [one for one in traces_of(error.__traceback__) if is_students(one.tb_frame.f_code)]
    # A function that calls itself passes the same line a thousand times.
    traces = [*traces[:1], *traces[1:][-_MOST_STEPS:]]
    texts = {one.tb_frame.f_code: definition(one.tb_frame.f_code) for one in traces}
    return [_step(one, texts[one.tb_frame.f_code]) for one in traces]


def students_traceback(error: BaseException) -> TracebackType | None:
    """The part of an exception's traceback that begins in the student's code."""
    traces = traces_of(error.__traceback__)
    return next((one for one in traces if is_students(one.tb_frame.f_code)), None)


def traces_of(trace: TracebackType | None) -> Iterator[TracebackType]:
    """The parts of a traceback, the outermost call first."""
    while trace is not None:
        yield trace
        trace = trace.tb_next


def is_students(code: CodeType) -> bool:
    """Whether code stands in a notebook's cell or a file of the student's: in no library."""
    name = code.co_filename
    in_a_library = "site-packages" in name or name.startswith(("<__array", "<frozen", _LIBRARY))
    if in_a_library or name.endswith(".pyx"):
        return False
    path = Path(name)
    return not (path.is_relative_to(_COURSE) or path.parent == _COURSE.parent)


def _step(trace: TracebackType, function: Function | None) -> Step:
    code = trace.tb_frame.f_code
    text = linecache.getline(code.co_filename, trace.tb_lineno).strip()
    node = _failed(function, code, trace.tb_lasti) if function is not None else None
    return Step(trace.tb_frame, trace.tb_lineno, text, node, function)


def _failed(function: Function, code: CodeType, instruction: int) -> ast.expr | None:
    """The expression that an instruction was compiled from."""
    positions = list(code.co_positions())[instruction // 2]
    for node in within(function):
        if isinstance(node, ast.expr):
            place = (node.lineno, node.end_lineno, node.col_offset, node.end_col_offset)
            if place == positions:
                return node
    return None
