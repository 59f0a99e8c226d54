"""The results of a class, as its report takes them: plain data, wherever it comes from."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from grader.exercises.assignment import Assignment


@dataclass(frozen=True)
class ExerciseResult:
    """How one student did one exercise.

    Attributes:
        verdict: what the judge decided; empty where something else has graded the exercise.
        points, max_points: as the gradebook has them, a person's changes included.
        misconceptions: the known mistakes that were found.
        message: what the student was told.
        line: the line of its test at which it stopped; 0 where that is not known.
        changed: whether a person has set the points.
    """

    verdict: str
    points: float
    max_points: float
    misconceptions: tuple[str, ...] = ()
    message: str = ""
    line: int = 0
    changed: bool = False


@dataclass(frozen=True)
class StudentResult:
    """How one student did an assignment.

    Attributes:
        student_id: the student.
        name: first and last name, where the gradebook knows them.
        exercises: by name, in the assignment's order; empty where nothing could be graded.
        score: the mark, a person's changes and penalties included.
        max_score: the points of the whole assignment, cells graded by hand included.
        submitted_at: when it was handed in, where that is known (UTC).
        late: by how much it was late.
        unreadable: why it could not be graded, where it could not.
        sources: the texts of the student's cells, by the names of the exercises, or of the cells
            with a solution.
        answers: the points of cells that a person grades; None for one that waits.
        waiting: whether a person must still look at something, so that the mark is not final.
        penalty: the points taken off because it was late.
        open_points: the points of answers that wait for a person.
    """

    student_id: str
    name: str
    exercises: Mapping[str, ExerciseResult]
    score: float
    max_score: float
    submitted_at: datetime.datetime | None = None
    late: datetime.timedelta = datetime.timedelta()
    unreadable: str = ""
    sources: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, float | None] = field(default_factory=dict)
    waiting: bool = False
    penalty: float = 0.0
    open_points: float = 0.0

    @property
    def share(self) -> float:
        """The mark as a share of the points, without those that a person has yet to give."""
        settled = self.max_score - self.open_points
        return self.score / settled if settled > 0 else 0.0


@dataclass(frozen=True)
class ClassResults:
    """How a class did an assignment.

    Attributes:
        assignment: what it is.
        students: who handed in and was graded, in the order of their ids.
        missing: ids of students in the gradebook who handed in nothing.
        ungraded: ids of students whose submission waits to be graded.
        due: when it was due, where the gradebook knows (UTC).
        questions: the points of each cell that a person grades, by its name.
        names: first and last names by id, of students who handed in nothing, too.
    """

    assignment: Assignment
    students: tuple[StudentResult, ...]
    missing: tuple[str, ...] = ()
    ungraded: tuple[str, ...] = ()
    due: datetime.datetime | None = None
    questions: Mapping[str, float] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def max_score(self) -> float:
        """The points of the whole assignment."""
        return self.assignment.max_score + sum(self.questions.values())

    @property
    def when(self) -> datetime.datetime | None:
        """When it was due, else when half of it had come in (UTC); None where neither is known."""
        times = sorted(s.submitted_at for s in self.students if s.submitted_at is not None)
        return self.due or (times[len(times) // 2] if times else None)

    @property
    def readable(self) -> tuple[StudentResult, ...]:
        """Whose exercises were graded, to whom all figures of exercises refer."""
        return tuple(student for student in self.students if student.exercises)
