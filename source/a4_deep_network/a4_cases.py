"""The cases on which the functions of the deep-network assignment are judged.

Every generator draws its sizes too, so that no size of one class is the size of the next. In most
cases the number of examples is not the width of a layer and no two widths are alike: a mistaken
axis or a mistaken key then shows as a wrong shape, not as a lucky hit. In one case of some
functions all are alike, so that mistakes which would be stopped by an error can be told apart.
Every network has at least two layers, because a solution may use its loop variable after the loop.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.exercises.exercise import Case

Array = np.ndarray[Any, np.dtype[Any]]
Random = np.random.RandomState
Parameters = dict[str, Array]

# Sizes -------------------------------------------------------------------------------------------


def widths(random: Random, count: int, smallest: int = 2, largest: int = 8) -> list[int]:
    """Draw ``count`` widths of layers, no two alike."""
    return [int(width) for width in random.permutation(range(smallest, largest + 1))[:count]]


def examples(random: Random, dims: Sequence[int]) -> int:
    """Draw a number of examples that is not the width of any layer."""
    return int(random.choice([m for m in range(2, 12) if m not in dims]))


def count_examples(m: int) -> str:
    """Say how many examples there are."""
    return "1 example" if m == 1 else f"{m} examples"


def name_layers(dims: Sequence[int]) -> str:
    """Say the widths of the layers, the input's first."""
    *first, last = map(str, dims)
    return f"layers of {', '.join(first)} and {last} units"


# Inputs ------------------------------------------------------------------------------------------


def draw_labels(random: Random, rows: int, m: int) -> Array:
    """Draw labels, both 0 and 1 among them where there is room for both."""
    labels = random.randint(0, 2, size=(rows, m))
    if m > 1:
        labels[:, 0], labels[:, -1] = 1, 0
    return labels


def draw_layer(random: Random, n_prev: int, n: int, m: int) -> tuple[Array, Array, Array]:
    """Draw A_prev, W and b of one layer, whose Z has positive and negative entries."""
    while True:
        A_prev, W, b = random.randn(n_prev, m), random.randn(n, n_prev), random.randn(n, 1)
        if mixed(np.dot(W, A_prev) + b) or n * m == 1:
            return A_prev, W, b


def draw_layer_with_zeros(
    random: Random, n_prev: int, n: int, m: int
) -> tuple[Array, Array, Array]:
    """Draw a layer of whole numbers whose Z is exactly zero for the first example."""
    while True:
        A_prev = random.randint(-2, 3, size=(n_prev, m)).astype(float)
        W = random.randint(-2, 3, size=(n, n_prev)).astype(float)
        b = -np.dot(W, A_prev[:, :1])
        if mixed(np.dot(W, A_prev) + b) and A_prev[:, 0].all():
            return A_prev, W, b


MOST_ATTEMPTS = 10_000
"""How often random sizes and numbers are drawn again before the author is told."""


def draw_network(
    random: Random, dims: Sequence[int], m: int, reference: Any
) -> tuple[Array, Parameters]:
    """Draw an input and the parameters of a network in which no layer is silent.

    A layer whose ReLUs all say zero would hide every mistake that is made before it. The last
    layer is neither all on one side nor so sure that its cost would be lost in rounding.
    """
    for _attempt in range(MOST_ATTEMPTS):
        X = random.randn(dims[0], m)
        parameters: Parameters = {}
        for layer in range(1, len(dims)):
            scale = np.sqrt(2 / dims[layer - 1])
            parameters[f"W{layer}"] = random.randn(dims[layer], dims[layer - 1]) * scale
            parameters[f"b{layer}"] = random.randn(dims[layer], 1) * 0.5
        _, caches = reference.L_model_forward(X, parameters)
        *hidden, last = [Z for _, Z in caches]
        if all(map(lively, hidden)) and (last.size == 1 or mixed(last)) and np.abs(last).max() < 5:
            return X, parameters
    raise RuntimeError(f"no network with the layers {list(dims)} and {m} examples is lively")


def mixed(Z: Array) -> bool:
    """Whether there are positive and negative entries."""
    return bool((Z > 0).any() and (Z < 0).any())


