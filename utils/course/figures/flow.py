"""Drawings of what flows through a network: values forward, gradients back.

A notebook cell that ends with, say, ``draw_layer_pair()`` shows the picture below it. Every
function returns a Matplotlib ``Figure``.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib import rc_context
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.parts import arrow, box, card, unit
from course.figures.planar import RESPONSES
from course.figures.style import (
    BACKWARD,
    CACHE,
    FAINT,
    FORWARD,
    INK,
    LINE,
    PARAMETER,
    SMALL,
    STYLE,
    TEXT,
    TITLE,
    new_canvas,
    new_plots,
)
from course.networks.layered import ACTIVATIONS, LayeredNetwork

__all__ = ["draw_layer_pair", "draw_unit_in_plane", "draw_values"]

Array = NDArray[np.float64]


@rc_context(STYLE)
def draw_unit_in_plane(
    weight_1: float = 1.0, weight_2: float = 1.0, bias: float = 0.0, activation: str = "tanh"
) -> Figure:
    """Draw what one unit with two inputs answers everywhere in the plane.

    Arguments:
        weight_1, weight_2: its weights.
        bias: its bias.
        activation: the name of its activation function, one of ``layered_network.ACTIVATIONS``.

    Returns:
        The figure.

    Raises:
        ValueError: there is no such activation function.
    """
    if activation not in ACTIVATIONS:
        raise ValueError(f"{activation!r} is none of {', '.join(ACTIVATIONS)}")
    length = float(np.hypot(weight_1, weight_2))
    where = (
        f"its line lies {abs(bias) / length:.1f} from the origin"
        if length
        else "it has no line, for both weights are zero"
    )
    alt = (
        f"The plane coloured by the activation of one {activation} unit with weights {weight_1:g} "
        f"and {weight_2:g} and bias {bias:g}: {where}."
    )
    figure, (ax,) = new_plots(1, 5.4, 4.3, alt)
    side = np.linspace(-3, 3, 161)
    across, up = np.meshgrid(side, side)
    z = weight_1 * across + weight_2 * up + bias
    reach = 1.0 if activation in ("tanh", "sigmoid") else 5.0
    answers = ACTIVATIONS[activation][0](z)
    shown = ax.pcolormesh(
        across, up, answers, cmap=RESPONSES, vmin=-reach, vmax=reach, rasterized=True
    )
    bar = figure.colorbar(shown, ax=ax, shrink=0.85)
    bar.set_label("activation $a$")
    if z.min() < 0 < z.max():
        ax.contour(across, up, z, levels=[0], colors=INK, linewidths=LINE)
    if length:
        # From the point of the line that is nearest to the origin.
        foot = -bias * np.array([weight_1, weight_2]) / length**2
        if np.abs(foot).max() < 3:
            tip = foot + np.array([weight_1, weight_2]) / length
            ax.annotate(
                "",
                xy=(tip[0], tip[1]),
                xytext=(foot[0], foot[1]),
                arrowprops={"arrowstyle": "-|>", "color": PARAMETER, "linewidth": 2.5},
            )
    ax.set_xlim(-3, 3)
    ax.set_ylim(-3, 3)
    ax.set_aspect("equal")
    ax.grid(False)
    ax.set_xlabel("$x_1$")
    ax.set_ylabel("$x_2$", rotation=0, labelpad=8)
    formula = f"$z = {weight_1:g}\\,x_1 {weight_2:+g}\\,x_2 {bias:+g}$"
    ax.set_title(formula)
    return figure


@rc_context(STYLE)
def draw_values(parameters: Mapping[str, Array], x: ArrayLike, hidden: str = "relu") -> Figure:
    """Draw a network with the value of every unit for one example.

    Arguments:
        parameters: ``"W1"``, ``"b1"``, ... of a network with at most 5 units a layer.
        x: the example, n_x numbers.
        hidden: the activation function of the hidden layers.

    Returns:
        The figure. Thick lines carry much: the value at their beginning times their weight;
        dashed ones carry a negative amount.

    Raises:
        ValueError: a layer is too large to be drawn.
    """
    example = np.asarray(x, dtype=float).reshape(-1, 1)
    network = LayeredNetwork(parameters, hidden)
    columns = [example, *(a for _, a in network.layers(example))]
    sizes = [len(column) for column in columns]
    if max(sizes) > 5:
        raise ValueError("a layer of more than 5 units cannot be drawn")
    shown = "; ".join(
        f"layer {l}: {', '.join(f'{float(value):.2f}' for value in column[:, 0])}"
        for l, column in enumerate(columns)
    )
    step, tall = 1.95, 0.78
    height = tall * max(sizes) + 1.0
    figure, ax = new_canvas(step * (len(sizes) - 1) + 1.9, height, f"Values of all units. {shown}.")
    middle = 0.35 + tall * max(sizes) / 2
    places = [
        [(0.85 + step * l, middle + tall * ((size - 1) / 2 - j)) for j in range(size)]
        for l, size in enumerate(sizes)
    ]
    flows = [parameters[f"W{l}"] * columns[l - 1].T for l in range(1, len(sizes))]
    largest = max(1e-9, *(float(np.abs(flow).max()) for flow in flows))
    for l, flow in enumerate(flows):
        for j, k in np.ndindex(flow.shape):
            start, end = places[l][k], places[l + 1][j]
            amount = float(flow[j, k])
            ax.plot(
                [start[0], end[0]],
                [start[1], end[1]],
                color=FORWARD if amount else FAINT,
                linewidth=0.6 + 4 * abs(amount) / largest,
                linestyle="--" if amount < 0 else "-",
                alpha=0.7,
                zorder=1,
            )
    for l, column in enumerate(columns):
        for place, value in zip(places[l], column[:, 0], strict=True):
            colour = FAINT if l == 0 or value == 0 else FORWARD
            unit(ax, place, f"{value:.2f}", colour, radius=0.31, fontsize=SMALL)
        name = "X" if l == 0 else f"A^{{[{l}]}}"
        ax.text(places[l][0][0], height - 0.12, f"${name}$", ha="center", va="top", fontsize=TITLE)
    return figure


@rc_context(STYLE)
def draw_layer_pair() -> Figure:
    """Draw the forward and the backward block of one layer, and what the cache carries down.

    Returns:
        The figure.
    """
    alt = (
        "Above: A of the layer before, with W and b, gives Z, then A. The cache keeps A of the "
        "layer before, W and Z. Below, from right to left: dA with Z gives dZ; dZ with W gives dA "
        "of the layer before; dZ with A of the layer before gives dW and db."
    )
    figure, ax = new_canvas(9.2, 5.1, alt)
    top, low = 4.0, 1.35
    left, right = 3.1, 6.3
    size = (1.95, 0.8)
    box(ax, (left, top), size, "$Z^{[l]} = W^{[l]}A^{[l-1]} + b^{[l]}$", FORWARD, fontsize=SMALL)
    box(ax, (right, top), size, "$A^{[l]} = g^{[l]}(Z^{[l]})$", FORWARD, fontsize=SMALL)
    arrow(ax, (0.95, top), (left - 1.0, top), FORWARD)
    arrow(ax, (left + 1.0, top), (right - 1.0, top), FORWARD, "$Z^{[l]}$")
    arrow(ax, (right + 1.0, top), (8.3, top), FORWARD)
    ax.text(0.9, top, "$A^{[l-1]}$", ha="right", va="center", fontsize=TITLE)
    ax.text(8.35, top, "$A^{[l]}$", ha="left", va="center", fontsize=TITLE)
    arrow(ax, (left, 4.82), (left, top + 0.42), PARAMETER)
    ax.text(left + 0.1, 4.8, "$W^{[l]},\\ b^{[l]}$", ha="left", va="top", fontsize=TITLE)

    arrow(ax, (left, top - 0.42), (left, low + 0.77), CACHE, dashed=True)
    arrow(ax, (right, top - 0.42), (right, low + 0.42), CACHE, dashed=True)
    card(ax, (left, 2.75), "linear cache: $A^{[l-1]},\\ W^{[l]},\\ b^{[l]}$", CACHE)
    card(ax, (right, 2.75), "activation cache: $Z^{[l]}$", CACHE)

    text = "$dZ^{[l]} = dA^{[l]} * g^{[l]\\prime}(Z^{[l]})$"
    box(ax, (right, low), (2.35, 0.8), text, BACKWARD, dashed=True, fontsize=SMALL)
    box(ax, (left, low), (2.35, 1.5), "", BACKWARD, dashed=True)
    formulas = (
        "$dA^{[l-1]} = W^{[l]T}\\,dZ^{[l]}$",
        "$dW^{[l]} = \\frac{1}{m}\\,dZ^{[l]}A^{[l-1]T}$",
        "$db^{[l]} = \\frac{1}{m}\\,\\Sigma_i\\,dZ^{[l](i)}$",
    )
    for place, formula in enumerate(formulas):
        y = low + 0.45 - 0.45 * place
        ax.text(left, y, formula, ha="center", va="center", fontsize=TEXT, zorder=3)
    arrow(ax, (8.3, low), (right + 1.2, low), BACKWARD)
    arrow(ax, (right - 1.2, low), (left + 1.2, low), BACKWARD, "$dZ^{[l]}$")
    arrow(ax, (left - 1.2, low), (0.95, low), BACKWARD)
    ax.text(8.35, low, "$dA^{[l]}$", ha="left", va="center", fontsize=TITLE)
    ax.text(0.9, low, "$dA^{[l-1]}$", ha="right", va="center", fontsize=TITLE)
    arrow(ax, (left, low - 0.77), (left, 0.28), BACKWARD)
    ax.text(left + 0.12, 0.3, "$dW^{[l]},\\ db^{[l]}$", ha="left", va="bottom", fontsize=TITLE)
    return figure
