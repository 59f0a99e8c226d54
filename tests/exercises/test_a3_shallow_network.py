"""The shallow network: its solutions against an oracle, its data, pictures and checks.

The oracle shares no line with the solutions: loops over units and examples, with complex numbers,
so that a derivative is the imaginary part of one evaluation (the complex step), exact to rounding.
"""

from __future__ import annotations

import cmath
import contextlib
import io
import math
from collections.abc import Callable, Mapping

import matplotlib.pyplot as plt
import numpy as np
import pytest
import scipy.special
from hypothesis import given, settings
from hypothesis import strategies as st

import planar_utils
from course.checks import calling, public_check
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.sandbox import limits
from tests.helpers import oracle
from tests.helpers.oracle import (
    Array,
    Parameters,
    assert_close,
    cost_of,
    examples,
    moderately,
    outputs,
    seeds,
    sizes,
)

NAME = "a3_shallow_network"


@pytest.fixture(scope="module")
def a3() -> Assignment:
    """The shallow network."""
    return assignments.load(NAME)


# The oracle --------------------------------------------------------------------------------------


def forward(X: Array, p: Mapping[str, Array]) -> tuple[Array, Array]:
    """A1 and A2, a unit and an example at a time, for real or complex parameters."""
    n_h, n_y, m = p["W1"].shape[0], p["W2"].shape[0], X.shape[1]
    A1, A2 = np.zeros((n_h, m), dtype=complex), np.zeros((n_y, m), dtype=complex)
    for i in range(m):
        for unit in range(n_h):
            z = sum(p["W1"][unit, k] * X[k, i] for k in range(X.shape[0])) + p["b1"][unit, 0]
            A1[unit, i] = (cmath.exp(2 * z) - 1) / (cmath.exp(2 * z) + 1)
        for unit in range(n_y):
            z = sum(p["W2"][unit, k] * A1[k, i] for k in range(n_h)) + p["b2"][unit, 0]
            A2[unit, i] = 1 / (1 + cmath.exp(-z))
    return A1, A2


def gradient(X: Array, Y: Array, p: Parameters, name: str) -> Array:
    """The gradient of the cost with respect to one parameter, by the complex step."""
    return oracle.gradient(lambda moved: cost_of(forward(X, p | {name: moved})[1], Y), p[name])


def network(seed: int, n_x: int, n_h: int, n_y: int, m: int) -> tuple[Array, Array, Parameters]:
    """An input, labels and parameters."""
    random = np.random.RandomState(seed)
    parameters = {
        "W1": random.randn(n_h, n_x),
        "b1": random.randn(n_h, 1) * 0.5,
        "W2": random.randn(n_y, n_h),
        "b2": random.randn(n_y, 1) * 0.5,
    }
    return random.randn(n_x, m), random.randint(0, 2, (n_y, m)), parameters


# The solutions -----------------------------------------------------------------------------------


@moderately
@given(sizes, outputs, examples)
def test_the_sizes_are_those_of_one_example(a3: Assignment, n_x: int, n_y: int, m: int) -> None:
    assert a3.reference.layer_sizes(np.zeros((n_x, m)), np.zeros((n_y, m))) == (n_x, 4, n_y)


@moderately
@given(seeds, sizes, sizes, outputs)
def test_parameters_go_on_with_the_random_numbers_of_the_caller(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int
) -> None:
    np.random.seed(seed)
    parameters = a3.reference.initialize_parameters(n_x, n_h, n_y)
    stream = np.random.RandomState(seed).randn(n_h * n_x + n_y * n_h) / 100
    assert set(parameters) == {"W1", "b1", "W2", "b2"}
    assert_close(parameters["W1"], stream[: n_h * n_x].reshape(n_h, n_x))
    assert_close(parameters["W2"], stream[n_h * n_x :].reshape(n_y, n_h))
    assert_close(parameters["b1"], np.zeros((n_h, 1)))
    assert_close(parameters["b2"], np.zeros((n_y, 1)))


