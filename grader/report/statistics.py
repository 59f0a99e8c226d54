"""The figures of the class report, except those of time and of several assignments.

Difficulty and discrimination are those of classical test theory: the mean share of an exercise's
points, and the correlation of its points with those of all other exercises together (corrected
item-total correlation; Nunnally and Bernstein, Psychometric Theory, 3rd edition, chapter 8).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from course.language import _
from grader.exercises.assignment import Assignment
from grader.report.class_results import ClassResults, StudentResult

NUMBER_OF_BINS = 10
RIGHT = ("correct", "blocked")
"""Verdicts on what is right in itself."""
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Marks:
    """The distribution of the marks.

    Attributes:
        count: how many students.
        mean, median, lower_quartile, upper_quartile, standard_deviation: in points. Quartiles are
            interpolated between the two nearest marks; the standard deviation is that of the
            class, not an estimate for others.
        lowest, highest: in points.
        full: how many students have all the points.
        bins: how many students are in each tenth of the points; the last one includes all points.
            Points that a person has yet to give do not count here.
    """

    count: int
    mean: float
    median: float
    lower_quartile: float
    upper_quartile: float
    standard_deviation: float
    lowest: float
    highest: float
    full: int
    bins: tuple[int, ...]


@dataclass(frozen=True)
class ExerciseFigures:
    """How a class did one exercise.

    Attributes:
        name, max_points: the exercise.
        count: of how many students.
        verdicts: how many students got each verdict; an empty one where it is not recorded.
        difficulty: the mean share of the points: 1 where everyone has all, 0 where nobody has any;
            None where there are no points.
        discrimination: from -1 to 1; None where all students have the same points, here or in
            all other exercises together.
        blocked: for each later exercise how many students have it right in itself and fail it
            because of this one.
        blocked_students: how many students that are.
        changed: how many students have points that a person has set.
        full: how many students have all the points.
    """

    name: str
    max_points: float
    count: int
    verdicts: dict[str, int]
    difficulty: float | None
    discrimination: float | None
    blocked: dict[str, int] = field(default_factory=dict)
    blocked_students: int = 0
    changed: int = 0
    full: int = 0

    @property
    def pass_rate(self) -> float | None:
        """The share of students with all the points; None if the exercise has no points."""
        return self.full / self.count if self.count and self.max_points else None

    @property
    def blocks(self) -> int:
        """How often it stands in the way of a later exercise that is right in itself."""
        return sum(self.blocked.values())


@dataclass(frozen=True)
class QuestionFigures:
    """How a class did a cell that a person grades.

    Attributes:
        name, max_points: the cell.
        graded, waiting: how many answers have their points, and how many wait for a person.
        difficulty: the mean share of the points of those that have them.
        discrimination: the correlation with the points of all exercises that are graded
            automatically.
    """

    name: str
    max_points: float
    graded: int
    waiting: int
    difficulty: float | None
    discrimination: float | None


@dataclass(frozen=True)
class MisconceptionFigures:
    """How common a known mistake is.

    Attributes:
        exercise, name: the exercise and the mistake.
        message: the sentence that students read.
        students: who made it.
        share: of those whose exercises were graded.
    """

    exercise: str
    name: str
    message: str
    students: tuple[str, ...]
    share: float


def marks(results: ClassResults) -> Marks | None:
    """The distribution of the marks; None where nobody has any."""
    scores = np.array([student.score for student in results.students], dtype=float)
    if not len(scores):
        return None
    shares = np.array([student.share for student in results.students])
    # 0.7 * 10 and the like are not whole; extra credit may lead beyond all points.
    places = np.floor(shares * NUMBER_OF_BINS + _ROUNDING).astype(int)
    lower, median, upper = np.percentile(scores, [25, 50, 75])
    return Marks(
        len(scores),
        float(scores.mean()),
        float(median),
        float(lower),
        float(upper),
        float(scores.std()),
        float(scores.min()),
        float(scores.max()),
        int(np.count_nonzero(shares >= 1 - _ROUNDING)),
        tuple(
            np.bincount(np.clip(places, 0, NUMBER_OF_BINS - 1), minlength=NUMBER_OF_BINS).tolist()
        ),
    )


def exercise_figures(results: ClassResults) -> list[ExerciseFigures]:
    """The figures of each exercise, in the assignment's order."""
    students = results.readable
    points = _points(results.assignment, students)
    blocking = blocks(results.assignment, students)
    figures = []
    for column, item in enumerate(results.assignment.items):
        own = points[:, column]
        done = [s.exercises[item.name] for s in students if item.name in s.exercises]
        blocked = blocking[item.name]
        figures.append(
            ExerciseFigures(
                item.name,
                item.points,
                len(done),
                dict(Counter(result.verdict for result in done)),
                float(own.mean() / item.points) if len(own) and item.points else None,
                _correlation(own, points.sum(axis=1) - own),
                {later: len(who) for later, who in blocked.items()},
                len(set().union(*blocked.values())),
                sum(result.changed for result in done),
                sum(result.points >= item.points > 0 for result in done),
            )
        )
    return figures


