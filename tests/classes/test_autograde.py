"""``python -m grader autograde`` as an instructor meets it: parallel, resumable, losing nothing."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from grader.authoring.simulate import write_class
from grader.classes.pool import default_jobs, jobs_for
from grader.paths import PROJECT
from grader.sandbox.host import bubblewrap
from tests.helpers.commands import run_command
from tests.helpers.waiting import hand_in_waiting, letting_go, wait_for_waiting

NAME = "a4_deep_network"
STUDENTS = 6


class Course:
    """A course folder with a simulated class."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.environment = os.environ | {"COURSE_ROOT": str(root), "CLASS_SECRET": "a test"}

    def command(self, *options: str) -> list[str]:
        isolation = ["--no-sandbox"] if bubblewrap.why_unavailable() else []
        return [sys.executable, "-m", "grader", "autograde", NAME, *isolation, *options]

    def start(self, *options: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            self.command("--json", *options),
            env=self.environment,
            cwd=PROJECT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            # What a shell starts in the background ignores Ctrl-C, and so would its children.
            preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
        )

    def run(self, *options: str) -> list[dict[str, Any]]:
        jobs = () if "--jobs" in options else ("--jobs", "1")
        words = self.command("--json", *jobs, *options)[1:]
        done = run_command(*words, environment=self.environment)
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def expected(self) -> dict[str, float]:
        text = (self.root / "submitted" / "expected.json").read_text(encoding="utf-8")
        return {name: entry["score"] for name, entry in json.loads(text)[NAME].items()}

    def marks(self) -> dict[str, float]:
        """The marks as the gradebook has them, which must be whole."""
        from nbgrader.api import Gradebook

        with sqlite3.connect(self.root / "gradebook.db") as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            return {s.student.id: s.score for s in gradebook.assignment_submissions(NAME)}


@pytest.fixture(scope="module")
def submitted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("class") / "submitted"
    write_class(NAME, STUDENTS, 3, folder)
    return folder


@pytest.fixture
def course(submitted: Path, tmp_path: Path) -> Course:
    shutil.copytree(submitted, tmp_path / "submitted")
    return Course(tmp_path)


