"""The solutions of the source notebooks, against an oracle that shares no line with them.

The oracle is written as the formulas are: loops over units and examples, with complex numbers, so
that a derivative is the imaginary part of one evaluation (the complex step), exact to rounding.
"""

from __future__ import annotations

import cmath
import contextlib
import copy
import io
import types
from collections.abc import Callable
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.exercises.assignment import Assignment
from grader.paths import PROJECT
from tests.helpers.oracle import (
    Array,
    Parameters,
    assert_close,
    cost_of,
    examples,
    gradient,
    moderately,
    outputs,
    seeds,
    sizes,
)

ORIGINALS = PROJECT.parent / "shared" / "datasets"


activations = st.sampled_from(["relu", "sigmoid"])
hidden_widths = st.lists(sizes, min_size=1, max_size=4)  # the input and the hidden layers


# The oracle --------------------------------------------------------------------------------------


def activate(z: complex, activation: str) -> complex:
    """One unit's output."""
    if activation == "relu":
        return z if z.real > 0 else 0.0
    return 1 / (1 + cmath.exp(-z))


def linear(A: Array, W: Array, b: Array) -> Array:
    """Z of one layer, sum by sum."""
    Z = np.zeros((W.shape[0], A.shape[1]), dtype=complex)
    for i in range(W.shape[0]):
        for j in range(A.shape[1]):
            Z[i, j] = sum(W[i, k] * A[k, j] for k in range(W.shape[1])) + b[i, 0]
    return Z


def layer(A: Array, W: Array, b: Array, activation: str) -> Array:
    """A of one layer."""
    Z = linear(A, W, b)
    return np.array([[activate(z, activation) for z in row] for row in Z])


def activations_of(X: Array, parameters: Parameters, first: int = 1) -> list[Array]:
    """The activations of layer ``first`` and of all later ones, from what feeds the first."""
    A, found = X, []
    L = len(parameters) // 2
    for number in range(first, L + 1):
        activation = "sigmoid" if number == L else "relu"
        A = layer(A, parameters[f"W{number}"], parameters[f"b{number}"], activation)
        found.append(A)
    return found


def network(seed: int, widths: list[int], m: int) -> tuple[Array, Array, Parameters]:
    """An input, labels and parameters of a network."""
    random = np.random.RandomState(seed)
    parameters: Parameters = {}
    for number, (n_prev, n) in enumerate(zip(widths, widths[1:], strict=False), start=1):
        parameters[f"W{number}"] = random.randn(n, n_prev)
        parameters[f"b{number}"] = random.randn(n, 1) * 0.5
    return random.randn(widths[0], m), random.randint(0, 2, (widths[-1], m)), parameters


def one_layer(seed: int, n_prev: int, n: int, m: int) -> tuple[Array, Array, Array]:
    """The input, the weights and the biases of one layer."""
    random = np.random.RandomState(seed)
    return random.randn(n_prev, m), random.randn(n, n_prev), random.randn(n, 1)


# a4: the building blocks -------------------------------------------------------------------------


@moderately
@given(sizes, sizes, outputs)
def test_two_layers_start_with_the_agreed_random_numbers(
    a4: Assignment, n_x: int, n_h: int, n_y: int
) -> None:
    parameters = a4.reference.initialize_parameters(n_x, n_h, n_y)
    stream = np.random.RandomState(1).randn(n_h * n_x + n_y * n_h) / 100
    assert set(parameters) == {"W1", "b1", "W2", "b2"}
    assert_close(parameters["W1"], stream[: n_h * n_x].reshape(n_h, n_x))
    assert_close(parameters["W2"], stream[n_h * n_x :].reshape(n_y, n_h))
    assert_close(parameters["b1"], np.zeros((n_h, 1)))
    assert_close(parameters["b2"], np.zeros((n_y, 1)))


@moderately
@given(hidden_widths, outputs)
def test_many_layers_start_with_the_agreed_random_numbers(
    a4: Assignment, hidden: list[int], n_y: int
) -> None:
    widths = [*hidden, n_y]
    parameters = a4.reference.initialize_parameters_deep(widths)
    random = np.random.RandomState(3)
    assert len(parameters) == 2 * len(hidden)
    for number in range(1, len(widths)):
        W = [
            [random.randn() / 100 for _ in range(widths[number - 1])] for _ in range(widths[number])
        ]
        assert_close(parameters[f"W{number}"], W)
        assert_close(parameters[f"b{number}"], np.zeros((widths[number], 1)))


@moderately
@given(seeds, sizes, sizes, examples)
def test_linear_forward_is_the_sum_of_weighted_inputs(
    a4: Assignment, seed: int, n_prev: int, n: int, m: int
) -> None:
    A, W, b = one_layer(seed, n_prev, n, m)
    Z, cache = a4.reference.linear_forward(A, W, b)
    assert_close(Z, linear(A, W, b))
    assert all(kept is given for kept, given in zip(cache, (A, W, b), strict=True))


