"""NumPy arrays: their shapes, functions of every entry, broadcasting, and sums along an axis.

Nothing here computes what an exercise asks for: where a picture shows the result of an exercise,
the notebook passes it in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Circle
from numpy.typing import ArrayLike, NDArray

from course.figures.matrices import MAX_ENTRIES, cell, cells, check_sizes
from course.figures.parts import arrow, write
from course.figures.style import (
    CACHE,
    FAINT,
    FORWARD,
    INK,
    LINE,
    PAGE,
    PARAMETER,
    SMALL,
    TITLE,
    new_canvas,
    new_plots,
    styled,
)
from course.language import _

CELL = 0.42  # side of one entry of a drawn array, in inches


Shape = tuple[int, int]


@styled
def draw_shapes() -> Figure:
    """Draw a number, a rank-1 array, a row, a column and a matrix, each with its shape."""
    alt = _(
        "Five arrays: a number of shape (), a rank-1 array (3,), a row (1, 3), a column (3, 1), "
        "a matrix (2, 3)."
    )
    figure, ax = new_canvas(PAGE, 2.7, alt)
    middle = 1.45
    arrays: list[tuple[float, str, str, NDArray[np.int_], str]] = [
        (0.8, _("a number"), "()", np.array([[7]]), FAINT),
        (2.45, _("rank-1 array"), "(3,)", np.array([[1, 2, 3]]), FAINT),
        (4.45, _("row"), "(1, 3)", np.array([[1, 2, 3]]), FORWARD),
        (6.2, _("column"), "(3, 1)", np.array([[1], [2], [3]]), FORWARD),
        (7.95, _("matrix"), "(2, 3)", np.array([[1, 2, 3], [4, 5, 6]]), FORWARD),
    ]
    for x, name, shape, values, colour in arrays:
        rows, columns = values.shape
        if shape == "(3,)":
            # Open at both ends: the entries stand in a line that is neither a row nor a column.
            for place, value in enumerate(values[0]):
                write(ax, x + CELL * (place - 1), middle, str(value))
            for side in (-1, 1):
                ax.plot(
                    [x - 1.5 * CELL, x + 1.5 * CELL],
                    [middle + side * CELL / 2] * 2,
                    color=colour,
                    linestyle=":",
                    linewidth=LINE,
                )
        else:
            cells(ax, x - CELL * columns / 2, middle, values, (CELL, CELL), colour)
        write(ax, x, 2.6, name, va="top")
        write(ax, x, 0.4, _("shape {shape}").format(shape=shape), SMALL, va="top")
    return figure


@styled
def draw_each_entry(values: Sequence[float] = (-1, 0, 1, 2)) -> Figure:
    """Draw how ``math.exp`` takes one number, and ``np.exp`` every entry of an array.

    Parameters:
        values: the entries of the array, at most 8 of them.

    Raises:
        ValueError: no values, or too many.
    """
    if not 1 <= len(values) <= MAX_ENTRIES:
        raise ValueError(f"give 1 to {MAX_ENTRIES} values, not {len(values)}")
    width = 0.72
    alt = _(
        "math.exp turns one number into one; np.exp turns every entry of an array into its own."
    )
    figure, ax = new_canvas(3.9 + width * len(values), 2.3, alt)
    high, low = 1.75, 0.55
    array = np.array([[f"{value:g}" for value in values]])
    results = np.array([[f"{np.exp(value):.2f}" for value in values]])
    for x, name in ((0.9, "math.exp"), (2.8, "np.exp")):
        write(ax, x, (high + low) / 2, name, ha="left", family="monospace")
    cells(ax, 0.3, high, array[:, -1:], (width, CELL), FORWARD)
    cells(ax, 0.3, low, results[:, -1:], (width, CELL), PARAMETER)
    arrow(ax, (0.66, high - 0.25), (0.66, low + 0.27))
    left = 3.6
    cells(ax, left, high, array, (width, CELL), FORWARD)
    cells(ax, left, low, results, (width, CELL), PARAMETER)
    for place in range(len(values)):
        x = left + width * (place + 0.5)
        arrow(ax, (x, high - 0.25), (x, low + 0.27))
    return figure


@styled
def draw_broadcasting(left: Shape = (3, 4), right: Shape = (1, 4)) -> Figure:
    """Draw the sum of two arrays; the copies that broadcasting adds are pale and dotted.

    Parameters:
        left: shape of the first array, each size from 1 to 8.
        right: shape of the second array.

    Raises:
        ValueError: a size cannot be drawn, or NumPy could not broadcast the two shapes.
    """
    check_sizes(*left, *right)
    rows, columns = np.broadcast_shapes(left, right)
    alt = _("{left} plus {right} is {shape}; an axis of size 1 is copied until it fits.").format(
        left=left, right=right, shape=(rows, columns)
    )
    side = 0.36
    width = side * columns
    figure, ax = new_canvas(1.0 + 3 * width + 2 * 0.8, side * rows + 1.1, alt)
    middle = 0.5 * (side * rows + 1.1)
    x = 0.5
    terms: list[tuple[Shape, str]] = [
        (left, FORWARD),
        (right, PARAMETER),
        ((rows, columns), CACHE),
    ]
    for place, (shape, colour) in enumerate(terms):
        for i, j in product(range(rows), range(columns)):
            corner = (x + side * j, middle + side * (rows / 2 - i - 1))
            if i >= shape[0] or j >= shape[1]:
                cell(ax, corner, (side, side), colour, strength=0.06, style=":")
            else:
                cell(ax, corner, (side, side), colour, strength=0.35)
        below = middle - side * rows / 2 - 0.1
        write(ax, x + width / 2, below, str(shape), SMALL, va="top")
        if place < 2:
            write(ax, x + width + 0.4, middle, "+="[place], TITLE + 3)
        x += width + 0.8
    return figure


@styled
def draw_sum_axes() -> Figure:
    """Draw what summing a 2 x 3 matrix along axis 0 and along axis 1 leaves over."""
    alt = _("Summing a (2, 3) matrix along axis 1 leaves a column, along axis 0 a row.")
    figure, ax = new_canvas(7.4, 2.75, alt)
    values = np.array([[1, 2, 3], [4, 5, 6]])
    middle = 1.55  # height of the middle of both matrices

    cells(ax, 0.9, middle, values, (0.5, 0.5), FORWARD)
    arrow(ax, (2.48, middle), (2.97, middle), INK)
    cells(ax, 3.05, middle, values.sum(axis=1, keepdims=True), (0.5, 0.5), PARAMETER)
    text = _("axis=1: along each row\n(2, 3) becomes (2, 1)")
    write(ax, 2.2, 2.7, text, va="top")

    cells(ax, 4.9, middle, values, (0.5, 0.5), FORWARD)
    arrow(ax, (5.65, middle - 0.53), (5.65, middle - 0.92), INK)
    cells(ax, 4.9, middle - 1.25, values.sum(axis=0, keepdims=True), (0.5, 0.5), PARAMETER)
    text = _("axis=0: down each column\n(2, 3) becomes (1, 3)")
    write(ax, 5.65, 2.7, text, va="top")
    return figure


@styled
def draw_rows_as_arrows(before: ArrayLike, after: ArrayLike) -> Figure:
    """Draw the rows of two matrices with two columns as arrows, and a circle of radius 1.

    Parameters:
        before: rows as they were, shape (m, 2).
        after: rows as they became, shape (m, 2).

    Raises:
        ValueError: the rows are not points of a plane, or one matrix has more than the other.
    """
    old, new = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if old.ndim != 2 or old.shape[1] != 2 or new.shape != old.shape:
        raise ValueError("both matrices must have the same shape, with two columns")
    lengths = [", ".join(f"{length:.2g}" for length in np.hypot(*rows.T)) for rows in (old, new)]
    alt = _(
        "{count} arrows for the rows of a matrix. Lengths before: {before}; after: {after}."
    ).format(count=len(old), before=lengths[0], after=lengths[1])
    figure, axes = new_plots(2, 8.4, 3.9, alt)
    reach = 1.25 * max(1.0, float(np.abs(old).max()))
    for ax, rows, title, limit in zip(
        axes, (old, new), (_("before"), _("after")), (reach, 1.5), strict=True
    ):
        ax.add_patch(Circle((0, 0), 1, fill=False, edgecolor=FAINT, linestyle=":"))
        for number, (x, y) in enumerate(rows):
            arrow(ax, (0, 0), (x, y), FORWARD)
            length = max(float(np.hypot(x, y)), 1e-9)
            gap = 0.09 * limit
            place = (x + gap * x / length, y + gap * y / length)
            write(ax, *place, str(number), SMALL)
        ax.set_xlim(-limit, limit)
        ax.set_ylim(-limit, limit)
        ax.set_aspect("equal")
        ax.set_title(title)
    return figure
