"""The host's side of one submission in the sandbox: load its notebook, call its functions.

Everything that comes from a session is untrusted; it is decoded as plain data and nothing else.
"""

from __future__ import annotations

import dataclasses
import secrets
import socket
import time
from base64 import b64encode
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from course.checks.plain_data import PlainDataError
from grader.sandbox import wire
from grader.sandbox.host.calls import Answer, Answers, Probe, answered
from grader.sandbox.host.outcome import (
    REASONS_OF_DEATH,
    Outcome,
    Retired,
    clean_text,
    error_of,
    outcome_of,
    retired_of,
)
from grader.sandbox.limits import Limits

_LARGEST_CALL = 1 << 20


@dataclass(frozen=True)
class Beside:
    """The files that a notebook finds beside it.

    Attributes:
        own: the student's, with their bytes, by their path.
        released: where released data lies, by its path.
    """

    own: Mapping[str, bytes] = field(default_factory=dict)
    released: Mapping[str, Path] = field(default_factory=dict)

    def as_dict(self, linked: bool) -> dict[str, Any]:
        """The files as plain data, to send into the sandbox.

        Parameters:
            linked: whether what was released is safe from being written to.
        """
        return {
            "own_files": {name: b64encode(raw).decode() for name, raw in self.own.items()},
            "released": {name: str(place) for name, place in self.released.items()},
            "linked": linked,
        }


@dataclass
class LoadReport:
    """How the cells of a notebook ran.

    Attributes:
        errors: for each cell that failed (by index), the exception as plain data.
        lacking: for names that no cell has set because a statement failed, the first cause.
        retired: what older versions had and the cells made use of, as :class:`Outcome` has it.
        lost: the index of the cell at which the process ended or hung; None where all ran, and
            where nobody watched which one it was.
        hung: whether that cell ran out of time.
    """

    errors: dict[int, dict[str, str]] = field(default_factory=dict)
    lacking: dict[str, dict[str, str]] = field(default_factory=dict)
    retired: tuple[Retired, ...] = ()
    lost: int | None = None
    hung: bool = False


@dataclass(frozen=True)
class WholeCell:
    """A cell that is run as Jupyter runs it.

    Attributes:
        id, source: the cell.
        keep: names that a locked cell gives, and that mean the same in the tests after it.
        test: whether it is a test.
        builtin_names: names of Python that the test uses.
        imports: statements that give the test other names.
    """

    id: str
    source: str
    keep: Sequence[str] = ()
    test: bool = False
    builtin_names: Sequence[str] = ()
    imports: str = ""


@dataclass(frozen=True)
class CellOutcome:
    """What came of a cell, as the sandbox tells it.

    Attributes:
        kind: it ``ran``, ``raised`` an exception, ``died`` (the process ended) or ``hung``.
        error: the exception, as :func:`~grader.sandbox.host.outcome.error_of` gives it.
        line: of a test, the line at work; 0 where none was.
        number: of a test, what its last line gave, where that is a number.
    """

    kind: Literal["ran", "raised", "died", "hung"]
    error: Mapping[str, str] = field(default_factory=dict)
    line: int = 0
    number: float | None = None


