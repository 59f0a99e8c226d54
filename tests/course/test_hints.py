"""Hints: one after another, for the exercise that is meant."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import public_tests
from course.checks.public_check import CheckFailed, NotImplementedYet
from course.study import study_material
from course.study.hints import hint
from course.study.solutions import solution
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Exercise
from grader.judging.hidden_check import hidden_test
from tests.helpers.studying import A4, unsolved, wrong


def test_hints_come_one_after_another_and_the_last_names_the_solution(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    hints = a4.exercise("linear_forward").hints
    texts = [" ".join(said(hint, "linear_forward").split()) for _ in hints]
    assert [given in text for given, text in zip(hints, texts, strict=True)] == [True] * len(hints)
    assert ['solution("linear_forward")' in text for text in texts] == [False, False, True]
    assert "You have opened all 3 hints" in said(hint, "linear_forward")


def test_a_hint_is_given_for_the_function_as_for_its_name(
    folder: Path, said: Callable[..., str], a4: Assignment
) -> None:
    assert "Hint 1 of 3" in said(hint, a4.reference.linear_forward)
    assert "Hint 2 of 3" in said(hint, "linear_forward")


def test_a_hint_can_be_asked_for_by_its_number(folder: Path, said: Callable[..., str]) -> None:
    assert "Hint 2 of 3" in said(hint, "linear_forward", 2)
    assert "Hint 1 of 3" in said(hint, "linear_forward", 1)
    assert "Hint 3 of 3" in said(hint, "linear_forward")
    assert "has the hints 1 to 3" in said(hint, "linear_forward", 4)


@pytest.mark.parametrize("name", ["linear_foward", "", 3, None, public_tests.linear_forward_test])
@pytest.mark.parametrize("function", [hint, solution])
def test_what_is_no_exercise_gets_a_list_of_the_exercises(
    function: Callable[..., None], name: Any, folder: Path, said: Callable[..., str]
) -> None:
    text = said(function, name)
    assert "The exercises are:" in text
    assert name != "linear_foward" or "Did you mean linear_forward?" in text


def test_where_several_assignments_have_a_function_the_folder_decides(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: Callable[..., str]
) -> None:
    stored = [
        study_material.StudyAssignment(
            name,
            (study_material.StudyExercise(name, "compute_cost", (name,), "", frozenset()),),
        )
        for name in ("a3_shallow", "a4_deep")
    ]
    monkeypatch.setattr(study_material, "stored_assignments", lambda: stored)
    (tmp_path / "my a4_deep").mkdir()
    monkeypatch.chdir(tmp_path / "my a4_deep")
    assert "a4_deep" in said(hint, "compute_cost")
    monkeypatch.chdir(tmp_path)
    assert 'hint("compute_cost", assignment="a3_shallow")' in said(hint, "compute_cost")
    assert "a3_shallow" in said(hint, "compute_cost", assignment="a3_shallow")


def test_signs_in_a_hint_are_shown_as_they_are() -> None:
    from course.study.show import as_markdown

    assert as_markdown("2 * m < n_x: `a * b`") == r"2 \* m \< n\_x: `a * b`"


@pytest.mark.parametrize("function", [wrong, unsolved])
def test_a_failed_check_ends_with_the_way_to_a_hint(function: Callable[..., Any]) -> None:
    with pytest.raises(CheckFailed) as failure:
        public_tests.linear_forward_test(function)
    last = 'For a hint: hint("linear_forward")'
    assert failure.value._render_traceback_()[-1] == last
    assert str(failure.value).endswith(last)


def test_the_check_of_the_author_names_no_hint() -> None:
    function = renamed(wrong, "linear_forward")
    with pytest.raises(CheckFailed) as failure:
        hidden_test(A4, function)
    assert "hint(" not in "\n".join(failure.value._render_traceback_())
    assert "hint(" not in str(failure.value)


def renamed(function: Callable[..., Any], name: str) -> Callable[..., Any]:
    """The function under another name."""

    def called(*arguments: Any) -> Any:
        return function(*arguments)

    called.__name__ = name
    return called


# The author --------------------------------------------------------------------------------------

EXERCISES = [
    pytest.param(name, exercise, id=f"{name}-{exercise.name}")
    for name in assignments.names()
    for exercise in assignments.load(name).exercises
]


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_what_is_stored_for_an_exercise_is_what_its_author_wrote(
    name: str, exercise: Exercise
) -> None:
    stored = {one.name: one for one in study_material.stored_assignments()}[name]
    found = next(one for one in stored.exercises if one.name == exercise.name)
    assert found.hints == exercise.hints
    assert found.learned == exercise.learned
    assert found.withheld == frozenset()


@pytest.mark.parametrize(("name", "exercise"), EXERCISES)
def test_an_exercise_says_in_one_sentence_what_is_learned(name: str, exercise: Exercise) -> None:
    assert re.fullmatch(r"You can [^.]{10,150}\.", exercise.learned)


def test_not_yet_is_a_failed_check_too() -> None:
    assert issubclass(NotImplementedYet, CheckFailed)


def test_an_exercise_that_does_not_say_what_is_learned_is_unsound(a5: Assignment) -> None:
    from dataclasses import replace

    from grader.authoring.exercise_check import _problems_of_description

    exercise = replace(a5.exercises[0], learned="")
    assert any("learned" in problem for problem in _problems_of_description(exercise))
