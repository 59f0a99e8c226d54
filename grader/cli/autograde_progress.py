"""How a run of ``autograde`` goes on: a bar on a terminal, lines elsewhere, or JSON events."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from tqdm import tqdm

from grader.text.terminal import one_line, printable

if TYPE_CHECKING:
    from grader.classes.autograde import Plan
    from grader.recording.grading_result import GradingResult

_SECONDS_BETWEEN_LINES = 10.0


class _Report:
    """What the run tells: a bar on a terminal, lines elsewhere, or JSON events."""

    def __init__(self) -> None:
        self.verdicts: Counter[str] = Counter()
        self.done = 0
        self.total = 0
        self.started = time.monotonic()

    def start(self, total: int, jobs: int) -> None:
        self.total = total
        self.started = time.monotonic()

    def graded(self, done: GradingResult) -> None:
        self.done += 1
        if done.graded is not None:
            self.verdicts.update(exercise.verdict for exercise in done.graded.exercises)

    def problem(self, student_id: str, sentence: str) -> None:
        self.warn(f"{one_line(student_id)}: {one_line(sentence)}")

    def warn(self, sentence: str) -> None:
        for line in sentence.splitlines():
            tqdm.write(printable(line), file=sys.stderr)

    def end(self, plan: Plan) -> None:
        seconds = time.monotonic() - self.started
        rate = f", {60 * self.done / seconds:.0f} a minute" if self.done else ""
        already = f"; {len(plan.up_to_date)} were graded already" if plan.up_to_date else ""
        self.warn(f"{self.done} submissions graded in {seconds:.1f} s{rate}{already}.")

    def counts(self) -> str:
        """The running count of verdicts, the commonest first."""
        return ", ".join(f"{verdict} {count}" for verdict, count in self.verdicts.most_common())


class _BarReport(_Report):
    """A progress bar with rate and time left."""

    def start(self, total: int, jobs: int) -> None:
        super().start(total, jobs)
        self.bar = tqdm(total=total, unit="submission", disable=total == 0, dynamic_ncols=True)

    def graded(self, done: GradingResult) -> None:
        super().graded(done)
        self.bar.set_postfix_str(self.counts(), refresh=False)
        self.bar.update()

    def end(self, plan: Plan) -> None:
        self.bar.close()
        super().end(plan)


class _LineReport(_Report):
    """A plain line now and then, where there is no terminal."""

    last = 0.0

    def start(self, total: int, jobs: int) -> None:
        super().start(total, jobs)
        if total:
            self.warn(f"{total} submissions to grade, {jobs} at a time.")

    def graded(self, done: GradingResult) -> None:
        super().graded(done)
        now = time.monotonic()
        if now - self.last > _SECONDS_BETWEEN_LINES or self.done == self.total:
            self.last = now
            left = (now - self.started) / self.done * (self.total - self.done)
            self.warn(f"{self.done} of {self.total}, about {left:.0f} s left: {self.counts()}")


class _JsonReport(_Report):
    """One JSON object a line on standard output, for scripts."""

    def start(self, total: int, jobs: int) -> None:
        super().start(total, jobs)
        self._event("start", total=total, jobs=jobs)

    def graded(self, done: GradingResult) -> None:
        super().graded(done)
        marks: dict[str, Any] = {}
        if done.graded is not None:
            marks = {
                "score": done.graded.score,
                "max_score": done.graded.max_score,
                "verdicts": {e.name: e.verdict for e in done.graded.exercises},
            }
        self._event("graded", student=done.student_id, **marks)

    def problem(self, student_id: str, sentence: str) -> None:
        self._event("problem", student=student_id, message=sentence)

    def warn(self, sentence: str) -> None:
        self._event("message", message=sentence)

    def end(self, plan: Plan) -> None:
        self._event("end", graded=self.done, up_to_date=len(plan.up_to_date), stale=plan.stale)

    def _event(self, kind: str, **data: Any) -> None:
        print(json.dumps({"event": kind, **data}, ensure_ascii=False), flush=True)


def report_for(as_json: bool) -> _Report:
    """What tells of a run: JSON events for a script, a bar on a terminal, lines elsewhere."""
    if as_json:
        return _JsonReport()
    return _BarReport() if sys.stderr.isatty() else _LineReport()