@moderately
@given(seeds, sizes, sizes, outputs, examples)
def test_the_forward_pass_is_that_of_the_formulas(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int, m: int
) -> None:
    X, _, parameters = network(seed, n_x, n_h, n_y, m)
    A2, cache = a3.reference.forward_propagation(X, parameters)
    A1, expected = forward(X, parameters)
    assert_close(A2, expected)
    assert_close(cache["A1"], A1)
    assert_close(cache["A2"], expected)
    assert_close(np.tanh(cache["Z1"]), A1)
    assert_close(scipy.special.expit(cache["Z2"]), expected)


@moderately
@given(seeds, examples, st.sampled_from(["int64", "uint8", "float64", "bool"]))
def test_the_cost_is_the_mean_cross_entropy_for_labels_of_every_type(
    a3: Assignment, seed: int, m: int, dtype: str
) -> None:
    random = np.random.RandomState(seed)
    A2, Y = random.uniform(0.01, 0.99, (1, m)), random.randint(0, 2, (1, m)).astype(dtype)
    if dtype == "bool":
        Y = Y.astype("uint8")
    cost = a3.reference.compute_cost(A2, Y)
    assert isinstance(cost, float)
    assert_close(cost, cost_of(A2, Y))


@moderately
@given(seeds, sizes, sizes, outputs, examples, st.sampled_from(["int64", "uint8"]))
def test_the_backward_pass_is_the_derivative_of_the_cost(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int, m: int, dtype: str
) -> None:
    X, Y, parameters = network(seed, n_x, n_h, n_y, m)
    _, cache = a3.reference.forward_propagation(X, parameters)
    grads = a3.reference.backward_propagation(parameters, cache, X, Y.astype(dtype))
    assert set(grads) == {"dW1", "db1", "dW2", "db2"}
    for name in parameters:
        assert_close(grads["d" + name], gradient(X, Y, parameters, name))


@moderately
@given(seeds, sizes, sizes, outputs, st.none() | st.floats(0.001, 3))
def test_an_update_is_one_step_downhill_and_leaves_the_old_parameters_alone(
    a3: Assignment, seed: int, n_x: int, n_h: int, n_y: int, rate: float | None
) -> None:
    _, _, parameters = network(seed, n_x, n_h, n_y, 1)
    before = {name: value.copy() for name, value in parameters.items()}
    grads = {"d" + name: np.cos(value) for name, value in parameters.items()}
    updated = a3.reference.update_parameters(parameters, grads, *([rate] if rate else []))
    for name, value in before.items():
        assert_close(updated[name], value - (rate or 1.2) * np.cos(value))
        assert_close(parameters[name], value)


@settings(deadline=None, max_examples=8, derandomize=True)
@given(seeds, st.integers(1, 3), st.integers(1, 3), st.integers(0, 4))
def test_a_training_takes_as_many_steps_downhill_as_asked(
    seed: int, n_x: int, n_h: int, steps: int
) -> None:
    X, Y, _ = network(seed, n_x, n_h, 1, 4)
    learned = assignments.load(NAME).reference.nn_model(X, Y, n_h, steps)
    stream = np.random.RandomState(3).randn(n_h * n_x + n_h) / 100
    expected = {
        "W1": stream[: n_h * n_x].reshape(n_h, n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": stream[n_h * n_x :].reshape(1, n_h),
        "b2": np.zeros((1, 1)),
    }
    for _ in range(steps):
        step = {name: gradient(X, Y, expected, name) for name in expected}
        expected = {name: value - 1.2 * step[name] for name, value in expected.items()}
    for name, value in expected.items():
        assert_close(learned[name], value)


def test_a_training_prints_the_cost_at_every_thousandth_step(
    a3: Assignment, capsys: pytest.CaptureFixture[str]
) -> None:
    X, Y, _ = network(1, 2, 3, 1, 5)
    a3.reference.nn_model(X, Y, 3, 2001, print_cost=True)
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in lines] == [
        f"Cost after iteration {i}" for i in (0, 1000, 2000)
    ]
    assert float(lines[0].split(":")[1]) == pytest.approx(math.log(2), abs=1e-3)


