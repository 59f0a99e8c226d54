"""From scores to probabilities: the sigmoid with its slope, and the softmax.

The slope is measured from the curve, and the notebook passes the probabilities in: nothing here
computes what an exercise asks for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from course.figures.parts import s_curve, write
from course.figures.style import (
    BACKWARD,
    CACHE,
    FAINT,
    FORWARD,
    PAGE,
    SMALL,
    new_plots,
    styled,
    tint,
)
from course.language import _


@styled
def draw_slope(x: float = 1.0, name: str = "x") -> Figure:
    """Plot the sigmoid with its tangent at one point, and the slope of all tangents beside it.

    Parameters:
        x: where the tangent touches, from -6 to 6.
        name: what the number is called that goes into the sigmoid.

    Raises:
        ValueError: the point is not in the picture.
    """
    if not -6 <= x <= 6:
        raise ValueError(f"x must lie between -6 and 6, not {x}")
    points = np.linspace(-6, 6, 1201)
    curve = s_curve(points)
    slopes = np.gradient(curve, points)  # measured from the curve itself
    value, slope = (float(np.interp(x, points, line)) for line in (curve, slopes))
    alt = _(
        "Left the sigmoid with its tangent at {name} = {x:g}; right the slope: {slope:.3f} there."
    ).format(name=name, x=x, slope=slope)
    figure, (left, right) = new_plots(2, PAGE, 3.2, alt)
    left.plot(points, curve, color=FORWARD)
    reach = np.array([-1.5, 1.5])
    left.plot(x + reach, value + slope * reach, color=BACKWARD, linestyle="--")
    left.plot([x], [value], "o", color=BACKWARD)
    left.set_title(_("the sigmoid and a tangent"))
    left.set_xlim(-6, 6)
    left.set_ylim(-0.15, 1.15)
    right.plot(points, slopes, color=BACKWARD, linestyle="--")
    right.plot([x], [slope], "o", color=BACKWARD)
    right.annotate(
        _("slope {slope:.3f}").format(slope=slope),
        (x, slope),
        xytext=(8, 6),
        textcoords="offset points",
    )
    right.set_title(_("the slope of the tangent"))
    right.set_xlim(-6, 7.5)
    right.set_ylim(0, 0.3)
    for ax in (left, right):
        ax.set_xlabel(f"${name}$")
    return figure


@styled
def draw_scores_and_probabilities(
    scores: Sequence[float], probabilities: Sequence[float], names: Sequence[str]
) -> Figure:
    """Draw bars for the scores of some classes, and for the probabilities made from them.

    Parameters:
        scores: one number a class.
        probabilities: one number a class.
        names: the classes.

    Raises:
        ValueError: the three differ in length.
    """
    if not len(scores) == len(probabilities) == len(names):
        raise ValueError("give one score, one probability and one name for each class")
    parts = [
        _("{name}: score {score:.2f}, probability {probability:.2f}").format(
            name=name, score=score, probability=probability
        )
        for name, score, probability in zip(names, scores, probabilities, strict=True)
    ]
    alt = _("Bars of scores and of the probabilities made from them. {parts}.").format(
        parts=_("; ").join(parts)
    )
    figure, (left, right) = new_plots(2, 8.4, 0.9 + 0.4 * len(names), alt)
    places = list(range(len(names)))
    bars = ((left, scores, FORWARD, _("scores")), (right, probabilities, CACHE, _("probabilities")))
    for ax, values, colour, title in bars:
        ax.barh(places, values, color=tint(colour, 0.6), edgecolor=colour)
        ax.set_yticks(places, names)
        ax.invert_yaxis()
        ax.grid(visible=False)
        ax.axvline(0, color=FAINT, linewidth=0.8)
        ax.set_title(title)
        ends = np.append(np.asarray(values, dtype=float), 0.0)
        room = 0.2 * max(float(np.ptp(ends)), 1e-9)
        ax.set_xlim(float(ends.min()) - room, float(ends.max()) + room)
        for place, value in zip(places, values, strict=True):
            side = "left" if value >= 0 else "right"
            write(ax, value, place, f" {value:.2f} ", SMALL, ha=side)
    return figure
