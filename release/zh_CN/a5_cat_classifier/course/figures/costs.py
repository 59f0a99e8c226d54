"""What the records of a training show: cost curves, accuracies, sizes of gradients."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import NDArray

from course.figures.style import (
    BACKWARD,
    BLUE,
    CURVE_LOOKS,
    FAINT,
    FORWARD,
    INK,
    LINE,
    ORANGE,
    PAGE,
    SMALL,
    new_plots,
    short_number,
    styled,
    tint,
)
from course.language import _

MANY = 1e6
"""Of a larger cost a picture says only that it is larger: its digits would not fit anywhere."""


@styled
def plot_costs(costs: Sequence[float], learning_rate: float = 0.0075, every: int = 100) -> Figure:
    """Plot a cost curve.

    Parameters:
        costs: the recorded costs, the first one before any update.
        learning_rate: the learning rate, for the title.
        every: the number of iterations between two recorded costs.
    """
    values = _plain(costs)
    figure, (ax,) = new_plots(1, 6.2, 3.6, _("A curve of {costs}.").format(costs=_from_to(values)))
    _cost_axes(ax)
    ax.plot(every * np.arange(values.size), values, color=BLUE, marker="o", markersize=4)
    ax.set_title(
        _(r"learning rate $\alpha = {learning_rate:g}$").format(learning_rate=learning_rate)
    )
    return figure


@styled
def plot_cost_curves(curves: Mapping[str, Sequence[float]], every: int = 100) -> Figure:
    """Plot several cost curves in one picture.

    Parameters:
        curves: name and recorded costs of each training.
        every: the number of iterations between two recorded costs.
    """
    figure, (ax,) = new_plots(1, 6.8, 3.8, _curves_in_words(curves))
    _draw_cost_curves(ax, curves, every)
    return figure


@styled
def plot_comparison(
    curves: Mapping[str, Sequence[float]],
    accuracies: Mapping[str, tuple[float, float]],
    baseline: float | None = None,
    every: int = 100,
) -> Figure:
    """Compare networks: their cost curves beside their accuracies.

    Parameters:
        curves: name and recorded costs of each network.
        accuracies: name and accuracies of each network, on the training set and on the test set,
            from 0 to 1.
        baseline: the accuracy on the test set of the simplest possible answer, from 0 to 1; drawn
            as a line.
        every: the number of iterations between two recorded costs.
    """
    reached = (
        _("{name} {train:.1%} on the training set and {test:.1%} on the test set").format(
            name=name, train=train, test=test
        )
        for name, (train, test) in accuracies.items()
    )
    alt = _curves_in_words(curves) + " "
    alt += _("Accuracies: {parts}.").format(parts=_(", ").join(reached))
    figure, (left, right) = new_plots(2, PAGE, 3.9, alt)
    _draw_cost_curves(left, curves, every)
    left.set_title(_("cost on the training set"))

    places = np.arange(len(accuracies))
    parts = ((_("training set"), BLUE, "", -0.2), (_("test set"), ORANGE, "//", 0.2))
    for part, (label, colour, hatch, shift) in enumerate(parts):
        heights = [pair[part] for pair in accuracies.values()]
        bars = right.bar(
            places + shift,
            heights,
            0.36,
            label=label,
            facecolor=tint(colour, 0.5),
            edgecolor=colour,
            linewidth=LINE,
            hatch=hatch,
            zorder=2,
        )
        right.bar_label(bars, [f"{height:.1%}" for height in heights], padding=2, fontsize=SMALL)
    if baseline is not None:
        look: Any = {"color": INK, "linestyle": "--", "linewidth": LINE, "zorder": 3}
        right.axhline(baseline, label=_("one answer for all"), **look)
    right.set_title(_("accuracy"))
    right.set_xticks(places, list(accuracies))
    right.set_ylim(0, 1.12)
    right.set_yticks(np.arange(0, 1.01, 0.2))
    right.yaxis.set_major_formatter(PercentFormatter(1))
    right.grid(axis="x", visible=False)
    handles = [*right.containers, *right.lines]
    right.legend(
        handles=handles, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3, fontsize=SMALL
    )
    return figure


@styled
def draw_cost_signatures(
    curves: Mapping[str, Sequence[float]], columns: int = 3, top: float = 1.5
) -> Figure:
    """Plot cost curves side by side, all on the same scale: one healthy, the others not.

    Parameters:
        curves: name and costs of each run; the first one is drawn in every plot, for comparison.
        columns: plots in a row.
        top: the largest cost that is shown; a curve that leaves the plot gets a note.

    Raises:
        ValueError: no curve.
    """
    if not curves:
        raise ValueError("give at least one curve")
    names = list(curves)
    alt = _("Cost curves. {parts}.").format(
        parts=_("; ").join(
            _("{name}: from {first} to {last}, at most {highest}").format(
                name=name,
                first=_brief(costs[0]),
                last=_brief(costs[-1]),
                highest=_brief(max(costs)),
            )
            for name, costs in curves.items()
        )
    )
    rows = -(-len(names) // columns)
    figure, axes = new_plots(columns, PAGE, 2.35 * rows + 0.1, alt, rows, shared=True)
    healthy = np.asarray(curves[names[0]], dtype=float)
    for ax, name in zip(axes, names, strict=False):
        costs = np.asarray(curves[name], dtype=float)
        is_first = name == names[0]
        if not is_first:
            ax.plot(healthy, color=FAINT, linestyle=":", linewidth=LINE)
        ax.plot(costs, color=FORWARD if is_first else BACKWARD)
        ax.set_title(name, fontsize=SMALL + 1)
        if costs.max() > top:
            ax.text(
                0.97,
                0.93,
                _("up to {highest}").format(highest=short_number(costs.max()))
                if costs.max() < MANY
                else _("more than {limit}").format(limit=short_number(MANY)),
                ha="right",
                va="top",
                transform=ax.transAxes,
                fontsize=SMALL,
                bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5},
            )
    for ax in axes[len(names) :]:
        ax.set_visible(False)
    axes[0].set_ylim(0, top)
    for ax in axes[::columns]:
        ax.set_ylabel(_("cost"))
    for ax in axes[-columns:]:
        ax.set_xlabel(_("iteration"))
    return figure


@styled
def draw_training_log(
    steps: Sequence[int],
    costs: Sequence[float],
    accuracies: Mapping[str, Sequence[float]],
    sizes: Mapping[str, Sequence[float]],
) -> Figure:
    """Plot a log of a training run: cost, accuracies, and the sizes of the gradients.

    Parameters:
        steps: the iterations at which the log was written.
        costs: the cost at each of them.
        accuracies: name and accuracies (from 0 to 1), e.g. of the training set and the test set.
        sizes: name and lengths of gradients, one curve for each layer.
    """
    ends = _("; ").join(f"{name} {values[-1]:.1%}" for name, values in accuracies.items())
    alt = _(
        "A training log of {count} entries. The cost goes from {first:.3f} to "
        "{last:.3f}. Accuracy at the end: {ends}. Right: the sizes of the gradients."
    ).format(count=len(steps), first=costs[0], last=costs[-1], ends=ends)
    figure, (left, middle, right) = new_plots(3, PAGE, 3.5, alt)
    left.plot(steps, costs, color=FORWARD)
    left.set_title(_("cost"))
    left.set_ylim(bottom=0)
    for ax, curves in ((middle, accuracies), (right, sizes)):
        for (name, values), look in zip(curves.items(), CURVE_LOOKS, strict=False):
            ax.plot(steps, values, label=name, linewidth=LINE + 0.4, **look)
        ax.legend(fontsize=SMALL, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
    middle.set_title(_("accuracy"))
    middle.set_ylim(0, 1.05)
    right.set_title(_("size of the gradients"))
    right.set_yscale("log")
    for ax in (left, middle, right):
        ax.set_xlabel(_("iteration"))
    return figure


def _brief(cost: float) -> str:
    return short_number(cost) if cost < MANY else f"{cost:.0e}"


def _from_to(values: NDArray[np.float64]) -> str:
    """Say in words where a cost curve begins and ends."""
    if not values.size:
        return _("no costs")
    return _("{count} costs, from {first:.3f} to {last:.3f}").format(
        count=values.size, first=values[0], last=values[-1]
    )


def _curves_in_words(curves: Mapping[str, Sequence[float]]) -> str:
    """Describe cost curves for readers who cannot see them."""
    parts = (f"{name}: {_from_to(_plain(costs))}" for name, costs in curves.items())
    return _("Cost curves. {parts}.").format(parts=_("; ").join(parts))


def _plain(costs: Sequence[Any]) -> NDArray[np.float64]:
    """Return costs as a row of numbers, also where each one is an array of one element."""
    return np.array([np.asarray(cost, dtype=float).item() for cost in costs])


def _cost_axes(ax: Axes) -> None:
    """Name the axes of a cost curve."""
    ax.set_xlabel(_("iteration"))
    ax.set_ylabel(_("cost"))


def _draw_cost_curves(ax: Axes, curves: Mapping[str, Sequence[float]], every: int) -> None:
    """Plot cost curves with a legend; colours and line styles repeat after five curves."""
    _cost_axes(ax)
    for number, (name, costs) in enumerate(curves.items()):
        values, look = _plain(costs), CURVE_LOOKS[number % len(CURVE_LOOKS)]
        ax.plot(every * np.arange(values.size), values, label=name, **look)
    ax.set_ylim(bottom=0)
    ax.legend()
