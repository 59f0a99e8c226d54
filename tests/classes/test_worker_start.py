"""A sandboxed worker that is killed while it starts is started again."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from multiprocessing import forkserver
from pathlib import Path

import psutil
import pytest

from grader.classes.fork_server import fork_server
from grader.classes.grading_job import GradingJob
from grader.classes.pool import WarmPool, grade_folders
from grader.exercises import assignment as assignments
from grader.paths import PROJECT
from grader.sandbox.host import bubblewrap
from grader.sandbox.host.worker import SandboxError, Worker
from grader.settings.grading_settings import GradingSettings
from tests.helpers.small_class import NAME, Class, solved


class Killer(threading.Thread):
    """Kills the first processes that start as sandboxed workers of this process."""

    def __init__(self, most: int) -> None:
        super().__init__(daemon=True)
        self.most = most
        self.killed: set[int] = set()
        self.stopped = threading.Event()
        # Workers that other tests have started are left alone.
        self.others = {child.pid for child in psutil.Process().children(recursive=True)}

    def run(self) -> None:
        """Look for workers until there were enough, or the test is over."""
        while len(self.killed) < self.most and not self.stopped.wait(0.01):
            for child in psutil.Process(os.getpid()).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    # Not bubblewrap, which has the same words on its command line.
                    words = child.cmdline()
                    is_worker = words[1:2] == ["-c"] and "grader.sandbox.guest.worker" in words
                    known = self.killed | self.others
                    if is_worker and child.pid not in known and len(self.killed) < self.most:
                        child.kill()
                        self.killed.add(child.pid)

    def __enter__(self) -> Killer:
        self.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stopped.set()
        self.join()


def test_a_worker_that_is_killed_while_it_starts_is_started_again(isolated: bool) -> None:
    with Killer(most=1) as killer, Worker("a1_numpy_basics", isolated=isolated) as worker:
        worker.start()
        assert len(killer.killed) == 1
        worker.open().close()


def test_a_worker_that_is_killed_again_and_again_gives_a_sentence(isolated: bool) -> None:
    with (
        Killer(most=100) as killer,
        Worker("a1_numpy_basics", isolated=isolated) as worker,
        pytest.raises(SandboxError, match="does not start, after 3 attempts"),
    ):
        worker.start()
    assert 1 < len(killer.killed) < 10


def test_a_process_of_the_pool_that_is_killed_while_it_starts_costs_no_submission(
    tmp_path: Path, isolated: bool
) -> None:
    full = assignments.load(NAME).max_score
    made = Class(tmp_path)
    folders = [(student, made.hand_in(student, solved())) for student in ("ada", "bob")]
    job = GradingJob(NAME, GradingSettings(), "a test", isolated)
    with WarmPool(job, jobs=1) as pool:
        _first_process_of_a_pool().kill()
        done = list(grade_folders(folders, job, 1, {}, pool))
    assert {one.student_id: one.graded and one.graded.score for one in done} == {
        "ada": full,
        "bob": full,
    }


def _first_process_of_a_pool() -> psutil.Process:
    """Wait until the fork server of this process has a child."""
    while True:
        for child in psutil.Process(os.getpid()).children():
            with contextlib.suppress(psutil.Error):
                if any("forkserver" in word for word in child.cmdline()):
                    for process in child.children():
                        return process
        time.sleep(0.01)


def test_a_way_to_isolate_that_was_found_to_work_is_not_tried_again(
    isolated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not isolated:
        pytest.skip("nothing works here")
    way = bubblewrap.working_way()
    assert way is not None
    tried: list[object] = []
    monkeypatch.setattr(bubblewrap, "_try", lambda way: str(tried.append(way)))
    monkeypatch.setattr(bubblewrap, "_taken", None)
    bubblewrap._working_way.cache_clear()
    try:
        bubblewrap.take_way(way)
        assert bubblewrap.why_unavailable() is None
        assert bubblewrap.working_way() is way
        assert tried == []
    finally:
        bubblewrap._working_way.cache_clear()


def test_a_worker_gets_warm_while_its_caller_does_something_else(isolated: bool) -> None:
    with Worker("a1_numpy_basics", isolated=isolated) as worker:
        worker.begin()
        begun = worker.process_id
        assert begun is not None
        worker.begin()
        worker.start()
        worker.open().close()
        assert worker.process_id == begun


def test_a_process_of_a_pool_imports_neither_nbgraders_applications_nor_what_draws() -> None:
    grades = (
        "import sys, nbformat\n"
        "import grader.classes.pool\n"
        "from grader.recording.autograded_notebook import marks_of\n"
        "marks_of(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell('x')]))\n"
        "print(*{'nbgrader', 'nbconvert', 'sqlalchemy', 'matplotlib'} & set(sys.modules))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", grades], capture_output=True, text=True, check=True, cwd=PROJECT
    )
    assert done.stdout.split() == []


def test_processes_start_where_the_path_of_the_temporary_folder_is_a_long_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    long = "/tmp/" + "long/" * 20
    places: list[str] = []
    monkeypatch.setattr(tempfile, "tempdir", long)
    monkeypatch.setattr(forkserver, "ensure_running", lambda: places.append(tempfile.gettempdir()))
    fork_server()
    assert places == ["/tmp"]
    assert tempfile.gettempdir() == long
