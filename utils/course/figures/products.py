"""What becomes of two shapes in ``np.dot``, ``@`` and ``*``: a picture to try shapes with.

As in ``figures``, the function returns a Matplotlib figure, which a notebook shows below a cell
that ends with the call.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course.figures.style import (
    BACKWARD,
    CACHE,
    FORWARD,
    PARAMETER,
    SMALL,
    STYLE,
    TITLE,
    new_canvas,
    tint,
)

__all__ = ["OPERATIONS", "draw_two_shapes", "shape_of"]

Shape = tuple[int, ...]

OPERATIONS: dict[str, Callable[[Any, Any], Any]] = {
    "np.dot(a, b)": np.dot,
    "a @ b": np.matmul,
    "a * b": np.multiply,
}
"""The three products; ``np.multiply(a, b)`` is ``a * b``, and ``np.matmul(a, b)`` is ``a @ b``."""

CELL = 0.28
MAX_ENTRIES = 6


def shape_of(operation: Callable[[Any, Any], Any], left: Shape, right: Shape) -> Shape | None:
    """Try an operation on two arrays of ones.

    Arguments:
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


@rc_context(STYLE)
def draw_two_shapes(left: Shape | str, right: Shape | str) -> Figure:
    """Draw two arrays, and what ``np.dot``, ``@`` and ``*`` make of them.

    Arguments:
        left: shape of the first array, at most two sizes from 1 to 6; a slider may give it as
            text, such as ``"(2, 3)"``.
        right: shape of the second array.

    Returns:
        The figure.

    Raises:
        ValueError: an array of such a shape cannot be drawn.
    """
    a, b = _shape(left), _shape(right)
    results = {name: shape_of(operation, a, b) for name, operation in OPERATIONS.items()}
    alt = f"a has the shape {a}, b has {b}. " + "; ".join(
        f"{name}: {'an error' if shape is None else f'shape {shape}'}"
        for name, shape in results.items()
    )
    figure, ax = new_canvas(9.2, 3.1, alt + ".")
    middle = 1.65
    for x, name, shape, colour in ((0.95, "a", a, FORWARD), (2.75, "b", b, PARAMETER)):
        ax.text(x, 2.95, name, ha="center", va="top", fontsize=TITLE, fontweight="bold")
        _array(ax, x, middle, shape, colour)
        ax.text(x, 0.35, f"{shape}", ha="center", va="top", fontsize=SMALL)
    for x, (name, result) in zip((4.75, 6.45, 8.15), results.items(), strict=True):
        ax.text(x, 2.95, name, ha="center", va="top", family="monospace")
        if result is None:
            ax.text(x, middle, "ValueError", ha="center", va="center", color=BACKWARD)
        else:
            _array(ax, x, middle, result, CACHE)
            ax.text(x, 0.35, f"{result}", ha="center", va="top", fontsize=SMALL)
        note = _why(name, a, b, result)
        ax.text(x, 0.62, note, ha="center", va="bottom", fontsize=SMALL - 1, linespacing=1.2)
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
            return "cannot be\nbroadcast"
        return "entry by entry" if a == b else "entry by entry,\nafter copying"
    if not a or not b:
        return (
            "every entry\ntimes the number" if result is not None else "@ takes no\nplain numbers"
        )
    if result is None:
        return f"inner sizes\n{a[-1]} and {b[0]} differ"
    if len(a) == len(b) == 1:
        return "inner product"
    return "matrix product" if len(a) == len(b) == 2 else "matrix and\nvector"


def _array(ax: Axes, x: float, y: float, shape: Shape, colour: str) -> None:
    """Draw an array around the point (x, y); one of rank 1 as a row without a frame."""
    rows, columns = (1, 1) if not shape else (1, *shape) if len(shape) == 1 else shape
    for row in range(rows):
        for column in range(columns):
            ax.add_patch(
                Rectangle(
                    (
                        x + CELL * (column - columns / 2),
                        y + CELL * (rows / 2 - row - 1),
                    ),
                    CELL,
                    CELL,
                    facecolor=tint(colour, 0.3 if len(shape) == 2 else 0.12),
                    edgecolor=colour,
                    linewidth=0.8,
                    # Dotted: a number, or entries in a line that is neither a row nor a column.
                    linestyle="-" if len(shape) == 2 else ":",
                )
            )