@pytest.fixture(scope="module")
def graded(submitted: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class that has been graded with two jobs."""
    root = tmp_path_factory.mktemp("graded")
    shutil.copytree(submitted, root / "submitted")
    made = Course(root)
    made.run("--jobs", "2")
    return made


def _copy(graded: Course, root: Path) -> Course:
    shutil.copytree(graded.root, root / "copy", symlinks=True)
    return Course(root / "copy")


def _graded_students(events: list[dict[str, Any]]) -> list[str]:
    return [event["student"] for event in events if event["event"] == "graded"]


def test_a_class_gets_the_marks_it_must_get(graded: Course) -> None:
    assert graded.marks() == graded.expected()


def test_few_submissions_are_graded_one_after_another_unless_more_jobs_are_asked_for() -> None:
    cores = default_jobs()
    assert [jobs_for(count) for count in (0, 1, 3, 1000)] == [1, 1, 1, cores]
    assert [jobs_for(count, asked=2) for count in (0, 1, 3, 1000)] == [1, 1, 2, 2]


def test_running_again_without_changes_does_nothing(graded: Course, tmp_path: Path) -> None:
    events = _copy(graded, tmp_path).run()
    assert _graded_students(events) == []
    assert events[-1]["up_to_date"] == STUDENTS


def test_a_changed_submission_is_graded_again_and_no_other(graded: Course, tmp_path: Path) -> None:
    course = _copy(graded, tmp_path)
    path = course.root / "submitted" / "ada" / NAME / f"{NAME}.ipynb"
    path.write_text(path.read_text(encoding="utf-8").replace("* 0.01", "* 0.1"), encoding="utf-8")
    assert _graded_students(course.run()) == ["ada"]
    assert course.marks()["ada"] < graded.marks()["ada"]


def test_marks_of_an_older_edition_are_called_stale(graded: Course, tmp_path: Path) -> None:
    course = _copy(graded, tmp_path)
    state = course.root / "autograded" / "ada" / NAME / ".grading.json"
    known = json.loads(state.read_text(encoding="utf-8"))
    state.chmod(0o644)
    state.write_text(json.dumps(known | {"fingerprint": "an older edition"}), encoding="utf-8")
    assert course.run()[-1]["stale"] == ["ada"]
    assert sorted(_graded_students(course.run("--force"))) == sorted(course.expected())


def test_one_job_and_two_jobs_export_the_same_bytes(course: Course, graded: Course) -> None:
    course.run("--jobs", "1")
    exported = []
    for one in (course, graded):
        command = ("-m", "nbgrader", "export", "--to", str(one.root / "grades.csv"))
        run_command(*command, environment=one.environment)
        exported.append((one.root / "grades.csv").read_bytes())
    assert exported[0] == exported[1]


def _events(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    assert process.stdout is not None
    for line in process.stdout:
        yield json.loads(line)


@pytest.fixture
def waiting(course: Course) -> Course:
    """A class in which the notebook of a further student, zoe, waits until it is let go on."""
    hand_in_waiting(course.root / "submitted", "zoe", "ada", NAME)
    return course


def _finish(course: Course) -> None:
    """Hand in for zoe what does not wait, grade the rest, and look at all marks."""
    shutil.rmtree(course.root / "submitted" / "zoe")
    shutil.copytree(course.root / "submitted" / "ada", course.root / "submitted" / "zoe")
    course.run()
    assert course.marks() == course.expected() | {"zoe": course.expected()["ada"]}


def test_after_ctrl_c_the_next_run_goes_on_where_it_stopped(waiting: Course) -> None:
    process = waiting.start("--jobs", "2")
    first = next(event for event in _events(process) if event["event"] == "graded")
    wait_for_waiting(process.pid)
    process.send_signal(signal.SIGINT)
    rest = [event["student"] for event in _events(process) if event["event"] == "graded"]
    assert process.wait() == 130
    done = {first["student"], *rest}
    assert "zoe" not in done
    assert set(waiting.marks()) >= done
    assert not done & set(_graded_students(waiting.run("--student", first["student"])))
    _finish(waiting)


def test_nothing_is_lost_when_the_coordinator_is_killed(waiting: Course) -> None:
    process = waiting.start("--jobs", "2")
    next(event for event in _events(process) if event["event"] == "graded")
    wait_for_waiting(process.pid)
    helpers = psutil.Process(process.pid).children(recursive=True)
    process.kill()
    process.wait()
    _gone, alive = psutil.wait_procs(helpers, timeout=60)
    assert not alive, "a process outlives its coordinator"
    _finish(waiting)


def test_nothing_is_lost_when_a_process_of_the_pool_is_killed(waiting: Course) -> None:
    process = waiting.start("--jobs", "2")
    events = _events(process)
    seen = [next(event for event in events if event["event"] == "graded")]
    at_work = wait_for_waiting(process.pid).parents()
    next(one for one in _worker_parents(process.pid) if one in at_work).kill()
    with letting_go(process.pid):
        seen += [event for event in events if event["event"] == "graded"]
    assert process.wait() == 0
    marks = {event["student"]: event["score"] for event in seen}
    assert marks == waiting.expected() | {"zoe": waiting.expected()["ada"]}


def _worker_parents(pid: int) -> list[psutil.Process]:
    """The processes of the pool: those that have a sandboxed worker below them."""
    found = []
    for child in psutil.Process(pid).children(recursive=True):
        with contextlib.suppress(psutil.Error):  # it may just be ending
            below = [" ".join(grandchild.cmdline()) for grandchild in child.children()]
            has_worker = any("grader.sandbox.guest.worker" in line for line in below)
            if has_worker and "grader.sandbox.guest.worker" not in " ".join(child.cmdline()):
                found.append(child)
    return found


FULL_DISK = """
set -u
mount -t tmpfs -o size=$SMALL tmpfs "$COURSE_ROOT"
cp -r "$SUBMITTED" "$COURSE_ROOT/submitted"
echo "first run"; "$@"; echo "ended with $?"
cp "$COURSE_ROOT/gradebook.db" "$KEPT/full.db"
mount -o remount,size=1g "$COURSE_ROOT"
"$@" || exit 1
cp "$COURSE_ROOT/gradebook.db" "$KEPT/gradebook.db"
"""


def _size(folder: Path) -> int:
    """The pages that a file system in memory needs for a folder."""
    return sum(4096 + -(-path.stat().st_size // 4096) * 4096 for path in folder.rglob("*"))


def test_a_full_disk_loses_nothing(submitted: Path, graded: Course, tmp_path: Path) -> None:
    (tmp_path / "disk").mkdir()
    course = Course(tmp_path / "disk")
    alone = ["unshare", "--user", "--map-root-user", "--mount"]
    if subprocess.run([*alone, "true"], capture_output=True, check=False).returncode:
        pytest.skip("a small disk needs a user namespace, which this system does not allow")
    # Room for the submissions, the gradebook and about half of the autograded notebooks.
    room = _size(graded.root) - _size(graded.root / "autograded") // 2
    environment = course.environment | {
        "SMALL": str(room),
        "SUBMITTED": str(submitted),
        "KEPT": str(tmp_path),
    }
    # In a namespace where everyone is root, the sandbox cannot give its privileges away.
    command = course.command("--jobs", "2", "--json", "--no-sandbox")
    done = subprocess.run(
        [*alone, "sh", "-c", FULL_DISK, "sh", *command],
        env=environment,
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "cannot be written" in done.stdout and "ended with 1" in done.stdout
    with sqlite3.connect(tmp_path / "full.db") as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    shutil.copytree(submitted, tmp_path / "submitted")
    graded = Course(tmp_path)
    assert graded.marks() == graded.expected()
