"""Gradient descent: its steps on a curve, and its paths on the cost of two parameters.

Slopes are measured here, never derived: a value is made a little larger and a little smaller, and
the change of the result is looked at. So nothing computes what an exercise asks for.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.losses import cross_entropy
from course.figures.style import (
    BACKWARD,
    BLUE,
    CURVE_LOOKS,
    FAINT,
    GREEN,
    INK,
    LINE,
    PAGE,
    PURPLE,
    SMALL,
    VERMILION,
    new_plots,
    shades,
    styled,
    tint,
)
from course.language import _

Array = NDArray[np.float64]


Cost = Callable[[ArrayLike, ArrayLike], Array]


Path = Sequence[tuple[float, float]] | Array


NUDGE = 1e-5  # by how much a parameter is changed to measure a slope
PATH_LOOKS: Any = (
    {"color": VERMILION, "linestyle": "-", "marker": "o"},
    {"color": PURPLE, "linestyle": "--", "marker": "s"},
    {"color": GREEN, "linestyle": "-.", "marker": "^"},
)


@styled
def draw_gradient_step(learning_rates: Sequence[float] = (0.05, 0.3, 1.05)) -> Figure:
    """Plot a few steps of gradient descent on the cost J(w) = w^2, one plot a learning rate.

    Parameters:
        learning_rates: the step sizes to compare, one to four of them.

    Raises:
        ValueError: no learning rate, or more than four.
    """
    if not 1 <= len(learning_rates) <= 4:
        raise ValueError("give one to four learning rates")
    alt = _("Five steps of gradient descent each with learning rates {rates}.").format(
        rates=tuple(learning_rates)
    )
    figure, axes = new_plots(len(learning_rates), 3.1 * len(learning_rates), 3.1, alt)
    for ax, rate in zip(axes, learning_rates, strict=True):
        w = -2.0 * (1 - 2 * rate) ** np.arange(6)  # the gradient of w^2 is 2 w
        reach = max(3.2, 1.1 * float(np.abs(w).max()))
        curve = np.linspace(-reach, reach, 200)
        ax.plot(curve, curve**2, color=FAINT, linewidth=LINE)
        ax.plot(w, w**2, color=BACKWARD, marker="o", linewidth=LINE)
        ax.annotate(
            _("start"),
            (w[0], w[0] ** 2),
            textcoords="offset points",
            xytext=(-8, -3),
            ha="right",
            fontsize=SMALL,
        )
        ax.set_title(rf"$\alpha = {rate:g}$")
        ax.set_xlabel(_("parameter $w$"))
        ax.set_yticks([])
    axes[0].set_ylabel(_("cost $J(w)$"))
    return figure


def cost_of_points(x: ArrayLike, y: ArrayLike) -> Cost:
    """Make the cost of logistic regression with one feature, as a function of w and b.

    Parameters:
        x: the feature of each example.
        y: the labels 0 or 1, one for each example.

    Returns:
        A function of w and b, numbers or arrays of one shape, that gives the mean cross-entropy of
        all examples for each pair.
    """
    features, labels = np.asarray(x, dtype=float).ravel(), np.asarray(y, dtype=float).ravel()

    def cost(w: ArrayLike, b: ArrayLike) -> Array:
        z = np.multiply.outer(np.asarray(w, dtype=float), features)
        z = z + np.asarray(b, dtype=float)[..., np.newaxis]
        return np.asarray(np.mean(cross_entropy(z, labels), axis=-1))

    return cost


def descend(cost: Cost, start: tuple[float, float], learning_rate: float, steps: int) -> Array:
    """Walk down a cost of two parameters, along slopes that are measured, not derived.

    Parameters:
        cost: the cost as a function of w and b.
        start: w and b at the beginning.
        learning_rate: the size of the steps.
        steps: the number of steps.

    Returns:
        The places on the way, shape (steps + 1, 2).
    """
    places = [np.array(start, dtype=float)]
    for _step in range(steps):
        here = places[-1]
        slopes = [
            float(cost(*(here + nudge)) - cost(*(here - nudge))) / (2 * NUDGE)
            for nudge in NUDGE * np.eye(2)
        ]
        places.append(here - learning_rate * np.array(slopes))
    return np.array(places)


@styled
def draw_cost_surface(
    cost: Cost,
    paths: Mapping[str, Path] | None = None,
    w_range: tuple[float, float] = (-4.0, 4.0),
    b_range: tuple[float, float] = (-4.0, 4.0),
    levels: int = 14,
    surface: bool = True,
) -> Figure:
    """Draw a cost over two parameters, as a landscape and as a map, with paths of descent.

    Parameters:
        cost: the cost as a function of w and b, which may be arrays of one shape;
            ``cost_of_points`` makes one.
        paths: name and places (w, b) of up to three paths, e.g. what ``descend`` returns.
        w_range, b_range: the smallest and largest w and b to show.
        levels: the number of contour lines on the map.
        surface: whether to draw the landscape beside the map.

    Raises:
        ValueError: there are more than three paths.
    """
    paths = paths or {}
    if len(paths) > len(PATH_LOOKS):
        raise ValueError(f"up to {len(PATH_LOOKS)} paths can be told apart, not {len(paths)}")
    w, b = np.meshgrid(np.linspace(*w_range, 121), np.linspace(*b_range, 121))
    height = cost(w, b)
    alt = _("The cost over w and b: a valley, from {lowest:.2g} to {highest:.2g}.").format(
        lowest=height.min(), highest=height.max()
    )
    ways = {name: np.asarray(path, dtype=float).reshape(-1, 2) for name, path in paths.items()}
    for name, way in ways.items():
        ends = [float(cost(*way[end])) for end in (0, -1)]
        alt += " " + _("Path {name}: {steps} steps, from cost {first:.3g} to {last:.3g}.").format(
            name=name, steps=len(way) - 1, first=ends[0], last=ends[1]
        )
    figure, axes = new_plots(2 if surface else 1, PAGE if surface else 5.6, 4.2, alt)
    colours = shades(tint(BLUE, 0.05), tint(BLUE, 0.75))
    ax = axes[-1]
    ax.contourf(w, b, height, levels=levels, cmap=colours)
    lines = ax.contour(w, b, height, levels=levels, colors=FAINT, linewidths=0.6)
    heights = list(np.asarray(lines.levels)[::3])
    for label in ax.clabel(lines, heights, fontsize=SMALL - 1.5, colors=INK):
        inside = ax.transLimits.transform(label.get_position())
        label.set_visible(bool(np.all((inside > 0.05) & (inside < 0.95))))
    ax.grid(visible=False)
    ax.set(xlabel="$w$", ylabel="$b$", title=_("as a map"), xlim=w_range, ylim=b_range)
    for (name, way), look in zip(ways.items(), PATH_LOOKS, strict=False):
        ax.plot(*way.T, linewidth=1.2, markersize=3, **look)
        ax.plot([], [], label=name, **look)
    if ways:
        ax.legend(loc="best", fontsize=SMALL, frameon=True, facecolor="white", framealpha=0.85)
    if surface:
        _draw_landscape(figure, axes[0], (w, b, height), ways, cost, colours)
    return figure


def _draw_landscape(
    figure: Figure,
    flat: Axes,
    grid: tuple[Array, Array, Array],
    ways: Mapping[str, Array],
    cost: Cost,
    colours: Colormap,
) -> None:
    """Draw the surface in perspective, in the place of an ordinary plot."""
    place = flat.get_subplotspec()
    flat.remove()
    # Any: Matplotlib's type hints do not know the methods of axes in three dimensions.
    ax = figure.add_subplot(place, projection="3d")
    ax.plot_surface(*grid, cmap=colours, rstride=4, cstride=4, linewidth=0.2, edgecolor=FAINT)
    for way, look in zip(ways.values(), PATH_LOOKS, strict=False):
        raised = cost(way[:, 0], way[:, 1]) + 0.01 * np.ptp(grid[2])
        low, high = (end(grid[:2], axis=(1, 2)) for end in (np.min, np.max))
        shown = np.where(np.all((low <= way) & (way <= high), axis=1), raised, np.nan)
        ax.plot(*way.T, shown, linewidth=LINE, markersize=2.5, zorder=10, **look)
    ax.set(xlabel="$w$", ylabel="$b$", title=_("as a landscape"))
    ax.set_zlabel(_("cost $J$"))
    ax.view_init(elev=32, azim=-58)
    ax.set_box_aspect(None, zoom=0.88)


@styled
def draw_separable_descent(paths: Mapping[str, Array]) -> Figure:
    """Plot how the weight and the cost change along descents of the cost of w and b.

    Parameters:
        paths: for each data set its name and the places (w, b, cost) after each step, shape
            (steps + 1, 3). Up to two.
    """
    parts = [
        _("{name}: weight {weight:.1f}, cost {cost:.3f}").format(
            name=name, weight=path[-1, 0], cost=path[-1, 2]
        )
        for name, path in paths.items()
    ]
    alt = _("The weight and the cost during gradient descent. At the end: {parts}.").format(
        parts=_("; ").join(parts)
    )
    figure, (left, right) = new_plots(2, PAGE, 3.3, alt)
    for (name, path), look in zip(paths.items(), CURVE_LOOKS, strict=False):
        left.plot(path[:, 0], label=name, **look)
        right.plot(path[:, 2], label=name, **look)
    left.set_ylabel(_("weight $w$"))
    right.set_ylabel(_("cost $J$"))
    right.set_ylim(bottom=0)
    for ax in (left, right):
        ax.set_xlabel(_("steps"))
    left.legend(loc="upper left", fontsize=SMALL)
    return figure
