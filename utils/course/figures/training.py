"""The drawings of how a training run goes: its parts, its numbers, its log, and how it fails.

As in ``figures``, every function returns a Matplotlib figure, which a notebook shows below a cell
that ends with the call.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import ArrayLike, NDArray

from course.figures.parts import arrow, box, card
from course.figures.style import (
    BACKWARD,
    BLUE,
    CACHE,
    FAINT,
    FORWARD,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PARAMETER,
    PURPLE,
    SMALL,
    STYLE,
    TITLE,
    VERMILION,
    new_canvas,
    new_plots,
    tint,
)
from course.networks.reduced_training import Step

__all__ = [
    "draw_cost_signatures",
    "draw_function_map",
    "draw_random_numbers",
    "draw_run",
    "draw_step",
    "draw_training_log",
    "draw_unit_paths",
]

Array = NDArray[np.float64]

UNIT_LOOKS = ((BLUE, "-"), (VERMILION, "--"), (GREEN, "-."), (PURPLE, ":"), (ORANGE, "-"))


# --- The parts of the program ------------------------------------------------------------------


@rc_context(STYLE)
def draw_function_map() -> Figure:
    """Draw the functions of a network, and which of them calls which.

    Returns:
        The figure.
    """
    alt = (
        "Five columns: initialise, forward, cost, backward, update. The model at the top calls one "
        "function of each column; L_model_forward calls linear_activation_forward, which calls "
        "linear_forward and sigmoid or relu; the backward functions mirror them."
    )
    figure, ax = new_canvas(9.2, 5.6, alt)
    columns = {"initialise": 0.98, "forward": 2.95, "cost": 4.6, "backward": 6.25, "update": 8.22}
    rows = (4.05, 2.85, 1.65, 0.62)
    _node(ax, 4.6, 5.15, "two_layer_model,  L_layer_model", INK, 3.3)
    ax.text(6.45, 5.15, "the loop: a5_cat_classifier", va="center", fontsize=SMALL, style="italic")
    tops = {
        "initialise": ("initialize_\nparameters(_deep)", PARAMETER),
        "forward": ("L_model_forward", FORWARD),
        "cost": ("compute_cost", FORWARD),
        "backward": ("L_model_backward", BACKWARD),
        "update": ("update_parameters", PARAMETER),
    }
    for number, (column, (name, colour)) in enumerate(tops.items(), 1):
        x = columns[column]
        _node(ax, x, rows[0], name, colour, 1.75 if column != "cost" else 1.3)
        arrow(ax, (4.6 + 0.35 * (x - 4.6), 4.9), (x, rows[0] + 0.3), FAINT)
        ax.text(x, rows[0] - 0.32, f"{number}. {column}", ha="center", va="top", fontsize=SMALL)
    for way, colour in (("forward", FORWARD), ("backward", BACKWARD)):
        x = columns[way]
        _node(ax, x, rows[1], f"linear_activation_\n{way}", colour, 1.9)
        arrow(ax, (x, rows[0] - 0.55), (x, rows[1] + 0.31), FAINT)
        ending = "" if way == "forward" else "_backward"
        _node(ax, x - 0.78, rows[2], f"linear_{way}", colour, 1.42)
        _node(ax, x + 0.78, rows[2], f"relu{ending}\nsigmoid{ending}", colour, 1.42)
        arrow(ax, (x - 0.3, rows[1] - 0.3), (x - 0.78, rows[2] + 0.3), FAINT)
        arrow(ax, (x + 0.3, rows[1] - 0.3), (x + 0.78, rows[2] + 0.3), FAINT)
    ax.text(9.1, rows[1], "one layer", ha="right", va="center", fontsize=SMALL, style="italic")
    ax.text(9.1, rows[2], "half a layer", ha="right", va="center", fontsize=SMALL, style="italic")
    left, right = columns["forward"], columns["backward"]
    arrow(ax, (left, rows[2] - 0.32), (right, rows[2] - 0.32), CACHE, dashed=True, bend=0.22)
    card(ax, (4.6, rows[3]), "caches: what the way back needs", CACHE, SMALL)
    return figure


def _node(ax: Axes, x: float, y: float, name: str, colour: str, width: float) -> None:
    """Draw a function as a box with its name."""
    dashed = colour == BACKWARD
    box(ax, (x, y), (width, 0.56), name, colour, dashed=dashed, fontsize=SMALL)


@rc_context(STYLE)
def draw_random_numbers(count: int = 10_000, seed: int = 1) -> Figure:
    """Plot how the numbers of ``rand`` and of ``randn`` are spread.

    Arguments:
        count: how many numbers to draw of each.
        seed: of the random numbers.

    Returns:
        The figure.
    """
    random = np.random.RandomState(seed)
    alt = (
        "Histograms: rand spreads its numbers evenly from 0 to 1; randn makes a bell around 0, "
        "with most numbers between -2 and 2."
    )
    figure, axes = new_plots(2, 9.2, 2.7, alt)
    samples = (
        ("np.random.rand: even between 0 and 1", random.rand(count), PARAMETER),
        ("np.random.randn: mean 0, standard deviation 1", random.randn(count), FORWARD),
    )
    for ax, (title, numbers, colour) in zip(axes, samples, strict=True):
        ax.hist(
            numbers, bins=list(np.arange(-4, 4.01, 0.2)), color=tint(colour, 0.5), edgecolor=colour
        )
        ax.axvline(numbers.mean(), color=INK, linestyle="--", linewidth=LINE)
        ax.text(
            0.02,
            0.95,
            f"mean {numbers.mean():.2f} (dashed)\nfrom {numbers.min():.2f} to {numbers.max():.2f}",
            transform=ax.transAxes,
            va="top",
            fontsize=SMALL,
        )
        ax.set_title(title, fontsize=SMALL + 1.5)
        ax.set_yticks([])
    return figure


# --- What the cost tells -----------------------------------------------------------------------


@rc_context(STYLE)
def draw_cost_signatures(
    curves: Mapping[str, Sequence[float]], columns: int = 3, top: float = 1.5
) -> Figure:
    """Plot cost curves side by side, all on the same scale: one healthy, the others not.

    Arguments:
        curves: name and costs of each run; the first one is drawn in every plot, for comparison.
        columns: plots in a row.
        top: the largest cost that is shown; a curve that leaves the plot gets a note.

    Returns:
        The figure.

    Raises:
        ValueError: no curve.
    """
    if not curves:
        raise ValueError("give at least one curve")
    names = list(curves)
    alt = "Cost curves. " + "; ".join(
        f"{name}: from {costs[0]:.3g} to {costs[-1]:.3g}, at most {max(costs):.3g}"
        for name, costs in curves.items()
    )
    rows = -(-len(names) // columns)
    figure, _ = new_plots(1, 9.2, 2.35 * rows + 0.1, alt + ".")
    figure.clear()
    axes = figure.subplots(rows, columns, squeeze=False, sharex=True, sharey=True).ravel()
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
                f"up to {costs.max():.3g}",
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
        ax.set_ylabel("cost")
    for ax in axes[-columns:]:
        ax.set_xlabel("iteration")
    return figure


@rc_context(STYLE)
def draw_unit_paths(paths: Mapping[str, ArrayLike]) -> Figure:
    """Plot how the weights of the hidden units move while a network learns.

    Arguments:
        paths: for each kind of start the weights of the units after each step, shape
            (steps, units, 2): two inputs, so that a unit is a point in the plane.

    Returns:
        The figure.

    Raises:
        ValueError: a path has another shape.
    """
    alt = "The weights of the hidden units as points that move. " + " ".join(
        f"{name}: {_distinct(np.asarray(path)[-1])} at the end." for name, path in paths.items()
    )
    figure, axes = new_plots(len(paths), 9.2, 3.3, alt)
    reach = 0.1
    for ax, (name, path) in zip(axes, paths.items(), strict=True):
        walk = np.asarray(path, dtype=float)
        if walk.ndim != 3 or walk.shape[2] != 2:
            raise ValueError(f"a path has the shape (steps, units, 2), not {walk.shape}")
        reach = max(reach, 1.12 * float(np.abs(walk).max()))
        for unit in range(walk.shape[1]):
            colour, style = UNIT_LOOKS[unit % len(UNIT_LOOKS)]
            # Wider lines lie below, so that units on the same path can all be seen.
            width = 1.8 + 1.8 * (walk.shape[1] - 1 - unit)
            ax.plot(*walk[:, unit].T, color=colour, linestyle=style, linewidth=width)
            ax.plot(*walk[0, unit], marker="o", color=colour, markersize=4 + width)
            ax.plot(*walk[-1, unit], marker="s", color=colour, markersize=5 + width)
        ax.set_title(f"{name}\n{_distinct(walk[-1])} at the end", fontsize=SMALL + 1)
        ax.set_xlabel("weight of $x_1$")
    for ax in axes:
        ax.set_xlim(-reach, reach)
        ax.set_ylim(-reach, reach)
        ax.set_aspect("equal")
    axes[0].set_ylabel("weight of $x_2$")
    return figure


def _distinct(units: Array) -> str:
    """Say how many different units there are."""
    count = len(np.unique(np.round(units, 9), axis=0))
    return f"{count} different units" if count > 1 else "all units the same"


@rc_context(STYLE)
def draw_training_log(
    steps: Sequence[int],
    costs: Sequence[float],
    accuracies: Mapping[str, Sequence[float]],
    sizes: Mapping[str, Sequence[float]],
) -> Figure:
    """Plot a log of a training run: cost, accuracies, and the sizes of the gradients.

    Arguments:
        steps: the iterations at which the log was written.
        costs: the cost at each of them.
        accuracies: name and accuracies (from 0 to 1), e.g. of the training set and the test set.
        sizes: name and lengths of gradients, one curve for each layer.

    Returns:
        The figure.
    """
    ends = "; ".join(f"{name} {values[-1]:.1%}" for name, values in accuracies.items())
    alt = (
        f"A training log of {len(steps)} entries. The cost goes from {costs[0]:.3f} to "
        f"{costs[-1]:.3f}. Accuracy at the end: {ends}. Right: the sizes of the gradients."
    )
    figure, (left, middle, right) = new_plots(3, 9.2, 3.5, alt)
    left.plot(steps, costs, color=FORWARD)
    left.set_title("cost")
    left.set_ylim(bottom=0)
    for ax, curves in ((middle, accuracies), (right, sizes)):
        for (name, values), (colour, style) in zip(curves.items(), UNIT_LOOKS, strict=False):
            ax.plot(steps, values, color=colour, linestyle=style, label=name, linewidth=LINE + 0.4)
        ax.legend(fontsize=SMALL, loc="upper center", bbox_to_anchor=(0.5, -0.2), ncols=2)
    middle.set_title("accuracy")
    middle.set_ylim(0, 1.05)
    right.set_title("size of the gradients")
    right.set_yscale("log")
    for ax in (left, middle, right):
        ax.set_xlabel("iteration")
    return figure


# --- A run from end to end ---------------------------------------------------------------------


@rc_context(STYLE)
def draw_run() -> Figure:
    """Draw a training run from end to end: what is done once, and what again and again.

    Returns:
        The figure.
    """
    alt = (
        "Once: collect and split the data, prepare them, choose hyperparameters, initialise. Then "
        "the loop: forward, cost, backward, update, with a line in the log now and then. After it: "
        "check on the validation set, perhaps choose again; at last the test set, once, and use."
    )
    figure, ax = new_canvas(9.2, 5.3, alt)
    top, low = 4.65, 0.62
    once = (
        (1.0, "data: collect,\nsplit", FAINT),
        (3.2, "prepare: columns,\nscale", FAINT),
        (5.55, "choose hyper-\nparameters", INK),
        (7.95, "initialise\nW and b", PARAMETER),
    )
    for x, text, colour in once:
        box(ax, (x, top), (1.75, 0.8), text, colour)
    for (x0, _, _), (x1, _, _) in zip(once, once[1:], strict=False):
        arrow(ax, (x0 + 0.89, top), (x1 - 0.89, top), INK)

    ax.add_patch(
        Rectangle(
            (2.15, 1.3), 6.95, 2.55, facecolor=tint(FAINT, 0.1), edgecolor=FAINT, linestyle=":"
        )
    )
    ax.text(2.25, 3.8, "the loop, thousands of times", va="top", style="italic", fontsize=SMALL)
    right, left, up, down = 7.95, 4.6, 3.15, 1.8
    box(ax, (right, up), (1.75, 0.7), "forward pass", FORWARD)
    box(ax, (left, up), (1.75, 0.7), "cost", FORWARD)
    box(ax, (left, down), (1.75, 0.7), "backward pass", BACKWARD, dashed=True)
    box(ax, (right, down), (1.75, 0.7), "update W and b", PARAMETER)
    arrow(ax, (right, top - 0.42), (right, up + 0.37), INK)
    arrow(ax, (right - 0.89, up), (left + 0.89, up), FORWARD, label="$A^{[L]}$, caches")
    arrow(ax, (left, up - 0.37), (left, down + 0.37), BACKWARD)
    arrow(ax, (left + 0.89, down), (right - 0.89, down), BACKWARD, label="$dW, db$", dashed=True)
    arrow(ax, (right, down + 0.37), (right, up - 0.37), INK)
    ax.text(right + 0.08, (up + down) / 2, "again", va="center", fontsize=SMALL)
    arrow(ax, (left - 0.89, up), (3.35, up - 0.2), CACHE, dashed=True)
    box(ax, (2.8, up - 0.35), (1.05, 0.7), "log: every\n100th", CACHE, fontsize=SMALL)

    box(ax, (7.95, low), (1.75, 0.8), "enough: stop,\nsave W and b", PARAMETER)
    box(ax, (5.55, low), (1.75, 0.8), "validation set:\ngood enough?", INK)
    box(ax, (3.2, low), (1.75, 0.8), "test set:\nonce", INK)
    box(ax, (1.0, low), (1.75, 0.8), "use: predict\nnew examples", FORWARD)
    arrow(ax, (right, down - 0.37), (right, low + 0.42), INK)
    for x0, x1 in ((7.95, 5.55), (5.55, 3.2), (3.2, 1.0)):
        arrow(ax, (x0 - 0.89, low), (x1 + 0.89, low), INK)
    ax.text(4.4, low + 0.1, "yes", ha="center", va="bottom", fontsize=SMALL)
    # Back to the choice, by a way that crosses nothing.
    ax.plot(
        [5.0, 5.0, 1.35, 1.35], [low + 0.42, 1.17, 1.17, 4.12], color=INK, linewidth=LINE, ls="--"
    )
    ax.plot([1.35, 5.55], [4.12, 4.12], color=INK, linewidth=LINE, ls="--")
    arrow(ax, (5.55, 4.12), (5.55, top - 0.42), INK)
    ax.text(1.28, 2.6, "no: choose again", rotation=90, ha="right", va="center", fontsize=SMALL)
    return figure


CELL_WIDTH, CELL_HEIGHT = 0.56, 0.34


@rc_context(STYLE)
def draw_step(step: Step, number: int = 1) -> Figure:
    """Draw one step of gradient descent of a small network with all its numbers.

    Arguments:
        step: the step of a network with two layers, at most 3 inputs, 3 hidden units, 1 output
            unit and 4 examples.
        number: which step it is, for the heading.

    Returns:
        The figure.

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
        ("losses", step.losses, FORWARD),
        ("cost $J$", np.array([[step.cost]]), FORWARD),
    ]
    back2 = [
        ("$dZ^{[2]} = A^{[2]} - Y$", g["dZ2"], BACKWARD),
        ("$dW^{[2]} = dZ^{[2]}A^{[1]T} / m$", g["dW2"], BACKWARD),
        ("$db^{[2]}$: row mean of $dZ^{[2]}$", g["db2"], BACKWARD),
        ("$dA^{[1]} = W^{[2]T}dZ^{[2]}$", g["dA1"], BACKWARD),
    ]
    back1 = [
        ("$dZ^{[1]}$: 0 where $Z^{[1]} < 0$", g["dZ1"], BACKWARD),
        ("$dW^{[1]} = dZ^{[1]}X^T / m$", g["dW1"], BACKWARD),
        ("$db^{[1]}$: row means of $dZ^{[1]}$", g["db1"], BACKWARD),
    ]
    updated = [
        ("new $W^{[1]}$", new["W1"], PARAMETER),
        ("new $b^{[1]}$", new["b1"], PARAMETER),
        ("new $W^{[2]}$", new["W2"], PARAMETER),
        ("new $b^{[2]}$", new["b2"], PARAMETER),
        ("cost after", np.array([[step.cost_after]]), FORWARD),
    ]
    bands = [
        ("forward\nlayer 1", layer1, tall),
        ("forward\nlayer 2", layer2, flat),
        ("cost", judged, flat),
        ("backward\nlayer 2", back2, units),
        ("backward\nlayer 1", back1, units),
        ("update\n" + rf"$\alpha = {step.learning_rate:g}$", updated, units),
    ]
    heights = [CELL_HEIGHT * rows + 0.62 for _, _, rows in bands]
    alt = (
        f"All numbers of step {number}: the predictions are "
        f"{', '.join(f'{a:.2f}' for a in f['A2'][0])}, the cost is {step.cost:.3f}; "
        f"after the update it is {step.cost_after:.3f}."
    )
    figure, ax = new_canvas(9.2, sum(heights) + 0.45, alt)
    y = sum(heights) + 0.4
    ax.text(0.1, y, f"step {number}", va="top", fontsize=TITLE)
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
    x0 = left + (room - width) / 2
    for row in range(rows):
        for column in range(columns):
            x = x0 + CELL_WIDTH * column
            y = middle + CELL_HEIGHT * (rows / 2 - row - 1)
            ax.add_patch(
                Rectangle(
                    (x, y),
                    CELL_WIDTH,
                    CELL_HEIGHT,
                    facecolor=tint(colour, 0.2),
                    edgecolor=colour,
                    linewidth=0.8,
                    linestyle="--" if colour == BACKWARD else "-",
                )
            )
            ax.text(
                x + CELL_WIDTH / 2,
                y + CELL_HEIGHT / 2,
                _short(values[row, column]),
                ha="center",
                va="center",
                fontsize=SMALL,
            )
    above = middle + CELL_HEIGHT * rows / 2 + 0.06
    ax.text(left + room / 2, above, label, ha="center", va="bottom", fontsize=SMALL)
    return room


_NO_MARKUP = str.maketrans("", "", "$^{}[]")


def _short(value: float) -> str:
    """A number with three significant decimals at most, and no minus before a zero."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
