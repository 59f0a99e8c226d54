"""The penalties of late submissions, as nbgrader's settings want them.

nbgrader sets a penalty when a submission is graded. When the due date is moved later, somebody gets
an extension, or the setting changes, the penalties that are in the gradebook are renewed, which
needs no grading.
"""

from __future__ import annotations

import datetime
import logging
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from grader.recording.gradebook_trouble import RecordError
from grader.settings.autograde_settings import autograde_step, preprocessors
from grader.settings.course import configured
from grader.settings.course_directory import CourseDirectory

_MOST_NAMES_IN_A_QUERY = 500


@dataclass(frozen=True)
class Penalty:
    """The penalty of a submission that is late, or was until now.

    Attributes:
        student_id: whose it is.
        before, after: the points that were taken away until now, and those that are from now on.
        late: by how many seconds the submission is late.
    """

    student_id: str
    before: float
    after: float
    late: float

    @property
    def is_new(self) -> bool:
        """Whether it is another one than before; a database may have rounded it."""
        return not math.isclose(self.before, self.after, rel_tol=1e-6)

    def in_words(self) -> str:
        """The sentence for a penalty that was renewed."""
        return (
            f"{self.student_id}: the late penalty is {self.after:g} points now, as the due date "
            f"and the settings say; it was {self.before:g}."
        )


class LatePenalties:
    """nbgrader's step that sets the penalties, with its settings.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``.
        log: where nbgrader's plugin tells what it does.

    Raises:
        RecordError: the plugin that is configured cannot be used.
    """

    def __init__(
        self, coursedir: CourseDirectory, log: logging.Logger | logging.LoggerAdapter[Any]
    ) -> None:
        try:
            self._step = _configured_step(coursedir)
            if self._step is not None:
                self._step.log = log
                self._step.init_plugin()
        except Exception as error:
            raise RecordError(
                "The plugin for late penalties cannot be used "
                f"({_said(error)}): mend c.AssignLatePenalties or c.LateSubmissionPlugin in "
                "nbgrader_config.py. A module of your own is found beside that file."
            ) from error

    def set(self, gradebook: Any, assignment: str, student_ids: Sequence[str]) -> list[Penalty]:
        """Give submissions the penalty that they must have now.

        Parameters:
            gradebook: nbgrader's gradebook, within a transaction.
            assignment: the name of the assignment.
            student_ids: whose submissions.

        Returns:
            Those of submissions that are late, and those that have changed.

        Raises:
            RecordError: the plugin fails.
        """
        if self._step is None:
            return []
        found = []
        for start in range(0, len(student_ids), _MOST_NAMES_IN_A_QUERY):
            some = student_ids[start : start + _MOST_NAMES_IN_A_QUERY]
            for submission in _candidates(gradebook, assignment, some):
                found += self._set(gradebook, submission)
        return found

    def expected(
        self,
        gradebook: Any,
        assignment: str,
        student_id: str,
        time: datetime.datetime,
        points: float,
    ) -> float:
        """What would be taken off a submission, if it were recorded.

        Parameters:
            gradebook: nbgrader's gradebook.
            assignment, student_id: whose submission of what.
            time: when it was handed in, in UTC.
            points: what it got.

        Raises:
            RecordError: the plugin fails.
        """
        from nbgrader.api import MissingEntry
        from nbgrader.utils import parse_utc

        due = gradebook.find_assignment(assignment).duedate
        if self._step is None or due is None:
            return 0.0
        try:
            extension = gradebook.find_submission(assignment, student_id).extension
        except MissingEntry:
            extension = None
        late = (parse_utc(time) - due - (extension or datetime.timedelta())).total_seconds()
        if late <= 0:
            return 0.0
        plugin = self._step.plugin_inst
        try:
            penalty = plugin.late_submission_penalty(student_id, points, late)
            return min(points, max(0.0, float(penalty or 0.0)))
        except Exception as error:
            raise self._failed(student_id, error) from error

    def _failed(self, student_id: str, error: Exception) -> RecordError:
        return RecordError(
            f"{type(self._step.plugin_inst).__name__} failed on the penalty of {student_id!r} "
            f"({_said(error)}): mend this plugin, then run the same command again."
        )

    def _set(self, gradebook: Any, submission: Any) -> list[Penalty]:
        due = submission.assignment.duedate
        late = submission.total_seconds_late if due is not None else 0.0
        found = []
        for notebook in submission.notebooks:
            gradebook.db.refresh(notebook)  # its score is computed by the database
            after = self._penalty(submission.student_id, notebook, late) if late > 0 else None
            before = notebook.late_submission_penalty
            one = Penalty(submission.student_id, before or 0.0, after or 0.0, late)
            if one.is_new:
                notebook.late_submission_penalty = after
            if one.is_new or late > 0:
                found.append(one)
        return found

    def _penalty(self, student_id: str, notebook: Any, late: float) -> float | None:
        plugin = self._step.plugin_inst
        try:
            penalty = plugin.late_submission_penalty(student_id, notebook.score, late)
            if penalty is None:
                return None
            checked = float(self._step._check_late_penalty(notebook, penalty))
            if not math.isfinite(checked):
                raise ValueError(f"it gave {penalty!r}")
        except Exception as error:
            raise self._failed(student_id, error) from error
        return checked


def _configured_step(coursedir: CourseDirectory) -> Any:
    """nbgrader's step as it is configured; None where penalties are switched off."""
    from nbgrader.preprocessors import AssignLatePenalties

    for kind in preprocessors(autograde_step(coursedir)):
        if issubclass(kind, AssignLatePenalties):
            made = kind(parent=configured(coursedir))
            return made if made.enabled else None
    return None


def _candidates(gradebook: Any, assignment: str, student_ids: Sequence[str]) -> Any:
    """The submissions that have a penalty, or may have to have one."""
    import sqlalchemy
    from nbgrader.api import Assignment, SubmittedAssignment, SubmittedNotebook

    late = SubmittedAssignment.timestamp > Assignment.duedate
    extended = SubmittedAssignment.extension.isnot(None)
    punished = SubmittedNotebook.late_submission_penalty.isnot(None)
    return (
        gradebook.db.query(SubmittedAssignment)
        .join(Assignment, SubmittedAssignment.assignment_id == Assignment.id)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .filter(Assignment.name == assignment, SubmittedAssignment.student_id.in_(student_ids))
        .filter(sqlalchemy.or_(late, extended, punished))
        .order_by(SubmittedAssignment.student_id)
        .all()
    )


def _said(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())}"[:300]
