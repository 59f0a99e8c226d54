"""Gradient checking: how well a measured slope agrees, and what a mistake looks like."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure

from course.figures.parts import write
from course.figures.style import BLUE, FAINT, INK, LINE, SMALL, VERMILION, new_plots, styled
from course.language import _


@styled
def draw_nudges(nudges: Sequence[float], errors: Mapping[str, Sequence[float]]) -> Figure:
    """Plot the error of measured slopes against the nudge that they were measured with.

    Parameters:
        nudges: by how much the parameter was changed.
        errors: for each way to measure the errors, one a nudge; zero has no place on the scale.
    """
    best = {
        name: nudges[int(np.argmin(np.where(np.asarray(values) > 0, values, np.inf)))]
        for name, values in errors.items()
    }
    alt = _("The error falls as the nudge gets smaller, and rises again; smallest {parts}.").format(
        parts=_(", ").join(
            _("near {nudge:.0e} for {name}").format(nudge=nudge, name=name)
            for name, nudge in best.items()
        )
    )
    figure, (ax,) = new_plots(1, 6.6, 3.5, alt)
    looks = ((VERMILION, "s--"), (BLUE, "o-"))
    for (name, values), (colour, look) in zip(errors.items(), looks, strict=False):
        shown = np.where(np.asarray(values) > 0, values, np.nan)
        ax.loglog(nudges, shown, look, color=colour, label=name, linewidth=LINE, markersize=5)
    ax.set_xlabel(_(r"nudge $\varepsilon$"))
    ax.set_ylabel(_("error of the measured slope"))
    ax.legend(loc="upper center")
    return figure


@styled
def draw_differences(differences: Mapping[str, float]) -> Figure:
    """Plot the relative difference of several backward passes from the measured gradients.

    Parameters:
        differences: the relative difference by the name of the backward pass.
    """
    alt = _("Relative differences: {parts}.").format(
        parts=_("; ").join(f"{name} {value:.0e}" for name, value in differences.items())
    )
    figure, (ax,) = new_plots(1, 8.4, 0.9 + 0.42 * len(differences), alt)
    places = np.arange(len(differences))[::-1]
    for place, value in zip(places, differences.values(), strict=True):
        right = value < 1e-7
        colour = BLUE if right else VERMILION
        ax.plot([1e-12, value], [place, place], color=colour, linewidth=LINE, zorder=2)
        ax.plot([value], [place], marker="o" if right else "X", color=colour, markersize=9)
        text = f"{value:.0e}"
        write(ax, 3 * value, place, text, SMALL, ha="left")
    for limit in (1e-7, 1e-3):
        ax.axvline(limit, color=FAINT, linestyle=":", linewidth=LINE)
    top = len(differences) - 0.35
    for x, text in ((1e-10, _("right")), (1e-5, _("look closely")), (3e-2, _("a mistake"))):
        write(ax, x, top, text, SMALL, va="bottom", color=INK)
    ax.set_yticks(places, list(differences))
    ax.set_ylim(-0.6, len(differences) + 0.1)
    ax.set_xscale("log")
    ax.set_xlim(1e-12, 50)
    ax.set_xlabel(_("relative difference from the measured gradient"))
    ax.grid(axis="y", visible=False)
    return figure
