"""Pictures of vectorization: examples as columns, all of them at once, and the time that it saves.

Every function returns a Matplotlib ``Figure``; a notebook cell that ends with, say,
``draw_stacking()`` shows it.
"""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course.figures.parts import Point, arrow
from course.figures.style import (
    BACKWARD,
    CACHE,
    FORWARD,
    INK,
    PARAMETER,
    SMALL,
    STYLE,
    TITLE,
    new_canvas,
    new_plots,
    tint,
)

__all__ = ["draw_all_examples", "draw_all_gradients", "draw_stacking", "draw_timings"]

SIDE = 0.3  # side of one entry of a drawn matrix, in inches
MOST = 8  # larger matrices would not fit beside one another


def _check(n_x: int, m: int) -> None:
    if not (1 <= n_x <= MOST and 1 <= m <= MOST):
        raise ValueError(f"n_x and m must lie between 1 and {MOST}, not {n_x} and {m}")


def _matrix(
    ax: Axes,
    corner: Point,
    rows: int,
    columns: int,
    colour: str,
    marked: int = -1,
    is_copy: bool = False,
) -> None:
    """Draw a matrix from its lower left corner; one of its columns may be marked."""
    x, y = corner
    for i in range(rows):
        for j in range(columns):
            strength = 0.08 if is_copy else 0.75 if j == marked else 0.25
            ax.add_patch(
                Rectangle(
                    (x + SIDE * j, y + SIDE * i),
                    SIDE,
                    SIDE,
                    facecolor=tint(colour, strength),
                    edgecolor=colour,
                    linewidth=0.8,
                    linestyle=":" if is_copy else "-",
                )
            )


@rc_context(STYLE)
def draw_stacking(n_x: int = 4, m: int = 6) -> Figure:
    """Draw how single examples become the columns of X, and their labels those of Y.

    Arguments:
        n_x: number of features, at most 8.
        m: number of examples, at most 8.

    Returns:
        The figure.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    _check(n_x, m)
    alt = (
        f"{m} columns of {n_x} numbers, each with a label below, are put side by side: they become "
        f"X of shape ({n_x}, {m}) and Y of shape (1, {m})."
    )
    gap = 0.3
    spread = m * (SIDE + gap)
    height = SIDE * (n_x + 1) + 1.75
    figure, ax = new_canvas(1.1 + spread + 0.9 + SIDE * m + 1.6, height, alt)
    low, high = 0.45, 0.45 + SIDE + 0.55  # the label below, the features above
    marked = min(1, m - 1)
    for i in range(m):
        x = 0.6 + i * (SIDE + gap)
        _matrix(ax, (x, high), n_x, 1, FORWARD, marked=0 if i == marked else -1)
        _matrix(ax, (x, low), 1, 1, CACHE, marked=0 if i == marked else -1)
        ax.text(
            x + SIDE / 2,
            high + SIDE * n_x + 0.07,
            f"$x^{{({i + 1})}}$",
            ha="center",
            va="bottom",
        )
        ax.text(x + SIDE / 2, low + SIDE + 0.05, f"$y^{{({i + 1})}}$", ha="center", va="bottom")
    start = 0.6 + spread + 0.15
    arrow(ax, (start, high + SIDE * n_x / 2), (start + 0.6, high + SIDE * n_x / 2), INK)
    arrow(ax, (start, low + SIDE / 2), (start + 0.6, low + SIDE / 2), INK)
    left = start + 0.85
    _matrix(ax, (left, high), n_x, m, FORWARD, marked)
    _matrix(ax, (left, low), 1, m, CACHE, marked)
    for y, rows, name in ((high, n_x, "X"), (low, 1, "Y")):
        ax.text(
            left + SIDE * m + 0.12,
            y + SIDE * rows / 2,
            f"${name}$: ({rows}, {m})",
            ha="left",
            va="center",
            fontsize=TITLE,
        )
    return figure


@rc_context(STYLE)
def draw_all_examples(n_x: int = 4, m: int = 6) -> Figure:
    """Draw w^T X + b = Z: one product gives the weighted sums of all examples.

    Arguments:
        n_x: number of features, at most 8.
        m: number of examples, at most 8.

    Returns:
        The figure.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    _check(n_x, m)
    alt = (
        f"The row w transposed (1, {n_x}) times X ({n_x}, {m}) plus b, copied to (1, {m}), is Z "
        f"(1, {m}). The marked column of X gives the marked entry of Z."
    )
    height = SIDE * n_x + 1.2
    marked = min(1, m - 1)
    terms = [
        ("$w^T$", 1, n_x, PARAMETER, -1, 0),
        ("$X$", n_x, m, FORWARD, marked, 0),
        ("$b$", 1, 1, PARAMETER, -1, m - 1),
        ("$Z$", 1, m, FORWARD, marked, 0),
    ]
    return _equation(terms, ("", "+", "="), height, alt)


