"""The forward and the backward pass: the blocks of the layers, their caches and their shapes."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from course.figures.matrices import Matrix, Term, check_sizes, draw_equations
from course.figures.parts import arrow, box, card, write
from course.figures.style import (
    BACKWARD,
    CACHE,
    FAINT,
    FORWARD,
    INK,
    PAGE,
    PARAMETER,
    SMALL,
    TEXT,
    TITLE,
    new_canvas,
    styled,
)
from course.language import _


@styled
def draw_layer_block() -> Figure:
    """Draw what one layer does on the way forward: LINEAR, then ACTIVATION, and the two caches."""
    alt = _("A layer: A of the layer before, LINEAR, Z, ACTIVATION, A; both boxes leave a cache.")
    figure, ax = new_canvas(PAGE, 3.1, alt)
    y = 1.65
    box(ax, (4.6, y), (5.6, 1.15), "", FAINT)
    box(ax, (3.1, y), (1.9, 0.75), "LINEAR", FORWARD)
    box(ax, (6.1, y), (1.9, 0.75), "ACTIVATION", FORWARD)
    arrow(ax, (0.95, y), (2.13, y), FORWARD)
    arrow(ax, (4.07, y), (5.13, y), FORWARD, label="$Z^{[l]}$")
    arrow(ax, (7.07, y), (8.3, y), FORWARD)
    write(ax, 0.9, y, "$A^{[l-1]}$", TITLE, ha="right")
    write(ax, 8.35, y, "$A^{[l]}$", TITLE, ha="left")
    arrow(ax, (3.1, 2.72), (3.1, y + 0.4), PARAMETER)
    write(ax, 3.1, 2.75, "$W^{[l]},\\ b^{[l]}$", TITLE, va="bottom")
    arrow(ax, (3.1, y - 0.4), (3.1, 0.62), CACHE, dashed=True)
    arrow(ax, (6.1, y - 0.4), (6.1, 0.62), CACHE, dashed=True)
    card(ax, (3.1, 0.38), _("linear cache: $A^{[l-1]},\\ W^{[l]},\\ b^{[l]}$"), CACHE)
    card(ax, (6.1, 0.38), _("activation cache: $Z^{[l]}$"), CACHE)
    return figure


@styled
def draw_layer_pair() -> Figure:
    """Draw the forward and the backward block of one layer, and what the cache carries down."""
    alt = _(
        "Above: A of the layer before, with W and b, gives Z, then A. The cache keeps A of the "
        "layer before, W and Z. Below, from right to left: dA with Z gives dZ; dZ with W gives dA "
        "of the layer before; dZ with A of the layer before gives dW and db."
    )
    figure, ax = new_canvas(PAGE, 5.1, alt)
    top, low = 4.0, 1.35
    left, right = 3.1, 6.3
    size = (1.95, 0.8)
    box(ax, (left, top), size, "$Z^{[l]} = W^{[l]}A^{[l-1]} + b^{[l]}$", FORWARD, fontsize=SMALL)
    box(ax, (right, top), size, "$A^{[l]} = g^{[l]}(Z^{[l]})$", FORWARD, fontsize=SMALL)
    arrow(ax, (0.95, top), (left - 1.0, top), FORWARD)
    arrow(ax, (left + 1.0, top), (right - 1.0, top), FORWARD, "$Z^{[l]}$")
    arrow(ax, (right + 1.0, top), (8.3, top), FORWARD)
    write(ax, 0.9, top, "$A^{[l-1]}$", TITLE, ha="right")
    write(ax, 8.35, top, "$A^{[l]}$", TITLE, ha="left")
    arrow(ax, (left, 4.82), (left, top + 0.42), PARAMETER)
    ax.text(left + 0.1, 4.8, "$W^{[l]},\\ b^{[l]}$", ha="left", va="top", fontsize=TITLE)

    arrow(ax, (left, top - 0.42), (left, low + 0.77), CACHE, dashed=True)
    arrow(ax, (right, top - 0.42), (right, low + 0.42), CACHE, dashed=True)
    card(ax, (left, 2.75), _("linear cache: $A^{[l-1]},\\ W^{[l]},\\ b^{[l]}$"), CACHE)
    card(ax, (right, 2.75), _("activation cache: $Z^{[l]}$"), CACHE)

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
        write(ax, left, y, formula, TEXT, zorder=3)
    arrow(ax, (8.3, low), (right + 1.2, low), BACKWARD)
    arrow(ax, (right - 1.2, low), (left + 1.2, low), BACKWARD, "$dZ^{[l]}$")
    arrow(ax, (left - 1.2, low), (0.95, low), BACKWARD)
    write(ax, 8.35, low, "$dA^{[l]}$", TITLE, ha="left")
    write(ax, 0.9, low, "$dA^{[l-1]}$", TITLE, ha="right")
    arrow(ax, (left, low - 0.77), (left, 0.28), BACKWARD)
    ax.text(left + 0.12, 0.3, "$dW^{[l]},\\ db^{[l]}$", ha="left", va="bottom", fontsize=TITLE)
    return figure


@styled
def draw_forward_backward_blocks(L: int = 3) -> Figure:
    """Draw the whole computation: forward boxes above, backward boxes below, caches in between.

    Parameters:
        L: number of layers, from 1 to 4 (a wider picture would not fit the page).

    Raises:
        ValueError: L is not between 1 and 4.
    """
    if not 1 <= L <= 4:
        raise ValueError(f"L must lie between 1 and 4, not {L}")
    gap, first = 2.3, 1.75
    alt = _(
        "{L} forward boxes lead to the cost, {L} backward boxes lead back; caches join them."
    ).format(L=L)
    figure, ax = new_canvas(first + gap * (L - 1) + 2.75, 4.4, alt)
    top, low = 3.3, 1.1
    for layer in range(1, L + 1):
        x = first + gap * (layer - 1)
        name = "SIGMOID" if layer == L else "RELU"
        box(ax, (x, top), (1.25, 0.85), f"LINEAR\n{name}", FORWARD)
        box(
            ax,
            (x, low),
            (1.25, 0.85),
            _("LINEAR\n{name}\nbackward").format(name=name),
            BACKWARD,
            dashed=True,
        )
        arrow(ax, (x, 4.08), (x, top + 0.45), PARAMETER)
        write(ax, x, 4.1, f"$W^{{[{layer}]}}, b^{{[{layer}]}}$", va="bottom")
        arrow(ax, (x, top - 0.45), (x, low + 0.45), CACHE, dashed=True)
        card(ax, (x, (top + low) / 2), _("cache {layer}").format(layer=layer), CACHE)
        arrow(ax, (x, low - 0.45), (x, 0.33), BACKWARD)
        write(ax, x, 0.29, f"$dW^{{[{layer}]}}, db^{{[{layer}]}}$", va="top")
        _draw_flow(ax, x, layer, L, top, low)
    return figure


def _draw_flow(ax: Axes, x: float, layer: int, L: int, top: float, low: float) -> None:
    """Draw the arrows that enter and leave the two boxes of one layer at the sides."""
    if layer == 1:
        arrow(ax, (0.55, top), (x - 0.66, top), FORWARD)
        write(ax, 0.5, top, "$X$", TITLE, ha="right")
        arrow(ax, (x - 0.66, low), (0.7, low), BACKWARD)
        write(ax, 0.65, low, "$dA^{[0]}$", TITLE, ha="right")
    if layer < L:
        arrow(ax, (x + 0.66, top), (x + 1.64, top), FORWARD, label=f"$A^{{[{layer}]}}$")
        arrow(ax, (x + 1.64, low), (x + 0.66, low), BACKWARD, label=f"$dA^{{[{layer}]}}$")
        return
    end = x + 2.0
    arrow(ax, (x + 0.66, top), (end - 0.56, top), FORWARD, label=f"$A^{{[{L}]}}$")
    box(ax, (end, top), (1.05, 0.7), _("cost"), INK)
    arrow(ax, (end, top - 0.37), (end, low + 0.37), BACKWARD)
    box(ax, (end, low), (1.05, 0.7), f"$dA^{{[{L}]}}$", INK)
    arrow(ax, (end - 0.56, low), (x + 0.66, low), BACKWARD)


@styled
def draw_shallow_passes(n_x: int = 2, n_h: int = 4, n_y: int = 1, m: int = 400) -> Figure:
    """Draw what is computed in which order, forward (above) and backward (below), with all shapes.

    Parameters:
        n_x, n_h, n_y: the numbers of inputs, hidden units and outputs.
        m: the number of examples.

    Raises:
        ValueError: a number is smaller than one.
    """
    if min(n_x, n_h, n_y, m) < 1:
        raise ValueError("all sizes must be at least one")
    alt = _(
        "Forward: X gives Z1, A1, Z2, A2 and the cost. Backward: from A2 and Y to dZ2, then with "
        "W2 and A1 to dZ1; dZ2 with A1 gives dW2, dZ1 with X gives dW1; db2 and db1 come from dZ2 "
        "and dZ1 alone."
    )
    figure, ax = new_canvas(PAGE, 4.3, alt)
    hidden, out = f"({n_h}, {m})", f"({n_y}, {m})"
    top, middle, low = 3.55, 2.0, 0.6
    columns = (0.75, 2.35, 3.95, 5.55, 7.15, 8.55)
    forward = (
        ("$X$", f"({n_x}, {m})", FAINT),
        ("$Z^{[1]}$", hidden, FORWARD),
        ("$A^{[1]}$", hidden, CACHE),
        ("$Z^{[2]}$", out, FORWARD),
        ("$A^{[2]}$", out, CACHE),
        ("$J$", _("a number"), FORWARD),
    )
    for x, (name, shape, colour) in zip(columns, forward, strict=True):
        _shape_box(ax, x, top, name, shape, colour)
    labels = ("$W^{[1]}, b^{[1]}$", "tanh", "$W^{[2]}, b^{[2]}$", r"$\sigma$", _("with $Y$"))
    for x0, x1, label in zip(columns, columns[1:], labels, strict=False):
        arrow(ax, (x0 + 0.53, top), (x1 - 0.53, top), FORWARD)
        write(ax, (x0 + x1) / 2, top + 0.36, label, SMALL, va="bottom")
    z1, z2 = columns[1], columns[3]
    _shape_box(ax, z2, middle, "$dZ^{[2]}$", out, BACKWARD, dashed=True)
    _shape_box(ax, z1, middle, "$dZ^{[1]}$", hidden, BACKWARD, dashed=True)
    weights = ((z1, 1, f"({n_h}, {n_x})", n_h), (z2, 2, f"({n_y}, {n_h})", n_y))
    for x, layer, shape, rows in weights:
        _shape_box(ax, x - 0.6, low, f"$dW^{{[{layer}]}}$", shape, BACKWARD, dashed=True)
        _shape_box(ax, x + 0.6, low, f"$db^{{[{layer}]}}$", f"({rows}, 1)", BACKWARD, dashed=True)
        arrow(ax, (x - 0.2, middle - 0.36), (x - 0.5, low + 0.36), BACKWARD, dashed=True)
        arrow(ax, (x + 0.2, middle - 0.36), (x + 0.5, low + 0.36), BACKWARD, dashed=True)
    arrow(ax, (columns[4] - 0.2, top - 0.36), (z2 + 0.53, middle + 0.12), BACKWARD, dashed=True)
    write(ax, columns[4] - 0.55, middle + 0.5, _("with $Y$"), SMALL, ha="left")
    arrow(ax, (z2 - 0.53, middle), (z1 + 0.53, middle), BACKWARD, dashed=True)
    # To the left of the arrow that comes down from A1.
    label = _("with $W^{[2]}$, $A^{[1]}$")
    write(ax, z1 + 0.62, middle + 0.24, label, SMALL, ha="left")
    arrow(ax, (columns[0] + 0.1, top - 0.36), (z1 - 0.85, low + 0.36), CACHE)
    arrow(ax, (columns[2] + 0.1, top - 0.36), (z2 - 0.85, low + 0.36), CACHE)
    return figure


def _shape_box(
    ax: Axes, x: float, y: float, name: str, shape: str, colour: str, dashed: bool = False
) -> None:
    """Draw a box around the point (x, y) with the name of a matrix and its shape."""
    box(ax, (x, y), (1.04, 0.68), "", colour, dashed)
    write(ax, x, y + 0.14, name, zorder=3)
    write(ax, x, y - 0.17, shape, SMALL, zorder=3)


@styled
def draw_linear_step(n_prev: int = 3, n: int = 4, m: int = 5) -> Figure:
    """Draw W A + b = Z as rectangles of the right shapes; dashed columns of b are its copies.

    Parameters:
        n_prev: number of units of the previous layer, at most 8.
        n: number of units of this layer, at most 8.
        m: number of examples, at most 8.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    check_sizes(n_prev, n, m)
    terms: list[Term] = [
        Matrix("$W^{[l]}$", n, n_prev, PARAMETER),
        (" ", 0.25),
        Matrix("$A^{[l-1]}$", n_prev, m, FORWARD),
        ("+", 0.55),
        Matrix("$b^{[l]}$", n, 1, PARAMETER, copies=m - 1),
        ("=", 0.55),
        Matrix("$Z^{[l]}$", n, m, FORWARD),
    ]
    return draw_equations(
        [terms],
        _("W ({n}, {n_prev}) times A ({n_prev}, {m}) plus b ({n}, 1) equals Z ({n}, {m}).").format(
            n=n, n_prev=n_prev, m=m
        ),
    )


