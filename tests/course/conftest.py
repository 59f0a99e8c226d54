"""What is remembered of somebody's work, and where: each test begins anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from course.study import study_record
from tests.helpers.studying import A4


@pytest.fixture(autouse=True)
def nothing_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Begin each test as a new process begins."""
    monkeypatch.setattr(study_record, "_unwritten", {})
    monkeypatch.delenv(study_record.SWITCH, raising=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, named like a release folder, in which a notebook seems to run."""
    made = tmp_path / A4
    made.mkdir()
    monkeypatch.chdir(made)
    monkeypatch.setattr(study_record, "in_a_notebook", lambda: True)
    return made


@pytest.fixture
def said(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Call a function and get what it prints."""

    def call(function: Callable[..., None], *arguments: Any, **named: Any) -> str:
        capsys.readouterr()
        function(*arguments, **named)
        return capsys.readouterr().out

    return call
