"""What grading a submission yields: verdicts, points and sentences, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from course.language import _
from course.sentences import paragraph
from grader.exercises.exercise import Exercise
from grader.exercises.markers import CHECK_SUFFIX

Verdict = Literal[
    "correct",
    "wrong",
    "not the same twice",
    "blocked",
    "not attempted",
    "crashed",
    "timed out",
    "missing",
]


@dataclass(frozen=True)
class GradedExercise:
    """The verdict on one exercise.

    Attributes:
        name: the function, or the graded cell of a notebook that brings its own tests.
        verdict: what came out.
        points, max_points: the marks.
        misconceptions: names of the known mistakes that explain a wrong result.
        message: what the student is told.
        lesson: where to read on; empty for a right answer.
        remarks: what else is worth knowing about the code, whatever the verdict; costs no points.
        own_cell: the graded cell, where that is not the check of a function.
        line: of a test of the notebook's own, the line at which it stopped, for the teacher alone;
            0 where it stopped at none.
    """

    name: str
    verdict: Verdict
    points: float
    max_points: float
    misconceptions: tuple[str, ...] = ()
    message: str = ""
    lesson: str = ""
    remarks: tuple[str, ...] = ()
    own_cell: str = ""
    line: int = 0

    @property
    def cell(self) -> str:
        """The ``grade_id`` of the cell that carries its points."""
        return self.own_cell or self.name + CHECK_SUFFIX

    @property
    def advice(self) -> str:
        """What a student has to read: of a right answer, nothing but the remarks."""
        message = () if self.verdict == "correct" else (self.message,)
        return "\n".join(part for part in (*message, *self.remarks) if part)

    def as_dict(self) -> dict[str, Any]:
        """The form in which ``python -m grader grade --json`` prints it."""
        return {
            "name": self.name,
            "verdict": self.verdict,
            "points": self.points,
            "max_points": self.max_points,
            "misconception": " + ".join(self.misconceptions) or None,
            "message": "\n".join(part for part in (self.message, *self.remarks) if part),
        }


@dataclass(frozen=True)
class Graded:
    """The marks of one submission, and what was repaired on the way."""

    assignment: str
    exercises: tuple[GradedExercise, ...]
    repairs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)

    @property
    def max_score(self) -> float:
        """The points that a right submission gets."""
        return sum(exercise.max_points for exercise in self.exercises)

    def as_dict(self, path: str) -> dict[str, Any]:
        """The form in which ``python -m grader grade --json`` prints it."""
        return {
            "path": path,
            "assignment": self.assignment,
            "score": self.score,
            "max_score": self.max_score,
            "repairs": list(self.repairs),
            "exercises": [exercise.as_dict() for exercise in self.exercises],
        }


def right(exercise: Exercise, remark: str = "") -> GradedExercise:
    """Full marks."""
    message = paragraph(_("Right."), remark)
    return GradedExercise(
        exercise.name, "correct", exercise.points, exercise.points, message=message
    )


def without_marks(
    exercise: Exercise, verdict: Verdict, message: str, lesson: bool = False
) -> GradedExercise:
    """No marks, with a message and, where that helps, the lesson of the exercise."""
    return GradedExercise(
        exercise.name,
        verdict,
        0,
        exercise.points,
        message=message,
        lesson=exercise.lesson if lesson else "",
    )


def verdict_of(kinds: Sequence[str]) -> Verdict:
    """The verdict on a function that is not right, by the kinds of its outcomes."""
    if "timed out" in kinds:
        return "timed out"
    if any(kind in ("died", "raised", "not implemented") for kind in kinds):
        return "crashed"
    return "wrong"
