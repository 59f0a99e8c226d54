"""The broken function of the deep network: how its mended form is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case, Exercise, mistakes, right_ways

_APART = "apart += np.sum((computed[name] - measured[name]) ** 2)"
_ONE = "one += np.sum(computed[name] ** 2)"
_OTHER = "other += np.sum(measured[name] ** 2)"
_RESULT = "difference = np.sqrt(apart) / (np.sqrt(one) + np.sqrt(other))"
_OF_THE_SUM = "apart += np.sum(computed[name] - measured[name]) ** 2"
_ONLY_THE_LAST = "apart = np.sum((computed[name] - measured[name]) ** 2)"
_GIVEN = "apart = np.sum(computed[name] - measured[name]) ** 2"


def gradient_difference_cases(random: np.random.RandomState, reference: Any) -> Iterator[Case]:
    """Gradients of networks of one to three layers, and others that are near or far from them."""
    for depth, spoilt in ((1, 1.0), (2, 0.1), (3, 3.0)):
        dims = [int(size) for size in random.permutation(range(2, 6))[: depth + 1]]
        computed, measured = {}, {}
        for l in range(1, len(dims)):
            for name, shape in ((f"dW{l}", (dims[l], dims[l - 1])), (f"db{l}", (dims[l], 1))):
                computed[name] = random.randn(*shape)
                measured[name] = computed[name] + spoilt * random.randn(*shape)
        sizes = ", ".join(map(str, dims))
        yield Case(f"gradients of layers of {sizes} units", (computed, measured))
    equal = {"dW1": random.randn(2, 3), "db1": random.randn(2, 1)}
    yield Case(
        "gradients that agree", (equal, {name: value.copy() for name, value in equal.items()})
    )


_WRONG = {
    "as-it-was-given": (
        {_APART: _GIVEN},
        "This is still the broken function. Spoil a gradient of the first layer, and look whether "
        "it notices.",
    ),
    "only-the-last-parameter": (
        {_APART: _ONLY_THE_LAST},
        "One of two mistakes is left: only the differences of the last parameter count, because "
        "each round of the loop forgets the one before.",
    ),
    "square-of-the-sum": (
        {_APART: _OF_THE_SUM},
        "One of two mistakes is left: differences up and down cancel, because they are added up "
        "before they are squared.",
    ),
    "roots-forgotten": (
        {_RESULT: "difference = apart / (one + other)"},
        "The lengths are not taken: a length is the root of the sum of squares.",
    ),
    "root-of-the-sum-below": (
        {_RESULT: "difference = np.sqrt(apart) / np.sqrt(one + other)"},
        "Below the fraction stands the sum of two lengths, and not the length of both together.",
    ),
    "not-divided": (
        {_RESULT: "difference = np.sqrt(apart)"},
        "The length of the difference is not divided, so it depends on how large the gradients "
        "are.",
    ),
}

_RIGHT = {
    "by-lengths": {
        _APART: "apart += np.linalg.norm(computed[name] - measured[name]) ** 2",
        _RESULT: "difference = apart**0.5 / (one**0.5 + other**0.5)",
    },
    "by-products": {
        _ONE: "one += np.vdot(computed[name], computed[name])",
        _OTHER: "other += np.vdot(measured[name], measured[name])",
    },
    "differences-the-other-way-round": {
        _APART: "apart += np.sum(np.square(measured[name] - computed[name]))"
    },
}

BUG = Exercise(
    name="gradient_difference",
    points=10,
    cases=gradient_difference_cases,
    lesson="a4_deep_network#bug",
    hints=(
        "Spoil one entry of the first gradient, then one of the last, then two of the last by the "
        "same amount up and down. For which of these does the broken function say 0?",
        "The loop runs over all parameters. What of the earlier ones is left in `apart` at its "
        "end? And what happens to an error of +1 and one of -1 when they are added up first?",
        "Add to `apart` in every round, and square every difference before the sum.",
    ),
    learned="You can tell whether an instrument that says “all is well” would say anything else.",
    misconceptions=mistakes(_WRONG),
    correct_variants=right_ways(_RIGHT),
)
