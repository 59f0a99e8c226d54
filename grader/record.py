"""Record marks: the gradebook, the autograded notebook and the files beside it.

This is the only step of grading that writes, and one process does it for a whole class. Marks are
written as nbgrader itself writes them, with its own functions for what a notebook is worth.

Nothing is ever half recorded: the folder of a submission is made beside its place, the marks of a
batch of submissions go into the gradebook in one transaction, and only then the folders are moved
to their places. Whoever ends the process at any moment finds each submission either recorded or not
yet graded, and grading it again gives the same marks.
"""

from __future__ import annotations

import datetime
import logging
import os
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from grader import assignment as assignments
from grader.assignment import Assignment
from grader.graded import Graded, GradedExercise
from grader.grading_state import STATE_FILE, recorded_state
from grader.inert import plain_text
from grader.recorded_folder import Workshop, copy_file
from grader.recording import (
    Mark,
    autograded_notebook,
    grading_metadata,
    marks_of,
    released_notebook,
)
from grader.submission_folder import TIMESTAMP, read_timestamp

__all__ = ["STATE_FILE", "RecordError", "Recorder", "marks_of", "recorded_state"]

_LOG = logging.getLogger(__name__)
_ATTEMPTS = 6
_TAKE_WRITE_LOCK = "UPDATE alembic_version SET version_num = version_num"


class RecordError(Exception):
    """Marks could not be written. The message says why and what to do."""


@dataclass
class _Entry:
    """A submission on its way into the gradebook."""

    student_id: str
    assignment: str
    timestamp: datetime.datetime | None
    marks: dict[str, Mark]
    made: Path
    place: Path


