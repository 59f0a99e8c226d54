"""The loss of one example: cross-entropy, squared error and absolute error."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.parts import s_curve, written_number
from course.figures.style import BACKWARD, FAINT, FORWARD, new_plots, styled
from course.language import _

Array = NDArray[np.float64]


def cross_entropy(z: ArrayLike, y: ArrayLike) -> Array:
    """The loss of logistic regression as a function of z, in a form that overflows for no z.

    Parameters:
        z: the weighted sums of the examples.
        y: their labels 0 or 1.

    Returns:
        The loss of each example.

    Source:
        -y log a - (1 - y) log(1 - a) with a = 1 / (1 + e^-z) is log(1 + e^z) - y z.
    """
    sums = np.asarray(z, dtype=float)
    return np.asarray(np.logaddexp(0, sums) - y * sums)


@styled
def draw_loss() -> Figure:
    """Plot the cross-entropy loss of one example against the predicted probability."""
    alt = _("The loss falls from very large to 0 as the probability of the true label goes to 1.")
    figure, (ax,) = new_plots(1, 6.2, 3.4, alt)
    a = np.linspace(0.005, 0.995, 400)
    ax.plot(a, -np.log(a), color=FORWARD, label=_("label $y = 1$"))
    ax.plot(a, -np.log(1 - a), color=BACKWARD, linestyle="--", label=_("label $y = 0$"))
    ax.set_xlabel(_("predicted probability $a$"))
    ax.set_ylabel(_("loss of the example"))
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 5)
    ax.legend(loc="upper center")
    return figure


@styled
def draw_losses() -> Figure:
    """Plot what one example adds to the L1 and to the L2 loss, against its error."""
    alt = _(
        "The absolute error is a V; the squared error is a parabola, lower up to 1, then higher."
    )
    figure, (ax,) = new_plots(1, 6.4, 3.3, alt)
    error = np.linspace(-2, 2, 401)
    ax.plot(error, np.abs(error), color=FORWARD, label=_("L1: its size"))
    ax.plot(error, np.square(error), color=BACKWARD, linestyle="--", label=_("L2: its square"))
    ax.set_xlabel(_(r"error of one example, $\hat{y} - y$"))
    ax.set_ylabel(_("what it adds to the loss"))
    ax.legend(loc="upper center")
    return figure


@styled
def draw_loss_over_z(z: float = -2.0, y: int = 1) -> Figure:
    """Plot the loss of one example against z: cross-entropy with its tangent, and squared error.

    Parameters:
        z: where the tangent touches, between -6 and 6.
        y: the label, 0 or 1.

    Raises:
        ValueError: z or y is out of range.
    """
    if not -6 <= z <= 6 or y not in (0, 1):
        raise ValueError(f"z must lie between -6 and 6, y be 0 or 1; not {z} and {y}")

    places = np.linspace(-6, 6, 400)
    # Measured, not derived: how the loss changes when z becomes a little larger and smaller.
    slope = float(cross_entropy(z + 1e-5, y) - cross_entropy(z - 1e-5, y)) / 2e-5
    alt = _(
        "The cross-entropy for y = {y} against z, with a tangent of slope {slope:.2f} at z = {z}; "
        "the squared error, which is flat on both sides."
    ).format(y=y, slope=slope, z=z)
    figure, (ax,) = new_plots(1, 7.0, 3.6, alt)
    ax.plot(places, cross_entropy(places, y), color=FORWARD, label=_("cross-entropy"))
    squared = (s_curve(places) - y) ** 2
    ax.plot(places, squared, color=FAINT, linestyle=":", label=_("squared error"))
    near = np.array([z - 1.6, z + 1.6])
    here = float(cross_entropy(z, y))
    label = _("tangent: slope {slope}").format(slope=written_number(slope, 2))
    ax.plot(near, here + slope * (near - z), color=BACKWARD, linestyle="--", label=label)
    ax.plot([z], [here], "o", color=BACKWARD)
    ax.set_title(f"$y = {y}$,  $z = {written_number(z, 1)}$,  $a = {float(s_curve(z)):.2f}$")
    ax.set_xlabel("$z$")
    ax.set_ylabel(_("loss of the example"))
    ax.set_ylim(-0.3, 6.3)
    ax.legend(loc="upper right" if y else "upper left")
    return figure
