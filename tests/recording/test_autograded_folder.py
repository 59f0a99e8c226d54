"""The folder of an autograded submission: what lies in it, and who may write there."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.exercises.assignment import Assignment
from grader.judging.graded import Graded
from grader.recording.autograded_folder import Workshop
from grader.recording.grading import STATE_FILE, Grading


@pytest.fixture
def submitted(tmp_path: Path) -> Path:
    """What a student has handed in."""
    folder = tmp_path / "submitted"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "cat.png").write_bytes(b"png")
    (folder / "helper.py").write_text("x = 1")
    return folder


def made(submitted: Path, assignment: Assignment, shared: bool = False) -> Path:
    """The folder that is made of it, in its place."""
    workshop = Workshop(submitted.parent / "autograded", shared)
    grading = Grading.of(Graded(assignment.name, ()), assignment)
    place = submitted.parent / "autograded" / "ada" / assignment.name
    workshop.move(workshop.make({"a4": "{}"}, grading, submitted, copy=True), place)
    workshop.close()
    return place


@pytest.mark.parametrize(
    ("shared", "folder", "file"), [(False, 0o755, 0o444), (True, 0o2775, 0o664)]
)
def test_a_group_that_shares_the_course_may_write_and_nobody_else(
    shared: bool, folder: int, file: int, submitted: Path, a4: Assignment
) -> None:
    place = made(submitted, a4, shared)
    found = [place, *place.rglob("*")]
    assert {path.relative_to(place).as_posix(): path.stat().st_mode & 0o7777 for path in found} == {
        ".": folder,
        "pictures": folder,
        "pictures/cat.png": file,
        "helper.py.txt": file,
        "a4.ipynb": file,
        STATE_FILE: file,
    }


@pytest.mark.parametrize(("time", "copied"), [("2026-11-01 10:20:30 UTC", True), ("soon", False)])
def test_a_time_that_nbgrader_cannot_read_is_not_handed_on(
    time: str, copied: bool, submitted: Path, a4: Assignment
) -> None:
    (submitted / "timestamp.txt").write_text(time)
    copy = made(submitted, a4) / "timestamp.txt"
    assert copy.exists() == copied
    assert not copied or copy.read_text() == time
