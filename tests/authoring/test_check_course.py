"""The author's linter: every exercise of the course is sound, and what is unsound is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course.checks.compare import Comparison
from grader.authoring.check_course import check_course
from grader.authoring.exercise_check import check_exercise
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import Case, CorrectVariant, Misconception
from grader.exercises.mutants import generate_mutants

RIGHT = "def layer_sizes(X, Y):\n    return (X.shape[0], 4, Y.shape[0])"
WRONG = "def layer_sizes(X, Y):\n    return (X.shape[0], 5, Y.shape[0])"
ENDS = "import os\ndef layer_sizes(X, Y):\n    os._exit(0)"
EXITS = "def layer_sizes(X, Y):\n    raise SystemExit"


@pytest.mark.parametrize("name", assignments.names())
def test_every_exercise_of_the_course_is_sound(
    name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status = check_course([name])
    assert status == 0, capsys.readouterr().out


def problems(**changes: Any) -> list[str]:
    """What the linter says of the smallest exercise of the course after changes to it."""
    assignment: Assignment = assignments.load("a3_shallow_network")
    return check_exercise(
        assignment, replace(assignment.exercise("layer_sizes"), **changes)
    ).problems


def mistake(name: str, code: str) -> Misconception:
    """A known mistake."""
    return Misconception(name, code=code, message="It is wrong.")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param(
            {"misconceptions": (mistake("right", RIGHT),)},
            ["the known mistake right is not rejected: accepted"],
            id="a mistake that is none",
        ),
        pytest.param(
            {"misconceptions": (mistake("dies", ENDS), mistake("right", RIGHT))},
            ["mistake dies is not rejected: died", "mistake right is not rejected: accepted"],
            id="a mistake that ends its process",
        ),
        pytest.param(
            {"correct_variants": (CorrectVariant("exits", code=EXITS),)},
            ["the right variant exits is not accepted: died"],
            id="a variant that exits",
        ),
        pytest.param(
            {"misconceptions": (mistake("one", WRONG), mistake("other", WRONG))},
            ["the known mistakes one and other cannot be told apart"],
            id="two mistakes that look alike",
        ),
        pytest.param(
            {"correct_variants": (CorrectVariant("wrong", code=WRONG),)},
            ["the right variant wrong is not accepted: rejected"],
            id="a right variant that is wrong",
        ),
        pytest.param(
            {"correct_variants": (CorrectVariant("stray", edits=(("no such text", ""),)),)},
            ["the right variant stray is not accepted: it does not run"],
            id="an edit that does not fit",
        ),
        pytest.param(
            {"comparison": Comparison(relative_tolerance=1e9)},
            ["the known mistake", "the mutant", "is not rejected: accepted"],
            id="a comparison that accepts anything",
        ),
        pytest.param({"hints": ()}, ["there is no hint"], id="no hint"),
        pytest.param({"points": 0}, ["it is worth no points"], id="no points"),
        pytest.param(
            {"lesson": "no-such-lesson#there"},
            ["there is no notebook no-such-lesson to read on in"],
            id="no lesson",
        ),
    ],
)
def test_what_makes_an_exercise_unsound_is_named(
    changes: dict[str, Any], expected: list[str]
) -> None:
    found = problems(**changes)
    for sentence in expected:
        assert any(sentence in problem for problem in found), found


def test_a_quick_check_makes_no_mutants_and_finds_a_mistake_that_is_none() -> None:
    assignment = assignments.load("a3_shallow_network")
    changed = replace(assignment.exercise("layer_sizes"), misconceptions=(mistake("right", RIGHT),))
    report = check_exercise(assignment, changed, quick=True)
    assert report.problems == ["the known mistake right is not rejected: accepted"]
    assert report.mutants == 0
    assert any("fewer than 3 known mistakes" in advice for advice in report.advice)


def test_cases_that_cannot_be_made_are_a_problem_with_its_line() -> None:
    def cases(random: Any, reference: Any) -> Any:
        yield Case("of the wrong kind", ("text", 1))

    assignment = assignments.load("a3_shallow_network")
    exercise = replace(assignment.exercise("layer_sizes"), cases=cases)
    report = check_exercise(replace(assignment, exercises=(exercise,)), exercise)
    (problem,) = report.problems
    assert problem.startswith("its cases cannot be made: AttributeError: 'str' object has no")


def test_points_that_differ_from_those_of_the_notebook_are_told(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    name = "a1_numpy_basics"
    loaded = assignments.load(name)
    exercises = tuple(replace(exercise, points=7) for exercise in loaded.exercises)
    monkeypatch.setattr(assignments, "load", lambda _: replace(loaded, exercises=exercises))
    assert check_course([name], only=["L1"], quick=True) == 1
    points = loaded.exercise("L1").points
    assert (
        f"L1 is worth 7 points in exercises.py, but its check {points}" in capsys.readouterr().out
    )


def test_names_that_nobody_reads_may_change_places_without_being_a_mutant() -> None:
    source = "def f(pair):\n    a, b = pair\n    return len(pair)"
    assert not any("swapped" in mutant.name for mutant in generate_mutants(source))


def test_the_exercise_of_these_tests_is_sound() -> None:
    assert problems() == []
