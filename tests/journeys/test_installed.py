"""The wheel in an environment of its own: a new course, a graded class, and a course of nbgrader's.

The environment holds the packages of this one, so that nothing is downloaded, and not this project.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from pathlib import Path

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.paths import PROJECT
from tests.helpers.copies import environment_in
from tests.helpers.existing_course import NAME, make_course, submitted_notebook
from tests.helpers.small_class import isolation, marks_in

ASSIGNMENT = "a1_straight_line"
_WHERE = "import fairgrader, grader.paths as p; print(p.PROJECT); print(p.course_root())"


class Installed:
    """The wheel, the environment it is installed in, and a course that was made with it."""

    def __init__(self, base: Path) -> None:
        self.base = base
        self.python = base / ".venv" / "bin" / "python"
        pip = ("-m", "pip", "-q", "--disable-pip-version-check")
        wheel = (*pip, "wheel", "--no-index", "--no-deps", "--no-build-isolation", "-w", str(base))
        # As an address: at the end of a path pip takes "[2]" for an extra of the package.
        self._run(Path(sys.executable), PROJECT, *wheel, PROJECT.as_uri())
        (self.wheel,) = base.glob("*.whl")
        environment_in(base)
        (self.packages,) = (base / ".venv" / "lib").glob("*/site-packages")
        before = {path.name for path in self.packages.iterdir()}
        self.run(base, *pip, "install", "--no-index", "--no-deps", str(self.wheel))
        self.added = {path.name for path in self.packages.iterdir()} - before
        self.course = base / "O'Brien's course [1]"
        self.told = self.command(base, "quickstart", str(self.course))
        self._give_a_module()
        self.command(self.course / "source", "release")
        self.graded = self.command(self.course, "demo", "--students", "4")

    def _give_a_module(self) -> None:
        """What an author adds: a module of her own, which the notebook imports."""
        (self.course / "utils").mkdir()
        (self.course / "utils" / "given_points.py").write_text("POINTS = (1.0, 2.0)\n")
        path = self.course / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb"
        notebook = nbformat.read(path, as_version=4)
        (imports,) = (cell for cell in notebook.cells if cell.id == "imports")
        imports.source = f"from given_points import POINTS\n{imports.source}"
        nbformat.write(notebook, path)

    def command(self, folder: Path, *words: str, **variables: str) -> str:
        """Run the command ``fairgrader`` in a folder; what it said."""
        program = str(self.python.with_name("fairgrader"))
        return self._run(self.python, folder, program, *words, **variables)

    def run(self, folder: Path, *words: str, **variables: str) -> str:
        """Run Python in a folder; what it said."""
        return self._run(self.python, folder, *words, **variables)

    def _run(self, python: Path, folder: Path, *words: str, **variables: str) -> str:
        own = ("COURSE_ROOT", "PYTHONPATH", "JUPYTER", "CLASS_SECRET")
        kept = {name: text for name, text in os.environ.items() if not name.startswith(own)}
        kept |= {"JUPYTER_PLATFORM_DIRS": "1", **variables}
        done = subprocess.run(
            [str(python), *words], cwd=folder, env=kept, capture_output=True, text=True
        )
        return done.stdout + done.stderr

    def marks(self) -> dict[str, float]:
        """The marks in the gradebook of the course."""
        return marks_in(self.course)

    def expected_marks(self) -> dict[str, float]:
        """The marks that the made-up class must get."""
        text = (self.course / "submitted" / "expected.json").read_text(encoding="utf-8")
        return {student: one["score"] for student, one in json.loads(text)[ASSIGNMENT].items()}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    return Installed(tmp_path_factory.mktemp("installed"))


def test_nothing_but_the_package_is_put_at_the_top_of_the_import_path(installed: Installed) -> None:
    (information,) = installed.added - {"fairgrader"}
    assert information.startswith("fairgrader-"), information
    assert information.endswith(".dist-info"), information


def test_the_wheel_holds_what_the_code_needs_and_nothing_of_this_course(
    installed: Installed,
) -> None:
    with zipfile.ZipFile(installed.wheel) as file:
        names = file.namelist()
        (metadata,) = (file.read(name) for name in names if name.endswith(".dist-info/METADATA"))
    inside = [name.removeprefix("fairgrader/lib/") for name in names]
    for part in ("grader", "utils/course"):
        for path in (PROJECT / part).rglob("*"):
            name = path.relative_to(PROJECT).as_posix()
            if path.suffix in (".j2", ".css", ".js", ".html") or path.name == "course.mo":
                assert name in inside
            if path.suffix == ".mo" and path.stem in assignments.names():
                assert name not in inside
    assert {"grader/sandbox/guest/worker.py", "utils/planar_utils.py", "docs/author.md"} <= {
        *inside
    }
    # Not the file of its own: hatchling finds it by a pattern made of the whole path, so never in a
    # folder whose name has brackets.
    first_line = (PROJECT / "LICENSE").read_bytes().splitlines()[0]
    assert b"License: " + first_line in metadata
    assert not [name for name in names if name.endswith((".h5", ".json", ".png", ".svg", ".pyc"))]
    assert not [name for name in inside if name.startswith(("tests", "source", "grader/site"))]


def test_the_class_of_a_new_course_gets_its_marks(installed: Installed) -> None:
    assert installed.marks() == installed.expected_marks(), installed.graded
    if not isolation():
        assert "WITHOUT THE SANDBOX" not in installed.graded
    assert (installed.course / "feedback" / "ada" / ASSIGNMENT / f"{ASSIGNMENT}.html").is_file()


def test_the_assignment_of_a_new_course_is_sound(installed: Installed) -> None:
    assert "Every exercise is sound." in installed.command(installed.course, "check-course")


def test_students_get_the_modules_of_the_course_and_of_the_package(installed: Installed) -> None:
    released = installed.course / "release" / ASSIGNMENT
    program = "import given_points, public_tests; print(public_tests.__file__, public_tests.CHECKS)"
    said = installed.run(released, "-c", program)
    assert str(released) in said and "fit_line_test" in said


def test_nbgraders_own_command_gives_the_same_marks(installed: Installed) -> None:
    (installed.course / "gradebook.db").rename(installed.course / "of_the_first_command.db")
    said = installed.run(
        installed.course, "-m", "nbgrader", "autograde", ASSIGNMENT, "--force", *isolation()
    )
    assert installed.marks() == installed.expected_marks(), said


def test_what_is_started_from_a_course_finds_its_modules_and_checks(installed: Installed) -> None:
    child = "import course, given_points, public_tests; print(*public_tests.CHECKS)"
    start = f"import fairgrader, subprocess, sys; subprocess.run([sys.executable, '-c', {child!r}])"
    assert "predict_test" in installed.run(installed.course / "source" / ASSIGNMENT, "-c", start)


def test_outside_a_course_the_command_says_what_to_do(installed: Installed) -> None:
    said = installed.command(installed.base, "autograde", "a1")
    assert "there is no course here" in said and "fairgrader quickstart" in said
    assert "usage: fairgrader" in installed.command(installed.base, "--help")


def test_a_new_course_overwrites_nothing(installed: Installed) -> None:
    before = (installed.course / "README.md").stat().st_mtime_ns
    said = installed.command(installed.base, "quickstart", str(installed.course))
    assert "is there already" in said
    assert (installed.course / "README.md").stat().st_mtime_ns == before


@pytest.fixture(scope="module")
def existing(installed: Installed) -> Path:
    """A course of nbgrader's own, graded from a student's folder, which holds modules of hers."""
    root = installed.base / "week by week"
    make_course(root, {"ann": submitted_notebook({})})
    (root / "source").rename(root / "masters")
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.course_id = 'by week'\n"
        "c.CourseDirectory.source_directory = 'masters'\n"
        "c.CourseDirectory.root = '/dev/null/the folder on a server'\n"
    )
    folder = root / "submitted" / "ann" / NAME
    (folder / "grader").mkdir()
    for name in ("numpy.py", "grader/__init__.py"):
        (folder / name).write_text(f"open({str(root / 'imported')!r}, 'w')\n")
    (root / "said").write_text(installed.command(folder, "autograde", NAME, *isolation()))
    return root


def test_a_course_of_nbgraders_own_is_graded_where_one_stands(existing: Path) -> None:
    assert marks_in(existing) == {"ann": 6.5}, (existing / "said").read_text()
    with sqlite3.connect(existing / "gradebook.db") as book:
        assert ("by week",) in book.execute("SELECT id FROM course").fetchall()


def test_nothing_is_imported_from_a_students_folder_in_which_one_stands(existing: Path) -> None:
    assert not (existing / "imported").exists()


@pytest.mark.parametrize("named", ["", "a class", "a course"])
def test_the_folder_that_is_named_counts_more_than_where_one_stands(
    installed: Installed, tmp_path: Path, named: str
) -> None:
    folder = tmp_path / named
    (folder / "source").mkdir(parents=True)
    if named != "a course":
        (folder / "source").rmdir()
    given = {"COURSE_ROOT": str(folder)} if named else {}
    course, root = installed.run(installed.course / "source", "-c", _WHERE, **given).splitlines()
    assert course == str(folder if named == "a course" else installed.course)
    assert root == str(folder if named else installed.course)
