"""``python -m grader watch``: what is handed in is graded once, recorded, and answered.

The rules are tested with a stand-in for grading, which believes what a notebook says of itself; one
class is graded by real processes, which are killed.
"""

from __future__ import annotations

import contextlib
import datetime
import itertools
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.classes import arrivals as arriving
from grader.classes import watch as watching
from grader.classes.arrivals import ExchangeArrivals, FolderArrivals
from grader.classes.grading_job import GradingJob
from grader.exercises import assignment as assignments
from grader.exercises.cases import PUBLIC_SECRET
from grader.feedback.exchange import released_place, submission_secret
from grader.feedback.publishing import FeedbackPublisher
from grader.judging.graded import Graded, GradedExercise
from grader.paths import PROJECT
from grader.recording.attempts import Attempt, AttemptRecord
from grader.recording.autograded_notebook import autograded_submission
from grader.recording.grading_result import GradingResult
from grader.recording.reader import read_grades
from grader.sandbox.host import bubblewrap
from grader.settings.attempt_settings import Attempts
from grader.settings.course import Course, load_course
from grader.settings.grading_settings import GradingSettings
from grader.submission.repair import repair
from grader.submission.submission_folder import read_submission
from tests.helpers.handing_in import hand_in
from tests.helpers.small_class import NAME, solved

COURSE = "neural-networks-from-scratch"
FULL = 110.0
START = datetime.datetime(2026, 3, 1, 12, tzinfo=datetime.UTC)


def worth(share: float) -> bytes:
    """A notebook of which the stand-in says that it gets a share of the points."""
    notebook = nbformat.reads(solved().decode(), as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell(f"# worth {share}"))
    return nbformat.writes(notebook).encode()


class StandIn:
    """In the place of a pool: grades at once, by what a notebook says of itself."""

    def __init__(self, job: GradingJob, jobs: int) -> None:
        self.assignment = job.assignment
        self.knows_only_public = job.secret == PUBLIC_SECRET

    def schedule(self, student: str, folder: Path, _known: object) -> Future[GradingResult]:
        """Grade a folder."""
        future: Future[GradingResult] = Future()
        submission = read_submission(folder, self.assignment)
        text = submission.raw.decode()
        share = float(text.rpartition("# worth ")[2].split('"')[0]) if "# worth " in text else 1.0
        if self.knows_only_public and "passes what is public" in text:
            share = 1.0
        exercises = tuple(
            GradedExercise(e.name, "correct" if share == 1 else "wrong", share * e.points, e.points)
            for e in self.assignment.exercises
        )
        graded = Graded(self.assignment.name, exercises)
        made = autograded_submission(
            repair(submission.raw, self.assignment).notebook, graded, self.assignment
        )
        future.set_result(GradingResult(student, folder, submission.digest, graded, made))
        return future

    def stop(self) -> None:
        """Nothing is to be stopped."""


@dataclass
class Seen:
    """What a watch has told."""

    enough: Callable[[Seen], bool]
    attempts: list[Attempt] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    number_waiting: int = 0
    looks: int = 0
    end: Callable[[], None] = lambda: None

    def waiting(self, number: int) -> None:
        self.number_waiting = number
        self.looks += 1
        if self.enough(self):
            self.end()

    def done(self, attempt: Attempt, _graded: GradingResult | None, _seconds: float) -> None:
        self.attempts.append(attempt)

    def warn(self, sentence: str) -> None:
        self.said.append(sentence)

    def start(self, names: Collection[str], where: Collection[Path], jobs: int) -> None:
        """Not told here."""


