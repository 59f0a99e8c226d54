"""A class graded by a stand-in, for the tests of what nbgrader promises."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from grader.classes import folder_grader
from grader.exercises.assignment import Assignment
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.settings.course import course_application
from tests.helpers.stand_in_course import Course


@pytest.fixture(scope="session")
def empty_course(tmp_path_factory: pytest.TempPathFactory, a4: Assignment) -> Path:
    """The gradebook of a class without submissions, to be copied."""
    root = tmp_path_factory.mktemp("empty")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_ROOT", str(root))
        assert ensure_in_gradebook(a4, course_application().coursedir)
    return root


@pytest.fixture
def course(
    tmp_path: Path,
    empty_course: Path,
    a4: Assignment,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Course]:
    """A class with a gradebook of its own and the stand-in for grading."""
    shutil.copyfile(empty_course / "gradebook.db", tmp_path / "gradebook.db")
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    made = Course(tmp_path, a4)
    made.application.config.FairGrading.sandbox = False
    monkeypatch.setattr(folder_grader, "grade", made.grade)
    yield made


@pytest.fixture(scope="session")
def right(a4: Assignment, submission: Any) -> bytes:
    """A solved notebook."""
    made: bytes = submission(a4)
    return made
