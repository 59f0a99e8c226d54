"""The marks of a class as nbgrader's gradebook has them, with what was said of each exercise."""

from __future__ import annotations

import dataclasses
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tqdm import tqdm

from grader.exercises import assignment as assignments
from grader.paths import PROGRAM
from grader.recording.grading import Grading, recorded_grading
from grader.recording.grading_need import grading_need
from grader.recording.reader import AssignmentGrades, SubmissionGrades, read_grades
from grader.settings.course import Course
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.submission_folder import digest_of_folder
from grader.text.terminal import CannotGoOn


class NoMarks(CannotGoOn):
    """There are no marks to export. The message says what to do."""


@dataclass(frozen=True)
class ExerciseMark:
    """The mark of one exercise.

    Attributes:
        name: the exercise.
        points, max_points: the marks, with what was changed by hand.
        verdict: what grading has found; empty where a person alone has marked it.
        message: what the student is told.
    """

    name: str
    points: float
    max_points: float
    verdict: str = ""
    message: str = ""


@dataclass(frozen=True)
class StudentMark:
    """The mark of one student.

    Attributes:
        student_id, first_name, last_name, email, lms_user_id: as the gradebook has them.
        submitted: whether anything was handed in.
        raw_score, penalty, score, max_score: as nbgrader exports them.
        timestamp: when it was handed in, in UTC.
        waiting: whether a person must still look at it.
        exercises: the marks in detail.
        unreadable: why there is nothing to mark, where that is so.
        outdated: whether something else has been handed in since it was graded.
    """

    student_id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    submitted: bool = False
    raw_score: float = 0.0
    penalty: float = 0.0
    score: float = 0.0
    max_score: float = 0.0
    timestamp: datetime | None = None
    waiting: bool = False
    exercises: tuple[ExerciseMark, ...] = ()
    unreadable: str = ""
    outdated: bool = False

    @property
    def name(self) -> str:
        """The full name, or the name in the gradebook where there is none."""
        return f"{self.first_name} {self.last_name}".strip() or self.student_id

    @property
    def sortable_name(self) -> str:
        """The surname first."""
        return ", ".join(part for part in (self.last_name, self.first_name) if part) or (
            self.student_id
        )


@dataclass(frozen=True)
class ClassMarks:
    """The marks of a class.

    Attributes:
        assignment: its name.
        max_score: the points that a right submission gets.
        duedate: until when it was to be handed in.
        students: all students of the gradebook, in its order.
    """

    assignment: str
    max_score: float
    duedate: datetime | None
    students: list[StudentMark] = field(default_factory=list)


def read_marks(course: Course, name: str) -> ClassMarks:
    """Read the marks of an assignment.

    Parameters:
        course: the course.
        name: the assignment.

    Raises:
        NoMarks: nothing has been graded.
    """
    book = read_grades(course.coursedir, name)
    if not book.submissions:
        command = f"{PROGRAM} autograde {shlex.quote(name)}"
        raise NoMarks(f"Nothing of {name} is graded yet: run `{command}` first.")
    marks = ClassMarks(name, book.max_score, book.due)
    items = {item.graded_as: item.name for item in assignments.load(name).items}
    students = book.students.values()
    for student in tqdm(students, unit="student", desc="reading marks", disable=None):
        submission = book.submissions.get(student.student_id)
        more: dict[str, Any] = {}
        if submission is not None:
            folder = course.folder("autograded", student.student_id, name)
            recorded = recorded_grading(folder)
            more = _submission(submission, recorded or Grading(), book, items)
            more["outdated"] = bool(recorded) and _is_outdated(course, name, student.student_id)
        marks.students.append(
            StudentMark(**dataclasses.asdict(student), max_score=marks.max_score, **more)
        )
    return marks


def _submission(
    submission: SubmissionGrades,
    grading: Grading,
    book: AssignmentGrades,
    items: Mapping[str, str],
) -> dict[str, Any]:
    return {
        "submitted": True,
        "raw_score": submission.raw_score,
        "penalty": submission.penalty,
        "score": submission.score,
        "timestamp": submission.timestamp,
        "waiting": submission.waiting,
        "exercises": tuple(_exercises(submission, grading, book, items)),
        "unreadable": grading.unreadable,
    }


def _is_outdated(course: Course, name: str, student: str) -> bool:
    submitted = course.folder("submitted", student, name)
    if not submitted.is_dir():
        return False  # the class is graded, and its submissions lie elsewhere
    assignment = assignments.load(name)
    try:
        digest = digest_of_folder(submitted, assignment)
    except UnreadableNotebook:
        digest = ""
    graded = course.folder("autograded", student, name)
    return grading_need(submitted, graded, assignment, digest).reason is not None


def _exercises(
    submission: SubmissionGrades,
    grading: Grading,
    book: AssignmentGrades,
    items: Mapping[str, str],
) -> list[ExerciseMark]:
    """In the order in which they were graded; what a person alone marks comes last."""
    judged = grading.by_name()
    order = {name: place for place, name in enumerate(judged)}
    found = []
    for cell in book.cells.values():
        if (grade := submission.grades.get(cell.name)) is None:
            continue
        name = items.get(cell.name, cell.name)
        known = judged.get(name)
        said = (known.verdict, known.message) if known else ("", "")
        found.append(ExerciseMark(name, grade.score, cell.max_score, *said))
    return sorted(found, key=lambda mark: order.get(mark.name, len(order)))
