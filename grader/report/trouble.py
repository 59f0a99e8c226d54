"""Who may need help, and why: plain rules that an instructor can check by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from course.language import _
from grader.report.class_results import ClassResults, StudentResult
from grader.report.statistics import RIGHT

LOW_SHARE = 0.5
FALL = 0.25
HALF = 0.5
BROKEN = 2


@dataclass(frozen=True)
class Trouble:
    """A student who may need help.

    Attributes:
        student_id: the student.
        share: the mark as a share of the points; None where there is none yet.
        reasons: why, the gravest first.
        first_difficulty: the first exercise that is not right in itself, and its mistake.
        without_words: the reasons without the names of files and people that they quote.
    """

    student_id: str
    share: float | None
    reasons: tuple[str, ...]
    first_difficulty: str = ""
    without_words: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Before:
    """What a student did in earlier assignments."""

    shares: tuple[float, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def mean(self) -> float | None:
        return sum(self.shares) / len(self.shares) if self.shares else None


def in_trouble(results: ClassResults, earlier: Sequence[ClassResults] = ()) -> list[Trouble]:
    """The students who may need help: first those without marks, then those with most reasons.

    Parameters:
        results: the class.
        earlier: the same class in earlier assignments.
    """
    before = _before(earlier)
    found = [
        Trouble(who, None, (_("handed in nothing"), *_missed(before.get(who, _Before()))))
        for who in results.missing
    ]
    for student in results.students:
        past = before.get(student.student_id, _Before())
        if student.unreadable:
            text = _("the submission cannot be graded: {reason}")
            reason = text.format(reason=student.unreadable)
            share = None if student.waiting else student.share
            bare = (_("the submission cannot be graded"),)
            found.append(Trouble(student.student_id, share, (reason,), without_words=bare))
        elif reasons := _reasons(student, past):
            found.append(
                Trouble(
                    student.student_id,
                    student.share,
                    (*reasons, *_missed(past)),
                    _first_difficulty(student),
                )
            )
    return sorted(
        found,
        key=lambda one: (one.share is not None, -len(one.reasons), one.share or 0, one.student_id),
    )


def _before(earlier: Sequence[ClassResults]) -> dict[str, _Before]:
    shares: dict[str, list[float]] = {}
    missed: dict[str, list[str]] = {}
    for results in earlier:
        for student in results.students:
            shares.setdefault(student.student_id, []).append(student.share)
        for who in results.missing:
            missed.setdefault(who, []).append(results.assignment.name)
    return {
        who: _Before(tuple(shares.get(who, ())), tuple(missed.get(who, ())))
        for who in shares.keys() | missed.keys()
    }


def _missed(past: _Before) -> list[str]:
    text = _("nothing handed in of {names}")
    return [text.format(names=", ".join(past.missed))] if past.missed else []


def _reasons(student: StudentResult, past: _Before) -> list[str]:
    reasons = []
    share = student.share
    if share < LOW_SHARE:
        reasons.append(_("{share} of the points").format(share=f"{share:.0%}"))
    verdicts = [result.verdict for result in student.exercises.values()]
    empty = sum(verdict in ("not attempted", "missing") for verdict in verdicts)
    if verdicts and empty / len(verdicts) >= HALF:
        text = _("{number} of {total} not attempted")
        reasons.append(text.format(number=empty, total=len(verdicts)))
    broken = sum(verdict in ("crashed", "timed out") for verdict in verdicts)
    if broken >= BROKEN:
        text = _("{number} end with an error or take too long")
        reasons.append(text.format(number=broken))
    mean = past.mean
    if mean is not None and mean - share >= FALL:
        text = _("fell from {before} in earlier assignments to {now}")
        reasons.append(text.format(before=f"{mean:.0%}", now=f"{share:.0%}"))
    if reasons and student.late:
        hours = student.late.total_seconds() / 3600
        text = _("{hours} hours late") if hours >= 1.5 else _("late")
        reasons.append(text.format(hours=f"{hours:.0f}"))
    return reasons


def _first_difficulty(student: StudentResult) -> str:
    for name, result in student.exercises.items():
        if result.verdict and result.verdict not in RIGHT:
            mistakes = " + ".join(mistake.replace("-", " ") for mistake in result.misconceptions)
            return f"{name}: {mistakes or _(result.verdict)}"
    return ""
