"""The cases on which the functions of the NumPy assignment are judged.

Every generator draws its sizes too, and unequal ones: a mistaken axis then shows as a wrong shape,
not as a lucky hit. Where a function has rows and columns, one case is square, so that mistakes
which would be stopped by an error show their own values and can be told apart.

No number is so large that the plain formula would overflow: the exercises do not ask for a formula
that guards against it, and one that does is as right.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from grader.exercises.exercise import Case

Array = np.ndarray[Any, np.dtype[Any]]
Random = np.random.RandomState


def sizes(random: Random, count: int, smallest: int = 2, largest: int = 6) -> list[int]:
    """Draw ``count`` sizes, no two alike."""
    return [int(size) for size in random.permutation(range(smallest, largest + 1))[:count]]


def number_between(random: Random, low: float, high: float) -> float:
    """Draw a Python number with two decimals."""
    return round(float(random.uniform(low, high)), 2)


def by_name(*shape: int) -> str:
    """Say the size of an array: ``3 rows, 1 column``."""
    words = ("row", "column")
    return ", ".join(
        f"{size} {word}" if size == 1 else f"{size} {word}s"
        for size, word in zip(shape, words, strict=True)
    )


# The sigmoid -------------------------------------------------------------------------------------


def basic_sigmoid_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Single numbers: whole ones and others, on both sides of zero, and zero itself."""
    whole = int(random.randint(2, 5))
    numbers: list[float] = [
        number_between(random, 0.3, 1.8),
        number_between(random, -2.5, -0.4),
        0,
        whole,
        -whole,
        number_between(random, 4.5, 8),
        number_between(random, -8, -4.5),
    ]
    for x in numbers:
        yield Case(f"x = {x}", (x,))


def arrays_of_numbers(random: Random, largest: float) -> Iterator[Case]:
    """A number, vectors, and matrices, of whole and other numbers, from -largest to largest."""
    length, rows, columns = sizes(random, 3, smallest=3)
    whole = random.permutation(np.arange(-4, 5))[:length]
    whole[0], whole[1] = -1, 2  # of both signs
    yield Case(f"a vector of {length} whole numbers", (whole,))
    x = number_between(random, 0.4, 2) * int(random.choice([-1, 1]))
    yield Case(f"the number {x}", (x,))

    def draw(*shape: int) -> Array:
        drawn: Array = random.uniform(-largest, largest, size=shape)
        return drawn

    yield Case(f"a vector of {rows} numbers, zero among them", (np.append(draw(rows - 1), 0.0),))
    for shape in ((1, columns), (rows, 1), (rows, columns), (length, length)):
        yield Case(f"a matrix with {by_name(*shape)}", (draw(*shape),))


def sigmoid_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Numbers and arrays of every shape that later code will use."""
    yield from arrays_of_numbers(random, 8)


def sigmoid_derivative_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Like those of the sigmoid, but not so far out that the slope is lost in rounding."""
    yield from arrays_of_numbers(random, 4)


# Images ------------------------------------------------------------------------------------------


def image2vector_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Images of unequal sides and any number of colours, and one with all sizes alike."""
    tall, wide, deep = sizes(random, 3, smallest=2, largest=5)
    small = sorted(sizes(random, 2, smallest=2, largest=4))
    shapes = [
        (*small, 1),
        (tall, wide, 3 if 3 not in (tall, wide) else 1),
        (1, wide, deep),
        (deep, tall, wide),
    ]
    for shape in shapes:
        yield Case(name_image(*shape), (random.uniform(size=shape),), {"depth": shape[2]})
    (side,) = sizes(random, 1, smallest=3, largest=4)
    yield Case(name_image(side, side, side), (random.uniform(size=(side,) * 3),), {"depth": side})
    shape = (tall + 1, wide + 2, 3)
    pixels = random.randint(0, 256, size=shape).astype(np.uint8)
    yield Case(f"{name_image(*shape)}, whole numbers up to 255", (pixels,), {"depth": 3})


def name_image(length: int, height: int, depth: int) -> str:
    """Say the size of an image."""
    return f"an image of shape ({length}, {height}, {depth})"


# Rows --------------------------------------------------------------------------------------------


def normalize_rows_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Matrices of numbers with a fractional part, none of whose rows is short or zero.

    The entries are floating-point numbers throughout: dividing a matrix of integers in place is an
    error of NumPy's types, which is not what the exercise is about.
    """
    easy = np.array([[3.0, 4.0, 0.0], [0.0, -6.0, 8.0]]) * int(random.randint(1, 4))
    yield Case("2 rows, 3 columns, whole numbers", (random.permutation(easy.T).T,), {"n": 3})
    rows, columns = sizes(random, 2, smallest=3)
    (side,) = sizes(random, 1, smallest=3, largest=4)
    for shape in ((rows, columns), (columns, rows), (1, columns), (rows, 1), (side, side)):
        yield Case(by_name(*shape), (draw_rows(random, *shape),), {"m": shape[0], "n": shape[1]})