@dataclass
class Class:
    """A class with an exchange, in this process."""

    root: Path
    course: Course
    clock: Iterator[datetime.datetime]

    @property
    def exchange(self) -> Path:
        return self.root / "exchange" / COURSE

    def hand_in(self, who: str, raw: bytes, complete: bool = True) -> Path:
        """Hand in as nbgrader does; each time a minute later by what nbgrader writes down."""
        return hand_in(self.exchange / "inbound", who, NAME, raw, next(self.clock), complete)

    def watch(self, enough: Callable[[Seen], bool], **rules: Any) -> Seen:
        """Watch until something was seen."""
        settings = Attempts(**rules)
        record = AttemptRecord(self.root, write=True)
        seen = Seen(enough)
        inbound = self.exchange / "inbound"
        arrivals: Any = ExchangeArrivals(inbound, [NAME], True, record.names(), seen.warn)
        if (folder := self.root / "dropped").exists():
            arrivals = FolderArrivals(folder, [NAME], record.names())
        outbound = self.exchange / "feedback"
        publisher = FeedbackPublisher(self.course.coursedir, settings, "", outbound)
        one = watching.Watch(
            *(self.course, [arrivals], settings, record),
            lambda name: GradingJob(name, GradingSettings(), "a test", False),
            *(publisher, seen, 2),
        )
        seen.end = one.end
        one.run()
        return seen

    def page(self, folder: Path) -> str:
        """The feedback that the student of a submission finds; empty where there is none."""
        place = released_place(self.exchange / "feedback", submission_secret(folder), NAME)
        return place.read_text() if place.exists() else ""

    def due_in(self, days: int) -> None:
        """Set the due date, so many days from now."""
        from nbgrader.api import Gradebook

        due = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)
        with Gradebook(self.course.coursedir.db_url) as gradebook:
            gradebook.update_or_create_assignment(NAME, duedate=due + datetime.timedelta(days=days))

    def mark(self, who: str) -> float:
        """The mark in the gradebook."""
        return read_grades(self.course.coursedir, NAME).submissions[who].score


def visible_text(page: str) -> str:
    """What a page shows, without its style and its tags."""
    body = page[page.index("<body>") :]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body.replace("<wbr>", "")))


def done_with(number: int) -> Callable[[Seen], bool]:
    """So many attempts are done with."""
    return lambda seen: len(seen.attempts) >= number


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Class]:
    """An empty class, graded by the stand-in."""
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    monkeypatch.setattr(watching, "WarmPool", StandIn)
    monkeypatch.setattr(watching, "_SECONDS_BETWEEN_CHORES", 0.0)
    monkeypatch.setattr(watching, "keep_for_good", lambda: None)
    load_course.cache_clear()
    clock = (START + datetime.timedelta(minutes=minute) for minute in itertools.count())
    yield Class(tmp_path, load_course(), clock)
    load_course.cache_clear()


# ------------------------------------------------------------------------------- what is graded


def test_what_is_handed_in_is_collected_recorded_and_answered(course: Class) -> None:
    folder = course.hand_in("ada", worth(0.5))
    course.watch(done_with(1))
    assert course.mark("ada") == FULL / 2
    collected = course.root / "submitted" / "ada" / NAME
    for name in ("timestamp.txt", "submission_secret.txt", f"{NAME}.ipynb"):
        assert (collected / name).read_bytes() == (folder / name).read_bytes()
    assert "Attempt 1, handed in: 2026-03-01 12:00:00 UTC" in course.page(folder)


def test_each_attempt_gets_feedback_and_the_last_one_counts(course: Class) -> None:
    first, second = course.hand_in("ada", worth(1.0)), course.hand_in("ada", worth(0.5))
    seen = course.watch(done_with(2))
    assert [(a.number, a.points, a.counts) for a in seen.attempts] == [
        (1, FULL, True),
        (2, FULL / 2, True),
    ]
    assert course.mark("ada") == FULL / 2
    assert "Attempt 1," in course.page(first) and "Attempt 2," in course.page(second)


def test_what_is_done_with_is_never_graded_again(course: Class) -> None:
    course.hand_in("ada", worth(1.0))
    course.watch(done_with(1))
    course.hand_in("bob", worth(1.0))
    again = course.watch(done_with(1))
    assert [attempt.student for attempt in again.attempts] == ["bob"]


def test_a_submission_is_left_alone_until_all_of_it_is_there(course: Class) -> None:
    course.hand_in("ada", worth(1.0), complete=False)
    course.hand_in("bob", worth(1.0))
    assert [a.student for a in course.watch(done_with(1)).attempts] == ["bob"]


