"""Regularisation: its solutions against an oracle, and what lesson and assignment train with.

The oracle shares no line with the solutions: loops over units and examples, with complex numbers,
so that a derivative is the imaginary part of one evaluation (the complex step), exact to rounding.
"""

from __future__ import annotations

import cmath
import functools
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import reg_utils
from course.networks.layered import LayeredNetwork, random_parameters
from course.networks.reduced_training import Descent, numerical_gradients
from course.networks.regularised import RegularisedTraining
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from tests.helpers import oracle
from tests.helpers.oracle import Array, Parameters, assert_close, seeds

Masks = dict[int, Array]

moderately = settings(oracle.moderately, max_examples=15)
sizes = st.lists(st.integers(1, 4), min_size=3, max_size=3)
examples = st.integers(1, 5)
strengths = st.floats(0, 20)
probabilities = st.floats(0.4, 1)


@pytest.fixture(scope="module")
def a6() -> Assignment:
    """The regularisation."""
    return assignments.load("a6_regularisation")


# The oracle --------------------------------------------------------------------------------------


def network(seed: int, widths: list[int], m: int) -> tuple[Array, Array, Parameters]:
    """An input, labels and parameters of three layers with one output."""
    random = np.random.RandomState(seed)
    parameters: Parameters = {}
    for l, (n_prev, n) in enumerate(zip(widths, [*widths[1:], 1], strict=True), 1):
        parameters[f"W{l}"] = 0.5 * random.randn(n, n_prev)
        parameters[f"b{l}"] = random.randn(n, 1) * 0.5
    return random.randn(widths[0], m), random.randint(0, 2, (1, m)), parameters


def run(X: Array, p: Parameters, masks: Masks, first: int = 1) -> Array:
    """The output, a unit and an example at a time; a mask holds what a unit is multiplied by."""
    A = X
    for l in range(first, 4):
        W, b = p[f"W{l}"], p[f"b{l}"]
        new = np.zeros((W.shape[0], A.shape[1]), dtype=complex)
        for j, i in np.ndindex(new.shape):
            z = sum(W[j, k] * A[k, i] for k in range(W.shape[1])) + b[j, 0]
            if l == 3:
                new[j, i] = 1 / (1 + cmath.exp(-z))
            elif z.real > 0:
                new[j, i] = z * masks[l][j, i]
        A = new
    return A


def cost_of(A3: Array, Y: Array, p: Parameters, lambd: float) -> complex:
    """Cross-entropy and penalty, a term at a time."""
    weights = (weight for l in (1, 2, 3) for weight in p[f"W{l}"].ravel())
    penalty = sum(lambd * weight * weight / 2 for weight in weights)
    return oracle.cost_of(A3, Y) + penalty / Y.shape[1]


def gradients(X: Array, Y: Array, p: Parameters, masks: Masks, lambd: float) -> Parameters:
    """The gradients of all parameters by the complex step."""

    def cost(name: str, value: Array) -> complex:
        moved = p | {name: value}
        return cost_of(run(X, moved, masks), Y, moved, lambd)

    return {f"d{name}": oracle.gradient(functools.partial(cost, name), p[name]) for name in p}


def all_on(p: Parameters, m: int) -> Masks:
    """No unit is dropped."""
    return {l: np.ones((p[f"W{l}"].shape[0], m)) for l in (1, 2)}


# The solutions -----------------------------------------------------------------------------------


@moderately
@given(seeds, sizes, examples, strengths)
def test_the_cost_has_the_squares_of_all_weights_and_of_no_bias(
    a6: Assignment, seed: int, widths: list[int], m: int, lambd: float
) -> None:
    X, Y, p = network(seed, widths, m)
    A3 = run(X, p, all_on(p, m)).real
    cost = a6.reference.compute_cost_with_regularization(A3, Y, p, lambd)
    assert_close(cost, cost_of(A3, Y, p, lambd))


