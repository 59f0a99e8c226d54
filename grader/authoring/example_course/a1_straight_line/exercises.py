"""How the functions of a1_straight_line are judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case, Exercise, mistakes, right_ways

Random = np.random.RandomState


def _points(random: Random, count: int) -> tuple[Any, Any]:
    """Points near a line: x and y, arrays of shape (count,)."""
    x = random.uniform(-2, 4, count)
    return x, 1.5 * x - 2 + random.normal(0, 0.5, count)


def predict_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Lines with other slopes and intercepts, one of them level."""
    yield Case("three points", (np.array([0.0, 1.0, 2.0]), 3.0, -1.0))
    for number, slope in enumerate((0.0, *random.uniform(-3, 3, 2)), start=1):
        x = random.uniform(-2, 4, 3 + number)
        yield Case(f"line {number}", (x, float(slope), float(random.uniform(1, 2))))


def mean_squared_error_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Points that lie off a line, on both sides of it."""
    yield Case("two points", (np.array([0.0, 1.0]), np.array([1.0, -4.0]), 2.0, -1.0))
    for count in (3, 5, 8):
        x, y = _points(random, count)
        yield Case(f"{count} points", (x, y, float(random.uniform(-1, 1)), 0.5))


def fit_line_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Points near a line, never centred at zero."""
    yield Case("three points", (np.array([0.0, 1.0, 2.0]), np.array([1.0, 2.0, 6.0])))
    for count in (4, 6, 9):
        yield Case(f"{count} points", _points(random, count))


_CENTRED = "deviations from a mean sum to zero, so that one of the two sides need not be centred"

EQUIVALENT_MUTANTS = {
    "mean_squared_error": {
        "sign added: residuals = predict(x, slope, intercept) - y -> "
        "residuals = -(predict(x, slope, intercept) - y)": "the residuals are squared",
        "sides swapped: predict(x, slope, intercept) - y -> y - predict(x, slope, intercept)": (
            "the residuals are squared"
        ),
        "arguments swapped: predict(x, slope, intercept) -> predict(slope, x, intercept)": (
            "predict multiplies the two"
        ),
    },
    "fit_line": {
        "operator: y - np.mean(y) -> y + np.mean(y)": _CENTRED,
        "right side dropped: y - np.mean(y) -> y": _CENTRED,
        "function: np.mean -> np.sum (2)": _CENTRED,
        "name: y -> x (2)": _CENTRED,
        "name: y -> dx (2)": _CENTRED,
        "operator: dx * dy -> dx @ dy": "the sum is the dot product",
        "name: dx -> x": _CENTRED,
        "name: dy -> y": _CENTRED,
    },
}

PREDICT_MISTAKES = {
    "slope-and-intercept-swapped": (
        {"slope * x + intercept": "intercept * x + slope"},
        "Slope and intercept have changed places: the slope is what x is multiplied by.",
    ),
    "intercept-forgotten": (
        {"slope * x + intercept": "slope * x"},
        "The intercept is missing: your line goes through the origin.",
    ),
    "intercept-subtracted": (
        {"slope * x + intercept": "slope * x - intercept"},
        "The intercept is subtracted; it is the height at 0, so it is added.",
    ),
}

MEAN_SQUARED_ERROR_MISTAKES = {
    "sum-not-mean": (
        {"np.mean(": "np.sum("},
        "The result is the sum of the squares, not their mean: it grows with the number of points.",
    ),
    "not-squared": ({"residuals**2": "np.abs(residuals)"}, "The distances are not squared."),
    "squared-after-the-mean": (
        {"np.mean(residuals**2)": "np.mean(residuals) ** 2"},
        "The mean is squared, not the distances: points above and below the line cancel each "
        "other.",
    ),
}

MEAN_SQUARED_ERROR_RIGHT_WAYS = {
    "dot product": {"np.mean(residuals**2)": "residuals @ residuals / len(residuals)"},
}

FIT_LINE_MISTAKES = {
    "divided-by-spread-of-y": (
        {"np.sum(dx**2)": "np.sum(dy**2)"},
        "The slope is divided by the spread of y; least squares in the direction of y divides by "
        "the spread of x.",
    ),
    "intercept-is-mean-of-y": (
        {"np.mean(y) - slope * np.mean(x)": "np.mean(y)"},
        "The intercept is the mean of y; that is the height of the line at the mean of x, not at "
        "0.",
    ),
    "returned-in-the-other-order": (
        {"return slope, intercept": "return intercept, slope"},
        "Slope and intercept are returned in the other order.",
    ),
}

FIT_LINE_RIGHT_WAYS = {
    "polyfit": """
def fit_line(x, y):
    slope, intercept = np.polyfit(x, y, 1)
    return slope, intercept
""",
}

EXERCISES = (
    Exercise(
        name="predict",
        points=10,
        cases=predict_cases,
        lesson="a1_straight_line#predict",
        learned="You can evaluate a line at many points at once.",
        hints=(
            "A line is given by two numbers: how steep it is, and where it meets the axis.",
            "Multiply the whole array x by the slope; NumPy needs no loop. Then add the intercept.",
        ),
        misconceptions=mistakes(PREDICT_MISTAKES),
    ),
    Exercise(
        name="mean_squared_error",
        points=10,
        cases=mean_squared_error_cases,
        lesson="a1_straight_line#error",
        builds_on=("predict",),
        learned="You can say with one number how well a line fits.",
        hints=(
            "First compute how far each point lies from the line, in the direction of y.",
            "Square the distances, then take the mean of all: np.mean does it.",
        ),
        misconceptions=mistakes(MEAN_SQUARED_ERROR_MISTAKES),
        correct_variants=right_ways(MEAN_SQUARED_ERROR_RIGHT_WAYS),
    ),
    Exercise(
        name="fit_line",
        points=20,
        cases=fit_line_cases,
        lesson="a1_straight_line#fit",
        learned="You can fit a line to points by least squares.",
        hints=(
            "Both sums are over products of distances from a mean.",
            "The fitted line goes through the point (mean of x, mean of y): that gives the "
            "intercept.",
        ),
        misconceptions=mistakes(FIT_LINE_MISTAKES),
        correct_variants=right_ways(FIT_LINE_RIGHT_WAYS),
    ),
)