@moderately
@given(seeds, sizes, sizes, examples, activations)
def test_linear_activation_forward_is_a_layer(
    a4: Assignment, seed: int, n_prev: int, n: int, m: int, activation: str
) -> None:
    inputs = one_layer(seed, n_prev, n, m)
    A, (linear_cache, activation_cache) = a4.reference.linear_activation_forward(
        *inputs, activation
    )
    assert_close(A, layer(*inputs, activation))
    assert_close(activation_cache, linear(*inputs))
    for kept, given_value in zip(linear_cache, inputs, strict=True):
        assert_close(kept, given_value)


@moderately
@given(seeds, hidden_widths, outputs, examples)
def test_the_forward_pass_goes_through_every_layer(
    a4: Assignment, seed: int, hidden: list[int], n_y: int, m: int
) -> None:
    X, _, parameters = network(seed, [*hidden, n_y], m)
    AL, caches = a4.reference.L_model_forward(X, parameters)
    found = activations_of(X, parameters)
    assert_close(AL, found[-1])
    assert len(caches) == len(hidden)
    fed = [X, *found]
    for number, ((A_prev, W, b), Z) in enumerate(caches, start=1):
        assert_close(A_prev, fed[number - 1])
        assert_close(W, parameters[f"W{number}"])
        assert_close(b, parameters[f"b{number}"])
        assert_close(Z, linear(fed[number - 1], W, b))


@moderately
@given(seeds, outputs, examples)
def test_the_cost_is_the_mean_cross_entropy(a4: Assignment, seed: int, n_y: int, m: int) -> None:
    random = np.random.RandomState(seed)
    AL, Y = random.uniform(0.01, 0.99, (n_y, m)), random.randint(0, 2, (n_y, m))
    cost = a4.reference.compute_cost(AL, Y)
    assert np.ndim(cost) == 0
    assert_close(cost, cost_of(AL, Y))


@moderately
@given(seeds, sizes, sizes, examples)
def test_linear_backward_is_the_gradient_of_linear_forward(
    a4: Assignment, seed: int, n_prev: int, n: int, m: int
) -> None:
    A, W, b = one_layer(seed, n_prev, n, m)
    dZ = np.random.RandomState(seed ^ 1).randn(n, m)
    dA_prev, dW, db = a4.reference.linear_backward(dZ, (A, W, b))
    assert_close(dA_prev, gradient(lambda A: np.sum(dZ * linear(A, W, b)), A))
    assert_close(dW, gradient(lambda W: np.sum(dZ * linear(A, W, b)) / m, W))
    assert_close(db, gradient(lambda b: np.sum(dZ * linear(A, W, b)) / m, b))


@moderately
@given(seeds, sizes, sizes, examples, activations)
def test_linear_activation_backward_is_the_gradient_of_a_layer(
    a4: Assignment, seed: int, n_prev: int, n: int, m: int, activation: str
) -> None:
    A, W, b = one_layer(seed, n_prev, n, m)
    dA = np.random.RandomState(seed ^ 1).randn(n, m)
    cache = ((A, W, b), linear(A, W, b).real)
    dA_prev, dW, db = a4.reference.linear_activation_backward(dA, cache, activation)
    assert_close(dA_prev, gradient(lambda A: np.sum(dA * layer(A, W, b, activation)), A))
    assert_close(dW, gradient(lambda W: np.sum(dA * layer(A, W, b, activation)) / m, W))
    assert_close(db, gradient(lambda b: np.sum(dA * layer(A, W, b, activation)) / m, b))


@settings(moderately, max_examples=15)
@given(seeds, hidden_widths, outputs, st.integers(1, 5))
def test_the_backward_pass_is_the_gradient_of_the_cost(
    a4: Assignment, seed: int, hidden: list[int], n_y: int, m: int
) -> None:
    X, Y, parameters = network(seed, [*hidden, n_y], m)
    L = len(hidden)
    AL, caches = a4.reference.L_model_forward(X, parameters)
    grads = a4.reference.L_model_backward(AL, Y, caches)
    names = {f"dA{l}" for l in range(L)} | {f"d{p}" for p in parameters}
    assert set(grads) == names

    for name in parameters:

        def cost_with(value: Array, name: str = name) -> complex:
            return cost_of(activations_of(X, parameters | {name: value})[-1], Y)

        assert_close(grads[f"d{name}"], gradient(cost_with, parameters[name]))

    fed = [X, *(A.real for A in activations_of(X, parameters))]
    for l in range(L):

        def loss_from(A: Array, l: int = l) -> complex:
            return m * cost_of(activations_of(A, parameters, first=l + 1)[-1], Y)

        assert_close(grads[f"dA{l}"], gradient(loss_from, fed[l]))


