"""Read the recorded results of a class.

Verdicts, misconceptions and the students' code come from what grading recorded in ``autograded/``;
marks come from the gradebook, so that what a person changed by hand counts. The gradebook is read
with a few queries for the whole class; nbgrader's objects would ask it several times a student.
"""

from __future__ import annotations

import datetime
import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.exercises.assignment import Assignment
from grader.exercises.markers import CHECK_SUFFIX
from grader.recording.gradebook_connection import open_gradebook
from grader.recording.grading_state import recorded_state
from grader.report.class_results import ClassResults, ExerciseResult, StudentResult
from grader.settings.course import Course


def graded_assignments(course: Course) -> set[str]:
    """The names of the assignments of which the gradebook has submissions."""
    from nbgrader.api import Assignment as Row
    from nbgrader.api import SubmittedAssignment

    with open_gradebook(course.coursedir) as gradebook:
        rows = gradebook.db.query(Row.name).join(SubmittedAssignment).distinct()
        return {str(name) for (name,) in rows}


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
    book = _read_gradebook(course, assignment.name)
    students = []
    for student_id in sorted(book.submissions):
        students.append(_student(course, assignment, book, student_id, sources))
        progress()
    handed_in = course.submissions(assignment.name)
    graded = set(book.submissions)
    return ClassResults(
        assignment,
        tuple(students),
        tuple(sorted(book.names.keys() - graded - handed_in.keys())),
        tuple(sorted(handed_in.keys() - graded)),
        book.due,
        {cell.name: cell.max_score for cell in book.cells.values() if cell.by_hand},
        book.names,
    )


@dataclass(frozen=True)
class _Cell:
    name: str
    max_score: float
    by_hand: bool


@dataclass(frozen=True)
class _Grade:
    score: float
    set_by_person: bool
    waiting: bool


@dataclass
class _Submission:
    timestamp: datetime.datetime | None = None
    extension: datetime.timedelta | None = None
    penalty: float = 0.0
    grades: dict[str, _Grade] = field(default_factory=dict)


@dataclass
class _Gradebook:
    """What the gradebook has of an assignment."""

    names: dict[str, str] = field(default_factory=dict)
    due: datetime.datetime | None = None
    cells: dict[str, _Cell] = field(default_factory=dict)
    submissions: dict[str, _Submission] = field(default_factory=dict)


def _read_gradebook(course: Course, name: str) -> _Gradebook:
    from nbgrader import api

    with open_gradebook(course.coursedir) as gradebook:
        query = gradebook.db.query
        people = query(api.Student.id, api.Student.first_name, api.Student.last_name)
        book = _Gradebook(
            {str(who): " ".join(part for part in parts if part) for who, *parts in people}
        )
        try:
            row = gradebook.find_assignment(name)
        except api.MissingEntry:
            return book
        book.due = row.duedate
        book.cells = {cell.id: _cell(cell, kind) for cell, kind in _graded_cells(row.notebooks)}
        submitted = query(
            api.SubmittedAssignment.id,
            api.SubmittedAssignment.student_id,
            api.SubmittedAssignment.timestamp,
            api.SubmittedAssignment.extension,
        ).filter(api.SubmittedAssignment.assignment_id == row.id)
        by_id = {}
        for key, who, timestamp, extension in submitted:
            by_id[key] = book.submissions[str(who)] = _Submission(timestamp, extension)
        notebooks = query(
            api.SubmittedNotebook.id,
            api.SubmittedNotebook.assignment_id,
            api.SubmittedNotebook.late_submission_penalty,
        ).join(api.SubmittedAssignment)
        by_notebook = {}
        for key, owner, penalty in notebooks.filter(
            api.SubmittedAssignment.assignment_id == row.id
        ):
            by_notebook[key] = by_id[owner]
            by_id[owner].penalty += _finite(penalty)
        grades = query(
            api.Grade.notebook_id,
            api.Grade.cell_id,
            api.Grade.score,
            api.Grade.manual_score,
            api.Grade.needs_manual_grade,
        ).filter(api.Grade.cell_id.in_(list(book.cells)))
        for notebook, cell, score, by_person, waiting in grades:
            grade = _Grade(_finite(score), by_person is not None, bool(waiting))
            by_notebook[notebook].grades[book.cells[cell].name] = grade
    return book


