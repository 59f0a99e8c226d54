"""Run the cells of any notebook as Jupyter runs them, and the tests among them by themselves.

Student's cells go through IPython whole: a cell ends at its first error, and the next one is run.
Tests do not: the notebook may have changed IPython. They are compiled and run here, after what they
rely on was put back.
"""

from __future__ import annotations

import ast
import contextlib
import linecache
import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from grader.sandbox.guest.guarded import Given, Guarded
from grader.sandbox.guest.notebook_runner import NullOutput, describe_error, run_code

_TOP_LEVEL_AWAIT = ast.PyCF_ALLOW_TOP_LEVEL_AWAIT


class WholeCells:
    """Runs the cells of one submission.

    Parameters:
        shell: the IPython shell that the worker made.
        guarded: what it had before it forked.
    """

    def __init__(self, shell: Any, guarded: Guarded) -> None:
        self._shell = shell
        self._namespace: dict[str, Any] = shell.user_ns
        self._guarded = guarded
        self._given = Given(self._namespace)
        self._inputs = self._namespace["In"] = [""]  # some tests run the cell before them again
        shell.showtraceback = shell.showsyntaxtraceback = _say_nothing

    def run(self, message: dict[str, Any]) -> dict[str, Any]:
        """Run one cell.

        Parameters:
            message: ``id``, ``source`` and ``keep``, names that a locked cell gives; of a test
                ``test``, its ``builtin_names`` and ``imports``.

        Returns:
            ``error``, where there was one, and of a test ``number``, where its last line gave one.
        """
        NullOutput.start_again()
        if message.get("test"):
            self._inputs.append("")  # a later cell could read it there
            return self._test(message)
        self._inputs.append(message["source"])
        try:
            name = f"<cell {message['id']}>"
            self._shell.compile.get_code_name = lambda *_code: name
            done = self._shell.run_cell(message["source"], store_history=False)
            error = done.error_before_exec or done.error_in_exec
        except BaseException as raised:  # IPython itself, where the notebook has broken it
            error = raised
        self._given.keep(message["keep"])
        self._close_figures()
        return {"error": describe_error(error)} if error is not None else {}

    def _test(self, message: dict[str, Any]) -> dict[str, Any]:
        self._guarded.put_back()
        filename = f"<cell {message['id']}>"
        source = message["source"]
        linecache.cache[filename] = (len(source), None, source.splitlines(True), filename)
        with self._given.in_place(message["builtin_names"], message["imports"]):
            try:
                last = _run(source, filename, self._namespace)
            except BaseException as error:
                return {"error": {**describe_error(error), "at": _line_of(error, filename)}}
            finally:
                self._given.keep(message["keep"])
                self._close_figures()
        number = _number(last)
        return {} if number is None else {"number": number}

    def _close_figures(self) -> None:
        """As Jupyter does after each cell."""
        plt = sys.modules.get("matplotlib.pyplot")
        if plt is not None:
            with contextlib.suppress(Exception):
                plt.close("all")


def _say_nothing(*_arguments: Any, **_named: Any) -> None:
    """Stand in for what shows an error to nobody."""


def _run(
    source: str,
    filename: str,
    namespace: dict[str, Any],
    compiled: Callable[..., Any] = compile,
) -> Any:
    """Run Python and give the value of its last line, where that is one."""
    statements = ast.parse(source, filename).body
    shown = not source.rstrip().endswith(";")
    last = statements.pop() if statements and isinstance(statements[-1], ast.Expr) else None
    parts: list[ast.AST] = [ast.Module(statements, [])]
    if isinstance(last, ast.Expr):
        parts.append(ast.Expression(last.value))
    value = None
    for part in parts:
        kind = "eval" if isinstance(part, ast.Expression) else "exec"
        code = compiled(part, filename, kind, _TOP_LEVEL_AWAIT)
        value = run_code(code, namespace)
    return value if shown else None


def _line_of(error: BaseException, filename: str) -> int:
    """The last line of the test that was at work; 0 where none was."""
    line = 0
    step = error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == filename:
            line = step.tb_lineno
        step = step.tb_next
    return line


def _number(value: Any) -> float | None:
    """The points that nbgrader would read from what a test shows last."""
    if isinstance(value, (int, float, np.integer, np.floating)) and not isinstance(value, bool):
        return float(value)
    return None
