"""Run the code cells of a notebook, inside the sandbox.

A cell that fails costs itself, not the notebook: the functions and imports that stand after the
failing statement are still run, as they would have been without it. Where this machine is to blame
for the failure, and not the student, everything after it is run.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import importlib
import importlib.abc
import importlib.util
import inspect
import linecache
import math
import os
import pdb
import re
import signal
import sys
import traceback
import types
from collections.abc import Callable, Collection, Sequence
from importlib.machinery import ModuleSpec
from typing import Any

from course.checks.retired import reason
from grader.sandbox.guest.beside import forget_folder
from grader.sandbox.guest.cell_failures import (
    absent_packages,
    is_of_this_machine,
    names_bound_by,
    without_absent,
)
from grader.sandbox.guest.kept_names import KeptNames
from grader.sandbox.guest.older_calls import FLAGS, as_before, compile_anew
from grader.sandbox.guest.older_editions import quiet_deprecations

_DEFINITIONS = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LONGEST_TEXT = 500
_PLACE = re.compile(r" \((?:/.*|unknown location)\)\Z", re.DOTALL)
"""Where on this machine a module lies, at the end of what Python says of an import."""

_EDITIONS = (
    (re.compile(r"testCases?(_\w+)?|test_cases(_\w+)?", re.ASCII | re.IGNORECASE), "testCases"),
    (re.compile(r"dnn_app_utils(_\w+)?", re.ASCII), "dnn_app_utils_v3"),
    (re.compile(r"dnn_utils(_\w+)?", re.ASCII), "dnn_utils"),
    (re.compile(r"lr_utils(_\w+)?", re.ASCII), "lr_utils"),
    (re.compile(r"planar_utils(_\w+)?", re.ASCII), "planar_utils"),
    (re.compile(r"public_tests?(_\w+)?", re.ASCII), "public_tests"),
    (re.compile(r"reg_utils(_\w+)?", re.ASCII), "reg_utils"),
)


def module_of_this_edition(name: str) -> str | None:
    """What a module of another edition of the course is called here; None where it is none."""
    return next((known for pattern, known in _EDITIONS if pattern.fullmatch(name)), None)


class OtherEditions(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Find the course's modules under the names that other editions of the course gave them.

    ``testCases_v4a`` is ``testCases``, ``dnn_utils_v2`` is ``dnn_utils``, and so on.
    """

    def find_spec(
        self,
        fullname: str,
        path: Sequence[str] | None,
        target: types.ModuleType | None = None,
    ) -> ModuleSpec | None:
        name = module_of_this_edition(fullname)
        if name is not None and fullname != name and importlib.util.find_spec(name):
            return importlib.util.spec_from_loader(fullname, self)
        return None

    def create_module(self, spec: ModuleSpec) -> types.ModuleType:
        name = module_of_this_edition(spec.name)
        if name is None:
            raise ImportError(spec.name)
        return importlib.import_module(name)

    def exec_module(self, module: types.ModuleType) -> None:
        """The module has run already, under its own name."""


class NullOutput:
    """Takes what a notebook prints and keeps nothing: only returned values are judged.

    Attributes:
        most: how many characters one cell or one exercise may print; an endless loop of prints
            ends with them.
        left: how many are left of them.
    """

    most = left = 1 << 26
    encoding = "utf-8"
    errors = "replace"
    closed = False

    @classmethod
    def start_again(cls) -> None:
        """Let what comes next print as much as what came before could."""
        cls.left = cls.most

    def write(self, text: str) -> int:
        NullOutput.left -= len(text)
        if NullOutput.left < 0:
            raise OSError("more was printed than a submission may print")
        return len(text)

    def writelines(self, lines: Any) -> None:
        pass

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


def make_shell() -> Any:
    """An IPython shell without history, whose magics draw nothing and start no programs."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    shell = InteractiveShell.instance(config=config)
    for magic in ("matplotlib", "load_ext", "reload_ext", "autoreload", "pylab", "pip", "conda"):
        shell.register_magic_function(_ignore, "line", magic)
    shell.system = _ignore
    shell.getoutput = _no_lines
    shell.ask_exit = _ignore
    return shell


def _ignore(*arguments: Any, **named: Any) -> None:
    """Stand in for what has no place in grading."""


def _no_lines(*_arguments: Any, **_named: Any) -> list[str]:
    """Stand in for the output of a program."""
    return []


def type_name(value: object) -> str:
    """The name of a value's type, which no metaclass can give another one."""
    name: str = type.__dict__["__name__"].__get__(type(value))
    return name[:80]


