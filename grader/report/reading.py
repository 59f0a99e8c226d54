"""Read the recorded results of a class.

Verdicts, misconceptions and the students' code come from what grading recorded in ``autograded/``;
marks come from the gradebook, so that what a person changed by hand counts.
"""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from tqdm import tqdm

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment, AssignmentError
from grader.recording.grading import Grading, recorded_grading
from grader.recording.reader import AssignmentGrades, SubmissionGrades, read_grades
from grader.report.class_results import ClassResults, ExerciseResult, StudentResult
from grader.settings.course import Course


def read_class(
    course: Course,
    assignment: Assignment,
    sources: bool = True,
    progress: Callable[[], object] = lambda: None,
) -> ClassResults:
    """Read what is recorded of a class.

    Parameters:
        course: the configured course.
        assignment: the assignment.
        sources: whether to read the students' code, too.
        progress: called after each student.
    """
    book = read_grades(course.coursedir, assignment.name)
    students = []
    for student_id in sorted(book.submissions):
        students.append(_student(course, assignment, book, student_id, sources))
        progress()
    handed_in = course.submissions(assignment.name)
    graded = set(book.submissions)
    return ClassResults(
        assignment,
        tuple(students),
        tuple(sorted(book.students.keys() - graded - handed_in.keys())),
        tuple(sorted(handed_in.keys() - graded)),
        book.due,
        {cell.name: cell.max_score for cell in book.cells.values() if cell.by_hand},
        {who: student.name for who, student in book.students.items()},
    )


def read_classes(
    course: Course, names: Iterable[str], wanted: list[str]
) -> dict[str, ClassResults]:
    """The results of all assignments with marks; code only of those that are wanted."""
    found = {}
    for name in names:
        try:
            assignment = assignments.load(name)
        except AssignmentError as error:
            if name in wanted:
                raise
            print(f"{name} is left out of the trends: {error}", file=sys.stderr)
            continue
        with tqdm(desc=f"reading {name}", unit="student", leave=False, delay=1) as bar:
            found[name] = read_class(course, assignment, name in wanted, bar.update)
    return found


def _student(
    course: Course, assignment: Assignment, book: AssignmentGrades, student_id: str, sources: bool
) -> StudentResult:
    submission = book.submissions[student_id]
    folder = course.folder("autograded", student_id, assignment.name)
    grading = recorded_grading(folder) or Grading()
    unreadable = grading.unreadable
    answers = {
        cell.name: None if grade.waiting and not grade.set_by_person else grade.score
        for cell in book.cells.values()
        if cell.by_hand and (grade := submission.grades.get(cell.name)) is not None
    }
    return StudentResult(
        student_id=student_id,
        name=book.students[student_id].name,
        exercises={} if unreadable else _exercises(assignment, grading, submission),
        score=submission.score,
        max_score=book.max_score,
        submitted_at=submission.timestamp,
        late=_late(submission, book.due),
        unreadable=unreadable,
        sources=_sources(folder, assignment) if sources and not unreadable else {},
        answers=answers,
        waiting=submission.waiting,
        penalty=submission.penalty,
        open_points=sum(c.max_score for c in book.cells.values() if answers.get(c.name, 0) is None),
    )


def _late(submission: SubmissionGrades, due: datetime.datetime | None) -> datetime.timedelta:
    """As nbgrader counts it."""
    none = datetime.timedelta()
    if submission.timestamp is None or due is None:
        return none
    return max(none, submission.timestamp - due - (submission.extension or none))


def _exercises(
    assignment: Assignment, grading: Grading, submission: SubmissionGrades
) -> dict[str, ExerciseResult]:
    """The exercises that have points in the gradebook, with what grading recorded about them."""
    judged = grading.by_name()
    is_same_edition = grading.fingerprint == assignment.fingerprint
    found = {}
    for item in assignment.items:
        grade = submission.grades.get(item.graded_as)
        if grade is None:
            continue
        known = judged.get(item.name)
        found[item.name] = ExerciseResult(
            verdict=known.verdict if known else "",
            points=grade.score,
            max_points=float(item.points),
            misconceptions=known.misconceptions if known else (),
            message=known.message if known else "",
            line=known.line if known and is_same_edition else 0,
            changed=grade.set_by_person,
        )
    return found


def _sources(folder: Path, assignment: Assignment) -> dict[str, str]:
    """The student's cells, as the recorded notebooks have them, by the names of the solutions."""
    found: dict[str, str] = {}
    for part in assignment.parts:
        cells = _cells(folder / f"{part.notebook_name}.ipynb")
        names = part.own.solutions if part.own else [exercise.name for exercise in part.exercises]
        start = f"{part.notebook_name}/" if assignment.several else ""
        found |= {start + name: cells[name] for name in names if name in cells}
    return found


def _cells(path: Path) -> dict[str, str]:
    """The texts of a recorded notebook's cells that nbgrader knows, by its names."""
    try:
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    found: dict[str, str] = {}
    for cell in cells if isinstance(cells, list) else []:
        try:
            name, source = cell["metadata"]["nbgrader"]["grade_id"], cell["source"]
        except (KeyError, TypeError):
            continue
        found[name] = source if isinstance(source, str) else "".join(source)
    return found
