"""What is odd about a submission costs one line, and the class goes on."""

from __future__ import annotations

import importlib.machinery
import json
import os
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.exercises.assignment import Assignment
from grader.recording.timestamp import read_timestamp
from grader.submission.submission_folder import InvalidStudentId, check_student_id, read_submission
from tests.helpers.stand_in_course import FULL, NAME, Course, changed, hand_in


def spoil_missing(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()


def spoil_link(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").symlink_to("/etc/passwd")


def spoil_folder_link(folder: Path) -> None:
    shutil.move(folder, folder.with_name("elsewhere"))
    folder.symlink_to(folder.with_name("elsewhere"))


def spoil_pipe(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()
    os.mkfifo(folder / f"{NAME}.ipynb")


def spoil_folder(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").unlink()
    (folder / f"{NAME}.ipynb").mkdir()


def spoil_empty(folder: Path) -> None:
    (folder / f"{NAME}.ipynb").write_bytes(b"")


@pytest.mark.parametrize(
    "spoil",
    [spoil_missing, spoil_link, spoil_folder_link, spoil_pipe, spoil_folder, spoil_empty],
)
def test_a_broken_submission_costs_one_line_and_the_class_goes_on(
    course: Course, right: bytes, spoil: Callable[[Path], None]
) -> None:
    spoil(hand_in(course.root, "bad", right))
    hand_in(course.root, "good", right)
    assert not course.autograde()
    assert len([line for line in course.said if line.startswith("bad: ")]) == 1
    assert course.score("good") == FULL
    with course.gradebook() as gradebook:
        submission = gradebook.find_submission(NAME, "bad")
        assert submission.score == 0 and submission.needs_manual_grade
    notebook = nbformat.read(course.autograded("bad"), as_version=4)
    assert notebook.metadata.grading.unreadable
    assert "root:" not in json.dumps(notebook)
    course.said.clear()
    assert course.autograde(), "what cannot be graded is not tried again before it changes"
    shutil.rmtree(course.root / "submitted" / "bad" / "elsewhere", ignore_errors=True)
    folder = course.root / "submitted" / "bad" / NAME
    if folder.is_symlink():
        folder.unlink()
    else:
        shutil.rmtree(folder)
    hand_in(course.root, "bad", right)
    assert course.autograde()
    assert course.score("bad") == FULL


def test_a_fault_of_the_grader_leaves_one_submission_to_a_person(
    course: Course, right: bytes
) -> None:
    hand_in(course.root, "bad", changed(right, "BREAK THE GRADER"))
    hand_in(course.root, "good", right)
    assert not course.autograde()
    assert course.score("good") == FULL
    with course.gradebook() as gradebook:
        assert gradebook.find_submission(NAME, "bad").needs_manual_grade
    assert any("bad: The grader failed on this submission" in line for line in course.said)


def test_odd_student_names_are_refused_and_the_class_goes_on(course: Course, right: bytes) -> None:
    for student in ("<img src=x onerror=evil()>", "line\nbreak", "Zoë O'Brien-Łuk 你好"):
        hand_in(course.root, student, right)
    assert not course.autograde()
    assert len(course.graded) == 1
    assert course.score("Zoë O'Brien-Łuk 你好") == FULL
    assert all("\n" not in line for line in course.said)


@pytest.mark.parametrize(
    "student",
    [
        "",
        " ",
        ".",
        "..",
        ".x",
        "a/b",
        "a\\b",
        "a\x00",
        "a" * 129,
        'a"b',
        "a,b",
        "=1+1",
        " =1+1",
        "-x",
    ],
)
def test_names_that_could_be_mistaken_are_refused(student: str) -> None:
    with pytest.raises(InvalidStudentId):
        check_student_id(student)


def test_a_renamed_notebook_is_graded_and_the_repair_noted(course: Course, right: bytes) -> None:
    folder = hand_in(course.root, "ada", right, "my homework (final).ipynb")
    assert course.autograde() and course.score("ada") == FULL
    notebook = nbformat.read(course.autograded("ada"), as_version=4)
    assert "my homework (final).ipynb" in notebook.metadata.grading.repairs[0]
    assert not (course.autograded("ada").parent / "my homework (final).ipynb").exists()
    assert folder.exists()


def test_of_several_notebooks_the_right_name_or_else_the_most_work_is_graded(
    tmp_path: Path, a4: Assignment, submission: Any, right: bytes
) -> None:
    empty = submission(a4, solved=False)
    some = submission(a4, {"linear_forward": a4.solution("linear_forward")}, solved=False)

    def chosen(**files: bytes) -> bytes:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        for name, raw in files.items():
            (folder / f"{name}.ipynb").write_bytes(raw)
        found = read_submission(folder, a4)
        assert found.repairs
        return found.raw

    assert chosen(**{NAME: some, "Untitled": right}) == some
    assert chosen(**{NAME: empty, "Untitled": right}) == right
    assert chosen(Copy1=some, Copy2=right, Copy3=empty) == right
    assert chosen(Copy1=b"not a notebook", Copy2=some) == some


def test_a_notebook_in_a_folder_of_the_submission_is_found(
    tmp_path: Path, a4: Assignment, right: bytes
) -> None:
    inner = tmp_path / "homework"
    inner.mkdir()
    (inner / f"{NAME}.ipynb").write_bytes(right)
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / f"._{NAME}.ipynb").write_bytes(b"junk")
    assert read_submission(tmp_path, a4).raw == right


def test_other_files_are_copied_where_they_are_small_and_harmless(
    course: Course, right: bytes
) -> None:
    folder = hand_in(course.root, "ada", right)
    (folder / "notes.txt").write_text("mine")
    (folder / "pictures").mkdir()
    (folder / "pictures" / "cat.png").write_bytes(b"png")
    (folder / "page.html").write_text("<script>evil()</script>")
    (folder / "drawing.svg").write_text("<svg onload='evil()'/>")
    (folder / ".hidden.txt").write_text("x")
    (folder / "passwd.txt").symlink_to("/etc/passwd")
    (folder / "another.ipynb.txt").write_bytes(b"x" * 10_000_001)
    course.autograde()
    place = course.autograded("ada").parent
    copied = {str(p.relative_to(place)) for p in place.rglob("*") if p.is_file()}
    assert copied == {
        f"{NAME}.ipynb",
        ".grading.json",
        "notes.txt",
        "pictures/cat.png",
        "timestamp.txt",
    }


IMPORTED_UNASKED = (
    "jedi.py",
    "sitecustomize.py",
    "numpy/__init__.py",
    "numpy/core.PY",
    "ipython_config.py",
    "jupyter_server_config.json",
    "fast.so",
    "fast.cpython-311-x86_64-linux-gnu.so",
    "old.pyc",
    "__pycache__/jedi.cpython-311.pyc",
    "here.pth",
    "more.zip",
    ".ipython/profile_default/startup/00.py",
    "profile_default/startup/00.py",
)


def test_nothing_that_a_student_handed_in_can_be_imported_where_a_notebook_is_opened(
    course: Course, right: bytes
) -> None:
    folder = hand_in(course.root, "ada", right)
    for name in (*IMPORTED_UNASKED, "jedi.py.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("raise SystemExit('a student ran this')")
    course.autograde()
    place = course.autograded("ada").parent
    suffixes = (*importlib.machinery.all_suffixes(), ".pth", ".zip")
    recorded = [path for path in place.rglob("*") if path.is_file()]
    assert not [path for path in recorded if path.name.lower().endswith(suffixes)]
    assert not list(place.rglob("*config.json"))
    for parent in (place, *(path for path in place.rglob("*") if path.is_dir())):
        assert not list(pkgutil.iter_modules([str(parent)]))
    # The code is there to be read, whatever else was handed in under its new name.
    texts = {path.name: path.read_text() for path in recorded if path.name.startswith("jedi")}
    assert set(texts) == {"jedi.py.txt", "jedi.py.txt.txt"}
    assert all("a student ran this" in text for text in texts.values())
    asked = "import jedi; print(jedi.__file__)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=place, capture_output=True, text=True)
    assert done.returncode == 0 and str(place) not in done.stdout, done.stderr


@pytest.mark.parametrize("text", ["yesterday", "", "\x00", "9" * 500, "2026-13-45 99:99:99 UTC"])
def test_a_timestamp_that_makes_no_sense_counts_as_none(
    tmp_path: Path, text: str, course: Course, right: bytes
) -> None:
    folder = hand_in(course.root, "ada", right)
    (folder / "timestamp.txt").write_text(text)
    assert read_timestamp(folder)[0] is None and read_timestamp(folder)[1]
    assert course.autograde() and course.score("ada") == FULL