def describe_error(error: BaseException, function: object = None) -> dict[str, str]:
    """An exception as plain data: its type, its message, and the student's line.

    Parameters:
        error: the exception.
        function: the function that was called, if one was. Where another function of the notebook,
            which it calls, raised the exception, that is named as ``within``.
    """
    try:
        message = str(error)
    except BaseException:
        message = ""
    if isinstance(error, ImportError):
        message = _PLACE.sub("", message)
    line = within = ""
    try:
        frames = [
            frame
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.startswith("<cell ")
        ]
        called = getattr(function, "__name__", "")
        own = [frame for frame in frames if frame.name == called]
        if frames:
            line = ((own or frames)[-1].line or "").strip()
        if own and frames[-1].name != called and frames[-1].name.isidentifier():
            within = frames[-1].name
    except BaseException:
        line = within = ""
    if isinstance(error, SyntaxError) and not line:
        line = (error.text or "").strip()
    return {
        "type": type_name(error),
        "message": message[:_LONGEST_TEXT],
        "line": line[:_LONGEST_TEXT],
        "within": within[:80],
    }


def run_code(
    code: types.CodeType, namespace: dict[str, Any], run: Callable[..., Any] = eval
) -> Any:
    """Run code, which may await something outside of all functions; the value of an expression."""
    value = run(code, namespace)
    if inspect.iscoroutine(value) and code.co_flags & inspect.CO_COROUTINE:
        return asyncio.new_event_loop().run_until_complete(value)
    return value


class NotebookRunner:
    """Runs cells one after another in one namespace.

    Parameters:
        shell: what :func:`make_shell` returns.

    Attributes:
        expensive: names of functions that top-level statements must not call when marking.
        kept: functions and modules whose names the notebook may give to something else.
        largest_result: how many bytes what a function returns may take on its way to the host.
        lacking: the names that are not there because a statement failed: for each the failure that
            was the first cause, as :func:`describe_error` gives it.
    """

    def __init__(self, shell: Any) -> None:
        self.shell = shell
        self.namespace: dict[str, Any] = shell.user_ns
        self.expensive: Collection[str] = ()
        self.largest_result = math.inf
        self.lacking: dict[str, dict[str, str]] = {}
        self.kept = KeptNames(self.namespace)
        self._statements: dict[str, list[ast.stmt]] = {}
        self._runs_as_before = False

    def run(
        self, cell_id: str, source: str, definitions_only: bool = False
    ) -> dict[str, str] | None:
        """Run one cell; return the first error as plain data, or None."""
        before = dict(self.namespace)
        try:
            return self._run(cell_id, source, definitions_only)
        finally:
            self.kept.put_back_deleted(before)

    def _run(self, cell_id: str, source: str, definitions_only: bool) -> dict[str, str] | None:
        filename = f"<cell {cell_id}>"
        quiet_deprecations()
        try:
            text, statements = self._parsed(source, filename)
            linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            return describe_error(error)
        failure: dict[str, str] | None = None
        cause: dict[str, str] | None = None  # of what the rest of the cell is not run for
        for statement in statements:
            if isinstance(statement, ast.FunctionDef):
                statement = _with_two_parameters(_WithoutAsserts().visit(statement))
            is_definition = isinstance(statement, _DEFINITIONS)
            if is_definition and (absent := absent_packages(self.lacking, self.namespace)):
                without_absent(statement, absent, only_shows)
            if definitions_only and not is_definition:
                continue
            if cause is not None and not is_definition:
                self._lack(statement, cause)
                continue
            if isinstance(statement, (ast.Import, ast.ImportFrom)):
                forget_folder(os.curdir)
            if not is_definition and (only_shows(statement) or self._calls_expensive(statement)):
                continue
            self._statements.setdefault(filename, []).append(statement)
            raised = self._error_of(statement, filename)
            self.kept.note_defined()
            if raised is None:
                continue
            described = describe_error(raised)
            failure = failure or described
            missing = raised.name if isinstance(raised, NameError) else None
            root = self.lacking.get(missing or "", described)
            if cause is None and not is_of_this_machine(raised, self.lacking, self.shell):
                cause = root
            self._lack(statement, root)
        return failure

    def _lack(self, statement: ast.stmt, cause: dict[str, str]) -> None:
        """Note that a statement was not run to its end, or not at all."""
        for name in names_bound_by([statement]):
            self.lacking.setdefault(name, cause)

    def _parsed(self, source: str, filename: str) -> tuple[str, list[ast.stmt]]:
        """A cell as its lines are shown, and as Python: IPython's magics are turned into calls."""
        try:
            return source, ast.parse(source, filename).body
        except SyntaxError:
            text: str = self.shell.transform_cell(source)
            statements = ast.parse(text, filename).body
            same_lines = len(text.splitlines()) == len(source.splitlines())
            return source if same_lines else text, statements

    def _error_of(self, statement: ast.stmt, filename: str) -> BaseException | None:
        """What a statement raises, if it does."""
        quiet_deprecations()
        try:
            body = as_before([statement]) if self._runs_as_before else [statement]
            run_code(compile(ast.Module(body, []), filename, "exec", FLAGS), self.namespace)
        except BaseException as error:
            if self.run_as_before(describe_error(error)):
                return self._error_of(statement, filename)
            return error
        return None

    def run_as_before(self, error: dict[str, str]) -> bool:
        """Run the notebook from now on as older versions of NumPy would, where that may help.

        Parameters:
            error: what its code was stopped by, as :func:`describe_error` gives it.

        Returns:
            Whether to try once more what was stopped.
        """
        if self._runs_as_before or not reason(error["type"], error["message"]):
            return False
        self._runs_as_before = True
        compile_anew(self._statements, self.namespace)
        return True

    def _calls_expensive(self, statement: ast.stmt) -> bool:
        return bool(self.expensive) and any(
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in self.expensive
            for node in ast.walk(statement)
        )

    def function(self, name: str) -> Callable[..., Any] | None:
        """The callable of that name in the notebook, if there is one."""
        found = self.namespace.get(name)
        return found if callable(found) else None


