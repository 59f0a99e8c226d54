"""Drawings of a network with one hidden layer: its units and weights, and its two passes.

A notebook cell that ends with ``draw_shallow_network(2, 4, 1)`` shows the picture below it. Every
function returns a Matplotlib ``Figure``.
"""

from __future__ import annotations

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle, FancyArrowPatch, FancyBboxPatch

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
    tint,
)

__all__ = ["draw_shallow_network", "draw_shallow_passes"]

Point = tuple[float, float]
MOST_UNITS = 5  # of a wider layer, only the first ones and the last one are drawn


@rc_context(STYLE)
def draw_shallow_network(
    n_x: int = 2,
    n_h: int = 4,
    n_y: int = 1,
    hidden: str = "tanh",
    output: str = "sigmoid",
    show_shapes: bool = True,
) -> Figure:
    """Draw a network with one hidden layer: a circle for each unit, a line for each weight.

    Arguments:
        n_x, n_h, n_y: the numbers of inputs, hidden units and outputs.
        hidden, output: the names of the activation functions, as they are written over the layers.
        show_shapes: whether to write the shapes of W and b below the lines they belong to.

    Returns:
        The figure.

    Raises:
        ValueError: a layer has no units.
    """
    sizes = (n_x, n_h, n_y)
    if min(sizes) < 1:
        raise ValueError("every layer needs at least one unit")
    alt = (
        f"A network with {n_x} inputs, a hidden layer of {n_h} {hidden} units and an output layer "
        f"of {n_y} {output} units; every unit is joined to all of the next layer."
    )
    step, foot = 0.62, 1.05 if show_shapes else 0.5
    height = foot + step * min(max(sizes), MOST_UNITS) + 0.75
    figure, ax = new_canvas(7.6, height, alt)
    middle = (foot + height - 0.7) / 2
    headings = ("input", f"hidden layer\n{hidden}", f"output layer\n{output}")
    places: list[list[tuple[float, float, int]]] = []
    for layer, (size, heading) in enumerate(zip(sizes, headings, strict=True)):
        x = 1.2 + 2.5 * layer
        places.append([(x, y, unit) for y, unit in _heights(size, middle, step)])
        ax.text(x, height - 0.1, heading, ha="center", va="top")
        name = ("n_x", "n_h", "n_y")[layer]
        ax.text(x, foot - 0.12, f"${name} = {size}$", ha="center", va="top")
    for left, right in zip(places, places[1:], strict=False):
        for x0, y0, unit0 in left:
            for x1, y1, unit1 in right:
                if unit0 and unit1:
                    ax.plot([x0, x1], [y0, y1], color=FAINT, linewidth=0.9, zorder=1)
    for layer, column in enumerate(places):
        for x, y, unit in column:
            _unit(ax, x, y, layer, unit)
    if show_shapes:
        for layer in (1, 2):
            n, n_prev = sizes[layer], sizes[layer - 1]
            text = f"$W^{{[{layer}]}}$: ({n}, {n_prev})\n$b^{{[{layer}]}}$: ({n}, 1)"
            _card(ax, 1.2 + 2.5 * (layer - 0.5), 0.38, text, PARAMETER)
    return figure


def _heights(size: int, middle: float, step: float) -> list[tuple[float, int]]:
    """Return height and number of each drawn unit; number 0 stands for three dots."""
    units = list(range(1, size + 1))
    if size > MOST_UNITS:
        units = [*units[: MOST_UNITS - 2], 0, size]
    top = middle + step * (len(units) - 1) / 2
    return [(top - step * place, unit) for place, unit in enumerate(units)]


def _unit(ax: Axes, x: float, y: float, layer: int, unit: int) -> None:
    """Draw one unit with its symbol, or three dots where units are left out."""
    if not unit:
        ax.text(x, y, r"$\vdots$", ha="center", va="center", fontsize=TITLE)
        return
    colour = FAINT if layer == 0 else FORWARD
    circle = Circle((x, y), 0.26, facecolor=tint(colour), edgecolor=colour, linewidth=LINE)
    circle.set_zorder(2)
    ax.add_patch(circle)
    symbol = f"$x_{{{unit}}}$" if layer == 0 else f"$a^{{[{layer}]}}_{{{unit}}}$"
    ax.text(x, y, symbol, ha="center", va="center", zorder=3)
    if layer == 2:
        _arrow(ax, (x + 0.27, y), (x + 0.6, y), FORWARD)
        ax.text(x + 0.65, y, r"$\hat{y}$", ha="left", va="center")


