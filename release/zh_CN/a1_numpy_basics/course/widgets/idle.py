"""Work that a kernel does while nobody waits for it: after the cells, and between messages."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from IPython import get_ipython

__all__ = ["when_idle"]

PAUSE = 0.5
"""Seconds without a cell or a new task after which a kernel is taken to be idle."""

Work = Callable[[], bool]

_waiting: dict[object, Work] = {}
_timers: list[asyncio.TimerHandle] = []


def when_idle(owner: object, work: Work) -> None:
    """Have a piece of work done bit by bit, as soon as the kernel is idle, the newest work first.

    Without a kernel nothing is done.

    Parameters:
        owner: for whom it is; it takes the place of earlier work for the same owner.
        work: does a bit that takes a moment, and says whether there is more to do. If it raises,
            it is not called again.
    """
    shell = get_ipython()
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return
    if shell is None:
        return
    _waiting.pop(owner, None)
    _waiting[owner] = work
    if _stop not in shell.events.callbacks["pre_run_cell"]:
        shell.events.register("pre_run_cell", _stop)
        shell.events.register("post_run_cell", _begin)
    _begin()


def _stop(_info: object = None) -> None:
    while _timers:
        _timers.pop().cancel()


def _begin(_result: object = None, pause: float = PAUSE) -> None:
    _stop()
    if _waiting:
        _timers.append(asyncio.get_running_loop().call_later(pause, _do_a_bit))


def _do_a_bit() -> None:
    owner, work = next(reversed(_waiting.items()))
    try:
        has_more = work()
    except Exception:  # whoever needs the result later meets the error there
        has_more = False
    if not has_more:
        del _waiting[owner]
    _begin(pause=0.01)  # messages that have come meanwhile are read first
