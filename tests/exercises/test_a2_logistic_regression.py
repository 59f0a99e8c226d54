"""Logistic regression: its solutions against an oracle, its images and its pictures.

The oracle shares no line with the solutions: it loops over features and examples, with complex
numbers, so that a derivative is the imaginary part of one evaluation (the complex step), exact to
rounding.
"""

from __future__ import annotations

import cmath
import contextlib
import copy
import functools
import io
from typing import Any

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays
from scipy.special import expit

from course.figures.computation_graph import Step, draw_computation_graph
from course.figures.gradient_descent import cost_of_points, descend
from course.figures.logistic_regression import draw_logistic_graph
from course.figures.parts import written_number
from course.image_data import ImageDataset, expected_figures, load_image_dataset
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.paths import DATASETS, PROJECT
from lr_utils import load_dataset
from tests.helpers import oracle
from tests.helpers.oracle import STEP, Array, examples, moderately, seeds, sizes

NAME = "a2_logistic_regression"
ORIGINALS = PROJECT.parent / "shared" / "datasets"

rates = st.floats(0.001, 0.3)
assert_close = functools.partial(oracle.assert_close, atol=1e-11)


@pytest.fixture(scope="module")
def a2() -> Assignment:
    """Logistic regression."""
    return assignments.load(NAME)


# The oracle --------------------------------------------------------------------------------------


def probability(w: Array, b: complex, x: Array) -> complex:
    """What the unit says of one example."""
    z = sum((w[j, 0] * x[j] for j in range(len(x))), start=b)
    return 1 / (1 + cmath.exp(-z))


def cost_of(w: Array, b: complex, X: Array, Y: Array) -> complex:
    """The mean cross-entropy, an example at a time."""
    total = 0j
    for i in range(X.shape[1]):
        a = probability(w, b, X[:, i])
        total -= cmath.log(a) if Y[0, i] else cmath.log(1 - a)
    return total / X.shape[1]


def gradient(w: Array, b: float, X: Array, Y: Array) -> tuple[Array, float]:
    """The derivatives of the cost by the complex step, a parameter at a time."""
    dw = oracle.gradient(lambda w: cost_of(w, b, X, Y), w)
    return dw, cost_of(w, b + 1j * STEP, X, Y).imag / STEP


def trained(
    w: Array, b: float, X: Array, Y: Array, steps: int, rate: float
) -> tuple[Array, float, list[float]]:
    """Gradient descent with the oracle's gradients."""
    w, costs = w.copy(), []
    for step in range(steps):
        if step % 100 == 0:
            costs.append(cost_of(w, b, X, Y).real)
        dw, db = gradient(w, b, X, Y)
        w, b = w - rate * dw, b - rate * db
    return w, b, costs


def unit(seed: int, n_x: int, m: int) -> tuple[Array, float, Array, Array]:
    """Parameters, examples and labels."""
    random = np.random.RandomState(seed)
    w, b = random.randn(n_x, 1), float(random.randn())
    return w, b, random.randn(n_x, m), random.randint(0, 2, (1, m))


# The solutions -----------------------------------------------------------------------------------


@moderately
@given(
    arrays.arrays(
        float,
        arrays.array_shapes(min_dims=0, max_dims=3, max_side=4),
        elements=st.floats(-30, 30),
    )
)
def test_the_sigmoid_is_that_of_scipy(a2: Assignment, z: Array) -> None:
    assert_close(a2.reference.sigmoid(z), expit(z))


@moderately
@given(st.integers(1, 300))
def test_the_parameters_start_at_zero(a2: Assignment, dim: int) -> None:
    w, b = a2.reference.initialize_with_zeros(dim)
    assert w.shape == (dim, 1) and not w.any()
    assert isinstance(b, float) and b == 0


@moderately
@given(seeds, sizes, examples)
def test_a_pass_gives_the_cost_and_its_gradient(
    a2: Assignment, seed: int, n_x: int, m: int
) -> None:
    w, b, X, Y = unit(seed, n_x, m)
    grads, cost = a2.reference.propagate(w, b, X, Y)
    dw, db = gradient(w, b, X, Y)
    assert set(grads) == {"dw", "db"}
    assert_close(grads["dw"], dw)
    assert_close(grads["db"], db)
    assert_close(cost, cost_of(w, b, X, Y).real)


