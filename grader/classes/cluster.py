"""Grade on a Dask cluster: the same pure function, on as many machines as there are.

The coordinator reads what was handed in, sends the bytes to the cluster and records what comes
back; it alone writes. A worker needs this project and its packages at the same version, and nothing
of the class. If a worker dies, its submission is tried again elsewhere.
"""

from __future__ import annotations

import atexit
import multiprocessing
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pebble import ProcessPool

from grader.classes.folder_grader import HandedIn, digest_in, read, why_nothing
from grader.classes.fork_server import fork_server
from grader.classes.grading_job import GradingJob
from grader.classes.pool import grade_bytes, start_process
from grader.recording.grading_result import GradingResult
from grader.text.terminal import CannotGoOn

_WAITING_PER_THREAD = 3
_RETRIES = 3


class ClusterError(CannotGoOn):
    """The cluster cannot be used. The message says why and what to do."""


def grade_on_cluster(
    submissions: Iterable[tuple[str, Path]], job: GradingJob, address: str
) -> Iterator[GradingResult]:
    """Grade submitted folders on a cluster and yield results as they come.

    Parameters:
        submissions: pairs of student and folder.
        job: how they are graded.
        address: the scheduler's address, ``tcp://host:8786``.

    Raises:
        ClusterError: Dask is not installed, there is no scheduler at the address, or no longer, or
            a worker cannot grade.
    """
    client = _connect(address)
    try:
        _set_up_workers(client)
        yield from _through(client, submissions, job)
        client.run(_end_on_worker, job, on_error="ignore")
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
    client: Any, submissions: Iterable[tuple[str, Path]], job: GradingJob
) -> Iterator[GradingResult]:
    from distributed import as_completed

    assignment = job.assignment
    waiting = iter(submissions)
    running = as_completed(loop=client.loop)
    sent: dict[str, tuple[str, Path]] = {}

    def send_more() -> Iterator[GradingResult]:
        threads = sum(client.nthreads().values())
        while len(sent) < max(4, _WAITING_PER_THREAD * threads):
            following = next(waiting, None)
            if following is None:
                return
            student_id, folder = following
            submission = read(folder, assignment)
            if (problem := why_nothing(submission)) is not None:
                digest = digest_in(folder, assignment)
                yield GradingResult(student_id, folder, digest, problem=problem)
                continue
            future = client.submit(
                _grade_on_worker,
                job,
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
        if future.cancelled():
            raise ClusterError(
                "The scheduler has ended, or has given up what it was sent. Where it does not run, "
                "start it and its workers; then run the same command again: it goes on."
            )
        error = future.exception()
        if error is None:
            yield future.result()
        else:
            reason = f"Grading it failed on the cluster ({type(error).__name__}: {error})."
            yield GradingResult(student_id, folder, problem=reason)
        yield from send_more()


def _set_up_workers(client: Any) -> None:
    try:
        client.register_worker_callbacks(_set_up_worker)
    except Exception as error:  # whatever a worker says
        raise ClusterError(
            f"A worker of the cluster cannot grade ({type(error).__name__}: {error}). Each needs "
            "this project and its packages, in the versions that are here: see docs/scale.md."
        ) from error


def _set_up_worker() -> None:
    """What each worker of the cluster runs first, whenever it joins or is started again.

    Dask's nannies start workers that may have no processes, lest they outlive them. These do not:
    they are started from here, the main thread, and the kernel ends them with it.
    """
    multiprocessing.current_process().daemon = False
    fork_server()


_MOST_POOLS = 2
_pools: dict[GradingJob, ProcessPool] = {}  # of a worker of the cluster; the last used comes last
_one_at_a_time = threading.Lock()


def _grade_on_worker(
    job: GradingJob, student_id: str, folder: Path, submission: HandedIn
) -> GradingResult:
    """What a worker of the cluster runs: grade in a process of its own, warm from then on.

    A worker of the cluster has threads, which a process that forks must not have.
    """
    with _one_at_a_time:
        pool = _pools.pop(job, None) or ProcessPool(
            max_workers=1, context=fork_server(), initializer=start_process, initargs=(job,)
        )
        _pools[job] = pool
        superfluous = [_pools.pop(one) for one in list(_pools)[:-_MOST_POOLS]]
        running = pool.schedule(grade_bytes, args=(student_id, folder, submission))
    _end(superfluous)
    graded: GradingResult = running.result()
    return graded


def _end_on_worker(job: GradingJob) -> None:
    """What a worker of the cluster runs when a class is graded."""
    with _one_at_a_time:
        ended = [_pools.pop(job)] if job in _pools else []
    _end(ended)


def _end(pools: Iterable[ProcessPool]) -> None:
    """End processes, each when it has graded what it was given."""
    for pool in pools:
        pool.close()
        pool.join()


@atexit.register
def _stop_all() -> None:
    for pool in _pools.values():
        pool.stop()
