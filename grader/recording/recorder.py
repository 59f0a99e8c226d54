"""Record marks: the gradebook, the autograded notebook and the files beside it.

This is the only step of grading that writes, and one process does it for a whole class. Marks are
written as nbgrader itself writes them, with its own functions for what a notebook is worth.

Nothing is ever half recorded: the folder of a submission is made beside its place, the marks of a
batch of submissions go into the gradebook in one transaction, and only then the folders are moved
to their places. Whoever ends the process at any moment finds each submission either recorded or not
yet graded, and grading it again gives the same marks.
"""

from __future__ import annotations

import dataclasses
import logging
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.exercises.assignment import Assignment
from grader.files import unwritable
from grader.recording.autograded_folder import Workshop
from grader.recording.autograded_notebook import (
    AutogradedNotebook,
    AutogradedSubmission,
    unreadable_submission,
)
from grader.recording.gradebook_trouble import RecordError
from grader.recording.gradebook_writer import Entry, GradebookWriter
from grader.recording.grading import recorded_grading
from grader.recording.grading_result import GradingResult
from grader.recording.late_penalties import Penalty
from grader.recording.timestamp import read_timestamp
from grader.settings.course_directory import CourseDirectory

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class _Waiting:
    """A submission on its way: its marks, the folder that was made, and where that belongs."""

    entry: Entry
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

    Attributes:
        marks: writes into the gradebook.
    """

    def __init__(
        self,
        coursedir: CourseDirectory,
        batch: int = 16,
        seconds: float = 5.0,
        log: logging.Logger | logging.LoggerAdapter[Any] = _LOG,
    ) -> None:
        self.coursedir = coursedir
        self.batch = batch
        self.seconds = seconds
        self.log = log
        self.marks = GradebookWriter(coursedir, log)
        self._pending: list[_Waiting] = []
        self._since = 0.0
        self._workshop: Workshop | None = None

    def __enter__(self) -> Recorder:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def record_folder(self, done: GradingResult, assignment: Assignment) -> None:
        """Record what came of a submitted folder; it is in place after the next :meth:`flush`.

        Parameters:
            done: the marks, or why there are none.
            assignment: what it is a submission of.
        """
        if done.autograded is None:
            made = unreadable_submission(assignment, done.problem)
            self._add(done, assignment, made, copy=False)
            return
        for notebook in done.autograded.notebooks:
            _check(notebook, assignment.name)
        self._add(done, assignment, done.autograded, copy=True)

    def renew_penalties(self, assignment: Assignment, student_ids: Iterable[str]) -> list[Penalty]:
        """Renew late penalties after a due date was moved, or an extension given.

        Parameters:
            assignment: the assignment.
            student_ids: whose submissions, which are graded already.

        Returns:
            What has changed.

        Raises:
            RecordError: the gradebook does not take it, or nbgrader's plugin fails.
        """
        self.flush()
        return self.marks.renew_penalties(assignment.name, student_ids)

    def flush(self) -> None:
        """Write everything that waits.

        Raises:
            RecordError: the gradebook or the disk does not take it; the submissions still wait.
        """
        if not self._pending:
            return
        self.marks.write([waiting.entry for waiting in self._pending])
        while self._pending:
            waiting = self._pending[0]
            try:
                self.workshop.move(waiting.made, waiting.place)
            except OSError as error:
                raise _unwritable(waiting.place, error) from error
            self._pending.pop(0)

    def close(self) -> None:
        """Write everything that waits, and let go of the gradebook."""
        try:
            self.flush()
        finally:
            self.marks.close()
            if self._workshop is not None:
                self._workshop.close()
                self._workshop = None

    def _add(
        self,
        done: GradingResult,
        assignment: Assignment,
        autograded: AutogradedSubmission,
        copy: bool,
    ) -> None:
        student_id = done.student_id
        if any(waiting.entry.student_id == student_id for waiting in self._pending):
            self.flush()
        timestamp, problem = read_timestamp(done.folder)
        if problem:
            self.log.warning("%s: %s", student_id, problem)
        place = Path(
            self.coursedir.format_path(
                self.coursedir.autograded_directory, student_id, assignment.name
            )
        )
        graded = {notebook.name for notebook in autograded.notebooks}
        others = [p.notebook_name for p in assignment.parts if p.notebook_name not in graded]
        grading = dataclasses.replace(autograded.grading, submission=done.digest)
        if others:  # of a submission whose notebooks were all graded nothing earlier stays
            grading = grading.beside(recorded_grading(place), others)
        try:
            texts = {one.name: one.text for one in autograded.notebooks if one.text}
            paths = {name: place / f"{name}.ipynb" for name in others}
            texts |= {name: p.read_text("utf-8") for name, p in paths.items() if p.is_file()}
            made = self.workshop.make(texts, grading, done.folder, copy)
        except OSError as error:
            raise _unwritable(place, error) from error
        if not self._pending:
            self._since = time.monotonic()
        marks = {notebook.name: notebook.marks for notebook in autograded.notebooks}
        entry = Entry(student_id, assignment.name, timestamp, marks)
        self._pending.append(_Waiting(entry, made, place))
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


def _check(notebook: AutogradedNotebook, assignment: str) -> None:
    """That nbgrader reads from the notebook exactly what was decided."""
    scores = {name: mark.auto_score for name, mark in notebook.marks.items() if mark.has_grade}
    for exercise in notebook.exercises:
        if scores.get(exercise.cell) != exercise.points:
            raise RecordError(
                f"{assignment}: the check cell {exercise.cell!r} does not carry the points "
                f"of {exercise.name} ({exercise.points:g}); release the assignment again."
            )


def _unwritable(place: Path, error: OSError) -> RecordError:
    return RecordError(unwritable(OSError(error.errno, error.strerror), place))