@settings(moderately, max_examples=10)
@given(seeds, st.integers(1, 3), st.integers(1, 4), st.sampled_from([1, 2, 7, 101]), rates)
def test_the_loop_is_gradient_descent_and_leaves_its_arguments_alone(
    a2: Assignment, seed: int, n_x: int, m: int, steps: int, rate: float
) -> None:
    given_arguments = unit(seed, n_x, m)
    before = copy.deepcopy(given_arguments)
    params, grads, costs = a2.reference.optimize(*given_arguments, steps, rate)
    assert all(map(np.array_equal, given_arguments, before))
    w, b, expected_costs = trained(*before, steps, rate)
    assert_close(params["w"], w)
    assert_close(params["b"], b)
    assert_close(costs, expected_costs)
    before_last = trained(*before, steps - 1, rate)
    dw, db = gradient(*before_last[:2], *before[2:])
    assert_close(grads["dw"], dw)
    assert_close(grads["db"], db)


@pytest.mark.parametrize(
    ("steps", "recorded"), [(1, 1), (99, 1), (100, 1), (101, 2), (200, 2), (250, 3)]
)
def test_a_cost_is_recorded_at_every_hundredth_step(
    a2: Assignment, steps: int, recorded: int
) -> None:
    _, _, costs = a2.reference.optimize(*unit(0, 2, 4), steps, 0.01)
    assert len(costs) == recorded


@moderately
@given(seeds, sizes, examples)
def test_a_prediction_is_one_where_the_probability_is_above_one_half(
    a2: Assignment, seed: int, n_x: int, m: int
) -> None:
    w, b, X, _ = unit(seed, n_x, m)
    wanted = [[float(probability(w, b, X[:, i]).real > 0.5) for i in range(m)]]
    assert_close(a2.reference.predict(w, b, X), wanted)


def test_exactly_one_half_is_no_cat(a2: Assignment) -> None:
    assert not a2.reference.predict(np.ones((2, 1)), 0.0, np.zeros((2, 3))).any()


@settings(moderately, max_examples=8)
@given(seeds, st.integers(1, 3), st.integers(1, 4), st.integers(1, 4), st.integers(1, 20), rates)
def test_the_model_trains_from_zero_and_predicts_both_sets(
    a2: Assignment, seed: int, n_x: int, m: int, m_test: int, steps: int, rate: float
) -> None:
    _, _, X, Y = unit(seed, n_x, m)
    _, _, X_test, Y_test = unit(seed ^ 1, n_x, m_test)
    d = a2.reference.model(X, Y, X_test, Y_test, steps, rate)
    w, b, costs = trained(np.zeros((n_x, 1)), 0.0, X, Y, steps, rate)
    assert_close(d["w"], w)
    assert_close(d["b"], b)
    assert_close(d["costs"], costs)
    assert (d["learning_rate"], d["num_iterations"]) == (rate, steps)
    for part, name in ((X, "train"), (X_test, "test")):
        chances = [probability(w, b, x).real for x in part.T]
        clear = np.abs(np.array(chances) - 0.5) > 1e-9
        found = d[f"Y_prediction_{name}"]
        assert found.shape == (1, part.shape[1])
        assert np.array_equal((np.array(chances) > 0.5)[clear], found[0, clear])


def test_costs_and_accuracies_are_printed_where_asked_for_and_only_there(a2: Assignment) -> None:
    _, _, X, Y = unit(0, 2, 6)
    said = []
    for print_cost in (True, False):
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            a2.reference.model(X, Y, X, Y, 151, 0.01, print_cost)
        said.append([line.split(":")[0] for line in printed.getvalue().splitlines()])
    assert said[0] == [
        "Cost after iteration 0",
        "Cost after iteration 100",
        "training accuracy",
        "test accuracy",
    ]
    assert said[1] == []


# The images --------------------------------------------------------------------------------------


def columns(pictures: Array) -> Array:
    """Images as columns from 0 to 1."""
    return np.stack([picture.ravel() for picture in pictures], axis=1) / 255


def assert_reaches_the_figures(a2: Assignment, data: ImageDataset, figures: Any) -> None:
    """Train on the images, in the coordinates of the space that they span: the same training."""
    X, Y, X_test, Y_test = (
        columns(data.train_x_orig),
        data.train_y,
        columns(data.test_x_orig),
        data.test_y,
    )
    Q, R = np.linalg.qr(X)
    d = a2.reference.model(R, Y, Q.T @ X_test, Y_test, figures["iterations"], 0.005)
    assert len(d["costs"]) == figures["iterations"] // 100
    assert float(d["costs"][0]) == pytest.approx(figures["first_cost"], abs=1e-6)
    assert float(d["costs"][-1]) == pytest.approx(figures["last_cost"], abs=1e-6)
    for name, labels in (("train", Y), ("test", Y_test)):
        share = 100 * np.mean(d[f"Y_prediction_{name}"] == labels)
        assert share == pytest.approx(figures[f"{name}_accuracy"], abs=0.01)


