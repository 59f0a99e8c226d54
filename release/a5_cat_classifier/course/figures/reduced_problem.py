"""Training in the span of the images: why the weights stay in it, and the factors of X = QR."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure

from course.figures.matrices import cell
from course.figures.parts import arrow, write
from course.figures.style import (
    BACKWARD,
    FAINT,
    FORWARD,
    INK,
    LINE,
    PAGE,
    PARAMETER,
    TITLE,
    new_canvas,
    styled,
    tint,
)
from course.language import _


@styled
def draw_span() -> Figure:
    """Draw why the weights move only inside the span of the images: two images of three numbers."""
    alt = _(
        "Two arrows, the images, lie in a slanted plane. The weights of a unit start at a point "
        "above the plane and move on a path that is parallel to it: their height never changes."
    )
    figure, ax = new_canvas(PAGE, 4.4, alt)
    origin = np.array([2.6, 0.75])
    across, along = np.array([4.0, 0.1]), np.array([1.35, 1.35])  # the sides of the plane
    lift = np.array([0.0, 1.85])

    def place(u: float, v: float, height: float = 0) -> tuple[float, float]:
        x, y = origin + u * across + v * along + height * lift
        return float(x), float(y)

    for height, colour, style in ((0.0, FORWARD, "-"), (1.0, PARAMETER, ":")):
        corners = [place(u, v, height) for u, v in ((-0.1, -0.2), (1, -0.2), (1, 1), (-0.1, 1))]
        ax.fill(
            *zip(*corners, strict=True),
            facecolor=tint(colour, 0.12) if style == "-" else "none",
            edgecolor=colour,
            linestyle=style,
            linewidth=LINE,
        )
    for end, name in ((place(0.8, 0.05), "$x^{(1)}$"), (place(0.12, 0.9), "$x^{(2)}$")):
        arrow(ax, place(0, 0), end, FORWARD)
        ax.text(end[0] + 0.1, end[1] + 0.05, name, va="center", fontsize=TITLE)
    walk = [(0.1, 0.1), (0.33, 0.12), (0.5, 0.28), (0.61, 0.46), (0.7, 0.66), (0.76, 0.84)]
    points = [place(u, v, 1) for u, v in walk]
    for start, end in zip(points, points[1:], strict=False):
        arrow(ax, start, end, BACKWARD)
    for number, (u, v) in ((0, walk[0]), (1, walk[-1])):
        low, high = place(u, v), place(u, v, 1)
        ax.plot(*zip(low, high, strict=True), color=FAINT, linestyle="--", linewidth=LINE)
        ax.plot(*high, marker="os"[number], color=PARAMETER, markersize=9, zorder=4)
        ax.plot(*low, marker="os"[number], markerfacecolor="white", color=INK, zorder=4)
    (x0, y0), (x1, y1) = points[0], points[-1]
    write(ax, x0, y0 + 0.14, _("start $w_0$"), va="bottom")
    ax.text(x1 + 0.18, y1 + 0.02, _("end $w$"), va="center")
    low = place(*walk[0])
    write(ax, low[0] - 0.2, (low[1] + y0) / 2, _("the part that\nnever changes"), ha="right")
    ax.text(7.0, 0.85, _("the span of the images"), va="center", color=FORWARD)
    write(ax, 8.05, 3.0, _("where the\nweights move"))
    return figure


@styled
def draw_factorisation(n: int, m: int) -> Figure:
    """Draw the shapes of X = QR: a tall matrix is a tall one times a small square one.

    Parameters:
        n: number of rows of X.
        m: number of columns of X.
    """
    alt = _("X, shape ({n}, {m}), equals Q, shape ({n}, {m}), times R, shape ({m}, {m}).").format(
        n=n, m=m
    )
    figure, ax = new_canvas(PAGE, 3.3, alt)
    bottom, tall, small, width = 0.2, 2.7, 0.62, 0.62
    middle = bottom + tall / 2

    def matrix(x: float, height: float, name: str, colour: str, note: str) -> None:
        cell(ax, (x, middle - height / 2), (width, height), colour, name, fontsize=TITLE + 3)
        write(ax, x + width + 0.12, middle, note, ha="left", linespacing=1.35)

    matrix(0.3, tall, "$X$", FAINT, _("({n}, {m})\nthe images").format(n=n, m=m))
    write(ax, 2.75, middle, "=", TITLE + 6)
    matrix(
        3.1, tall, "$Q$", PARAMETER, _("({n}, {m})\n{m} axes, the\nsame for all").format(n=n, m=m)
    )
    write(ax, 5.6, middle, r"$\cdot$", TITLE + 10)
    matrix(
        5.9,
        small,
        "$R$",
        FORWARD,
        _("({m}, {m})\nthe images in the\ncoordinates of the axes").format(m=m),
    )
    return figure
