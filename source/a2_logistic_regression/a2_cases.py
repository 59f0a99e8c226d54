"""The cases on which the functions of logistic regression are judged.

Every generator draws its sizes too, so that no size of one class is the size of the next. In most
cases the numbers of features and of examples differ, so that a mistaken axis shows as a wrong
shape. In one case of some functions they are alike, so that mistakes which would be stopped by an
error can be told apart. No probability comes near 0 or 1, where the cost would be lost in rounding.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader.exercises.exercise import Case

Array = np.ndarray[Any, np.dtype[Any]]
Random = np.random.RandomState

SUREST = 6.0
"""The largest absolute z that is drawn: the sigmoid of it is 0.9975."""

MOST_ATTEMPTS = 10_000
"""How often random numbers are drawn again before the author is told."""


def count(number: int, what: str) -> str:
    """Say how many there are: ``1 example``, ``5 examples``."""
    return f"1 {what}" if number == 1 else f"{number} {what}s"


def name_sizes(n_x: int, m: int) -> str:
    """Say the sizes of a problem."""
    return f"{count(n_x, 'feature')}, {count(m, 'example')}"


def two_sizes(random: Random, smallest: int = 2, largest: int = 9) -> tuple[int, int]:
    """Draw two sizes that differ."""
    one, other = random.permutation(range(smallest, largest + 1))[:2]
    return int(one), int(other)


# The sigmoid and the first parameters ------------------------------------------------------------


def sigmoid_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Numbers, then arrays of one and of two dimensions, some whole and some large."""
    yield Case("the number 0", (0,))
    yield Case("a positive number", (round(float(random.uniform(0.5, 3)), 3),))
    yield Case("a negative number", (-round(float(random.uniform(0.5, 3)), 3),))
    whole = random.permutation(np.arange(-3, 4))[: random.randint(3, 6)]
    yield Case(f"{len(whole)} whole numbers", (whole,))
    rows, columns = two_sizes(random, largest=6)
    yield Case(f"an array of shape ({rows}, {columns})", (random.randn(rows, columns),))
    n = int(random.randint(2, 6))
    yield Case(f"a column of {n} numbers", (random.randn(n, 1),))
    m = int(random.randint(4, 9))
    row = random.uniform(6, 25, size=(1, m)) * random.choice([-1, 1], size=(1, m))
    row[0, :3] = 12.0, -12.0, 0.0
    yield Case(f"a row of {m} numbers, some of them large", (row,))


def initialize_with_zeros_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Few features, one, and many."""
    few, some = two_sizes(random, smallest=3)
    for dim in (few, 1, some, int(random.randint(20, 60))):
        yield Case(f"dim = {dim}", (dim,), {"dim": dim})


# One pass ----------------------------------------------------------------------------------------


def draw_examples(random: Random, n_x: int, m: int) -> tuple[Array, Array]:
    """Draw examples, and labels that depend on them somewhat; both labels occur if m > 1."""
    X = random.randn(n_x, m)
    scores = random.randn(n_x) @ X + random.randn(m)
    Y = (scores > np.median(scores)).astype(int).reshape(1, m)
    return X, Y


def draw_unit(random: Random, n_x: int, m: int, zero: bool = False) -> tuple[Any, ...]:
    """Draw w, b, X and Y, all of them unlike, with probabilities on both sides of one half.

    Parameters:
        random: the random numbers.
        n_x: number of features.
        m: number of examples.
        zero: whether the parameters are zero, as before the first step.
    """
    for _attempt in range(MOST_ATTEMPTS):
        X, Y = draw_examples(random, n_x, m)
        if zero:
            return np.zeros((n_x, 1)), 0.0, X, Y
        w, b = (
            random.randn(n_x, 1),
            round(float(random.choice([-1, 1]) * random.uniform(0.4, 1)), 3),
        )
        Z = w.T @ X + b
        both = m == 1 or ((Z > 0).any() and (Z < 0).any())
        # An error that is zero on the whole would hide a mistake in db.
        error = reference_sigmoid(Z) - Y
        if both and np.abs(Z).max() < SUREST and abs(error.mean()) > 0.02:
            return w, b, X, Y
    raise RuntimeError(f"no unit with {n_x} features and {m} examples is as it should be")


def reference_sigmoid(Z: Array) -> Array:
    """The probabilities that go with Z."""
    return (1 + np.tanh(Z / 2)) / 2


def propagate_cases(random: Random, reference: Any) -> Iterator[Case]:
    """One pass through units of several sizes.

    With as many features as examples, matrices fit that should not; with parameters of zero, all
    probabilities are one half.
    """
    few, more = sorted(two_sizes(random, largest=5))
    many, some = two_sizes(random, smallest=6, largest=12)
    square = int(random.randint(3, 6))
    # A single feature and a single example come late: the smallest case is the one that is shown.
    sizes = ((few, more), (more, few), (square, square), (1, some), (some, 1), (many, some))
    for n_x, m in sizes:
        yield Case(name_sizes(n_x, m), draw_unit(random, n_x, m), {"m": m, "n_x": n_x})
    n_x, m = two_sizes(random)
    yield Case(
        f"{name_sizes(n_x, m)}, all parameters zero",
        draw_unit(random, n_x, m, zero=True),
        {"m": m, "n_x": n_x},
    )


# Training ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Training:
    """How long a case trains, and with which step."""

    num_iterations: int
    learning_rate: float

    def __str__(self) -> str:
        return f"{count(self.num_iterations, 'iteration')}, learning rate {self.learning_rate}"


def trainings(random: Random) -> tuple[Training, ...]:
    """Trainings below and above a hundred steps.

    A cost is recorded at the steps 0, 100 and 200: trainings of 101 and 201 steps reach the last of
    them just so, one of 150 steps ends between two, one of 100 just before.
    """
    return (
        Training(1, 0.2),
        Training(2, 0.05),
        Training(int(random.randint(5, 30)), 0.1),
        Training(100, 0.009),
        Training(101, 0.02),
        Training(150, 0.007),
        Training(201, round(float(random.uniform(0.01, 0.04)), 4)),
    )


def optimize_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Trainings of units of several sizes; in one there are as many features as examples."""
    for number, training in enumerate(trainings(random)):
        n_x, m = two_sizes(random, smallest=2 if number < 2 else 3)
        if number == 2:
            n_x = m
        w, b, X, Y = draw_unit(random, n_x, m)
        yield Case(
            f"{name_sizes(n_x, m)}, {training}",
            (w, b, X, Y, training.num_iterations, training.learning_rate),
            {
                "m": m,
                "learning_rate": training.learning_rate,
                "num_iterations": training.num_iterations,
            },
        )


