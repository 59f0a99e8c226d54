"""Whole training runs are judged on a reduction that is exact."""

from __future__ import annotations

import copy

import numpy as np
import pytest

from grader.authoring.simulate import SimulatedStudent, submitted_notebook
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.author_code import run_source
from grader.exercises.cases import quiet
from grader.judging.grade import grade
from grader.judging.training import images, reduced_problem, reference_result, result_of
from grader.sandbox.host.outcome import Outcome
from grader.sandbox.host.worker import Worker
from tests.helpers.short_training import shortened

NAME = "a5_cat_classifier"
STEPS = 101


def _costs(function: str, reduced: bool) -> tuple[dict[str, np.ndarray], list[float]]:
    """Train the solution for a few steps, on the whole problem or on the reduced one."""
    assignment = assignments.load(NAME)
    problem = reduced_problem(assignment, function)
    training = assignment.exercise(function).training
    assert training is not None
    namespace = assignment.namespace()
    if reduced:
        namespace[training.initializer] = lambda *sizes: copy.deepcopy(problem.initial)
    run_source(assignment.solution(function), namespace, function)
    x, y, sizes, rate, _steps, _print = problem.arguments if reduced else problem.whole_arguments
    with quiet():
        parameters, costs = namespace[function](x, y, sizes, rate, STEPS, False)
    return parameters, [float(cost) for cost in costs]


@pytest.mark.parametrize("function", ["two_layer_model", "L_layer_model"])
def test_the_reduced_run_takes_the_same_steps_as_the_whole_one(function: str) -> None:
    problem = reduced_problem(assignments.load(NAME), function)
    whole, whole_costs = _costs(function, reduced=False)
    small, small_costs = _costs(function, reduced=True)
    np.testing.assert_allclose(small_costs, whole_costs, rtol=1e-9)
    np.testing.assert_allclose(problem.weights(small)["W1"], whole["W1"], rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("function", ["two_layer_model", "L_layer_model"])
def test_the_reference_learns_the_images(function: str) -> None:
    result = reference_result(assignments.load(NAME), function)
    always_cat = float(np.mean(images().test_y))
    assert result.train_accuracy > 0.95
    assert result.test_accuracy > always_cat


def test_parameters_of_another_shape_are_no_result() -> None:
    """With them the trusted side would have to compute what is as large as the student likes."""
    assignment = assignments.load(NAME)
    problem = reduced_problem(assignment, "two_layer_model")
    twice = {**problem.initial, "W1": np.stack([problem.initial["W1"]] * 2)}
    outcome = Outcome("returned", value=(twice, [0.7]))
    assert result_of(outcome, assignment, problem, reduced=True) is None


def _graded(
    worker: Worker, old: str, new: str, assignment: Assignment | None = None
) -> tuple[str, str, tuple[str, ...]]:
    """Grade a solved notebook with an edit in two_layer_model; its verdict, message and notes."""
    import nbformat

    assignment = assignment or shortened()
    source = assignment.solution("two_layer_model")
    assert source.count(old) == 1
    student = SimulatedStudent("ada", "edited", {"two_layer_model": source.replace(old, new)})
    raw = nbformat.writes(submitted_notebook(student, assignment)).encode()
    graded = grade(raw, assignment, worker, "secret").graded
    return graded.exercises[0].verdict, graded.exercises[0].message, graded.notes


def test_a_right_model_is_told_what_it_reaches(a5_worker: Worker) -> None:
    whole = assignments.load(NAME)
    verdict, message, notes = _graded(a5_worker, "grads = {}", "grads = dict()", whole)
    assert verdict == "correct"
    assert "of the test images" in message
    assert notes == ()


def test_a_model_that_makes_its_own_weights_is_trained_in_full(a5_worker: Worker) -> None:
    own = (
        "parameters = dict(W1=np.random.randn(n_h, n_x) * 0.01, b1=np.zeros((n_h, 1)), "
        "W2=np.random.randn(n_y, n_h) * 0.01, b2=np.zeros((n_y, 1)))"
    )
    verdict, _message, notes = _graded(
        a5_worker, "parameters = initialize_parameters(n_x, n_h, n_y)", own, shortened(steps=101)
    )
    assert verdict == "correct"
    assert "two_layer_model was trained in full" in notes[0]


def test_a_model_that_is_right_on_small_networks_only_gets_no_marks(a5_worker: Worker) -> None:
    verdict, message, _notes = _graded(
        a5_worker, "for i in range(num_iterations):", "for i in range(min(num_iterations, 210)):"
    )
    assert verdict == "wrong"
    assert "not when trained on the images" in message
