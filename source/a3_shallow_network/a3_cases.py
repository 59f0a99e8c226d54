"""The cases on which the functions of the shallow-network assignment are judged.

Every generator draws its sizes too, so that no size of one class is the size of the next. In most
cases no two sizes are alike: a mistaken axis or a mistaken key then shows as a wrong shape, not as
a lucky hit. In one case of some functions all are alike, so that mistakes which would be stopped by
an error can be told apart. One case of the cost, of the backward pass and of the training has
labels of the type ``uint8``, as the data of the notebook have.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.exercises.exercise import Case

Array = np.ndarray[Any, np.dtype[Any]]
Random = np.random.RandomState
Parameters = dict[str, Array]
Sizes = tuple[int, int, int]

MOST_ATTEMPTS = 10_000
"""How often random numbers are drawn again before the author is told."""


# Sizes and words ---------------------------------------------------------------------------------


def distinct(random: Random, count: int, smallest: int = 2, largest: int = 9) -> list[int]:
    """Draw ``count`` sizes, no two alike."""
    return [int(size) for size in random.permutation(range(smallest, largest + 1))[:count]]


def count_examples(m: int) -> str:
    """Say how many examples there are."""
    return "1 example" if m == 1 else f"{m} examples"


def name_network(sizes: Sequence[int]) -> str:
    """Say the sizes of the layers."""
    n_x, n_h, n_y = sizes
    units = "1 hidden unit" if n_h == 1 else f"{n_h} hidden units"
    outputs = "1 output" if n_y == 1 else f"{n_y} outputs"
    return f"{n_x} inputs, {units}, {outputs}"


def name_case(sizes: Sequence[int], m: int) -> str:
    """Say the number of examples and the sizes of the layers."""
    return f"{count_examples(m)}, {name_network(sizes)}"


def quantities(sizes: Sequence[int], m: int) -> dict[str, float]:
    """The sizes under the names that explanations use."""
    return dict(zip(("n_x", "n_h", "n_y", "m"), (*sizes, m), strict=True))


def network_shapes(random: Random) -> list[tuple[Sizes, int]]:
    """Draw networks as (n_x, n_h, n_y) with a number of examples, small ones first.

    The last one has the same size everywhere: there every product fits, whatever its order.
    """
    n_x, n_h, m = distinct(random, 3, largest=5)
    small = ((n_x, n_h, 1), m)
    n_x, n_h, n_y, m = distinct(random, 4)
    plain = ((n_x, n_h, n_y), m)
    n_x, n_h, n_y = distinct(random, 3)
    one_example = ((n_x, n_h, n_y), 1)
    n_x, m = distinct(random, 2, smallest=5)
    one_unit = ((n_x, 1, 1), m)
    n_x, n_h = distinct(random, 2, smallest=3)
    many = ((n_x, n_h, 1), int(random.randint(15, 31)))
    (size,) = distinct(random, 1, smallest=3, largest=5)
    return [small, plain, one_example, one_unit, many, ((size, size, size), size)]


# Inputs ------------------------------------------------------------------------------------------


def draw_labels(random: Random, rows: int, m: int) -> Array:
    """Draw labels, both 0 and 1 among them where there is room for both."""
    labels = random.randint(0, 2, size=(rows, m))
    if m > 1:
        labels[:, 0], labels[:, -1] = 1, 0
    return labels


def draw_parameters(random: Random, sizes: Sizes, scale: float = 1.0) -> Parameters:
    """Draw weights and biases, none of them zero."""
    n_x, n_h, n_y = sizes
    return {
        "W1": random.randn(n_h, n_x) * scale,
        "b1": random.randn(n_h, 1) * 0.5,
        "W2": random.randn(n_y, n_h) * scale,
        "b2": random.randn(n_y, 1) * 0.5,
    }


def draw_network(
    random: Random, sizes: Sizes, m: int, reference: Any
) -> tuple[Array, Parameters, Array, dict[str, Array]]:
    """Draw an input and parameters, with their forward pass.

    No output is so sure that its slope or its logarithm would be lost in rounding, and the hidden
    units are neither all in the straight middle of tanh nor all at its flat ends.
    """
    for _attempt in range(MOST_ATTEMPTS):
        X = random.randn(sizes[0], m)
        parameters = draw_parameters(random, sizes)
        A2, cache = reference.forward_propagation(X, parameters)
        size = float(np.abs(cache["A1"]).mean())
        if np.abs(cache["Z2"]).max() < 5 and 0.2 < size < 0.9:
            return X, parameters, A2, cache
    raise RuntimeError(f"no network with the sizes {sizes} and {m} examples is lively")


# Structure ---------------------------------------------------------------------------------------


def layer_sizes_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Data of several shapes, all sizes different; one with a single example."""
    first = (2, 1, int(random.randint(6, 12)))
    plain = distinct(random, 3, smallest=3)
    one_example = [*distinct(random, 2, smallest=5), 1]
    wide = [int(random.randint(20, 40)), *distinct(random, 2, smallest=5)]
    for n_x, n_y, m in (first, plain, one_example, wide):
        X, Y = random.randn(n_x, m), draw_labels(random, n_y, m)
        yield Case(
            f"X of shape ({n_x}, {m}), Y of shape ({n_y}, {m})",
            (X, Y),
            {"n_x": n_x, "n_y": n_y},
        )


