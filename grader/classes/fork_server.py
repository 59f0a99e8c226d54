"""The process from which the processes of a pool are forked, with everything imported.

None is forked from the process that asks, which may have threads and an open gradebook. This module
imports next to nothing, so that a command can start the server before it does anything else.
"""

from __future__ import annotations

import multiprocessing.context
import multiprocessing.forkserver
import tempfile
import threading

FEW = 3
"""How many submissions are graded without a pool: to start one takes as long as they do."""

_LONGEST = 60  # characters of a temporary folder: the path of a socket in it has 107 at most


def fork_server() -> multiprocessing.context.ForkServerContext:
    """Start the server, in the background; later calls find it there."""
    context = multiprocessing.get_context("forkserver")
    modules = ["grader.classes.pool"]
    if threading.current_thread() is threading.main_thread():
        # The kernel watches the thread that starts it, and another one may end before its process.
        modules.insert(0, "grader.sandbox.host.end_with_parent")
    context.set_forkserver_preload(modules)
    chosen = tempfile.gettempdir()
    if len(chosen) > _LONGEST:
        tempfile.tempdir = "/tmp"  # as Python 3.14 does by itself
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        tempfile.tempdir = chosen
    return context
