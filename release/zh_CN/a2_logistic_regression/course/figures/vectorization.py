"""Vectorization: examples as columns, all of them at once, and the time that it saves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course.figures.matrices import Matrix, Term, cells, check_sizes, draw_equations
from course.figures.parts import arrow, write
from course.figures.style import (
    BACKWARD,
    CACHE,
    FORWARD,
    INK,
    PARAMETER,
    SMALL,
    TITLE,
    new_canvas,
    new_plots,
    short_number,
    styled,
    tint,
)
from course.language import _

SIDE = 0.3  # side of an entry of an example, in inches


@styled
def draw_stacking(n_x: int = 4, m: int = 6) -> Figure:
    """Draw how single examples become the columns of X, and their labels those of Y.

    Parameters:
        n_x: number of features, at most 8.
        m: number of examples, at most 8.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    check_sizes(n_x, m)
    alt = _(
        "{m} columns of {n_x} numbers, each with a label below, are put side by side: they become "
        "X of shape ({n_x}, {m}) and Y of shape (1, {m})."
    ).format(m=m, n_x=n_x)
    gap = 0.3
    spread = m * (SIDE + gap)
    height = SIDE * (n_x + 1) + 1.75
    figure, ax = new_canvas(1.1 + spread + 0.9 + SIDE * m + 1.6, height, alt)
    low, high = 0.45, 0.45 + SIDE + 0.55  # the label below, the features above
    marked, size = min(1, m - 1), (SIDE, SIDE)
    for i in range(m):
        x = 0.6 + i * (SIDE + gap)
        strength = 0.75 if i == marked else 0.25
        cells(ax, x, high + SIDE * n_x / 2, (n_x, 1), size, FORWARD, strength)
        cells(ax, x, low + SIDE / 2, (1, 1), size, CACHE, strength)
        centre, top = x + SIDE / 2, high + SIDE * n_x
        write(ax, centre, top + 0.07, f"$x^{{({i + 1})}}$", va="bottom")
        write(ax, centre, low + SIDE + 0.05, f"$y^{{({i + 1})}}$", va="bottom")
    start = 0.6 + spread + 0.15
    left = start + 0.85
    for y, rows, name, colour in ((high, n_x, "X", FORWARD), (low, 1, "Y", CACHE)):
        middle = y + SIDE * rows / 2
        arrow(ax, (start, middle), (start + 0.6, middle), INK)
        cells(ax, left, middle, (rows, m), size, colour)
        cells(ax, left + SIDE * marked, middle, (rows, 1), size, colour, strength=0.75)
        text = f"${name}$: ({rows}, {m})"
        write(ax, left + SIDE * m + 0.12, middle, text, TITLE, ha="left")
    return figure


@styled
def draw_all_examples(n_x: int = 4, m: int = 6) -> Figure:
    """Draw w^T X + b = Z: one product gives the weighted sums of all examples.

    Parameters:
        n_x: number of features, at most 8.
        m: number of examples, at most 8.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    check_sizes(n_x, m)
    alt = _(
        "The row w transposed (1, {n_x}) times X ({n_x}, {m}) plus b, copied to (1, {m}), is Z "
        "(1, {m}). The marked column of X gives the marked entry of Z."
    ).format(n_x=n_x, m=m)
    marked = min(1, m - 1)
    terms: list[Term] = [
        Matrix("$w^T$", 1, n_x, PARAMETER),
        (" ", 0.3),
        Matrix("$X$", n_x, m, FORWARD, marked_column=marked),
        ("+", 0.75),
        Matrix("$b$", 1, 1, PARAMETER, copies=m - 1, note=_("a number")),
        ("=", 0.75),
        Matrix("$Z$", 1, m, FORWARD, marked_column=marked),
    ]
    return draw_equations([terms], alt)


@styled
def draw_all_gradients(n_x: int = 4, m: int = 6) -> Figure:
    """Draw dw = X dZ^T / m: one product adds up what all examples say about the weights.

    Parameters:
        n_x: number of features, at most 8.
        m: number of examples, at most 8.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    check_sizes(n_x, m)
    alt = _(
        "dw ({n_x}, 1) is one m-th of X ({n_x}, {m}) times dZ transposed ({m}, 1). The marked "
        "column of X meets the marked entry of dZ."
    ).format(n_x=n_x, m=m)
    marked = min(1, m - 1)
    terms: list[Term] = [
        Matrix("$dw$", n_x, 1, BACKWARD),
        (r"$=\ \frac{1}{m}$", 0.75),
        Matrix("$X$", n_x, m, FORWARD, marked_column=marked),
        (" ", 0.3),
        Matrix("$dZ^T$", m, 1, BACKWARD, marked_row=marked),
    ]
    return draw_equations([terms], alt)


@styled
def draw_timings(
    sizes: Sequence[int], loop: Sequence[float], vectorised: Sequence[float]
) -> Figure:
    """Plot measured times of a loop and of vectorised code against the number of entries.

    Parameters:
        sizes: numbers of entries.
        loop: seconds that the loop took, one for each size.
        vectorised: seconds that the vectorised code took, one for each size.

    Raises:
        ValueError: the numbers of times and of sizes differ.
    """
    if not len(sizes) == len(loop) == len(vectorised):
        raise ValueError("give a time of the loop and of the vectorised code for each size")
    alt = _(
        "Times for {smallest:,} to {largest:,} entries: the loop from {loop_first:.2g} to "
        "{loop_last:.2g} seconds, np.dot from {dot_first:.2g} to "
        "{dot_last:.2g} seconds."
    ).format(
        smallest=sizes[0],
        largest=sizes[-1],
        loop_first=loop[0],
        loop_last=loop[-1],
        dot_first=vectorised[0],
        dot_last=vectorised[-1],
    )
    figure, (ax,) = new_plots(1, 7.0, 3.8, alt)
    ax.loglog(sizes, loop, color=BACKWARD, linestyle="--", marker="s", label=_("loop in Python"))
    ax.loglog(sizes, vectorised, color=FORWARD, marker="o", label="np.dot")
    ax.set_xlabel(_("number of entries"))
    ax.set_ylabel(_("seconds"))
    ax.legend(loc="upper left")
    return figure


@styled
def draw_times(seconds: Mapping[str, float]) -> Figure:
    """Plot how long several ways to compute the same thing take, on a logarithmic scale.

    Parameters:
        seconds: the time of each, by its name.

    Raises:
        ValueError: nothing to plot, or a time that is not positive.
    """
    if not seconds or min(seconds.values()) <= 0:
        raise ValueError("give at least one time, all of them positive")
    alt = _("Times in milliseconds: {parts}.").format(
        parts=_("; ").join(f"{name} {short_number(1000 * time)}" for name, time in seconds.items())
    )
    figure, (ax,) = new_plots(1, 7.6, 0.9 + 0.5 * len(seconds), alt)
    milliseconds = [1000 * time for time in seconds.values()]
    places = np.arange(len(seconds))[::-1]
    bars = ax.barh(places, milliseconds, 0.55, facecolor=tint(FORWARD, 0.5), edgecolor=FORWARD)
    labels = [_("{time} ms").format(time=short_number(time)) for time in milliseconds]
    ax.bar_label(bars, labels, padding=4, fontsize=SMALL)
    ax.set_yticks(places, list(seconds))
    ax.set_xscale("log")
    ax.set_xlim(min(milliseconds) / 3, 8 * max(milliseconds))
    ax.set_xlabel(_("milliseconds (each line of the grid: ten times as long)"))
    ax.grid(axis="y", visible=False)
    return figure