def initialize_parameters_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks with one hidden layer: small, one unit somewhere, and wide."""
    small = [*distinct(random, 2, largest=4), 1]
    plain = distinct(random, 3, smallest=3)
    one_input = [1, *distinct(random, 2)]
    n_x, n_y = distinct(random, 2)
    wide = [int(random.randint(20, 40)), *distinct(random, 2, smallest=10, largest=19)]
    for sizes in (small, plain, one_input, [n_x, 1, n_y], wide):
        yield Case(
            "n_x = {}, n_h = {}, n_y = {}".format(*sizes),
            tuple(sizes),
            dict(zip(("n_x", "n_h", "n_y"), sizes, strict=True)),
        )


# Forward -----------------------------------------------------------------------------------------


def forward_propagation_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks of several sizes."""
    for sizes, m in network_shapes(random):
        X, parameters, _, _ = draw_network(random, sizes, m, reference)
        yield Case(name_case(sizes, m), (X, parameters), quantities(sizes, m))


def compute_cost_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Few and many examples, sure and unsure, right and wrong; labels of several types."""
    few, some, many = sorted(distinct(random, 3, smallest=4, largest=15))
    A2 = random.uniform(0.1, 0.9, size=(1, few))
    yield Case(count_examples(few), (A2, draw_labels(random, 1, few)), {"m": few})
    A2 = random.uniform(0.1, 0.9, size=(1, 1))
    yield Case(count_examples(1), (A2, np.array([[1]])), {"m": 1})
    A2 = random.uniform(0.1, 0.9, size=(1, some))
    labels = draw_labels(random, 1, some).astype(np.uint8)
    yield Case(f"{count_examples(some)}, labels of the type uint8", (A2, labels), {"m": some})
    sure = random.uniform(0.003, 0.03, size=(1, many))
    Y = draw_labels(random, 1, many)
    right = np.where(Y == 1, 1 - sure, sure)
    yield Case(f"{count_examples(many)}, nearly certain and right", (right, Y), {"m": many})
    m = many + few
    sure = random.uniform(0.003, 0.03, size=(1, m))
    sides = np.where(random.rand(1, m) < 0.5, sure, 1 - sure)
    Y = draw_labels(random, 1, m).astype(float)
    yield Case(f"{count_examples(m)}, nearly certain, right or wrong", (sides, Y), {"m": m})


# Backward ----------------------------------------------------------------------------------------


def backward_propagation_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks of several sizes, each with the cache of its own forward pass."""
    for number, (sizes, m) in enumerate(network_shapes(random)):
        X, parameters, _, cache = draw_network(random, sizes, m, reference)
        Y = draw_labels(random, sizes[2], m)
        name = name_case(sizes, m)
        if number == 4:
            Y, name = Y.astype(np.uint8), f"{name}, labels of the type uint8"
        yield Case(name, (parameters, cache, X, Y), quantities(sizes, m))