@moderately
@given(seeds, sizes, sizes, examples)
def test_a_prediction_is_one_where_the_probability_is_above_one_half(
    a3: Assignment, seed: int, n_x: int, n_h: int, m: int
) -> None:
    X, _, parameters = network(seed, n_x, n_h, 1, m)
    expected = [[a.real > 0.5 for a in forward(X, parameters)[1][0]]]
    assert np.array_equal(a3.reference.predict(parameters, X), expected)


def test_a_probability_of_one_half_is_predicted_as_zero(a3: Assignment) -> None:
    _, _, parameters = network(1, 2, 3, 1, 1)
    nothing = {name: 0 * value for name, value in parameters.items()}
    assert not a3.reference.predict(nothing, np.ones((2, 3))).any()


def test_four_hidden_units_learn_the_flower(a3: Assignment) -> None:
    X, Y = planar_utils.load_planar_dataset()
    parameters = a3.reference.nn_model(X, Y, 4, 2000)
    assert np.mean(a3.reference.predict(parameters, X) == Y) > 0.85


# The data ----------------------------------------------------------------------------------------


def test_the_flower_has_400_points_of_two_classes_as_notebooks_expect() -> None:
    X, Y = planar_utils.load_planar_dataset()
    assert X.shape == (2, 400) and Y.shape == (1, 400)
    assert Y.dtype == np.uint8 and Y.sum() == 200
    again, _ = planar_utils.load_planar_dataset()
    assert np.array_equal(X, again)


def test_loading_data_leaves_the_random_numbers_of_the_notebook_alone() -> None:
    np.random.seed(7)
    planar_utils.load_planar_dataset()
    planar_utils.load_extra_datasets()
    assert np.random.rand() == np.random.RandomState(7).rand()


def test_an_odd_number_of_points_is_refused() -> None:
    with pytest.raises(ValueError, match="even"):
        planar_utils.load_planar_dataset(points=401)


def test_the_extra_datasets_are_pairs_of_rows_and_labels() -> None:
    found = planar_utils.load_extra_datasets()
    assert len(found) == 5
    for X, y in found:
        assert X.shape == (200, 2) and y.shape == (200,)
        assert set(np.unique(y % 2)) == {0, 1}
    assert set(np.unique(found[2][1])) == set(range(6))


@moderately
@given(st.floats(-1e3, 1e3))
def test_the_sigmoid_is_scipys_and_never_overflows(x: float) -> None:
    with np.errstate(all="raise", under="ignore"):
        assert_close(planar_utils.sigmoid(x), scipy.special.expit(x))


# The pictures ------------------------------------------------------------------------------------

X_FEW, Y_FEW = planar_utils.load_planar_dataset(20)


@pytest.mark.parametrize(
    "answer",
    [
        lambda rows: rows[:, 0] > 0,
        lambda rows: (rows[:, 0] > 0).astype(int).reshape(1, -1),
        lambda rows: 1.0 * (rows[:, [0]] > 0),
    ],
    ids=["flat", "row", "column"],
)
def test_the_decision_boundary_takes_what_models_of_old_notebooks_give(
    answer: Callable[[Array], Array],
) -> None:
    plt.figure()
    try:
        planar_utils.plot_decision_boundary(answer, X_FEW, Y_FEW)
        plt.gcf().savefig(io.BytesIO(), format="png", dpi=40)
    finally:
        plt.close()


# The checks ---------------------------------------------------------------------------------------


def test_the_public_checks_and_the_judge_begin_with_the_same_random_numbers() -> None:
    assert calling.CASE_SEED == limits.CASE_SEED


def test_a_check_gives_the_same_answer_whatever_was_drawn_before(a3: Assignment) -> None:
    for seed in (0, 1):
        np.random.seed(seed)
        with contextlib.redirect_stdout(io.StringIO()):
            public_check.check("initialize_parameters", a3.reference.initialize_parameters)


def test_the_check_accepts_the_seed_that_older_editions_set_inside(a3: Assignment) -> None:
    def seeded(n_x: int, n_h: int, n_y: int) -> Parameters:
        np.random.seed(2)
        parameters: Parameters = a3.reference.initialize_parameters(n_x, n_h, n_y)
        return parameters

    with contextlib.redirect_stdout(io.StringIO()):
        public_check.check("initialize_parameters", seeded)
