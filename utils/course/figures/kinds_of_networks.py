"""What goes into a network, and which kind of network suits which kind of input."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray

from course.figures.images import check_image, place_image
from course.figures.matrices import cell, cells, frame
from course.figures.parts import Point, arrow, box, column, edges, inset, line, unit, write
from course.figures.style import (
    CACHE,
    FAINT,
    FORWARD,
    INK,
    PAGE,
    PARAMETER,
    SMALL,
    TITLE,
    VERMILION,
    Drawing,
    new_canvas,
    styled,
)
from course.language import _


@styled
def draw_kinds_of_data(image: NDArray[np.uint8]) -> Figure:
    """Draw a table beside an image, a sound and a sentence, each as the numbers it consists of.

    Parameters:
        image: one image, shape (height, width, 3), whole numbers from 0 to 255.

    Raises:
        ValueError: the image is not of shape (height, width, 3).
    """
    check_image(image)
    alt = _(
        "Structured data: a table of houses, its columns: area, rooms, age and price. Unstructured "
        "data: an image with some of its pixels as numbers, a sound as a wave, a sentence as codes."
    )
    figure, sheet = new_canvas(PAGE, 4.6, alt)
    write(sheet, 1.95, 4.5, _("structured"), TITLE, va="top")
    write(sheet, 6.6, 4.5, _("unstructured"), TITLE, va="top")
    sheet.plot([4.05, 4.05], [0.2, 4.45], color=FAINT, linewidth=0.8, linestyle=":")
    _draw_table(sheet, 0.15, 3.75)
    write(sheet, 1.95, 0.75, _("a column has a name and a meaning"), va="top", style="italic")
    _draw_image(figure, sheet, image)
    _draw_sound(figure, sheet)
    _draw_sentence(sheet)
    return figure


def _draw_table(ax: Axes, left: float, top: float) -> None:
    """Draw a small table of houses."""
    rows = [
        (_("area"), _("rooms"), _("age"), _("price")),
        ("83", "3", "12", "208"),
        ("121", "5", "40", "420"),
        ("58", "2", "7", "112"),
        ("100", "4", "65", "297"),
    ]
    width, height = 0.9, 0.5
    for i, row in enumerate(rows):
        for j, text in enumerate(row):
            colour = FAINT if i == 0 else FORWARD if j < 3 else PARAMETER
            corner = (left + width * j, top - height * (i + 1))
            cell(ax, corner, (width, height), colour, strength=0.2)
            weight = "bold" if i == 0 else "normal"
            write(ax, corner[0] + width / 2, corner[1] + height / 2, text, weight=weight)


def _draw_image(figure: Drawing, sheet: Axes, image: NDArray[np.uint8]) -> None:
    """Put the image on the sheet, and the red values of a few of its pixels beside it."""
    photo = place_image(figure, image, 4.3, 2.55, 1.5)
    middle = (image.shape[0] // 2, image.shape[1] // 2)
    frame(photo, (middle[1] - 0.5, middle[0] - 0.5), (5, 4), VERMILION, 2)
    side = 0.44
    for i in range(4):
        for j in range(5):
            pixel = image[middle[0] + i, middle[1] + j]
            x, y = 6.5 + side * j, 4.05 - 0.375 * (i + 1)
            shade = tuple(pixel / 255)
            sheet.add_patch(Rectangle((x, y), side, 0.375, facecolor=shade, edgecolor="white"))
            dark = pixel @ np.array([0.3, 0.6, 0.1]) < 128
            write(
                sheet, x + side / 2, y + 0.18, str(pixel[0]), SMALL, color="white" if dark else INK
            )
    write(sheet, 7.6, 2.5, _("amounts of red of 20 pixels"), SMALL, va="top")
    arrow(sheet, (5.85, 3.3), (6.42, 3.3), VERMILION)


def _draw_sound(figure: Drawing, sheet: Axes) -> None:
    """Draw a tenth of a second of a tone that fades."""
    ax = inset(figure, 4.3, 1.28, 4.4, 0.85)
    t = np.linspace(0, 0.1, 1600)
    pressure = np.exp(-25 * t) * np.sin(2 * np.pi * 220 * t) * np.sin(31 * t)
    ax.plot(t, pressure, color=FORWARD, linewidth=1)
    ax.set_axis_off()
    write(sheet, 6.5, 1.2, _("a sound: 1,600 air pressures"), SMALL, va="top")


def _draw_sentence(ax: Axes) -> None:
    """Draw the letters of a word with their numbers."""
    for i, letter in enumerate("The cat sat."):
        x = 4.35 + 0.37 * i
        cell(ax, (x, 0.5), (0.35, 0.36), CACHE, letter)
        write(ax, x + 0.175, 0.46, str(ord(letter)), SMALL - 1, va="top")
    write(ax, 6.5, 0.22, _("a sentence: the code of each letter"), SMALL, va="top")


@styled
def draw_network_kinds() -> Figure:
    """Draw four kinds of network, each with tasks that it suits."""
    alt = _(
        "Four kinds of network. Standard: every unit joined to all of the next layer. "
        "Convolutional: one small window slides over an image. Recurrent: the same unit is used "
        "for one part of a sequence after the other and passes on what it remembers. Custom: "
        "a convolutional part and a standard part flow together."
    )
    figure, ax = new_canvas(PAGE, 6.5, alt)
    ax.plot([4.6, 4.6], [0.1, 6.4], color=FAINT, linewidth=0.8, linestyle=":")
    ax.plot([0.1, 9.1], [3.2, 3.2], color=FAINT, linewidth=0.8, linestyle=":")
    for x, y, name, tasks in (
        (2.3, 6.4, _("standard"), _("house prices, online advertisements")),
        (6.9, 6.4, _("convolutional (CNN)"), _("images")),
        (2.3, 3.05, _("recurrent (RNN)"), _("sequences: sound, language")),
        (6.9, 3.05, _("custom or hybrid"), _("several kinds of input: driverless cars")),
    ):
        write(ax, x, y, name, TITLE, va="top", weight="bold")
        write(ax, x, y - 2.75, tasks, style="italic")
    _draw_standard(ax, (2.3, 5.0))
    _draw_convolutional(ax, (6.9, 5.0))
    _draw_recurrent(ax, (2.3, 1.65))
    _draw_custom(ax, (6.9, 1.65))
    return figure


def _draw_standard(ax: Axes, centre: Point) -> None:
    """Draw layers of 3, 4 and 1 units."""
    x, y = centre
    columns = [column(x + 1.25 * place, y, size, 0.5) for place, size in ((-1, 3), (0, 4), (1, 1))]
    edges(ax, *columns)
    for place, spots in enumerate(columns):
        for spot in spots:
            unit(ax, spot, "", FAINT if place == 0 else FORWARD, radius=0.19)
    x_end = columns[-1][0][0]
    arrow(ax, (x_end + 0.2, y), (x_end + 0.5, y), FORWARD)
    write(ax, x_end + 0.55, y, "$\\hat{y}$", TITLE, ha="left")
    write(ax, columns[0][0][0] - 0.3, y, "$x$", TITLE, ha="right")


def _draw_convolutional(ax: Axes, centre: Point) -> None:
    """Draw a window that slides over an image, and the smaller map of what it finds."""
    x, y = centre
    cells(ax, x - 1.95, y, (6, 6), (0.26, 0.26), FAINT, strength=0.18)
    cells(ax, x + 0.05, y, (4, 4), (0.26, 0.26), FORWARD, strength=0.18)
    window = (x - 1.95 + 0.26, y - 0.78 + 2 * 0.26)
    cell(ax, window, (0.78, 0.78), PARAMETER, strength=0.55)
    frame(ax, window, (0.78, 0.78), PARAMETER, 2.2)
    target = (x + 0.05 + 0.26, y - 0.52 + 2 * 0.26)
    ax.add_patch(Rectangle(target, 0.26, 0.26, facecolor=FORWARD, edgecolor=INK))
    for corner in (0.0, 0.78):
        start = (window[0] + 0.78, window[1] + corner)
        line(ax, start, (target[0], target[1] + corner / 3), PARAMETER, zorder=3)
    arrow(ax, (window[0] + 0.4, window[1] - 0.12), (window[0] + 1.0, window[1] - 0.12), PARAMETER)
    for right, down, text in (
        (-1.17, 0.85, _("one small window,\nused everywhere")),
        (0.57, 0.6, _("what it finds\nwhere")),
    ):
        write(ax, x + right, y - down, text, SMALL, va="top")
    arrow(ax, (x + 1.15, y), (x + 1.5, y), FORWARD)
    write(ax, x + 1.55, y, "... $\\hat{y}$", TITLE, ha="left")


def _draw_recurrent(ax: Axes, centre: Point) -> None:
    """Draw one unit at four moments, with what it passes on to itself."""
    x, y = centre
    words = ("the", "cat", "sat", "down")
    for i, word in enumerate(words):
        place = x - 1.5 + 1.0 * i
        box(ax, (place, y), (0.56, 0.5), "", FORWARD)
        arrow(ax, (place, y - 0.65), (place, y - 0.26), FAINT)
        write(ax, place, y - 0.7, word, va="top")
        arrow(ax, (place, y + 0.26), (place, y + 0.65), FORWARD)
        write(ax, place, y + 0.68, f"$\\hat{{y}}_{i + 1}$", va="bottom")
        if i < len(words) - 1:
            arrow(ax, (place + 0.29, y), (place + 0.71, y), CACHE, dashed=True)
    write(ax, x, y + 0.45, _("memory"), SMALL, color=CACHE)


def _draw_custom(ax: Axes, centre: Point) -> None:
    """Draw a camera's image and a radar's numbers that flow together."""
    x, y = centre
    cells(ax, x - 2.05, y + 0.52, (4, 4), (0.2, 0.2), FAINT, strength=0.18)
    write(ax, x - 1.65, y + 0.08, _("camera"), SMALL, va="top")
    for i in range(3):
        unit(ax, (x - 1.65, y - 0.3 - 0.26 * i), "", FAINT, radius=0.11)
    write(ax, x - 1.45, y - 0.56, _("radar"), SMALL, ha="left")
    box(ax, (x - 0.25, y + 0.52), (1.25, 0.55), _("convolutional"), FORWARD, fontsize=SMALL)
    box(ax, (x - 0.25, y - 0.56), (1.25, 0.55), _("standard"), FORWARD, fontsize=SMALL)
    arrow(ax, (x - 1.2, y + 0.52), (x - 0.9, y + 0.52), FAINT)
    arrow(ax, (x - 1.02, y - 0.56), (x - 0.9, y - 0.56), FAINT)
    box(ax, (x + 1.2, y), (0.95, 0.75), _("joined"), FORWARD, fontsize=SMALL)
    arrow(ax, (x + 0.39, y + 0.45), (x + 0.71, y + 0.15), FORWARD)
    arrow(ax, (x + 0.39, y - 0.5), (x + 0.71, y - 0.15), FORWARD)
    arrow(ax, (x + 1.69, y), (x + 1.9, y), FORWARD)
    write(ax, x + 1.94, y, "$\\hat{y}$", TITLE, ha="left")
