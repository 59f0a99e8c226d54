"""Try variants of a solution in separate processes, because they may loop forever or crash."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable, Sequence

from pebble import ProcessExpired, concurrent

Task = Callable[[], str]
_TOGETHER = 50


def in_own_process(task: Task, seconds: float = 10.0) -> str:
    """Run ``task`` in a fork of this process and return the text that it returns.

    Parameters:
        task: what to run.
        seconds: how long it may take.

    Returns:
        Its result, ``"timed out"``, or ``"died"`` where the process ended without an answer.
    """
    return _in_one_process([task], seconds)[0]


def in_own_processes(tasks: Sequence[Task], seconds: float = 10.0) -> list[str]:
    """Run many tasks as :func:`in_own_process` runs one, most of them together in a fork.

    A fork costs more than most tasks do. Where one of those that share a fork hangs or dies, each
    of them is run again in a fork of its own.
    """
    answers: list[str] = []
    for start in range(0, len(tasks), _TOGETHER):
        together = tasks[start : start + _TOGETHER]
        found = _in_one_process(together, seconds)
        if len(found) < len(together):
            found = [in_own_process(task, seconds) for task in together]
        answers += found
    return answers


def _in_one_process(tasks: Sequence[Task], seconds: float) -> list[str]:
    """What each task gives; one text for all where the process gives nothing."""
    run = concurrent.process(timeout=seconds, context=multiprocessing.get_context("fork"))(
        lambda: [task() for task in tasks]
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside BLAS threads
        answer = run()
    try:
        return list(answer.result())
    except TimeoutError:
        return ["timed out"]
    except (ProcessExpired, SystemExit):  # pebble raises again what a task has raised
        return ["died"]
