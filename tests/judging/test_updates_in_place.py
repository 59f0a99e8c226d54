"""An update in place costs nothing; a remark says what was changed, the same everywhere."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from course.checks.changed_arguments import changed_places, remark_on_changes
from course.checks.public_check import check
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.judging.grade import grade
from grader.recording.autograded_notebook import autograded_notebook
from grader.recording.grading import Grading

IN_PLACE = [
    ("a2_logistic_regression", "optimize", "caller-s-weights-changed", "w is"),
    ("a3_shallow_network", "update_parameters", "in-place", "parameters['W1']"),
    ("a4_deep_network", "update_parameters", "minus-equals", "params['W1']"),
]
every_update = pytest.mark.parametrize(("name", "function", "variant", "changed"), IN_PLACE)


def source_of(assignment: Assignment, function: str, variant: str) -> str:
    """A right variant of a function."""
    known = assignment.exercise(function).correct_variants
    return assignment.variant_source(function, next(v for v in known if v.name == variant))


@every_update
def test_the_check_says_that_all_is_well_and_what_was_changed(
    name: str, function: str, variant: str, changed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assignment = assignments.load(name)
    namespace = assignment.namespace()
    exec(source_of(assignment, function, variant), namespace)
    check(function, namespace[function], name)
    printed = " ".join(capsys.readouterr().out.split())
    assert "All tests passed" in printed
    assert f"A remark: {changed}" in printed


@every_update
def test_the_judge_gives_all_points_and_says_the_same(
    name: str, function: str, variant: str, changed: str, submission: Any, warm_worker: Any
) -> None:
    assignment = assignments.load(name)
    raw = submission(assignment, {function: source_of(assignment, function, variant)})
    done = grade(raw, assignment, warm_worker(name), "a secret")
    found = next(e for e in done.graded.exercises if e.name == function)
    assert (found.verdict, found.points) == ("correct", found.max_points)
    (remark,) = found.remarks
    assert remark.startswith(changed)
    assert remark in found.as_dict()["message"]
    state = Grading.of(done.graded, assignment)
    recorded = autograded_notebook(done.notebook, done.graded, assignment, state)
    (cell,) = [
        c
        for c in recorded.cells
        if c.metadata.get("nbgrader", {}).get("grade_id") == f"{function}_check"
    ]
    shown = " ".join(cell.outputs[0].text.split())
    assert " ".join(remark.split()) in shown


@pytest.mark.parametrize("name", assignments.names())
def test_no_solution_changes_its_arguments(name: str) -> None:
    from course.checks.plain_data import fresh
    from grader.exercises.cases import PUBLIC_SECRET, judged_cases

    assignment = assignments.load(name)
    for exercise in assignment.exercises:
        for judged in judged_cases(assignment, exercise.name, PUBLIC_SECRET)[:2]:
            given = fresh(judged.case.args)
            np.random.seed(2)
            getattr(assignment.reference, exercise.name)(*given)
            assert changed_places(judged.case.args, given) == ()


def test_a_change_is_named_by_the_parameter_and_the_entry() -> None:
    before = ({"W": np.zeros(2), "b": [np.zeros(1), np.full(1, np.nan)]}, 3)
    after = ({"W": np.ones(2), "b": [np.ones(1), np.full(1, np.nan)]}, 3)
    places = changed_places(before, after)
    assert places == ((0, 0), (0, 1, 0))
    assert remark_on_changes(places, before, ["p", "q"]).startswith("p['W'], p['b'][0] are not")


def test_a_new_key_is_a_change_of_the_dictionary() -> None:
    assert changed_places(({"W": 1},), ({"W": 1, "V": 2},)) == ((0,),)


def test_places_that_no_argument_has_are_not_named() -> None:
    assert remark_on_changes([(7,), (0, 9)], ({"W": 1},), ["p"]) == ""