def update_parameters_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Steps along a network's own gradients, long and short; one with the default rate."""
    rates = (0.1, None, random.uniform(0.2, 0.9), 0.0075, random.uniform(2, 4))
    for (sizes, m), rate in zip(network_shapes(random), rates, strict=False):
        X, parameters, _, cache = draw_network(random, sizes, m, reference)
        grads = reference.backward_propagation(
            parameters, cache, X, draw_labels(random, sizes[2], m)
        )
        if rate is None:
            name, given = "the default learning rate", ()
        else:
            given = (float(f"{rate:.2g}"),)
            name = f"learning rate {given[0]}"
        yield Case(
            f"{name_network(sizes)}, {name}",
            (parameters, grads, *given),
            {"learning_rate": given[0] if given else 1.2},
        )


# The whole ---------------------------------------------------------------------------------------


def nn_model_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Short trainings of networks of several widths, on labels that depend on the input."""
    n_x, n_h = distinct(random, 2, largest=7)
    trainings: tuple[tuple[int, int, int, bool], ...] = (
        (n_x, n_h, 1, False),
        (2, int(random.randint(5, 8)), 2, True),
        (int(random.randint(5, 8)), 1, int(random.randint(8, 13)), False),
        (3, int(random.randint(8, 11)), int(random.randint(20, 31)), False),
        (2, 4, int(random.randint(31, 51)), False),
    )
    for number, (inputs, hidden, steps, printing) in enumerate(trainings):
        m = int(random.choice([m for m in range(6, 25) if m not in (inputs, hidden)]))
        X = random.randn(inputs, m)
        scores = np.sin(2 * X[:1]) + X[1:2] * X[:1] + 0.3
        Y = (scores > np.median(scores)).astype(np.uint8 if number == 4 else int)
        taken = "1 step" if steps == 1 else f"{steps} steps"
        words = "1 hidden unit" if hidden == 1 else f"{hidden} hidden units"
        yield Case(
            f"{m} examples, {inputs} inputs, {words}, {taken}",
            (X, Y, hidden, steps, printing),
            {"m": m, "n_h": hidden, "num_iterations": steps},
        )


def predict_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks with both answers; one example and one probability of exactly one half."""
    n_x, n_h, m = distinct(random, 3, largest=6)
    shapes = [((n_x, n_h, 1), m + 3), ((n_h, n_x, 1), 1)]
    n_x, n_h, m = distinct(random, 3, smallest=4)
    shapes += [((n_x, n_h, 1), m), ((2, 4, 1), int(random.randint(15, 31)))]
    for sizes, count in shapes:
        X, parameters = draw_decided(random, sizes, count, reference)
        yield Case(name_case(sizes, count), (parameters, X), quantities(sizes, count))
    sizes, count = (n_x, n_h, 1), m + 2
    X, parameters = draw_decided(random, sizes, count, reference)
    # Without biases, the point zero has the probability one half, to the last digit.
    parameters["b1"], parameters["b2"] = np.zeros((n_h, 1)), np.zeros((1, 1))
    X[:, 1] = 0
    yield Case(
        f"{name_case(sizes, count)}, one probability of exactly 0.5",
        (parameters, X),
        quantities(sizes, count),
    )


def draw_decided(random: Random, sizes: Sizes, m: int, reference: Any) -> tuple[Array, Parameters]:
    """Draw a network that says both 0 and 1, and none of them by a hair's breadth.

    Some probabilities lie between 0.5 and 0.62, where the weighted sum is positive but below one
    half, so that a threshold at the wrong place shows.
    """
    for _attempt in range(MOST_ATTEMPTS):
        X, parameters, A2, cache = draw_network(random, sizes, m, reference)
        clear = bool((np.abs(A2 - 0.5) > 1e-4).all())
        both = m == 1 or bool((A2 > 0.62).any() and (A2 < 0.5).any())
        between = m == 1 or bool(((A2 > 0.5) & (A2 < 0.6)).any())
        if clear and both and between:
            return X, parameters
    raise RuntimeError(f"no network with the sizes {sizes} and {m} examples says both 0 and 1")