class _WithoutAsserts(ast.NodeTransformer):
    """Takes the assert statements out of functions, as ``python -O`` does.

    Editions of the course hand out functions with asserts on shapes. They would turn a mistake that
    can be explained into a bare AssertionError, and refuse networks that the edition did not use.
    """

    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        return ast.copy_location(ast.Pass(), node)


def _with_two_parameters(function: ast.FunctionDef) -> ast.FunctionDef:
    """Let ``compute_cost(A2, Y, parameters)`` be called with two arguments.

    Older editions of the course have the third parameter, and say that it has no use. The oldest
    one looks two weights up in it all the same.
    """
    parameters = function.args
    if function.name == "compute_cost" and len(parameters.args) == 3 and not parameters.defaults:
        weights = "dict(W1=0.0, b1=0.0, W2=0.0, b2=0.0)"
        parameters.defaults.append(ast.parse(weights, mode="eval").body)
        ast.copy_location(parameters.defaults[0], function)
        ast.fix_missing_locations(function)
    return function


_SHOWING = re.compile(
    r"print|display|(draw|show|plot)_\w+|print_mislabeled_images|\w+_test"
    r"|hint|solution|progress|ask|play"
)


def only_shows(statement: ast.stmt) -> bool:
    """Whether a statement does nothing but show something: a picture, a print, a public check.

    Nobody sees it while a notebook is graded, and figures take longer than all else in a notebook.
    """
    if not (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Call)):
        return False
    function = statement.value.func
    if isinstance(function, ast.Name):
        return bool(_SHOWING.fullmatch(function.id))
    while isinstance(function, ast.Attribute):
        function = function.value
    return isinstance(function, ast.Name) and function.id == "plt"


def no_input(prompt: object = "") -> str:
    """Stands in for ``input``: nobody is there to answer."""
    raise EOFError("input() cannot be answered while a notebook is graded")


_send_signal = os.kill


def send_signal(process: int, number: int) -> None:
    """``os.kill``, for a process that nothing in its namespace can kill, itself included.

    What a student's code means to end ends here as it does elsewhere.
    """
    if number == signal.SIGKILL and process in (0, 1) and os.getpid() == 1:
        os._exit(128 + number)
    _send_signal(process, number)


def prepare_process() -> None:
    """Point output and input of this process at nothing, and let it end itself."""
    from IPython.core import debugger

    sys.stdout = NullOutput()
    sys.stderr = NullOutput()
    builtins.input = no_input
    sys.breakpointhook = pdb.set_trace = debugger.set_trace = _ignore
    os.kill = send_signal
