"""A submission that waits until a test lets it go on, so that a class is surely not graded yet."""

from __future__ import annotations

import contextlib
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import nbformat
import psutil

_WAITS = """\
import signal
import time

let_go = []
signal.signal(signal.SIGUSR1, lambda number, frame: let_go.append(number))
while not let_go:
    time.sleep(0.01)
"""
# Each cell has a clock of its own, and the test a clock for nothing: they outlast any delay.
_CELLS = 6


def hand_in_waiting(submitted: Path, student: str, like: str, assignment: str) -> None:
    """Hand in what another student has handed in, in a notebook that waits while it is loaded.

    Parameters:
        submitted: the folder of the class.
        student: who hands it in.
        like: the other student, who must get the same mark.
        assignment: the assignment.
    """
    shutil.copytree(submitted / like, submitted / student)
    path = submitted / student / assignment / f"{assignment}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    waiting = [nbformat.v4.new_code_cell(_WAITS) for _number in range(_CELLS)]
    notebook.cells = [*waiting, *notebook.cells]
    nbformat.write(notebook, path)


def waiting_below(process_id: int) -> list[psutil.Process]:
    """The processes of waiting submissions below a process."""
    found = []
    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(process_id).children(recursive=True):
            with contextlib.suppress(psutil.Error, OSError, StopIteration):
                lines = Path(f"/proc/{child.pid}/status").read_text().splitlines()
                caught = next(line for line in lines if line.startswith("SigCgt:")).split()[1]
                if int(caught, 16) >> (signal.SIGUSR1 - 1) & 1:
                    found.append(child)
    return found


def wait_for_waiting(process_id: int) -> psutil.Process:
    """Wait until a submission waits below a process that runs."""
    while psutil.pid_exists(process_id):
        if found := waiting_below(process_id):
            return found[0]
        time.sleep(0.02)
    raise AssertionError("the process ended, and no submission waited in it")


@contextlib.contextmanager
def letting_go(*process_ids: int) -> Iterator[None]:
    """Let every submission go on that waits below the processes, as often as it is loaded."""
    done = threading.Event()

    def let_go() -> None:
        while not done.wait(0.02):
            for process_id in process_ids:
                for process in waiting_below(process_id):
                    with contextlib.suppress(psutil.Error):
                        process.send_signal(signal.SIGUSR1)

    thread = threading.Thread(target=let_go)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