def test_folders_that_are_no_submission_keep_nobody_waiting(course: Class) -> None:
    inbound = course.exchange / "inbound"
    for name in ("x", f"eve+{NAME}+yesterday", f"<b>+{NAME}+2026-01-01", "eve+other+2026-01-01"):
        (inbound / name).mkdir(parents=True)
    (inbound / f"eve+{NAME}+2026-01-01 00:00:00 UTC").symlink_to("/etc")
    course.hand_in("ada", worth(1.0))
    assert [a.student for a in course.watch(done_with(1)).attempts] == ["ada"]


@pytest.mark.skipif(os.getuid() != 0, reason="only root can hand in as somebody else")
def test_nobody_hands_in_for_somebody_else(course: Class) -> None:
    import pwd

    nobody = pwd.getpwnam("nobody")
    os.chown(course.hand_in("ada", worth(0.0)), nobody.pw_uid, -1)
    os.chown(course.hand_in("nobody", worth(0.5)), nobody.pw_uid, -1)
    seen = course.watch(done_with(1))
    assert [attempt.student for attempt in seen.attempts] == ["nobody"]
    assert "handed in by nobody, and not by ada" in seen.said[0]


def test_a_folder_is_watched_where_there_is_no_exchange(
    course: Class, monkeypatch: pytest.MonkeyPatch
) -> None:
    for waiting in ("_SECONDS_BETWEEN_LOOKS", "_QUIET_SECONDS"):
        monkeypatch.setattr(arriving, waiting, 0.1)
    place = course.root / "dropped" / "ada" / NAME
    place.mkdir(parents=True)
    (place / f"{NAME}.ipynb").write_bytes(worth(0.5))
    course.watch(done_with(1))
    assert course.mark("ada") == FULL / 2
    (place / f"{NAME}.ipynb").write_bytes(worth(1.0))
    (attempt,) = course.watch(done_with(1)).attempts
    assert attempt.number == 2 and course.mark("ada") == FULL
    assert (course.root / "feedback" / "ada" / NAME / f"{NAME}.html").exists()


# ------------------------------------------------------------------------------------ the rules


def test_beyond_the_limit_an_attempt_is_told_that_it_is_not_graded(course: Class) -> None:
    first, second = course.hand_in("ada", worth(0.5)), course.hand_in("ada", worth(1.0))
    seen = course.watch(done_with(2), limit=1)
    assert [attempt.state for attempt in seen.attempts] == ["graded", "not graded"]
    assert course.mark("ada") == FULL / 2
    assert "0 more attempts will be graded" in course.page(first)
    assert "1 attempt is graded in this course" in course.page(second)


def test_where_the_best_attempt_counts_a_worse_one_is_answered_and_changes_nothing(
    course: Class,
) -> None:
    course.hand_in("ada", worth(1.0))
    worse = course.hand_in("ada", worth(0.5))
    course.watch(done_with(2), counts="best")
    assert course.mark("ada") == FULL
    page = course.page(worse)
    assert "Your attempt 1 counts, with 110 points" in page and "<strong>55</strong>" in page


def test_an_attempt_that_comes_too_early_waits_and_the_next_one_takes_its_place(
    course: Class,
) -> None:
    course.hand_in("ada", worth(0.5))
    early = course.hand_in("ada", worth(0.2))
    course.hand_in("ada", worth(1.0))
    seen = course.watch(done_with(2), minutes_between=60)
    assert [(a.number, a.state) for a in seen.attempts] == [(1, "graded"), (2, "replaced")]
    assert seen.number_waiting == 1 and course.mark("ada") == FULL / 2
    assert "the later attempt takes its place" in course.page(early)


def test_until_the_due_date_the_verdicts_of_the_public_cases_are_shown(course: Class) -> None:
    course.due_in(days=1)
    wrong = course.hand_in("ada", worth(0.5))
    passing = worth(0.5).replace(b"# worth", b"# passes what is public # worth")
    memorised = course.hand_in("bob", passing)
    course.watch(done_with(2), feedback="public until due")
    assert course.mark("ada") == course.mark("bob") == FULL / 2
    said = {folder: visible_text(course.page(folder)) for folder in (wrong, memorised)}
    for text in said.values():
        assert "those of the public cases" in text
        assert not re.search(r"(?<![:\d])55(?![:\d])", text)  # but for a time of day
        assert not re.search(r"\d of \d+ points|/ \d+\b.*What to look at", text)
    assert "softmax ✗ not right yet" in said[wrong] and "softmax ✓ right" in said[memorised]
    course.due_in(days=-1)
    course.watch(lambda seen: seen.looks > 1, feedback="public until due")
    for folder in (wrong, memorised):
        assert "55 of 130 points" in visible_text(course.page(folder))
        assert "softmax ✗ not right yet" in visible_text(course.page(folder))


