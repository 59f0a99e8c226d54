"""Grading on a Dask cluster of real processes, one of which dies in the middle of a class."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from grader.authoring.simulate import write_class
from grader.paths import PROJECT
from grader.settings.class_secret import class_secret
from tests.helpers.waiting import hand_in_waiting, letting_go, waiting_below

STUDENTS = 6


def _environment(course: Path) -> dict[str, str]:
    quiet = {"DASK_DISTRIBUTED__WORKER__DAEMON": "False", "COURSE_ROOT": str(course)}
    # The machines of a cluster share the class's secret; here through the environment.
    return os.environ | quiet | {"PYTHONPATH": str(PROJECT), "CLASS_SECRET": class_secret()}


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[str]]]]:
    """A scheduler and two workers as separate processes: the address, and the workers."""
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
        workers = []
        for _number in range(2):
            command = [sys.executable, "-m", "distributed.cli.dask_worker", address]
            command += ["--nthreads", "1", "--no-nanny", "--no-dashboard"]
            command += ["--local-directory", str(tmp_path)]
            log = subprocess.DEVNULL
            workers.append(subprocess.Popen(command, env=environment, stderr=log, text=True))
        processes += workers
        yield address, workers
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
    cluster: tuple[str, list[subprocess.Popen[str]]], tmp_path: Path
) -> None:
    address, workers = cluster
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
                    dying = _worker_with_a_waiting_submission(workers)
                    dying.send_signal(signal.SIGKILL)
                    until_the_end.enter_context(letting_go(*(one.pid for one in workers)))
    assert run.wait() == 0
    run.stdout.close()
    expected = json.loads((submitted / "expected.json").read_text(encoding="utf-8"))
    wanted = {name: entry["score"] for name, entry in expected["a4_deep_network"].items()}
    assert marks == wanted | {"zoe": wanted["ada"]}


def _worker_with_a_waiting_submission(workers: list[subprocess.Popen[str]]) -> Any:
    while True:
        for worker in workers:
            assert worker.poll() is None
            if waiting_below(worker.pid):
                return worker
        time.sleep(0.02)


def test_a_scheduler_that_is_not_there_gives_one_clear_sentence(
    without_scheduler: subprocess.Popen[str],
) -> None:
    _out, said = without_scheduler.communicate()
    assert without_scheduler.returncode == 1
    assert "There is no scheduler at tcp://127.0.0.1:9" in said
    assert "Traceback" not in said
