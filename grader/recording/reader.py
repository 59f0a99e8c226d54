"""Read what nbgrader's gradebook has of an assignment.

A few queries read it for the whole class; nbgrader's objects would ask several times a student.
What a person changed by hand is in it. Verdicts and messages are not: see
:func:`grader.recording.grading.recorded_grading`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from grader.recording.gradebook_connection import open_gradebook
from grader.settings.course_directory import CourseDirectory


@dataclass(frozen=True)
class Student:
    """A student of the gradebook; what it does not know is empty."""

    student_id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""

    @property
    def name(self) -> str:
        """First and last name, as far as they are known."""
        return " ".join(part for part in (self.first_name, self.last_name) if part)


@dataclass(frozen=True)
class GradedCell:
    """A cell of the assignment that has points.

    Attributes:
        name: its ``grade_id``; where there are several notebooks, with that of its own before it.
        max_score: its points.
        by_hand: whether a person grades it.
    """

    name: str
    max_score: float
    by_hand: bool


@dataclass(frozen=True)
class CellGrade:
    """The grade of one student for one cell.

    Attributes:
        score: the points, with what a person changed.
        set_by_person: whether a person has set them.
        waiting: whether a person must still look at it.
    """

    score: float
    set_by_person: bool
    waiting: bool


@dataclass
class SubmissionGrades:
    """The grades of one submission.

    Attributes:
        timestamp: when it was handed in, in UTC, where that is known.
        extension: how much longer the student had.
        penalty: the points taken off because it was late.
        grades: by the names of the cells.
    """

    timestamp: datetime.datetime | None = None
    extension: datetime.timedelta | None = None
    penalty: float = 0.0
    grades: dict[str, CellGrade] = field(default_factory=dict)

    @property
    def raw_score(self) -> float:
        """The points of all cells together."""
        return sum(grade.score for grade in self.grades.values())

    @property
    def score(self) -> float:
        """The mark: penalties are taken off, and none is below nothing."""
        return max(0.0, self.raw_score - self.penalty)

    @property
    def waiting(self) -> bool:
        """Whether a person must still look at something."""
        return any(grade.waiting for grade in self.grades.values())


@dataclass
class AssignmentGrades:
    """What the gradebook has of an assignment.

    Attributes:
        students: all students of the gradebook, in its order, by id.
        due: until when it was to be handed in, in UTC.
        cells: the cells that have points, by the ids of their rows.
        submissions: what was graded, by student.
    """

    students: dict[str, Student] = field(default_factory=dict)
    due: datetime.datetime | None = None
    cells: dict[str, GradedCell] = field(default_factory=dict)
    submissions: dict[str, SubmissionGrades] = field(default_factory=dict)

    @property
    def max_score(self) -> float:
        """The points of all cells together."""
        return sum(cell.max_score for cell in self.cells.values())


def graded_assignments(coursedir: CourseDirectory) -> set[str]:
    """The names of the assignments of which the gradebook has submissions.

    Raises:
        GradebookSetupError: the gradebook cannot be opened.
    """
    from nbgrader.api import Assignment, SubmittedAssignment

    with open_gradebook(coursedir) as gradebook:
        rows = gradebook.db.query(Assignment.name).join(SubmittedAssignment).distinct()
        return {str(name) for (name,) in rows}


def read_grades(coursedir: CourseDirectory, assignment: str) -> AssignmentGrades:
    """Read what the gradebook has of an assignment.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        assignment: its name.

    Returns:
        The grades; the students alone where the gradebook does not know the assignment.

    Raises:
        GradebookSetupError: the gradebook cannot be opened.
    """
    from nbgrader import api

    with open_gradebook(coursedir) as gradebook:
        book = AssignmentGrades(_students(gradebook))
        try:
            row = gradebook.find_assignment(assignment)
        except api.MissingEntry:
            return book
        book.due = row.duedate
        book.cells = {cell.id: made for cell, made in _graded_cells(row.notebooks)}
        _read_submissions(gradebook.db.query, row.id, book)
    return book


def _students(gradebook: Any) -> dict[str, Student]:
    from nbgrader.api import Student as Row

    columns = (Row.id, Row.first_name, Row.last_name, Row.email, Row.lms_user_id)
    rows = gradebook.db.query(*columns).order_by(Row.last_name, Row.first_name)
    students = (Student(*(str(value or "") for value in row)) for row in rows)
    return {student.student_id: student for student in students}


def _read_submissions(query: Any, assignment_id: str, book: AssignmentGrades) -> None:
    """Read who handed in, the penalties and the grades into ``book``."""
    from nbgrader.api import Grade, SubmittedAssignment, SubmittedNotebook

    this = SubmittedAssignment.assignment_id == assignment_id
    submitted = query(
        SubmittedAssignment.id,
        SubmittedAssignment.student_id,
        SubmittedAssignment.timestamp,
        SubmittedAssignment.extension,
    )
    by_id = {}
    for key, who, timestamp, extension in submitted.filter(this):
        by_id[key] = book.submissions[str(who)] = SubmissionGrades(timestamp, extension)
    notebooks = query(
        SubmittedNotebook.id,
        SubmittedNotebook.assignment_id,
        SubmittedNotebook.late_submission_penalty,
    ).join(SubmittedAssignment)
    by_notebook = {}
    for key, owner, penalty in notebooks.filter(this):
        by_notebook[key] = by_id[owner]
        by_id[owner].penalty += _finite(penalty)
    grades = query(
        Grade.notebook_id,
        Grade.cell_id,
        Grade.score,
        Grade.manual_score,
        Grade.needs_manual_grade,
    ).filter(Grade.cell_id.in_(list(book.cells)))
    for notebook, cell, score, by_person, waiting in grades:
        grade = CellGrade(_finite(score), by_person is not None, bool(waiting))
        by_notebook[notebook].grades[book.cells[cell].name] = grade


def _graded_cells(notebooks: Sequence[Any]) -> Iterable[tuple[Any, GradedCell]]:
    """The rows of the cells with points, and what is read of them."""
    for notebook in notebooks:
        # Names of cells may come again in another notebook; verdicts are named in the same way.
        start = f"{notebook.name}/" if len(notebooks) > 1 else ""
        answers = {cell.name for cell in notebook.solution_cells}
        for cell in (*notebook.grade_cells, *notebook.task_cells):
            by_hand = cell.name in answers or cell in notebook.task_cells
            yield cell, GradedCell(f"{start}{cell.name}", _finite(cell.max_score), by_hand)


def _finite(number: object) -> float:
    value = float(number) if isinstance(number, (int, float)) else 0.0
    return value if math.isfinite(value) else 0.0
