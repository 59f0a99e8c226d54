"""The modules behind the lessons compute what the lessons say that they compute.

The oracle shares no line with them: the cost is a loop over examples and units in plain Python, and
a derivative is measured by moving one number a little up and down.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import planar_utils
from course.figures import depth as depth_figures
from course.figures import feature_detectors
from course.figures import products as product_figures
from course.networks.layered import ACTIVATIONS, LayeredNetwork, random_parameters
from course.networks.reduced_training import (
    Descent,
    Reduction,
    follow_step,
    numerical_gradients,
    probability,
)

Array = np.ndarray[Any, np.dtype[Any]]
Parameters = dict[str, Array]
Problem = tuple[Parameters, Array, Array]
Shape = tuple[int, ...]

NUDGE = 1e-6
CORNER = 1e-4  # nearer to the corner of a ReLU than this, a slope cannot be measured

moderately = settings(deadline=None, max_examples=25, derandomize=True)

SCALARS: dict[str, Callable[[float], float]] = {
    "sigmoid": lambda z: 1 / (1 + math.exp(-z)),
    "tanh": math.tanh,
    "relu": lambda z: z if z > 0 else 0.0,
    "leaky_relu": lambda z: z if z > 0 else 0.01 * z,
    "linear": lambda z: z,
}


# The oracle --------------------------------------------------------------------------------------


def losses(parameters: Parameters, X: Array, Y: Array, hidden: str) -> list[float]:
    """The loss of each example, unit by unit."""
    depth, found = len(parameters) // 2, []
    for i in range(X.shape[1]):
        values = [float(x) for x in X[:, i]]
        for l in range(1, depth + 1):
            W, b = parameters[f"W{l}"], parameters[f"b{l}"]
            g = SCALARS["sigmoid" if l == depth else hidden]
            values = [
                g(sum(float(W[j, k]) * values[k] for k in range(W.shape[1])) + float(b[j, 0]))
                for j in range(W.shape[0])
            ]
        (a,) = values
        found.append(-math.log(a) if Y[0, i] == 1 else -math.log(1 - a))
    return found


def measured_gradients(parameters: Parameters, X: Array, Y: Array, hidden: str) -> Parameters:
    """The derivative of the mean loss for each parameter, from losses alone."""
    gradients = {}
    for name, values in parameters.items():
        gradients["d" + name] = np.zeros(values.shape)
        for place in np.ndindex(values.shape):
            costs = []
            for shift in (NUDGE, -NUDGE):
                moved = values.copy()
                moved[place] += shift
                costs.append(float(np.mean(losses({**parameters, name: moved}, X, Y, hidden))))
            gradients["d" + name][place] = (costs[0] - costs[1]) / (2 * NUDGE)
    return gradients


@st.composite
def problems(draw: st.DrawFn, most_examples: int = 5) -> Problem:
    """A network of any depth with examples and labels; its layers may have any width."""
    sizes = [*draw(st.lists(st.integers(1, 4), min_size=1, max_size=4)), 1]
    m = draw(st.integers(1, most_examples))
    random = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    parameters = {}
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:], strict=False), 1):
        parameters[f"W{l}"] = random.normal(size=(n, n_prev))
        parameters[f"b{l}"] = 0.5 * random.normal(size=(n, 1))
    return parameters, random.normal(size=(sizes[0], m)), random.integers(0, 2, size=(1, m))


def has_a_corner(parameters: Parameters, X: Array, hidden: str) -> bool:
    """Whether some z of a hidden layer is so near to 0 that a nudge may cross it."""
    inner = [z for z, _ in LayeredNetwork(parameters, hidden).layers(X)[:-1]]
    return any(np.abs(z).min() < CORNER for z in inner)


# The networks of the lessons ---------------------------------------------------------------------


@moderately
@given(problem=problems(), hidden=st.sampled_from(sorted(SCALARS)))
def test_a_layered_network_has_the_cost_and_the_gradients_of_its_formulas(
    problem: Problem, hidden: str
) -> None:
    parameters, X, Y = problem
    assume(not has_a_corner(parameters, X, hidden))
    network = LayeredNetwork(parameters, hidden)
    assert network.cost(X, Y) == pytest.approx(np.mean(losses(parameters, X, Y, hidden)))
    found = network.gradients(X, Y)
    for name, measured in measured_gradients(parameters, X, Y, hidden).items():
        assert found[name].shape == parameters[name[1:]].shape
        assert np.allclose(found[name], measured, rtol=1e-5, atol=1e-7), name


@moderately
@given(problem=problems(), hidden=st.sampled_from(sorted(SCALARS)))
def test_a_column_of_dZ_belongs_to_the_loss_of_one_example(problem: Problem, hidden: str) -> None:
    parameters, X, Y = problem
    found = LayeredNetwork(parameters, hidden).gradients(X, Y)
    for i in range(X.shape[1]):
        alone = LayeredNetwork(parameters, hidden).gradients(X[:, [i]], Y[:, [i]])
        for l in range(1, len(parameters) // 2 + 1):
            assert np.allclose(found[f"dZ{l}"][:, [i]], alone[f"dZ{l}"])
            # With one example the mean over the examples is that example.
            assert np.allclose(alone[f"db{l}"], alone[f"dZ{l}"])


@moderately
@given(problem=problems(), rate=st.floats(0.01, 2))
def test_a_training_step_goes_against_the_gradient_and_keeps_the_given_parameters(
    problem: Problem, rate: float
) -> None:
    parameters, X, Y = problem
    before = {name: value.copy() for name, value in parameters.items()}
    network = LayeredNetwork(parameters, "tanh")
    gradients = network.gradients(X, Y)
    costs = network.train(X, Y, rate, steps=1, keep=(0, 1))
    assert costs == [pytest.approx(np.mean(losses(parameters, X, Y, "tanh")))]
    for name, value in parameters.items():
        assert np.array_equal(value, before[name])
        assert np.array_equal(network.snapshots[0][name], value)
        assert np.allclose(network.snapshots[1][name], value - rate * gradients["d" + name])


@pytest.mark.parametrize("name", sorted(ACTIVATIONS))
def test_the_slope_of_an_activation_function_is_the_measured_one(name: str) -> None:
    g, slope = ACTIVATIONS[name]
    z = np.array([-30.0, -2.0, -0.3, 0.4, 1.0, 30.0])
    assert np.allclose(g(z), [SCALARS[name](float(x)) for x in z])
    measured = (g(z + NUDGE) - g(z - NUDGE)) / (2 * NUDGE)
    assert np.allclose(slope(z, g(z)), measured, atol=1e-8)


def test_random_weights_have_the_wanted_spread_and_biases_are_zero() -> None:
    sizes = [300, 200, 100]
    fixed = random_parameters(sizes, 0.01, seed=5)
    scaled = random_parameters(sizes, lambda n_prev: 1 / np.sqrt(n_prev), seed=5)
    for l, (n_prev, n) in enumerate(zip(sizes, sizes[1:], strict=False), 1):
        assert fixed[f"W{l}"].shape == (n, n_prev) and fixed[f"b{l}"].shape == (n, 1)
        assert np.std(fixed[f"W{l}"]) == pytest.approx(0.01, rel=0.02)
        assert np.std(scaled[f"W{l}"]) == pytest.approx(n_prev**-0.5, rel=0.02)
        assert not fixed[f"b{l}"].any()


# The same training with fewer inputs -------------------------------------------------------------


@moderately
@given(problem=problems())
def test_a_descent_follows_the_gradient_of_the_cost(problem: Problem) -> None:
    parameters, X, Y = problem
    assume(not has_a_corner(parameters, X, "relu"))
    descent = Descent(parameters, X, Y, learning_rate=0.5)
    assert descent.cost() == pytest.approx(np.mean(losses(parameters, X, Y, "relu")))
    found, by_module = descent.gradients(), numerical_gradients(parameters, X, Y)
    for name, measured in measured_gradients(parameters, X, Y, "relu").items():
        assert np.allclose(found[name], measured, rtol=1e-5, atol=1e-7), name
        assert np.allclose(by_module[name], measured, rtol=1e-5, atol=1e-7), name
    after = descent.run(1).parameters()
    for name, value in parameters.items():
        assert np.allclose(after[name], value - 0.5 * found["d" + name])
    assert descent.steps == len(descent.costs) == 1


@st.composite
def wide_problems(draw: st.DrawFn) -> Problem:
    """A problem with at least as many inputs as examples, as images are."""
    parameters, X, Y = draw(problems())
    assume(X.shape[1] <= X.shape[0])
    return parameters, X, Y


@moderately
@given(problem=wide_problems(), steps=st.integers(1, 6))
def test_the_reduced_and_the_whole_problem_are_the_same_training(
    problem: Problem, steps: int
) -> None:
    initial, X, Y = problem
    reduction = Reduction.of(X)
    assert np.allclose(reduction.axes @ reduction.coordinates, X)
    whole = Descent(initial, X, Y, 0.3).run(steps)
    short = reduction.shorten(initial)
    assert short["W1"].shape == (len(initial["W1"]), X.shape[1])
    reduced = Descent(short, reduction.coordinates, Y, 0.3).run(steps)
    assert np.allclose(whole.costs, reduced.costs, rtol=1e-9)
    restored = reduction.restore(reduced.parameters(), initial)
    for name, value in whole.parameters().items():
        assert np.allclose(restored[name], value, rtol=1e-8, atol=1e-10), name
    assert np.allclose(probability(restored, X), probability(reduced.parameters(), short_of(X)))


def short_of(X: Array) -> Array:
    """The examples in the coordinates of their span."""
    return Reduction.of(X).coordinates


def test_learned_weights_move_in_the_span_of_the_examples_only() -> None:
    random = np.random.default_rng(2)
    X, Y = random.normal(size=(40, 6)), np.array([[0, 1, 1, 0, 1, 0]])
    initial = random_parameters([40, 5, 1], 0.3, seed=4)
    learned = Descent(initial, X, Y, 0.5).run(50).parameters()["W1"] - initial["W1"]
    axes = Reduction.of(X).axes
    assert np.linalg.norm(learned) > 0.1
    assert np.allclose(learned @ axes @ axes.T, learned)


def test_more_examples_than_inputs_are_not_reduced() -> None:
    with pytest.raises(ValueError, match="do not lie in a smaller space"):
        Reduction.of(np.ones((3, 4)))


@moderately
@given(problem=problems())
def test_a_followed_step_holds_the_numbers_of_that_step(problem: Problem) -> None:
    parameters, X, Y = problem
    step = follow_step(parameters, X, Y, learning_rate=0.2)
    depth, m = len(parameters) // 2, X.shape[1]
    assert np.allclose(step.losses, losses(parameters, X, Y, "relu"))
    assert step.cost == pytest.approx(float(np.mean(step.losses)))
    assert step.cost_after == pytest.approx(np.mean(losses(step.after, X, Y, "relu")))
    for l in range(1, depth + 1):
        inputs = X if l == 1 else step.forward[f"A{l - 1}"]
        dZ = step.backward[f"dZ{l}"]
        assert dZ.shape == step.forward[f"Z{l}"].shape == step.forward[f"A{l}"].shape
        assert np.allclose(step.backward[f"dW{l}"], np.einsum("ji,ki->jk", dZ, inputs) / m)
        assert np.allclose(step.backward[f"db{l}"][:, 0], dZ.mean(axis=1))
        for letter in "Wb":
            name = f"{letter}{l}"
            moved = step.before[name] - 0.2 * step.backward["d" + name]
            assert np.allclose(step.after[name], moved)


# Claims of the lessons that rest on these modules ------------------------------------------------


@pytest.mark.parametrize("layers", [1, 2, 3])
def test_a_network_of_linear_layers_is_one_linear_layer(layers: int) -> None:
    parameters = random_parameters([3, *[4] * layers, 1], 1.0, seed=layers)
    X = np.random.default_rng(1).normal(size=(3, 7))
    product = np.eye(3)
    for l in range(1, layers + 2):
        product = parameters[f"W{l}"] @ product
    (Z, _) = LayeredNetwork(parameters, "linear").layers(X)[-1]
    assert np.allclose(Z, product @ X)


@pytest.mark.parametrize("hidden", ["tanh", "relu"])
def test_from_zeros_only_the_output_bias_learns_and_finds_the_share_of_ones(hidden: str) -> None:
    start = random_parameters([2, 3, 1], 0.0)
    X = np.random.default_rng(3).normal(size=(2, 8))
    Y = np.array([[1, 0, 0, 0, 1, 0, 0, 0]])
    network = LayeredNetwork(start, hidden)
    network.train(X, Y, learning_rate=1.0, steps=300)
    for name in ("W1", "b1", "W2"):
        assert not network.parameters[name].any(), name
    assert np.allclose(network.probability(X), 0.25, atol=1e-6)


def test_equal_units_stay_equal_and_random_ones_do_not() -> None:
    X, Y = planar_utils.load_planar_dataset()
    equal = {name: np.full_like(v, 0.5) for name, v in random_parameters([2, 4, 1], 0.0).items()}
    for start, alike in ((equal, True), (random_parameters([2, 4, 1], 0.01, seed=3), False)):
        network = LayeredNetwork(start, "tanh")
        network.train(X, Y, learning_rate=1.2, steps=200)
        rows = network.parameters["W1"]
        assert np.allclose(rows, rows[0], atol=1e-9) == alike


@pytest.mark.parametrize("layers", range(1, 8))
def test_every_folding_layer_doubles_the_number_of_pieces(layers: int) -> None:
    assert depth_figures.count_pieces(lambda x: depth_figures.fold(x, layers)) == 2**layers


def test_the_face_unit_answers_to_faces_only() -> None:
    for name, picture in feature_detectors.pictures().items():
        found = feature_detectors.find_face(
            feature_detectors.find_parts(feature_detectors.find_edges(picture))
        )
        assert bool(found.max() > 0) == (name in ("a face", "moved, paler,\nnoisy")), name


# Points in the plane -----------------------------------------------------------------------------


@moderately
@given(half=st.integers(1, 300), seed=st.integers(0, 2**32 - 1))
def test_the_flower_has_half_of_its_points_on_the_petals_of_each_class(
    half: int, seed: int
) -> None:
    X, Y = planar_utils.load_planar_dataset(2 * half, seed)
    assert X.shape == (2, 2 * half) and Y.tolist() == [[0] * half + [1] * half]
    # The rose curve reaches 4; its blur has the standard deviation 0.2.
    assert np.hypot(*X).max() < 4 + 8 * 0.2


def test_no_straight_line_tells_the_petals_apart_but_their_angles_do() -> None:
    X, Y = planar_utils.load_planar_dataset(4000)
    turns = np.linspace(0, np.pi, 180, endpoint=False)
    along = np.array([np.cos(turns), np.sin(turns)]).T @ X
    shifts = np.linspace(-4, 4, 41)
    right = np.array([np.mean((along > shift) == Y, axis=1) for shift in shifts])
    assert np.maximum(right, 1 - right).max() < 0.75
    # One petal in each eighth of the full turn, and neighbours of different classes nowhere mixed
    # by more than the blur: most points of an eighth have the label of most.
    eighth = np.floor((np.arctan2(X[1], X[0]) % (2 * np.pi)) / (np.pi / 4)).astype(int)
    shares = [np.mean(Y[0, eighth == k]) for k in range(8)]
    assert all(max(share, 1 - share) > 0.7 for share in shares)


def test_the_extra_sets_are_what_their_names_say() -> None:
    circles, moons, blobs, quantiles, _ = planar_utils.load_extra_datasets(2000)
    X, y = circles
    radius = np.hypot(*X.T)
    assert np.median(radius[y == 1]) < 0.75 < np.median(radius[y == 0])
    X, y = moons
    assert np.mean(X[y == 0, 1]) > 0.5 and np.mean(X[y == 1, 1]) < 0
    X, y = blobs
    centres = np.array([X[y == k].mean(axis=0) for k in range(6)])
    assert np.allclose(np.hypot(*centres.T), 6, atol=0.3)
    X, y = quantiles
    radius = np.hypot(*X.T)
    assert radius[y == 0].max() <= radius[y == 1].min() and np.sum(y) == 1000


# The table of products ---------------------------------------------------------------------------


shapes = st.lists(st.integers(1, 4), max_size=2).map(tuple)


def matrix_product(a: Shape, b: Shape) -> Shape | None:
    """The rule of the lesson: inner sizes are equal and vanish, the outer ones stay."""
    return (*a[:-1], *b[1:]) if a[-1] == b[0] else None


def broadcast(a: Shape, b: Shape) -> Shape | None:
    """The rule of the lesson: compared from the right, a size of 1 is copied until it fits."""
    longest = max(len(a), len(b))
    padded = [(1,) * (longest - len(shape)) + shape for shape in (a, b)]
    if any(x != y and 1 not in (x, y) for x, y in zip(*padded, strict=True)):
        return None
    return tuple(y if x == 1 else x for x, y in zip(*padded, strict=True))


@settings(deadline=None, max_examples=200, derandomize=True)
@given(a=shapes, b=shapes)
def test_the_table_of_products_follows_the_rules_of_the_lesson(a: Shape, b: Shape) -> None:
    found = {
        name: product_figures.shape_of(operation, a, b)
        for name, operation in product_figures.OPERATIONS.items()
    }
    numbers = not a or not b
    assert found["np.dot(a, b)"] == ((a or b) if numbers else matrix_product(a, b))
    assert found["a @ b"] == (None if numbers else matrix_product(a, b))
    assert found["a * b"] == broadcast(a, b)


@pytest.mark.parametrize(
    ("dot", "matmul"), [((4, 2, 4, 5), (4, 2, 5))], ids=["pairs of matrices or all of them"]
)
def test_dot_and_matmul_differ_for_stacks_of_matrices(dot: Shape, matmul: Shape) -> None:
    a, b = (4, 2, 3), (4, 3, 5)
    assert product_figures.shape_of(np.dot, a, b) == dot
    assert product_figures.shape_of(np.matmul, a, b) == matmul


@settings(deadline=None, max_examples=15, derandomize=True)
@given(a=shapes, b=shapes)
def test_the_picture_of_two_shapes_tells_what_becomes_of_them(a: Shape, b: Shape) -> None:
    figure = product_figures.draw_two_shapes(a, str(b))
    for name, operation in product_figures.OPERATIONS.items():
        shape = product_figures.shape_of(operation, a, b)
        told = "an error" if shape is None else f"shape {shape}"
        assert f"{name}: {told}" in str(getattr(figure, "alt", ""))
