"""How ``watch`` goes on: a running line on a terminal, lines elsewhere, or JSON events."""

from __future__ import annotations

import json
import statistics
import sys
import time
from collections import deque
from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader.text.terminal import one_line, printable

if TYPE_CHECKING:
    from grader.recording.attempts import Attempt
    from grader.recording.grading_result import GradingResult

_WINDOW = 300.0
_SECONDS_BETWEEN_EVENTS = 60.0


class _Report:
    """Lines: which attempts were graded, and what the teacher must know."""

    def __init__(self) -> None:
        self.graded = 0
        self.left = 0
        self.number_waiting = 0
        self._recent: deque[tuple[float, float]] = deque()

    def start(self, names: Collection[str], where: Collection[Path], jobs: int) -> None:
        """Grading begins."""
        places = ", ".join(map(str, where))
        self.say(f"Watching {places}: {', '.join(names)}; {jobs} at a time. Ctrl-C ends it.")

    def waiting(self, number: int) -> None:
        """So many attempts wait, or are being graded."""
        self.number_waiting = number

    def done(self, attempt: Attempt, graded: GradingResult | None, seconds: float) -> None:
        """An attempt is finished."""
        self.count(graded, seconds)
        who = f"{printable(attempt.student)}: {attempt.assignment}, attempt {attempt.number}"
        if graded is None:
            self.say(f"{who}: {attempt.state}")
        elif graded.graded is None:
            self.say(f"{who}: cannot be graded: {one_line(graded.problem)}")
        else:
            points = f"{graded.graded.score:g} of {graded.graded.max_score}"
            self.say(f"{who}: {points} after {seconds:.1f} s")

    def count(self, graded: GradingResult | None, seconds: float) -> None:
        """Count an attempt."""
        self.graded += graded is not None
        self.left += graded is None
        if graded is not None:
            self._recent.append((time.monotonic(), seconds))

    def warn(self, sentence: str) -> None:
        """Something that the teacher must know."""
        self.say(one_line(sentence))

    def end(self) -> None:
        """Grading ends."""
        self.say(f"Ended; {self.graded} attempts were graded.")

    def say(self, text: str) -> None:
        """Print a line."""
        print(text, file=sys.stderr, flush=True)

    def recent(self) -> list[float]:
        """How long the attempts of the last five minutes took, the fastest first."""
        while self._recent and time.monotonic() - self._recent[0][0] > _WINDOW:
            self._recent.popleft()
        return sorted(seconds for _when, seconds in self._recent)

    def in_a_line(self) -> str:
        """The state in one line."""
        took = self.recent()
        text = f"{self.number_waiting} waiting, {self.graded} graded"
        if took:
            text += (
                f"; last 5 minutes: {len(took)}, half of them within "
                f"{statistics.median(took):.1f} s, the slowest {took[-1]:.1f} s"
            )
        return text


class _TerminalReport(_Report):
    """One line that is kept up to date, below what is said."""

    _shown = ""

    def waiting(self, number: int) -> None:
        super().waiting(number)
        line = self.in_a_line()
        if line != self._shown:
            self._shown = line
            print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)

    def say(self, text: str) -> None:
        print(f"\r\033[K{text}", file=sys.stderr, flush=True)
        self._shown = ""


class _JsonReport(_Report):
    """One JSON object a line on standard output."""

    _told = 0.0
    _last: tuple[int, ...] = ()

    def start(self, names: Collection[str], where: Collection[Path], jobs: int) -> None:
        places = [str(place) for place in where]
        self._event("start", assignments=list(names), watching=places, jobs=jobs)

    def waiting(self, number: int) -> None:
        super().waiting(number)
        state = (number, self.graded, self.left)
        if state != self._last and time.monotonic() - self._told > _SECONDS_BETWEEN_EVENTS:
            self._told, self._last = time.monotonic(), state
            took = self.recent()
            self._event(
                *("status",),
                waiting=number,
                graded=self.graded,
                seconds_median=round(statistics.median(took), 3) if took else None,
                seconds_slowest=round(took[-1], 3) if took else None,
            )

    def done(self, attempt: Attempt, graded: GradingResult | None, seconds: float) -> None:
        self.count(graded, seconds)
        told: dict[str, Any] = {
            "attempt": attempt.name,
            "student": attempt.student,
            "assignment": attempt.assignment,
            "number": attempt.number,
            "counts": attempt.counts,
            "seconds": round(seconds, 3),
        }
        if graded is not None and graded.graded is not None:
            told |= {"score": graded.graded.score, "max_score": graded.graded.max_score}
        elif graded is not None:
            told |= {"problem": graded.problem}
        self._event(attempt.state, **told)

    def end(self) -> None:
        self._event("end", graded=self.graded)

    def say(self, text: str) -> None:
        self._event("message", message=text)

    def _event(self, kind: str, **data: Any) -> None:
        print(json.dumps({"event": kind, **data}, ensure_ascii=False), flush=True)


def report_for(as_json: bool) -> _Report:
    """Who tells of it: JSON events for a script, a running line on a terminal, lines elsewhere."""
    if as_json:
        return _JsonReport()
    return _TerminalReport() if sys.stderr.isatty() else _Report()
