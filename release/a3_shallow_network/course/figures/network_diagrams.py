"""Networks as circles and lines: a circle for each unit, a line for each weight."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.figures.parts import Point, arrow, card, column, dots, edges, unit, write
from course.figures.style import FAINT, FORWARD, PARAMETER, new_canvas, styled
from course.language import _

MOST_UNITS = 6  # of a wider layer, only the first ones and the last one are drawn


@styled
def draw_network(layer_sizes: Sequence[int], show_shapes: bool = True) -> Figure:
    """Draw a network: a circle for each unit, a line for each weight.

    Parameters:
        layer_sizes: number of units of every layer, the input layer first, e.g. ``[5, 4, 3, 1]``.
            Of a layer with more than 6 units only the first ones and the last one are drawn.
        show_shapes: whether to write the shapes of W and b below the lines they belong to.

    Raises:
        ValueError: fewer than two layers, or a layer without units.
    """
    if len(layer_sizes) < 2 or min(layer_sizes) < 1:
        raise ValueError("a network needs an input layer and at least one more, none of them empty")
    last = len(layer_sizes) - 1
    widths = ", ".join(str(size) for size in layer_sizes)
    alt = _(
        "A network of layers with {widths} units; every unit is joined to all of the next layer."
    ).format(widths=widths)
    headings = [
        _("layer 0\ninput"),
        *(_("layer {layer}\nReLU").format(layer=layer) for layer in range(1, last)),
    ]
    headings.append(_("layer {last}\nsigmoid").format(last=last))
    counts = [f"n^{{[{layer}]}}" for layer in range(last + 1)]
    return _draw_layers(layer_sizes, headings, counts, show_shapes, 2.15, alt)


@styled
def draw_shallow_network(
    n_x: int = 2,
    n_h: int = 4,
    n_y: int = 1,
    hidden: str = "tanh",
    output: str = "sigmoid",
    show_shapes: bool = True,
) -> Figure:
    """Draw a network with one hidden layer: a circle for each unit, a line for each weight.

    Parameters:
        n_x, n_h, n_y: the numbers of inputs, hidden units and outputs.
        hidden, output: the names of the activation functions, as they are written over the layers.
        show_shapes: whether to write the shapes of W and b below the lines they belong to.

    Raises:
        ValueError: a layer has no units.
    """
    sizes = (n_x, n_h, n_y)
    if min(sizes) < 1:
        raise ValueError("every layer needs at least one unit")
    alt = _(
        "A network with {n_x} inputs, a hidden layer of {n_h} {hidden} units and an output layer "
        "of {n_y} {output} units; every unit is joined to all of the next layer."
    ).format(n_x=n_x, n_h=n_h, hidden=hidden, n_y=n_y, output=output)
    headings = (
        _("input"),
        _("hidden layer\n{hidden}").format(hidden=hidden),
        _("output layer\n{output}").format(output=output),
    )
    return _draw_layers(sizes, headings, ("n_x", "n_h", "n_y"), show_shapes, 2.5, alt)


def _draw_layers(
    sizes: Sequence[int],
    headings: Sequence[str],
    counts: Sequence[str],
    show_shapes: bool,
    gap: float,
    alt: str,
) -> Figure:
    """Draw layers from left to right, with a heading above each and its number of units below."""
    step, head, foot = 0.62, 0.65, 1.0 if show_shapes else 0.45
    height = foot + step * min(max(sizes), MOST_UNITS) + head
    figure, ax = new_canvas(gap * (len(sizes) - 1) + 1.9, height, alt)
    columns = []
    for layer, size in enumerate(sizes):
        x = 0.95 + gap * layer
        write(ax, x, height - 0.1, headings[layer], va="top")
        write(ax, x, foot - 0.1, f"${counts[layer]} = {size}$", va="top")
        labels = [str(i) for i in range(1, size + 1)]
        if size > MOST_UNITS:
            labels = [*labels[: MOST_UNITS - 2], "", str(size)]
        places = column(x, (foot + height - head) / 2, len(labels), step)
        for place, label in zip(places, labels, strict=True):
            _draw_unit(ax, place, layer, label, is_output=layer == len(sizes) - 1)
        columns.append([place for place, label in zip(places, labels, strict=True) if label])
    edges(ax, *columns)
    if show_shapes:
        for layer, (n_prev, n) in enumerate(zip(sizes, sizes[1:], strict=False), 1):
            text = f"$W^{{[{layer}]}}$: ({n}, {n_prev})\n$b^{{[{layer}]}}$: ({n}, 1)"
            card(ax, (0.95 + gap * (layer - 0.5), 0.36), text, PARAMETER)
    return figure


def _draw_unit(ax: Axes, place: Point, layer: int, label: str, is_output: bool) -> None:
    """Draw one unit with its symbol, or three dots where units are left out."""
    if not label:
        dots(ax, place)
        return
    symbol = f"$x_{{{label}}}$" if layer == 0 else f"$a^{{[{layer}]}}_{{{label}}}$"
    unit(ax, place, symbol, FAINT if layer == 0 else FORWARD)
    if is_output:
        x, y = place
        arrow(ax, (x + 0.27, y), (x + 0.6, y), FORWARD)
        write(ax, x + 0.63, y, r"$\hat{y}$", ha="left")
