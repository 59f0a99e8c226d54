"""A time limit for code that may never come to an end."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

_AGAIN = 0.5  # seconds after which code that has swallowed the interruption is interrupted anew
_OWN_FILES = (__file__, contextlib.__file__)


class TimeIsUp(BaseException):
    """The code took too long. No ``except Exception`` of a student's catches it."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """Interrupt what runs inside after a time, where the platform can.

    That needs SIGALRM (not on Windows), the main thread, and that nobody else waits for the alarm:
    where one of them is missing, nothing is limited. A computation inside a library written in C is
    interrupted when it comes back.

    Parameters:
        seconds: how long it may take.

    Raises:
        TimeIsUp: it took longer.
    """
    if not _can_be_limited():
        yield
        return
    running = True

    def interrupt(_number: int, frame: FrameType | None) -> None:
        # Never while the limit itself is being set or lifted: the next alarm comes soon.
        if running and frame is not None and frame.f_code.co_filename not in _OWN_FILES:
            raise TimeIsUp

    before = signal.signal(signal.SIGALRM, interrupt)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        running = False
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _can_be_limited() -> bool:
    return (
        hasattr(signal, "SIGALRM")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
        and signal.getitimer(signal.ITIMER_REAL)[0] == 0
    )