def draw_rows(random: Random, m: int, n: int) -> Array:
    """Draw a matrix with positive and negative entries whose rows are longer than 1.5."""
    signs = random.choice([-1.0, 1.0], size=(m, n))
    signs[0, -1] = -1.0
    sized: Array = signs * random.uniform(1.5, 6.0, size=(m, n))
    return sized


def softmax_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Matrices of scores, small and large, on both sides of zero."""
    rows, columns, most = sizes(random, 3, smallest=2, largest=5)
    whole = random.randint(-3, 5, size=(2, 4))
    whole[0, :2] = 0, 3
    yield Case("2 rows, 4 columns, whole numbers", (whole,), {"n": 4})
    for shape in ((rows, columns), (1, most), (rows, 1), (most, most)):
        scores = random.uniform(-3, 4, size=shape)
        yield Case(by_name(*shape), (scores,), {"m": shape[0], "n": shape[1]})
    # Nothing but the differences within a row counts.
    levels = random.permutation(np.linspace(-12, 20, columns))[:, np.newaxis]
    far = random.uniform(-2, 2, size=(columns, rows)) + levels
    yield Case(f"{by_name(*far.shape)}, far from zero", (far,), {"m": columns, "n": rows})


# Losses ------------------------------------------------------------------------------------------


def loss_cases(random: Random, reference: Any) -> Iterator[Case]:
    """Predictions and true values: labels, any numbers, whole numbers, one example, all right."""
    few, some, many = sorted(sizes(random, 3, smallest=3, largest=12))
    for m in (few, many):
        predictions = np.round(random.uniform(0.05, 0.95, size=m), 2)
        labels = random.randint(0, 2, size=m)
        labels[0], labels[-1] = 1, 0
        yield Case(f"{m} examples, labels 0 and 1", (predictions, labels), {"m": m})
    yield Case("1 example", (random.uniform(1, 4, size=1), random.uniform(-4, -1, size=1)))
    values = random.uniform(-3, 3, size=some)
    errors = random.uniform(0.5, 4, size=some) * random.choice([-1.0, 1.0], size=some)
    errors[0], errors[-1] = abs(errors[0]), -abs(errors[-1])
    yield Case(f"{some} examples, any numbers", (values + errors, values), {"m": some})
    largest = max(9, few)  # so that there are enough of them
    whole = random.permutation(np.arange(-largest, largest + 1))[: 2 * few]
    yield Case(f"{few} examples, whole numbers", (whole[:few], whole[few:]), {"m": few})
    # Whole numbers, so that every right formula gives exactly 0.
    values = random.permutation(np.arange(-9.0, 10.0))[:some]
    yield Case(f"{some} examples, all right", (values, values.copy()), {"m": some})


def L1_cases(random: Random, reference: Any) -> Iterator[Case]:
    """See :func:`loss_cases`."""
    yield from loss_cases(random, reference)


def L2_cases(random: Random, reference: Any) -> Iterator[Case]:
    """See :func:`loss_cases`."""
    yield from loss_cases(random, reference)
