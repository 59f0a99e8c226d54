"""The secret of a class: its own, never empty, and kept."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from grader.settings.class_secret import class_secret


def secret_of_nothing(_path: Path) -> None:
    """There is none yet."""


def secret_of_an_empty_file(path: Path) -> None:
    """A disk was full."""
    path.touch()


@pytest.mark.parametrize("before", [secret_of_nothing, secret_of_an_empty_file])
def test_the_secret_of_a_class_is_never_empty(
    tmp_path: Path, before: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLASS_SECRET", raising=False)
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    path = tmp_path / ".class_secret"
    before(path)
    secret = class_secret()
    assert len(secret) == 32 and class_secret() == secret
    assert path.stat().st_mode & 0o077 == 0


def test_two_classes_have_secrets_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLASS_SECRET")
    found = []
    for name in ("one", "two"):
        monkeypatch.setenv("COURSE_ROOT", str(tmp_path / name))
        found.append(class_secret())
        assert (tmp_path / name / ".class_secret").read_text().strip() == found[-1]
    assert found[0] != found[1]


def test_a_class_that_was_graded_with_the_projects_secret_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CLASS_SECRET")
    monkeypatch.setattr("grader.settings.class_secret.PROJECT", tmp_path / "project")

    def secret_of(name: str) -> str:
        monkeypatch.setenv("COURSE_ROOT", str(tmp_path / name))
        return class_secret()

    shared = secret_of("project")
    graded = tmp_path / "class" / "autograded" / "ada" / "a4" / "a4.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text("{}")
    assert secret_of("class") == shared
    shutil.rmtree(tmp_path / "class" / "autograded")
    assert secret_of("class") == shared
    assert secret_of("new class") != shared
