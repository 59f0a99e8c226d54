"""``submitted()`` in a notebook, where nbgrader has kept what was handed in from this account."""

from __future__ import annotations

from pathlib import Path

import pytest

from course.study.submitted import submitted
from grader.feedback.exchange import release_page, released_place
from grader.feedback.page import notice_page

NAME = "a1_numpy_basics"
COURSE = "a course"
PAGE = notice_page("ada", NAME, ["Attempt 2, handed in: today"], "Read <b> and *this* | slowly.")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A student's account on a hub; the current folder is that of the assignment."""
    config = tmp_path / "config"
    config.mkdir()
    (config / "nbgrader_config.py").write_text(
        f"c = get_config()\nc.CourseDirectory.course_id = {COURSE!r}\n"
        f"c.Exchange.root = {str(tmp_path / 'exchange')!r}\n"
    )
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(config))
    monkeypatch.setenv("JUPYTER_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / NAME).mkdir()
    monkeypatch.chdir(tmp_path / NAME)
    return tmp_path


def hand_in(home: Path, when: str, answered: bool) -> None:
    """Hand in as nbgrader remembers it."""
    kept = home / "data" / "nbgrader_cache" / COURSE / f"ada+{NAME}+{when}"
    kept.mkdir(parents=True)
    (kept / "submission_secret.txt").write_text(when)
    outbound = home / "exchange" / COURSE / "feedback"
    outbound.mkdir(parents=True, exist_ok=True)
    if answered:
        release_page(released_place(outbound, when, NAME), PAGE)


def test_the_feedback_of_the_latest_attempt_is_shown_and_kept(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(home, "2026-03-01 12:00:00 UTC", answered=False)
    hand_in(home, "2026-03-02 12:00:00 UTC", answered=True)
    submitted(assignment=NAME)
    said = capsys.readouterr().out
    assert "Attempt 2, handed in: today" in said and "Read <b> and *this* | slowly." in said
    kept = home / NAME / "feedback" / "2026-03-02 12:00:00 UTC" / f"{NAME}.html"
    assert kept.read_text() == PAGE and str(kept.relative_to(home / NAME)) in said


def test_without_feedback_it_says_so_and_what_to_do(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hand_in(home, "2026-03-01 12:00:00 UTC", answered=True)
    hand_in(home, "2026-03-02 12:00:00 UTC", answered=False)
    submitted(0.0, assignment=NAME)
    assert "no feedback yet for what you handed in at 2026-03-02" in capsys.readouterr().out


def test_whoever_has_handed_in_nothing_is_told_how(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    submitted(assignment=NAME)
    assert "press Submit" in capsys.readouterr().out
