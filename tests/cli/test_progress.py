"""What commands tell of a run can change no terminal, whatever folders and files are called."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from grader.cli import autograde_progress, watch_progress

NAME = "\x1b[31mada\x07\nroot: all marks are lost"


@pytest.mark.parametrize("report_for", [autograde_progress.report_for, watch_progress.report_for])
@pytest.mark.parametrize("as_json", [True, False])
def test_a_warning_that_quotes_a_name_is_harmless(
    report_for: Callable[[bool], Any], as_json: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    report_for(as_json).warn(f"The folder {NAME} is left out.")
    said = "".join(capsys.readouterr())
    assert "ada" in said and "\x1b" not in said and "\x07" not in said


def test_a_student_who_cannot_be_graded_takes_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    autograde_progress.report_for(False).problem(NAME, "no notebook\nwas handed in")
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "\x1b" not in said