def lively(Z: Array) -> bool:
    """Whether a hidden layer lets something through, and holds something back.

    With one example, it is enough that two units are on and one is off.
    """
    return bool((Z > 0).any(axis=0).all() and (Z > 0).sum() >= 2 and (Z < 0).any())


# Initialization ----------------------------------------------------------------------------------


def initialize_parameters_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks with one hidden layer: small, one unit somewhere, and wide."""
    small = [*widths(random, 2, largest=4), 1]
    plain = widths(random, 3, smallest=3)
    one_input = [1, *widths(random, 2)]
    n_x, n_y = widths(random, 2)
    wide = [int(random.randint(20, 40)), *widths(random, 2, smallest=9, largest=19)]
    for dims in (small, plain, one_input, [n_x, 1, n_y], wide):
        yield Case(
            "n_x = {}, n_h = {}, n_y = {}".format(*dims),
            tuple(dims),
            dict(zip(("n_x", "n_h", "n_y"), dims, strict=True)),
        )


def initialize_parameters_deep_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks of two to five layers, with one and with more output units."""
    small = [*widths(random, 2, largest=4), 1]
    three = widths(random, 4)
    single = [*widths(random, 2), 1, 9]
    deep = [*widths(random, 5), 1]
    wide = [int(random.randint(20, 40)), *widths(random, 3, smallest=9, largest=19), 2]
    for dims in (small, three, single, wide, deep):
        yield Case(name_layers(dims), (dims,), {"L": len(dims) - 1})


# Forward -----------------------------------------------------------------------------------------


def linear_forward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """One layer: with one example, one unit, neither, and all sizes alike."""
    for shape in (*layer_shapes(random), square_shape(random)):
        n_prev, n, m = shape
        A, W, b = draw_layer(random, n_prev, n, m)
        yield Case(name_layer(*shape), (A, W, b), {"m": m, "n_prev": n_prev, "n": n})


def linear_activation_forward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """One layer with each of the two activations."""
    shapes = layer_shapes(random)
    for shape, activation in zip(shapes, ("relu", "sigmoid", "relu", "sigmoid"), strict=False):
        n_prev, n, m = shape
        A_prev, W, b = draw_layer(random, n_prev, n, m)
        yield Case(f"{name_layer(*shape)}, {activation}", (A_prev, W, b, activation), {"m": m})
    n_prev, n = widths(random, 2, smallest=3)
    m = examples(random, (n_prev, n))
    for activation in ("relu", "sigmoid"):
        A_prev, W, b = draw_layer_with_zeros(random, n_prev, n, m)
        yield Case(
            f"{name_layer(n_prev, n, m)}, whole numbers, {activation}",
            (A_prev, W, b, activation),
            {"m": m},
        )


def layer_shapes(random: Random) -> list[tuple[int, int, int]]:
    """Draw sizes of a layer as (units before, units, examples), smallest first."""
    n_prev, n = widths(random, 2, largest=4)
    small = (n_prev, n, examples(random, (n_prev, n, 8, 9, 10, 11)))
    n_prev, n = widths(random, 2, smallest=3)
    one_example = (n_prev, n, 1)
    n_prev, n = widths(random, 2, smallest=3)
    plain = (n_prev, n, examples(random, (n_prev, n)))
    n_prev, m = widths(random, 2, smallest=5)
    one_unit = (n_prev, 1, m)
    return [small, one_example, plain, one_unit]


def square_shape(random: Random) -> tuple[int, int, int]:
    """Draw a layer whose sizes are all alike.

    Here every product fits, whatever its order, so a mistake in the order shows its own values
    instead of an error and can be told from another one.
    """
    (size,) = widths(random, 1, largest=5)
    return size, size, size


def name_layer(n_prev: int, n: int, m: int) -> str:
    """Say the sizes of a layer."""
    units = "1 unit" if n == 1 else f"{n} units"
    return f"{count_examples(m)}, {n_prev} inputs, {units}"


def network_shapes(random: Random) -> list[tuple[list[int], int]]:
    """Draw the layers and the number of examples of networks, shallow ones first."""
    two = [*widths(random, 2, largest=5), 1]
    three = [*widths(random, 3), 1]
    one_example = widths(random, 4, smallest=3)
    four = widths(random, 5)
    five = [*widths(random, 5, smallest=3), 1]
    return [
        (two, examples(random, (*two, 8, 9, 10, 11))),
        (three, examples(random, three)),
        (one_example, 1),
        (four, examples(random, four)),
        (five, examples(random, five)),
    ]


