"""Write marks into nbgrader's gradebook, in batches, as nbgrader itself would write them.

The rows are those of nbgrader's own classes, put together for a whole batch and written at once in
one transaction; nbgrader's methods would write and read every row of a submission several times.
"""

from __future__ import annotations

import datetime
import logging
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from grader.recording.autograded_notebook import Mark
from grader.recording.gradebook_connection import open_gradebook
from grader.recording.gradebook_trouble import RecordError, reason_of, trouble_in_words
from grader.recording.late_penalties import LatePenalties, Penalty
from grader.settings.course_directory import CourseDirectory

_ATTEMPTS = 6
_TAKE_WRITE_LOCK = "UPDATE alembic_version SET version_num = version_num"
_MOST_NAMES_IN_A_QUERY = 500


@dataclass(frozen=True)
class Entry:
    """The marks of one submission.

    Attributes:
        student_id, assignment: whose submission of what it is.
        timestamp: when it was handed in, where that is known.
        marks: for each notebook that was graded, what the gradebook must hold of each cell; it
            keeps what it has of the others.
    """

    student_id: str
    assignment: str
    timestamp: datetime.datetime | None
    marks: Mapping[str, Mapping[str, Mark]]


class GradebookWriter:
    """The one writer of a run.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``, which knows the gradebook and the configuration.
        log: where notes about single submissions go.

    Raises:
        RecordError: the plugin for late penalties that is configured cannot be used.
    """

    def __init__(
        self, coursedir: CourseDirectory, log: logging.Logger | logging.LoggerAdapter[Any]
    ) -> None:
        self.coursedir = coursedir
        self.log = log
        self._gradebook: Any = None
        self._penalties = LatePenalties(coursedir, log)

    @property
    def gradebook(self) -> Any:
        """nbgrader's gradebook, opened on first use and kept open."""
        if self._gradebook is None:
            self._gradebook = open_gradebook(self.coursedir)
        return self._gradebook

    def close(self) -> None:
        """Let go of the gradebook."""
        if self._gradebook is not None:
            self._gradebook.close()
            self._gradebook = None

    def add_students(self, student_ids: Iterable[str]) -> None:
        """Bring students into the gradebook, in the order of their names.

        nbgrader exports marks in the order in which students came into the gradebook, and in a
        parallel run submissions are done in any order.

        Raises:
            RecordError: the gradebook does not take it.
        """
        with self._writing():
            self._add_students(student_ids)

    def has_student(self, student_id: str) -> bool:
        """Whether the gradebook knows the student."""
        return bool(self._known_students([student_id]))

    def write(self, entries: Sequence[Entry]) -> None:
        """Write a batch of marks: all of it, or nothing.

        Raises:
            RecordError: the gradebook does not take it.
        """
        with self._writing():
            self._add_students(entry.student_id for entry in entries)
            for name in sorted({entry.assignment for entry in entries}):
                self._write_assignment(name, [e for e in entries if e.assignment == name])

    def renew_penalties(self, assignment: str, student_ids: Iterable[str]) -> list[Penalty]:
        """Give submissions that are graded already the penalties that they must have now.

        Returns:
            What has changed.

        Raises:
            RecordError: the gradebook does not take it, or the plugin fails.
        """
        wanted = sorted(set(student_ids))
        if not wanted:
            return []
        with self._writing():
            now = self._penalties.set(self.gradebook, assignment, wanted)
        return [penalty for penalty in now if penalty.is_new]

    def expected_penalty(
        self, assignment: str, student_id: str, time: datetime.datetime, points: float
    ) -> float:
        """What would be taken off a submission for being late, if it were recorded.

        Parameters:
            assignment, student_id: whose submission of what.
            time: when it was handed in, in UTC.
            points: what it got.

        Raises:
            RecordError: the plugin fails.
        """
        return self._penalties.expected(self.gradebook, assignment, student_id, time, points)

    def _known_students(self, student_ids: Sequence[str]) -> set[str]:
        from nbgrader.api import Student

        known: set[str] = set()
        for start in range(0, len(student_ids), _MOST_NAMES_IN_A_QUERY):
            some = student_ids[start : start + _MOST_NAMES_IN_A_QUERY]
            found = self.gradebook.db.query(Student.id).filter(Student.id.in_(some))
            known.update(row[0] for row in found)
        return known

    def _add_students(self, student_ids: Iterable[str]) -> None:
        wanted = sorted(set(student_ids))
        known = self._known_students(wanted)
        for student_id in wanted:
            if student_id not in known:
                self.gradebook.add_student(student_id)

    def _write_assignment(self, name: str, entries: Sequence[Entry]) -> None:
        """Do what nbgrader's SaveAutoGrades and AssignLatePenalties do, for several students."""
        from nbgrader.api import SubmittedAssignment

        cells = _Cells(self.gradebook, name)
        db = self.gradebook.db
        found = db.query(SubmittedAssignment).filter(
            SubmittedAssignment.assignment_id == cells.assignment_id,
            SubmittedAssignment.student_id.in_([entry.student_id for entry in entries]),
        )
        earlier = {submission.student_id: submission for submission in found}
        for entry in entries:
            if entry.student_id in earlier:
                cells.update(earlier[entry.student_id], entry)
        db.flush()
        cells.insert(db, [entry for entry in entries if entry.student_id not in earlier])
        db.flush()
        for one in self._penalties.set(self.gradebook, name, [e.student_id for e in entries]):
            self.log.warning(
                "%s is %g seconds late; penalty: %g", one.student_id, one.late, one.after
            )

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction in the gradebook, whose one writer this process is meanwhile.

        The lock is taken first: nbgrader's methods take a busy gradebook for an invalid entry.
        """
        import sqlalchemy
        from nbgrader.api import InvalidEntry

        try:
            with _one_transaction(self.gradebook):
                self._take_write_lock()
                yield
        except (sqlalchemy.exc.SQLAlchemyError, InvalidEntry) as error:
            raise RecordError(trouble_in_words(error, self.coursedir)) from error

    def _take_write_lock(self) -> None:
        import sqlalchemy

        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self.gradebook.db.execute(sqlalchemy.text(_TAKE_WRITE_LOCK))
                return
            except sqlalchemy.exc.OperationalError as error:
                if "locked" not in reason_of(error) or attempt == _ATTEMPTS:
                    raise
                self.gradebook.db.rollback()
                time.sleep(0.2 * attempt)


class _Cells:
    """What the gradebook knows of an assignment's cells, read once for a batch."""

    def __init__(self, gradebook: Any, assignment: str) -> None:
        self.assignment = assignment
        found = gradebook.find_assignment(assignment)
        self.assignment_id = found.id
        self.notebooks = {notebook.name: _CellsOfNotebook(notebook) for notebook in found.notebooks}

    def insert(self, db: Any, entries: Sequence[Entry]) -> None:
        """Write all rows of new submissions, as ``Gradebook.add_submission`` makes them."""
        import sqlalchemy
        from nbgrader.api import Comment, Grade, SubmittedAssignment, SubmittedNotebook

        tables = (SubmittedAssignment, SubmittedNotebook, Grade, Comment)
        rows: dict[Any, list[dict[str, Any]]] = {table: [] for table in tables}
        for entry in entries:
            for table, row in self._rows(entry):
                rows[table].append(row)
        for table in tables:
            if rows[table]:
                db.execute(sqlalchemy.insert(table), rows[table])

    def _rows(self, entry: Entry) -> Iterator[tuple[Any, dict[str, Any]]]:
        from nbgrader.api import SubmittedAssignment, new_uuid

        submission = new_uuid()
        yield (
            SubmittedAssignment,
            {
                "id": submission,
                "assignment_id": self.assignment_id,
                "student_id": entry.student_id,
                "timestamp": _as_stored(entry.timestamp),
            },
        )
        for name, cells in self.notebooks.items():
            marks = entry.marks.get(name)
            self._check(marks or {}, cells.graded.values())
            yield from cells.rows(submission, marks)

    def update(self, submission: Any, entry: Entry) -> None:
        """Put new marks into the rows of an earlier grading; what a person gave stays."""
        if entry.timestamp is not None:
            submission.timestamp = _as_stored(entry.timestamp)
        for name, marks in entry.marks.items():
            cells = self.notebooks[name]
            notebook = next(n for n in submission.notebooks if n.notebook_id == cells.notebook_id)
            grades = {cells.graded[grade.cell_id]: grade for grade in notebook.grades}
            comments = {cells.commented[comment.cell_id]: comment for comment in notebook.comments}
            self._check(marks, grades)
            for cell, mark in marks.items():
                if mark.has_grade:
                    _set_grade(grades[cell], mark)
                if cell in comments:
                    comments[cell].auto_comment = mark.auto_comment

    def _check(self, marks: Mapping[str, Mark], known: Iterable[str]) -> None:
        wanted = {name for name, mark in marks.items() if mark.has_grade}
        if unknown := wanted - set(known):
            raise RecordError(
                f"The gradebook does not know the cell {min(unknown)!r} of {self.assignment}: "
                "set the assignment up again with `nbgrader generate_assignment`."
            )


