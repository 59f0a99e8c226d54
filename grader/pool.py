"""Grade many submissions at once, each process with a warm sandboxed worker of its own.

A process of the pool is trusted: it repairs and judges. Students' code runs one level further down,
in the sandbox. Whatever happens to a process of the pool costs no mark: its submission is graded
again.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from pathlib import Path

import psutil
from nbformat import NotebookNode
from pebble import ProcessPool

from grader import assignment as assignments
from grader.assignment import Assignment
from grader.grade import grade
from grader.grade_command import unexpected
from grader.graded import Graded
from grader.notebook_file import UnreadableNotebook
from grader.sandbox.host import SandboxError, Worker
from grader.settings import GradingSettings
from grader.submission_folder import Submission, read_submission

MEMORY_A_JOB = 500 << 20
"""What a process of the pool and its sandboxed worker may need together, in bytes."""

_ATTEMPTS = 3
_WAITING_PER_JOB = 3


@dataclass(frozen=True)
class GradedFolder:
    """What came of one submitted folder.

    Attributes:
        student_id, folder: whose it is, and where it was handed in.
        digest: the fingerprint of the notebook file.
        graded: the marks; None where the submission cannot be graded.
        notebook: the repaired notebook, where there are marks.
        problem: why there are none, as a sentence for the instructor.
    """

    student_id: str
    folder: Path
    digest: str = ""
    graded: Graded | None = None
    notebook: NotebookNode | None = None
    problem: str = ""


class FolderGrader:
    """Grades submitted folders, one after another, with one sandboxed worker.

    Parameters:
        assignment: what they are submissions of.
        settings: how they are graded.
        secret: which hidden cases are used.
        isolated: whether to use the sandbox.
    """

    def __init__(
        self, assignment: Assignment, settings: GradingSettings, secret: str, isolated: bool
    ) -> None:
        self.assignment = assignment
        self.settings = settings
        self.secret = secret
        self.worker = Worker(assignment.name, settings.limits, isolated)

    def grade(self, student_id: str, folder: Path) -> GradedFolder:
        """Grade one folder; whatever is wrong with it becomes a sentence."""
        try:
            submission = read_submission(folder, self.assignment)
        except UnreadableNotebook as error:
            return GradedFolder(student_id, folder, problem=str(error))
        return self.grade_bytes(student_id, folder, submission)

    def grade_bytes(self, student_id: str, folder: Path, submission: Submission) -> GradedFolder:
        """Grade what was read from a folder."""
        digest = submission.digest
        try:
            done = grade(
                submission.raw,
                self.assignment,
                self.worker,
                self.secret,
                self.settings.blocked_share,
            )
        except UnreadableNotebook as error:
            return GradedFolder(student_id, folder, digest, problem=str(error))
        except SandboxError:
            raise
        except Exception as error:  # one submission must never stop a class
            return GradedFolder(student_id, folder, digest, problem=unexpected(error))
        repairs = (*submission.repairs, *done.graded.repairs)
        graded = Graded(done.graded.assignment, done.graded.exercises, repairs, done.graded.notes)
        return GradedFolder(student_id, folder, digest, graded, done.notebook)

    def close(self) -> None:
        """End the worker."""
        self.worker.close()


_grader: FolderGrader | None = None  # of a process of the pool


def start_process(name: str, settings: GradingSettings, secret: str, isolated: bool) -> None:
    """Set up a process of a pool: load the assignment and start the sandboxed worker."""
    global _grader
    _grader = FolderGrader(assignments.load(name), settings, secret, isolated)
    _grader.worker.start()


def _grade(student_id: str, folder: Path) -> GradedFolder:
    assert _grader is not None
    return _grader.grade(student_id, folder)


def grade_bytes(student_id: str, folder: Path, submission: Submission) -> GradedFolder:
    """Grade what was read from a folder, in a process that :func:`start_process` has set up."""
    assert _grader is not None
    return _grader.grade_bytes(student_id, folder, submission)


def default_jobs() -> int:
    """As many jobs as cores, or fewer where memory is short."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    fitting = int(psutil.virtual_memory().available // MEMORY_A_JOB)
    return max(1, min(cores or 1, fitting))


def grade_folders(
    submissions: Iterable[tuple[str, Path]],
    assignment: Assignment,
    settings: GradingSettings,
    secret: str,
    isolated: bool,
    jobs: int,
) -> Iterator[GradedFolder]:
    """Grade submitted folders in parallel and yield results as they come.

    Parameters:
        submissions: pairs of student and folder.
        assignment, settings, secret, isolated: see :class:`FolderGrader`.
        jobs: how many to grade at the same time; 1 uses this process.
    """
    if jobs == 1:
        own = FolderGrader(assignment, settings, secret, isolated)
        try:
            for student_id, folder in submissions:
                yield own.grade(student_id, folder)
        finally:
            own.close()
        return
    # A fork server: processes start warm, and none is forked from this one, which has threads and
    # an open gradebook.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["grader.pool"])
    pool = ProcessPool(
        max_workers=jobs,
        context=context,
        initializer=start_process,
        initargs=(assignment.name, settings, secret, isolated),
    )
    try:
        yield from _through(pool, submissions, jobs)
        pool.close()
    finally:
        # After an interrupt nothing is waited for: what is not recorded is graded the next time.
        pool.stop()
        pool.join()


def _through(
    pool: ProcessPool, submissions: Iterable[tuple[str, Path]], jobs: int
) -> Iterator[GradedFolder]:
    waiting = iter(submissions)
    running: dict[Future[GradedFolder], tuple[str, Path, int]] = {}

    def schedule(student_id: str, folder: Path, attempt: int) -> None:
        future: Future[GradedFolder] = pool.schedule(_grade, args=(student_id, folder))
        running[future] = (student_id, folder, attempt)

    exhausted = False
    while running or not exhausted:
        while not exhausted and len(running) < _WAITING_PER_JOB * jobs:
            following = next(waiting, None)
            if following is None:
                exhausted = True
            else:
                schedule(*following, attempt=1)
        done, _others = wait(running, timeout=0.5, return_when=FIRST_COMPLETED)
        for future in done:
            student_id, folder, attempt = running.pop(future)
            error = future.exception()
            if error is None:
                yield future.result()
            elif attempt < _ATTEMPTS:
                schedule(student_id, folder, attempt + 1)
            else:
                reason = f"Grading it failed {attempt} times ({type(error).__name__}: {error})."
                yield GradedFolder(student_id, folder, problem=reason)
