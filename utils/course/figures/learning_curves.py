"""Curves to choose by: what was measured on the training set, and on examples not trained with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike, NDArray

from course.figures.style import (
    CURVE_LOOKS,
    INK,
    LINE,
    MARKED_LOOKS,
    PAGE,
    SMALL,
    new_plots,
    styled,
    tint,
)
from course.language import _

_LOOKS = dict(zip(("training", "dev", "test"), MARKED_LOOKS, strict=False))


@styled
def draw_learning_curves(
    steps: Sequence[int],
    costs: Mapping[str, Sequence[float]],
    accuracies: Mapping[str, Sequence[float]],
    best: bool = False,
) -> Figure:
    """Plot cost and accuracy during a training, on the examples trained with and on others.

    Parameters:
        steps: the iterations at which they were measured.
        costs: ``"training"``, and ``"dev"`` or ``"test"``: the cost at each of the steps.
        accuracies: the same for the accuracies, from 0 to 1.
        best: whether the lowest cost of the other set is marked.
    """
    sets = _names_of_sets()
    ends = _("; ").join(
        _("{name}: cost {cost:.2f}, accuracy {accuracy:.0%}").format(
            name=sets[_set_of(name)], cost=values[-1], accuracy=accuracies[name][-1]
        )
        for name, values in costs.items()
    )
    alt = _("Curves of a training. At the end, {ends}.").format(ends=ends)
    figure, (left, right) = new_plots(2, PAGE, 3.5, alt)
    for ax, curves in ((left, costs), (right, accuracies)):
        for name, values in curves.items():
            look = {**_LOOKS[_set_of(name)], "marker": ""}
            ax.plot(steps, values, label=sets[_set_of(name)], **look)
        ax.set_xlabel(_("iteration"))
        ax.legend()
    left.set_title(_("cost"))
    left.set_ylim(bottom=0)
    right.set_title(_("accuracy"))
    right.set_ylim(0.4, 1.03)
    right.yaxis.set_major_formatter(PercentFormatter(1))
    if best:
        name, values = list(costs.items())[-1]
        lowest = int(np.argmin(values))
        figure.alt += " " + _("{name}: the cost is lowest after {steps} iterations.").format(
            name=sets[_set_of(name)], steps=steps[lowest]
        )
        for ax in (left, right):
            ax.axvline(steps[lowest], color=INK, linestyle=":", linewidth=LINE)
        left.annotate(
            _("lowest"),
            (steps[lowest], values[lowest]),
            (8, -14),
            textcoords="offset points",
            fontsize=SMALL,
        )
    return figure


@styled
def draw_by_strength(
    strengths: Sequence[float],
    measured: Mapping[str, ArrayLike],
    label: str,
    quantity: str = "accuracy",
    chosen: float | None = None,
) -> Figure:
    """Plot what was measured for several values of a hyperparameter, and how far it scatters.

    Parameters:
        strengths: the values of the hyperparameter, in order; their distances are not drawn.
        measured: ``"training"``, ``"dev"`` or ``"test"``: for each value one number, or a row of
            numbers, one for each training; the curve is their mean, and each is a small point.
        label: what the hyperparameter is called, below the axis.
        quantity: what was measured; accuracies, from 0 to 1, are written in per cent.
        chosen: the value that is marked.
    """
    rows = {name: _rows(values) for name, values in measured.items()}
    sets = _names_of_sets()
    parts = _("; ").join(
        sets[_set_of(name)]
        + " "
        + _(", ").join(
            f"{value:g}: {mean:.2f}"
            for value, mean in zip(strengths, row.mean(axis=1), strict=True)
        )
        for name, row in rows.items()
    )
    alt = _("{quantity} by {label}: {parts}.").format(
        quantity=_(quantity), label=label, parts=parts
    )
    figure, (ax,) = new_plots(1, 7.2, 3.8, alt)
    places = np.arange(len(strengths))
    for number, (name, row) in enumerate(rows.items()):
        look = {**_LOOKS[_set_of(name)], "markersize": 7, "linewidth": LINE}
        ax.plot(places, row.mean(axis=1), label=sets[_set_of(name)], **look)
        if row.shape[1] > 1:
            shifted = np.repeat(places[:, np.newaxis] + 0.06 * (number - 1), row.shape[1], axis=1)
            colour, marker = tint(look["color"], 0.6), look["marker"]
            ax.scatter(shifted, row, s=12, color=[colour], marker=marker, zorder=1)
    if chosen is not None:
        ax.axvline(list(strengths).index(chosen), color=INK, linestyle=":", linewidth=LINE)
    ax.set_xticks(places, [f"{value:g}" for value in strengths])
    ax.set_xlabel(label)
    ax.set_ylabel(_(quantity))
    if quantity == "accuracy":
        ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


def _set_of(name: str) -> str:
    """Which set is meant: notebooks name it in English, and a drawing may get it translated."""
    return next((known for known in _LOOKS if name in (known, _(known))), name)


def _names_of_sets() -> dict[str, str]:
    """What the sets are called in a picture."""
    return {"training": _("training set"), "dev": _("dev set"), "test": _("test set")}


def _rows(values: ArrayLike) -> NDArray[np.float64]:
    found = np.asarray(values, dtype=float)
    return found.reshape(len(found), -1)


@styled
def draw_by_epoch(curves: Mapping[str, tuple[Sequence[float], int]], top: float = 0.8) -> Figure:
    """Plot the costs of single steps against epochs: the smaller the batches, the rougher.

    Parameters:
        curves: for each training the costs of its steps, and how many steps an epoch has.
        top: the largest cost that is shown.
    """
    parts = _("; ").join(
        _("{name}, {steps} steps an epoch, in the last epoch from {low:.2f} to {high:.2f}").format(
            name=name,
            steps=per_epoch,
            low=min(costs[-per_epoch:]),
            high=max(costs[-per_epoch:]),
        )
        for name, (costs, per_epoch) in curves.items()
    )
    alt = _("The cost of each step by epoch: {parts}.").format(parts=parts)
    figure, axes = new_plots(len(curves), PAGE, 3.1, alt, shared=True)
    for ax, (name, (costs, per_epoch)), look in zip(
        axes, curves.items(), CURVE_LOOKS, strict=False
    ):
        ax.plot(np.arange(len(costs)) / per_epoch, costs, color=look["color"], linewidth=1.0)
        ax.set_title(name)
        ax.set_xlabel(_("epoch"))
    axes[0].set_ylabel(_("cost of the step"))
    axes[0].set_ylim(0, top)
    return figure
