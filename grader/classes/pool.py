"""Grade many submissions at once, each process with a warm sandboxed worker of its own.

A process of the pool is trusted: it repairs and judges. Students' code runs one level further down,
in the sandbox. Whatever happens to a process of the pool costs no mark: its submission is graded
again.
"""

from __future__ import annotations

import gc
import itertools
import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

import psutil
from pebble import ProcessPool

from grader.classes.folder_grader import FolderGrader, HandedIn
from grader.classes.fork_server import FEW, fork_server
from grader.classes.grading_job import GradingJob
from grader.judging.grade import preparation
from grader.judging.graded import GradedExercise
from grader.recording.grading_result import GradingResult
from grader.sandbox import system_calls
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.worker import SandboxError

MEMORY_A_JOB = 500 << 20
"""The memory that a process of the pool and its worker may need together, in bytes."""

_ATTEMPTS = 3
_WAITING_PER_JOB = 8
_MOST_RENEWALS = 5


_grader: FolderGrader | None = None  # of a process of the pool


def start_process(job: GradingJob, way: bubblewrap.Way | None = None) -> None:
    """Set up a process of a pool: load the assignment and start the sandboxed worker.

    Parameters:
        job: how submissions are graded.
        way: how bubblewrap is started on this machine, where that has been found out.
    """
    global _grader
    system_calls.end_with_parent()  # with the server that forked it
    if way is not None:
        bubblewrap.take_way(way)
    _grader = FolderGrader(job)
    with suppress(SandboxError):  # the first submission tries again, and reports the fault
        _grader.worker.begin()
        _grader.worker.prepare(preparation(_grader.assignment, job.secret))
    keep_for_good()


def _grade(
    student_id: str, folder: Path, known: Mapping[str, GradedExercise] | None
) -> GradingResult:
    assert _grader is not None
    return _grader.grade(student_id, folder, known)


def grade_bytes(student_id: str, folder: Path, submission: HandedIn) -> GradingResult:
    """Grade what was read from a folder, in a process that :func:`start_process` has set up."""
    assert _grader is not None
    return _grader.grade_read(student_id, folder, submission)


def keep_for_good() -> None:
    """Let the collector of garbage pass over all that is there now: modules, cases, known mistakes.

    It would look through them again and again while submissions come and go.
    """
    gc.collect()
    gc.freeze()


def jobs_for(submissions: int, asked: int | None = None) -> int:
    """How many submissions to grade at the same time.

    It is 1 where there are so few that this process has graded them before others have started.

    Parameters:
        submissions: how many there are.
        asked: how many somebody asked for; None where nobody did.
    """
    wanted = asked or (default_jobs() if submissions > FEW else 1)
    return max(1, min(wanted, submissions))


