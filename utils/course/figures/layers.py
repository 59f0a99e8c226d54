"""Layers: how they are counted and indexed, and what their matrices hold."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.figures.matrices import cells, frame
from course.figures.parts import arrow, column, edges, unit, write
from course.figures.style import CACHE, FAINT, FORWARD, PARAMETER, SMALL, TITLE, new_canvas, styled
from course.language import _, ngettext


@styled
def draw_layer_counts(
    networks: Sequence[Sequence[int]] = ((3, 1), (3, 4, 1), (3, 4, 4, 1)),
) -> Figure:
    """Draw networks side by side, each with the number of its layers.

    Parameters:
        networks: for each network the number of units of every layer, the input layer first; one to
            four networks of at most 6 units a layer.

    Raises:
        ValueError: there is no network, or more than four, or one that cannot be drawn.
    """
    if not 1 <= len(networks) <= 4:
        raise ValueError("give one to four networks")
    if any(len(sizes) < 2 or min(sizes) < 1 or max(sizes) > 6 for sizes in networks):
        raise ValueError("a network needs an input and a layer, of 1 to 6 units each")
    step, gap = 0.78, 0.75
    widths = [step * (len(sizes) - 1) + gap for sizes in networks]
    tallest = max(max(sizes) for sizes in networks)
    height = 0.42 * tallest + 1.35
    alt = _("Networks side by side: {parts}.").format(
        parts=_("; ").join(
            _("units {units}, which is {layers}").format(
                units=", ".join(map(str, sizes)), layers=_layers(len(sizes) - 1)
            )
            for sizes in networks
        )
    )
    figure, ax = new_canvas(sum(widths) + 0.3 * len(networks), height, alt)
    left, middle = 0.5, 0.55 + 0.21 * tallest
    for sizes, width in zip(networks, widths, strict=True):
        columns = [column(left + step * l, middle, size, 0.42) for l, size in enumerate(sizes)]
        edges(ax, *columns)
        for layer, places in enumerate(columns):
            for place in places:
                unit(ax, place, "", FAINT if layer == 0 else FORWARD, radius=0.15)
            label = _("input") if layer == 0 else str(layer)
            write(ax, places[0][0], 0.3, label, SMALL)
        centre = left + step * (len(sizes) - 1) / 2
        hidden = len(sizes) - 2
        write(ax, centre, height - 0.12, f"$L = {len(sizes) - 1}$", va="top")
        note = _("no hidden layer") if not hidden else _("{hidden} hidden").format(hidden=hidden)
        write(ax, centre, height - 0.4, note, SMALL, va="top")
        left += width + 0.3
    return figure


def _layers(count: int) -> str:
    return ngettext("{count} layer", "{count} layers", count).format(count=count)


@styled
def draw_index_guide(layer: int = 1, example: int = 7, number: int = 3) -> Figure:
    """Draw an activation with its three indices, each with what it means.

    Parameters:
        layer: the superscript in square brackets.
        example: the superscript in round brackets.
        number: the subscript, the number of the unit.
    """
    alt = _(
        "The symbol a with [{layer}] and ({example}) above and {number} below: unit {number} of "
        "layer {layer}, for example {example}."
    ).format(layer=layer, example=example, number=number)
    figure, ax = new_canvas(8.0, 2.3, alt)
    symbol = f"$a^{{[{layer}]({example})}}_{{{number}}}$"
    write(ax, 3.1, 1.1, symbol, 46, ha="left")
    arrow(ax, (2.75, 1.85), (3.5, 1.42), CACHE)
    write(
        ax,
        2.7,
        1.88,
        _("square brackets: the layer\n(layer {layer})").format(layer=layer),
        ha="right",
    )
    arrow(ax, (5.0, 1.9), (4.55, 1.62), CACHE)
    ax.text(
        5.05,
        1.88,
        _("round brackets: the example\n(example {example})").format(example=example),
        va="center",
    )
    arrow(ax, (4.9, 0.45), (3.8, 0.72), CACHE)
    ax.text(
        4.95,
        0.42,
        _("subscript: the unit\n(unit {number} of that layer)").format(number=number),
        va="center",
    )
    arrow(ax, (2.75, 0.45), (3.15, 0.85), CACHE)
    write(ax, 2.7, 0.42, _("letter: what it is\n(an activation)"), ha="right")
    return figure


@styled
def draw_stacked_units(n_x: int = 3, n: int = 4) -> Figure:
    """Draw how the weights of the units, as rows, become the matrix of a layer.

    Parameters:
        n_x: the number of inputs, from 1 to 5.
        n: the number of units, from 1 to 5.

    Raises:
        ValueError: a number is not between 1 and 5.
    """
    if not (1 <= n_x <= 5 and 1 <= n <= 5):
        raise ValueError("sizes must lie between 1 and 5")
    alt = _(
        "The {n} rows of weights, one a unit, are W ({n}, {n_x}); times x ({n_x}, 1) plus b "
        "({n}, 1) they give z ({n}, 1), one entry a unit."
    ).format(n=n, n_x=n_x)
    cell, high = 0.62, 0.46
    tall = high * max(n, n_x)
    width = 3.9 + cell * (n_x + 2)
    figure, ax = new_canvas(width, tall + 1.25, alt)
    middle = 0.62 + tall / 2
    x = 1.1
    for j in range(n):
        y = middle + high * ((n - 1) / 2 - j)
        write(ax, x - 0.1, y, _("unit {unit}:").format(unit=j + 1), SMALL, ha="right")
    weights = [[f"$w_{{{j + 1},{k + 1}}}$" for k in range(n_x)] for j in range(n)]
    x = _labelled(ax, x, middle, weights, (cell, high), PARAMETER, "$W^{[1]}$", rows=True) + 0.2
    features = [[f"$x_{k + 1}$"] for k in range(n_x)]
    x = _labelled(ax, x, middle, features, (cell, high), FAINT, "$x$")
    write(ax, x + 0.25, middle, "+", TITLE + 3)
    biases = [[f"$b_{j + 1}$"] for j in range(n)]
    x = _labelled(ax, x + 0.5, middle, biases, (cell, high), PARAMETER, "$b^{[1]}$")
    write(ax, x + 0.25, middle, "=", TITLE + 3)
    sums = [[f"$w_{j + 1}^T x + b_{j + 1}$"] for j in range(n)]
    _labelled(ax, x + 0.5, middle, sums, (1.45, high), FORWARD, "$z^{[1]}$")
    return figure


@styled
def draw_units_by_examples(n: int = 4, m: int = 5, layer: int = 1) -> Figure:
    """Draw the activations of a layer: down a column the units, along a row the examples.

    Parameters:
        n: the number of units, from 2 to 6.
        m: the number of examples, from 2 to 6.
        layer: the number of the layer.

    Raises:
        ValueError: a size is not between 2 and 6.
    """
    if not (2 <= n <= 6 and 2 <= m <= 6):
        raise ValueError("sizes must lie between 2 and 6")
    alt = _(
        "The matrix A of layer {layer} with {n} rows, one a unit, and {m} columns, one an "
        "example. The first column is framed: all units, one example; so is the first row: one "
        "unit, all examples."
    ).format(layer=layer, n=n, m=m)
    cell, high = 0.98, 0.52
    figure, ax = new_canvas(2.9 + cell * m, 1.6 + high * n, alt)
    left, low = 2.6, 0.6
    middle = low + high * n / 2
    entries = [[f"$a^{{[{layer}]({i + 1})}}_{{{j + 1}}}$" for i in range(m)] for j in range(n)]
    _labelled(ax, left, middle, entries, (cell, high), FORWARD, "")
    # One column and one row stand out.
    frame(ax, (left, low), (cell, high * n), PARAMETER, 3)
    frame(ax, (left, low + high * (n - 1)), (cell * m, high), CACHE, 3, "--")
    top = low + high * n
    for i in range(m):
        text = _("example {number}").format(number=i + 1)
        write(ax, left + cell * (i + 0.5), top + 0.1, text, SMALL, va="bottom")
    for j in range(n):
        y = top - high * (j + 0.5)
        write(ax, left - 0.1, y, _("unit {unit}").format(unit=j + 1), SMALL, ha="right")
    arrow(ax, (left + 0.2, top + 0.55), (left + cell * m - 0.2, top + 0.55), CACHE)
    write(ax, left + cell * m / 2, top + 0.6, _("along a row: one unit, all examples"), va="bottom")
    arrow(ax, (1.75, top - 0.15), (1.75, low + 0.15), PARAMETER)
    write(ax, 1.6, middle, _("down a column:\nall units,\none example"), SMALL, ha="right")
    shape = _("$A^{{[{layer}]}}$ has the shape $(n^{{[{layer}]}}, m) = ({n}, {m})$").format(
        layer=layer, n=n, m=m
    )
    write(ax, left + cell * m / 2, low - 0.15, shape, va="top")
    return figure


def _labelled(
    ax: Axes,
    left: float,
    middle: float,
    entries: Sequence[Sequence[str]],
    cell: tuple[float, float],
    colour: str,
    name: str,
    rows: bool = False,
) -> float:
    """Draw a matrix of texts and return where it ends; ``rows`` frames each row."""
    width, height = cell
    n, m = len(entries), len(entries[0])
    low, top = middle - height * n / 2, middle + height * n / 2
    cells(ax, left, middle, entries, cell, colour, strength=0.18)
    if rows:
        for j in range(n):
            frame(ax, (left, low + height * j), (width * m, height), colour)
    if name:
        centre = left + width * m / 2
        write(ax, centre, top + 0.08, name, TITLE, va="bottom")
        write(ax, centre, low - 0.08, f"({n}, {m})", SMALL, va="top")
    return left + width * m
