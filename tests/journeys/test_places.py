"""The project in folders whose names mean something to a shell, to make, in a pattern or in a URL.

A path is a name. It is never a pattern, never a part of a program, and never goes unquoted.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from grader.authoring.simulate import write_class
from grader.paths import RELEASE
from grader.recording.grading import STATE_FILE
from grader.release.making import STAMP
from grader.sandbox.host import bubblewrap
from grader.settings.course import load_course
from grader.settings.nbgrader_paths import gradebook_url, matching_paths
from tests.helpers.commands import run_command
from tests.helpers.copies import copy_of_the_project, environment_in
from tests.helpers.small_class import marks_in

NAME = "a1_numpy_basics"
NAMES = (
    *("course (1)", "C++", "course [1]", "Kurs ü", "My Course", "O'Brien", "100%", "a;b", "$HOME"),
    *("-x", ".hidden", "#1", 'say "so"', "{a}", "what?", "a*", "a&b|c", "`id`", "%41", "~"),
    "import x",
)
ALL_AT_ONCE = '-import x; $HOME #100% {a} [1] (C++) O\'Brien "ü" a*&?%41~`id`'


# Patterns and addresses --------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_files_are_found_in_a_folder_of_any_name(tmp_path: Path, name: str) -> None:
    for student in ("ada", "bob [1]", "[ab]c", "x*"):
        (tmp_path / name / student / "a4").mkdir(parents=True)
        (tmp_path / name / student / "a4" / "a4.ipynb").touch()
    pattern = str(tmp_path / name)
    assert len(matching_paths(f"{pattern}/*/a4")) == 4
    assert len(matching_paths(f"{pattern}/*/a4/*.ipynb")) == 4
    assert matching_paths(f"{pattern}/bob [1]/a4") == [f"{pattern}/bob [1]/a4"]
    assert matching_paths(f"{pattern}/bob [1]/a4/*.ipynb") == [f"{pattern}/bob [1]/a4/a4.ipynb"]
    assert matching_paths(f"{pattern}/a[a-d]a/a4") == [f"{pattern}/ada/a4"]
    assert matching_paths(f"{pattern}/nobody/a4") == []


def test_a_folder_named_like_a_pattern_does_not_stand_for_all(tmp_path: Path) -> None:
    for student in ("ada", "*"):
        (tmp_path / student / "a4").mkdir(parents=True)
    assert len(matching_paths(f"{tmp_path}/*/a4")) == 2


@pytest.mark.parametrize("name", NAMES)
def test_the_gradebook_lies_in_the_folder_of_the_class(tmp_path: Path, name: str) -> None:
    from nbgrader.coursedir import CourseDirectory
    from sqlalchemy import make_url

    root = tmp_path / name
    plain = CourseDirectory(root=str(root)).db_url
    assert make_url(gradebook_url(root) or plain).database == str(root / "gradebook.db")


@pytest.mark.parametrize("name", ["course (1)", "[1]", "C++", "a.b*"])
def test_a_step_that_is_a_path_is_no_pattern_of_nbgrader_s(tmp_path: Path, name: str) -> None:
    from nbgrader.coursedir import CourseDirectory

    load_course()  # which reads nbgrader_config.py
    course = CourseDirectory(root=str(tmp_path))
    path = course.format_path(str(tmp_path / name), "ada", "a4")
    pattern = course.format_path(str(tmp_path / name), "(?P<student>.*)", "a4", escape=True)
    found = re.fullmatch(pattern, path)
    assert found and found["student"] == "ada"


# The commands ------------------------------------------------------------------------------------


class Copy:
    """A clone of the project somewhere, where `make` has installed nothing yet."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shell: dict[str, str] = {}  # what make finds in the environment besides
        copy_of_the_project(folder)
        with (folder / "nbgrader_config.py").open("a", encoding="utf-8") as file:
            file.write("c.FairGrading.exercise_seconds = 11.5\n")
        if shutil.which("git"):
            who = ("-c", "user.name=A", "-c", "user.email=a@example.org")
            self.run("git", "init", "-q")
            self.run("git", "add", "-A")
            self.run("git", *who, "commit", "-q", "-m", "the course")
            # What git ignores is in no clone; what is compiled already need not be compiled again.
            self.run("git", "clean", "-fdXq", "-e", "!__pycache__", "-e", "!*.pyc")
        environment_in(folder)
        (folder / ".venv" / "test-installed").touch()
        (folder / ".venv" / "site-installed").touch()

    @property
    def environment(self) -> dict[str, str]:
        own = ("COURSE_ROOT", "GIT_", "PYTHONPATH", "MAKEFLAGS", "JUPYTER")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(own)}
        return kept | {"CLASS_SECRET": "a place", "JUPYTER_TOKEN": "t", "BROWSER": "true"}

    def run(self, *words: str, folder: Path | None = None) -> str:
        """Run a command in the copy, or a folder of it; what it said."""
        done = subprocess.run(
            [*words],
            cwd=folder or self.folder,
            env=self.environment | (self.shell if words[0] == "make" else {}),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    def hand_in(self, students: int) -> dict[str, float]:
        """A class; the marks that it must get."""
        group = write_class(NAME, students, 3, self.folder / "submitted")
        return {student.student_id: student.score for student in group}

    def marks(self) -> dict[str, float]:
        """The marks of the gradebook in the copy."""
        return marks_in(self.folder)

    @contextmanager
    def server(self, target: str) -> Iterator[Any]:
        """`make lab` or `make formgrader`; a function that fetches from it."""
        if shutil.which("make") is None:
            pytest.skip("make is not installed")
        process = subprocess.Popen(
            ["make", target],
            cwd=self.folder,
            env=self.environment | self.shell,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        said = []
        try:
            address = None
            for line in process.stdout:
                said.append(line)
                if found := re.search(r"http://(?:localhost|127\.0\.0\.1):\d+", line):
                    address = found[0]
                    break
            assert address, "".join(said)

            def fetch(path: str) -> Any:
                request = urllib.request.Request(
                    f"{address}/{path}", headers={"Authorization": "token t"}
                )
                while True:
                    try:
                        with urllib.request.urlopen(request) as answer:
                            text = answer.read().decode()
                            return json.loads(text) if "/api/" in f"/{path}" else text
                    except urllib.error.HTTPError:
                        raise
                    except urllib.error.URLError as error:  # it says its address, then listens
                        if process.poll() is not None:
                            raise AssertionError("".join(said)) from error
                        time.sleep(0.1)

            yield fetch
        finally:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
            process.stdout.close()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copy]:
    """The project in a folder with everything in its name, in the shell of another project."""
    if bubblewrap.why_unavailable():
        pytest.skip("the class is graded in the sandbox here")
    made = Copy(tmp_path_factory.mktemp("place") / ALL_AT_ONCE)
    other = tmp_path_factory.mktemp("other")
    (other / "numpy.py").write_text("raise ImportError('the NumPy of another project')\n")
    made.shell = {"PYTHONPATH": str(other), "PYTHONOPTIMIZE": "2", "PYTHONWARNINGS": "error"}
    made.shell |= {"VIRTUAL_ENV": str(other), "MPLBACKEND": "TkAgg", "LC_ALL": "C"}
    made.shell |= {"HOME": "/dev/null"}  # where nothing can be written
    made.expected = made.hand_in(2)  # type: ignore[attr-defined]
    made.said = made.run("make", "grade")  # type: ignore[attr-defined]
    yield made
    shutil.rmtree(made.folder / ".venv")  # while other tests run: it takes a while


@pytest.fixture(scope="module")
def work(copy: Any) -> Path:
    """The working copy in it, where a student has begun."""
    copy.run(".venv/bin/python", "-m", "grader", "working-copy")
    folder: Path = copy.folder / "work"
    (folder / "notebooks" / "01_introduction.ipynb").write_text("my work", encoding="utf-8")
    return folder


def test_make_grade_gives_the_marks_and_shows_them(copy: Any) -> None:
    assert copy.marks() == copy.expected
    for student, mark in copy.expected.items():
        assert re.search(rf"^ +{student} +{mark:g}  ", copy.said, re.MULTILINE), copy.said
    assert (copy.folder / "gradebook.db").exists()
    assert [path.name for path in copy.folder.parent.iterdir()] == [ALL_AT_ONCE]


def test_make_grade_leaves_a_feedback_page_for_each_and_says_where(copy: Any) -> None:
    pages = list((copy.folder / "feedback").glob(f"*/{NAME}/{NAME}.html"))
    assert len(pages) == len(copy.expected)
    assert all(page.read_text(encoding="utf-8").startswith("<!") for page in pages)
    assert f"Where to look (in {copy.folder}):" in copy.said


def test_releasing_grading_and_working_leave_a_clone_clean(copy: Any, work: Path) -> None:
    if shutil.which("git") is None:
        pytest.skip("git is not installed")
    assert (copy.folder / "release" / STAMP).exists()
    assert copy.run("git", "status", "--short") == ""


def test_the_solution_is_found_from_the_working_copy_of_a_clone(copy: Any, work: Path) -> None:
    python = str(copy.folder / ".venv" / "bin" / "python")
    program = "from public_tests import *; solution('L1', anyway=True); hint('L1'); progress()"
    said = copy.run(python, "-c", program, folder=work / "release" / NAME)
    assert "return" in said and f"{NAME}: 0 of 9" in said


def test_progress_in_the_course_s_folder_is_that_of_the_working_copy(copy: Any, work: Path) -> None:
    record = work / "release" / NAME / "progress.txt"
    record.write_text(f"passed  2026-03-01 14:05  {NAME}  L1\n", encoding="utf-8")
    said = copy.run(".venv/bin/python", "-m", "course.study.progress")
    assert f"{NAME}: 1 of 9 exercises done" in said


def test_the_settings_of_such_a_folder_count_and_those_of_a_class_in_it(copy: Any) -> None:
    group = copy.folder / "a class of $HOME"
    group.mkdir()
    (group / "nbgrader_config.py").write_text("c.FairGrading.cell_seconds = 12.5\n")
    program = (
        "from grader.settings.course import load_course\n"
        "settings = load_course().settings\n"
        "print(settings.limits.exercise_seconds, settings.limits.cell_seconds)"
    )
    said = copy.run("env", f"COURSE_ROOT={group}", ".venv/bin/python", "-c", program)
    shutil.rmtree(group)
    assert said.split() == ["11.5", "12.5"]


def test_nbgrader_s_own_command_grades_isolated_in_such_a_folder(copy: Any) -> None:
    student = min(copy.expected)
    record = copy.folder / "autograded" / student / NAME / STATE_FILE  # nbgrader alone writes none
    record.unlink()
    words = ("-m", "nbgrader", "autograde", NAME, "--student", student, "--force")
    copy.run(".venv/bin/python", *words)
    assert record.exists()
    assert copy.marks() == copy.expected


def test_make_release_gives_what_is_released_and_no_more(copy: Any) -> None:
    for path in (RELEASE / NAME).rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".txt":
            there = copy.folder / "release" / path.relative_to(RELEASE)
            assert there.read_bytes() == path.read_bytes()
    assert not list((copy.folder / "release").rglob("exercises.py"))


def test_modules_of_the_course_are_found_wherever_python_starts(copy: Any, tmp_path: Path) -> None:
    program = "import grader.paths, lr_utils; print(grader.paths.PROJECT)"
    python = copy.folder / ".venv" / "bin" / "python"
    done = subprocess.run(
        [python, "-c", program], cwd=tmp_path, env=copy.environment, capture_output=True, text=True
    )
    assert done.stdout.strip() == str(copy.folder), done.stderr


def test_make_lab_opens_the_working_copy_with_its_extensions(copy: Any) -> None:
    with copy.server("lab") as fetch:
        names = {entry["name"] for entry in fetch("api/contents")["content"]}
        assert names == {"START.md", "notebooks", "release"}
        news = fetch("lab/api/settings/@jupyterlab%2Fapputils-extension:notification")
        assert news["schema"]["properties"]["checkForUpdates"]["default"] is False
        page = fetch("lab")
    known = re.search(r'"federated_extensions": (\[.*?\])', page)
    assert known and "@jupyter-widgets/jupyterlab-manager" in known[1]


def test_make_formgrader_shows_the_class(copy: Any) -> None:
    with copy.server("formgrader") as fetch:
        found = fetch(f"formgrader/api/submissions/{NAME}")
    assert {entry["student"]: entry["score"] for entry in found} == copy.expected


def test_nbgrader_s_own_commands_work_on_a_class_in_such_a_folder(tmp_path: Path) -> None:
    root = tmp_path / ALL_AT_ONCE
    group = write_class(NAME, 2, 4, root / "submitted")
    (root / "submitted" / group[1].student_id).rename(root / "submitted" / "x [1] (C++)")
    variables = os.environ | {"COURSE_ROOT": str(root), "CLASS_SECRET": "a place"}
    for command in ("autograde", "generate_feedback"):
        done = run_command("-m", "nbgrader", command, NAME, environment=variables)
        assert done.returncode == 0, done.stderr
    pages = list((root / "feedback").rglob("*.html"))
    assert len(pages) == 2