def equal_network_shape(random: Random) -> tuple[list[int], int]:
    """Draw a network of four layers, all as wide as the input.

    Here the parameters and caches of one layer fit another, so a mistaken layer shows its own
    values instead of an error and can be told from another mistake.
    """
    (width,) = widths(random, 1, smallest=3, largest=5)
    return [width] * 5, examples(random, (width,))


def L_model_forward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks of two to five layers with one output.

    Older editions of the course give the line ``assert AL.shape == (1, X.shape[1])`` to students,
    so a network with more outputs would fail solutions that are right.
    """
    for dims, m in (*network_shapes(random), equal_network_shape(random)):
        yield network_case(random, [*dims[:-1], 1], m, reference)


def network_case(random: Random, dims: list[int], m: int, reference: Any) -> Case:
    """The input and the parameters of one network."""
    X, parameters = draw_network(random, dims, m, reference)
    return Case(
        f"{count_examples(m)}, {name_layers(dims)}",
        (X, parameters),
        {"m": m, "L": len(dims) - 1},
    )


# Cost --------------------------------------------------------------------------------------------


def compute_cost_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Few and many examples, sure and unsure, right and wrong."""
    few, some, many = sorted(widths(random, 3, smallest=4, largest=15))
    for m in (few, 1, some):
        AL = random.uniform(0.1, 0.9, size=(1, m))
        yield Case(count_examples(m), (AL, draw_labels(random, 1, m)), {"m": m})
    AL = random.uniform(0.003, 0.03, size=(1, many))
    Y = draw_labels(random, 1, many)
    right = np.where(Y == 1, 1 - AL, AL)
    yield Case(f"{count_examples(many)}, nearly certain and right", (right, Y), {"m": many})
    m = many + few
    sure = random.uniform(0.003, 0.03, size=(1, m))
    sides = np.where(random.rand(1, m) < 0.5, sure, 1 - sure)
    Y = draw_labels(random, 1, m).astype(float)
    yield Case(f"{count_examples(m)}, nearly certain, right or wrong", (sides, Y), {"m": m})


# Backward ----------------------------------------------------------------------------------------


def linear_backward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """One layer, with the cache of its forward step and any gradient of Z."""
    for shape in (*layer_shapes(random), square_shape(random)):
        n_prev, n, m = shape
        _, cache = reference.linear_forward(*draw_layer(random, n_prev, n, m))
        dZ = random.randn(n, m)
        yield Case(name_layer(*shape), (dZ, cache), {"m": m, "n_prev": n_prev, "n": n})


def linear_activation_backward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """One layer with each of the two activations; in two cases Z is zero here and there."""
    for case in linear_activation_forward_cases(random, reference):
        A, cache = reference.linear_activation_forward(*case.args)
        yield Case(case.name, (random.randn(*A.shape), cache, case.args[3]), case.quantities)


def L_model_backward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks of two to five layers, with the caches of their forward pass."""
    for dims, m in (*network_shapes(random), equal_network_shape(random)):
        case = network_case(random, list(dims), m, reference)
        AL, caches = reference.L_model_forward(*case.args)
        yield Case(case.name, (AL, draw_labels(random, *AL.shape), caches), case.quantities)


def update_parameters_cases(random: Random, reference: Any) -> Iterator[Case]:
    """A step of a network's parameters along its own gradients, long or short."""
    rates = (0.1, 0.0075, random.uniform(0.2, 0.9), random.uniform(0.01, 0.05), 3.5)
    for (dims, m), rate in zip(network_shapes(random), rates, strict=True):
        X, parameters = draw_network(random, dims, m, reference)
        AL, caches = reference.L_model_forward(X, parameters)
        grads = reference.L_model_backward(AL, draw_labels(random, *AL.shape), caches)
        learning_rate = float(f"{rate:.2g}")
        yield Case(
            f"{name_layers(dims)}, learning rate {learning_rate}",
            (parameters, grads, learning_rate),
            {"learning_rate": learning_rate, "L": len(dims) - 1},
        )
