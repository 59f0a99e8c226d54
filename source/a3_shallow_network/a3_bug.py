"""The broken function of the shallow network: how its mended form is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case, Exercise, mistakes, right_ways

_VALUE = "A = np.where(Z > 0, Z, leak * Z)"
_SLOPE = "slope = np.where(Z > 0, 1.0, leak)"
_GIVEN_VALUE = "A = np.maximum(leak, Z)"
_GIVEN_SLOPE = "slope = np.where(Z > 0, Z, leak)"


def leaky_relu_cases(random: np.random.RandomState, reference: Any) -> Iterator[Case]:
    """Layers of several sizes, with numbers of both signs, zeros among them."""
    rows, columns = (int(size) for size in random.permutation(range(2, 7))[:2])
    for shape in ((rows, columns), (1, columns + 2), (rows + 1, 1)):
        Z = random.randn(*shape) * random.uniform(1, 4)
        Z.flat[0], Z.flat[-1] = abs(Z.flat[0]) + 1, -abs(Z.flat[-1]) - 1
        if Z.size > 3:
            Z.flat[1] = 0.0
        leak = round(float(random.uniform(0.02, 0.3)), 3)
        what = f"{shape[0]} by {shape[1]} numbers"
        yield Case(f"{what}, leak = {leak}", (Z, leak), {"leak": leak})


_WRONG = {
    "as-it-was-given": (
        {_VALUE: _GIVEN_VALUE, _SLOPE: _GIVEN_SLOPE},
        "This is still the broken function. Measure its slope to the left and to the right of 0.",
    ),
    "value-not-mended": (
        {_VALUE: _GIVEN_VALUE},
        "One of two mistakes is left: for negative numbers the value is always the same, so its "
        "slope would be 0 there.",
    ),
    "slope-not-mended": (
        {_SLOPE: _GIVEN_SLOPE},
        "One of two mistakes is left: right of 0 the slope grows with Z, but the curve is a "
        "straight line there.",
    ),
    "plain-relu": (
        {_VALUE: "A = np.maximum(0, Z)", _SLOPE: "slope = np.where(Z > 0, 1.0, 0.0)"},
        "This is the ReLU without a leak: it is flat for negative numbers.",
    ),
    "value-of-plain-relu": (
        {_VALUE: "A = np.maximum(0, Z)"},
        "The value is 0 for all negative numbers. It should fall with the slope `leak` there.",
    ),
    "slope-multiplied-by-the-leak-twice": (
        {_SLOPE: "slope = np.where(Z > 0, 1.0, leak * Z)"},
        "Left of 0 the slope is multiplied by Z, so it is the value again.",
    ),
    "sides-exchanged": (
        {_VALUE: "A = np.where(Z > 0, leak * Z, Z)", _SLOPE: "slope = np.where(Z > 0, leak, 1.0)"},
        "The two sides are exchanged: the leak belongs to the negative numbers.",
    ),
}

_RIGHT = {
    "larger-of-two": {_VALUE: "A = np.maximum(leak * Z, Z)"},
    "value-from-the-slope": {f"{_VALUE}\n    {_SLOPE}": f"{_SLOPE}\n    A = slope * Z"},
    "with-masks": {
        _VALUE: "A = Z * (Z > 0) + leak * Z * (Z <= 0)",
        _SLOPE: "slope = (Z > 0) + leak * (Z <= 0)",
    },
}

BUG = Exercise(
    name="leaky_relu",
    points=10,
    cases=leaky_relu_cases,
    lesson="a3_shallow_network#bug",
    hints=(
        "Draw both results of the broken function, or print them for -2, -1, 1 and 2. What should "
        "the first be at -2, and how much does it change from -2 to -1?",
        "Left of 0 the curve is a straight line through the origin with the slope `leak`; right of "
        "0 it is the identity. A slope says how steep the line is, not how high.",
        "For negative numbers the value is leak times Z. For positive numbers the slope is 1.",
    ),
    learned="You can check a slope by measuring it, and tell a value from its slope.",
    misconceptions=mistakes(_WRONG),
    correct_variants=right_ways(_RIGHT),
)