@moderately
@given(seeds, sizes, examples, strengths)
def test_the_gradients_with_a_penalty_are_those_of_the_cost_with_it(
    a6: Assignment, seed: int, widths: list[int], m: int, lambd: float
) -> None:
    X, Y, p = network(seed, widths, m)
    _, cache = a6.reference.forward_propagation(X, p)
    computed = a6.reference.backward_propagation_with_regularization(X, Y, cache, lambd)
    for name, slope in gradients(X, Y, p, all_on(p, m), lambd).items():
        assert_close(computed[name], slope)


@moderately
@given(seeds, sizes, examples, probabilities)
def test_dropout_forward_and_backward_belong_together(
    a6: Assignment, seed: int, widths: list[int], m: int, keep_prob: float
) -> None:
    X, Y, p = network(seed, widths, m)
    A3, cache = a6.reference.forward_propagation_with_dropout(X, p, keep_prob)
    masks = {1: cache[1] / keep_prob, 2: cache[6] / keep_prob}
    assert set(np.unique(np.concatenate([cache[1].ravel(), cache[6].ravel()]))) <= {0, 1}
    assert_close(A3, run(X, p, masks))
    computed = a6.reference.backward_propagation_with_dropout(X, Y, cache, keep_prob)
    for name, slope in gradients(X, Y, p, masks, 0).items():
        assert_close(computed[name], slope)

    def cost(layer: int, A: Array) -> complex:
        return cost_of(run(A, p, masks, first=layer + 1), Y, p, 0)

    for layer, A in ((1, cache[2]), (2, cache[7])):
        # What a unit had before its mask was applied; a dropped one is 0 either way.
        slope = m * oracle.gradient(functools.partial(cost, layer), A) * masks[layer]
        assert_close(computed[f"dA{layer}"], slope)


def test_on_average_dropout_changes_nothing_that_the_next_layer_receives(a6: Assignment) -> None:
    X, _, p = network(0, [3, 4, 3], 1)
    X = np.repeat(X, 40_000, axis=1)
    _, cache = a6.reference.forward_propagation_with_dropout(X, p, 0.7)
    on = np.maximum(cache[0], 0)[:, :1]
    assert np.allclose(cache[2].mean(axis=1, keepdims=True), on, rtol=0.02)


@moderately
@given(st.integers(1, 40), st.integers(1, 50), seeds)
def test_mini_batches_hold_each_example_once_with_its_label(
    a6: Assignment, m: int, size: int, seed: int
) -> None:
    X = np.vstack([np.arange(m), -np.arange(m)])
    Y = np.arange(m).reshape(1, m) % 2
    batches = a6.reference.random_mini_batches(X, Y, size, seed)
    assert [batch.shape[1] for batch, _ in batches[:-1]] == [size] * (len(batches) - 1)
    assert 1 <= batches[-1][0].shape[1] <= size
    together = np.concatenate([np.vstack(pair) for pair in batches], axis=1)
    assert sorted(together[0].tolist()) == list(range(m))
    assert (together[1] == -together[0]).all() and (together[2] == together[0] % 2).all()


@moderately
@given(st.lists(st.floats(0, 1), min_size=1, max_size=12), st.integers(1, 5))
def test_early_stopping_keeps_the_best_epoch_of_those_that_were_trained(
    a6: Assignment, costs: list[float], patience: int
) -> None:
    best, trained = a6.reference.stop_early(costs, patience)
    assert costs[best] == min(costs[:trained]) and costs.index(costs[best]) == best
    since = trained - 1 - best
    assert since == patience or (since < patience and trained == len(costs))


# What is trained with ----------------------------------------------------------------------------


@moderately
@given(seeds, sizes, examples)
def test_the_finished_network_agrees_with_the_oracle(seed: int, widths: list[int], m: int) -> None:
    X, Y, p = network(seed, widths, m)
    A3, cache = reg_utils.forward_propagation(X, p)
    assert_close(A3, run(X, p, all_on(p, m)))
    assert_close(reg_utils.compute_cost(A3, Y), cost_of(A3, Y, p, 0))
    computed = reg_utils.backward_propagation(X, Y, cache)
    for name, slope in gradients(X, Y, p, all_on(p, m), 0).items():
        assert_close(computed[name], slope)
    assert (reg_utils.predict_dec(p, X) == (A3 > 0.5)).all()