def test_nbgraders_hooks_are_called_before_an_attempt_is_graded_and_when_it_counts(
    course: Class,
) -> None:
    hooks = """
def before(assignment, student, notebooks):
    (notebook,) = notebooks
    with open(notebook) as file:
        text = file.read()
    with open(notebook, "w") as file:
        file.write(text.replace("# worth 0.5", "# worth 1.0"))

def after(assignment, student, notebooks):
    from pathlib import Path
    (notebook,) = map(Path, notebooks)
    place = notebook.parents[3] / "autograded" / notebook.parent.parent.name / assignment
    (notebook.parents[3] / "hooks.txt").write_text(f"{(place / notebook.name).exists()}")

c.Autograde.pre_convert_hook = before
c.Autograde.post_convert_hook = after
"""
    (course.root / "nbgrader_config.py").write_text(f"c = get_config()\n{hooks}")
    load_course.cache_clear()
    course.course = load_course()
    course.hand_in("ada", worth(0.5))
    course.watch(done_with(1))
    assert course.mark("ada") == FULL
    assert (course.root / "hooks.txt").read_text() == "True"


def test_where_a_teacher_releases_by_hand_no_page_is_given(course: Class) -> None:
    folder = course.hand_in("ada", worth(1.0))
    course.watch(done_with(1), feedback="by hand")
    assert course.mark("ada") == FULL and course.page(folder) == ""


# ------------------------------------------------------------------------------ with real processes


class Process:
    """``python -m grader watch`` on a class."""

    def __init__(self, root: Path) -> None:
        isolation = ["--no-sandbox"] if bubblewrap.why_unavailable() else []
        variables = {"COURSE_ROOT": str(root), "NBGRADER_EXCHANGE": str(root / "exchange")}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "grader", "watch", NAME, "--json", "--jobs", "2", *isolation],
            cwd=PROJECT,
            env=os.environ | variables | {"CLASS_SECRET": "a test"},
            stdout=subprocess.PIPE,
            text=True,
        )

    def events(self, kind: str) -> Iterator[dict[str, Any]]:
        """The events of a kind, as they come."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = json.loads(line)
            if event["event"] == kind:
                yield event

    def end(self, number: signal.Signals) -> None:
        """End it, and wait for that."""
        self.process.send_signal(number)
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()


def test_whenever_it_is_killed_every_attempt_is_graded_exactly_once(tmp_path: Path) -> None:
    inbound = tmp_path / "exchange" / COURSE / "inbound"
    wrong = solved().replace(b"np.exp", b"np.sin")
    students = [f"s{number}" for number in range(4)]
    handed_in = [hand_in(inbound, student, NAME, wrong, START) for student in students]
    later = START + datetime.timedelta(hours=1)
    handed_in += [hand_in(inbound, student, NAME, solved(), later) for student in students]
    for after in (1, 3):
        killed = Process(tmp_path)
        for _event in itertools.islice(killed.events("graded"), after):
            pass
        killed.end(signal.SIGKILL)
    last = Process(tmp_path)
    with contextlib.suppress(StopIteration):
        while len(AttemptRecord(tmp_path).names()) < len(handed_in):
            next(last.events("graded"))
    last.end(signal.SIGTERM)
    assert last.process.returncode == 0
    record = AttemptRecord(tmp_path)
    assert record.names() == {folder.name for folder in handed_in}
    full = float(sum(exercise.points for exercise in assignments.load(NAME).exercises))
    for student in students:
        first, second = record.of(student, NAME)
        assert (first.number, second.number) == (1, 2)
        assert first.points < second.points == full
        assert second.counts and not first.counts
    outbound = tmp_path / "exchange" / COURSE / "feedback"
    assert len(list(outbound.iterdir())) == len(handed_in)
    assert not list((tmp_path / "submitted").glob("s*/.*"))
