"""nbgrader's exchange, from release to feedback, by its own commands as a class uses them.

A teacher has this course's configuration; students have nbgrader's own, which names the exchange.
"""

from __future__ import annotations

import datetime
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from grader.paths import PROJECT, RELEASE
from grader.recording.attempts import Attempt, AttemptRecord
from grader.sandbox.host import bubblewrap
from tests.helpers.commands import run_command
from tests.helpers.small_class import NAME, solved

COURSE = "neural-networks-from-scratch"
LATER = 'ada handed in "again"'


@dataclass(frozen=True)
class Done:
    """What came of a command: its exit status, and all that it said."""

    status: int
    said: str


def run(*command: str, environment: dict[str, str], folder: Path = PROJECT) -> Done:
    """Run ``nbgrader ...`` or ``grader ...``."""
    done = run_command("-m", *command, environment=environment, folder=folder)
    return Done(done.returncode, done.stdout + done.stderr)


@dataclass
class Hub:
    """A class that hands in through an exchange: its folders."""

    root: Path
    course: str = COURSE

    @property
    def exchange(self) -> Path:
        """The exchange, which all courses share."""
        return self.root / "exchange"

    @property
    def inbound(self) -> Path:
        """Where students hand in."""
        return self.exchange / self.course / "inbound"

    @property
    def base(self) -> Path:
        """The teacher's folder of this course."""
        return self.root / "courses" / self.course

    def home(self, student: str) -> Path:
        """A student's folder."""
        return self.root / "homes" / student

    def teacher(self, *command: str) -> Done:
        """Run a command as the teacher."""
        self.base.mkdir(parents=True, exist_ok=True)
        settings = [
            f"--Exchange.root={self.exchange}",
            f"--CourseDirectory.course_id={self.course}",
        ]
        if bubblewrap.why_unavailable():
            settings.append("--FairGrading.sandbox=False")
        variables = {"COURSE_ROOT": str(self.base), "CLASS_SECRET": "a test"}
        return run(*command, *settings, environment=_environment(self.root / "teacher") | variables)

    def student(self, who: str, *command: str) -> Done:
        """Run one of nbgrader's commands as a student, in the student's own folder."""
        home = self.home(who)
        home.mkdir(parents=True, exist_ok=True)
        return run(
            *("nbgrader", *command, f"--course={self.course}"),
            *(f"--CourseDirectory.student_id={who}", f"--Exchange.root={self.exchange}"),
            folder=home,
            environment=_environment(home),
        )

    def hand_in(self, who: str, raw: bytes, *options: str) -> Done:
        """Fetch the assignment where it is not there yet, write the notebook and hand it in."""
        folder = self.home(who) / NAME
        if not folder.exists():
            self.student(who, "fetch_assignment", NAME)
        (folder / f"{NAME}.ipynb").write_bytes(raw)
        return self.student(who, "submit", NAME, *options)

    def handed_in(self, who: str) -> list[Path]:
        """What a student has handed in, the last one last."""
        return sorted(self.inbound.glob(f"{who}+{NAME}+*"))

    def collected(self, who: str) -> Path:
        """Where a student's submission is collected to."""
        return self.base / "submitted" / who / NAME

    def give_feedback(self) -> None:
        """Go from what was collected to released feedback."""
        for command in ("autograde", "generate_feedback", "release_feedback"):
            done = self.teacher("nbgrader", command, NAME)
            assert "Traceback" not in done.said, done.said

    def fetched(self, who: str, folder: str = NAME) -> list[Path]:
        """The feedback pages that a student has, the latest attempt last."""
        return sorted((self.home(who) / folder / "feedback").glob("*/*.html"))


def _environment(home: Path) -> dict[str, str]:
    home.mkdir(parents=True, exist_ok=True)
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "TMPDIR") if name in os.environ}
    return kept | {
        "HOME": str(home),
        "JUPYTER_DATA_DIR": str(home / "data"),
        "JUPYTER_CONFIG_DIR": str(home / "config"),
        "JUPYTER_PLATFORM_DIRS": "1",
    }


def said_by(sentence: str) -> bytes:
    """A notebook in which everything is right, and which says something."""
    notebook = nbformat.reads(solved().decode(), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(f"# {sentence}"))
    return nbformat.writes(notebook).encode()


def opened(root: Path, *options: str) -> Hub:
    """An exchange with the assignment released."""
    hub = Hub(root)
    hub.exchange.mkdir(parents=True)
    hub.exchange.chmod(0o1777)
    done = hub.teacher("nbgrader", "release_assignment", NAME, *options)
    assert done.status == 0, done.said
    return hub


@pytest.fixture
def hub(tmp_path: Path) -> Hub:
    """An exchange of a test's own."""
    return opened(tmp_path)


