"""The author's linter: every exercise of the course is sound, and what is unsound is named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from course.checks.compare import Comparison
from grader.authoring.check_course import check_course, check_exercise
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.exercise import CorrectVariant, Misconception

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


def test_the_exercise_of_these_tests_is_sound() -> None:
    assert problems() == []
