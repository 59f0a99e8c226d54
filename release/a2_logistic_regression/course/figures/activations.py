"""Activation functions: sigmoid, tanh, ReLU and leaky ReLU, with their derivatives.

The blue solid curve is always the function itself, the vermilion dashed one its derivative.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course.figures.parts import s_curve, write
from course.figures.style import (
    BACKWARD,
    FAINT,
    FORWARD,
    INK,
    LINE,
    MARKED_LOOKS,
    PAGE,
    SMALL,
    new_plots,
    styled,
)
from course.language import _

Array = NDArray[np.float64]


LEAK = 0.01
"""The slope of the leaky ReLU to the left of zero, as it is usually chosen."""


@dataclass(frozen=True)
class Activation:
    """An activation function.

    Attributes:
        title: its name in a heading.
        value: the function; the second argument is the slope of the leaky ReLU to the left of
            zero, and the others pay no attention to it.
        slope: its derivative.
        limits: the bottom and top of its plot.
    """

    title: str
    value: Callable[[Array, float], Array]
    slope: Callable[[Array, float], Array]
    limits: tuple[float, float]


ACTIVATIONS: dict[str, Activation] = {
    "sigmoid": Activation(
        "sigmoid",
        lambda z, leak: s_curve(z),
        lambda z, leak: 1 / (4 * np.cosh(z / 2) ** 2),
        (-1.15, 1.15),
    ),
    "tanh": Activation(
        "tanh",
        lambda z, leak: np.tanh(z),
        lambda z, leak: 1 / np.cosh(z) ** 2,
        (-1.15, 1.15),
    ),
    "relu": Activation(
        "ReLU",
        lambda z, leak: np.maximum(z, 0),
        lambda z, leak: np.where(z > 0, 1.0, 0.0),
        (-1, 5),
    ),
    "leaky_relu": Activation(
        "leaky ReLU",
        lambda z, leak: np.where(z > 0, z, leak * z),
        lambda z, leak: np.where(z > 0, 1.0, leak),
        (-1, 5),
    ),
}
"""The activation functions by name: ``"sigmoid"``, ``"tanh"``, ``"relu"``, ``"leaky_relu"``."""


@styled
def draw_activation_curves(
    names: Sequence[str] = ("sigmoid", "tanh", "relu", "leaky_relu"),
    leak: float = 0.1,
    reach: float = 5.0,
    derivatives: bool = True,
) -> Figure:
    """Plot activation functions side by side, each with its derivative.

    Parameters:
        names: which of :data:`ACTIVATIONS`, one to four of them.
        leak: the slope of the leaky ReLU to the left of zero. It is usually 0.01; the default is
            larger, so that it can be seen.
        reach: the curves are drawn from ``-reach`` to ``reach``.
        derivatives: whether to draw the derivatives as well.

    Raises:
        ValueError: an unknown name, or none, or more than four.
    """
    _check_names(names)
    titles = _(", ").join(ACTIVATIONS[name].title for name in names)
    alt = (
        _("Curves of {titles} against z, each with its derivative as a dashed curve.")
        if derivatives
        else _("Curves of {titles} against z.")
    ).format(titles=titles)
    figure, axes = new_plots(len(names), 0.6 + 2.3 * len(names), 2.9, alt)
    z = np.linspace(-reach, reach, 801)
    for ax, name in zip(axes, names, strict=True):
        activation = ACTIVATIONS[name]
        _cross(ax)
        ax.plot(z, activation.value(z, leak), color=FORWARD, label=_("value $g(z)$"))
        if derivatives:
            _plot_slope(ax, name, z, leak, _("derivative $g'(z)$"))
        title = activation.title
        if name == "leaky_relu":
            title = _("{name} (slope {leak:g})").format(name=title, leak=leak)
        ax.set_title(title, fontsize=SMALL + 1.5)
        ax.set_ylim(*activation.limits)
        ax.set_xlabel("$z$")
    if derivatives:
        axes[0].legend(loc="lower right", fontsize=SMALL - 1.5, borderaxespad=0.1)
    return figure


@styled
def draw_activations() -> Figure:
    """Plot the sigmoid and the ReLU, each with its derivative."""
    alt = _("Curves of the sigmoid and of the ReLU, each with its derivative as a dashed curve.")
    figure, (left, right) = new_plots(2, PAGE, 3.4, alt)
    z = np.linspace(-6, 6, 601)
    left.plot(z, s_curve(z), color=FORWARD, label=_("value"))
    _plot_slope(left, "sigmoid", z, LEAK, _("derivative"))
    left.set(title=_("sigmoid: between 0 and 1"), ylim=(-0.1, 1.1))
    z = np.linspace(-3, 3, 601)
    right.plot(z, np.maximum(z, 0), color=FORWARD, label=_("value"))
    _plot_slope(right, "relu", z, LEAK, _("derivative"))
    right.set_title(_("ReLU: 0 or z itself"))
    for ax in (left, right):
        ax.set_xlabel("z")
        ax.legend(loc="upper left")
    return figure


@styled
def draw_relu() -> Figure:
    """Plot the ReLU, and say of each of its two parts what max(0, z) is there."""
    alt = _("The ReLU: zero for every negative z, and z itself for every positive z.")
    figure, (ax,) = new_plots(1, 6.2, 3.4, alt)
    z = np.array([-4.0, 0.0, 4.0])
    ax.plot(z, z, color=FAINT, linestyle=":", linewidth=LINE, label=_("$z$ itself"))
    ax.plot(z, np.maximum(z, 0), color=FORWARD, label="$\\max(0, z)$")
    write(ax, -2.1, 0.3, _("$z < 0$: the larger of\n0 and $z$ is 0"), va="bottom")
    write(ax, 2.9, 1.2, _("$z > 0$: the larger of\n0 and $z$ is $z$"))
    ax.axvline(0, color=FAINT, linewidth=0.8)
    ax.set_xlabel("$z$")
    ax.set_ylabel("$\\mathrm{ReLU}(z)$")
    ax.set_ylim(-1.6, 4)
    ax.legend(loc="upper left")
    return figure


@styled
def draw_activation_comparison(
    names: Sequence[str] = ("sigmoid", "tanh", "relu", "leaky_relu"),
    leak: float = 0.1,
    reach: float = 5.0,
) -> Figure:
    """Plot activation functions over one another (left), and their derivatives (right).

    Parameters:
        names: which of :data:`ACTIVATIONS`, one to four of them.
        leak: the slope of the leaky ReLU to the left of zero.
        reach: the curves are drawn from ``-reach`` to ``reach``.

    Raises:
        ValueError: an unknown name, or none, or more than four.
    """
    _check_names(names)
    titles = _(", ").join(ACTIVATIONS[name].title for name in names)
    alt = _("Left, the curves of {titles} in one plot; right, their derivatives.").format(
        titles=titles
    )
    figure, (left, right) = new_plots(2, PAGE, 3.4, alt)
    z = np.linspace(-reach, reach, 801)
    for name, look in zip(names, MARKED_LOOKS, strict=False):
        activation, look = ACTIVATIONS[name], {**look, "marker": ""}
        left.plot(z, activation.value(z, leak), label=activation.title, **look)
        _plot_slope(right, name, z, leak, activation.title, **look)
    left.set_title(_("value $g(z)$"))
    right.set_title(_("derivative $g'(z)$"))
    left.set_ylim(-1.3, 2.6)
    right.set_ylim(-0.15, 1.6)
    left.legend(loc="upper left")
    for ax in (left, right):
        _cross(ax)
        ax.set_xlabel("$z$")
    return figure


@styled
def draw_tangent(
    name: str = "tanh", z: float = 1.0, leak: float = 0.1, reach: float = 5.0
) -> Figure:
    """Plot one activation function with its tangent at a point: the derivative is its slope.

    Parameters:
        name: which of :data:`ACTIVATIONS`.
        z: where the tangent touches.
        leak: the slope of the leaky ReLU to the left of zero.
        reach: the curve is drawn from ``-reach`` to ``reach``.

    Returns:
        The figure. A good slider moves ``z``: ``play(draw_tangent, z=range(-4, 5))``.

    Raises:
        ValueError: an unknown name.
    """
    _check_names([name])
    activation = ACTIVATIONS[name]
    at = np.array([float(z)])
    a, steep = float(activation.value(at, leak)[0]), float(activation.slope(at, leak)[0])
    if name in ("relu", "leaky_relu") and z == 0:
        remark = _("no slope at the corner; by convention {steep:g}").format(steep=steep)
    else:
        remark = _("slope {steep:.3f}").format(steep=steep)
    alt = _("The curve of {name} with its tangent at z = {z:g}: {remark}.").format(
        name=activation.title, z=z, remark=remark
    )
    figure, (ax,) = new_plots(1, 5.6, 3.4, alt)
    _cross(ax)
    curve = np.linspace(-reach, reach, 801)
    ax.plot(curve, activation.value(curve, leak), color=FORWARD, label=activation.title)
    ends = at + np.array([-1.5, 1.5])
    ax.plot(ends, a + steep * (ends - at), color=BACKWARD, linestyle="--", label=_("tangent"))
    # At the end of the axis the mark is not cut off.
    ax.plot(at, [a], "o", markersize=8, color=INK, clip_on=False, zorder=3)
    ax.set_xlim(-reach, reach)
    ax.set_ylim(*activation.limits)
    ax.set_xlabel("$z$")
    ax.set_title(_("$z = {z:g}$, $g(z) = {a:.3f}$: {remark}").format(z=z, a=a, remark=remark))
    ax.legend(loc="upper left")
    return figure


@styled
def draw_vanishing_slopes(
    names: Sequence[str] = ("sigmoid", "tanh", "relu"), z: float = 2.0, layers: int = 8
) -> Figure:
    """Plot what is left of a gradient that goes back through many activations.

    Every layer multiplies the gradient by the derivative of its activation function. The picture
    supposes that each unit on the way has the same z.

    Parameters:
        names: which of :data:`ACTIVATIONS`, one to four of them.
        z: the input of every activation on the way.
        layers: how many layers there are.

    Raises:
        ValueError: an unknown name, or none, or more than four; fewer layers than one.
    """
    _check_names(names)
    if layers < 1:
        raise ValueError("there must be at least one layer")
    alt = _(
        "What is left of a gradient after up to {layers} layers whose units all have "
        "z = {z:g}: {parts}."
    ).format(
        layers=layers,
        z=z,
        parts=_(", ").join(
            f"{ACTIVATIONS[name].title} {_slope_at(name, z) ** layers:.2g}" for name in names
        ),
    )
    figure, (ax,) = new_plots(1, 6.2, 3.4, alt)
    passed = np.arange(layers + 1)
    lowest = 1.0
    for name, look in zip(names, MARKED_LOOKS, strict=False):
        left = _slope_at(name, z) ** passed
        if np.all(left > 0):
            lowest = min(lowest, float(left.min()))
        shown = np.where(left > 0, left, np.nan)
        ax.plot(passed, shown, label=ACTIVATIONS[name].title, linewidth=LINE, **look)
    ax.set_yscale("log")
    ax.set_ylim(lowest / 3, 3)
    ax.set_xlabel(_("layers that the gradient has gone back through"))
    ax.set_ylabel(_("what is left of it"))
    ax.set_title(_("every unit has $z = {z:g}$").format(z=z))
    ax.legend(loc="lower left")
    return figure


def _slope_at(name: str, z: float) -> float:
    return float(ACTIVATIONS[name].slope(np.array([float(z)]), LEAK)[0])


def _check_names(names: Sequence[str]) -> None:
    if not 1 <= len(names) <= 4:
        raise ValueError("give one to four activation functions")
    for name in names:
        if name not in ACTIVATIONS:
            raise ValueError(
                f"{name!r} is no activation function here; there are {', '.join(ACTIVATIONS)}"
            )


def _cross(ax: Axes) -> None:
    """Draw the two axes through zero."""
    ax.axhline(0, color=FAINT, linewidth=0.8, zorder=1)
    ax.axvline(0, color=FAINT, linewidth=0.8, zorder=1)


def _plot_slope(ax: Axes, name: str, z: Array, leak: float, label: str, **look: Any) -> None:
    """Plot a derivative; where it jumps, leave a gap instead of an upright line."""
    slope = ACTIVATIONS[name].slope(z, leak)
    if name in ("relu", "leaky_relu"):
        slope = np.where(np.abs(z) < 1e-9, np.nan, slope)
    ax.plot(z, slope, label=label, **({"color": BACKWARD, "linestyle": "--"} | look))
