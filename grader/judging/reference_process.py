"""Answer a student's calls of earlier functions with the reference, in a process of its own.

The arguments of such a call come from the student's code. Whatever they make of the reference (a
huge product, an endless loop) must cost that exercise and nothing else, so the reference runs in a
fork of the judge with limits on memory and processor time.
"""

from __future__ import annotations

import atexit
import contextlib
import functools
import inspect
import json
import math
import os
import resource
import signal
import socket
import time
import types
import warnings
from collections.abc import Callable, Collection, Mapping
from typing import Any

import numpy as np

from course.checks.plain_data import from_json, to_json
from grader.exercises.assignment import Assignment
from grader.exercises.cases import quiet
from grader.sandbox import wire
from grader.sandbox.host.calls import REFUSED, Answer
from grader.sandbox.system_calls import address_space, close_all_but

MEMORY = 1 << 30
"""How much more address space than the judge itself the process may use, in bytes."""

CPU_SECONDS = 10
"""Processor time that one call may take."""

MOST_CALLS = 5_000
"""Calls that one exercise may make; a usual solution makes a few for each layer and case."""

_LARGEST_ANSWER = 8 << 20

_MOST_KNOWN = 2_000
_LARGEST_KNOWN = 8 << 10


class ReferenceProcess:
    """A process that calls reference functions.

    It starts with the first call and stays for later ones; after a call that ended it, or took too
    long, the next one starts it anew.

    Parameters:
        functions: the functions that may be called, by name.
    """

    def __init__(self, functions: Mapping[str, Callable[..., Any]]) -> None:
        self._functions = functions
        self._channel: socket.socket | None = None
        self._pid = 0
        # A class makes the same calls over and over: its cases are the same.
        self._known: dict[tuple[bytes, bytes], bytes] = {}

    def draws(self, name: str) -> bool:
        """Whether a function, as it is written here, draws random numbers."""
        return _draws(self._functions[name], frozenset())

    def allowing(self, names: Collection[str]) -> Answer:
        """What answers the calls of one exercise.

        A call is a message of the sandbox: ``call``, ``arguments``, ``named``; how many arguments
        the student's function ``takes``; and the state of its ``random`` numbers, where the
        function draws some. The answer is ``{"value": ...}``, with the new state where one was
        given; ``{"raised": [type, message]}`` where the reference raises an exception;
        ``{"refused": true}`` where there is no answer.

        Parameters:
            names: the functions that this exercise may call.
        """
        allowed = json.dumps(sorted(names)).encode()
        calls = 0

        def answer(call: bytes, deadline: float) -> bytes:
            nonlocal calls
            calls += 1
            return REFUSED if calls > MOST_CALLS else self._answer(allowed, call, deadline)

        return answer

    def _answer(self, allowed: bytes, call: bytes, deadline: float) -> bytes:
        if answer := self._known.get((allowed, call)):
            return answer
        answer = self._ask(allowed, call, deadline)
        if answer != REFUSED and len(call) + len(answer) <= _LARGEST_KNOWN:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[allowed, call] = answer
        return answer

    def _ask(self, allowed: bytes, call: bytes, deadline: float) -> bytes:
        try:
            channel = self._channel or self._start()
            wire.send_body(channel, allowed, deadline)
            wire.send_body(channel, call, deadline)
            return wire.receive_body(channel, deadline, _LARGEST_ANSWER)
        except wire.WireError:
            self.close()
            return REFUSED

    def close(self) -> None:
        """End the process, if there is one."""
        if self._channel is not None:
            self._channel.close()
            self._channel = None
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)

    def _start(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # forking beside BLAS threads
            self._pid = os.fork()
        if self._pid == 0:
            try:
                close_all_but({theirs.fileno()})  # above all no gradebook, and no other process
                _limit_memory()
                _serve(theirs, self._functions)
            finally:
                os._exit(0)
        theirs.close()
        self._channel = ours
        return ours


@functools.lru_cache(maxsize=8)
def reference_process(assignment: Assignment) -> ReferenceProcess:
    """The process that answers for an assignment; there is one, for all submissions."""
    names = [exercise.name for exercise in assignment.exercises]
    process = ReferenceProcess({name: getattr(assignment.reference, name) for name in names})
    atexit.register(process.close)
    return process


@functools.cache
def _draws(function: Callable[..., Any], callers: frozenset[Callable[..., Any]]) -> bool:
    """Whether a function uses ``np.random``, itself or in a function of its module."""
    names = function.__code__.co_names
    if "random" in names:
        return True
    called = (function.__globals__.get(name) for name in names)
    return any(
        _draws(other, callers | {function})
        for other in called
        if isinstance(other, types.FunctionType) and other not in callers
    )


def _limit_memory() -> None:
    if used := address_space():
        resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _limit_time() -> None:
    """Let the coming call take so much processor time and no more."""
    _soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    until = math.ceil(time.process_time()) + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (until, hard))


def _serve(channel: socket.socket, functions: Mapping[str, Callable[..., Any]]) -> None:
    with np.errstate(all="ignore"), quiet():
        while True:
            allowed = json.loads(wire.receive_body(channel))
            _limit_time()
            wire.send(channel, _answered(functions, allowed, wire.receive_body(channel)))


def _answered(
    functions: Mapping[str, Callable[..., Any]], allowed: list[str], body: bytes
) -> dict[str, Any]:
    try:
        message = wire.parse(body)
        if message["call"] not in allowed:
            return {"refused": True}
        function = functions[message["call"]]
        arguments = from_json(message["arguments"], trusted=False)
        named = from_json(message["named"], trusted=False)
        _take_random_state(from_json(message.get("random"), trusted=False))
        if _may_hand_more(message.get("takes"), len(arguments)):
            arguments = arguments[: _most_arguments(function)]
        value = function(*arguments, **named)
        answer = {"value": to_json(value)}
        if "random" in message:
            answer["random"] = to_json(np.random.get_state())
        return answer
    except (MemoryError, wire.WireError):
        return {"refused": True}
    except Exception as error:
        return {"raised": [type(error).__name__, str(error)[:500]]}


def _may_hand_more(takes: Any, count: int) -> bool:
    """Whether the student's own function would have taken so many arguments, as far as is known."""
    return type(takes) is not int or takes >= count


def _most_arguments(function: Callable[..., Any]) -> int:
    """How many arguments a function takes by position.

    Older editions of the course hand more to some functions, which make no use of it.
    """
    return len(inspect.signature(function).parameters)


def _take_random_state(state: Any) -> None:
    """Go on with the caller's random numbers, where what came is a state of NumPy's generator.

    NumPy believes the position, and reads beyond the end of the key where it is too large.
    """
    if not (isinstance(state, tuple) and len(state) == 5 and state[0] == "MT19937"):
        return
    _name, key, position, has_gauss, gauss = state
    right_key = isinstance(key, np.ndarray) and key.dtype == np.uint32 and key.shape == (624,)
    right_numbers = type(position) is int and type(has_gauss) is int and type(gauss) is float
    if right_key and right_numbers and 0 <= position <= 624 and has_gauss in (0, 1):
        np.random.set_state(state)
