"""What is wrong with a configuration or a command is told before the work, in a sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.authoring.check_course import check_course
from grader.exercises.assignment import AssignmentError
from tests.helpers.copies import copy_of_the_project


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the project, whose configuration is a test's to spoil."""
    folder = tmp_path_factory.mktemp("project") / "course"
    copy_of_the_project(folder)
    return folder


WRONG_TYPE = ('c.FairGrading.blocked_share = "half"', "has a fault: The 'blocked_share' trait")
CUT_OFF = ("c.FairGrading.blocked_share = (", "has a fault in line")
UNKNOWN_NAME = ("c.FairGrading.blocked_share = half", "name 'half' is not defined")


@pytest.mark.parametrize(
    ("line", "words", "command"),
    [
        (*WRONG_TYPE, "autograde a4"),
        (*CUT_OFF, "autograde a4"),
        (*UNKNOWN_NAME, "autograde a4"),
        (*WRONG_TYPE, "release"),
        (*CUT_OFF, "report a4"),
        (*UNKNOWN_NAME, "demo"),
    ],
)
def test_a_fault_in_the_configuration_is_told_in_a_sentence_before_the_work(
    project: Path, line: str, words: str, command: str
) -> None:
    path = project / "nbgrader_config.py"
    text = path.read_text(encoding="utf-8")
    try:
        path.write_text(f"{text}\n{line}\n", encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-m", "grader", *command.split()],
            cwd=project,
            capture_output=True,
            text=True,
        )
    finally:
        path.write_text(text, encoding="utf-8")
    assert done.returncode == 1
    assert words in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_an_exercise_that_no_assignment_has_is_no_sound_course(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(AssignmentError, match="no exercise linear_foward"):
        check_course(["a4"], ["linear_foward"])
    assert capsys.readouterr().out == ""


def test_modules_that_lie_where_one_stands_are_not_imported(tmp_path: Path) -> None:
    (tmp_path / "argparse.py").write_text("open('imported', 'w')\n")
    done = subprocess.run(
        [sys.executable, "-m", "grader", "--help"], cwd=tmp_path, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "imported").exists()
