"""The drawings of the course: one short function for each picture.

A notebook cell that ends with, say, ``draw_network([5, 4, 3, 1])`` shows the picture below it.
Every function returns a Matplotlib ``Figure``, so ``draw_sum_axes().savefig("axes.svg")`` saves a
picture. Change the numbers and draw again: that is what the functions are for.

Nothing here computes anything that an exercise asks for.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch, Rectangle
from numpy.typing import NDArray

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
    tint,
)

__all__ = [
    "draw_activations",
    "draw_forward_backward_blocks",
    "draw_gradient_step",
    "draw_layer_block",
    "draw_linear_backward",
    "draw_linear_step",
    "draw_loss",
    "draw_network",
    "draw_sum_axes",
    "draw_training_cycle",
]

Point = tuple[float, float]
Term = tuple[str, int, int, str, int]  # name, rows and columns (0: a sign), colour, copied columns

CELL = 0.27  # side of one entry of a drawn matrix, in inches
MAX_ENTRIES = 8  # larger matrices would not fit beside one another


# --- The network and the training cycle --------------------------------------------------------


@rc_context(STYLE)
def draw_network(layer_sizes: Sequence[int], show_shapes: bool = True) -> Figure:
    """Draw a network: a circle for each unit, a line for each weight.

    Arguments:
        layer_sizes: number of units of every layer, the input layer first, e.g. ``[5, 4, 3, 1]``.
            Of a layer with more than 6 units only the first ones and the last one are drawn.
        show_shapes: whether to write the shapes of W and b below the lines they belong to.

    Returns:
        The figure.

    Raises:
        ValueError: fewer than two layers, or a layer without units.
    """
    if len(layer_sizes) < 2 or min(layer_sizes) < 1:
        raise ValueError("a network needs an input layer and at least one more, none of them empty")
    last = len(layer_sizes) - 1
    column_width, head, foot = 2.15, 0.65, 1.0 if show_shapes else 0.45
    height = foot + 0.62 * min(max(layer_sizes), 6) + head
    widths = ", ".join(str(size) for size in layer_sizes)
    alt = f"A network of layers with {widths} units; every unit is joined to all of the next layer."
    figure, ax = new_canvas(column_width * last + 1.9, height, alt)
    middle = (foot + height - head) / 2

    columns = []
    for layer, size in enumerate(layer_sizes):
        x = 0.95 + column_width * layer
        columns.append([(x, y, label) for y, label in _unit_places(size, middle)])
        if layer == 0:
            heading = "layer 0\ninput"
        else:
            heading = f"layer {layer}\n{'sigmoid' if layer == last else 'ReLU'}"
        ax.text(x, height - 0.1, heading, ha="center", va="top")
        ax.text(x, foot - 0.1, f"$n^{{[{layer}]}} = {size}$", ha="center", va="top")

    for left, right in zip(columns, columns[1:], strict=False):
        for x0, y0, label0 in left:
            for x1, y1, label1 in right:
                if label0 and label1:
                    ax.plot([x0, x1], [y0, y1], color=FAINT, linewidth=0.9, zorder=1)
    for layer, column in enumerate(columns):
        for x, y, label in column:
            _draw_unit(ax, x, y, layer, label, is_output=layer == last)

    if show_shapes:
        for layer in range(1, last + 1):
            n, n_prev = layer_sizes[layer], layer_sizes[layer - 1]
            text = f"$W^{{[{layer}]}}$: ({n}, {n_prev})\n$b^{{[{layer}]}}$: ({n}, 1)"
            _label(ax, 0.95 + column_width * (layer - 0.5), 0.36, text, PARAMETER)
    return figure


def _unit_places(size: int, middle: float) -> list[tuple[float, str]]:
    """Return height and number of each drawn unit; a place without a number gets three dots."""
    labels = [str(i) for i in range(1, size + 1)]
    if size > 6:
        labels = [*labels[:4], "", str(size)]
    top = middle + 0.31 * (len(labels) - 1)
    return [(top - 0.62 * place, label) for place, label in enumerate(labels)]


def _draw_unit(ax: Axes, x: float, y: float, layer: int, label: str, is_output: bool) -> None:
    """Draw one unit with its symbol, or three dots where units are left out."""
    if not label:
        ax.text(x, y, r"$\vdots$", ha="center", va="center", fontsize=TITLE)
        return
    colour = FAINT if layer == 0 else FORWARD
    ax.add_patch(
        Circle((x, y), 0.26, facecolor=tint(colour), edgecolor=colour, linewidth=LINE, zorder=2)
    )
    symbol = f"$x_{{{label}}}$" if layer == 0 else f"$a^{{[{layer}]}}_{{{label}}}$"
    ax.text(x, y, symbol, ha="center", va="center", zorder=3)
    if is_output:
        _arrow(ax, (x + 0.27, y), (x + 0.6, y), FORWARD)
        ax.text(x + 0.63, y, r"$\hat{y}$", ha="left", va="center")


@rc_context(STYLE)
def draw_training_cycle() -> Figure:
    """Draw how a network learns: initialise once, then go round a cycle of four steps.

    Returns:
        The figure.
    """
    alt = "Initialise once; then repeat: forward pass, cost, backward pass, update."
    figure, ax = new_canvas(9.2, 3.0, alt)
    top, low = 2.3, 0.7
    _box(ax, 1.1, top, 1.7, 0.85, "initialise\nW and b", PARAMETER)
    _box(ax, 3.8, top, 2.1, 0.85, "forward pass:\npredict", FORWARD)
    _box(ax, 7.7, top, 2.1, 0.85, "cost: how wrong\nis it?", FORWARD)
    _box(ax, 7.7, low, 2.1, 0.85, "backward pass:\ngradients", BACKWARD, dashed=True)
    _box(ax, 3.8, low, 2.1, 0.85, "update\nW and b", PARAMETER)
    _arrow(ax, (1.97, top), (2.73, top), INK, label="once")
    _arrow(ax, (4.87, top), (6.63, top), FORWARD, label="predictions")
    _arrow(ax, (7.7, top - 0.44), (7.7, low + 0.44), BACKWARD)
    _arrow(ax, (6.63, low), (4.87, low), BACKWARD, label="gradients", dashed=True)
    _arrow(ax, (3.8, low + 0.44), (3.8, top - 0.44), INK)
    ax.text(5.75, (top + low) / 2, "repeat many times", ha="center", va="center", style="italic")
    return figure


# --- Blocks of the forward and the backward pass -----------------------------------------------


@rc_context(STYLE)
def draw_layer_block() -> Figure:
    """Draw what one layer does on the way forward: LINEAR, then ACTIVATION, and the two caches.

    Returns:
        The figure.
    """
    alt = "A layer: A of the layer before, LINEAR, Z, ACTIVATION, A; both boxes leave a cache."
    figure, ax = new_canvas(9.2, 3.1, alt)
    y = 1.65
    _box(ax, 4.6, y, 5.6, 1.15, "", FAINT)
    _box(ax, 3.1, y, 1.9, 0.75, "LINEAR", FORWARD)
    _box(ax, 6.1, y, 1.9, 0.75, "ACTIVATION", FORWARD)
    _arrow(ax, (0.95, y), (2.13, y), FORWARD)
    _arrow(ax, (4.07, y), (5.13, y), FORWARD, label="$Z^{[l]}$")
    _arrow(ax, (7.07, y), (8.3, y), FORWARD)
    ax.text(0.9, y, "$A^{[l-1]}$", ha="right", va="center", fontsize=TITLE)
    ax.text(8.35, y, "$A^{[l]}$", ha="left", va="center", fontsize=TITLE)
    _arrow(ax, (3.1, 2.72), (3.1, y + 0.4), PARAMETER)
    ax.text(3.1, 2.75, "$W^{[l]},\\ b^{[l]}$", ha="center", va="bottom", fontsize=TITLE)
    _arrow(ax, (3.1, y - 0.4), (3.1, 0.62), CACHE, dashed=True)
    _arrow(ax, (6.1, y - 0.4), (6.1, 0.62), CACHE, dashed=True)
    _label(ax, 3.1, 0.38, "linear cache: $A^{[l-1]},\\ W^{[l]},\\ b^{[l]}$", CACHE)
    _label(ax, 6.1, 0.38, "activation cache: $Z^{[l]}$", CACHE)
    return figure


@rc_context(STYLE)
def draw_forward_backward_blocks(L: int = 3) -> Figure:
    """Draw the whole computation: forward boxes above, backward boxes below, caches in between.

    Arguments:
        L: number of layers, from 1 to 4 (a wider picture would not fit the page).

    Returns:
        The figure.

    Raises:
        ValueError: L is not between 1 and 4.
    """
    if not 1 <= L <= 4:
        raise ValueError(f"L must lie between 1 and 4, not {L}")
    gap, first = 2.3, 1.75
    alt = f"{L} forward boxes lead to the cost, {L} backward boxes lead back; caches join them."
    figure, ax = new_canvas(first + gap * (L - 1) + 2.75, 4.4, alt)
    top, low = 3.3, 1.1
    for layer in range(1, L + 1):
        x = first + gap * (layer - 1)
        name = "SIGMOID" if layer == L else "RELU"
        _box(ax, x, top, 1.25, 0.85, f"LINEAR\n{name}", FORWARD)
        _box(ax, x, low, 1.25, 0.85, f"LINEAR\n{name}\nbackward", BACKWARD, dashed=True)
        _arrow(ax, (x, 4.08), (x, top + 0.45), PARAMETER)
        ax.text(x, 4.1, f"$W^{{[{layer}]}}, b^{{[{layer}]}}$", ha="center", va="bottom")
        _arrow(ax, (x, top - 0.45), (x, low + 0.45), CACHE, dashed=True)
        _label(ax, x, (top + low) / 2, f"cache {layer}", CACHE)
        _arrow(ax, (x, low - 0.45), (x, 0.33), BACKWARD)
        ax.text(x, 0.29, f"$dW^{{[{layer}]}}, db^{{[{layer}]}}$", ha="center", va="top")
        _draw_flow(ax, x, layer, L, top, low)
    return figure


def _draw_flow(ax: Axes, x: float, layer: int, L: int, top: float, low: float) -> None:
    """Draw the arrows that enter and leave the two boxes of one layer at the sides."""
    if layer == 1:
        _arrow(ax, (0.55, top), (x - 0.66, top), FORWARD)
        ax.text(0.5, top, "$X$", ha="right", va="center", fontsize=TITLE)
        _arrow(ax, (x - 0.66, low), (0.7, low), BACKWARD)
        ax.text(0.65, low, "$dA^{[0]}$", ha="right", va="center", fontsize=TITLE)
    if layer < L:
        _arrow(ax, (x + 0.66, top), (x + 1.64, top), FORWARD, label=f"$A^{{[{layer}]}}$")
        _arrow(ax, (x + 1.64, low), (x + 0.66, low), BACKWARD, label=f"$dA^{{[{layer}]}}$")
        return
    end = x + 2.0
    _arrow(ax, (x + 0.66, top), (end - 0.56, top), FORWARD, label=f"$A^{{[{L}]}}$")
    _box(ax, end, top, 1.05, 0.7, "cost", INK)
    _arrow(ax, (end, top - 0.37), (end, low + 0.37), BACKWARD)
    _box(ax, end, low, 1.05, 0.7, f"$dA^{{[{L}]}}$", INK)
    _arrow(ax, (end - 0.56, low), (x + 0.66, low), BACKWARD)


# --- Matrices with their shapes ----------------------------------------------------------------


@rc_context(STYLE)
def draw_linear_step(n_prev: int = 3, n: int = 4, m: int = 5) -> Figure:
    """Draw W A + b = Z as rectangles of the right shapes; dashed columns of b are its copies.

    Arguments:
        n_prev: number of units of the previous layer, at most 8.
        n: number of units of this layer, at most 8.
        m: number of examples, at most 8.

    Returns:
        The figure.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    _check_sizes(n_prev, n, m)
    return _draw_equations(
        [
            [
                ("$W^{[l]}$", n, n_prev, PARAMETER, 0),
                (" ", 0, 0, INK, 0),
                ("$A^{[l-1]}$", n_prev, m, FORWARD, 0),
                ("+", 0, 0, INK, 0),
                ("$b^{[l]}$", n, 1, PARAMETER, m - 1),
                ("=", 0, 0, INK, 0),
                ("$Z^{[l]}$", n, m, FORWARD, 0),
            ]
        ],
        f"W ({n}, {n_prev}) times A ({n_prev}, {m}) plus b ({n}, 1) equals Z ({n}, {m}).",
    )


