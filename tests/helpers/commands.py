"""Commands run in processes of their own, forked from one that has imported nbgrader already.

To import nbgrader with its server extensions takes some three seconds of a core, and the tests run
a hundred commands. What a command costs from nothing is the benchmarks' subject; that each command
starts from nothing is seen where users' paths are walked (``tests/journeys``).
"""

from __future__ import annotations

import functools
import multiprocessing
import os
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from pathlib import Path

from grader.paths import PROJECT


def run_command(
    *command: str,
    environment: Mapping[str, str],
    folder: Path = PROJECT,
) -> subprocess.CompletedProcess[str]:
    """Run a command of Python's.

    Parameters:
        command: what follows ``python``: ``-m``, a module and its arguments, or ``-c``, a program
            and its arguments.
        environment: the environment variables.
        folder: where it runs.

    Returns:
        Its exit status, and what it wrote.
    """
    with tempfile.TemporaryDirectory() as place:
        told = Path(place) / "out", Path(place) / "err"
        process = _context().Process(
            target=_become, args=(command, dict(environment), str(folder), *map(str, told))
        )
        process.start()
        process.join()
        out, error = (path.read_text(encoding="utf-8", errors="replace") for path in told)
        return subprocess.CompletedProcess(command, process.exitcode or 0, out, error)


@functools.cache
def _context() -> ForkServerContext:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.helpers.warm"])
    return context


def _become(
    command: tuple[str, ...], environment: dict[str, str], folder: str, out: str, error: str
) -> None:
    """Do in this process what ``python`` does with such a command."""
    for number, path in ((1, out), (2, error)):
        with open(path, "wb") as file:
            os.dup2(file.fileno(), number)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    kind, what, *arguments = command
    sys.argv = [what if kind == "-m" else kind, *arguments]
    if kind == "-m":
        runpy.run_module(what, run_name="__main__", alter_sys=True)
    else:
        exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})