def test_the_model_reaches_the_figures_of_the_embedded_images(a2: Assignment) -> None:
    if (DATASETS / "train_catvnoncat.h5").exists():
        pytest.skip("the original images are in use")
    figures = expected_figures("logistic_regression", DATASETS)
    assert_reaches_the_figures(a2, load_image_dataset(DATASETS), figures)


@pytest.mark.skipif(
    not (ORIGINALS / "train_catvnoncat.h5").exists(),
    reason="the original images are not in ../shared/datasets",
)
def test_the_model_reaches_the_known_figures_on_the_original_images(a2: Assignment) -> None:
    figures = expected_figures("logistic_regression", ORIGINALS)
    assert_reaches_the_figures(a2, load_image_dataset(ORIGINALS), figures)


def test_the_images_come_in_the_order_that_notebooks_unpack() -> None:
    train_x, train_y, test_x, test_y, classes = load_dataset()
    assert train_x.shape == (209, 64, 64, 3) and train_y.shape == (1, 209)
    assert test_x.shape == (50, 64, 64, 3) and test_y.shape == (1, 50)
    assert classes[1].decode("utf-8") == "cat"


def test_a_release_carries_the_images_and_no_solution(a2: Assignment) -> None:
    folder = PROJECT / "release" / NAME
    with h5py.File(folder / "datasets" / "embedded_train_catvnoncat.h5") as file:
        assert file["train_set_x"].shape == (209, 64, 64, 3)
    texts = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert "np.exp(-z)" not in texts


# The pictures ------------------------------------------------------------------------------------


def test_a_computation_graph_shows_values_and_measured_derivatives() -> None:
    figure = draw_computation_graph(
        {"a": 5, "b": 3, "c": 2},
        [
            Step("u", "u = b c", ("b", "c"), lambda b, c: b * c),
            Step("v", "v = a + u", ("a", "u"), lambda a, u: a + u),
            Step("J", "J = 3 v", ("v",), lambda v: 3 * v),
        ],
        learned=["a", "c"],
    )
    values, derivatives = figure.alt.split("Derivatives")
    assert "u is 6; v is 11; J is 33" in values
    assert derivatives == " of J: 3 for a, 9 for c, 3 for u, 3 for v, 1 for J."


@pytest.mark.parametrize("y", [0, 1])
def test_the_graph_of_logistic_regression_shows_the_gradients_of_the_oracle(y: int) -> None:
    x, w, b = np.array([[1.0], [-2.0]]), np.array([[0.5], [-0.3]]), 0.1
    figure = draw_logistic_graph(x.ravel(), w.ravel(), b, y)
    dw, db = gradient(w, b, x, np.array([[y]]))
    for name, value in (("w1", dw[0, 0]), ("w2", dw[1, 0]), ("b", db), ("z", db)):
        assert f"{written_number(value)} for {name}" in figure.alt


@pytest.mark.parametrize(
    ("value", "digits", "text"),
    [(-0.2314, 3, "−0.231"), (2.0, 3, "2"), (-0.0001, 2, "0"), (10.0, 0, "10"), (0.5, 2, "0.5")],
)
def test_numbers_are_written_as_people_write_them(value: float, digits: int, text: str) -> None:
    assert written_number(value, digits) == text


@moderately
@given(seeds, examples, st.floats(-3, 3), st.floats(-3, 3))
def test_the_drawn_cost_is_that_of_the_oracle(seed: int, m: int, w: float, b: float) -> None:
    _, _, x, y = unit(seed, 1, m)
    wanted = cost_of(np.array([[w]]), b, x, y).real
    assert float(cost_of_points(x, y)(w, b)) == pytest.approx(wanted)


def test_a_drawn_descent_is_that_of_the_oracle() -> None:
    _, _, x, y = unit(4, 1, 6)
    path = descend(cost_of_points(x, y), (1.0, -1.0), 0.5, 7)
    w, b, _ = trained(np.array([[1.0]]), -1.0, x, y, 7, 0.5)
    assert path.shape == (8, 2)
    np.testing.assert_allclose(path[-1], [w[0, 0], b], atol=1e-7)