@moderately
@given(seeds, hidden_widths, outputs, st.floats(1e-4, 10))
def test_update_parameters_takes_one_step_down_and_works_on_a_copy(
    a4: Assignment, seed: int, hidden: list[int], n_y: int, rate: float
) -> None:
    _, _, parameters = network(seed, [*hidden, n_y], 1)
    _, _, other = network(seed ^ 1, [*hidden, n_y], 1)
    grads = {f"d{name}": value for name, value in other.items()}
    before = copy.deepcopy(parameters)
    updated = a4.reference.update_parameters(parameters, grads, rate)
    assert set(updated) == set(parameters)
    for name, value in before.items():
        step = [p - rate * g for p, g in zip(value.flat, grads[f"d{name}"].flat, strict=True)]
        assert_close(updated[name], np.reshape(step, value.shape))
        assert np.array_equal(parameters[name], value)


@moderately
@given(seeds, hidden_widths, outputs, examples)
def test_a_short_training_step_decreases_the_cost(
    a4: Assignment, seed: int, hidden: list[int], n_y: int, m: int
) -> None:
    X, Y, parameters = network(seed, [*hidden, n_y], m)
    AL, caches = a4.reference.L_model_forward(X, parameters)
    grads = a4.reference.L_model_backward(AL, Y, caches)
    updated = a4.reference.update_parameters(parameters, grads, 1e-6)
    better, _ = a4.reference.L_model_forward(X, updated)
    assert a4.reference.compute_cost(better, Y) < a4.reference.compute_cost(AL, Y)


# a5: the models ----------------------------------------------------------------------------------


def trained(
    X: Array, Y: Array, parameters: Parameters, rate: float, steps: int
) -> tuple[Parameters, list[float]]:
    """Gradient descent in plain NumPy, with the gradient of sigmoid and cost taken together."""
    L, m = len(parameters) // 2, X.shape[1]
    weights = [parameters[f"W{l}"].copy() for l in range(1, L + 1)]
    biases = [parameters[f"b{l}"].copy() for l in range(1, L + 1)]
    costs = []
    for step in range(steps):
        outputs_of = [X]
        for l in range(L):
            Z = weights[l] @ outputs_of[-1] + biases[l]
            outputs_of.append(1 / (1 + np.exp(-Z)) if l == L - 1 else Z * (Z > 0))
        AL = outputs_of[-1]
        if step % 100 == 0:
            costs.append(-np.mean(np.where(Y == 1, np.log(AL), np.log(1 - AL))))
        delta = (AL - Y) / m
        for l in reversed(range(L)):
            dW, db = delta @ outputs_of[l].T, delta.sum(axis=1, keepdims=True)
            delta = (weights[l].T @ delta) * (outputs_of[l] > 0)
            weights[l] -= rate * dW
            biases[l] -= rate * db
    found = {f"W{l + 1}": weights[l] for l in range(L)}
    return found | {f"b{l + 1}": biases[l] for l in range(L)}, costs


def small_start(widths: list[int]) -> Parameters:
    """The parameters that the two-layer model starts with."""
    random = np.random.RandomState(1)
    pairs = list(zip(widths, widths[1:], strict=False))
    start = {f"W{l}": random.randn(n, p) * 0.01 for l, (p, n) in enumerate(pairs, start=1)}
    return start | {f"b{l}": np.zeros((n, 1)) for l, (_, n) in enumerate(pairs, start=1)}


def scaled_start(widths: list[int]) -> Parameters:
    """The parameters that the deep model starts with."""
    random = np.random.RandomState(1)
    pairs = list(zip(widths, widths[1:], strict=False))
    start = {f"W{l}": random.randn(n, p) / p**0.5 for l, (p, n) in enumerate(pairs, start=1)}
    return start | {f"b{l}": np.zeros((n, 1)) for l, (_, n) in enumerate(pairs, start=1)}


@moderately
@given(seeds, sizes, sizes, examples, st.integers(1, 230), st.floats(0.001, 0.3))
def test_the_two_layer_model_trains_as_plain_gradient_descent_does(
    a5: Assignment, seed: int, n_x: int, n_h: int, m: int, steps: int, rate: float
) -> None:
    X, Y, _ = network(seed, [n_x, n_h, 1], m)
    parameters, costs = a5.reference.two_layer_model(X, Y, (n_x, n_h, 1), rate, steps)
    expected, expected_costs = trained(X, Y, small_start([n_x, n_h, 1]), rate, steps)
    assert set(parameters) == set(expected)
    for name, value in expected.items():
        assert_close(parameters[name], value)
    assert_close(costs, expected_costs)