@rc_context(STYLE)
def draw_linear_backward(n_prev: int = 3, n: int = 4, m: int = 5) -> Figure:
    """Draw the shapes in the three formulas of the linear backward step, one above the other.

    Arguments:
        n_prev: number of units of the previous layer, at most 8.
        n: number of units of this layer, at most 8.
        m: number of examples, at most 8.

    Returns:
        The figure.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    _check_sizes(n_prev, n, m)
    dZ: Term = ("$dZ^{[l]}$", n, m, BACKWARD, 0)
    return _draw_equations(
        [
            [
                ("$dW^{[l]}$", n, n_prev, BACKWARD, 0),
                (r"$=\ \frac{1}{m}$", 0, 0, INK, 0),
                dZ,
                (" ", 0, 0, INK, 0),
                ("$A^{[l-1]T}$", m, n_prev, FORWARD, 0),
            ],
            [
                ("$db^{[l]}$", n, 1, BACKWARD, 0),
                (r"$=\ \frac{1}{m}$ sum of the columns of", 0, 0, INK, 0),
                dZ,
            ],
            [
                ("$dA^{[l-1]}$", n_prev, m, BACKWARD, 0),
                ("=", 0, 0, INK, 0),
                ("$W^{[l]T}$", n_prev, n, PARAMETER, 0),
                (" ", 0, 0, INK, 0),
                dZ,
            ],
        ],
        f"Shapes: dW ({n}, {n_prev}), db ({n}, 1), dA of the layer before ({n_prev}, {m}).",
    )


@rc_context(STYLE)
def draw_sum_axes() -> Figure:
    """Draw what summing a 2 x 3 matrix along axis 0 and along axis 1 leaves over.

    Returns:
        The figure.
    """
    alt = "Summing a (2, 3) matrix along axis 1 leaves a column, along axis 0 a row."
    figure, ax = new_canvas(7.4, 2.75, alt)
    values = np.array([[1, 2, 3], [4, 5, 6]])
    middle = 1.55  # height of the middle of both matrices

    _number_grid(ax, 0.9, middle, values, FORWARD)
    _arrow(ax, (2.48, middle), (2.97, middle), INK)
    _number_grid(ax, 3.05, middle, values.sum(axis=1, keepdims=True), PARAMETER)
    text = "axis=1: along each row\n(2, 3) becomes (2, 1)"
    ax.text(2.2, 2.7, text, ha="center", va="top")

    _number_grid(ax, 4.9, middle, values, FORWARD)
    _arrow(ax, (5.65, middle - 0.53), (5.65, middle - 0.92), INK)
    _number_grid(ax, 4.9, middle - 1.25, values.sum(axis=0, keepdims=True), PARAMETER)
    text = "axis=0: down each column\n(2, 3) becomes (1, 3)"
    ax.text(5.65, 2.7, text, ha="center", va="top")
    return figure


def _check_sizes(*sizes: int) -> None:
    """Raise ValueError unless every size can be drawn."""
    if min(sizes) < 1 or max(sizes) > MAX_ENTRIES:
        raise ValueError(f"sizes must lie between 1 and {MAX_ENTRIES}, not {sizes}")


def _draw_equations(equations: Sequence[Sequence[Term]], alt: str) -> Figure:
    """Draw lines of matrices and signs, one below the other, on a sheet of the right size."""
    widths = [sum(_term_width(term) for term in terms) for terms in equations]
    heights = [CELL * max(term[1] for term in terms) + 0.85 for terms in equations]
    figure, ax = new_canvas(0.8 + max(widths), sum(heights), alt)
    top = sum(heights)
    for terms, height in zip(equations, heights, strict=True):
        _draw_terms(ax, terms, 0.4, top - height / 2)
        top -= height
    return figure


def _draw_terms(ax: Axes, terms: Sequence[Term], x: float, y: float) -> None:
    """Draw matrices and signs from x to the right, all centred at the height y."""
    for term in terms:
        name, rows, columns, colour, copies = term
        width = _term_width(term)
        if rows == 0:
            size = TITLE if "sum" in name else TITLE + 3
            ax.text(x + width / 2, y, name, ha="center", va="center", fontsize=size)
        else:
            # A narrow matrix gets room for its label, so it stands in the middle of its place.
            left = x + (width - CELL * (columns + copies)) / 2
            _grid(ax, left + CELL * columns, y, rows, copies, colour, is_copy=True)
            _grid(ax, left, y, rows, columns, colour)
            ax.text(x + width / 2, y + CELL * rows / 2 + 0.08, name, ha="center", va="bottom")
            below = y - CELL * rows / 2 - 0.08
            ax.text(
                x + width / 2, below, f"({rows}, {columns})", ha="center", va="top", fontsize=SMALL
            )
        x += width


def _term_width(term: Term) -> float:
    """Return the room that a matrix or a sign takes, in inches."""
    name, rows, columns, _, copies = term
    if rows:
        return max(CELL * (columns + copies), 0.65)
    if "sum" in name:
        return 2.75
    return 0.9 if "frac" in name else 0.25 if name == " " else 0.55


def _grid(
    ax: Axes, left: float, y: float, rows: int, columns: int, colour: str, is_copy: bool = False
) -> None:
    """Draw the entries of a matrix as small squares; those of a copy are pale and dashed."""
    for row in range(rows):
        for column in range(columns):
            corner = (left + CELL * column, y + CELL * (rows / 2 - row - 1))
            ax.add_patch(
                Rectangle(
                    corner,
                    CELL,
                    CELL,
                    facecolor=tint(colour, 0.08 if is_copy else 0.35),
                    edgecolor=colour,
                    linewidth=0.8,
                    linestyle=":" if is_copy else "-",
                )
            )


def _number_grid(
    ax: Axes, left: float, middle: float, values: NDArray[np.int_], colour: str
) -> None:
    """Draw a matrix of numbers; ``middle`` is the height of its centre."""
    side = 0.5
    rows, columns = values.shape
    for row in range(rows):
        for column in range(columns):
            x, y = left + side * column, middle + side * (rows / 2 - row - 1)
            ax.add_patch(Rectangle((x, y), side, side, facecolor=tint(colour), edgecolor=colour))
            number = str(values[row, column])
            ax.text(x + side / 2, y + side / 2, number, ha="center", va="center")


# --- Curves ------------------------------------------------------------------------------------


@rc_context(STYLE)
def draw_activations() -> Figure:
    """Plot the sigmoid and the ReLU, each with its derivative.

    Returns:
        The figure.
    """
    alt = "Curves of the sigmoid and of the ReLU, each with its derivative as a dashed curve."
    figure, (left, right) = new_plots(2, 9.2, 3.4, alt)
    z = np.linspace(-6, 6, 601)
    curve = (1 + np.tanh(z / 2)) / 2  # the sigmoid is a tanh, shifted and scaled
    left.plot(z, curve, color=FORWARD, label="value")
    # The slope is measured from the curve itself, point by point.
    left.plot(z, np.gradient(curve, z), color=BACKWARD, linestyle="--", label="derivative")
    left.set_title("sigmoid: between 0 and 1")
    left.set_ylim(-0.1, 1.1)
    left.legend(loc="upper left")
    z = np.linspace(-3, 3, 601)
    right.plot(z, np.maximum(z, 0), color=FORWARD, label="value")
    # Two pieces: the derivative jumps at 0 and has no value between 0 and 1.
    right.plot(z[z < 0], 0 * z[z < 0], color=BACKWARD, linestyle="--", label="derivative")
    right.plot(z[z > 0], 0 * z[z > 0] + 1, color=BACKWARD, linestyle="--")
    right.set_title("ReLU: 0 or z itself")
    right.legend(loc="upper left")
    for ax in (left, right):
        ax.set_xlabel("z")
    return figure


@rc_context(STYLE)
def draw_loss() -> Figure:
    """Plot the cross-entropy loss of one example against the predicted probability.

    Returns:
        The figure.
    """
    alt = "The loss falls from very large to 0 as the probability of the true label goes to 1."
    figure, (ax,) = new_plots(1, 6.2, 3.4, alt)
    a = np.linspace(0.005, 0.995, 400)
    ax.plot(a, -np.log(a), color=FORWARD, label="label $y = 1$")
    ax.plot(a, -np.log(1 - a), color=BACKWARD, linestyle="--", label="label $y = 0$")
    ax.set_xlabel("predicted probability $a$")
    ax.set_ylabel("loss of the example")
    ax.set_xlim(0, 1)
    ax.set_ylim(0, 5)
    ax.legend(loc="upper center")
    return figure


@rc_context(STYLE)
def draw_gradient_step(learning_rates: Sequence[float] = (0.05, 0.3, 1.05)) -> Figure:
    """Plot a few steps of gradient descent on the cost J(w) = w^2, one plot a learning rate.

    Arguments:
        learning_rates: the step sizes to compare, one to four of them.

    Returns:
        The figure.

    Raises:
        ValueError: no learning rate, or more than four.
    """
    if not 1 <= len(learning_rates) <= 4:
        raise ValueError("give one to four learning rates")
    alt = f"Five steps of gradient descent each with learning rates {tuple(learning_rates)}."
    figure, axes = new_plots(len(learning_rates), 3.1 * len(learning_rates), 3.1, alt)
    for ax, rate in zip(axes, learning_rates, strict=True):
        w = -2.0 * (1 - 2 * rate) ** np.arange(6)  # the gradient of w^2 is 2 w
        reach = max(3.2, 1.1 * float(np.abs(w).max()))
        curve = np.linspace(-reach, reach, 200)
        ax.plot(curve, curve**2, color=FAINT, linewidth=LINE)
        ax.plot(w, w**2, color=BACKWARD, marker="o", linewidth=LINE)
        ax.annotate(
            "start",
            (w[0], w[0] ** 2),
            textcoords="offset points",
            xytext=(-8, -3),
            ha="right",
            fontsize=SMALL,
        )
        ax.set_title(rf"$\alpha = {rate:g}$")
        ax.set_xlabel("parameter $w$")
        ax.set_yticks([])
    axes[0].set_ylabel("cost $J(w)$")
    return figure


# --- Pieces that several drawings share --------------------------------------------------------


def _box(
    ax: Axes,
    x: float,
    y: float,
    width: float,
    height: float,
    text: str,
    colour: str,
    dashed: bool = False,
) -> None:
    """Draw a box with rounded corners around the point (x, y) and centre a text in it."""
    ax.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2),
            width,
            height,
            boxstyle="round,pad=0,rounding_size=0.1",
            facecolor=tint(colour, 0.15),
            edgecolor=colour,
            linewidth=LINE,
            linestyle="--" if dashed else "-",
        )
    )
    ax.text(x, y, text, ha="center", va="center", fontsize=TEXT, linespacing=1.25)


def _arrow(
    ax: Axes, start: Point, end: Point, colour: str, label: str = "", dashed: bool = False
) -> None:
    """Draw an arrow and, above the middle of it, a label."""
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=14,
            shrinkA=0,
            shrinkB=0,
            color=colour,
            linewidth=LINE,
            linestyle="--" if dashed else "-",
        )
    )
    if label:
        x, y = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        ax.text(x, y + 0.07, label, ha="center", va="bottom")


def _label(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    """Write a text on a small tinted card, so that lines behind it do not cross the letters."""
    ax.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        linespacing=1.35,
        bbox={"boxstyle": "round,pad=0.3", "facecolor": tint(colour, 0.18), "edgecolor": colour},
    )