def _graded_cells(notebooks: Iterable[Any]) -> Iterable[tuple[Any, str]]:
    """The cells with points; ``"hand"`` for those that a person grades."""
    for notebook in notebooks:
        answers = {cell.name for cell in notebook.solution_cells}
        for cell in notebook.grade_cells:
            yield cell, "hand" if cell.name in answers else "machine"
        for cell in notebook.task_cells:
            yield cell, "hand"


def _cell(cell: Any, kind: str) -> _Cell:
    return _Cell(str(cell.name), _finite(cell.max_score), kind == "hand")


def _finite(number: object) -> float:
    value = float(number) if isinstance(number, (int, float)) else 0.0
    return value if math.isfinite(value) else 0.0


def _student(
    course: Course, assignment: Assignment, book: _Gradebook, student_id: str, sources: bool
) -> StudentResult:
    submission = book.submissions[student_id]
    folder = course.folder("autograded", student_id, assignment.name)
    state = recorded_state(folder, assignment.name) or {}
    unreadable = str(state.get("unreadable") or "")
    path = folder / f"{assignment.name}.ipynb"
    raw = sum(grade.score for grade in submission.grades.values())
    answers = {
        cell.name: None if grade.waiting and not grade.set_by_person else grade.score
        for cell in book.cells.values()
        if cell.by_hand and (grade := submission.grades.get(cell.name)) is not None
    }
    return StudentResult(
        student_id=student_id,
        name=book.names.get(student_id, ""),
        exercises={} if unreadable else _exercises(assignment, state, submission.grades),
        score=max(0.0, raw - submission.penalty),
        max_score=sum(cell.max_score for cell in book.cells.values()),
        submitted_at=submission.timestamp,
        late=_late(submission, book.due),
        unreadable=unreadable,
        sources=_sources(path, assignment) if sources and not unreadable else {},
        answers=answers,
        waiting=any(grade.waiting for grade in submission.grades.values()),
        penalty=submission.penalty,
        open_points=sum(c.max_score for c in book.cells.values() if answers.get(c.name, 0) is None),
    )


def _late(submission: _Submission, due: datetime.datetime | None) -> datetime.timedelta:
    """As nbgrader counts it."""
    none = datetime.timedelta()
    if submission.timestamp is None or due is None:
        return none
    return max(none, submission.timestamp - due - (submission.extension or none))


def _exercises(
    assignment: Assignment, state: Mapping[str, Any], grades: Mapping[str, _Grade]
) -> dict[str, ExerciseResult]:
    """The exercises of which the gradebook has points, with what grading recorded of them."""
    listed = state.get("exercises")
    entries: defaultdict[str, Mapping[str, Any]] = defaultdict(dict)
    for entry in listed if isinstance(listed, list) else []:
        if isinstance(entry, dict):
            entries[str(entry.get("name"))] = entry
    found = {}
    for exercise in assignment.exercises:
        grade = grades.get(exercise.name + CHECK_SUFFIX)
        if grade is None:
            continue
        entry = entries[exercise.name]
        names = entry.get("misconceptions")
        found[exercise.name] = ExerciseResult(
            verdict=str(entry.get("verdict") or ""),
            points=grade.score,
            max_points=float(exercise.points),
            misconceptions=tuple(map(str, names)) if isinstance(names, list) else (),
            message=str(entry.get("message") or ""),
            changed=grade.set_by_person,
        )
    return found


def _sources(path: Path, assignment: Assignment) -> dict[str, str]:
    """The student's cells of the exercises, as the recorded notebook has them."""
    names = {exercise.name for exercise in assignment.exercises}
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
        if name in names:
            found[name] = source if isinstance(source, str) else "".join(source)
    return found