def model_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Whole models: train on some examples, predict those and others.

    In one case the two sets are as large as an example is long, so that a model that takes one for
    the other is not stopped by an error.
    """
    for number, training in enumerate(trainings(random)):
        args = draw_model(random, training, reference, square=number == 2)
        n_x, m_train = args[0].shape
        m_test = args[2].shape[1]
        yield Case(
            f"{count(n_x, 'feature')}, {m_train} training and {m_test} test examples, {training}",
            args,
            {
                "m_train": m_train,
                "m_test": m_test,
                "learning_rate": training.learning_rate,
                "num_iterations": training.num_iterations,
            },
        )


def draw_model(
    random: Random, training: Training, reference: Any, square: bool = False
) -> tuple[Any, ...]:
    """Draw both sets so that the trained model predicts 0 and 1 in both, and nothing by a hair."""
    for _attempt in range(MOST_ATTEMPTS):
        n_x, m_train, m_test = (int(size) for size in random.permutation(range(3, 12))[:3])
        if square:
            m_train = m_test = n_x
        X, Y = draw_examples(random, n_x, m_train + m_test)
        # A bias that has something to learn: without it, a forgotten bias would not show.
        Y[0, : m_train // 2 + 1] = 1
        X_train, X_test = X[:, :m_train], X[:, m_train:]
        Y_train, Y_test = Y[:, :m_train], Y[:, m_train:]
        how = (training.num_iterations, training.learning_rate)
        trained = reference.model(X_train, Y_train, X_test, Y_test, *how)
        scores = [trained["w"].T @ part + trained["b"] for part in (X_train, X_test)]
        clear = all(np.abs(part).min() > 2e-3 * np.abs(part).max() for part in scores)
        mixed = all((part > 0).any() and (part < 0).any() for part in scores)
        imperfect = (trained["Y_prediction_train"] != Y_train).any()
        imperfect = imperfect and (trained["Y_prediction_test"] != Y_test).any()
        if clear and mixed and imperfect and (0 < Y_train.mean() < 1):
            return X_train, Y_train, X_test, Y_test, *how
    raise RuntimeError(f"no model with {training} predicts both classes clearly")


# Predictions -------------------------------------------------------------------------------------


def predict_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Units of several sizes; some examples get exactly one half."""
    few, more = sorted(two_sizes(random, largest=5))
    many, some = two_sizes(random, smallest=6, largest=12)
    square = int(random.randint(3, 6))
    for n_x, m in ((few, more), (more, few), (square, square), (1, some), (some, 1), (many, some)):
        yield Case(name_sizes(n_x, m), draw_clear(random, n_x, m), {"m": m, "n_x": n_x})
    n_x, m = two_sizes(random, smallest=3)
    w, _b, X = draw_clear(random, n_x, m)
    X[:, [0, -1]] = 0.0  # z is exactly 0 there, and the probability exactly one half
    X[:, 1] *= 0.45 / (w.T @ X[:, 1]).item()  # below one half, but its probability is above 0.6
    yield Case(f"{name_sizes(n_x, m)}, two of them undecided", (w, 0.0, X), {"m": m, "n_x": n_x})


def draw_clear(random: Random, n_x: int, m: int) -> tuple[Array, float, Array]:
    """Draw w, b and X so that nothing is decided by a hair, and by whatever it could be mistaken.

    Some z lie between 0 and 0.5, some above, some below zero, and some change sign with the bias.
    """
    for _attempt in range(MOST_ATTEMPTS):
        w, b, X, _Y = draw_unit(random, n_x, m)
        raw = w.T @ X
        Z = raw + b
        clear = np.abs(Z).min() > 0.02 and np.abs(Z - 0.5).min() > 0.02
        if m == 1 and clear:
            return w, b, X
        if clear and ((Z > 0) & (Z < 0.5)).any() and ((Z > 0) != (raw > 0)).any():
            return w, b, X
    raise RuntimeError(f"no unit with {n_x} features and {m} examples is clear")
