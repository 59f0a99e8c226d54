"""The cases on which the functions of the regularisation assignment are judged.

Every size is drawn, so that no size of one class is the size of the next, and in most cases no two
sizes are alike: a mistaken axis or layer then shows as a wrong shape. In one case of the backward
passes all are alike, so that mistakes which would be stopped by an error can be told apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from grader.exercises.exercise import Case

Array = np.ndarray[Any, np.dtype[Any]]
Random = np.random.RandomState
Parameters = dict[str, Array]

MOST_ATTEMPTS = 10_000
"""How often random sizes and numbers are drawn again before the author is told."""


# Networks ----------------------------------------------------------------------------------------


def network_shapes(random: Random) -> list[tuple[list[int], int]]:
    """Draw the widths of three layers and their input, and a number of examples: small ones first.

    In the last all widths are alike but that of the output.
    """
    shapes = []
    for smallest, largest in ((2, 5), (3, 8), (4, 10)):
        dims = [int(n) for n in random.permutation(range(smallest, largest + 1))[:3]]
        m = int(random.choice([m for m in range(3, 13) if m not in dims]))
        shapes.append(([*dims, 1], m))
    width = int(random.randint(3, 6))
    shapes.append(([width, width, width, 1], int(random.randint(7, 12))))
    return shapes


def draw_parameters(random: Random, dims: Sequence[int]) -> Parameters:
    """Draw weights and biases, none of them zero."""
    parameters: Parameters = {}
    for layer in (1, 2, 3):
        scale = np.sqrt(2 / dims[layer - 1])
        parameters[f"W{layer}"] = random.randn(dims[layer], dims[layer - 1]) * scale
        parameters[f"b{layer}"] = random.randn(dims[layer], 1) * 0.5
    return parameters


def draw_labels(random: Random, m: int) -> Array:
    """Draw labels, both 0 and 1 among them."""
    labels = random.randint(0, 2, size=(1, m))
    labels[:, 0], labels[:, -1] = 1, 0
    return labels


def draw_network(random: Random, dims: Sequence[int], m: int) -> tuple[Array, Parameters]:
    """Draw an input and parameters for which no hidden layer is all on or all off, and the output
    is not so sure that its cost would be lost in rounding."""
    for _attempt in range(MOST_ATTEMPTS):
        X, parameters = random.randn(dims[0], m), draw_parameters(random, dims)
        A = X
        quiet = False
        for layer in (1, 2):
            Z = parameters[f"W{layer}"] @ A + parameters[f"b{layer}"]
            quiet |= not ((Z > 0).sum() >= 2 and (Z < 0).any())
            A = np.maximum(Z, 0)
        last = parameters["W3"] @ A + parameters["b3"]
        if not quiet and np.abs(last).max() < 4 and (A > 0).any(axis=1).all():
            return X, parameters
    raise RuntimeError(f"no network with the layers {list(dims)} and {m} examples is lively")


def name(dims: Sequence[int], m: int, more: str = "") -> str:
    """Say how large a network is."""
    *first, last = map(str, dims)
    return f"{m} examples, layers of {', '.join(first)} and {last} units{more}"


def strengths(random: Random) -> list[float]:
    """Draw strengths of L2 regularisation: small and large ones."""
    return [round(float(random.uniform(*span)), 2) for span in ((0.3, 0.9), (1.2, 4), (6, 15))]


# L2 ----------------------------------------------------------------------------------------------


def cost_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks of different widths, with weak and strong regularisation, and with none."""
    lambds = [*strengths(random), 0.0]
    for (dims, m), lambd in zip(network_shapes(random), lambds, strict=True):
        A3 = random.uniform(0.05, 0.95, size=(1, m))
        parameters = draw_parameters(random, dims)
        yield Case(
            name(dims, m, f", lambd = {lambd}"),
            (A3, draw_labels(random, m), parameters, lambd),
            {"m": m, "lambd": lambd},
        )


def backward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Caches of real forward passes, with weak and strong regularisation, and with none."""
    lambds = strengths(random)
    lambds = [lambds[0], lambds[1], 0.0, lambds[2]]
    for (dims, m), lambd in zip(network_shapes(random), lambds, strict=True):
        X, parameters = draw_network(random, dims, m)
        _, cache = reference.forward_propagation(X, parameters)
        yield Case(
            name(dims, m, f", lambd = {lambd}"),
            (X, draw_labels(random, m), cache, lambd),
            {"m": m, "lambd": lambd},
        )


# Dropout -----------------------------------------------------------------------------------------


def probabilities(random: Random) -> list[float]:
    """Draw probabilities of keeping a unit; none is one half, where dropping would be the same."""
    return [
        round(float(random.uniform(*span)), 2)
        for span in ((0.6, 0.75), (0.8, 0.9), (0.3, 0.42), (0.6, 0.8))
    ]


def dropout_forward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Networks of different widths, and one in which every unit is kept."""
    keeps = [*probabilities(random), 1.0]
    shapes = network_shapes(random)
    for (dims, m), keep_prob in zip([*shapes, shapes[1]], keeps, strict=True):
        X, parameters = draw_network(random, dims, m)
        yield Case(
            name(dims, m, f", keep_prob = {keep_prob}"),
            (X, parameters, keep_prob),
            {"m": m, "keep_prob": keep_prob},
        )


def dropout_backward_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Caches of forward passes with masks that nobody can know."""
    for (dims, m), keep_prob in zip(network_shapes(random), probabilities(random), strict=True):
        X, cache = dropped_network(random, dims, m, keep_prob)
        yield Case(
            name(dims, m, f", keep_prob = {keep_prob}"),
            (X, draw_labels(random, m), cache, keep_prob),
            {"m": m, "keep_prob": keep_prob},
        )


def dropped_network(
    random: Random, dims: Sequence[int], m: int, keep_prob: float
) -> tuple[Array, tuple[Array, ...]]:
    """An input and the cache of a forward pass in which both masks keep and drop something."""
    for _attempt in range(MOST_ATTEMPTS):
        X, parameters = draw_network(random, dims, m)
        cache: list[Array] = []
        A = X
        for layer in (1, 2):
            W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
            Z = W @ A + b
            A = np.maximum(Z, 0)
            D = (random.rand(*A.shape) < keep_prob).astype(int)
            on = A > 0
            A = A * D / keep_prob
            if not ((on & (D == 0)).any() and (A > 0).sum() >= 2):
                break
            cache += [Z, D, A, W, b]
        else:
            W, b = parameters["W3"], parameters["b3"]
            Z = W @ A + b
            if np.abs(Z).max() < 5:
                return X, (*cache, Z, 1 / (1 + np.exp(-Z)), W, b)
    raise RuntimeError(f"no masks of {list(dims)} and {m} examples keep and drop something")


# Mini-batches ------------------------------------------------------------------------------------


def mini_batches_cases(random: Random, reference: Any) -> Iterator[Case]:
    """With a rest and without one, with fewer examples than a batch has, and one by one."""
    size, wide, whole = (int(n) for n in random.permutation(range(3, 9))[:3])
    for n_x, m, batch in (
        (2, 2 * size + 1, size),
        (3, 3 * whole, whole),
        (4, 5 * wide - 1, wide),
        (int(random.randint(5, 9)), 4, 4 + size),
        (3, int(random.randint(5, 9)), 1),
        (2, int(random.randint(130, 190)), 64),
    ):
        seed = int(random.randint(1, 1000))
        yield Case(
            f"{m} examples of {n_x} numbers, mini-batches of {batch}",
            (random.randn(n_x, m), draw_labels(random, m), batch, seed),
            {"m": m, "mini_batch_size": batch},
        )
