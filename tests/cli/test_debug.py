"""``--debug`` shows where the grader failed; without it an error is a sentence alone."""

from __future__ import annotations

import pytest

from grader.cli.main import main
from grader.text.terminal import DEBUG, show_tracebacks, unexpected


@pytest.fixture(autouse=True)
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test leaves tracebacks switched on."""
    monkeypatch.setenv(DEBUG, "")


UNKNOWN = ["grade", "homework.ipynb", "--assignment", "a9"]


@pytest.mark.parametrize("words", [["--debug", *UNKNOWN], [*UNKNOWN, "--debug"]])
def test_with_debug_the_traceback_of_a_known_error_is_shown_too(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(words) == 1
    said = capsys.readouterr().err
    assert "Traceback (most recent call last)" in said
    assert said.endswith("grader: " + said.rpartition("grader: ")[2]) and "'a9'" in said


def test_without_debug_an_error_is_a_sentence_alone(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(UNKNOWN) == 1
    assert "Traceback" not in capsys.readouterr().err


def test_an_unexpected_error_of_a_submission_shows_its_traceback_without_control_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    try:
        raise ValueError("of a student \x1b[2J")
    except ValueError as error:
        assert unexpected(error).startswith("The grader failed on this submission (ValueError")
        assert capsys.readouterr().err == ""
        show_tracebacks()
        unexpected(error)
    said = capsys.readouterr().err
    assert "test_debug.py" in said and "ValueError: of a student" in said and "\x1b" not in said
