"""The marks of a class as nbgrader's gradebook has them, with what was said of each exercise."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from tqdm import tqdm

from grader.exercises import assignment as assignments
from grader.exercises.markers import CHECK_SUFFIX
from grader.recording.gradebook_connection import open_gradebook
from grader.recording.grading_state import is_due, recorded_state
from grader.settings.course import Course
from grader.submission.notebook_file import UnreadableNotebook
from grader.submission.submission_folder import read_submission


class NoMarks(Exception):
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
    from nbgrader.api import MissingEntry

    with open_gradebook(course.coursedir) as gradebook:
        try:
            assignment = gradebook.find_assignment(name)
            submissions = {s.student.id: s for s in gradebook.assignment_submissions(name)}
        except MissingEntry as error:
            raise NoMarks(_grade_first(name)) from error
        if not submissions:
            raise NoMarks(_grade_first(name))
        marks = ClassMarks(name, float(assignment.max_score), assignment.duedate)
        for student in tqdm(gradebook.students, unit="student", desc="reading marks", disable=None):
            about = {
                "student_id": student.id,
                "first_name": student.first_name or "",
                "last_name": student.last_name or "",
                "email": student.email or "",
                "lms_user_id": student.lms_user_id or "",
                "max_score": marks.max_score,
            }
            submission = submissions.get(student.id)
            more = _submission(course, name, submission) if submission is not None else {}
            marks.students.append(StudentMark(**about, **more))
    return marks


def _grade_first(name: str) -> str:
    return f"Nothing of {name} is graded yet: run `python -m grader autograde {name}` first."


def _submission(course: Course, name: str, submission: Any) -> dict[str, Any]:
    raw = float(submission.score or 0.0)
    penalty = float(submission.late_submission_penalty or 0.0)
    state = recorded_state(course.folder("autograded", submission.student.id, name), name) or {}
    return {
        "submitted": True,
        "raw_score": raw,
        "penalty": penalty,
        "score": max(0.0, raw - penalty),
        "timestamp": submission.timestamp,
        "waiting": bool(submission.needs_manual_grade),
        "exercises": tuple(_exercises(submission, state)),
        "unreadable": str(state.get("unreadable") or ""),
        "outdated": bool(state) and _is_outdated(course, name, submission.student.id),
    }


def _is_outdated(course: Course, name: str, student: str) -> bool:
    submitted = course.folder("submitted", student, name)
    if not submitted.is_dir():
        return False  # the class is graded, and its submissions lie elsewhere
    assignment = assignments.load(name)
    try:
        digest = read_submission(submitted, assignment).digest
    except UnreadableNotebook:
        digest = ""
    graded = course.folder("autograded", student, name)
    return is_due(submitted, graded, assignment, digest).reason is not None


def _exercises(submission: Any, state: dict[str, Any]) -> list[ExerciseMark]:
    """In the order in which they were graded; what a person alone marks comes last."""
    judged = {str(entry.get("name")): entry for entry in state.get("exercises", [])}
    order = {name: place for place, name in enumerate(judged)}
    found = []
    for notebook in submission.notebooks:
        for grade in notebook.grades:
            name = str(grade.name).removesuffix(CHECK_SUFFIX)
            entry = judged.get(name, {})
            found.append(
                ExerciseMark(
                    name,
                    float(grade.score or 0.0),
                    float(grade.max_score or 0.0),
                    str(entry.get("verdict", "")),
                    str(entry.get("message", "")),
                )
            )
    return sorted(found, key=lambda mark: order.get(mark.name, len(order)))
