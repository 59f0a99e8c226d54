"""nbgrader's own commands and buttons give the marks that grading directly gives.

Commands run as processes, as a user runs them, in the folders of a class of their own.
"""

from __future__ import annotations

import csv
import dataclasses
import itertools
import json
import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.hand_graded import questions
from grader.judging.grade import grade
from grader.sandbox.host.worker import Worker
from grader.settings.class_secret import class_secret
from grader.settings.course import course_application
from grader.submission.notebook_bytes import UnreadableNotebook
from tests.helpers.commands import run_command
from tests.helpers.stand_in_course import FULL, NAME, hand_in

WRITTEN = [question.name for question in questions(assignments.load(NAME))]


@dataclasses.dataclass(frozen=True)
class Class:
    """A small class in folders of its own."""

    root: Path
    expected: dict[str, float]

    def copy(self, root: Path) -> Class:
        """The same submissions in other folders."""
        shutil.copytree(self.root / "submitted", root / "submitted")
        return Class(root, self.expected)

    def run(self, *command: str, check: bool = False) -> subprocess.CompletedProcess[str]:
        """Run a command of the project's environment as a user runs it."""
        environment = os.environ | {"COURSE_ROOT": str(self.root)}
        done = run_command("-m", *command, environment=environment)
        if check:
            done.check_returncode()
        return done

    def marks(self) -> dict[str, float]:
        """The marks as ``nbgrader export`` writes them."""
        target = self.root / "grades.csv"
        self.run("nbgrader", "export", f"--to={target}", check=True)
        with target.open(newline="") as file:
            return {row["student_id"]: float(row["score"]) for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def small_class(tmp_path_factory: pytest.TempPathFactory, a4: Assignment, submission: Any) -> Class:
    """Five submissions: right, doubled cell, stripped metadata, wrong answer, unreadable."""
    mistake = a4.exercise("compute_cost").misconceptions[0]
    right = submission(a4)
    doubled = json.loads(right)
    index = next(i for i, c in enumerate(doubled["cells"]) if c["id"] == "linear_forward")
    doubled["cells"].insert(index, doubled["cells"][index])
    stripped = json.loads(right)
    for cell in stripped["cells"]:
        cell["metadata"] = {}
    submissions = {
        "ada": right,
        "bob": json.dumps(doubled).encode(),
        "cy": json.dumps(stripped).encode(),
        "dee": submission(a4, {"compute_cost": a4.variant_source("compute_cost", mistake)}),
        "eve": b"<html>Log in to see this notebook</html>",
    }
    root = tmp_path_factory.mktemp("class")
    for student, raw in submissions.items():
        hand_in(root, student, raw)
    return Class(root, {"ada": FULL, "bob": FULL, "cy": FULL, "dee": FULL - 10, "eve": 0})


def sandbox_option(isolated: bool) -> list[str]:
    """What switches the sandbox off where a machine has none."""
    return [] if isolated else ["--FairGrading.sandbox=False"]


@pytest.fixture(scope="module")
def graded_by_command(small_class: Class, isolated: bool) -> tuple[Class, str]:
    """The class after ``nbgrader autograde``, and what the command said."""
    done = small_class.run("nbgrader", "autograde", NAME, *sandbox_option(isolated))
    assert done.returncode == 1, "one submission cannot be read, and the exit status tells"
    return small_class, done.stderr + done.stdout


def test_direct_grading_gives_the_expected_marks(
    small_class: Class, a4: Assignment, a4_worker: Worker
) -> None:
    for student, expected in small_class.expected.items():
        raw = (small_class.root / "submitted" / student / NAME / f"{NAME}.ipynb").read_bytes()
        if student == "eve":
            with pytest.raises(UnreadableNotebook):
                grade(raw, a4, a4_worker, class_secret())
        else:
            assert grade(raw, a4, a4_worker, class_secret()).graded.score == expected


def test_nbgrader_autograde_gives_the_same_marks(graded_by_command: tuple[Class, str]) -> None:
    group, said = graded_by_command
    assert group.marks() == group.expected
    assert said.count("eve: ") == 1 and "web page" in said
    assert "Traceback" not in said and "Warning" not in said
    assert "1 of 5 submissions could not be graded" in said


def test_formgraders_button_gives_the_same_marks(
    small_class: Class, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, isolated: bool
) -> None:
    from nbgrader.apps import NbGraderAPI

    group = small_class.copy(tmp_path)
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    application = course_application()
    application.config.FairGrading.sandbox = isolated
    api = NbGraderAPI(application.coursedir, parent=application)
    for student in ("bob", "dee", "eve"):
        result = api.autograde(NAME, student)
        assert result["success"] is (student != "eve"), result
    marks = group.marks()
    assert {s: marks[s] for s in ("bob", "dee", "eve")} == {"bob": FULL, "dee": FULL - 10, "eve": 0}
    assert api.get_autograded_students(NAME) == {"bob", "dee", "eve"}
    waiting = api.get_submissions(NAME)
    assert {s["student"]: s["needs_manual_grade"] for s in waiting if s["autograded"]} == {
        "bob": False,
        "dee": False,
        "eve": True,
    }
    assert api.generate_feedback(NAME, "dee")["success"]
    assert guided_answers(group, "bob") == guided_answers(group, "eve") == WRITTEN
    page = tmp_path / "feedback" / "dee" / NAME / f"{NAME}.html"
    assert "Content-Security-Policy" in page.read_text(encoding="utf-8")


def test_the_projects_own_command_gives_the_same_marks(
    graded_by_command: tuple[Class, str], tmp_path: Path, isolated: bool
) -> None:
    group = graded_by_command[0].copy(tmp_path)
    option = [] if isolated else ["--no-sandbox"]
    group.run("grader", "autograde", NAME, *option)
    assert group.marks() == group.expected
    graded_by_command[0].marks()
    ours, nbgraders = (root / "grades.csv" for root in (group.root, graded_by_command[0].root))
    assert ours.read_bytes() == nbgraders.read_bytes()
    assert guided_answers(group, "ada") == WRITTEN


def test_nbgraders_other_commands_work_with_the_result(
    graded_by_command: tuple[Class, str],
) -> None:
    group = graded_by_command[0]
    done = group.run("nbgrader", "generate_feedback", NAME)
    assert done.returncode == 0, done.stderr
    pages = sorted(group.root.glob(f"feedback/*/{NAME}/{NAME}.html"))
    assert [page.parent.parent.name for page in pages] == ["ada", "bob", "cy", "dee", "eve"]
    assert "could not be graded" in pages[-1].read_text(encoding="utf-8")
    # A page stands alone; what else a student handed in is not copied to it.
    assert {p.name for p in pages[0].parent.iterdir()} == {f"{NAME}.html", "timestamp.txt"}
    listed = group.run("nbgrader", "db", "student", "list")
    assert "ada" in listed.stdout + listed.stderr
    with sqlite3.connect(group.root / "gradebook.db") as database:
        assert database.execute("pragma integrity_check").fetchall() == [("ok",)]


def test_the_autograded_notebook_is_valid_and_holds_the_verdicts(
    graded_by_command: tuple[Class, str], a4: Assignment
) -> None:
    path = graded_by_command[0].root / "autograded" / "dee" / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    grading = notebook.metadata.grading
    verdicts = {entry.name: entry.verdict for entry in grading.exercises}
    assert verdicts.pop("compute_cost") == "wrong" and set(verdicts.values()) <= {"correct"}
    assert grading.fingerprint == a4.fingerprint
    doubled = path.parents[2] / "bob" / NAME / f"{NAME}.ipynb"
    assert nbformat.read(doubled, as_version=4).metadata.grading.repairs
    assert "HIDDEN" not in path.read_text(encoding="utf-8")


def guided_answers(group: Class, student: str) -> list[str]:
    """The answers above which the autograded notebook shows the whole marking guide."""
    path = group.root / "autograded" / student / NAME / f"{NAME}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    guides = {question.name: question.guide for question in questions(assignments.load(NAME))}
    return [
        below.metadata.nbgrader.grade_id
        for above, below in itertools.pairwise(notebook.cells)
        if (name := above.metadata.get("marking_guide"))
        and below.metadata.nbgrader.grade_id == name
        and above.source.endswith(guides[name])
    ]


@pytest.mark.parametrize("student", ["ada", "bob", "cy", "eve"])
def test_a_marker_finds_the_marking_guide_above_every_answer(
    graded_by_command: tuple[Class, str], student: str
) -> None:
    assert guided_answers(graded_by_command[0], student) == WRITTEN


def test_grading_again_without_changes_does_nothing(
    graded_by_command: tuple[Class, str], isolated: bool
) -> None:
    group = graded_by_command[0]
    before = {p: p.stat().st_mtime_ns for p in group.root.glob("autograded/*/*/*")}
    done = group.run("nbgrader", "autograde", NAME, *sandbox_option(isolated))
    assert done.returncode == 0
    assert done.stderr.count("graded already") == 5
    assert {p: p.stat().st_mtime_ns for p in group.root.glob("autograded/*/*/*")} == before
