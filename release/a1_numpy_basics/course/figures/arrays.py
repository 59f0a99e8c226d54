"""The drawings of the NumPy assignment: arrays, their shapes, and what operations do to them.

As in ``figures``, every function returns a Matplotlib figure, which a notebook shows below a cell
that ends with the call. Change the numbers and draw again: that is what the functions are for.

Nothing here computes anything that an exercise asks for: where a picture shows the result of an
exercise, it is handed in.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, Rectangle
from numpy.typing import ArrayLike, NDArray

from course.figures.style import (
    BACKWARD,
    BLUE,
    CACHE,
    FAINT,
    FORWARD,
    GREEN,
    INK,
    LINE,
    PARAMETER,
    SMALL,
    STYLE,
    TEXT,
    TITLE,
    VERMILION,
    new_canvas,
    new_plots,
    tint,
)

__all__ = [
    "draw_broadcasting",
    "draw_each_entry",
    "draw_image_to_column",
    "draw_losses",
    "draw_products",
    "draw_rows_as_arrows",
    "draw_scores_and_probabilities",
    "draw_shapes",
    "draw_slope",
    "draw_small_pictures",
]

CELL = 0.42  # side of one entry of a drawn array, in inches
MAX_ENTRIES = 8  # larger arrays would not fit beside one another

Shape = tuple[int, int]


# --- Arrays and their shapes -------------------------------------------------------------------


@rc_context(STYLE)
def draw_shapes() -> Figure:
    """Draw a number, a rank-1 array, a row, a column and a matrix, each with its shape.

    Returns:
        The figure.
    """
    alt = (
        "Five arrays: a number of shape (), a rank-1 array (3,), a row (1, 3), a column (3, 1), "
        "a matrix (2, 3)."
    )
    figure, ax = new_canvas(9.2, 2.7, alt)
    middle = 1.45
    arrays: list[tuple[float, str, str, NDArray[np.int_], str]] = [
        (0.8, "a number", "()", np.array([[7]]), FAINT),
        (2.45, "rank-1 array", "(3,)", np.array([[1, 2, 3]]), FAINT),
        (4.45, "row", "(1, 3)", np.array([[1, 2, 3]]), FORWARD),
        (6.2, "column", "(3, 1)", np.array([[1], [2], [3]]), FORWARD),
        (7.95, "matrix", "(2, 3)", np.array([[1, 2, 3], [4, 5, 6]]), FORWARD),
    ]
    for x, name, shape, values, colour in arrays:
        rows, columns = values.shape
        if shape == "(3,)":
            # Open at both ends: the entries stand in a line that is neither a row nor a column.
            for place, value in enumerate(values[0]):
                ax.text(x + CELL * (place - 1), middle, str(value), ha="center", va="center")
            for side in (-1, 1):
                ax.plot(
                    [x - 1.5 * CELL, x + 1.5 * CELL],
                    [middle + side * CELL / 2] * 2,
                    color=colour,
                    linestyle=":",
                    linewidth=LINE,
                )
        else:
            _array(ax, x - CELL * columns / 2, middle, values.astype(str), colour)
        ax.text(x, 2.6, name, ha="center", va="top")
        ax.text(x, 0.4, f"shape {shape}", ha="center", va="top", fontsize=SMALL)
    return figure


@rc_context(STYLE)
def draw_each_entry(values: Sequence[float] = (-1, 0, 1, 2)) -> Figure:
    """Draw how ``math.exp`` takes one number, and ``np.exp`` every entry of an array.

    Arguments:
        values: the entries of the array, at most 8 of them.

    Returns:
        The figure.

    Raises:
        ValueError: no values, or too many.
    """
    if not 1 <= len(values) <= MAX_ENTRIES:
        raise ValueError(f"give 1 to {MAX_ENTRIES} values, not {len(values)}")
    width = 0.72
    alt = "math.exp turns one number into one; np.exp turns every entry of an array into its own."
    figure, ax = new_canvas(3.9 + width * len(values), 2.3, alt)
    high, low = 1.75, 0.55
    array = np.array([[f"{value:g}" for value in values]])
    results = np.array([[f"{np.exp(value):.2f}" for value in values]])
    for x, name in ((0.9, "math.exp"), (2.8, "np.exp")):
        ax.text(x, (high + low) / 2, name, ha="left", va="center", family="monospace")
    _array(ax, 0.3, high, array[:, -1:], FORWARD, width)
    _array(ax, 0.3, low, results[:, -1:], PARAMETER, width)
    _arrow(ax, (0.66, high - 0.25), (0.66, low + 0.27))
    left = 3.6
    _array(ax, left, high, array, FORWARD, width)
    _array(ax, left, low, results, PARAMETER, width)
    for place in range(len(values)):
        x = left + width * (place + 0.5)
        _arrow(ax, (x, high - 0.25), (x, low + 0.27))
    return figure


@rc_context(STYLE)
def draw_image_to_column(length: int = 2, height: int = 3, depth: int = 3) -> Figure:
    """Draw an image of numbered values and the column that it becomes.

    Arguments:
        length: rows of pixels, at most 3.
        height: pixels in a row, at most 4.
        depth: values of a pixel, at most 3: red, green and blue.

    Returns:
        The figure.

    Raises:
        ValueError: a number is too small or too large.
    """
    if not (1 <= length <= 3 and 1 <= height <= 4 and 1 <= depth <= 3):
        raise ValueError("length must lie between 1 and 3, height and depth at most at 4 and 3")
    size = length * height * depth
    alt = (
        f"An image of shape ({length}, {height}, {depth}) becomes a column of {size} entries: "
        "pixel by pixel, row by row, the colours of a pixel next to one another."
    )
    colours = (VERMILION, GREEN, BLUE)[:depth]
    names = ("red", "green", "blue")[:depth]
    width, side, gap = 0.36, 0.42, 0.12
    pixel = width * depth
    right = max(0.5 + (pixel + gap) * height, 2.6)  # the notes need some room, too
    start = right + 1.2
    most = 9  # entries above one another; a longer column stands in several pieces
    figure, ax = new_canvas(start + 0.85 * -(-size // most) + 0.9, 3.6, alt)
    middle = 1.95
    top = middle + 0.5 * (side * length + gap * (length - 1))
    for i, j in product(range(length), range(height)):
        left, low = 0.5 + (pixel + gap) * j, top - side * (i + 1) - gap * i
        for colour in range(depth):
            number = (i * height + j) * depth + colour
            corner = (left + width * colour, low)
            _entry(ax, corner, width, side, str(number), colours[colour])
        outline = Rectangle((left, low), pixel, side, fill=False, edgecolor=INK, linewidth=LINE)
        ax.add_patch(outline)
    ax.text(0.5, 0.55, f"shape ({length}, {height}, {depth})", ha="left", va="center")
    note = f"each box is a pixel: {', '.join(names)}"
    ax.text(0.5, top + 0.2, note, ha="left", va="bottom", fontsize=SMALL)
    _arrow(ax, (right + 0.15, middle), (right + 0.85, middle))
    low = 0.26
    for place in range(size):
        piece, row = divmod(place, most)
        corner = (start + 0.85 * piece, 3.2 - low * (row + 1))
        _entry(ax, corner, 0.5, low, str(place), colours[place % depth], SMALL)
        if row == 0 and piece:
            ax.text(corner[0] - 0.18, 3.2 - low / 2, "↳", ha="center", va="center", color=FAINT)
    ax.text(start, 0.55, f"shape ({size}, 1)", ha="left", va="center")
    return figure


# --- Operations on arrays ----------------------------------------------------------------------


@rc_context(STYLE)
def draw_broadcasting(left: Shape = (3, 4), right: Shape = (1, 4)) -> Figure:
    """Draw the sum of two arrays; the copies that broadcasting adds are pale and dotted.

    Arguments:
        left: shape of the first array, each size from 1 to 8.
        right: shape of the second array.

    Returns:
        The figure.

    Raises:
        ValueError: a size cannot be drawn, or NumPy could not broadcast the two shapes.
    """
    for size in (*left, *right):
        if not 1 <= size <= MAX_ENTRIES:
            raise ValueError(f"sizes must lie between 1 and {MAX_ENTRIES}, not {size}")
    rows, columns = np.broadcast_shapes(left, right)
    alt = f"{left} plus {right} is {(rows, columns)}; an axis of size 1 is copied until it fits."
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
            is_copy = i >= shape[0] or j >= shape[1]
            ax.add_patch(
                Rectangle(
                    (x + side * j, middle + side * (rows / 2 - i - 1)),
                    side,
                    side,
                    facecolor=tint(colour, 0.06 if is_copy else 0.35),
                    edgecolor=colour,
                    linewidth=0.8,
                    linestyle=":" if is_copy else "-",
                )
            )
        below = middle - side * rows / 2 - 0.1
        ax.text(x + width / 2, below, str(shape), ha="center", va="top", fontsize=SMALL)
        if place < 2:
            sign = "+="[place]
            ax.text(x + width + 0.4, middle, sign, ha="center", va="center", fontsize=TITLE + 3)
        x += width + 0.8
    return figure


@rc_context(STYLE)
def draw_products() -> Figure:
    """Draw the three products of two rows of numbers: entry by entry, dot and outer.

    Returns:
        The figure.
    """
    alt = (
        "With a = 1, 2, 3 and b = 4, 0, 2: entry by entry 4, 0, 6; dot product 10, one number; "
        "column times row a table of 3 by 3."
    )
    figure, ax = new_canvas(9.2, 3.3, alt)
    a, b = np.array([[1, 2, 3]]), np.array([[4, 0, 2]])
    middle = 1.5

    ax.text(1.55, 3.2, "entry by entry\n* or np.multiply", ha="center", va="top")
    for y, values, colour in ((2.15, a, FORWARD), (1.5, b, PARAMETER), (0.7, a * b, CACHE)):
        _array(ax, 1.55 - 1.5 * CELL, y, values.astype(str), colour)
    ax.text(0.7, 1.5, "*", ha="center", va="center", fontsize=TITLE + 2)
    ax.text(0.7, 0.7, "=", ha="center", va="center", fontsize=TITLE + 2)

    ax.text(4.5, 3.2, "row times column\nnp.dot or @", ha="center", va="top")
    _array(ax, 3.0, middle, a.astype(str), FORWARD)
    _array(ax, 4.5, middle, b.T.astype(str), PARAMETER)
    ax.text(5.2, middle, "=", ha="center", va="center", fontsize=TITLE + 2)
    _array(ax, 5.45, middle, np.array([["10"]]), CACHE)
    ax.text(4.5, 0.45, "(1, 3) by (3, 1) is (1, 1)", ha="center", va="top", fontsize=SMALL)

    ax.text(7.75, 3.2, "column times row\nnp.dot or @", ha="center", va="top")
    _array(ax, 6.35, middle - 0.2, a.T.astype(str), FORWARD)
    _array(ax, 7.2, middle + 0.85, b.astype(str), PARAMETER)
    _array(ax, 7.2, middle - 0.2, (a.T * b).astype(str), CACHE)
    ax.text(7.75, 0.45, "(3, 1) by (1, 3) is (3, 3)", ha="center", va="top", fontsize=SMALL)
    return figure


# --- Curves ------------------------------------------------------------------------------------


@rc_context(STYLE)
def draw_slope(x: float = 1.0, name: str = "x") -> Figure:
    """Plot the sigmoid with its tangent at one point, and the slope of all tangents beside it.

    Arguments:
        x: where the tangent touches, from -6 to 6.
        name: what the number is called that goes into the sigmoid.

    Returns:
        The figure.

    Raises:
        ValueError: the point is not in the picture.
    """
    if not -6 <= x <= 6:
        raise ValueError(f"x must lie between -6 and 6, not {x}")
    points = np.linspace(-6, 6, 1201)
    curve = (1 + np.tanh(points / 2)) / 2  # the sigmoid is a tanh, shifted and scaled
    slopes = np.gradient(curve, points)  # measured from the curve itself
    value, slope = (float(np.interp(x, points, line)) for line in (curve, slopes))
    alt = (
        f"Left the sigmoid with its tangent at {name} = {x:g}; right the slope: {slope:.3f} there."
    )
    figure, (left, right) = new_plots(2, 9.2, 3.2, alt)
    left.plot(points, curve, color=FORWARD)
    reach = np.array([-1.5, 1.5])
    left.plot(x + reach, value + slope * reach, color=BACKWARD, linestyle="--")
    left.plot([x], [value], "o", color=BACKWARD)
    left.set_title("the sigmoid and a tangent")
    left.set_xlim(-6, 6)
    left.set_ylim(-0.15, 1.15)
    right.plot(points, slopes, color=BACKWARD, linestyle="--")
    right.plot([x], [slope], "o", color=BACKWARD)
    right.annotate(f"slope {slope:.3f}", (x, slope), xytext=(8, 6), textcoords="offset points")
    right.set_title("the slope of the tangent")
    right.set_xlim(-6, 7.5)
    right.set_ylim(0, 0.3)
    for ax in (left, right):
        ax.set_xlabel(f"${name}$")
    return figure


@rc_context(STYLE)
def draw_losses() -> Figure:
    """Plot what one example adds to the L1 and to the L2 loss, against its error.

    Returns:
        The figure.
    """
    alt = "The absolute error is a V; the squared error is a parabola, lower up to 1, then higher."
    figure, (ax,) = new_plots(1, 6.4, 3.3, alt)
    error = np.linspace(-2, 2, 401)
    ax.plot(error, np.abs(error), color=FORWARD, label="L1: its size")
    ax.plot(error, np.square(error), color=BACKWARD, linestyle="--", label="L2: its square")
    ax.set_xlabel(r"error of one example, $\hat{y} - y$")
    ax.set_ylabel("what it adds to the loss")
    ax.legend(loc="upper center")
    return figure


# --- Pictures of results -----------------------------------------------------------------------


@rc_context(STYLE)
def draw_rows_as_arrows(before: ArrayLike, after: ArrayLike) -> Figure:
    """Draw the rows of two matrices with two columns as arrows, and a circle of radius 1.

    Arguments:
        before: rows as they were, shape (m, 2).
        after: rows as they became, shape (m, 2).

    Returns:
        The figure.

    Raises:
        ValueError: the rows are no points of a plane, or are not equally many.
    """
    old, new = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if old.ndim != 2 or old.shape[1] != 2 or new.shape != old.shape:
        raise ValueError("both matrices must have the same shape, with two columns")
    lengths = [", ".join(f"{length:.2g}" for length in np.hypot(*rows.T)) for rows in (old, new)]
    alt = (
        f"{len(old)} arrows for the rows of a matrix. Lengths before: {lengths[0]}; after: "
        f"{lengths[1]}."
    )
    figure, axes = new_plots(2, 8.4, 3.9, alt)
    reach = 1.25 * max(1.0, float(np.abs(old).max()))
    for ax, rows, title, limit in zip(
        axes, (old, new), ("before", "after"), (reach, 1.5), strict=True
    ):
        ax.add_patch(Circle((0, 0), 1, fill=False, edgecolor=FAINT, linestyle=":"))
        for number, (x, y) in enumerate(rows):
            _arrow(ax, (0, 0), (x, y), FORWARD)
            length = max(float(np.hypot(x, y)), 1e-9)
            gap = 0.09 * limit
            place = (x + gap * x / length, y + gap * y / length)
            ax.text(*place, str(number), ha="center", va="center", fontsize=SMALL)
        ax.set_xlim(-limit, limit)
        ax.set_ylim(-limit, limit)
        ax.set_aspect("equal")
        ax.set_title(title)
    return figure


@rc_context(STYLE)
def draw_scores_and_probabilities(
    scores: Sequence[float], probabilities: Sequence[float], names: Sequence[str]
) -> Figure:
    """Draw bars for the scores of some classes, and for the probabilities made from them.

    Arguments:
        scores: one number a class.
        probabilities: one number a class.
        names: the classes.

    Returns:
        The figure.

    Raises:
        ValueError: there are not equally many of each.
    """
    if not len(scores) == len(probabilities) == len(names):
        raise ValueError("give one score, one probability and one name for each class")
    parts = [
        f"{name}: score {score:.2f}, probability {probability:.2f}"
        for name, score, probability in zip(names, scores, probabilities, strict=True)
    ]
    alt = "Bars of scores and of the probabilities made from them. " + "; ".join(parts) + "."
    figure, (left, right) = new_plots(2, 8.4, 0.9 + 0.4 * len(names), alt)
    places = list(range(len(names)))
    bars = ((left, scores, FORWARD, "scores"), (right, probabilities, CACHE, "probabilities"))
    for ax, values, colour, title in bars:
        ax.barh(places, values, color=tint(colour, 0.6), edgecolor=colour)
        ax.set_yticks(places, names)
        ax.invert_yaxis()
        ax.grid(visible=False)
        ax.axvline(0, color=FAINT, linewidth=0.8)
        ax.set_title(title)
        ends = np.append(np.asarray(values, dtype=float), 0.0)
        room = 0.2 * max(float(np.ptp(ends)), 1e-9)
        ax.set_xlim(float(ends.min()) - room, float(ends.max()) + room)
        for place, value in zip(places, values, strict=True):
            side = "left" if value >= 0 else "right"
            ax.text(value, place, f" {value:.2f} ", ha=side, va="center", fontsize=SMALL)
    return figure


@rc_context(STYLE)
def draw_small_pictures(pictures: Sequence[ArrayLike], titles: Sequence[str]) -> Figure:
    """Draw small grey pictures side by side, each below its title.

    Arguments:
        pictures: one to eight arrays of shape (length, height) or (length, height, 1), from 0
            (white) to 1 (black).
        titles: one for each picture.

    Returns:
        The figure.

    Raises:
        ValueError: no picture, too many, or not as many titles as pictures.
    """
    if not 1 <= len(pictures) <= MAX_ENTRIES or len(titles) != len(pictures):
        raise ValueError(f"give 1 to {MAX_ENTRIES} pictures, and a title for each")
    alt = "Small pictures: " + ", ".join(title.replace("\n", " ") for title in titles) + "."
    figure, axes = new_plots(len(pictures), 1.5 * len(pictures), 2.1, alt)
    for ax, picture, title in zip(axes, pictures, titles, strict=True):
        values = np.asarray(picture, dtype=float)
        ax.imshow(values.reshape(values.shape[:2]), cmap="Greys", vmin=0, vmax=1)
        ax.set_title(title, fontsize=SMALL)
        ax.set_xticks([])
        ax.set_yticks([])
        ax.grid(visible=False)
    return figure


# --- Pieces that several drawings share --------------------------------------------------------


def _array(
    ax: Axes,
    left: float,
    middle: float,
    texts: NDArray[np.str_],
    colour: str,
    width: float = CELL,
) -> None:
    """Draw a matrix of texts; ``middle`` is the height of its centre."""
    rows, columns = texts.shape
    for i, j in product(range(rows), range(columns)):
        corner = (left + width * j, middle + CELL * (rows / 2 - i - 1))
        _entry(ax, corner, width, CELL, str(texts[i, j]), colour)


def _entry(
    ax: Axes,
    corner: tuple[float, float],
    width: float,
    height: float,
    text: str,
    colour: str,
    size: float = TEXT,
) -> None:
    """Draw one entry of an array; ``corner`` is the lower left one."""
    ax.add_patch(Rectangle(corner, width, height, facecolor=tint(colour), edgecolor=colour))
    x, y = corner[0] + width / 2, corner[1] + height / 2
    ax.text(x, y, text, ha="center", va="center", fontsize=size)


def _arrow(
    ax: Axes, start: tuple[float, float], end: tuple[float, float], colour: str = INK
) -> None:
    """Draw an arrow."""
    style = {"arrowstyle": "-|>", "color": colour, "linewidth": LINE, "shrinkA": 0, "shrinkB": 0}
    ax.annotate("", xy=end, xytext=start, arrowprops=style)
