"""Grade on a Dask cluster: the same pure function, on as many machines as there are.

The coordinator reads what was handed in, sends the bytes to the cluster and records what comes
back; it alone writes. A worker needs this project and its packages at the same version, and nothing
of the class. A worker that dies loses what it was grading, which is tried again elsewhere.
"""

from __future__ import annotations

import atexit
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pebble import ProcessPool

from grader.classes.pool import fork_server, grade_bytes, start_process
from grader.exercises.assignment import Assignment
from grader.recording.graded_folder import GradedFolder
from grader.settings.grading import GradingSettings
from grader.submission.notebook_file import UnreadableNotebook
from grader.submission.submission_folder import Submission, read_submission

_WAITING_PER_THREAD = 3
_RETRIES = 3


class ClusterError(Exception):
    """The cluster cannot be used. The message says why and what to do."""


def grade_on_cluster(
    submissions: Iterable[tuple[str, Path]],
    assignment: Assignment,
    settings: GradingSettings,
    secret: str,
    isolated: bool,
    address: str,
) -> Iterator[GradedFolder]:
    """Grade submitted folders on a cluster and yield results as they come.

    Parameters:
        submissions: pairs of student and folder.
        assignment, settings, secret, isolated: as for :func:`grader.classes.pool.grade_folders`.
        address: the scheduler's address, ``tcp://host:8786``.

    Raises:
        ClusterError: Dask is not installed, or there is no scheduler at the address.
    """
    client = _connect(address)
    try:
        yield from _through(client, submissions, assignment, settings, secret, isolated)
    finally:
        client.close()


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as error:
        raise ClusterError(
            "Grading on a cluster needs Dask: pip install distributed==2026.8.0"
        ) from error
    try:
        return Client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise ClusterError(
            f"There is no scheduler at {address} ({error}). Start one with `dask scheduler`, and "
            "workers with `dask worker ADDRESS --nthreads 1 --nworkers auto`."
        ) from error


def _through(
    client: Any,
    submissions: Iterable[tuple[str, Path]],
    assignment: Assignment,
    settings: GradingSettings,
    secret: str,
    isolated: bool,
) -> Iterator[GradedFolder]:
    from distributed import as_completed

    how = (assignment.name, settings, secret, isolated)
    waiting = iter(submissions)
    running = as_completed(loop=client.loop)
    sent: dict[str, tuple[str, Path]] = {}

    def send_more() -> Iterator[GradedFolder]:
        threads = sum(client.nthreads().values())
        while len(sent) < max(4, _WAITING_PER_THREAD * threads):
            following = next(waiting, None)
            if following is None:
                return
            student_id, folder = following
            try:
                submission = read_submission(folder, assignment)
            except UnreadableNotebook as error:
                yield GradedFolder(student_id, folder, problem=str(error))
                continue
            future = client.submit(
                _grade_on_worker,
                how,
                student_id,
                folder,
                submission,
                pure=False,
                retries=_RETRIES,
            )
            sent[future.key] = following
            running.add(future)

    yield from send_more()
    while sent:
        future = next(running)
        student_id, folder = sent.pop(future.key)
        error = future.exception()
        if error is None:
            yield future.result()
        else:
            reason = f"Grading it failed on the cluster ({type(error).__name__}: {error})."
            yield GradedFolder(student_id, folder, problem=reason)
        yield from send_more()


_How = tuple[str, GradingSettings, str, bool]
_processes: dict[_How, ProcessPool] = {}


def _grade_on_worker(
    how: _How, student_id: str, folder: Path, submission: Submission
) -> GradedFolder:
    """What a worker of the cluster runs: grade in a process of its own, warm from then on.

    A worker of the cluster has threads, which a process that forks must not have.
    """
    if how not in _processes:
        pool = ProcessPool(
            max_workers=1, context=fork_server(), initializer=start_process, initargs=how
        )
        _processes[how] = pool
        atexit.register(pool.stop)
    arguments = (student_id, folder, submission)
    graded: GradedFolder = _processes[how].schedule(grade_bytes, args=arguments).result()
    return graded
