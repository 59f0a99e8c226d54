"""An assignment whose author edits it is read again; until then it stays the same object."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from grader.exercises import assignment as assignments
from grader.paths import SOURCE

NAME = "a4_deep_network"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of an assignment's folder, which is read in place of the project's."""
    made = tmp_path / NAME
    shutil.copytree(SOURCE / NAME, made, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(assignments, "SOURCE", tmp_path)
    return made


def edit(path: Path, old: str, new: str) -> None:
    """Edit a file as an author would, some time later."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    before = path.stat().st_mtime
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    os.utime(path, (before + 10, before + 10))


def test_what_nobody_has_edited_is_the_same_object(folder: Path) -> None:
    assert assignments.load(NAME) is assignments.load(NAME)


@pytest.mark.parametrize(
    "file, old, new",
    [
        ("exercises.py", "points=10", "points=1"),
        (f"{NAME}.ipynb", "np.random.randn", "np.random.randn "),
        (
            "a4_cases.py",
            "def initialize_parameters_cases(",
            "EDITED = 1\n\n\ndef initialize_parameters_cases(",
        ),
    ],
)
def test_after_an_edit_the_new_edition_counts(folder: Path, file: str, old: str, new: str) -> None:
    before = assignments.load(NAME)
    edit(folder / file, old, new)
    after = assignments.load(NAME)
    assert after is not before and after.fingerprint != before.fingerprint
    assert after is assignments.load(NAME)


def test_an_edit_of_a_module_beside_the_exercises_reaches_them(folder: Path) -> None:
    assignments.load(NAME)
    edit(folder / "a4_cases.py", "import numpy as np\n", "import numpy as np\n\nNEW = 'of today'\n")
    cases = assignments.load(NAME).exercise("initialize_parameters").cases
    assert cases.__globals__["NEW"] == "of today"  # type: ignore[attr-defined]


def test_the_fingerprint_is_of_what_was_read_and_not_of_a_later_edition(folder: Path) -> None:
    before = assignments.load(NAME)
    edit(folder / "exercises.py", "points=10", "points=1")
    other = assignments.load(NAME)
    edit(folder / "exercises.py", "points=1,", "points=10,")
    assert before.fingerprint != other.fingerprint
    assert assignments.load(NAME).fingerprint == before.fingerprint
