"""Try a variant of a solution in a process of its own, because it may loop for ever or crash."""

from __future__ import annotations

import multiprocessing
import warnings
from collections.abc import Callable

from pebble import ProcessExpired, concurrent


def in_own_process(task: Callable[[], str], seconds: float = 10.0) -> str:
    """Run ``task`` in a fork of this process and return the text that it returns.

    Parameters:
        task: what to run.
        seconds: how long it may take.

    Returns:
        Its result, ``"timed out"``, or ``"died"`` where the process ended without an answer.
    """
    run = concurrent.process(timeout=seconds, context=multiprocessing.get_context("fork"))(task)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside BLAS threads
        answer = run()
    try:
        return str(answer.result())
    except TimeoutError:
        return "timed out"
    except ProcessExpired:
        return "died"
