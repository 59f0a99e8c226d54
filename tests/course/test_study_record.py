"""The record of what was done: a text beside the notebook, whatever becomes of it."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from course.study import study_record
from course.study.hints import hint
from course.study.progress import progress
from course.study.solutions import solution
from course.study.study_record import FILE_NAME
from tests.helpers.studying import (
    A4,
    ENTRY,
    IN_A4,
    check,
    record_of,
    right,
    run_python,
    unsolved,
    wrong,
)


def test_a_check_writes_what_it_says_into_the_record(folder: Path) -> None:
    check(unsolved)
    assert not (folder / FILE_NAME).exists()
    check(wrong)
    assert (record_of(folder).tried, record_of(folder).passed) == (True, False)
    check(right)
    assert record_of(folder).passed
    check(wrong)
    assert record_of(folder).passed, "what has been reached once stays reached"


def test_the_record_is_a_text_that_says_what_it_is(folder: Path) -> None:
    check(right)
    hint("linear_forward")
    lines = (folder / FILE_NAME).read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("Your progress, one line for each exercise")
    assert re.fullmatch(
        rf"passed  \d{{4}}-\d\d-\d\d \d\d:\d\d  {A4} +linear_forward +1 hint opened", lines[1]
    )
    assert len(lines) == 2
    assert [path.name for path in folder.iterdir()] == [FILE_NAME]


def test_a_new_process_in_a_moved_folder_knows_what_was_done(folder: Path, tmp_path: Path) -> None:
    check(right)
    hint("linear_forward")
    moved = tmp_path / "elsewhere" / "my homework"
    moved.parent.mkdir()
    os.chdir(tmp_path)
    folder.rename(moved)
    shown = run_python("-m", "course.study.progress", str(moved))
    assert f"{A4} (in my homework): 1 of {IN_A4} exercises done" in shown
    assert re.search(r"done +linear_forward .* 1 hint$", shown, re.MULTILINE)


SPOILT = {
    "empty": b"",
    "only a line break": b"\n",
    "no text": bytes(range(256)),
    "another encoding": ENTRY.encode("utf-16"),
    "a note of one's own": b"remember the milk\n",
    "half a line": ENTRY.encode()[:20],
    "a date that is none": b"passed  yesterday  a4_deep_network  linear_forward\n",
    "very many hints": ENTRY.encode() + b"  99999999 hints opened\n",
}


@pytest.mark.parametrize("content", SPOILT.values(), ids=SPOILT.keys())
def test_a_spoilt_record_is_kept_and_goes_on(
    content: bytes, folder: Path, said: Callable[..., str]
) -> None:
    (folder / FILE_NAME).write_bytes(content)
    assert "linear_forward" not in study_record.entries(folder)
    check(right)
    assert record_of(folder).passed
    assert (folder / FILE_NAME).read_bytes().startswith(content.rstrip(b"\n"))
    assert f"1 of {IN_A4} exercises done" in said(progress)


@pytest.mark.parametrize(
    "line",
    [ENTRY, f"  {ENTRY}\r", f"\ufeff{ENTRY}", ENTRY.replace("  ", "\t")],
    ids=["as written", "with a line end of Windows", "with a byte order mark", "with tabs"],
)
def test_a_line_written_by_hand_counts(line: str, folder: Path) -> None:
    (folder / FILE_NAME).write_text(f"{line}\nmy note\n", encoding="utf-8", newline="")
    assert record_of(folder).passed
    hint("linear_forward")
    assert (record_of(folder).passed, record_of(folder).hints) == (True, 1)
    assert "my note" in (folder / FILE_NAME).read_text(encoding="utf-8")


def test_two_lines_of_one_exercise_become_one(folder: Path) -> None:
    tried = ENTRY.replace("passed", "tried") + "  2 hints opened"
    (folder / FILE_NAME).write_text(f"{tried}\n{ENTRY}\n")
    assert (record_of(folder).passed, record_of(folder).hints) == (True, 2)
    hint("linear_forward")
    assert (folder / FILE_NAME).read_text().count("linear_forward") == 1
    assert (record_of(folder).passed, record_of(folder).hints) == (True, 3)


def spoil_by_a_folder(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a folder where the file should be."""
    (folder / FILE_NAME).mkdir()


def spoil_by_size(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a huge file there."""
    (folder / FILE_NAME).write_bytes(b"x" * 1_000_001)


def spoil_by_rights(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the folder one that cannot be written."""
    folder.chmod(0o500)
    if os.access(folder, os.W_OK):  # the administrator may write anywhere
        monkeypatch.setattr(os, "access", lambda path, mode: False)


def spoil_by_failure(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let writing fail at its last step, as where a disk is full."""

    def fail(*_arguments: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(os, "replace", fail)


@pytest.mark.parametrize(
    "spoil", [spoil_by_a_folder, spoil_by_size, spoil_by_rights, spoil_by_failure]
)
def test_where_no_record_can_be_kept_the_process_remembers(
    spoil: Callable[[Path, pytest.MonkeyPatch], None],
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    said: Callable[..., str],
) -> None:
    spoil(folder, monkeypatch)
    before = sorted(path.name for path in folder.iterdir())
    try:
        check(right)
        assert "Hint 1 of 3" in said(hint, "linear_forward")
        assert "Hint 2 of 3" in said(hint, "linear_forward")
        assert "def linear_forward" in said(solution, "linear_forward")
        shown = said(progress)
    finally:
        folder.chmod(0o700)
    assert f"1 of {IN_A4} exercises done" in shown
    if spoil is not spoil_by_failure:
        assert "No record can be kept" in shown
    assert sorted(path.name for path in folder.iterdir()) == before


def test_a_folder_that_is_gone_disturbs_nothing(folder: Path, said: Callable[..., str]) -> None:
    folder.rmdir()
    check(right)
    assert "Hint 1 of 3" in said(hint, "linear_forward")
    assert "no assignment in this folder" in said(progress)


@pytest.mark.parametrize(
    ("name", "value"),
    [("COURSE_PROGRESS", "off"), ("NBGRADER_EXECUTION", "autograde"), ("NBGRADER_VALIDATING", "1")],
)
def test_no_record_is_written_where_none_is_wanted(
    name: str, value: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(name, value)
    check(right)
    hint("linear_forward")
    assert list(folder.iterdir()) == []


def test_no_record_is_written_outside_a_notebook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    check(right)
    hint("linear_forward")
    assert list(tmp_path.iterdir()) == []
