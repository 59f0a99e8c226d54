"""Try a variant of a solution in a process of its own, because it may loop for ever or crash."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import select
import signal
import time
import warnings
from collections.abc import Callable


def in_own_process(task: Callable[[], str], seconds: float = 10.0) -> str:
    """Run ``task`` in a fork of this process and return the text that it returns.

    Parameters:
        task: what to run.
        seconds: how long it may take.

    Returns:
        Its result, ``"timed out"``, or ``"died"`` where the process ended without an answer.
    """
    reading, writing = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # forking beside BLAS threads
        pid = os.fork()
    if pid == 0:
        try:
            os.close(reading)
            resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            os.write(writing, json.dumps(task()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    try:
        return _answer(reading, time.monotonic() + seconds)
    finally:
        os.close(reading)
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


def _answer(reading: int, deadline: float) -> str:
    text = b""
    while True:
        ready, _, _ = select.select([reading], [], [], max(0.0, deadline - time.monotonic()))
        if not ready:
            return "timed out"
        part = os.read(reading, 1 << 16)
        if not part:
            break
        text += part
    return str(json.loads(text)) if text else "died"
