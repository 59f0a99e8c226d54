"""Pictures of how a network begins: what its layers make of the first examples, and what learns.

A notebook cell that ends with, say, ``draw_by_layer(curves, "size")`` shows the picture below it.
Every function returns a Matplotlib ``Figure``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.style import (
    BLUE,
    FAINT,
    FORWARD,
    GREEN,
    LINE,
    ORANGE,
    PURPLE,
    SMALL,
    STYLE,
    VERMILION,
    Drawing,
    new_plots,
    tint,
)
from course.networks.layered import ACTIVATIONS, LayeredNetwork, random_parameters

__all__ = ["draw_activation_spreads", "draw_by_layer", "draw_spread_at"]

Array = NDArray[np.float64]
NAMES = {"relu": "ReLU", "leaky_relu": "leaky ReLU"}
LOOKS = ((BLUE, "o-"), (ORANGE, "s--"), (GREEN, "^-."), (PURPLE, "D:"), (VERMILION, "v-"))


@rc_context(STYLE)
def draw_by_layer(curves: Mapping[str, Sequence[float]], label: str) -> Figure:
    """Plot one number a layer for several networks, on a logarithmic scale.

    Arguments:
        curves: for each network its numbers, those of layer 1 first. Zero has no place on the
            scale; a network of zeros is named in the legend only.
        label: what they are.

    Returns:
        The figure.
    """
    alt = f"{_plain(label)}, layer by layer. " + "; ".join(
        f"{name}: from {values[0]:.1e} to {values[-1]:.1e}" for name, values in curves.items()
    )
    figure, (ax,) = new_plots(1, 8.4, 3.5, alt + ".")
    layers = 0
    for (name, values), (colour, look) in zip(curves.items(), LOOKS, strict=False):
        layers = max(layers, len(values))
        shown = np.where(np.asarray(values) > 0, values, np.nan)
        if np.all(np.isnan(shown)):
            name += ": zero in every layer"
        ax.plot(range(1, len(values) + 1), shown, look, color=colour, label=name, linewidth=LINE)
    ax.set_yscale("log")
    ax.set_xticks(range(1, layers + 1))
    ax.set_xlabel("layer $l$")
    ax.set_ylabel(label)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=SMALL)
    return figure


@rc_context(STYLE)
def draw_activation_spreads(
    activations: Mapping[str, Sequence[ArrayLike]], layers: Sequence[int] = (1, 2, 4, 6, 8, 10)
) -> Figure:
    """Draw histograms of the activations, a row for each network and a column for each layer.

    Arguments:
        activations: for each network the activations of all its hidden layers, layer 1 first.
        layers: the numbers of the layers that are shown.

    Returns:
        The figure.

    Raises:
        ValueError: there is no network, or a layer that it has not.
    """
    if not activations or max(layers) > min(len(own) for own in activations.values()):
        raise ValueError("every network needs all the layers that are to be shown")
    spreads = {
        name: [float(np.std(np.asarray(own[layer - 1]))) for layer in layers]
        for name, own in activations.items()
    }
    alt = "Histograms of the activations by layer. " + "; ".join(
        f"{_plain(name)}: standard deviation {values[0]:.1e} in layer {layers[0]}, "
        f"{values[-1]:.1e} in layer {layers[-1]}"
        for name, values in spreads.items()
    )
    figure = Drawing(
        figsize=(9.2, 1.35 * len(activations) + 0.5),
        layout="constrained",
    )
    figure.alt = alt + "."
    axes = figure.subplots(len(activations), len(layers), squeeze=False)
    for row, (name, own) in enumerate(activations.items()):
        for column, layer in enumerate(layers):
            ax = axes[row, column]
            values = np.asarray(own[layer - 1]).ravel()
            ax.hist(
                values,
                bins=np.linspace(-1, 1, 42),
                facecolor=tint(FORWARD, 0.6),
                edgecolor=FORWARD,
                linewidth=0.4,
            )
            ax.set_xlim(-1.05, 1.05)
            ax.set_yticks([])
            ax.set_xticks([-1, 0, 1])
            ax.grid(False)
            ax.spines["left"].set_visible(False)
            spread = f"spread {spreads[name][column]:.2g}"
            heading = f"layer {layer}\n{spread}" if row == 0 else spread
            ax.set_title(heading, fontsize=SMALL - 1)
        axes[row, 0].set_ylabel(name, rotation=0, ha="right", va="center", fontsize=SMALL)
    return figure


@rc_context(STYLE)
def draw_spread_at(factor: float = 1.0, hidden: str = "relu", layers: int = 10) -> Figure:
    """Plot the size of the activations and of the gradients by layer, for one scale of the weights.

    The weights have the standard deviation ``factor / sqrt(n_prev)``; all layers have 50 units, and
    the 200 examples and their labels are random.

    Arguments:
        factor: the scale of the weights.
        hidden: the activation function of the hidden layers.
        layers: how many hidden layers there are.

    Returns:
        The figure. A good slider moves ``factor`` from 0.3 to 3.

    Raises:
        ValueError: there is no such activation function.
    """
    if hidden not in ACTIVATIONS:
        raise ValueError(f"{hidden!r} is none of {', '.join(ACTIVATIONS)}")
    random = np.random.default_rng(0)
    X = random.standard_normal((50, 200))
    Y = random.integers(0, 2, (1, 200))
    sizes = [50] * (layers + 1) + [1]
    parameters = random_parameters(sizes, lambda n_prev: factor / np.sqrt(n_prev))
    network = LayeredNetwork(parameters, hidden)
    values = [float(np.sqrt(np.mean(a**2))) for _, a in network.layers(X)[:-1]]
    slopes = network.gradients(X, Y)
    steps = [float(np.sqrt(np.mean(slopes[f"dW{l}"] ** 2))) for l in range(1, layers + 1)]
    name = NAMES.get(hidden, hidden)
    alt = (
        f"{layers} {name} layers: with factor {factor:g} the activations go from {values[0]:.1e} "
        f"in layer 1 to {values[-1]:.1e} in layer {layers}, the gradients from {steps[0]:.1e} to "
        f"{steps[-1]:.1e}."
    )
    figure, (left, right) = new_plots(2, 9.2, 3.2, alt)
    numbers = range(1, layers + 1)
    left.plot(numbers, values, "o-", color=FORWARD, linewidth=LINE)
    left.set_title("typical size of $A^{[l]}$")
    right.plot(numbers, steps, "s--", color=VERMILION, linewidth=LINE)
    right.set_title("typical size of $dW^{[l]}$")
    # The same scale for every factor, so that the slider moves the points and not the axes.
    left.set_ylim(1e-10, 1e8)
    right.set_ylim(1e-16, 1e6)
    left.axhline(1, color=FAINT, linewidth=LINE, linestyle=":")
    for ax in (left, right):
        ax.set_yscale("log")
        ax.set_xticks(list(numbers))
        ax.set_xlabel("layer $l$")
    figure.suptitle(
        f"{name}, weights with standard deviation ${factor:g}\\,/\\sqrt{{n^{{[l-1]}}}}$",
        fontsize=SMALL + 1,
    )
    return figure


def _plain(label: str) -> str:
    """A label as text to be read aloud, without the marks of a formula."""
    for mark, text in (("\\sqrt", "root of "), ("\\,", " "), ("^{[l]}", " of layer l")):
        label = label.replace(mark, text)
    return " ".join(label.translate(str.maketrans("", "", "${}")).split())