def default_jobs() -> int:
    """As many jobs as cores, or fewer where memory is short."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    fitting = int(psutil.virtual_memory().available // MEMORY_A_JOB)
    return max(1, min(cores or 1, fitting))


class WarmPool:
    """A pool of processes that grade, and another one where its processes were killed.

    They warm up in the background, while the caller gets ready. Use it as a context, or stop it.

    Parameters:
        job: how they grade.
        jobs: how many processes.
    """

    def __init__(self, job: GradingJob, jobs: int) -> None:
        self.jobs = jobs
        self._job = job
        self._renewals = 0
        self._pool = self._started()

    def _started(self) -> ProcessPool:
        pool = ProcessPool(
            max_workers=self.jobs,
            context=fork_server(),
            initializer=start_process,
            initargs=(self._job, bubblewrap.working_way() if self._job.isolated else None),
        )
        pool.schedule(_warm_up)  # the first task starts all processes
        return pool

    def schedule(
        self, student_id: str, folder: Path, known: Mapping[str, GradedExercise] | None
    ) -> Future[GradingResult]:
        """Have one folder graded.

        Raises:
            SandboxError: the processes end again and again.
        """
        try:
            future: Future[GradingResult] = self._pool.schedule(
                _grade, args=(student_id, folder, known)
            )
            return future
        except RuntimeError as error:  # a process was killed while none had anything to do
            self._renewals += 1
            if self._renewals > _MOST_RENEWALS:
                raise SandboxError(
                    "the processes that grade are killed again and again: where memory is short, "
                    "grade fewer submissions at the same time (--jobs 1)"
                ) from error
            self.stop()
            self._pool = self._started()
            return self.schedule(student_id, folder, known)

    @property
    def active(self) -> bool:
        """Whether results can still come."""
        return bool(self._pool.active)

    def stop(self, finished: bool = False) -> None:
        """End all processes; after an interrupt nothing is waited for."""
        if finished:
            self._pool.close()
        self._pool.stop()
        self._pool.join()

    def __enter__(self) -> WarmPool:
        return self

    def __exit__(self, error: type[BaseException] | None, *_more: object) -> None:
        self.stop(finished=error is None)  # what is not recorded is graded the next time


def _warm_up() -> None:
    """Nothing: a process is warm once its initializer has run."""


def grade_folders(
    submissions: Iterable[tuple[str, Path]],
    job: GradingJob,
    jobs: int,
    known: Mapping[str, Mapping[str, GradedExercise]] | None = None,
    pool: WarmPool | None = None,
) -> Iterator[GradingResult]:
    """Grade submitted folders in parallel and yield results as they come.

    Parameters:
        submissions: pairs of student and folder.
        job: how they are graded.
        jobs: how many to grade at the same time; 1 uses this process.
        known: for each student the exercises that stay as they are.
        pool: the processes, where some are warm for this job already.
    """
    known = known or {}
    if pool is not None:
        yield from _through(pool, submissions, known)
    elif jobs == 1:
        with FolderGrader(job) as grader:
            for student_id, folder in submissions:
                yield grader.grade(student_id, folder, known.get(student_id))
    else:
        with WarmPool(job, jobs) as own:
            yield from _through(own, submissions, known)


@dataclass(frozen=True)
class Ended:
    """A task of a pool that has ended, well or not: what it was, and how often it was tried."""

    pool: WarmPool
    future: Future[GradingResult]
    student_id: str
    folder: Path
    known: Mapping[str, GradedExercise] | None
    attempt: int


Results = SimpleQueue[Ended]


def start_grading(
    results: Results,
    pool: WarmPool,
    student_id: str,
    folder: Path,
    known: Mapping[str, GradedExercise] | None = None,
    attempt: int = 1,
) -> None:
    """Have one folder graded in the background.

    Parameters:
        results: where word of its end is put; :func:`result_of` makes something of it.
        pool: the processes that grade.
        student_id, folder: whose folder it is.
        known: exercises that stay as they are.
        attempt: how often it was tried, this time included.

    Raises:
        SandboxError: the processes end again and again.
    """
    future = pool.schedule(student_id, folder, known)
    future.add_done_callback(
        lambda ended: results.put(Ended(pool, ended, student_id, folder, known, attempt))
    )


def result_of(results: Results, ended: Ended) -> GradingResult | None:
    """What came of a folder; None where it is graded once more, since a process ended.

    Raises:
        SandboxError: the sandbox does not work.
    """
    error = ended.future.exception()
    if error is None:
        return ended.future.result()
    of_submission = not isinstance(error, BrokenProcessPool)
    if of_submission and ended.attempt >= _ATTEMPTS:
        if isinstance(error, SandboxError):
            raise error
        reason = f"Grading it failed {ended.attempt} times ({type(error).__name__}: {error})."
        return GradingResult(ended.student_id, ended.folder, problem=reason)
    start_grading(
        *(results, ended.pool, ended.student_id, ended.folder, ended.known),
        ended.attempt + of_submission,
    )
    return None


def _through(
    pool: WarmPool,
    submissions: Iterable[tuple[str, Path]],
    known: Mapping[str, Mapping[str, GradedExercise]],
) -> Iterator[GradingResult]:
    waiting = iter(submissions)
    results: Results = SimpleQueue()
    running = 0
    while True:
        for student_id, folder in itertools.islice(waiting, _WAITING_PER_JOB * pool.jobs - running):
            start_grading(results, pool, student_id, folder, known.get(student_id))
            running += 1
        if not running:
            return
        try:
            done = result_of(results, results.get(timeout=1.0))
        except Empty:
            if not pool.active:
                raise RuntimeError("the pool of grading processes has ended") from None
            continue
        if done is not None:
            running -= 1
            yield done
