"""One step of gradient descent of a small network, with all its numbers."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import NDArray

from course.figures.matrices import cells
from course.figures.parts import write, written_number
from course.figures.style import (
    BACKWARD,
    FAINT,
    FORWARD,
    PAGE,
    PARAMETER,
    SMALL,
    TITLE,
    new_canvas,
    styled,
)
from course.language import _
from course.networks.reduced_training import Step

Array = NDArray[np.float64]


CELL_WIDTH, CELL_HEIGHT = 0.56, 0.34


@styled
def draw_step(step: Step, number: int = 1) -> Figure:
    """Draw one step of gradient descent of a small network with all its numbers.

    Parameters:
        step: the step of a network with two layers, at most 3 inputs, 3 hidden units, 1 output
            unit and 4 examples.
        number: which step it is, for the heading.

    Raises:
        ValueError: the network has another depth, or is too large to be drawn.
    """
    units, inputs = step.before["W1"].shape
    m = step.X.shape[1]
    if len(step.before) != 4 or inputs > 3 or units > 3 or m > 4 or step.Y.shape[0] != 1:
        raise ValueError("only two layers with at most 3 inputs, 3 hidden units and 4 examples fit")
    f, g, old, new = step.forward, step.backward, step.before, step.after
    tall, flat = max(units, inputs), 1
    layer1 = [
        ("$W^{[1]}$", old["W1"], PARAMETER),
        ("$b^{[1]}$", old["b1"], PARAMETER),
        ("$X$", step.X, FAINT),
        ("$Z^{[1]} = W^{[1]}X + b^{[1]}$", f["Z1"], FORWARD),
        (r"$A^{[1]} = \mathrm{relu}(Z^{[1]})$", f["A1"], FORWARD),
    ]
    layer2 = [
        ("$W^{[2]}$", old["W2"], PARAMETER),
        ("$b^{[2]}$", old["b2"], PARAMETER),
        ("$Z^{[2]} = W^{[2]}A^{[1]} + b^{[2]}$", f["Z2"], FORWARD),
        (r"$A^{[2]} = \sigma(Z^{[2]})$", f["A2"], FORWARD),
    ]
    judged = [
        ("$Y$", step.Y, FAINT),
        (_("losses"), step.losses, FORWARD),
        (_("cost $J$"), np.array([[step.cost]]), FORWARD),
    ]
    back2 = [
        ("$dZ^{[2]} = A^{[2]} - Y$", g["dZ2"], BACKWARD),
        ("$dW^{[2]} = dZ^{[2]}A^{[1]T} / m$", g["dW2"], BACKWARD),
        (_("$db^{[2]}$: row mean of $dZ^{[2]}$"), g["db2"], BACKWARD),
        ("$dA^{[1]} = W^{[2]T}dZ^{[2]}$", g["dA1"], BACKWARD),
    ]
    back1 = [
        (_("$dZ^{[1]}$: 0 where $Z^{[1]} < 0$"), g["dZ1"], BACKWARD),
        ("$dW^{[1]} = dZ^{[1]}X^T / m$", g["dW1"], BACKWARD),
        (_("$db^{[1]}$: row means of $dZ^{[1]}$"), g["db1"], BACKWARD),
    ]
    updated = [
        (_("new $W^{[1]}$"), new["W1"], PARAMETER),
        (_("new $b^{[1]}$"), new["b1"], PARAMETER),
        (_("new $W^{[2]}$"), new["W2"], PARAMETER),
        (_("new $b^{[2]}$"), new["b2"], PARAMETER),
        (_("cost after"), np.array([[step.cost_after]]), FORWARD),
    ]
    bands = [
        (_("forward\nlayer 1"), layer1, tall),
        (_("forward\nlayer 2"), layer2, flat),
        (_("cost"), judged, flat),
        (_("backward\nlayer 2"), back2, units),
        (_("backward\nlayer 1"), back1, units),
        (_("update") + "\n" + rf"$\alpha = {step.learning_rate:g}$", updated, units),
    ]
    heights = [CELL_HEIGHT * rows + 0.62 for _, _, rows in bands]
    alt = _(
        "All numbers of step {number}: the predictions are "
        "{predictions}, the cost is {cost:.3f}; "
        "after the update it is {cost_after:.3f}."
    ).format(
        number=number,
        predictions=", ".join(f"{a:.2f}" for a in f["A2"][0]),
        cost=step.cost,
        cost_after=step.cost_after,
    )
    figure, ax = new_canvas(PAGE, sum(heights) + 0.45, alt)
    y = sum(heights) + 0.4
    ax.text(0.1, y, _("step {number}").format(number=number), va="top", fontsize=TITLE)
    for name, terms, rows in bands:
        y -= CELL_HEIGHT * rows + 0.62
        middle = y + 0.12 + CELL_HEIGHT * rows / 2
        ax.text(0.1, middle, name, va="center", linespacing=1.3)
        x = 1.25
        for label, values, colour in terms:
            x += _numbers(ax, x, middle, label, np.asarray(values), colour) + 0.3
    return figure


def _numbers(ax: Axes, left: float, middle: float, label: str, values: Array, colour: str) -> float:
    """Draw a matrix of numbers with its label; return the room that it takes."""
    rows, columns = values.shape
    width = CELL_WIDTH * columns
    # A label is wider than a narrow matrix; what stands in $...$ is drawn smaller than it is long.
    plain = label.replace("\\mathrm", "").replace("\\sigma", "s").translate(_NO_MARKUP)
    room: float = max(width, 0.08 * len(plain))
    texts = [[written_number(value) for value in row] for row in values]
    style = "--" if colour == BACKWARD else "-"
    size = (CELL_WIDTH, CELL_HEIGHT)
    cells(ax, left + (room - width) / 2, middle, texts, size, colour, 0.2, SMALL, style)
    above = middle + CELL_HEIGHT * rows / 2 + 0.06
    write(ax, left + room / 2, above, label, SMALL, va="bottom")
    return room


_NO_MARKUP = str.maketrans("", "", "$^{}[]")