def test_a_prediction_of_exactly_one_that_is_right_costs_nothing() -> None:
    assert reg_utils.compute_cost(np.array([[1.0, 0.0]]), np.array([[1, 0]])) == 0
    assert reg_utils.compute_cost(np.array([[0.0]]), np.array([[1]])) == np.inf


def test_the_points_are_the_same_for_everybody_and_their_labels_follow_the_curve() -> None:
    first, again = reg_utils.load_2D_dataset(), reg_utils.load_2D_dataset()
    assert all(np.array_equal(one, other) for one, other in zip(first, again, strict=True))
    train_X, train_Y, test_X, test_Y = first
    assert train_X.shape == (2, 80) and train_Y.shape == (1, 80)
    below = test_X[1] < 0.45 * np.sin(2.5 * test_X[0])
    assert 0.8 < np.mean(below == test_Y[0]) < 0.97


# Biases that are not zero: no sum of a unit lies exactly on the bend of its ReLU.
START = random_parameters([3, 5, 4, 1], 0.8, seed=2)
START |= {f"b{l}": START[f"b{l}"] + 0.2 for l in (1, 2, 3)}
POINTS = np.random.RandomState(5).randn(3, 24)
LABELS = (POINTS[:1] + POINTS[1:2] > 0).astype(int)


def test_without_any_regularisation_the_training_is_plain_gradient_descent() -> None:
    training = RegularisedTraining(START, POINTS, LABELS, 0.3)
    log = training.run(20, every=5, watched={"training": (POINTS, LABELS)})
    plain = Descent(START, POINTS, LABELS, 0.3).run(20)
    assert_close(log.step_costs, plain.costs)
    for name, value in plain.parameters().items():
        assert_close(training.network.parameters[name], value)
    assert log.epochs == [0, 5, 10, 15, 20]
    assert log.costs["training"][1] == pytest.approx(plain.costs[5])


def test_a_step_with_a_penalty_lets_the_weights_decay_and_the_biases_not() -> None:
    training = RegularisedTraining(START, POINTS, LABELS, 0.3, lambd=6)
    training.run(1)
    measured = numerical_gradients(START, POINTS, LABELS)
    for name, value in START.items():
        shrunk = value * (1 - 0.3 * 6 / 24) if name.startswith("W") else value
        found = training.network.parameters[name]
        np.testing.assert_allclose(found, shrunk - 0.3 * measured[f"d{name}"], atol=1e-8)


def test_an_epoch_has_a_step_for_each_mini_batch() -> None:
    log = RegularisedTraining(START, POINTS, LABELS, 0.01, batch_size=7).run(3)
    assert len(log.step_costs) == 3 * 4


def test_steps_with_dropout_follow_the_plain_gradient_on_average() -> None:
    """For a network whose hidden layer never switches a unit off by itself, and small steps."""
    weights = {"W1": np.eye(3), "b1": np.full((3, 1), 9.0), "W2": np.full((1, 3), 1e-6)}
    start = {**weights, "b2": np.zeros((1, 1))}
    moves = []
    for seed in range(300):
        training = RegularisedTraining(start, POINTS, LABELS, 1.0, keep_prob=0.6, seed=seed)
        training.run(1)
        moves.append(start["W2"] - training.network.parameters["W2"])
    plain = LayeredNetwork(start).gradients(POINTS, LABELS)["dW2"]
    np.testing.assert_allclose(np.mean(moves, axis=0), plain, atol=0.05)


@pytest.mark.parametrize(
    "wrong", [{"lambd": -1.0}, {"keep_prob": 0.0}, {"keep_prob": 1.5}, {"batch_size": 0}]
)
def test_a_training_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="needed"):
        RegularisedTraining(START, POINTS, LABELS, 0.1, **wrong)
