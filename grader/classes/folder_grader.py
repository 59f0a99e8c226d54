"""Grade one submitted folder: whatever is wrong with it becomes a sentence, never an exception."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from pathlib import Path

from course.language import speaking, use_language
from grader.classes.grading_job import GradingJob
from grader.exercises.assignment import Assignment
from grader.exercises.cases import exercise_fingerprints
from grader.judging.grade import grade
from grader.judging.graded import GradedExercise
from grader.recording.autograded_notebook import autograded_submission
from grader.recording.grading_result import GradingResult
from grader.sandbox.host.worker import SandboxError, Worker
from grader.submission.notebook_file import UnreadableNotebook
from grader.submission.own_files import readable_beside
from grader.submission.submission_folder import Submission, digest_of_folder, read_submission
from grader.text.terminal import unexpected


class FolderGrader:
    """Grades submitted folders, one after another, with one sandboxed worker.

    Parameters:
        job: how they are graded.
    """

    def __init__(self, job: GradingJob) -> None:
        self.job = job
        self.assignment = job.assignment
        use_language(job.settings.language)  # processes of a pool have read no settings
        self.worker = Worker(
            job.assignment_name, job.settings.limits, job.isolated, readable_beside(self.assignment)
        )

    def grade(
        self, student_id: str, folder: Path, known: Mapping[str, GradedExercise] | None = None
    ) -> GradingResult:
        """Grade one folder; exercises that are known stay as they are."""
        submission = read(folder, self.assignment)
        return self.grade_read(student_id, folder, submission, known)

    def grade_read(
        self,
        student_id: str,
        folder: Path,
        submission: Submission | UnreadableNotebook,
        known: Mapping[str, GradedExercise] | None = None,
    ) -> GradingResult:
        """Grade what was read from a folder.

        Raises:
            SandboxError: the sandbox does not work, which is no fault of the submission.
        """
        if isinstance(submission, UnreadableNotebook):
            digest = digest_in(folder, self.assignment)
            return GradingResult(student_id, folder, digest, problem=str(submission))
        digest = submission.digest
        try:
            done = grade(
                submission.raw,
                self.assignment,
                self.worker,
                self.job.secret,
                self.job.settings.blocked_share,
                known,
                submission.own_files,
                student_id,
            )
            with speaking(done.language):
                repairs = (*map(str, submission.repairs), *done.graded.repairs)
            graded = dataclasses.replace(done.graded, repairs=repairs)
            editions = exercise_fingerprints(self.assignment, self.job.secret)
            made = autograded_submission(done.notebook, graded, self.assignment, editions)
        except UnreadableNotebook as error:
            return GradingResult(student_id, folder, digest, problem=str(error))
        except SandboxError:
            raise
        except Exception as error:  # one submission must never stop a class
            return GradingResult(student_id, folder, digest, problem=unexpected(error))
        return GradingResult(student_id, folder, digest, graded, made)

    def close(self) -> None:
        """End the worker."""
        self.worker.close()

    def __enter__(self) -> FolderGrader:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def read(folder: Path, assignment: Assignment) -> Submission | UnreadableNotebook:
    """The submission in a folder, or why there is none."""
    try:
        return read_submission(folder, assignment)
    except UnreadableNotebook as error:
        return error
    except Exception as error:  # one submission must never stop a class
        return UnreadableNotebook(unexpected(error))


def digest_in(folder: Path, assignment: Assignment) -> str:
    """The fingerprint of the submission in a folder; empty where it cannot be read."""
    try:
        return digest_of_folder(folder, assignment)
    except Exception:  # when it is graded, it is told what is wrong with it
        return ""
