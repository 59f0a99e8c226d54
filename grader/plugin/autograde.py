"""``nbgrader autograde``, done fairly.

nbgrader's command and formgrader's button grade by :func:`grader.classes.autograde.grade_class`, as
``python -m grader autograde`` does, and so give the same marks.
"""

from __future__ import annotations

import logging
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException

from grader.classes.autograde import Plan, grade_class
from grader.classes.grading_job import grading_job
from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.recording.gradebook_connection import GradebookSetupError
from grader.recording.gradebook_trouble import RecordError
from grader.recording.grading_result import GradingResult
from grader.sandbox.host.worker import SandboxError
from grader.settings.attempt_settings import Attempts
from grader.settings.class_folders import chosen_students, step_folders
from grader.settings.course import Course, read_class_file_again
from grader.settings.grading_settings import FairGrading
from grader.text.terminal import one_line, show_tracebacks


class FairAutograde(Autograde):
    """nbgrader's autograding with its conversion of a notebook replaced by grading it.

    What stays: which submissions are graded, ``--force``, ``--student``, ``--notebook``, hooks,
    the gradebook, late penalties, the autograded notebooks. What differs: a submission that cannot
    be graded gets one line, and the class goes on.
    """

    def __init__(self, coursedir: Any = None, **kwargs: Any) -> None:
        if isinstance(kwargs.get("parent"), NbGraderAPI):
            kwargs["config"] = read_class_file_again(coursedir)
        super().__init__(coursedir=coursedir, **kwargs)

    def init_notebooks(self) -> None:
        """Find the submissions that are asked for, whether or not they hold a notebook."""
        self.assignments = {}
        self.notebooks: list[str] = []
        name = self.coursedir.assignment_id
        try:
            # NbGraderException is what nbgrader's commands turn into an exit status.
            assignment = assignments.load(name)
            notebooks = sorted(assignment.notebooks_like(self.coursedir.notebook_id))
        except AssignmentError as error:
            self._stop(str(error))
        submitted = self.coursedir.submitted_directory
        folders = step_folders(self.coursedir, submitted, name)
        for student in chosen_students(self.coursedir, folders):
            self.assignments[student] = [str(folders[student] / f"{n}.ipynb") for n in notebooks]
        if not self.assignments:
            pattern = self._format_source(name, self.coursedir.student_id)
            self._stop(f"there are no submissions in {pattern}")

    def _stop(self, sentence: str) -> None:
        self.log.error(sentence)
        raise NbGraderException(sentence)

    def convert_notebooks(self) -> None:
        """Grade the submissions, one after another, with one worker."""
        assignment = assignments.load(self.coursedir.assignment_id)
        if self.log.isEnabledFor(logging.DEBUG):
            show_tracebacks()
        options = FairGrading(parent=self)
        settings, rules = options.settings(), Attempts(parent=self)
        course = Course(self.coursedir, settings, bool(options.sandbox), rules, self.config)
        report = _LogReport(self.log)
        try:
            job = grading_job(course, assignment, notebook=self.coursedir.notebook_id)
            if not job.isolated:
                report.warn("students' code runs without isolation (c.FairGrading.sandbox)")
            plan, problems = grade_class(course, job, self, report, jobs=1, log=self.log)
        except (SandboxError, GradebookSetupError, RecordError) as error:
            self._stop(str(error))
        report.end(plan)
        if plan.stale:
            self.log.warning(
                "%s marks are of an older edition of %s; --force grades them again",
                len(plan.stale),
                assignment.name,
            )
        if problems:
            self._stop(f"{problems} of {len(self.assignments)} submissions could not be graded")


class _LogReport:
    """Tells nbgrader's log how grading goes on."""

    def __init__(self, log: Any) -> None:
        self._log = log

    def start(self, total: int, jobs: int) -> None:
        pass  # each submission has a line of its own

    def graded(self, done: GradingResult) -> None:
        if done.graded is None:
            return
        shown, graded = one_line(done.student_id), done.graded
        self._log.info("%s: %g of %g for the exercises", shown, graded.score, graded.max_score)
        for sentence in graded.repairs:
            self._log.info("%s: repaired: %s", shown, one_line(sentence))

    def problem(self, student_id: str, sentence: str) -> None:
        self._log.error("%s: %s", one_line(student_id), one_line(sentence))

    def warn(self, sentence: str) -> None:
        self._log.warning(one_line(sentence))

    def end(self, plan: Plan) -> None:
        for student_id in sorted([*plan.up_to_date, *plan.stale]):
            self._log.info("%s: graded already", one_line(student_id))


def use_fair_autograde() -> None:
    """Let nbgrader's command and its API, which formgrader's button calls, grade fairly.

    nbgrader has no setting for the class that autogrades, so its name is replaced wherever it is
    looked up.
    """
    from nbgrader import converters
    from nbgrader.apps import api, autogradeapp

    for module in (converters, autogradeapp, api):
        module.Autograde = FairAutograde
