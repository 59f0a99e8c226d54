"""Grade one submitted folder: whatever is wrong with it becomes a sentence, never an exception."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from pathlib import Path

from course.language import speaking, use_language
from grader.classes.grading_job import GradingJob
from grader.exercises.assignment import Assignment
from grader.exercises.cases import exercise_fingerprints
from grader.judging.grade import grade
from grader.judging.graded import Graded, GradedExercise
from grader.recording.autograded_notebook import (
    AutogradedSubmission,
    autograded_submission,
    joined,
    missing_notebook,
    unreadable_submission,
)
from grader.recording.grading import Grading
from grader.recording.grading_result import GradingResult
from grader.sandbox.host.worker import SandboxError, Worker
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.notebook_choice import MissingNotebook
from grader.submission.own_files import readable_beside
from grader.submission.submission_folder import Submission, digest_of_folder, read_submission
from grader.text.terminal import unexpected

HandedIn = Sequence[Submission | UnreadableNotebook]
"""For each notebook of an assignment what was handed in, or why there is none."""

_Part = tuple[Graded, AutogradedSubmission]


class FolderGrader:
    """Grades submitted folders, one after another, with one sandboxed worker.

    Parameters:
        job: how they are graded.
    """

    def __init__(self, job: GradingJob) -> None:
        self.job = job
        self.assignment = job.assignment
        self._wanted = self.assignment.notebooks_like(job.notebook)
        use_language(job.settings.language)  # processes of a pool have read no settings
        limits = self.assignment.limits(job.settings.limits)
        self.worker = Worker(
            job.assignment_name, limits, job.isolated, readable_beside(self.assignment)
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
        submission: HandedIn,
        known: Mapping[str, GradedExercise] | None = None,
    ) -> GradingResult:
        """Grade what was read from a folder.

        Raises:
            SandboxError: the sandbox does not work, which is no fault of the submission.
        """
        parts = self.assignment.parts
        problem = why_nothing(submission)
        if problem is not None and len(self._wanted) == len(parts):
            digest = digest_in(folder, self.assignment)
            return GradingResult(student_id, folder, digest, problem=problem)
        digests = [one.digest for one in submission if isinstance(one, Submission)]
        digest = digests[0] if digests else digest_in(folder, self.assignment)
        said = tuple(str(one) for one in submission if isinstance(one, UnreadableNotebook))
        try:
            done = [
                self._grade_part(student_id, part, one, known, said)
                for part, one in zip(parts, submission, strict=True)
                # As in nbgrader, what was not handed in has no points, whatever is asked for.
                if part.notebook_name in self._wanted or isinstance(one, MissingNotebook)
            ]
        except UnreadableNotebook as error:
            return GradingResult(student_id, folder, digest, problem=str(error))
        except SandboxError:
            raise
        except Exception as error:  # one submission must never stop a class
            return GradingResult(student_id, folder, digest, problem=unexpected(error))
        graded, made = done[0] if len(parts) == 1 else self._together(done)
        return GradingResult(student_id, folder, digest, graded, made)

    def _grade_part(
        self,
        student_id: str,
        part: Assignment,
        submission: Submission | UnreadableNotebook,
        known: Mapping[str, GradedExercise] | None,
        said: tuple[str, ...],
    ) -> _Part:
        """Grade one notebook; ``said`` is what is wrong with others."""
        try:
            if isinstance(submission, UnreadableNotebook):
                raise submission
            done = grade(
                submission.raw,
                part,
                self.worker,
                self.job.secret,
                self.job.settings.blocked_share,
                known,
                submission.own_files,
                student_id,
            )
        except UnreadableNotebook as error:
            if len(self.assignment.parts) == 1:
                raise
            record = (
                missing_notebook if isinstance(error, MissingNotebook) else unreadable_submission
            )
            made = record(part, str(error))
            return Graded(part.name, made.grading.exercises, (str(error),)), made
        with speaking(done.language):
            repairs = (*map(str, submission.repairs), *done.graded.repairs)
        notes = (*done.graded.notes, *said)
        graded = dataclasses.replace(done.graded, repairs=repairs, notes=notes)
        editions = exercise_fingerprints(part, self.job.secret)
        return graded, autograded_submission(done.notebook, graded, part, editions)

    def _together(self, done: Sequence[_Part]) -> _Part:
        """The marks of several notebooks as those of one submission."""
        repairs = [
            f"{made.notebooks[0].name}: {sentence}"
            for graded, made in done
            for sentence in graded.repairs
        ]
        exercises = tuple(one for graded, _made in done for one in graded.exercises)
        graded = Graded(self.assignment.name, exercises, tuple(repairs))
        now = exercise_fingerprints(self.assignment, self.job.secret)
        editions = {exercise.name: now[exercise.name] for exercise in exercises}
        grading = Grading.of(graded, self.assignment, editions)
        return graded, joined([made for _graded, made in done], grading)

    def close(self) -> None:
        """End the worker."""
        self.worker.close()

    def __enter__(self) -> FolderGrader:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def read(folder: Path, assignment: Assignment) -> HandedIn:
    """The submission in a folder: for each notebook what was handed in, or why there is none."""
    return tuple(_read_part(folder, part) for part in assignment.parts)


def _read_part(folder: Path, part: Assignment) -> Submission | UnreadableNotebook:
    try:
        return read_submission(folder, part)
    except UnreadableNotebook as error:
        return error
    except Exception as error:  # one submission must never stop a class
        return UnreadableNotebook(unexpected(error))


def why_nothing(submission: HandedIn) -> str | None:
    """Why nothing of a submission can be graded; None where something can."""
    problems = [str(one) for one in submission if isinstance(one, UnreadableNotebook)]
    return " ".join(dict.fromkeys(problems)) if len(problems) == len(submission) else None


def digest_in(folder: Path, assignment: Assignment) -> str:
    """The fingerprint of the submission in a folder; empty where it cannot be read."""
    try:
        return digest_of_folder(folder, assignment)
    except Exception:  # when it is graded, it is told what is wrong with it
        return ""
