"""From one neuron to a small network: prices of houses and rents of flats.

The houses and the flats are made up.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course.figures.parts import Point, arrow, box, card, column, edges, unit, write
from course.figures.style import (
    BACKWARD,
    BLACK,
    FAINT,
    FORWARD,
    GREEN,
    INK,
    LINE,
    PAGE,
    PARAMETER,
    PURPLE,
    SMALL,
    TITLE,
    new_canvas,
    new_plots,
    styled,
)
from course.language import _, ngettext

Array = NDArray[np.float64]


HOUSE_SIZES: Array = np.array([42, 50, 58, 66, 75, 83, 92, 100, 112, 121, 134, 148], dtype=float)
"""Floor areas of twelve made-up houses, in square metres."""


HOUSE_PRICES: Array = np.array(
    [62, 118, 112, 181, 214, 208, 290, 297, 345, 420, 438, 529], dtype=float
)
"""Their prices, in thousands."""


FLAT_AGES: Array = np.array(
    [1, 6, 11, 17, 24, 30, 37, 44, 50, 57, 64, 70, 78, 85, 93, 101, 109, 118], dtype=float
)
"""Ages of eighteen made-up flats, in years."""


FLAT_RENTS: Array = np.array(
    [16.1, 15.2, 14.6, 13.1, 12.4, 11.2, 10.3, 9.1, 8.8, 8.6, 8.9, 9.2, 10.4, 11.3, 12.6, 13.1]
    + [13.4, 13.3]
)
"""Their rents, per square metre."""


@styled
def draw_house_prices() -> Figure:
    """Plot the houses, the straight line through them, and its ReLU."""
    alt = _(
        "Prices of twelve houses rise with their floor area. The straight line through them falls "
        "below zero for very small houses; the ReLU of that line stays at zero there."
    )
    figure, (ax,) = new_plots(1, 7.4, 4.0, alt)
    weight, bias = np.polyfit(HOUSE_SIZES, HOUSE_PRICES, 1)
    x = np.linspace(0, 160, 321)
    line = weight * x + bias
    ax.plot(
        x, line, color=BACKWARD, linestyle="--", linewidth=LINE, label=_("straight line $wx + b$")
    )
    ax.plot(x, np.maximum(line, 0), color=FORWARD, label="$\\max(0,\\ wx + b)$")
    ax.plot(HOUSE_SIZES, HOUSE_PRICES, "o", color=BLACK, markersize=5, label=_("houses"))
    ax.axhline(0, color=FAINT, linewidth=0.8)
    ax.annotate(
        _("no house has a\nnegative price"),
        (12, weight * 12 + bias),
        xytext=(48, -95),
        ha="center",
        va="center",
        arrowprops={"arrowstyle": "->", "color": INK},
    )
    _house_axes(ax)
    ax.legend(loc="upper left")
    return figure


@styled
def draw_house_neuron(weight: float = 4.0, bias: float = -120.0) -> Figure:
    """Plot the prices that one neuron predicts, and how far each of them is from the truth.

    Parameters:
        weight: the price of one more square metre, in thousands.
        bias: what is added to weight times area, in thousands.
    """
    predicted = np.maximum(weight * HOUSE_SIZES + bias, 0)
    error = float(np.mean(np.abs(predicted - HOUSE_PRICES)))
    alt = _(
        "A neuron with weight {weight:g} and bias {bias:g} predicts the prices of twelve houses "
        "with a mean error of {error:.0f} thousand."
    ).format(weight=weight, bias=bias, error=error)
    figure, (ax,) = new_plots(1, 7.4, 4.0, alt)
    x = np.linspace(0, 160, 321)
    ax.vlines(
        HOUSE_SIZES, predicted, HOUSE_PRICES, color=BACKWARD, linestyle=":", linewidth=LINE + 0.4
    )
    ax.plot(x, np.maximum(weight * x + bias, 0), color=FORWARD)
    ax.plot(HOUSE_SIZES, HOUSE_PRICES, "o", color=BLACK, markersize=5)
    _house_axes(ax)
    ax.set_title(
        _(
            "$\\max(0,\\ {weight:g}\\,x {bias:+g})$: wrong by {error:.0f} thousand on average"
        ).format(weight=weight, bias=bias, error=error)
    )
    return figure


def _house_axes(ax: Axes) -> None:
    """Give a plot of houses its limits and labels."""
    ax.set_xlim(0, 160)
    ax.set_ylim(-150, 600)
    ax.set_xlabel(_("floor area $x$ in square metres"))
    ax.set_ylabel(_("price in thousands"))


@styled
def draw_neuron(
    x: Sequence[float],
    w: Sequence[float],
    b: float,
    names: Sequence[str] = (),
    output: str = "",
) -> Figure:
    """Draw one neuron with the numbers that run through it: weighted sum, then ReLU.

    Parameters:
        x: its inputs, one to five of them.
        w: its weights, one for each input.
        b: its bias.
        names: what each input is, written beside it.
        output: what the output is, written beside it.

    Raises:
        ValueError: there are no inputs or more than five, or not as many weights, or some names
            but not one for each input.
    """
    if not 1 <= len(x) <= 5 or len(w) != len(x) or (names and len(names) != len(x)):
        raise ValueError("give one to five inputs, and a weight (and a name, if any) for each")
    z = float(np.dot(w, x)) + b
    a = max(0.0, z)
    height = max(2.1, 0.85 * len(x) + 0.75)
    alt = _(
        "A neuron with the inputs {inputs} and the weights "
        "{weights}: z is {z:g}, and the output is {a:g}."
    ).format(
        inputs=", ".join(f"{value:g}" for value in x),
        weights=", ".join(f"{value:g}" for value in w),
        z=z,
        a=a,
    )
    figure, ax = new_canvas(PAGE, height, alt)
    middle = height / 2 - 0.05
    left, centre, right = 2.0, 4.75, 6.75
    tops = middle + 0.85 * ((len(x) - 1) / 2 - np.arange(len(x)))
    for i, (value, weight, y) in enumerate(zip(x, w, tops, strict=True)):
        unit(ax, (left, y), f"{value:g}", FAINT, radius=0.31)
        label = f"$x_{{{i + 1}}}$"
        if names:
            label = _("{title}: {what}").format(title=label, what=names[i])
        write(ax, left - 0.4, y, label, SMALL, ha="right")
        target = (centre - 0.95, middle + 0.25 * (y - middle))
        arrow(ax, (left + 0.33, y), target, FAINT)
        share = 0.42
        spot = (left + 0.33 + share * (target[0] - left - 0.33), y + share * (target[1] - y))
        card(ax, spot, f"$w_{{{i + 1}}}={weight:g}$", PARAMETER, SMALL)
    box(ax, (centre, middle), (1.9, 0.85), _("weighted sum\n$z = {z:g}$").format(z=z), FORWARD)
    card(ax, (centre, middle + 0.78), f"$b={b:g}$", PARAMETER, SMALL)
    arrow(ax, (centre, middle + 0.61), (centre, middle + 0.43), PARAMETER)
    arrow(ax, (centre + 0.95, middle), (right - 0.7, middle), FORWARD)
    box(ax, (right, middle), (1.4, 0.85), _("ReLU\n$\\max(0, z)$"), FORWARD)
    arrow(ax, (right + 0.7, middle), (right + 1.05, middle), FORWARD)
    write(ax, right + 1.12, middle, f"$\\hat{{y}} = {a:g}$", TITLE, ha="left")
    if output:
        write(ax, right + 1.12, middle - 0.3, output, SMALL, ha="left")
    return figure


def _fit_bends(units: int) -> tuple[Array, Array, float]:
    """Fit a sum of ReLUs to the rents: where each begins to rise, its height, and a constant.

    The places are spread evenly, and only the heights are fitted, by least squares: that needs no
    training loop. A network learns both.
    """
    starts = np.linspace(0, 120, units, endpoint=False)
    rises = np.maximum(FLAT_AGES[:, None] - starts, 0)
    matrix = np.hstack([rises, np.ones((len(FLAT_AGES), 1))])
    solution = np.linalg.lstsq(matrix, FLAT_RENTS, rcond=None)[0]
    return starts, solution[:-1], float(solution[-1])


@styled
def draw_bent_curve(units: int = 3) -> Figure:
    """Plot a sum of ReLUs that follows rents, and beside it the single neurons it is made of.

    Parameters:
        units: number of neurons, from 1 to 10.

    Raises:
        ValueError: the number is not between 1 and 10.
    """
    if not 1 <= units <= 10:
        raise ValueError(f"units must lie between 1 and 10, not {units}")
    starts, heights, constant = _fit_bends(units)
    x = np.linspace(0, 120, 481)
    pieces = heights * np.maximum(x[:, None] - starts, 0)
    predicted = constant + np.maximum(FLAT_AGES[:, None] - starts, 0) @ heights
    error = float(np.mean(np.abs(predicted - FLAT_RENTS)))
    alt = ngettext(
        "Left: the output of {units} ReLU neuron follows the rents of 18 flats "
        "with a mean error of {error:.2f}. Right: the neurons one by one, each a line with one "
        "bend.",
        "Left: the output of {units} ReLU neurons follows the rents of 18 flats "
        "with a mean error of {error:.2f}. Right: the neurons one by one, each a line with one "
        "bend.",
        units,
    ).format(units=units, error=error)
    figure, (left, right) = new_plots(2, PAGE, 3.6, alt)
    left.plot(FLAT_AGES, FLAT_RENTS, "o", color=BLACK, markersize=5)
    left.plot(x, constant + pieces.sum(axis=1), color=FORWARD)
    bends = starts[1:]  # the first one lies at the edge, where no bend is to be seen
    left.plot(
        bends,
        constant + np.maximum(bends[:, None] - starts, 0) @ heights,
        "D",
        color=PARAMETER,
        markersize=7,
        markeredgecolor=INK,
    )
    left.set_title(
        ngettext(
            "{units} neuron: mean error {error:.2f}",
            "{units} neurons: mean error {error:.2f}",
            units,
        ).format(units=units, error=error)
    )
    left.set_ylabel(_("rent per square metre"))
    left.set_ylim(6, 18)
    styles = ["-", "--", "-.", ":"]
    colours = [FORWARD, BACKWARD, GREEN, PURPLE, PARAMETER]
    for i in range(units):
        right.plot(
            x, pieces[:, i], color=colours[i % 5], linestyle=styles[i % 4], linewidth=LINE + 0.3
        )
    right.set_title(_("the neurons one by one, with weights"))
    for ax in (left, right):
        ax.set_xlabel(_("age of the building in years"))
        ax.set_xlim(0, 120)
    return figure


@styled
def draw_house_network() -> Figure:
    """Draw a small network that predicts a price, with a guess at what its hidden units find."""
    alt = _(
        "A network: floor area, number of rooms, minutes to the station and age of the building "
        "lead to three hidden units, each joined to all four inputs, and these to the price."
    )
    figure, ax = new_canvas(PAGE, 3.75, alt)
    names = [_("floor area"), _("rooms"), _("minutes to\nthe station"), _("age of the\nbuilding")]
    guesses = [_("enough room\nfor a family?"), _("short way\nto work?"), _("in good\nrepair?")]
    inputs, hidden = column(1.75, 1.8, 4, 0.8), column(4.55, 1.8, 3, 0.95)
    end: Point = (7.35, 1.8)
    edges(ax, inputs, hidden, [end])
    for i, (x, y) in enumerate(inputs):
        unit(ax, (x, y), f"$x_{i + 1}$", FAINT)
        write(ax, x - 0.36, y, names[i], SMALL, ha="right")
    for (x, y), guess in zip(hidden, guesses, strict=True):
        card(ax, (x, y), guess, FORWARD, SMALL)
    unit(ax, end, "$\\hat{y}$", FORWARD)
    arrow(ax, (end[0] + 0.27, end[1]), (end[0] + 0.6, end[1]), FORWARD)
    write(ax, end[0] + 0.66, end[1], _("price"), ha="left")
    for x, heading in ((1.75, _("input")), (4.55, _("hidden layer")), (7.35, _("output"))):
        write(ax, x, 3.68, heading, TITLE, va="top")
    return figure
