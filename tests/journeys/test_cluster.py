"""Grading on a Dask cluster of real processes, one of which dies in the middle of a class."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from distributed import Client

from grader.authoring.simulate import write_class
from grader.classes import cluster as cluster_room
from grader.classes.cluster import ClusterError
from grader.classes.grading_job import GradingJob
from grader.paths import PROJECT
from grader.settings.class_secret import class_secret
from grader.settings.grading_settings import GradingSettings
from tests.helpers.waiting import hand_in_waiting, letting_go, wait_for_waiting

STUDENTS = 6


def _environment(course: Path) -> dict[str, str]:
    # The machines of a cluster share the class's secret; here through the environment.
    own = {"COURSE_ROOT": str(course), "CLASS_SECRET": class_secret()}
    return os.environ | own | {"PYTHONPATH": str(PROJECT)}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """A scheduler and two workers as the documentation starts them: the address, and the process
    that starts each worker, again when it dies."""
    environment = _environment(tmp_path)
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler", "--port", "0"]
    command += ["--host", "127.0.0.1", "--no-dashboard"]
    scheduler = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)
    processes = [scheduler]
    try:
        assert scheduler.stderr is not None
        address = ""
        for line in scheduler.stderr:
            if found := re.search(r"Scheduler at:\s+(tcp://\S+)", line):
                address = found[1]
                break
        command = [sys.executable, "-m", "distributed.cli.dask_worker", address]
        command += ["--nthreads", "1", "--nworkers", "2", "--no-dashboard"]
        command += ["--local-directory", str(tmp_path)]
        log = subprocess.DEVNULL
        nannies = subprocess.Popen(command, env=environment, stderr=log, text=True)
        processes.append(nannies)
        yield address, nannies
    finally:
        for process in processes:
            _end(process)


@pytest.fixture(scope="module", autouse=True)
def without_scheduler(
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[subprocess.Popen[str]]:
    """A command that waits for a scheduler that is not there, while other tests run."""
    root = tmp_path_factory.mktemp("lonely")
    write_class("a4_deep_network", 1, 5, root / "submitted")
    command = [sys.executable, "-m", "grader", "autograde", "a4_deep_network"]
    run = subprocess.Popen(
        [*command, "--scheduler", "tcp://127.0.0.1:9"],
        env=_environment(root),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    yield run
    _end(run)


def _end(process: subprocess.Popen[str]) -> None:
    if process.poll() is None:
        for child in psutil.Process(process.pid).children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):
                child.kill()
        process.kill()
    process.wait()
    if process.stderr is not None:
        process.stderr.close()


def test_every_mark_arrives_though_a_worker_dies_in_the_middle_of_a_class(
    cluster: tuple[str, subprocess.Popen[str]], tmp_path: Path
) -> None:
    address, nannies = cluster
    submitted = tmp_path / "submitted"
    write_class("a4_deep_network", STUDENTS, 5, submitted)
    hand_in_waiting(submitted, "zoe", "ada", "a4_deep_network")
    command = [sys.executable, "-m", "grader", "autograde", "a4_deep_network", "--json"]
    run = subprocess.Popen(
        [*command, "--scheduler", address],
        env=_environment(tmp_path),
        stdout=subprocess.PIPE,
        text=True,
        cwd=PROJECT,
    )
    marks: dict[str, float] = {}
    assert run.stdout is not None
    with contextlib.ExitStack() as until_the_end:
        for line in run.stdout:
            event = json.loads(line)
            if event["event"] == "graded":
                marks[event["student"]] = event["score"]
                if len(marks) == 2:
                    _kill_what_grades(wait_for_waiting(nannies.pid), nannies)
                    until_the_end.enter_context(letting_go(nannies.pid))
    assert run.wait() == 0
    run.stdout.close()
    expected = json.loads((submitted / "expected.json").read_text(encoding="utf-8"))
    wanted = {name: entry["score"] for name, entry in expected["a4_deep_network"].items()}
    assert marks == wanted | {"zoe": wanted["ada"]}


def _kill_what_grades(submission: psutil.Process, nannies: subprocess.Popen[str]) -> None:
    """Kill the worker in which a submission waits; nothing of it may be left, though it waits."""
    worker = next(one for one in submission.parents() if one.ppid() == nannies.pid)
    below = worker.children(recursive=True)
    assert submission in below
    worker.kill()
    _gone, left = psutil.wait_procs(below, timeout=60)
    assert not left


def test_a_scheduler_that_is_not_there_gives_one_clear_sentence(
    without_scheduler: subprocess.Popen[str],
) -> None:
    _out, said = without_scheduler.communicate()
    assert without_scheduler.returncode == 1
    assert "There is no scheduler at tcp://127.0.0.1:9" in said
    assert "Traceback" not in said


def test_a_scheduler_that_ends_in_the_middle_of_a_class_gives_one_clear_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    [student] = write_class("a1_numpy_basics", 1, 5, tmp_path)
    folder = tmp_path / student.student_id / "a1_numpy_basics"
    with Client(processes=False, n_workers=0, dashboard_address=None) as client:
        future = client.submit(len, "nobody works here")
        future.cancel()
        monkeypatch.setattr(client, "submit", lambda *task, **settings: future)
        job = GradingJob("a1_numpy_basics", GradingSettings(), "secret")
        with pytest.raises(ClusterError, match="run the same command again"):
            list(cluster_room._through(client, [("ada", folder)], job))
