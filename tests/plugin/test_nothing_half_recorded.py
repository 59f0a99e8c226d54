"""Marks and folders are recorded together or not at all, whoever ends the process."""

from __future__ import annotations

import dataclasses
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import pytest

from grader.recording.gradebook_trouble import RecordError
from grader.recording.recorder import Recorder
from grader.submission.repair import repair
from tests.helpers.recording import record_marks
from tests.helpers.stand_in_course import FULL, NAME, Course, hand_in


def test_students_are_exported_in_the_order_of_their_names(course: Course, right: bytes) -> None:
    with Recorder(course.coursedir) as recorder:
        recorder.marks.add_students(["cy", "ada", "bob"])
        for student in ("bob", "cy", "ada"):
            record(course, recorder, student, right)
    with course.gradebook() as gradebook:
        assert [student.id for student in gradebook.students] == ["ada", "bob", "cy"]


def record(course: Course, recorder: Recorder, student: str, right: bytes) -> None:
    """Record the stand-in's marks."""
    notebook = repair(right, course.assignment).notebook
    record_marks(
        recorder, student, course.marks(), notebook, course.root / "submitted" / student / NAME
    )


def students_in(course: Course) -> set[str]:
    """Who has marks in the gradebook."""
    with course.gradebook() as gradebook:
        return {s.student.id for s in gradebook.assignment_submissions(NAME)}


def test_before_a_flush_nothing_is_recorded_and_after_it_everything(
    course: Course, right: bytes
) -> None:
    with Recorder(course.coursedir, batch=100, seconds=100) as recorder:
        record(course, recorder, "ada", right)
        record(course, recorder, "bob", right)
        assert students_in(course) == set() and not course.autograded("ada").exists()
        recorder.flush()
        assert students_in(course) == {"ada", "bob"} and course.autograded("bob").exists()
        record(course, recorder, "cy", right)
    assert students_in(course) == {"ada", "bob", "cy"}
    assert not list((course.root / "autograded").glob(".recording-*"))


def test_a_run_that_dies_between_marks_and_notebooks_is_made_good_by_the_next(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.recording.autograded_folder import Workshop

    def die(*_arguments: object) -> None:
        raise KeyboardInterrupt

    hand_in(course.root, "ada", right)
    recorder = Recorder(course.coursedir)
    record(course, recorder, "ada", right)
    with monkeypatch.context() as patch:
        patch.setattr(Workshop, "move", die)
        with pytest.raises(KeyboardInterrupt):
            recorder.flush()
    assert not course.autograded("ada").exists()
    assert course.autograde() and course.score("ada") == FULL
    assert students_in(course) == {"ada"}


def test_a_busy_gradebook_is_waited_for(course: Course, right: bytes) -> None:
    database = sqlite3.connect(course.root / "gradebook.db", check_same_thread=False)
    database.execute("begin exclusive")

    def write() -> None:
        with Recorder(course.coursedir) as recorder:
            record(course, recorder, "ada", right)

    with ThreadPoolExecutor(1) as pool:
        writing = pool.submit(write)
        with pytest.raises(TimeoutError):
            writing.result(timeout=0.2)  # nothing could be written by then
        database.rollback()
        writing.result()
    database.close()
    assert students_in(course) == {"ada"}


def test_a_gradebook_that_cannot_be_written_gives_a_sentence_and_loses_nothing(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    recorder = Recorder(course.coursedir)
    record(course, recorder, "ada", right)
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("alter table grade rename column auto_score to elsewhere")
    with pytest.raises(RecordError, match="has other tables than this version of nbgrader"):
        recorder.flush()
    assert not course.autograded("ada").exists()
    with sqlite3.connect(course.root / "gradebook.db") as database:
        database.execute("alter table grade rename column elsewhere to auto_score")
    recorder.close()
    assert course.autograded("ada").exists() and course.score("ada") == FULL


def test_marks_that_do_not_fit_the_notebook_are_refused(course: Course, right: bytes) -> None:
    with Recorder(course.coursedir) as recorder:
        graded = dataclasses.replace(course.marks(), exercises=course.marks().exercises)
        notebook = repair(right, course.assignment).notebook
        notebook.cells = [c for c in notebook.cells if c.id != "linear_forward_check"]
        with pytest.raises(RecordError, match="linear_forward"):
            record_marks(recorder, "ada", graded, notebook, course.root)
