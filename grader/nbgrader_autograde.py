"""``nbgrader autograde``, done fairly.

nbgrader's command and formgrader's button grade with the pure function of :mod:`grader.grade` and
record with the recorder of :mod:`grader.record`, as ``python -m grader autograde`` does, and so
give the same marks.
"""

from __future__ import annotations

import fnmatch
import os
import re
from pathlib import Path

from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException

from grader import assignment as assignments
from grader.assignment import AssignmentError
from grader.cases import class_secret
from grader.gradebook_setup import GradebookSetupError, ensure_in_gradebook
from grader.graded import Graded
from grader.graded_folder import FolderGrader, digest_of_read, read
from grader.grading_state import is_due
from grader.nbgrader_options import FairGrading
from grader.nbgrader_paths import matching_paths
from grader.record import Recorder, RecordError
from grader.sandbox.host import SandboxError
from grader.submission_folder import InvalidStudentId, check_student_id, is_student_id


class FairAutograde(Autograde):
    """nbgrader's autograding with its conversion of a notebook replaced by grading it.

    What stays: which submissions are graded, ``--force``, ``--student``, ``--notebook``, hooks,
    the gradebook, late penalties, the autograded notebooks. What differs: a submission that cannot
    be graded gets one line, and the class goes on.
    """

    def init_notebooks(self) -> None:
        """Find the folders of the submissions, whether or not they hold a notebook."""
        self.assignments = {}
        self.notebooks: list[str] = []
        name = self.coursedir.assignment_id
        try:
            # NbGraderException is what nbgrader's commands turn into an exit status.
            assignments.load(name)
        except AssignmentError as error:
            self._stop(str(error))
        if not fnmatch.fnmatch(name, self.coursedir.notebook_id):
            self._stop(f"{name} has no notebook that {self.coursedir.notebook_id!r} matches")
        for folder in self._folders(name):
            self.assignments[folder] = [os.path.join(folder, f"{name}.ipynb")]
        if not self.assignments:
            pattern = self._format_source(name, self.coursedir.student_id)
            self._stop(f"there are no submissions in {pattern}")

    def _folders(self, name: str) -> list[str]:
        student = self.coursedir.student_id
        if any(part in ("..", ".") for part in re.split(r"[\\/]", student)):
            self._stop(f"{student!r} is no student")
        found = matching_paths(self._format_source(name, student))
        return sorted(path for path in found if os.path.isdir(path) or os.path.islink(path))

    def _stop(self, sentence: str) -> None:
        self.log.error(sentence)
        raise NbGraderException(sentence)

    def convert_notebooks(self) -> None:
        """Grade the submissions, one after another, with one worker."""
        assignment = assignments.load(self.coursedir.assignment_id)
        options = FairGrading(parent=self)
        try:
            if ensure_in_gradebook(assignment, self.coursedir):
                self.log.info("%s was brought into the gradebook", assignment.name)
            if not options.sandbox:
                self.log.warning("students' code runs without isolation (c.FairGrading.sandbox)")
            with (
                Recorder(self.coursedir, log=self.log) as recorder,
                FolderGrader(
                    assignment, options.settings(), class_secret(), options.sandbox
                ) as grader,
            ):
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
        excluded = set(filter(None, self.coursedir.student_id_exclude.split(",")))
        if self.create_student:
            students = {self._student_of(folder) for folder in self.assignments} - excluded
            recorder.add_students(filter(is_student_id, students))
        for folder in sorted(self.assignments):
            self.notebooks = self.assignments[folder]
            student = self._student_of(folder)
            if student in excluded:
                continue
            shown = printable(student)
            try:
                check_student_id(student)
                if not self.create_student and not recorder.has_student(student):
                    raise InvalidStudentId(f"there is no student {shown!r} in the gradebook.")
                submitted = Path(folder)
                submission = read(submitted, assignment)
                autograded = Path(self._format_dest(assignment.name, student))
                digest = digest_of_read(submission)
                due = is_due(submitted, autograded, assignment, digest, self.force)
                stale += due.stale
                if due.reason is None:
                    self.log.info("%s: graded already", shown)
                    continue
                self.run_pre_convert_hook()
                done = grader.grade_read(student, submitted, submission)
                recorder.record_folder(done, assignment)
                self.run_post_convert_hook()
                if done.graded is None:
                    problems += 1
                    self.log.error("%s: %s", shown, printable(done.problem))
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
                text = printable(f"{type(error).__name__}: {error}")
                self.log.error("%s: the grader failed (%s); it was not graded", shown, text)
                self.log.debug("traceback", exc_info=True)
        return problems, stale

    def _student_of(self, folder: str) -> str:
        pattern = self._format_source("(?P<assignment_id>.*)", "(?P<student_id>.*)", escape=True)
        found = re.match(pattern, folder, re.DOTALL)
        if found is None:
            raise NbGraderException(f"{folder!r} does not match {pattern!r}")
        return found["student_id"]

    def _tell(self, shown: str, graded: Graded) -> None:
        self.log.info("%s: %g of %s for the exercises", shown, graded.score, graded.max_score)
        for sentence in graded.repairs:
            self.log.info("%s: repaired: %s", shown, printable(sentence))


def printable(text: str) -> str:
    """Text of a student as one line without characters that could change the terminal."""
    one_line = " ".join(text.split())
    return "".join(c if c.isprintable() else "?" for c in one_line)[:500]


def use_fair_autograde() -> None:
    """Let nbgrader's command and its API, which formgrader's button calls, grade fairly.

    nbgrader has no setting for the class that autogrades, so its name is replaced wherever it is
    looked up.
    """
    from nbgrader import converters
    from nbgrader.apps import api, autogradeapp

    for module in (converters, autogradeapp, api):
        module.Autograde = FairAutograde


__all__ = ["FairAutograde", "use_fair_autograde"]
