"""Against overfitting: dropped units, mini-batches, and the pull of a penalty.

Nothing here computes what an exercise asks for: the pictures show random choices of their own, and
a cost that is not that of a network.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure

from course.figures.matrices import cell, frame
from course.figures.parts import arrow, column, line, unit, write
from course.figures.style import (
    BACKWARD,
    BLUE,
    FAINT,
    FORWARD,
    INK,
    LINE,
    ORANGE,
    PAGE,
    PARAMETER,
    SMALL,
    TITLE,
    new_canvas,
    new_plots,
    styled,
)
from course.language import _

# Dropout -----------------------------------------------------------------------------------------


@styled
def draw_dropped_units(
    sizes: Sequence[int] = (2, 6, 4, 1), keep_prob: float = 0.6, examples: int = 3, seed: int = 3
) -> Figure:
    """Draw a network once for each of several examples, with other hidden units dropped each time.

    Parameters:
        sizes: the number of units of every layer, the input layer first.
        keep_prob: the probability with which a hidden unit is kept, from 0 to 1.
        examples: how many networks are drawn, side by side.
        seed: of the random choice.

    Raises:
        ValueError: no hidden layer, no example, or a probability that is none.
    """
    if len(sizes) < 3 or min(*sizes, examples) < 1:
        raise ValueError("there must be a hidden layer, a unit in every layer, and an example")
    if not 0 <= keep_prob <= 1:
        raise ValueError(f"a probability lies between 0 and 1, not at {keep_prob}")
    random = np.random.default_rng(seed)
    on = [
        [
            random.random(size) < keep_prob if 0 < layer < len(sizes) - 1 else np.ones(size, bool)
            for layer, size in enumerate(sizes)
        ]
        for _example in range(examples)
    ]
    hidden = sum(sizes[1:-1])
    kept = [int(sum(layer.sum() for layer in one[1:-1])) for one in on]
    alt = _(
        "A network of layers with {sizes} units, once for each of {examples} examples; of its "
        "{hidden} hidden units {kept} are kept."
    ).format(
        sizes=_(", ").join(map(str, sizes)),
        examples=examples,
        hidden=hidden,
        kept=_(", ").join(map(str, kept)),
    )
    wide, step = PAGE / examples, 0.5
    height = step * max(sizes) + 1.0
    figure, ax = new_canvas(PAGE, height, alt)
    for number, masks in enumerate(on):
        left = wide * number
        gap = (wide - 0.9) / (len(sizes) - 1)
        columns = [
            column(left + 0.45 + gap * layer, (height - 0.5) / 2 + 0.05, size, step)
            for layer, size in enumerate(sizes)
        ]
        for layer in range(len(sizes) - 1):
            for start, is_on in zip(columns[layer], masks[layer], strict=True):
                for end, next_is_on in zip(columns[layer + 1], masks[layer + 1], strict=True):
                    if is_on and next_is_on:
                        line(ax, start, end, FAINT, 0.9)
        for layer, (places, mask) in enumerate(zip(columns, masks, strict=True)):
            for place, is_on in zip(places, mask, strict=True):
                _draw_unit(ax, place, bool(is_on), is_input=layer == 0)
        heading = _("example {number}").format(number=number + 1)
        write(ax, left + wide / 2, height - 0.2, heading, TITLE)
        text = _("{kept} of {hidden} hidden units are on").format(kept=kept[number], hidden=hidden)
        write(ax, left + wide / 2, 0.15, text, SMALL)
    return figure


def _draw_unit(ax: Any, place: tuple[float, float], is_on: bool, is_input: bool) -> None:
    """Draw a unit, or one that is off: pale, with a cross."""
    colour = FAINT if is_input or not is_on else FORWARD
    unit(ax, place, "", colour if is_on else "#BBBBBB", 0.17)
    if not is_on:
        x, y = place
        for sign in (-0.14, 0.14):
            line(ax, (x - 0.14, y - sign), (x + 0.14, y + sign), INK, zorder=4)


# Mini-batches ------------------------------------------------------------------------------------


@styled
def draw_mini_batches(m: int = 14, size: int = 4, seed: int = 2) -> Figure:
    """Draw examples as columns: as they are given, shuffled, and cut into mini-batches.

    Parameters:
        m: the number of examples, at most 24.
        size: the number of examples of a mini-batch.
        seed: of the shuffling.

    Raises:
        ValueError: there are no examples, too many to be drawn, or a size that is not positive.
    """
    if not 1 <= m <= 24 or size < 1:
        raise ValueError(f"between 1 and 24 examples, in batches of 1 or more; not {m} and {size}")
    labels = np.arange(m) % 3 == 0
    order = np.random.default_rng(seed).permutation(m)
    rest = m % size
    count = -(-m // size)
    alt = (
        _(
            "{m} numbered examples with labels; below, in random order, each with its label; below "
            "that, cut into {count} mini-batches of {size}, the last of {rest}."
        )
        if rest
        else _(
            "{m} numbered examples with labels; below, in random order, each with its label; below "
            "that, cut into {count} mini-batches of {size}."
        )
    ).format(m=m, count=count, size=size, rest=rest)
    gap, left = 0.22, 1.25
    side = min(0.42, (PAGE - left - gap * count) / m)
    figure, ax = new_canvas(PAGE, 3.7, alt)
    rows = ((3.25, np.arange(m), False), (2.0, order, False), (0.75, order, True))
    names = (_("as given"), _("shuffled"), _("mini-batches"))
    for (y, places, is_cut), name in zip(rows, names, strict=True):
        write(ax, 0.05, y - 0.18, name, ha="left")
        for position, example in enumerate(places):
            x = left + side * position + (gap * (position // size) if is_cut else 0)
            is_one = bool(labels[example])
            colour = BLUE if is_one else ORANGE
            cell(ax, (x, y - 0.2), (side, 0.4), colour, str(example), 0.15, SMALL, "-")
            cell(ax, (x, y - 0.55), (side, 0.3), colour, "▲" if is_one else "●", 0.5, SMALL, "-")
        if is_cut:
            for batch in range(count):
                own = min(size, m - batch * size)
                x = left + (side * size + gap) * batch
                frame(ax, (x - 0.04, y - 0.6), (side * own + 0.08, 0.85), INK)
                write(ax, x + side * own / 2, y - 0.71, f"{own}", SMALL)
    write(ax, left - 0.16, 3.25, "$X$", SMALL)
    write(ax, left - 0.16, 2.85, "$Y$", SMALL)
    for y in (2.62, 1.37):
        middle = left + side * m / 2
        arrow(ax, (middle, y), (middle, y - 0.3), FAINT)
    return figure


# L2 ----------------------------------------------------------------------------------------------


@styled
def draw_pull(strength: float = 1.0) -> Figure:
    """Draw a cost of two weights with its penalty: where the minimum of the sum lies.

    Parameters:
        strength: the factor of the penalty, 0 or more.

    Raises:
        ValueError: the strength is negative.
    """
    if strength < 0:
        raise ValueError(f"the strength is 0 or more, not {strength}")
    # A long valley: the examples say much about one direction and little about the other.
    best, curvature = np.array([2.2, 2.0]), np.array([[1.0, -0.8], [-0.8, 0.9]])
    chosen = np.linalg.solve(curvature + strength * np.eye(2), curvature @ best)
    path = np.array(
        [
            np.linalg.solve(curvature + each * np.eye(2), curvature @ best)
            for each in np.concatenate([[0], np.geomspace(0.001, 100, 200)])
        ]
    )
    alt = _(
        "Lines of equal cost form a long valley around its minimum at (2.2, 2.0); lines of equal "
        "penalty are circles around the origin. With strength {strength:g} the minimum of the sum "
        "lies at ({w1:.2f}, {w2:.2f})."
    ).format(strength=strength, w1=chosen[0], w2=chosen[1])
    figure, (ax,) = new_plots(1, 6.0, 4.6, alt)
    across, up = np.meshgrid(np.linspace(-1, 3.4, 160), np.linspace(-1, 3.0, 160))
    away = np.stack([across - best[0], up - best[1]])
    cost = np.einsum("iab,ij,jab->ab", away, curvature, away) / 2
    ax.contour(across, up, cost, levels=[0.02, 0.1, 0.3, 0.7, 1.3, 2.2], colors=FORWARD)
    circles = ax.contour(across, up, across**2 + up**2, levels=[0.25, 1, 2.25, 4], colors=PARAMETER)
    circles.set_linestyle("--")
    ax.plot(*path.T, color=FAINT, linewidth=LINE, zorder=2)
    ax.plot(*best, "o", color=FORWARD, markersize=8, label=_("minimum of the cost"))
    ax.plot(0, 0, "s", color=PARAMETER, markersize=8, label=_("minimum of the penalty"))
    ax.plot(*chosen, "*", color=BACKWARD, markersize=17, label=_("minimum of the sum"), zorder=5)
    ax.set_aspect("equal")
    ax.grid(visible=False)
    ax.set_xlabel("$w_1$")
    ax.set_ylabel("$w_2$", rotation=0, labelpad=8)
    ax.set_title(_("strength {strength:g}").format(strength=strength))
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=SMALL)
    return figure
