"""How the tests that a notebook brings itself failed: at which line, and with which message."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from course.language import _
from grader.exercises.own_tests import OwnTest
from grader.report.class_results import ClassResults, ExerciseResult
from grader.report.statistics import RIGHT
from grader.report.verdicts import UNKNOWN, VERDICTS

_NOTHING_TO_SAY = (*RIGHT, "not attempted", "missing", "")
"""Verdicts about which the table of the tests says everything."""


@dataclass(frozen=True)
class Failure:
    """How one test failed, and for whom.

    Attributes:
        test: its name.
        verdict: what was decided.
        line: the text of the line at which it stopped; empty where it stopped at none, or where the
            test has been changed since.
        hidden: whether students do not see that line.
        messages: what students were told, each with the number of students who were told it.
        students: their ids.
        share: of those whose tests were run.
    """

    test: str
    verdict: str
    line: str
    hidden: bool
    messages: tuple[tuple[str, int], ...]
    students: tuple[str, ...]
    share: float

    @property
    def in_short(self) -> str:
        """The line at which it stopped; what was said where it stopped at none."""
        if self.hidden and not self.line:
            return _("a hidden line")
        said = self.messages[0][0] if self.messages else ""
        return self.line or " ".join(said.split()) or _(VERDICTS.get(self.verdict, UNKNOWN))


def failures(results: ClassResults) -> list[Failure]:
    """The ways in which tests failed, the commonest first; none where functions have cases."""
    tests = results.assignment.own_tests
    found: dict[tuple[str, str, int], list[tuple[str, ExerciseResult]]] = {}
    for student in results.readable:
        for name, result in student.exercises.items():
            if name in tests and result.verdict not in _NOTHING_TO_SAY:
                key = (name, result.verdict, result.line)
                found.setdefault(key, []).append((student.student_id, result))
    made = [
        _failure(tests[name], verdict, line, those, len(results.readable))
        for (name, verdict, line), those in found.items()
    ]
    return sorted(made, key=lambda one: (-len(one.students), one.test, one.verdict, one.line))


def without_words(found: Iterable[Failure]) -> list[Failure]:
    """The same without anything that students wrote or must not see: messages may quote it."""
    return [replace(one, messages=(), line="" if one.hidden else one.line) for one in found]


def _failure(
    test: OwnTest, verdict: str, line: int, those: list[tuple[str, ExerciseResult]], count: int
) -> Failure:
    lines = test.source.split("\n")
    text = lines[line - 1].strip() if 0 < line <= len(lines) else ""
    said = Counter(_without_line(result.message, text) for _who, result in those)
    return Failure(
        test=test.shown_as,
        verdict=verdict,
        line=text,
        hidden=line in test.hidden,
        messages=tuple(said.most_common()),
        students=tuple(who for who, _result in those),
        share=len(those) / count,
    )


def _without_line(message: str, line: str) -> str:
    """A message without its last line, which quotes the line of the test."""
    before, _end, last = message.rpartition("\n")
    return before if line and last.endswith(line) else message
