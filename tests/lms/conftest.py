"""A course to import into, for all tests of import."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.settings.course import load_course
from tests.helpers.importing import Course


@pytest.fixture(scope="session")
def gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty gradebook, to be copied: making one takes half a second."""
    from nbgrader.api import Gradebook

    load_course()  # so that nbgrader finds the command that sets up a gradebook
    path = tmp_path_factory.mktemp("gradebook") / "gradebook.db"
    Gradebook(f"sqlite:///{path}").close()
    return path


@pytest.fixture
def course(
    tmp_path: Path,
    gradebook: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Course]:
    """An empty course, in which the command is run."""
    root = tmp_path / "course"
    root.mkdir()
    shutil.copy(gradebook, root / "gradebook.db")
    monkeypatch.setenv("COURSE_ROOT", str(root))
    monkeypatch.setenv("CLASS_SECRET", "a test")
    load_course.cache_clear()
    yield Course(root, capsys)
    load_course.cache_clear()
