"""The broken function of the NumPy assignment: how its mended form is judged."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from a1_cases import Random, by_name, sizes

from grader.exercises.exercise import Case, Exercise, mistakes, right_ways

_MEAN = "np.mean(X, axis=1, keepdims=True)"
_SPREAD = "np.std(X, axis=1, keepdims=True)"
_LINE = "Z = (X - mean) / spread"
_BODY = f"    mean = {_MEAN}\n    spread = {_SPREAD}\n    {_LINE}"


def standardize_rows_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Matrices whose rows differ in size and spread; one is square, one has two columns."""
    n, m, k = sizes(random, 3, smallest=3)
    for shape in ((n, m), (k, k), (m, 2), (2, n)):
        scale = random.uniform(0.5, 20, size=(shape[0], 1))
        shift = random.uniform(-30, 30, size=(shape[0], 1))
        yield Case(f"a matrix with {by_name(*shape)}", (random.randn(*shape) * scale + shift,))


_WRONG = {
    "as-it-was-given": (
        {_MEAN: "np.mean(X, axis=0, keepdims=True)", _LINE: "Z = X - mean / spread"},
        "This is still the broken function. Measure the mean and the standard deviation of each "
        "row of its result.",
    ),
    "parentheses-not-mended": (
        {_LINE: "Z = X - mean / spread"},
        "One of two mistakes is left: a division comes before a subtraction, so only the mean is "
        "divided.",
    ),
    "mean-of-columns": (
        {_MEAN: "np.mean(X, axis=0, keepdims=True)"},
        "One of two mistakes is left: the mean is still taken of each column, so the rows of the "
        "result do not have the mean 0.",
    ),
    "mean-of-everything": (
        {_MEAN: "np.mean(X)"},
        "The mean is taken over the whole matrix. Each row has a mean of its own.",
    ),
    "spread-of-everything": (
        {_SPREAD: "np.std(X)"},
        "The standard deviation is taken over the whole matrix. Each row has its own.",
    ),
    "variance-for-standard-deviation": (
        {_SPREAD: "np.var(X, axis=1, keepdims=True)"},
        "Each row is divided by its variance, which is the square of what is wanted.",
    ),
    "mean-not-subtracted": (
        {_LINE: "Z = X / spread"},
        "The mean is not subtracted any more, so the rows do not have the mean 0.",
    ),
    "both-along-columns": (
        {_MEAN: "np.mean(X, axis=0, keepdims=True)", _SPREAD: "np.std(X, axis=0, keepdims=True)"},
        "Now every column is standardised. The rows are the features here.",
    ),
}

_RIGHT = {
    "columns-of-rank-one": {
        _MEAN: "np.mean(X, axis=1).reshape(-1, 1)",
        _SPREAD: "np.std(X, axis=1)[:, np.newaxis]",
    },
    "row-by-row": {
        _BODY: (
            "    Z = np.zeros(X.shape)\n"
            "    for i in range(X.shape[0]):\n"
            "        Z[i] = (X[i] - X[i].mean()) / X[i].std()"
        )
    },
    "in-two-steps": {_LINE: "Z = X - mean\n    Z = Z / spread"},
    "deviation-by-formula": {_SPREAD: "np.sqrt(np.mean((X - mean) ** 2, axis=1, keepdims=True))"},
}

BUG = Exercise(
    name="standardize_rows",
    points=10,
    learned="You can find a mistake by measuring what a result should have, and mend it.",
    cases=standardize_rows_cases,
    lesson="a1_numpy_basics#bug",
    hints=(
        "Call the broken function on the small matrix of the text and print the mean and the "
        "standard deviation of each row of the result. Then print `mean` and `spread` themselves: "
        "which of the two has the wrong shape?",
        "A row has one mean. The axis that you name is the one that disappears, so for one number "
        "a row the columns must disappear. And which of minus and divide does Python do first?",
        "Two lines need mending: the axis of the mean, and the parentheses of the last line.",
    ),
    misconceptions=mistakes(_WRONG),
    correct_variants=right_ways(_RIGHT),
)