@moderately
@given(seeds, hidden_widths, examples, st.integers(1, 230), st.floats(0.001, 0.3))
def test_the_deep_model_trains_as_plain_gradient_descent_does(
    a5: Assignment, seed: int, hidden: list[int], m: int, steps: int, rate: float
) -> None:
    X, Y, _ = network(seed, [*hidden, 1], m)
    parameters, costs = a5.reference.L_layer_model(X, Y, [*hidden, 1], rate, steps)
    expected, expected_costs = trained(X, Y, scaled_start([*hidden, 1]), rate, steps)
    assert set(parameters) == set(expected)
    for name, value in expected.items():
        assert_close(parameters[name], value)
    assert_close(costs, expected_costs)


@pytest.mark.parametrize("model", ["two_layer_model", "L_layer_model"])
@pytest.mark.parametrize(
    ("steps", "recorded"), [(1, 1), (99, 1), (100, 1), (101, 2), (200, 2), (250, 3)]
)
def test_a_cost_is_recorded_at_every_hundredth_step(
    a5: Assignment, model: str, steps: int, recorded: int
) -> None:
    X, Y, _ = network(0, [3, 2, 1], 4)
    _, costs = getattr(a5.reference, model)(X, Y, (3, 2, 1), 0.01, steps)
    assert len(costs) == recorded


@pytest.mark.parametrize("model", ["two_layer_model", "L_layer_model"])
def test_costs_are_printed_where_asked_for_and_only_there(a5: Assignment, model: str) -> None:
    X, Y, _ = network(0, [3, 2, 1], 4)
    said = []
    for print_cost in (True, False):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            getattr(a5.reference, model)(X, Y, (3, 2, 1), 0.01, 151, print_cost)
        said.append(printed.getvalue().splitlines())
    assert [line.split(":")[0] for line in said[0]] == [
        f"Cost after iteration {i}" for i in (0, 100, 150)
    ]
    assert said[1] == []


# a5: the figures of the original images ----------------------------------------------------------

FIGURES = {
    "two_layer_model": ((12288, 7, 1), 0.693050, 0.048555, 1.0, 0.72),
    "L_layer_model": ([12288, 20, 7, 5, 1], 0.771749, 0.092878, 0.9856, 0.80),
}
needs_originals = pytest.mark.skipif(
    not (ORIGINALS / "train_catvnoncat.h5").exists(),
    reason="the original images are not in ../shared/datasets",
)


@pytest.fixture(scope="module")
def originals() -> dict[str, Array]:
    """The original images as columns, and their labels as rows."""
    found = {}
    for part in ("train", "test"):
        with h5py.File(ORIGINALS / f"{part}_catvnoncat.h5") as file:
            images = np.array(file[f"{part}_set_x"])
            found[f"{part}_x"] = images.reshape(len(images), -1).T / 255
            found[f"{part}_y"] = np.array(file[f"{part}_set_y"]).reshape(1, -1)
    return found


def starting_from(model: types.FunctionType, start: Parameters) -> Callable[..., Any]:
    """The same code, with other initial parameters."""

    def given(*_sizes: int) -> Parameters:
        return copy.deepcopy(start)

    names = {"initialize_parameters": given, "initialize_parameters_deep": given}
    return types.FunctionType(
        model.__code__, model.__globals__ | names, model.__name__, model.__defaults__
    )


@needs_originals
@pytest.mark.parametrize("name", FIGURES)
def test_the_models_reach_the_known_figures_on_the_original_images(
    a5: Assignment, originals: dict[str, Array], name: str
) -> None:
    dims, first_cost, last_cost, on_train, on_test = FIGURES[name]
    model = getattr(a5.reference, name)
    X, Y = originals["train_x"], originals["train_y"]
    start = (small_start if name == "two_layer_model" else scaled_start)(list(dims))
    # The gradient of W1 lies in the span of the images, so training on R of X = QR is the same
    # trajectory, fifty times shorter.
    Q, R = np.linalg.qr(X)
    V = start["W1"] @ Q
    reduced = starting_from(model, start | {"W1": V})
    parameters, costs = reduced(R, Y, (len(R), *dims[1:]), 0.0075, 2500)
    assert len(costs) == 25
    assert float(costs[0]) == pytest.approx(first_cost, abs=1e-6)
    assert float(costs[-1]) == pytest.approx(last_cost, abs=1e-6)

    restored = parameters | {"W1": start["W1"] + (parameters["W1"] - V) @ Q.T}
    for part, share in (("train", on_train), ("test", on_test)):
        AL, _ = a5.reference.L_model_forward(originals[f"{part}_x"], restored)
        assert np.mean((AL > 0.5) == originals[f"{part}_y"]) == pytest.approx(share, abs=1e-4)

    _, full_costs = model(X, Y, dims, 0.0075, 101)
    np.testing.assert_allclose(costs[:2], full_costs, rtol=1e-9)