class Recorder:
    """Writes the results of a run, in batches.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``, which knows the folders, the gradebook and the
            configuration (late penalties, permissions).
        batch: how many submissions are written together.
        seconds: how long a submission waits for others at most.
        log: where notes about single submissions go.
    """

    def __init__(
        self,
        coursedir: Any,
        batch: int = 16,
        seconds: float = 5.0,
        log: logging.Logger | logging.LoggerAdapter[Any] = _LOG,
    ) -> None:
        self.coursedir = coursedir
        self.batch = batch
        self.seconds = seconds
        self.log = log
        self._pending: list[_Entry] = []
        self._since = 0.0
        self._gradebook: Any = None
        self._penalties: Any = None
        self._workshop: Workshop | None = None

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def record(
        self,
        student_id: str,
        graded: Graded,
        notebook: NotebookNode,
        submitted_folder: Path,
        digest: str = "",
    ) -> None:
        """Record a graded submission; it is in place after the next :meth:`flush`.

        Parameters:
            student_id: whose it is.
            graded: its marks.
            notebook: the repaired notebook.
            submitted_folder: where it was handed in.
            digest: the fingerprint of the submitted file, to tell later whether it has changed.
        """
        assignment = assignments.load(graded.assignment)
        grading = grading_metadata(graded, assignment)
        made = autograded_notebook(notebook, graded, assignment, grading)
        marks = marks_of(made)
        self._check(marks, graded)
        self._add(student_id, assignment, made, marks, submitted_folder, digest, copy=True)

    def record_unreadable(
        self,
        student_id: str,
        assignment: Assignment,
        sentence: str,
        submitted_folder: Path,
        digest: str = "",
    ) -> None:
        """Record a submission that cannot be graded: no marks, and a person must look at it.

        The released notebook stands in for it, so that formgrader shows it and lets marks be given.

        Parameters:
            student_id: whose it is.
            assignment: what it is a submission of.
            sentence: what is wrong with it.
            submitted_folder: where it was handed in.
            digest: the fingerprint of the submitted file.
        """
        exercises = tuple(
            GradedExercise(e.name, "missing", 0, e.points, message=sentence)
            for e in assignment.exercises
        )
        graded = Graded(assignment.name, exercises)
        grading = grading_metadata(graded, assignment, unreadable=plain_text(sentence))
        made = autograded_notebook(released_notebook(assignment), graded, assignment, grading)
        marks = marks_of(made)
        for mark in marks.values():
            mark.auto_score = 0.0 if mark.has_grade else None
            mark.needs_manual_grade = mark.has_grade
            mark.auto_comment = None  # an empty notebook is not what was handed in
        self._add(student_id, assignment, made, marks, submitted_folder, digest, copy=False)

    def add_students(self, student_ids: Iterable[str]) -> None:
        """Bring students into the gradebook, in the order of their names.

        nbgrader exports marks in the order in which students came into the gradebook, and in a
        parallel run submissions are done in any order.

        Raises:
            RecordError: the gradebook does not take it.
        """
        with self._writing():
            known = {student.id for student in self.gradebook.students}
            for student_id in sorted(set(student_ids) - known):
                self.gradebook.add_student(student_id)

    def has_student(self, student_id: str) -> bool:
        """Whether the gradebook knows the student."""
        from nbgrader.api import MissingEntry

        try:
            self.gradebook.find_student(student_id)
        except MissingEntry:
            return False
        return True

    @property
    def gradebook(self) -> Any:
        """nbgrader's gradebook, opened on first use and kept open."""
        if self._gradebook is None:
            from nbgrader.api import Gradebook

            self._gradebook = Gradebook(self.coursedir.db_url, self.coursedir.course_id)
        return self._gradebook

    def flush(self) -> None:
        """Write everything that waits.

        Raises:
            RecordError: the gradebook or the disk does not take it; the submissions still wait.
        """
        if not self._pending:
            return
        self._write_marks()
        while self._pending:
            entry = self._pending[0]
            try:
                self.workshop.move(entry.made, entry.place)
            except OSError as error:
                raise RecordError(f"{entry.place} cannot be written: {error.strerror}.") from error
            self._pending.pop(0)

    def close(self) -> None:
        """Write everything that waits, and let go of the gradebook."""
        try:
            self.flush()
        finally:
            if self._gradebook is not None:
                self._gradebook.close()
                self._gradebook = None
            if self._workshop is not None:
                self._workshop.close()
                self._workshop = None

    def _check(self, marks: dict[str, Mark], graded: Graded) -> None:
        """That nbgrader reads from the notebook exactly what was decided."""
        scores = {name: mark.auto_score for name, mark in marks.items() if mark.has_grade}
        for exercise in graded.exercises:
            name = exercise.name + assignments.CHECK_SUFFIX
            if scores.get(name) != exercise.points:
                raise RecordError(
                    f"{graded.assignment}: the check cell {name!r} does not carry the points of "
                    f"{exercise.name} ({exercise.points:g}); release the assignment again."
                )

    def _add(
        self,
        student_id: str,
        assignment: Assignment,
        notebook: NotebookNode,
        marks: dict[str, Mark],
        submitted_folder: Path,
        digest: str,
        copy: bool,
    ) -> None:
        if any(entry.student_id == student_id for entry in self._pending):
            self.flush()
        timestamp, problem = read_timestamp(submitted_folder)
        if problem:
            self.log.warning("%s: %s", student_id, problem)
        place = Path(
            self.coursedir.format_path(
                self.coursedir.autograded_directory, student_id, assignment.name
            )
        )
        state = {"submission": digest, **notebook.metadata.grading}
        try:
            submitted = submitted_folder if copy else None
            made = self.workshop.make(assignment.name, notebook, state, submitted)
            if timestamp is not None:
                copy_file(submitted_folder / TIMESTAMP, made / TIMESTAMP)
        except OSError as error:
            raise RecordError(f"{place} cannot be written: {error.strerror}.") from error
        if not self._pending:
            self._since = time.monotonic()
        self._pending.append(_Entry(student_id, assignment.name, timestamp, marks, made, place))
        if len(self._pending) >= self.batch or time.monotonic() - self._since > self.seconds:
            self.flush()

    @property
    def workshop(self) -> Workshop:
        """Where folders are made, set up on first use."""
        if self._workshop is None:
            base = self.coursedir.format_path(self.coursedir.autograded_directory, ".", ".")
            self._workshop = Workshop(
                Path(os.path.normpath(base)), bool(self.coursedir.groupshared)
            )
        return self._workshop

    def _write_marks(self) -> None:
        with self._writing():
            names = {name: self._cell_names(name) for name in self._assignments()}
            for entry in self._pending:
                self._write_entry(entry, names[entry.assignment])

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
            raise RecordError(
                f"The gradebook cannot be written ({_reason(error)}): close what else uses it; if "
                "nbgrader was updated lately, keep a copy and run `nbgrader db upgrade`."
            ) from error

    def _take_write_lock(self) -> None:
        import sqlalchemy

        for attempt in range(1, _ATTEMPTS + 1):
            try:
                self.gradebook.db.execute(sqlalchemy.text(_TAKE_WRITE_LOCK))
                return
            except sqlalchemy.exc.OperationalError as error:
                if "locked" not in _reason(error) or attempt == _ATTEMPTS:
                    raise
                self.gradebook.db.rollback()
                time.sleep(0.2 * attempt)

    def _assignments(self) -> set[str]:
        return {entry.assignment for entry in self._pending}

    def _cell_names(self, assignment: str) -> dict[str, str]:
        """The names of an assignment's cells by their id in the gradebook."""
        notebook = self.gradebook.find_notebook(assignment, assignment)
        cells = (*notebook.grade_cells, *notebook.solution_cells, *notebook.task_cells)
        return {cell.id: cell.name for cell in cells}

    def _write_entry(self, entry: _Entry, names: dict[str, str]) -> None:
        """Do what nbgrader's SaveAutoGrades and AssignLatePenalties do."""
        gradebook = self.gradebook
        gradebook.update_or_create_student(entry.student_id)
        more = {"timestamp": entry.timestamp} if entry.timestamp is not None else {}
        with gradebook.db.no_autoflush:  # nbgrader builds up objects while it queries
            submission = gradebook.update_or_create_submission(
                entry.assignment, entry.student_id, **more
            )
        notebook = next(n for n in submission.notebooks if n.name == entry.assignment)
        grades = {names[grade.cell_id]: grade for grade in notebook.grades}
        comments = {names[comment.cell_id]: comment for comment in notebook.comments}
        for name, mark in entry.marks.items():
            if mark.has_grade:
                if name not in grades:
                    raise RecordError(
                        f"The gradebook does not know the cell {name!r} of {entry.assignment}: "
                        "set the assignment up again with `nbgrader generate_assignment`."
                    )
                grade = grades[name]
                grade.auto_score = mark.auto_score
                grade.needs_manual_grade = (
                    mark.needs_manual_grade
                    or mark.auto_score is None
                    or grade.manual_score is not None
                )
            if mark.has_comment and name in comments:
                comments[name].auto_comment = mark.auto_comment
        notebook.late_submission_penalty = None
        late = submission.total_seconds_late
        if late > 0:
            gradebook.db.flush()
            gradebook.db.refresh(notebook)  # its score is computed by the database
            notebook.late_submission_penalty = self._penalty(entry.student_id, notebook, late)

    def _penalty(self, student_id: str, notebook: Any, late: float) -> float | None:
        if self._penalties is None:
            from nbgrader.preprocessors import AssignLatePenalties

            self._penalties = AssignLatePenalties(parent=self.coursedir)
            self._penalties.init_plugin()
        plugin = self._penalties.plugin_inst
        penalty = plugin.late_submission_penalty(student_id, notebook.score, late)
        self.log.warning("%s is %g seconds late; penalty: %s", student_id, late, penalty or 0)
        if penalty is None:
            return None
        checked: float = self._penalties._check_late_penalty(notebook, penalty)
        return checked


def _reason(error: BaseException) -> str:
    return " ".join(str(getattr(error, "orig", error)).split())[:200]


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