@pytest.fixture(scope="module")
def term(tmp_path_factory: pytest.TempPathFactory) -> Hub:
    """A class after its feedback is out: ada handed in twice, bob once, cy what is no notebook."""
    hub = opened(tmp_path_factory.mktemp("term"))
    for who, raw in (("ada", solved()), ("bob", solved()), ("cy", b"<html>Log in</html>")):
        done = hub.hand_in(who, raw)
        assert done.status == 0, done.said
    assert hub.hand_in("ada", said_by(LATER)).status == 0
    hub.teacher("nbgrader", "collect", NAME)
    shutil.copytree(hub.collected("bob"), hub.collected("dee"))
    (hub.collected("dee") / "submission_secret.txt").unlink()  # it came by mail
    hub.give_feedback()
    for who in ("ada", "bob", "cy"):
        hub.student(who, "fetch_feedback", NAME)
    return hub


# ----------------------------------------------------------------------------- release, fetch


def test_a_student_fetches_what_was_released(term: Hub) -> None:
    fetched = {
        p.relative_to(term.home("bob") / NAME) for p in (term.home("bob") / NAME).rglob("*.py")
    }
    released = {p.relative_to(RELEASE / NAME) for p in (RELEASE / NAME).rglob("*.py")}
    assert fetched == released
    assert not list((term.exchange).rglob("exercises.py"))


def test_fetching_again_overwrites_nothing_and_brings_back_what_is_missing(term: Hub) -> None:
    folder = term.home("bob") / NAME
    mine = (folder / f"{NAME}.ipynb").read_bytes()
    (folder / "public_tests.py").unlink()
    assert term.student("bob", "fetch_assignment", NAME).status == 1
    assert term.student("bob", "fetch_assignment", NAME, "--replace").status == 0
    assert (folder / "public_tests.py").exists()
    assert (folder / f"{NAME}.ipynb").read_bytes() == mine


def test_the_list_shows_what_is_released_and_whose_feedback_is_there(term: Hub) -> None:
    assert f"{COURSE} {NAME} (already downloaded)" in term.student("bob", "list").said
    assert "feedback already fetched" in term.student("bob", "list", "--cached").said


# ------------------------------------------------------------------------------------- submit


def test_with_strict_a_submission_without_the_notebook_is_refused(hub: Hub) -> None:
    hub.student("ada", "fetch_assignment", NAME)
    (hub.home("ada") / NAME / f"{NAME}.ipynb").rename(hub.home("ada") / NAME / "mine.ipynb")
    refused = hub.student("ada", "submit", NAME, "--strict")
    assert refused.status == 1 and "MISSING" in refused.said
    assert hub.handed_in("ada") == []
    assert hub.student("ada", "submit", NAME).status == 0


def test_fetched_feedback_is_not_handed_in_again(term: Hub) -> None:
    term.hand_in("bob", solved())
    assert term.fetched("bob")
    assert not list(term.handed_in("bob")[-1].rglob("*.html"))


# ------------------------------------------------------------------------------------ collect


def test_the_latest_submission_is_collected_with_what_the_exchange_needs(term: Hub) -> None:
    last = term.handed_in("ada")[-1]
    assert LATER in (term.collected("ada") / f"{NAME}.ipynb").read_text().replace('\\"', '"')
    for name in ("timestamp.txt", "submission_secret.txt"):
        assert (term.collected("ada") / name).read_text() == (last / name).read_text()


def test_a_later_submission_is_collected_with_update_alone(hub: Hub) -> None:
    hub.hand_in("ada", solved())
    hub.teacher("nbgrader", "collect", NAME)
    hub.hand_in("ada", said_by(LATER))
    kept = hub.teacher("nbgrader", "collect", NAME)
    assert "use --update" in kept.said
    first, last = [(f / "timestamp.txt").read_text() for f in hub.handed_in("ada")]
    assert (hub.collected("ada") / "timestamp.txt").read_text() == first
    hub.teacher("nbgrader", "collect", NAME, "--update")
    assert (hub.collected("ada") / "timestamp.txt").read_text() == last


def test_of_several_submissions_the_last_before_the_due_date_is_collected(hub: Hub) -> None:
    hub.hand_in("ada", solved())
    hub.hand_in("ada", said_by(LATER))
    first, last = hub.handed_in("ada")
    due = (last / "timestamp.txt").read_text().removesuffix(" UTC")
    assert due > (first / "timestamp.txt").read_text()
    early = re.sub(r"\.\d+", lambda digits: f".{max(0, int(digits[0][1:]) - 1):06d}", due)
    hub.teacher("nbgrader", "db", "assignment", "add", NAME, f"--duedate={early}")
    hub.teacher("nbgrader", "collect", NAME, "--before-duedate")
    collected = (hub.collected("ada") / "timestamp.txt").read_text()
    assert collected == (first / "timestamp.txt").read_text()


def test_where_another_attempt_counts_a_later_one_is_not_collected(hub: Hub) -> None:
    hub.hand_in("ada", solved())
    hub.hand_in("ada", said_by(LATER))
    first, last = hub.handed_in("ada")
    record = AttemptRecord(hub.base, write=True)
    when = datetime.datetime(2026, 3, 1, tzinfo=datetime.UTC)
    record.add(
        Attempt(folder.name, "ada", NAME, number, when, 0.0, counts=folder == first)
        for number, folder in enumerate((first, last), start=1)
    )
    hub.teacher("nbgrader", "collect", NAME, "--update")
    collected = (hub.collected("ada") / "timestamp.txt").read_text()
    assert collected == (first / "timestamp.txt").read_text()