class Session:
    """One submission's process in a worker: loads a notebook, then answers for its functions.

    Parameters:
        channel: the socket to the process.
        limits: what it may use.
        isolated: whether it is in the sandbox.
        end: ends the process and everything that it started.

    Attributes:
        alive: whether the process still runs.
        is_fresh: whether nothing but the notebook's cells, and functions that leave everything as
            it was, has been run in it.
        has_cases: whether the arguments that the worker has ready are there.
        used: which replaced functions the last probe called, as the sandbox claims.
    """

    def __init__(
        self, channel: socket.socket, limits: Limits, isolated: bool, end: Callable[[], None]
    ) -> None:
        self._channel = channel
        self._end = end
        self._isolated = isolated
        self.limits = limits
        self._largest = limits.result_mb << 20
        self.alive = True
        self.is_fresh = True
        self.has_cases = True
        self.used: set[str] = set()

    def close(self) -> None:
        """End the submission's process and everything that it started."""
        if self.alive:
            self.alive = False
            self._channel.close()
            self._end()

    def load(
        self,
        cells: Sequence[tuple[str, str]],
        expensive: Collection[str],
        definitions_only: bool,
        watched: bool,
        deadline: float,
        beside: Beside | None = None,
        with_cases: bool = True,
    ) -> LoadReport:
        """Run the cells in order, after the set-up, which the worker has run.

        Parameters:
            cells: pairs of cell id and source.
            expensive: functions that top-level statements must not call.
            definitions_only: run nothing but imports and definitions.
            watched: whether to be told of each cell as it begins, to know which one ended or
                hung the process. All cells together have the time of one where it is not.
            deadline: when the time for loading is over.
            beside: the files that the notebook finds beside it.
            with_cases: whether the arguments that the worker has ready may be there meanwhile.

        Returns:
            The report. After a lost cell the session is dead.
        """
        self.has_cases = with_cases
        report = LoadReport()
        current = -1
        until = min(deadline, time.monotonic() + self.limits.cell_seconds)
        request = {
            "do": "load",
            "watched": watched,
            "with_cases": with_cases,
            "cells": list(cells),
            "expensive": sorted(expensive),
            "definitions_only": definitions_only,
            "output_kb": self.limits.output_kb,
            "largest_result": self._largest,
            **(beside or Beside()).as_dict(linked=self._isolated),
        }
        try:
            wire.send(self._channel, request, deadline=deadline)
            while True:
                message = wire.receive(self._channel, until, _LARGEST_CALL)
                if "cell" in message and watched:
                    current = _next_index(message["cell"], len(cells), current)
                    until = min(deadline, time.monotonic() + self.limits.cell_seconds)
                elif "failed" in message:
                    failed = _next_index(
                        message["failed"], len(cells), max(report.errors, default=-1)
                    )
                    report.errors[failed] = error_of(message.get("error"))
                elif message.get("loaded") is True:
                    lacking = message.get("lacking")
                    if isinstance(lacking, dict):
                        report.lacking = {name: error_of(lacking[name]) for name in lacking}
                    report.retired = retired_of(message.get("retired"))
                    return report
                else:
                    raise wire.WireError("not a message of loading")
        except wire.WireError as error:
            report.lost = max(current, 0) if watched else None
            report.hung = isinstance(error, wire.WireTimeout)
            self.close()
            return report

    def run_cell(self, cell: WholeCell, deadline: float) -> CellOutcome:
        """Run one cell as Jupyter runs it; after one that ends or hangs the session is dead.

        Parameters:
            cell: the cell.
            deadline: when the time of the submission is over.
        """
        until = min(deadline, time.monotonic() + self.limits.cell_seconds)
        token = secrets.token_hex(16)  # an answer that was written ahead does not have it
        try:
            request = {"do": "cell", "token": token, **dataclasses.asdict(cell)}
            wire.send(self._channel, request, deadline=until)
            message = wire.receive(self._channel, until, _LARGEST_CALL)
            if message.get("ran") != token:
                raise wire.WireError("not the answer of this cell")
        except wire.WireError as error:
            self.close()
            return CellOutcome("hung" if isinstance(error, wire.WireTimeout) else "died")
        if "error" in message:
            given = message["error"]
            at = given.get("at") if isinstance(given, dict) else None
            return CellOutcome("raised", error_of(given), at if type(at) is int else 0)
        number = message.get("number")
        return CellOutcome("ran", number=number if type(number) is float else None)

    def probe(
        self,
        probe: Probe,
        answer: Answer | None,
        deadline: float,
        replacements: Mapping[str, Any] | None = None,
        seconds: float | None = None,
    ) -> list[Outcome] | None:
        """Call a function of the notebook on every case, in a fork of its own.

        Parameters:
            probe: the function.
            answer: answers calls of the functions that are to be answered by the host.
            deadline: when the exercise's time is over.
            replacements: functions of the notebook that give these values instead, encoded.
            seconds: wall clock for all cases; the limit of an exercise where None.

        Returns:
            One outcome a case, or None where the notebook has no such function. When the process
            dies or time runs out, the remaining cases get that outcome.
        """
        outcomes: list[Outcome] = []
        ours, theirs = socket.socketpair()
        allowed = self.limits.exercise_seconds if seconds is None else seconds
        allowed = min(allowed, max(deadline - time.monotonic(), 0.0))
        until = time.monotonic() + allowed
        with ours:
            try:
                with theirs:
                    request = {
                        "do": "probe",
                        **probe.as_dict(),
                        "seconds": allowed,
                        "replacements": dict(replacements or {}),
                    }
                    wire.send(self._channel, request, theirs.fileno(), deadline=until)
                missing = self._collect(ours, outcomes, probe.cases, answer, until)
                if missing:
                    self._end_exercise(stop=False)
                    return None
                rest = None
            except wire.WireTimeout:
                rest = Outcome(
                    "timed out", message=f"it did not return within {allowed:.3g} seconds"
                )
            except wire.WireTooLarge:
                rest = Outcome("unreadable", message="what it returns is too large")
            except (wire.WireError, PlainDataError):
                rest = Outcome("died", message="it ended the process it ran in")
        status = self._end_exercise(stop=rest is not None)
        if rest is not None and rest.kind == "died":
            rest = Outcome("died", message=REASONS_OF_DEATH.get(status, rest.message))
        while len(outcomes) < probe.cases:
            outcomes.append(rest or Outcome("died", message="it gave no answer"))
        return outcomes

    def forget_cases(self) -> None:
        """Have the arguments that the worker had ready wiped from the submission's memory."""
        if self.alive and self.has_cases:
            self.has_cases = False
            try:
                wire.send(self._channel, {"do": "forget"}, deadline=time.monotonic() + 5)
            except wire.WireError:
                self.close()

    def look(
        self,
        probes: Sequence[Probe],
        answer: Answer | None,
        deadline: float,
        harmless: bool = False,
    ) -> dict[str, Answers]:
        """Call several functions of the notebook on their cases, all in its own process.

        Quick, but one function may spoil another, or end the process: what is not right here
        deserves a fork of a notebook freshly loaded before anything is held against it.

        Parameters:
            probes: the functions, in order.
            answer: answers calls of the functions that are to be answered by the host.
            deadline: when their time is over.
            harmless: whether the functions are seen to leave everything as it was.

        Returns:
            What came of each function. Where the process ended or hung, it is dead now, and the
            function that ran then and those after it are left out.
        """
        self.is_fresh = self.is_fresh and harmless
        found: dict[str, Answers] = {}
        try:
            request = {"do": "look", "probes": [probe.as_dict() for probe in probes]}
            wire.send(self._channel, request, deadline=deadline)
            for probe in probes:
                may_call = answer if probe.references else None
                body = answered(self._channel, may_call, deadline, self._largest)
                if not body.startswith(b'{"function":"%s",' % probe.function.encode()):
                    raise wire.WireError("functions out of order")
                found[probe.function] = Answers(body, probe.cases)
        except (wire.WireError, PlainDataError):
            self.close()
        return found

    def _collect(
        self,
        channel: socket.socket,
        outcomes: list[Outcome],
        count: int,
        answer: Answer | None,
        deadline: float,
    ) -> bool:
        """Gather outcomes; return True where the function is missing."""
        budget = self._largest
        while True:
            message = wire.parse(answered(channel, answer, deadline, budget))
            if message.get("missing") is True and not outcomes:
                return True
            if message.get("finished") is True:
                self.used = {clean_text(name, 80) for name in message.get("used", [])[:10]}
                return False
            if message.get("case") != len(outcomes) or len(outcomes) >= count:
                raise wire.WireError("cases out of order")
            outcomes.append(outcome_of(message))
            budget -= 64

    def _end_exercise(self, stop: bool) -> str:
        """See the exercise's process off; when the session does not answer, end it."""
        try:
            until = time.monotonic() + 5
            if stop:
                wire.send(self._channel, {"do": "stop"}, deadline=until)
            status = wire.receive(self._channel, until, _LARGEST_CALL).get("ended")
            return clean_text(status, 40)
        except wire.WireError:
            self.close()
            return "lost"


def _next_index(value: Any, length: int, last: int) -> int:
    """An index as the sandbox tells it, which comes after the last one."""
    if type(value) is not int or not last < value < length:
        raise wire.WireError("not the index of a cell")
    return value