@rc_context(STYLE)
def draw_all_gradients(n_x: int = 4, m: int = 6) -> Figure:
    """Draw dw = X dZ^T / m: one product adds up what all examples say about the weights.

    Arguments:
        n_x: number of features, at most 8.
        m: number of examples, at most 8.

    Returns:
        The figure.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    _check(n_x, m)
    alt = (
        f"dw ({n_x}, 1) is one m-th of X ({n_x}, {m}) times dZ transposed ({m}, 1). The marked "
        "column of X meets the marked entry of dZ."
    )
    height = SIDE * max(n_x, m) + 1.2
    marked = min(1, m - 1)
    terms = [
        ("$dw$", n_x, 1, BACKWARD, -1, 0),
        ("$X$", n_x, m, FORWARD, marked, 0),
        ("$dZ^T$", m, 1, BACKWARD, -2 - marked, 0),
    ]
    return _equation(terms, (r"$=\ \frac{1}{m}$", ""), height, alt)


def _equation(
    terms: Sequence[tuple[str, int, int, str, int, int]],
    signs: Sequence[str],
    height: float,
    alt: str,
) -> Figure:
    """Draw matrices with signs between them.

    A term is name, rows, columns, colour, marked column (-1: none; -2 - i: row i) and the number
    of copies that broadcasting adds.
    """
    rooms = [0.75 if sign else 0.3 for sign in signs]
    widths = [max(SIDE * (columns + copies), 0.6) for _, _, columns, _, _, copies in terms]
    figure, ax = new_canvas(0.8 + sum(widths) + sum(rooms), height, alt)
    x, middle = 0.4, height / 2
    for place, (name, rows, columns, colour, marked, copies) in enumerate(terms):
        width = widths[place]
        left = x + (width - SIDE * (columns + copies)) / 2
        bottom = middle - SIDE * rows / 2
        _matrix(ax, (left + SIDE * columns, bottom), rows, copies, colour, is_copy=True)
        _matrix(ax, (left, bottom), rows, columns, colour, marked)
        if marked <= -2:
            row = rows - 1 - (-2 - marked)  # rows are counted from above, but drawn from below
            _matrix(ax, (left, bottom + SIDE * row), 1, columns, colour, marked=0)
        ax.text(
            x + width / 2,
            middle + SIDE * rows / 2 + 0.08,
            name,
            ha="center",
            va="bottom",
            fontsize=TITLE,
        )
        shape = "a number" if name == "$b$" else f"({rows}, {columns})"
        ax.text(
            x + width / 2,
            middle - SIDE * rows / 2 - 0.1,
            shape,
            ha="center",
            va="top",
            fontsize=SMALL,
        )
        x += width
        if place < len(signs):
            ax.text(
                x + rooms[place] / 2,
                middle,
                signs[place],
                ha="center",
                va="center",
                fontsize=TITLE + 3,
            )
            x += rooms[place]
    return figure


@rc_context(STYLE)
def draw_timings(
    sizes: Sequence[int], loop: Sequence[float], vectorised: Sequence[float]
) -> Figure:
    """Plot measured times of a loop and of vectorised code against the number of entries.

    Arguments:
        sizes: numbers of entries.
        loop: seconds that the loop took, one for each size.
        vectorised: seconds that the vectorised code took, one for each size.

    Returns:
        The figure.

    Raises:
        ValueError: there are not as many times as sizes.
    """
    if not len(sizes) == len(loop) == len(vectorised):
        raise ValueError("give a time of the loop and of the vectorised code for each size")
    alt = (
        f"Times for {sizes[0]:,} to {sizes[-1]:,} entries: the loop from {loop[0]:.2g} to "
        f"{loop[-1]:.2g} seconds, np.dot from {vectorised[0]:.2g} to "
        f"{vectorised[-1]:.2g} seconds."
    )
    figure, (ax,) = new_plots(1, 7.0, 3.8, alt)
    ax.loglog(sizes, loop, color=BACKWARD, linestyle="--", marker="s", label="loop in Python")
    ax.loglog(sizes, vectorised, color=FORWARD, marker="o", label="np.dot")
    ax.set_xlabel("number of entries")
    ax.set_ylabel("seconds")
    ax.legend(loc="upper left")
    return figure