def test_nobody_keeps_others_from_being_collected(hub: Hub) -> None:
    hub.hand_in("ada", solved())
    hub.hand_in("eve", solved())
    secret = hub.root / "class_secret.txt"
    secret.write_text("the secret of the class")
    mine = hub.handed_in("eve")[0]
    (mine / "answers.txt").symlink_to(secret)
    (mine / "above").symlink_to(hub.root)
    os.mkfifo(mine / "waits.txt")
    for name in (f"eve+{NAME}+yesterday", f"+{NAME}+2026-01-01 00:00:00 UTC", f"..+{NAME}+x"):
        (hub.inbound / name).mkdir()
    done = hub.teacher("nbgrader", "collect", NAME)
    assert done.status == 0 and "Traceback" not in done.said, done.said
    assert {f.parent.name for f in (hub.base / "submitted").glob(f"*/{NAME}")} == {"ada", "eve"}
    assert not {p.name for p in hub.collected("eve").iterdir()} & {
        "answers.txt",
        "above",
        "waits.txt",
    }


# ----------------------------------------------------------------------------------- feedback


def test_each_student_fetches_the_feedback_of_the_attempt_that_was_graded(term: Hub) -> None:
    for who in ("ada", "bob"):
        (page,) = term.fetched(who)
        assert who in page.read_text() and "100" in page.read_text()
    (page,) = term.fetched("ada")
    graded = (term.collected("ada") / "timestamp.txt").read_text()
    assert page.parent.name == graded


def test_a_class_that_was_given_the_chinese_edition_gets_chinese_feedback(tmp_path: Path) -> None:
    hub = opened(tmp_path, f"--CourseDirectory.release_directory={RELEASE / 'zh_CN'}")
    hub.student("ada", "fetch_assignment", NAME)
    given = (hub.home("ada") / NAME / f"{NAME}.ipynb").read_bytes()
    assert b'"course_language": "zh_CN"' in given
    hub.hand_in("ada", given)
    hub.teacher("nbgrader", "collect", NAME)
    hub.give_feedback()
    hub.student("ada", "fetch_feedback", NAME)
    (page,) = hub.fetched("ada")
    text = page.read_text(encoding="utf-8")
    assert 'lang="zh-CN"' in text and "没有做" in text and "not attempted" not in text


def test_whoever_handed_in_no_notebook_is_told_so_by_feedback(term: Hub) -> None:
    (page,) = term.fetched("cy")
    assert "could not be graded" in page.read_text()


def test_a_submission_that_did_not_come_by_the_exchange_stops_nobodys_feedback(term: Hub) -> None:
    done = term.teacher("nbgrader", "release_feedback", NAME)
    assert done.status == 0 and "Traceback" not in done.said
    assert "The feedback of dee stays" in done.said
    assert (term.base / "feedback" / "dee" / NAME / f"{NAME}.html").exists()


def test_nobody_can_list_pages_and_everybody_can_read_their_own(term: Hub) -> None:
    outbound = term.exchange / COURSE / "feedback"
    assert outbound.stat().st_mode & 0o077 == 0o011
    assert all(page.stat().st_mode & 0o044 == 0o044 for page in outbound.iterdir())


def test_one_student_can_be_left_out_of_a_release(term: Hub) -> None:
    pages = list((term.exchange / COURSE / "feedback").iterdir())
    for page in pages:
        page.unlink()
    left_out = "--CourseDirectory.student_id_exclude=bob"
    term.teacher("nbgrader", "release_feedback", NAME, left_out)
    assert len(list((term.exchange / COURSE / "feedback").iterdir())) == len(pages) - 1
    term.teacher("nbgrader", "release_feedback", NAME)
    assert set((term.exchange / COURSE / "feedback").iterdir()) == set(pages)


# ----------------------------------------------------------------------------- several courses


def test_two_courses_share_an_exchange_and_their_folders_may_be_named_by_course(term: Hub) -> None:
    other = Hub(term.root, "another-course")
    option = "--Exchange.path_includes_course=True"
    other.teacher("nbgrader", "release_assignment", NAME)
    assert other.student("ada", "fetch_assignment", NAME, option).status == 0
    folder = other.home("ada") / other.course / NAME
    (folder / f"{NAME}.ipynb").write_bytes(said_by("another course"))
    assert other.student("ada", "submit", NAME, option).status == 0
    other.teacher("nbgrader", "collect", NAME)
    assert [f.name for f in (other.base / "submitted").iterdir()] == ["ada"]
    other.give_feedback()
    other.student("ada", "fetch_feedback", NAME, option)
    (page,) = other.fetched("ada", f"{other.course}/{NAME}")
    assert "# another course" in page.read_text()
