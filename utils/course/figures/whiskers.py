"""Cats told by their whiskers: why one unit takes a sigmoid, and the cross-entropy as its loss.

The animals are made up. Whatever looks like training here is either chosen by hand or read off a
grid: nothing computes what an exercise asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course.figures.losses import cross_entropy
from course.figures.parts import s_curve
from course.figures.style import (
    BACKWARD,
    FAINT,
    FORWARD,
    GREEN,
    INK,
    LINE,
    PAGE,
    SMALL,
    TITLE,
    VERMILION,
    new_plots,
    styled,
    tint,
)
from course.language import N_, _

Array = NDArray[np.float64]


WHISKERS: Array = np.array(
    [0.8, 1.5, 2.3, 3.1, 3.9, 4.6, 5.0, 5.6, 5.8, 6.7, 7.3, 7.6, 8.1, 8.8], dtype=float
)
"""How long the whiskers of fourteen made-up animals are, in centimetres."""


IS_CAT: Array = np.array([0, 0, 0, 0, 0, 1, 0, 1, 1, 1, 0, 1, 1, 1], dtype=float)
"""Which of them are cats. The one at 4.6 is a kitten, and the animal at 7.3 is a fox."""


_AXIS = N_("length of the whiskers in cm, $x$")


def _draw_animals(ax: Axes, x: Array, y: Array) -> None:
    """Plot cats as blue discs at height 1, the others as vermilion triangles at height 0."""
    for label, marker, colour, name in (
        (1, "o", FORWARD, _("cat: $y = 1$")),
        (0, "^", VERMILION, _("other animal: $y = 0$")),
    ):
        look: Any = {"color": colour, "markersize": 8, "markeredgecolor": "white"}
        ax.plot(x[y == label], y[y == label], marker, label=name, **look)


@styled
def draw_line_fit(added: Sequence[float] = (15.0, 16.0, 17.0, 18.0, 19.0)) -> Figure:
    """Fit a straight line to yes and no, without and with more animals that are easy to judge.

    Parameters:
        added: the whiskers of the cats that are added.
    """
    alt = _(
        "Left: a straight line through labels 0 and 1 leaves the range from 0 to 1, and crosses "
        "one half between the two groups. Right: a few more cats, far to the right, tilt the line "
        "so that more animals are on the wrong side."
    )
    figure, axes = new_plots(2, PAGE, 3.7, alt)
    for ax, x, y, title in (
        (axes[0], WHISKERS, IS_CAT, _("fourteen animals")),
        (
            axes[1],
            np.append(WHISKERS, added),
            np.append(IS_CAT, np.ones(len(added))),
            _("and {count} more cats").format(count=len(added)),
        ),
    ):
        slope, height = np.polyfit(x, y, 1)
        ends = np.array([-1.0, x.max() + 2])
        ax.axhspan(1, 1.9, color=tint(FAINT, 0.2), zorder=0)
        ax.axhspan(-0.6, 0, color=tint(FAINT, 0.2), zorder=0)
        ax.plot(ends, slope * ends + height, color=INK, linewidth=LINE)
        change = (0.5 - height) / slope
        wrong = int(np.sum((slope * x + height > 0.5) != (y == 1)))
        ax.plot([change, change], [-0.6, 0.5], color=GREEN, linestyle="--", linewidth=LINE + 0.4)
        ax.text(change + 0.02 * ends[1], -0.45, _("yes from here"), color=GREEN, fontsize=SMALL)
        _draw_animals(ax, x, y)
        ax.set_title(
            _("{title}: {wrong} on the wrong side").format(title=title, wrong=wrong),
            fontsize=TITLE - 1,
        )
        ax.set_xlabel(_(_AXIS))
        ax.set_xlim(*ends)
        ax.set_ylim(-0.6, 1.9)
        ax.set_yticks([0, 0.5, 1])
    axes[0].set_ylabel(_("label, and the line's answer"))
    axes[0].legend(loc="upper left", fontsize=SMALL)
    axes[1].text(0, 1.45, _("more than 1 is no probability"), fontsize=SMALL)
    return figure


@styled
def draw_unit_fit(weight: float = 1.0, bias: float = -5.0) -> Figure:
    """Plot the probabilities of one sigmoid unit over the animals, and the loss of each.

    Parameters:
        weight: the weight of the unit.
        bias: its bias.
    """
    z = weight * WHISKERS + bias
    losses = cross_entropy(z, IS_CAT)
    wrong = int(np.sum((z > 0) != (IS_CAT == 1)))
    alt = _(
        "The sigmoid of {weight:g} x {bias:+g} over fourteen animals: cost {cost:.3f}, "
        "{wrong} animals on the wrong side. On the right, the loss of each animal as a bar."
    ).format(weight=weight, bias=bias, cost=losses.mean(), wrong=wrong)
    figure, (left, right) = new_plots(2, PAGE, 3.7, alt)
    x = np.linspace(-0.5, 10.5, 441)
    left.plot(x, s_curve(weight * x + bias), color=INK, linewidth=LINE + 0.6)
    left.vlines(WHISKERS, s_curve(z), IS_CAT, color=BACKWARD, linestyle=":", linewidth=LINE)
    _draw_animals(left, WHISKERS, IS_CAT)
    if weight != 0 and -0.5 < -bias / weight < 10.5:
        change = -bias / weight
        left.plot([change, change], [0, 0.5], color=GREEN, linestyle="--", linewidth=LINE)
    left.set_title(
        _("$\\sigma({weight:g}\\,x {bias:+g})$: {wrong} on the wrong side").format(
            weight=weight, bias=bias, wrong=wrong
        )
    )
    left.set_ylabel(_("probability $a$"))
    left.set_ylim(-0.1, 1.35)
    left.legend(loc="upper left", fontsize=SMALL, ncols=2)
    for label, colour, hatch in ((1, FORWARD, ""), (0, VERMILION, "////")):
        of_this_kind = np.equal(IS_CAT, label)
        right.bar(
            WHISKERS[of_this_kind],
            losses[of_this_kind],
            width=0.19,
            color=tint(colour, 0.6),
            edgecolor=colour,
            hatch=hatch,
        )
    right.set_axisbelow(True)
    right.axhline(losses.mean(), color=INK, linestyle="--", linewidth=LINE)
    right.set_title(_("cost $J$ = mean loss = {cost:.3f}").format(cost=losses.mean()))
    right.set_ylabel(_("loss of each animal"))
    right.set_ylim(0, max(3.0, 1.05 * float(losses.max())))
    for ax in (left, right):
        ax.set_xlabel(_(_AXIS))
        ax.set_xlim(-0.5, 10.5)
    return figure


@styled
def draw_cost_shapes(bias: float = -5.5) -> Figure:
    """Plot the cost of the animals over the weight, with the cross-entropy and the squared error.

    Parameters:
        bias: the bias, which stays as it is.
    """
    alt = _(
        "Left: the cross-entropy over the weight is a single bowl. Right: the squared error is "
        "flat for negative weights, falls steeply to its lowest place near 1, and rises again, "
        "more and more slowly."
    )
    figure, (left, right) = new_plots(2, PAGE, 3.4, alt)
    w = np.linspace(-3, 5, 401)
    z = np.multiply.outer(w, WHISKERS) + bias
    left.plot(w, cross_entropy(z, IS_CAT).mean(axis=1), color=FORWARD)
    left.set_title(_("cross-entropy: one bowl"))
    right.plot(w, np.square(s_curve(z) - IS_CAT).mean(axis=1), color=BACKWARD, linestyle="--")
    right.set_title(_("squared error: plateaus"))
    right.annotate(
        _("flat: no slope\nto go down"),
        (-2.2, 0.5),
        xytext=(-1.7, 0.25),
        ha="center",
        arrowprops={"arrowstyle": "->", "color": INK},
    )
    for ax in (left, right):
        ax.set_xlabel(_("weight $w$"))
        ax.set_ylim(bottom=0)
    left.set_ylabel(_("cost of all animals"))
    return figure
