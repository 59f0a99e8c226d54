"""How a network starts: random numbers, symmetry, and the size of what each layer computes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.style import (
    BOLD_LINE,
    CURVE_LOOKS,
    FORWARD,
    INK,
    LINE,
    MARKED_LOOKS,
    PAGE,
    PARAMETER,
    SMALL,
    new_plots,
    styled,
    tint,
)
from course.language import _

Array = NDArray[np.float64]


@styled
def draw_random_numbers(count: int = 10_000, seed: int = 1) -> Figure:
    """Plot how the numbers of ``rand`` and of ``randn`` are spread.

    Parameters:
        count: how many numbers to draw of each.
        seed: of the random numbers.
    """
    random = np.random.RandomState(seed)
    alt = _(
        "Histograms: rand spreads its numbers evenly from 0 to 1; randn makes a bell around 0, "
        "with most numbers between -2 and 2."
    )
    figure, axes = new_plots(2, PAGE, 2.7, alt)
    samples = (
        (_("np.random.rand: even between 0 and 1"), random.rand(count), PARAMETER),
        (_("np.random.randn: mean 0, standard deviation 1"), random.randn(count), FORWARD),
    )
    for ax, (title, numbers, colour) in zip(axes, samples, strict=True):
        ax.hist(
            numbers, bins=list(np.arange(-4, 4.01, 0.2)), color=tint(colour, 0.5), edgecolor=colour
        )
        ax.axvline(numbers.mean(), color=INK, linestyle="--", linewidth=LINE)
        ax.text(
            0.02,
            0.95,
            _("mean {mean:.2f} (dashed)\nfrom {lowest:.2f} to {highest:.2f}").format(
                mean=numbers.mean(), lowest=numbers.min(), highest=numbers.max()
            ),
            transform=ax.transAxes,
            va="top",
            fontsize=SMALL,
        )
        ax.set_title(title, fontsize=SMALL + 1.5)
        ax.set_yticks([])
    return figure


@styled
def draw_unit_paths(paths: Mapping[str, ArrayLike]) -> Figure:
    """Plot how the weights of the hidden units move while a network learns.

    Parameters:
        paths: for each kind of start the weights of the units after each step, shape
            (steps, units, 2): two inputs, so that a unit is a point in the plane.

    Raises:
        ValueError: a path has another shape.
    """
    alt = _("The weights of the hidden units as points that move. {parts}").format(
        parts=" ".join(
            _("{name}: {units} at the end.").format(
                name=name, units=_distinct(np.asarray(path)[-1])
            )
            for name, path in paths.items()
        )
    )
    figure, axes = new_plots(len(paths), 9.2, 3.3, alt)
    reach = 0.1
    for ax, (name, path) in zip(axes, paths.items(), strict=True):
        walk = np.asarray(path, dtype=float)
        if walk.ndim != 3 or walk.shape[2] != 2:
            raise ValueError(f"a path has the shape (steps, units, 2), not {walk.shape}")
        reach = max(reach, 1.12 * float(np.abs(walk).max()))
        for unit in range(walk.shape[1]):
            look = CURVE_LOOKS[unit % len(CURVE_LOOKS)]
            # Wider lines lie below, so that units on the same path can all be seen.
            width = 1.8 + 1.8 * (walk.shape[1] - 1 - unit)
            ax.plot(*walk[:, unit].T, linewidth=width, **look)
            ax.plot(*walk[0, unit], marker="o", color=look["color"], markersize=4 + width)
            ax.plot(*walk[-1, unit], marker="s", color=look["color"], markersize=5 + width)
        ax.set_title(
            _("{name}\n{units} at the end").format(name=name, units=_distinct(walk[-1])),
            fontsize=SMALL + 1,
        )
        ax.set_xlabel(_("weight of $x_1$"))
    for ax in axes:
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-reach, reach)
        ax.set_aspect("equal")
    axes[0].set_ylabel(_("weight of $x_2$"))
    return figure


def _distinct(units: Array) -> str:
    """Say how many different units there are."""
    count = len(np.unique(np.round(units, 9), axis=0))
    return (
        _("{count} different units").format(count=count) if count > 1 else _("all units the same")
    )


@styled
def plot_layer_sizes(sizes: Mapping[str, Sequence[float]]) -> Figure:
    """Plot the typical size of what each layer computes, on a logarithmic scale.

    Parameters:
        sizes: for each kind of network a name and one positive number a layer, the first layer
            first.
    """
    parts = (
        f"{name}: {', '.join(f'{value:.1e}' for value in values)}" for name, values in sizes.items()
    )
    alt = _("Typical sizes of Z, layer by layer. {parts}.").format(parts=_("; ").join(parts))
    figure, (ax,) = new_plots(1, 6.8, 3.6, alt)
    _plot_by_layer(ax, sizes, [{**look, "marker": "o"} for look in CURVE_LOOKS], BOLD_LINE)
    ax.set_ylabel(_("typical size of $Z^{[l]}$"))
    ax.legend()
    return figure


@styled
def draw_by_layer(curves: Mapping[str, Sequence[float]], label: str) -> Figure:
    """Plot one number a layer for several networks, on a logarithmic scale.

    Parameters:
        curves: for each network its numbers, those of layer 1 first. Zero has no place on the
            scale; a network of zeros is named in the legend only.
        label: what they are.
    """
    alt = _("{label}, layer by layer. {parts}.").format(
        label=_plain(label),
        parts=_("; ").join(
            _("{name}: from {first:.1e} to {last:.1e}").format(
                name=name, first=values[0], last=values[-1]
            )
            for name, values in curves.items()
        ),
    )
    figure, (ax,) = new_plots(1, 8.4, 3.5, alt)
    _plot_by_layer(ax, curves, MARKED_LOOKS, LINE)
    ax.set_ylabel(label)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=SMALL)
    return figure


def _plot_by_layer(
    ax: Axes, curves: Mapping[str, Sequence[float]], looks: Sequence[Any], linewidth: float
) -> None:
    """Plot one number a layer for each network, on a logarithmic scale."""
    for (name, values), look in zip(curves.items(), looks, strict=False):
        shown = np.where(np.asarray(values) > 0, values, np.nan)
        if np.all(np.isnan(shown)):
            name = _("{name}: zero in every layer").format(name=name)
        ax.plot(range(1, len(values) + 1), shown, label=name, linewidth=linewidth, **look)
    ax.set_yscale("log")
    ax.set_xticks(range(1, max(map(len, curves.values()), default=0) + 1))
    ax.set_xlabel(_("layer $l$"))


@styled
def draw_activation_spreads(
    activations: Mapping[str, Sequence[ArrayLike]], layers: Sequence[int] = (1, 2, 4, 6, 8, 10)
) -> Figure:
    """Draw histograms of the activations, a row for each network and a column for each layer.

    Parameters:
        activations: for each network the activations of all its hidden layers, layer 1 first.
        layers: the numbers of the layers that are shown.

    Raises:
        ValueError: there is no network, or one of them lacks a layer.
    """
    if not activations or max(layers) > min(len(own) for own in activations.values()):
        raise ValueError("every network needs all the layers that are to be shown")
    spreads = {
        name: [float(np.std(np.asarray(own[layer - 1]))) for layer in layers]
        for name, own in activations.items()
    }
    alt = _("Histograms of the activations by layer. {parts}.").format(
        parts=_("; ").join(
            _(
                "{name}: standard deviation {first:.1e} in layer {first_layer}, "
                "{last:.1e} in layer {last_layer}"
            ).format(
                name=_plain(name),
                first=values[0],
                first_layer=layers[0],
                last=values[-1],
                last_layer=layers[-1],
            )
            for name, values in spreads.items()
        )
    )
    rows = len(activations)
    figure, axes = new_plots(len(layers), PAGE, 1.35 * rows + 0.5, alt, rows)
    for row, (name, own) in enumerate(activations.items()):
        of_row = axes[row * len(layers) :]
        for column, (ax, layer) in enumerate(zip(of_row, layers, strict=False)):
            values = np.asarray(own[layer - 1]).ravel()
            ax.hist(
                values,
                bins=list(np.linspace(-1, 1, 42)),
                facecolor=tint(FORWARD, 0.6),
                edgecolor=FORWARD,
                linewidth=0.4,
            )
            ax.set_xlim(-1.05, 1.05)
            ax.set_yticks([])
            ax.set_xticks([-1, 0, 1])
            ax.grid(False)
            ax.spines["left"].set_visible(False)
            spread = _("spread {spread:.2g}").format(spread=spreads[name][column])
            heading = (
                _("layer {layer}\n{spread}").format(layer=layer, spread=spread)
                if row == 0
                else spread
            )
            ax.set_title(heading, fontsize=SMALL - 1)
        of_row[0].set_ylabel(name, rotation=0, ha="right", va="center", fontsize=SMALL)
    return figure


def _plain(label: str) -> str:
    """A label as text to be read aloud, without the marks of a formula."""
    for mark, text in (
        ("\\sqrt", _("root of") + " "),
        ("\\,", " "),
        ("^{[l]}", " " + _("of layer l")),
    ):
        label = label.replace(mark, text)
    return " ".join(label.translate(str.maketrans("", "", "${}")).split())