@styled
def draw_linear_backward(n_prev: int = 3, n: int = 4, m: int = 5) -> Figure:
    """Draw the shapes in the three formulas of the linear backward step, one above the other.

    Parameters:
        n_prev: number of units of the previous layer, at most 8.
        n: number of units of this layer, at most 8.
        m: number of examples, at most 8.

    Raises:
        ValueError: a number is not between 1 and 8.
    """
    check_sizes(n_prev, n, m)
    dZ = Matrix("$dZ^{[l]}$", n, m, BACKWARD)
    dW: list[Term] = [
        Matrix("$dW^{[l]}$", n, n_prev, BACKWARD),
        (r"$=\ \frac{1}{m}$", 0.9),
        dZ,
        (" ", 0.25),
        Matrix("$A^{[l-1]T}$", m, n_prev, FORWARD),
    ]
    db: list[Term] = [
        Matrix("$db^{[l]}$", n, 1, BACKWARD),
        (_(r"$=\ \frac{1}{m}$ sum of the columns of"), 2.75),
        dZ,
    ]
    dA: list[Term] = [
        Matrix("$dA^{[l-1]}$", n_prev, m, BACKWARD),
        ("=", 0.55),
        Matrix("$W^{[l]T}$", n_prev, n, PARAMETER),
        (" ", 0.25),
        dZ,
    ]
    return draw_equations(
        [dW, db, dA],
        _(
            "Shapes: dW ({n}, {n_prev}), db ({n}, 1), dA of the layer before ({n_prev}, {m})."
        ).format(n=n, n_prev=n_prev, m=m),
    )