class _CellsOfNotebook:
    """The cells of one notebook: by the gradebook's ids, the names of those that it keeps."""

    def __init__(self, notebook: Any) -> None:
        self.notebook_id = notebook.id
        self.graded = _names((*notebook.grade_cells, *notebook.task_cells))
        self.commented = _names((*notebook.solution_cells, *notebook.task_cells))

    def rows(
        self, submission: str, marks: Mapping[str, Mark] | None
    ) -> Iterator[tuple[Any, dict[str, Any]]]:
        """The rows of the notebook in a new submission; without marks where it is not graded."""
        from nbgrader.api import Comment, Grade, SubmittedNotebook, new_uuid

        notebook = new_uuid()
        yield (
            SubmittedNotebook,
            {"id": notebook, "assignment_id": submission, "notebook_id": self.notebook_id},
        )
        nothing = Mark()
        for cell_id, name in self.graded.items():
            mark = (marks or {}).get(name, nothing)
            score = mark.auto_score if mark.has_grade else None
            needed = marks is not None and (mark.needs_manual_grade or score is None)
            row = {"cell_id": cell_id, "notebook_id": notebook}
            yield Grade, {**row, "auto_score": score, "needs_manual_grade": needed}
        for cell_id, name in self.commented.items():
            mark = (marks or {}).get(name, nothing)
            row = {"cell_id": cell_id, "notebook_id": notebook}
            yield Comment, {**row, "auto_comment": mark.auto_comment}


def _names(cells: Iterable[Any]) -> dict[str, str]:
    return {cell.id: cell.name for cell in cells}


def _set_grade(grade: Any, mark: Mark) -> None:
    grade.auto_score = mark.auto_score
    grade.needs_manual_grade = (
        mark.needs_manual_grade or mark.auto_score is None or grade.manual_score is not None
    )


def _as_stored(timestamp: datetime.datetime | None) -> Any:
    """A time as nbgrader stores it: in UTC, without a time zone."""
    from nbgrader.utils import parse_utc

    return None if timestamp is None else parse_utc(timestamp)


@contextmanager
def _one_transaction(gradebook: Any) -> Iterator[None]:
    """Let the gradebook's methods, each of which commits, take part in one transaction."""
    session = gradebook.db()
    session.commit = session.flush
    try:
        yield
        del session.commit
        session.commit()
    except BaseException:
        session.__dict__.pop("commit", None)
        session.rollback()
        raise
