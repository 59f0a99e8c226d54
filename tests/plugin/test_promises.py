"""What nbgrader promises of grading again, of late submissions, manual marks and settings holds."""

from __future__ import annotations

import dataclasses
import datetime
import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest

from grader.classes import folder_grader
from grader.exercises.assignment import Assignment
from grader.judging.graded import GradedExercise
from grader.paths import PROJECT
from grader.plugin.autograde import FairAutograde
from grader.recording.autograded_notebook import check_outputs, marks_of
from grader.recording.gradebook_setup import ensure_in_gradebook
from grader.recording.grading import recorded_grading
from grader.recording.grading_need import grading_need
from grader.sandbox.host.worker import Worker
from grader.sandbox.limits import Limits
from grader.settings.grading_settings import FairGrading
from tests.helpers.stand_in_course import FULL, NAME, Course, changed, hand_in


def test_a_changed_submission_is_graded_again_and_others_are_not(
    course: Course, right: bytes
) -> None:
    hand_in(course.root, "ada", right)
    hand_in(course.root, "bob", right)
    assert course.autograde() and len(course.graded) == 2
    assert course.autograde() and len(course.graded) == 2
    course.points = 5
    hand_in(course.root, "bob", changed(right, "once more"))
    assert course.autograde() and len(course.graded) == 3
    assert (course.score("ada"), course.score("bob")) == (FULL, FULL - 5)


def test_a_newer_timestamp_and_force_grade_again(course: Course, right: bytes) -> None:
    folder = hand_in(course.root, "ada", right)
    course.autograde()
    (folder / "timestamp.txt").write_text("2026-03-02 12:00:00 UTC")
    course.autograde()
    assert len(course.graded) == 2
    course.autograde()
    assert len(course.graded) == 2
    course.autograde(force=True)
    assert len(course.graded) == 3
    with course.gradebook() as gradebook:
        time_of_it = gradebook.find_submission(NAME, "ada").timestamp
    assert time_of_it == datetime.datetime(2026, 3, 2, 12)


