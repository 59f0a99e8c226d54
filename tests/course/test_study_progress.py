"""``progress``: what is done, what is next, and what was learned."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from course.study import study_record
from course.study.hints import hint
from course.study.progress import main as progress_main
from course.study.progress import progress
from course.study.study_record import FILE_NAME
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.paths import RELEASE
from tests.helpers.studying import A4, ENTRY, IN_A4, IN_A5, check, right, run_python


def test_progress_shows_what_is_done_what_is_next_and_what_was_learned(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    check(right)
    hint("compute_cost")
    shown = said(progress)
    assert f"{A4}: 1 of {IN_A4} exercises done" in shown
    assert re.search(r"^  done +linear_forward +\d{4}-", shown, re.MULTILINE)
    assert re.search(r"^  - +compute_cost +1 hint$", shown, re.MULTILINE)
    assert a4.exercise("linear_forward").learned in " ".join(shown.split())
    assert a4.exercise("compute_cost").learned not in " ".join(shown.split())
    assert 'Next: initialize_parameters. In the notebook, hint("initialize_parameters")' in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_progress_says_when_everything_is_done(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    for exercise in a4.exercises:
        study_record.remember(A4, exercise.name, passed=True, hints=3, solution=True)
    shown = said(progress)
    assert f"{IN_A4} of {IN_A4} exercises done" in shown
    assert shown.endswith("All exercises are done.\n")
    assert max(map(len, shown.splitlines())) <= 80


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A folder with two assignments in its release/."""
    made = tmp_path / "course"
    for name in (A4, "a5_cat_classifier"):
        shutil.copytree(
            RELEASE / name,
            made / "release" / name,
            ignore=shutil.ignore_patterns("__pycache__", "datasets", FILE_NAME),
        )
    (made / "release" / A4 / FILE_NAME).write_text(ENTRY + "\n")
    return made


def test_in_the_folder_of_the_course_progress_shows_all_assignments(course: Path) -> None:
    shown = run_python("-m", "course.study.progress", cwd=course)
    assert f"{A4}: 1 of {IN_A4} exercises done" in shown
    assert f"a5_cat_classifier: 0 of {IN_A5} exercises done" in shown
    assert f"In all: 1 of {IN_A4 + IN_A5} exercises done." in shown
    assert f"Next: initialize_parameters in release{os.sep}{A4}." in shown


def test_in_the_folder_of_an_assignment_progress_shows_that_alone(course: Path) -> None:
    shown = run_python("-m", "course.study.progress", cwd=course / "release" / A4)
    assert f"{A4}: 1 of {IN_A4} exercises done" in shown
    assert "a5_cat_classifier" not in shown


def test_progress_takes_folders(course: Path) -> None:
    shown = run_python("-m", "course.study.progress", str(course / "release" / A4), str(course))
    assert shown.count(f"{A4}: 1 of {IN_A4} exercises done") == 1
    assert f"a5_cat_classifier: 0 of {IN_A5} exercises done" in shown


def test_progress_of_the_course_itself_knows_every_assignment() -> None:
    shown = run_python("-m", "course.study.progress")
    for name in assignments.names():
        assert f"{name}: " in shown


def test_progress_refuses_a_folder_that_does_not_exist(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert progress_main([str(tmp_path / "nowhere")]) == 2
    assert "There is no folder" in capsys.readouterr().err


def test_progress_says_so_where_there_is_no_assignment(
    tmp_path: Path, said: Callable[..., str]
) -> None:
    assert "no assignment in this folder" in said(progress, tmp_path)