@rc_context(STYLE)
def draw_shallow_passes(n_x: int = 2, n_h: int = 4, n_y: int = 1, m: int = 400) -> Figure:
    """Draw what is computed in which order, forward (above) and backward (below), with all shapes.

    Arguments:
        n_x, n_h, n_y: the numbers of inputs, hidden units and outputs.
        m: the number of examples.

    Returns:
        The figure.

    Raises:
        ValueError: a number is smaller than one.
    """
    if min(n_x, n_h, n_y, m) < 1:
        raise ValueError("all sizes must be at least one")
    alt = (
        "Forward: X gives Z1, A1, Z2, A2 and the cost. Backward: from A2 and Y to dZ2, then with "
        "W2 and A1 to dZ1; dZ2 with A1 gives dW2, dZ1 with X gives dW1; db2 and db1 come from dZ2 "
        "and dZ1 alone."
    )
    figure, ax = new_canvas(9.2, 4.3, alt)
    hidden, out = f"({n_h}, {m})", f"({n_y}, {m})"
    top, middle, low = 3.55, 2.0, 0.6
    columns = (0.75, 2.35, 3.95, 5.55, 7.15, 8.55)
    forward = (
        ("$X$", f"({n_x}, {m})", FAINT),
        ("$Z^{[1]}$", hidden, FORWARD),
        ("$A^{[1]}$", hidden, CACHE),
        ("$Z^{[2]}$", out, FORWARD),
        ("$A^{[2]}$", out, CACHE),
        ("$J$", "a number", FORWARD),
    )
    for x, (name, shape, colour) in zip(columns, forward, strict=True):
        _box(ax, x, top, name, shape, colour)
    labels = ("$W^{[1]}, b^{[1]}$", "tanh", "$W^{[2]}, b^{[2]}$", r"$\sigma$", "with $Y$")
    for x0, x1, label in zip(columns, columns[1:], labels, strict=False):
        _arrow(ax, (x0 + 0.53, top), (x1 - 0.53, top), FORWARD)
        ax.text((x0 + x1) / 2, top + 0.36, label, ha="center", va="bottom", fontsize=SMALL)
    z1, z2 = columns[1], columns[3]
    _box(ax, z2, middle, "$dZ^{[2]}$", out, BACKWARD, dashed=True)
    _box(ax, z1, middle, "$dZ^{[1]}$", hidden, BACKWARD, dashed=True)
    weights = ((z1, 1, f"({n_h}, {n_x})", n_h), (z2, 2, f"({n_y}, {n_h})", n_y))
    for x, layer, shape, rows in weights:
        _box(ax, x - 0.6, low, f"$dW^{{[{layer}]}}$", shape, BACKWARD, dashed=True)
        _box(ax, x + 0.6, low, f"$db^{{[{layer}]}}$", f"({rows}, 1)", BACKWARD, dashed=True)
        _arrow(ax, (x - 0.2, middle - 0.36), (x - 0.5, low + 0.36), BACKWARD, dashed=True)
        _arrow(ax, (x + 0.2, middle - 0.36), (x + 0.5, low + 0.36), BACKWARD, dashed=True)
    _arrow(ax, (columns[4] - 0.2, top - 0.36), (z2 + 0.53, middle + 0.12), BACKWARD, dashed=True)
    ax.text(columns[4] - 0.55, middle + 0.5, "with $Y$", ha="left", va="center", fontsize=SMALL)
    _arrow(ax, (z2 - 0.53, middle), (z1 + 0.53, middle), BACKWARD, dashed=True)
    # To the left of the arrow that comes down from A1.
    label = "with $W^{[2]}$, $A^{[1]}$"
    ax.text(z1 + 0.62, middle + 0.24, label, ha="left", va="center", fontsize=SMALL)
    _arrow(ax, (columns[0] + 0.1, top - 0.36), (z1 - 0.85, low + 0.36), CACHE)
    _arrow(ax, (columns[2] + 0.1, top - 0.36), (z2 - 0.85, low + 0.36), CACHE)
    return figure


def _box(
    ax: Axes, x: float, y: float, name: str, shape: str, colour: str, dashed: bool = False
) -> None:
    """Draw a box around the point (x, y) with the name of a matrix and its shape."""
    ax.add_patch(
        FancyBboxPatch(
            (x - 0.52, y - 0.34),
            1.04,
            0.68,
            boxstyle="round,pad=0,rounding_size=0.1",
            facecolor=tint(colour, 0.15),
            edgecolor=colour,
            linewidth=LINE,
            linestyle="--" if dashed else "-",
            zorder=2,
        )
    )
    ax.text(x, y + 0.14, name, ha="center", va="center", fontsize=TEXT, zorder=3)
    ax.text(x, y - 0.17, shape, ha="center", va="center", fontsize=SMALL, zorder=3)


def _arrow(ax: Axes, start: Point, end: Point, colour: str, dashed: bool = False) -> None:
    ax.add_patch(
        FancyArrowPatch(
            start,
            end,
            arrowstyle="-|>",
            mutation_scale=13,
            shrinkA=0,
            shrinkB=0,
            color=colour,
            linewidth=LINE,
            linestyle="--" if dashed else "-",
            zorder=1,
        )
    )


def _card(ax: Axes, x: float, y: float, text: str, colour: str) -> None:
    """Write a text on a small tinted card."""
    ax.text(
        x,
        y,
        text,
        ha="center",
        va="center",
        color=INK,
        linespacing=1.35,
        bbox={"boxstyle": "round,pad=0.3", "facecolor": tint(colour, 0.18), "edgecolor": colour},
    )