def test_stale_marks_are_told_and_kept(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    hand_in(course.root, "ada", right)
    course.autograde()
    monkeypatch.setitem(course.assignment.__dict__, "fingerprint", "another edition")
    assert course.autograde() and len(course.graded) == 1
    assert any("1 marks are of an older edition" in line for line in course.said)
    course.autograde(force=True)
    folder = course.autograded("ada").parent
    recorded = recorded_grading(folder)
    assert recorded is not None and recorded.fingerprint == "another edition"
    assert recorded.submission is not None
    submitted = course.root / "submitted" / "ada" / NAME
    assert grading_need(submitted, folder, course.assignment, recorded.submission).stale is False


def test_only_the_student_that_is_asked_for_is_graded(course: Course, right: bytes) -> None:
    hand_in(course.root, "ada", right)
    hand_in(course.root, "b[o]b", right)
    assert course.autograde(student="b[o]b")
    assert not course.autograded("ada").exists()
    assert course.autograded("b[o]b").exists()
    assert not course.autograde(student="nobody")
    assert not course.autograde(student="..")
    assert not course.autograde(notebook="another*")
    assert len(course.graded) == 1


def test_manual_marks_and_comments_survive_grading_again(course: Course, right: bytes) -> None:
    hand_in(course.root, "ada", right)
    course.autograde()
    cell = course.assignment.exercises[0].name
    with course.gradebook() as gradebook:
        grade_of_it = gradebook.find_grade(f"{cell}_check", NAME, NAME, "ada")
        assert grade_of_it.needs_manual_grade is False
        grade_of_it.manual_score = 7
        comment = gradebook.find_comment(cell, NAME, NAME, "ada")
        comment.manual_comment = "Well explained"
        gradebook.db.commit()
    course.points = 0
    course.autograde(force=True)
    with course.gradebook() as gradebook:
        grade_of_it = gradebook.find_grade(f"{cell}_check", NAME, NAME, "ada")
        assert (grade_of_it.auto_score, grade_of_it.manual_score) == (0, 7)
        assert grade_of_it.needs_manual_grade is True
        comment = gradebook.find_comment(cell, NAME, NAME, "ada")
        assert comment.comment == "Well explained"


def test_an_untouched_exercise_gets_nbgraders_comment(
    course: Course, a4: Assignment, submission: Any
) -> None:
    hand_in(course.root, "ada", submission(a4, {"linear_forward": "pass"}, solved=False))
    course.autograde()
    with course.gradebook() as gradebook:
        comments = {
            name: gradebook.find_comment(name, NAME, NAME, "ada").auto_comment
            for name in ("linear_forward", "compute_cost")
        }
    assert comments == {"linear_forward": None, "compute_cost": "No response."}


def test_late_submissions_pay_what_nbgraders_plugin_says(course: Course, right: bytes) -> None:
    folder = hand_in(course.root, "ada", right)
    hand_in(course.root, "bob", right)
    (folder / "timestamp.txt").write_text("2026-03-05 12:00:00 UTC")
    with course.gradebook() as gradebook:
        due = datetime.datetime(2026, 3, 2)
        gradebook.update_or_create_assignment(NAME, duedate=due)
    course.autograde()
    assert (course.score("ada"), course.score("bob")) == (FULL, FULL)
    course.application.config.LateSubmissionPlugin.penalty_method = "zero"
    course.autograde(force=True)
    assert (course.score("ada"), course.score("bob")) == (0, FULL)


def test_points_between_none_and_all_arrive_exactly(course: Course, right: bytes) -> None:
    hand_in(course.root, "ada", right)
    course.points = 10 / 3
    course.autograde()
    assert course.score("ada") == pytest.approx(FULL - 10 + 10 / 3, rel=1e-15)
    first = course.assignment.exercises[0].name
    notebook = nbformat.read(course.autograded("ada"), as_version=4)
    assert marks_of(notebook)[f"{first}_check"].auto_score == 10 / 3


def test_the_outputs_of_a_right_check_hold_nothing_that_nbgrader_takes_for_a_failure() -> None:
    right = GradedExercise("f", "correct", 10, 10, message="Right.")
    assert [output.output_type for output in check_outputs(right)] == ["stream"]
    assert check_outputs(right)[0].name == "stdout"
    wrong = GradedExercise("f", "wrong", 0, 10, message="No: \x1b[31mred")
    outputs = check_outputs(wrong)
    assert [output.output_type for output in outputs] == ["stream", "execute_result"]
    assert "\x1b" not in outputs[0].text


def test_the_gradebook_is_set_up_once_and_again_when_the_source_has_changed(
    course: Course, a4: Assignment, tmp_path: Path
) -> None:
    assert not ensure_in_gradebook(a4, course.coursedir)
    folder = tmp_path / "source" / NAME
    shutil.copytree(a4.folder, folder)
    path = folder / f"{NAME}.ipynb"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("### END HIDDEN TESTS", "1\\n### END HIDDEN TESTS"), "utf-8")
    edited = dataclasses.replace(a4, folder=folder)
    assert path.read_text(encoding="utf-8") != text
    assert ensure_in_gradebook(edited, course.coursedir)
    assert not ensure_in_gradebook(edited, course.coursedir)
    assert not (PROJECT / "release" / NAME / "1").exists()


def test_every_limit_is_a_setting_with_its_default_and_a_sentence() -> None:
    traits = FairGrading.class_traits(config=True)
    for field in dataclasses.fields(Limits):
        assert traits[field.name].default_value == field.default
        assert len(traits[field.name].help) > 20
    assert FairGrading().limits() == Limits()


def test_settings_reach_the_worker(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Any] = []
    course.application.config.FairGrading.exercise_seconds = 3.0
    course.application.config.FairGrading.blocked_share = 0.5

    def grade_it(raw: bytes, assignment: Assignment, worker: Worker, *rest: Any) -> Any:
        seen.append((worker.limits.exercise_seconds, worker.isolated, rest[1]))
        return course.grade(raw, assignment)

    monkeypatch.setattr(folder_grader, "grade", grade_it)
    hand_in(course.root, "ada", right)
    course.autograde()
    assert seen == [(3.0, False, 0.5)]


def test_a_sandbox_that_does_not_work_stops_with_its_sentence(
    course: Course, right: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    from grader.sandbox.host import bubblewrap

    course.application.config.FairGrading.sandbox = True
    monkeypatch.setattr(bubblewrap, "why_unavailable", lambda: "no isolation here: do this")
    hand_in(course.root, "ada", right)
    assert not course.autograde()
    assert course.said[-1] == "no isolation here: do this"
    assert course.graded == []


def test_an_unknown_assignment_is_named_with_those_that_there_are(course: Course) -> None:
    from nbgrader.converters.base import NbGraderException

    course.coursedir.assignment_id = "a9_nothing"
    with pytest.raises(NbGraderException, match="a9_nothing"):
        FairAutograde(coursedir=course.coursedir, parent=course.application).start()
