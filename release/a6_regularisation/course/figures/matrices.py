"""Matrices and arrays as grids of cells, with their names, their shapes and signs between them.

Coordinates are inches on a sheet made by ``style.new_canvas``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course.figures.parts import Point, write
from course.figures.style import LINE, SMALL, TEXT, TITLE, new_canvas, tint


def cell(
    ax: Axes,
    corner: Point,
    size: tuple[float, float],
    colour: str,
    text: str = "",
    strength: float = 0.25,
    fontsize: float = TEXT,
    style: str = "-",
) -> None:
    """Draw one entry of a matrix.

    Parameters:
        ax: the sheet.
        corner: its lower left corner.
        size: its width and height.
        colour: colour of the outline; the inside has a tint of it.
        text: the text in it.
        strength: how strong the tint is, from 0 to 1.
        fontsize: size of the text in points.
        style: line style of the outline; ":" marks what is only a copy.
    """
    look: Any = {"facecolor": tint(colour, strength), "edgecolor": colour, "linestyle": style}
    ax.add_patch(Rectangle(corner, *size, linewidth=0.8, **look))
    if text:
        write(ax, corner[0] + size[0] / 2, corner[1] + size[1] / 2, text, fontsize)


def cells(
    ax: Axes,
    left: float,
    middle: float,
    entries: tuple[int, int] | Sequence[Sequence[object]] | NDArray[Any],
    size: tuple[float, float],
    colour: str,
    strength: float = 0.25,
    fontsize: float = TEXT,
    style: str = "-",
) -> None:
    """Draw a matrix.

    Parameters:
        ax: the sheet.
        left: where it begins.
        middle: the height of its middle.
        entries: the texts or numbers in it, row by row; or only its shape, for empty cells.
        size: width and height of an entry.
        colour: colour of the outlines; the inside has a tint of it.
        strength: how strong the tint is, from 0 to 1.
        fontsize: size of the texts in points.
        style: line style of the outlines; ":" marks what is only a copy.
    """
    if isinstance(entries, tuple):
        entries = [[""] * entries[1]] * entries[0]
    width, height = size
    for i, row in enumerate(entries):
        for j, entry in enumerate(row):
            corner = (left + width * j, middle + height * (len(entries) / 2 - i - 1))
            cell(ax, corner, size, colour, str(entry), strength, fontsize, style)


def frame(
    ax: Axes,
    corner: Point,
    size: tuple[float, float],
    colour: str,
    linewidth: float = LINE,
    style: str = "-",
) -> None:
    """Draw a frame around entries that belong together, and leave what is in it as it is.

    Parameters:
        ax: the sheet.
        corner: its lower left corner.
        size: its width and height.
        colour: its colour.
        linewidth: its width in points.
        style: its line style.
    """
    look: Any = {"edgecolor": colour, "linewidth": linewidth, "linestyle": style}
    ax.add_patch(Rectangle(corner, *size, fill=False, zorder=5, **look))


@dataclass(frozen=True)
class Matrix:
    """A matrix in an equation.

    Attributes:
        name: the text above it.
        rows, columns: its shape.
        colour: its colour.
        copies: how many columns broadcasting adds; they are pale and dotted.
        marked_row, marked_column: a row and a column that stand out, counted from 0.
        note: the text below it; its shape by default.
    """

    name: str
    rows: int
    columns: int
    colour: str
    copies: int = 0
    marked_row: int | None = None
    marked_column: int | None = None
    note: str = ""

    @property
    def room(self) -> float:
        """The width that it takes, in inches; a narrow one gets room for its name."""
        return max(SIDE * (self.columns + self.copies), 0.65)


SIDE = 0.28  # of an entry in an equation, in inches
MAX_ENTRIES = 8  # larger matrices would not fit beside one another

Term = Matrix | tuple[str, float]
"""A matrix, or a sign with the width that it takes, in inches."""


def check_sizes(*sizes: int) -> None:
    """Refuse matrices that are too large for an equation.

    Parameters:
        sizes: the numbers of rows and columns.

    Raises:
        ValueError: a size is not between 1 and ``MAX_ENTRIES``.
    """
    if min(sizes) < 1 or max(sizes) > MAX_ENTRIES:
        raise ValueError(f"sizes must lie between 1 and {MAX_ENTRIES}, not {sizes}")


def draw_equations(equations: Sequence[Sequence[Term]], alt: str) -> Figure:
    """Draw lines of matrices and signs, one below the other.

    Parameters:
        equations: the terms of each line.
        alt: description of the picture for readers who cannot see it.
    """
    heights = [
        SIDE * max(term.rows for term in terms if isinstance(term, Matrix)) + 0.95
        for terms in equations
    ]
    widths = [sum(_room(term) for term in terms) for terms in equations]
    figure, ax = new_canvas(0.8 + max(widths), sum(heights), alt)
    top = sum(heights)
    for terms, height in zip(equations, heights, strict=True):
        x, middle = 0.4, top - height / 2
        for term in terms:
            if isinstance(term, Matrix):
                _draw_matrix(ax, term, x, middle)
            else:
                sign, room = term
                write(ax, x + room / 2, middle, sign, TITLE if " sum " in sign else TITLE + 3)
            x += _room(term)
        top -= height
    return figure


def _room(term: Term) -> float:
    return term.room if isinstance(term, Matrix) else term[1]


def _draw_matrix(ax: Axes, matrix: Matrix, x: float, middle: float) -> None:
    """Draw a matrix of an equation, its name above and its shape below, in the room from x on."""
    rows, columns, colour = matrix.rows, matrix.columns, matrix.colour
    left = x + (matrix.room - SIDE * (columns + matrix.copies)) / 2
    size = (SIDE, SIDE)
    copies = (rows, matrix.copies)
    cells(ax, left + SIDE * columns, middle, copies, size, colour, strength=0.08, style=":")
    for i in range(rows):
        for j in range(columns):
            is_marked = i == matrix.marked_row or j == matrix.marked_column
            corner = (left + SIDE * j, middle + SIDE * (rows / 2 - i - 1))
            cell(ax, corner, size, colour, strength=0.75 if is_marked else 0.3)
    centre, half = x + matrix.room / 2, SIDE * rows / 2
    write(ax, centre, middle + half + 0.08, matrix.name, TITLE, va="bottom")
    note = matrix.note or f"({rows}, {columns})"
    write(ax, centre, middle - half - 0.08, note, SMALL, va="top")
