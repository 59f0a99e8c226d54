"""What the units of a network answer: one unit in the plane, all units for an example, layers."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.decision_boundaries import RESPONSES
from course.figures.parts import column, line, plane, unit, write
from course.figures.style import (
    FAINT,
    FORWARD,
    INK,
    LINE,
    PAGE,
    PARAMETER,
    SMALL,
    TITLE,
    VERMILION,
    new_canvas,
    new_plots,
    styled,
)
from course.language import _
from course.networks.layered import ACTIVATIONS, LayeredNetwork, random_parameters

Array = NDArray[np.float64]


NAMES = {"relu": "ReLU", "leaky_relu": "leaky ReLU"}


@styled
def draw_unit_in_plane(
    weight_1: float = 1.0, weight_2: float = 1.0, bias: float = 0.0, activation: str = "tanh"
) -> Figure:
    """Draw what one unit with two inputs answers everywhere in the plane.

    Parameters:
        weight_1, weight_2: its weights.
        bias: its bias.
        activation: the name of its activation function, one of ``networks.layered.ACTIVATIONS``.

    Raises:
        ValueError: there is no such activation function.
    """
    if activation not in ACTIVATIONS:
        raise ValueError(f"{activation!r} is none of {', '.join(ACTIVATIONS)}")
    length = float(np.hypot(weight_1, weight_2))
    where = (
        _("its line lies {distance:.1f} from the origin").format(distance=abs(bias) / length)
        if length
        else _("it has no line, for both weights are zero")
    )
    alt = _(
        "The plane coloured by the activation of one {activation} unit with weights {weight_1:g} "
        "and {weight_2:g} and bias {bias:g}: {where}."
    ).format(activation=activation, weight_1=weight_1, weight_2=weight_2, bias=bias, where=where)
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
    bar.set_label(_("activation $a$"))
    if z.min() < 0 < z.max():
        ax.contour(across, up, z, levels=[0], colors=INK, linewidths=LINE)
    if length:
        # From the point of the line that is nearest to the origin.
        foot = -bias * np.array([weight_1, weight_2]) / length**2
        if np.abs(foot).max() < 3:
            tip = foot + np.array([weight_1, weight_2]) / length
            look = {"arrowstyle": "-|>", "color": PARAMETER, "linewidth": 2.5}
            ax.annotate("", tuple(tip), tuple(foot), arrowprops=look)
    ax.set(xlim=(-3, 3), ylim=(-3, 3))
    plane(ax, f"$z = {weight_1:g}\\,x_1 {weight_2:+g}\\,x_2 {bias:+g}$")
    return figure


@styled
def draw_values(parameters: Mapping[str, Array], x: ArrayLike, hidden: str = "relu") -> Figure:
    """Draw a network with the value of every unit for one example.

    Parameters:
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
    sizes = [len(values) for values in columns]
    if max(sizes) > 5:
        raise ValueError("a layer of more than 5 units cannot be drawn")
    shown = _("; ").join(
        _("layer {l}: {values}").format(
            l=l, values=", ".join(f"{float(value):.2f}" for value in values[:, 0])
        )
        for l, values in enumerate(columns)
    )
    step, tall = 1.95, 0.78
    height = tall * max(sizes) + 1.0
    alt = _("Values of all units. {shown}.").format(shown=shown)
    figure, ax = new_canvas(step * (len(sizes) - 1) + 1.9, height, alt)
    middle = 0.35 + tall * max(sizes) / 2
    places = [column(0.85 + step * l, middle, size, tall) for l, size in enumerate(sizes)]
    flows = [parameters[f"W{l}"] * columns[l - 1].T for l in range(1, len(sizes))]
    largest = max(1e-9, *(float(np.abs(flow).max()) for flow in flows))
    for l, flow in enumerate(flows):
        for j, k in np.ndindex(flow.shape):
            start, end = places[l][k], places[l + 1][j]
            amount = float(flow[j, k])
            colour, width = FORWARD if amount else FAINT, 0.6 + 4 * abs(amount) / largest
            line(ax, start, end, colour, width, linestyle="--" if amount < 0 else "-", alpha=0.7)
    for l, values in enumerate(columns):
        for place, value in zip(places[l], values[:, 0], strict=True):
            colour = FAINT if l == 0 or value == 0 else FORWARD
            unit(ax, place, f"{value:.2f}", colour, radius=0.31, fontsize=SMALL)
        name = "X" if l == 0 else f"A^{{[{l}]}}"
        write(ax, places[l][0][0], height - 0.12, f"${name}$", TITLE, va="top")
    return figure


@styled
def draw_spread_at(factor: float = 1.0, hidden: str = "relu", layers: int = 10) -> Figure:
    """Plot the size of the activations and of the gradients by layer, for one scale of the weights.

    The weights have the standard deviation ``factor / sqrt(n_prev)``; all layers have 50 units, and
    the 200 examples and their labels are random.

    Parameters:
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
    alt = _(
        "{layers} {name} layers: with factor {factor:g} the activations go from {first:.1e} "
        "in layer 1 to {last:.1e} in layer {layers}, the gradients from {first_step:.1e} to "
        "{last_step:.1e}."
    ).format(
        layers=layers,
        name=name,
        factor=factor,
        first=values[0],
        last=values[-1],
        first_step=steps[0],
        last_step=steps[-1],
    )
    figure, (left, right) = new_plots(2, PAGE, 3.2, alt)
    numbers = range(1, layers + 1)
    left.plot(numbers, values, "o-", color=FORWARD, linewidth=LINE)
    left.set_title(_("typical size of $A^{[l]}$"))
    right.plot(numbers, steps, "s--", color=VERMILION, linewidth=LINE)
    right.set_title(_("typical size of $dW^{[l]}$"))
    # The same scale for every factor, so that the slider moves the points and not the axes.
    left.set_ylim(1e-10, 1e8)
    right.set_ylim(1e-16, 1e6)
    left.axhline(1, color=FAINT, linewidth=LINE, linestyle=":")
    for ax in (left, right):
        ax.set_yscale("log")
        ax.set_xticks(list(numbers))
        ax.set_xlabel(_("layer $l$"))
    figure.suptitle(
        _("{name}, weights with standard deviation ${factor:g}\\,/\\sqrt{{n^{{[l-1]}}}}$").format(
            name=name, factor=factor
        ),
        fontsize=SMALL + 1,
    )
    return figure
