"""``nbgrader autograde``, done fairly.

nbgrader's command and formgrader's button grade with the pure function of
:mod:`grader.judging.grade` and record with the recorder of :mod:`grader.recording.recorder`, as
``python -m grader autograde`` does, and so give the same marks.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException

from grader.classes.folder_grader import FolderGrader, digest_in
from grader.classes.grading_job import GradingJob
from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.judging.graded import Graded
from grader.recording.gradebook_connection import GradebookSetupError
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.recording.gradebook_trouble import RecordError
from grader.recording.grading_lock import grading_alone
from grader.recording.grading_need import grading_need
from grader.recording.recorder import Recorder
from grader.sandbox.host.worker import SandboxError
from grader.settings.autograde_settings import ignored_settings, not_in_gradebook
from grader.settings.class_folders import chosen_students, step_folders
from grader.settings.class_secret import class_secret
from grader.settings.course import read_class_file_again
from grader.settings.grading_settings import FairGrading
from grader.submission.submission_folder import InvalidStudentId, check_student_id, is_student_id
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
        settings, wanted = options.settings(), self.coursedir.notebook_id
        job = GradingJob(assignment.name, settings, class_secret(), options.sandbox, wanted)
        try:
            if ensure_in_gradebook(assignment, self.coursedir):
                self.log.info("%s was brought into the gradebook", assignment.name)
            if not options.sandbox:
                self.log.warning("students' code runs without isolation (c.FairGrading.sandbox)")
            with (
                grading_alone(self.coursedir, assignment.name),
                Recorder(self.coursedir, log=self.log) as recorder,
                FolderGrader(job) as grader,
            ):
                for sentence in ignored_settings(self):
                    self.log.warning(sentence)
                problems, stale = self._grade_all(recorder, grader)
        except (SandboxError, GradebookSetupError, RecordError) as error:
            self._stop(str(error))
        if stale:
            self.log.warning(
                "%s marks are of an older edition of %s; --force grades them again",
                stale,
                assignment.name,
            )
        if problems:
            self._stop(f"{problems} of {len(self.assignments)} submissions could not be graded")

    def _grade_all(self, recorder: Recorder, grader: FolderGrader) -> tuple[int, int]:
        """Grade all; return how many could not be graded and how many marks are stale."""
        assignment = grader.assignment
        problems = stale = 0
        kept: list[str] = []
        if self.create_student:
            recorder.marks.add_students(filter(is_student_id, self.assignments))
        for student, notebooks in self.assignments.items():
            self.notebooks = notebooks
            shown = one_line(student)
            try:
                check_student_id(student)
                if not self.create_student and not recorder.marks.has_student(student):
                    raise InvalidStudentId(not_in_gradebook(shown))
                submitted = Path(self.notebooks[0]).parent
                autograded = Path(self._format_dest(assignment.name, student))
                digest = digest_in(submitted, assignment)
                wanted = self.coursedir.notebook_id
                need = grading_need(submitted, autograded, assignment, digest, self.force, wanted)
                stale += need.stale
                if need.reason is None:
                    kept.append(student)
                    self.log.info("%s: graded already", shown)
                    continue
                if self.pre_convert_hook:
                    self.run_pre_convert_hook()  # it may change what was handed in
                done = grader.grade(student, submitted)
                recorder.record_folder(done, assignment)
                if self.post_convert_hook:
                    recorder.flush()  # the hook finds the marks in their place
                    self.run_post_convert_hook()
                if done.graded is None:
                    problems += 1
                    self.log.error("%s: %s", shown, one_line(done.problem))
                else:
                    self._tell(shown, done.graded)
            except InvalidStudentId as error:
                problems += 1
                self.log.error("submitted folder: %s", error)
            except (SandboxError, RecordError):
                raise
            except Exception as error:
                # A fault of the grader's own: the submission stays ungraded, the class goes on.
                problems += 1
                text = one_line(f"{type(error).__name__}: {error}")
                self.log.error("%s: the grader failed (%s); it was not graded", shown, text)
                self.log.debug("traceback", exc_info=True)
        for penalty in recorder.renew_penalties(assignment, kept):
            self.log.warning(one_line(penalty.in_words()))
        return problems, stale

    def _tell(self, shown: str, graded: Graded) -> None:
        self.log.info("%s: %g of %g for the exercises", shown, graded.score, graded.max_score)
        for sentence in graded.repairs:
            self.log.info("%s: repaired: %s", shown, one_line(sentence))


def use_fair_autograde() -> None:
    """Let nbgrader's command and its API, which formgrader's button calls, grade fairly.

    nbgrader has no setting for the class that autogrades, so its name is replaced wherever it is
    looked up.
    """
    from nbgrader import converters
    from nbgrader.apps import api, autogradeapp

    for module in (converters, autogradeapp, api):
        module.Autograde = FairAutograde
