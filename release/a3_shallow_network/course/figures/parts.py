"""The pieces that drawings of networks and graphs are put together from.

Each function adds one thing to the axes that it is given; coordinates are inches on a sheet made
by ``style.new_canvas``. Arrays are drawn by ``matrices``.
"""

from __future__ import annotations

from itertools import product
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch
from numpy.typing import NDArray

from course.figures.style import FAINT, INK, LINE, TEXT, TITLE, tint

Point = tuple[float, float]


def box(
    ax: Axes,
    centre: Point,
    size: tuple[float, float],
    text: str,
    colour: str,
    dashed: bool = False,
    fontsize: float = TEXT,
) -> None:
    """Draw a box with rounded corners and centre a text in it.

    Parameters:
        ax: the sheet.
        centre: the middle of the box.
        size: its width and height.
        text: the text in it.
        colour: colour of the outline; the inside has a tint of it.
        dashed: whether the outline is dashed.
        fontsize: size of the text in points.
    """
    x, y = centre
    width, height = size
    ax.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.1",
            facecolor=tint(colour, 0.15),
            edgecolor=colour,
            linewidth=LINE,
            linestyle="--" if dashed else "-",
            zorder=2,
        )
    )
    write(ax, x, y, text, fontsize, linespacing=1.25, zorder=3)


def arrow(
    ax: Axes,
    start: Point,
    end: Point,
    colour: str = INK,
    label: str = "",
    dashed: bool = False,
    bend: float = 0,
) -> None:
    """Draw an arrow and, above the middle of it, a label.

    Parameters:
        ax: the sheet.
        start: where the arrow begins.
        end: where its head is.
        colour: its colour; the label is written in it too.
        label: a short text.
        dashed: whether the line is dashed.
        bend: how far the line is bent, as a share of its length; 0 is straight.
    """
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=13,
            shrinkA=0,
            shrinkB=0,
            color=colour,
            linewidth=LINE,
            linestyle="--" if dashed else "-",
            connectionstyle=f"arc3,rad={bend}",
            zorder=2,
        )
    )
    if label:
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        write(ax, x, y + 0.07, label, va="bottom", color=colour, zorder=3)


def card(ax: Axes, centre: Point, text: str, colour: str, fontsize: float = TEXT) -> None:
    """Write a text on a small tinted card, so that lines behind it do not cross the letters.

    Parameters:
        ax: the sheet.
        centre: the middle of the card.
        text: what stands on it.
        colour: colour of the outline; the inside has a tint of it.
        fontsize: size of the text in points.
    """
    write(
        ax,
        *centre,
        text,
        fontsize,
        linespacing=1.3,
        zorder=4,
        bbox={"boxstyle": "round,pad=0.25", "facecolor": tint(colour, 0.18), "edgecolor": colour},
    )


def unit(
    ax: Axes, centre: Point, text: str, colour: str, radius: float = 0.26, fontsize: float = TEXT
) -> None:
    """Draw one unit of a network: a circle with its symbol.

    Parameters:
        ax: the sheet.
        centre: the middle of the circle.
        text: the text in it.
        colour: colour of the outline; the inside has a tint of it.
        radius: of the circle.
        fontsize: size of the text in points.
    """
    ax.add_patch(
        Circle(centre, radius, facecolor=tint(colour), edgecolor=colour, linewidth=LINE, zorder=2)
    )
    write(ax, *centre, text, fontsize, zorder=3)


def edges(ax: Axes, *columns: list[Point]) -> None:
    """Join every point of a column to every point of the next one, as the weights of a layer do.

    Parameters:
        ax: the sheet.
        columns: for each layer the middles of its units, from left to right.
    """
    for left, right in zip(columns, columns[1:], strict=False):
        for start, end in product(left, right):
            line(ax, start, end, FAINT, 0.9)


def line(
    ax: Axes, start: Point, end: Point, colour: str, linewidth: float = LINE, **look: Any
) -> None:
    """Draw a straight line, below units and boxes.

    Parameters:
        ax: the sheet.
        start, end: where it begins and ends.
        colour: its colour.
        linewidth: its width in points.
        **look: whatever else ``Axes.plot`` takes.
    """
    (x0, y0), (x1, y1) = start, end
    drawn: Any = {"color": colour, "linewidth": linewidth, "zorder": 1, **look}
    ax.plot([x0, x1], [y0, y1], **drawn)


def column(x: float, middle: float, count: int, step: float) -> list[Point]:
    """Place points one below the other, at equal distances.

    Parameters:
        x: how far to the right they stand.
        middle: the height of their middle.
        count: how many there are.
        step: the distance from one to the next.

    Returns:
        The points, the uppermost one first.
    """
    return [(x, middle + step * ((count - 1) / 2 - place)) for place in range(count)]


def write(ax: Axes, x: float, y: float, text: str, fontsize: float = TEXT, **look: Any) -> None:
    """Write a text around the point (x, y), or beside it.

    Parameters:
        ax: the sheet.
        x, y: the middle of the text.
        text: what is written.
        fontsize: its size in points.
        **look: whatever else ``Axes.text`` takes; ``ha`` and ``va`` move it beside the point.
    """
    written: Any = {"ha": "center", "va": "center", "fontsize": fontsize, **look}
    ax.text(x, y, text, **written)


def dots(ax: Axes, centre: Point) -> None:
    """Draw three dots, one above the other, where something is left out.

    Parameters:
        ax: the sheet.
        centre: the middle of the dots.
    """
    write(ax, *centre, r"$\vdots$", TITLE)


def bare(ax: Axes) -> None:
    """Take the ticks and the grid away, where the picture in the axes speaks for itself.

    Parameters:
        ax: the axes.
    """
    ax.set_xticks([])
    ax.set_yticks([])
    ax.grid(visible=False)


def plane(ax: Axes, title: str) -> None:
    """Give the plane of two inputs its names, and the same scale in both directions.

    Parameters:
        ax: the axes.
        title: the heading.
    """
    ax.set(aspect="equal", xlabel="$x_1$", title=title)
    ax.set_ylabel("$x_2$", rotation=0, labelpad=8)
    ax.grid(visible=False)


def outline(ax: Axes, colour: str, linewidth: float = LINE) -> None:
    """Draw a frame around axes, such as those of an image.

    Parameters:
        ax: the axes.
        colour: its colour.
        linewidth: its width in points.
    """
    for spine in ax.spines.values():
        spine.set(visible=True, edgecolor=colour, linewidth=linewidth)


def inset(figure: Figure, left: float, low: float, width: float, height: float) -> Axes:
    """Put axes of their own on a sheet, for an image or a curve.

    Parameters:
        figure: the sheet.
        left, low: the lower left corner of the axes, in inches.
        width, height: their size in inches.

    Returns:
        The new axes.
    """
    whole_width, whole_height = figure.get_size_inches()
    place = (left / whole_width, low / whole_height, width / whole_width, height / whole_height)
    return figure.add_axes(place)


def written_number(value: float, digits: int = 3) -> str:
    """Write a number as pictures show it: with a real minus, without zeros at the end.

    Parameters:
        value: the number.
        digits: digits after the decimal point, at most.

    Returns:
        The text.
    """
    rounded = round(value, digits) + 0.0  # adding zero turns -0.0 into 0.0
    text = f"{rounded:.{digits}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.replace("-", "\N{MINUS SIGN}")


def s_curve(z: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """The sigmoid, as a tanh that is shifted and scaled: it overflows for no z.

    Parameters:
        z: where it is wanted.

    Returns:
        Its values, from 0 to 1.
    """
    return np.asarray((1 + np.tanh(np.asarray(z) / 2)) / 2)
