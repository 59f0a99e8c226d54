"""In every assignment of the course one function is given broken, to be measured and mended."""

from __future__ import annotations

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.exercises.answers import is_right, run_on_cases, same_outcome
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.cases import judged_cases
from grader.exercises.exercise import Exercise
from grader.exercises.markers import BROKEN_SUFFIX
from grader.release.reading_order import THE_COURSE

SECRET = "of the tests"
every_assignment = pytest.mark.parametrize(
    "name", [one.name for one in THE_COURSE if not one.is_lesson]
)


def mended(assignment: Assignment) -> Exercise:
    """The exercise whose function is given broken; there is one."""
    (found,) = (e for e in assignment.exercises if assignment.broken(e.name))
    return found


@every_assignment
def test_the_broken_function_runs_is_wrong_and_is_recognised_as_it_was_given(name: str) -> None:
    assignment = assignments.load(name)
    exercise = mended(assignment)
    cases = judged_cases(assignment, exercise.name, SECRET)
    namespace = assignment.namespace()
    run_source(assignment.broken(exercise.name), namespace, exercise.name)
    given = run_on_cases(namespace[exercise.name], cases)
    assert all(outcome.kind == "returned" for outcome in given)
    assert not all(
        is_right(outcome, judged, exercise.comparison)
        for outcome, judged in zip(given, cases, strict=True)
    )
    known = next(m for m in exercise.misconceptions if m.name == "as-it-was-given")
    expected = run_on_cases(assignment.variant(exercise.name, known), cases)
    assert all(map(same_outcome, given, expected, [exercise.comparison] * len(cases)))


@every_assignment
def test_the_broken_function_is_given_to_students_and_is_not_run_when_they_are_marked(
    name: str,
) -> None:
    assignment = assignments.load(name)
    cell = mended(assignment).name + BROKEN_SUFFIX
    assert cell in assignment.not_run
    given = nbformat.read(assignment.given_notebook, as_version=4)
    assert cell in [one.id for one in given.cells]


@every_assignment
def test_a_function_that_is_to_be_mended_is_worth_points_beside_the_hundred(name: str) -> None:
    assignment = assignments.load(name)
    others = sum(e.points for e in assignment.exercises if e is not mended(assignment))
    assert (others, mended(assignment).points) == (100, 10)