def question_figures(results: ClassResults) -> list[QuestionFigures]:
    """The figures of each cell that a person grades."""
    figures = []
    for name, max_points in results.questions.items():
        answers = [(s, s.answers[name]) for s in results.students if name in s.answers]
        graded = [(student, points) for student, points in answers if points is not None]
        own = np.array([points for _student, points in graded], dtype=float)
        rest = _points(results.assignment, [student for student, _points in graded]).sum(axis=1)
        figures.append(
            QuestionFigures(
                name,
                max_points,
                len(graded),
                len(answers) - len(graded),
                float(own.mean() / max_points) if len(own) and max_points else None,
                _correlation(own, rest),
            )
        )
    return figures


def _points(assignment: Assignment, students: Sequence[StudentResult]) -> np.ndarray:
    """The points, one row per student and one column per exercise; 0 if there are none."""
    rows = [
        [
            student.exercises[item.name].points if item.name in student.exercises else 0.0
            for item in assignment.items
        ]
        for student in students
    ]
    return np.array(rows, dtype=float).reshape(len(students), len(assignment.items))


def _correlation(first: np.ndarray, second: np.ndarray) -> float | None:
    if len(first) < 2 or np.ptp(first) < _ROUNDING or np.ptp(second) < _ROUNDING:
        return None
    return float(np.clip(np.corrcoef(first, second)[0, 1], -1, 1))


def blocks(
    assignment: Assignment, students: Sequence[StudentResult]
) -> dict[str, dict[str, set[str]]]:
    """For each exercise the later ones that it blocks, and the ids of those for whom it does.

    A later exercise is blocked when it is right in itself and wrong as submitted. All exercises
    that it builds on, directly or not, and that are not right in themselves stand in its way.
    """
    found: dict[str, dict[str, set[str]]] = {item.name: {} for item in assignment.items}
    before = {name: assignment.foundations(name) for name in found}
    for student in students:
        for name, result in student.exercises.items():
            if result.verdict != "blocked":
                continue
            for earlier in before.get(name, ()):
                reason = student.exercises.get(earlier)
                if reason is not None and reason.verdict not in RIGHT:
                    found[earlier].setdefault(name, set()).add(student.student_id)
    return found


def misconception_figures(results: ClassResults) -> list[MisconceptionFigures]:
    """The known mistakes that were made, the commonest first."""
    holders: dict[tuple[str, str], list[str]] = {}
    for student in results.readable:
        for exercise, result in student.exercises.items():
            for name in dict.fromkeys(result.misconceptions):
                holders.setdefault((exercise, name), []).append(student.student_id)
    sentences = {
        (exercise.name, mistake.name): _(mistake.message)
        for exercise in results.assignment.exercises
        for mistake in exercise.misconceptions
    }
    count = len(results.readable)
    figures = [
        MisconceptionFigures(
            exercise,
            name,
            sentences.get((exercise, name), ""),
            tuple(students),
            len(students) / count,
        )
        for (exercise, name), students in holders.items()
    ]
    return sorted(figures, key=lambda one: (-len(one.students), one.exercise, one.name))
