"""Products of two arrays: ``np.dot``, ``@`` and ``*``, and the shapes that they give."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.figures.matrices import cells
from course.figures.parts import write
from course.figures.style import (
    BACKWARD,
    CACHE,
    FORWARD,
    PAGE,
    PARAMETER,
    SMALL,
    TITLE,
    new_canvas,
    styled,
)
from course.language import _

Shape = tuple[int, ...]


OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "np.dot(a, b)": np.dot,
    "a @ b": np.matmul,
    "a * b": np.multiply,
}
"""The three products; ``np.multiply(a, b)`` is ``a * b``, and ``np.matmul(a, b)`` is ``a @ b``."""


CELL = 0.42  # side of an entry with a number in it, in inches
SMALL_CELL = 0.28  # side of an empty entry


MAX_ENTRIES = 6


@styled
def draw_products() -> Figure:
    """Draw the three products of two rows of numbers: entry by entry, dot and outer."""
    alt = _(
        "With a = 1, 2, 3 and b = 4, 0, 2: entry by entry 4, 0, 6; dot product 10, one number; "
        "column times row a table of 3 by 3."
    )
    figure, ax = new_canvas(PAGE, 3.3, alt)
    a, b = np.array([[1, 2, 3]]), np.array([[4, 0, 2]])
    middle = 1.5

    write(ax, 1.55, 3.2, _("entry by entry\n* or np.multiply"), va="top")
    for y, values, colour in ((2.15, a, FORWARD), (1.5, b, PARAMETER), (0.7, a * b, CACHE)):
        cells(ax, 1.55 - 1.5 * CELL, y, values, (CELL, CELL), colour)
    write(ax, 0.7, 1.5, "*", TITLE + 2)
    write(ax, 0.7, 0.7, "=", TITLE + 2)

    write(ax, 4.5, 3.2, _("row times column\nnp.dot or @"), va="top")
    cells(ax, 3.0, middle, a, (CELL, CELL), FORWARD)
    cells(ax, 4.5, middle, b.T, (CELL, CELL), PARAMETER)
    write(ax, 5.2, middle, "=", TITLE + 2)
    cells(ax, 5.45, middle, np.array([["10"]]), (CELL, CELL), CACHE)
    write(ax, 4.5, 0.45, _("(1, 3) by (3, 1) is (1, 1)"), SMALL, va="top")

    write(ax, 7.75, 3.2, _("column times row\nnp.dot or @"), va="top")
    cells(ax, 6.35, middle - 0.2, a.T, (CELL, CELL), FORWARD)
    cells(ax, 7.2, middle + 0.85, b, (CELL, CELL), PARAMETER)
    cells(ax, 7.2, middle - 0.2, (a.T * b), (CELL, CELL), CACHE)
    write(ax, 7.75, 0.45, _("(3, 1) by (1, 3) is (3, 3)"), SMALL, va="top")
    return figure


def shape_of(operation: Callable[[Any, Any], Any], left: Shape, right: Shape) -> Shape | None:
    """Try an operation on two arrays of ones.

    Parameters:
        operation: one of :data:`OPERATIONS`, or any other function of two arrays.
        left: shape of the first array; ``()`` is a number.
        right: shape of the second array.

    Returns:
        The shape of the result; None where NumPy raises ValueError.
    """
    try:
        result = operation(np.ones(left), np.ones(right))
    except ValueError:
        return None
    shape: Shape = np.shape(result)
    return shape


@styled
def draw_two_shapes(left: Shape | str, right: Shape | str) -> Figure:
    """Draw two arrays, and what ``np.dot``, ``@`` and ``*`` make of them.

    Parameters:
        left: shape of the first array, at most two sizes from 1 to 6; a slider may give it as
            text, such as ``"(2, 3)"``.
        right: shape of the second array.

    Raises:
        ValueError: an array of such a shape cannot be drawn.
    """
    a, b = _shape(left), _shape(right)
    results = {name: shape_of(operation, a, b) for name, operation in OPERATIONS.items()}
    alt = _("a has the shape {a}, b has {b}. {parts}.").format(
        a=a,
        b=b,
        parts=_("; ").join(
            _("{name}: an error").format(name=name)
            if shape is None
            else _("{name}: shape {shape}").format(name=name, shape=shape)
            for name, shape in results.items()
        ),
    )
    figure, ax = new_canvas(PAGE, 3.1, alt)
    middle = 1.65
    for x, name, shape, colour in ((0.95, "a", a, FORWARD), (2.75, "b", b, PARAMETER)):
        write(ax, x, 2.95, name, TITLE, va="top", fontweight="bold")
        _array(ax, x, middle, shape, colour)
        write(ax, x, 0.35, f"{shape}", SMALL, va="top")
    for x, (name, result) in zip((4.75, 6.45, 8.15), results.items(), strict=True):
        write(ax, x, 2.95, name, va="top", family="monospace")
        if result is None:
            write(ax, x, middle, "ValueError", color=BACKWARD)
        else:
            _array(ax, x, middle, result, CACHE)
            write(ax, x, 0.35, f"{result}", SMALL, va="top")
        note = _why(name, a, b, result)
        write(ax, x, 0.62, note, SMALL - 1, va="bottom", linespacing=1.2)
    ax.plot([3.75, 3.75], [0.3, 2.9], color="#CCCCCC", linewidth=0.8)
    return figure


def _shape(shape: Shape | str) -> Shape:
    """A shape from its text, checked."""
    value = ast.literal_eval(shape) if isinstance(shape, str) else shape
    sizes = tuple(int(size) for size in value)
    if len(sizes) > 2 or any(not 1 <= size <= MAX_ENTRIES for size in sizes):
        raise ValueError(f"a shape has at most two sizes from 1 to {MAX_ENTRIES}, not {shape}")
    return sizes


def _why(name: str, a: Shape, b: Shape, result: Shape | None) -> str:
    """One or two words on how the result, or the error, came about."""
    if name == "a * b":
        if result is None:
            return _("cannot be\nbroadcast")
        return _("entry by entry") if a == b else _("entry by entry,\nafter copying")
    if not a or not b:
        return (
            _("every entry\ntimes the number")
            if result is not None
            else _("@ takes no\nplain numbers")
        )
    if result is None:
        return _("inner sizes\n{one} and {other} differ").format(one=a[-1], other=b[0])
    if len(a) == len(b) == 1:
        return _("inner product")
    return _("matrix product") if len(a) == len(b) == 2 else _("matrix and\nvector")


def _array(ax: Axes, x: float, y: float, shape: Shape, colour: str) -> None:
    """Draw an array around the point (x, y); one of rank 1 as a row without a frame."""
    rows, columns = (1, 1) if not shape else (1, *shape) if len(shape) == 1 else shape
    left = x - SMALL_CELL * columns / 2
    # Dotted: a number, or entries in a line that is neither a row nor a column.
    strength, style = (0.3, "-") if len(shape) == 2 else (0.12, ":")
    cells(ax, left, y, (rows, columns), (SMALL_CELL, SMALL_CELL), colour, strength, style=style)
