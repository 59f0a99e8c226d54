"""How the numbers of an image become a column: pixel by pixel, row by row."""

from __future__ import annotations

from itertools import product

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course.figures.images import check_image, place_image
from course.figures.matrices import cell, frame
from course.figures.parts import arrow, dots, write
from course.figures.style import (
    BLUE,
    FAINT,
    GREEN,
    INK,
    PAGE,
    SMALL,
    TITLE,
    VERMILION,
    new_canvas,
    styled,
)
from course.language import _

COLUMN_X, ROW = 7.25, 0.315  # of the column: where it stands, and the height of an entry


@styled
def show_image_unrolled(image: NDArray[np.uint8], pixels: int = 3) -> Figure:
    """Show how the numbers of an image become a column: pixel by pixel, row by row.

    Parameters:
        image: one image, shape (height, width, 3), whole numbers from 0 to 255.
        pixels: how many pixels of the top row to enlarge, from 1 to 4.

    Raises:
        ValueError: the image is not of shape (height, width, 3), or pixels is out of range.
    """
    image = np.asarray(image)
    check_image(image)
    if not 1 <= pixels <= min(4, image.shape[1]):
        raise ValueError("pixels must lie between 1 and 4 and not exceed the width of the image")
    height, width = image.shape[:2]
    alt = _(
        "An image, its first {pixels} pixels as numbers, and the column that begins with them."
    ).format(pixels=pixels)
    figure, sheet = new_canvas(PAGE, 4.5, alt)

    photo = place_image(figure, image, 0.09, 0.63, 0.25 * PAGE)
    write(
        sheet,
        0.135 * PAGE,
        0.5,
        _("image: ({height}, {width}, 3)").format(height=height, width=width),
        va="top",
    )
    # A frame around the enlarged pixels, which are too small to be found otherwise.
    frame(photo, (-0.5, -0.5), (pixels, 1), VERMILION)

    centre, top, step, box = 4.9, 3.4, 1.05, 0.62
    write(
        sheet, centre, 4.42, _("its first {pixels} pixels").format(pixels=pixels), TITLE, va="top"
    )
    for k in range(pixels):
        colours = image[0, k]
        y = top - step * k
        sheet.add_patch(
            Rectangle((centre - 1.6, y - box / 2), box, box, facecolor=colours / 255, edgecolor=INK)
        )
        write(sheet, centre - 1.7, y, _("row 0,\ncolumn {k}").format(k=k), SMALL, ha="right")
        for channel, (name, colour) in enumerate(_channels()):
            x = centre - 0.55 + 0.62 * channel
            _number_box(sheet, x, y, (0.56, 0.4), str(colours[channel]), colour)
            if k == 0:
                write(sheet, x, y + 0.27, name, SMALL, va="bottom")
            place = 3 * k + channel
            text = _("entry {place}: {name} of pixel (0, {k})").format(place=place, name=name, k=k)
            _column_entry(sheet, 4.0 - ROW * place, str(colours[channel]), colour, text)
        arrow(sheet, (centre + 1.05, y), (COLUMN_X - 0.4, 4.0 - ROW * (3 * k + 1)), FAINT)
    first = (0.09 + 0.25 * PAGE * pixels / (2 * width), 0.68 + 0.25 * PAGE)
    arrow(sheet, first, (centre - 2.4, top + 0.1), VERMILION, bend=-0.25)
    sheet.text(centre, top - step * pixels + 0.2, _("and so on"), ha="center", style="italic")

    write(sheet, COLUMN_X, 4.42, _("column"), TITLE, va="top")
    below = 4.0 - ROW * (3 * pixels)
    dots(sheet, (COLUMN_X, below - 0.02))
    last = height * width * 3 - 1
    name, colour = _channels()[2]
    text = _("entry {last}: {name} of\npixel ({row}, {column})").format(
        last=last, name=name, row=height - 1, column=width - 1
    )
    _column_entry(sheet, below - 0.42, str(image[-1, -1, 2]), colour, text)
    return figure


@styled
def draw_image_to_column(length: int = 2, height: int = 3, depth: int = 3) -> Figure:
    """Draw an image of numbered values and the column that it becomes.

    Parameters:
        length: rows of pixels, at most 3.
        height: pixels in a row, at most 4.
        depth: values of a pixel, at most 3: red, green and blue.

    Raises:
        ValueError: a number is too small or too large.
    """
    if not (1 <= length <= 3 and 1 <= height <= 4 and 1 <= depth <= 3):
        raise ValueError("length must lie between 1 and 3, height and depth at most at 4 and 3")
    size = length * height * depth
    alt = _(
        "An image of shape ({length}, {height}, {depth}) becomes a column of {size} entries: "
        "pixel by pixel, row by row, the colours of a pixel next to one another."
    ).format(length=length, height=height, depth=depth, size=size)
    names, colours = zip(*_channels()[:depth], strict=True)
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
            cell(ax, corner, (width, side), colours[colour], str(number))
        frame(ax, (left, low), (pixel, side), INK)
    write(
        ax,
        0.5,
        0.55,
        _("shape ({length}, {height}, {depth})").format(length=length, height=height, depth=depth),
        ha="left",
    )
    note = _("each box is a pixel: {colours}").format(colours=_(", ").join(names))
    ax.text(0.5, top + 0.2, note, ha="left", va="bottom", fontsize=SMALL)
    arrow(ax, (right + 0.15, middle), (right + 0.85, middle))
    low = 0.26
    for place in range(size):
        piece, row = divmod(place, most)
        corner = (start + 0.85 * piece, 3.2 - low * (row + 1))
        cell(ax, corner, (0.5, low), colours[place % depth], str(place), fontsize=SMALL)
        if row == 0 and piece:
            write(ax, corner[0] - 0.18, 3.2 - low / 2, "↳", color=FAINT)
    write(ax, start, 0.55, _("shape ({size}, 1)").format(size=size), ha="left")
    return figure


def _number_box(
    ax: Axes, x: float, y: float, size: tuple[float, float], text: str, colour: str
) -> None:
    """Draw a number in a tinted box around the point (x, y)."""
    cell(ax, (x - size[0] / 2, y - size[1] / 2), size, colour, text, fontsize=SMALL)


def _column_entry(ax: Axes, y: float, number: str, colour: str, text: str) -> None:
    """Draw an entry of the column, and say beside it what it is."""
    _number_box(ax, COLUMN_X, y, (0.7, ROW), number, colour)
    ax.text(COLUMN_X + 0.45, y, text, va="center", fontsize=SMALL)


def _channels() -> tuple[tuple[str, str], ...]:
    """The colours of a pixel: the name of each, and what it is drawn in."""
    return ((_("red"), VERMILION), (_("green"), GREEN), (_("blue"), BLUE))
