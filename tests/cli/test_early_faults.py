"""What is wrong with a configuration or a command is told before the work, in a sentence."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.authoring.check_course import check_course
from grader.exercises.assignment import AssignmentError
from tests.helpers.commands import run_command
from tests.helpers.copies import copy_of_the_project

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
    tmp_path: Path, line: str, words: str, command: str
) -> None:
    (tmp_path / "nbgrader_config.py").write_text(f"c = get_config()\n{line}\n", encoding="utf-8")
    environment = os.environ | {"COURSE_ROOT": str(tmp_path)}
    done = run_command("-m", "grader", *command.split(), environment=environment)
    assert done.returncode == 1
    assert words in done.stderr and "Traceback" not in done.stderr
    assert done.stdout == ""


def test_so_is_a_fault_in_the_configuration_of_the_course(tmp_path: Path) -> None:
    copy_of_the_project(tmp_path / "course")
    line, words = CUT_OFF
    with (tmp_path / "course" / "nbgrader_config.py").open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")
    done = subprocess.run(
        [sys.executable, "-m", "grader", "autograde", "a4"],
        cwd=tmp_path / "course",
        capture_output=True,
        text=True,
    )
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


GONE = """
import os, runpy, sys
os.mkdir("gone")
os.chdir("gone")
os.rmdir("../gone")
sys.argv = ["grader", "report", "a4"]
runpy.run_module("grader", run_name="__main__")
"""


def test_where_the_current_folder_is_gone_commands_work(tmp_path: Path) -> None:
    environment = os.environ | {"COURSE_ROOT": str(tmp_path)}
    done = run_command("-c", GONE, environment=environment, folder=tmp_path)
    assert "There are no marks of a4_deep_network" in done.stderr, done.stderr
