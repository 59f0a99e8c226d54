"""What depth is good for: folding a line, and a tree of XORs.

All weights here are written down, not learned.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.parts import line, unit, write
from course.figures.style import (
    CURVE_LOOKS,
    FAINT,
    FORWARD,
    INK,
    LINE,
    SMALL,
    new_canvas,
    new_plots,
    styled,
)
from course.language import N_, _, ngettext

Array = NDArray[np.float64]


# --- Folding a line ------------------------------------------------------------------------------


def fold(x: ArrayLike, layers: int) -> Array:
    """Send numbers between 0 and 1 through layers of two ReLU units that each fold the line once.

    Each layer computes 2 relu(x) - 4 relu(x - 1/2): up from 0 to 1, and down again to 0. The next
    layer does the same with the result.

    Parameters:
        x: the numbers.
        layers: how many layers there are.

    Returns:
        The result, of the shape of x.

    Source:
        M. Telgarsky, "Benefits of depth in neural networks", COLT 2016, section 2.
    """
    values = np.asarray(x, dtype=float)
    for _layer in range(layers):
        values = 2 * np.maximum(values, 0) - 4 * np.maximum(values - 0.5, 0)
    return values


def count_pieces(function: Callable[[Array], Array], resolution: int = 2**14) -> int:
    """Count the straight pieces of a function on the interval from 0 to 1.

    Parameters:
        function: gives a value for each number of an array; it is straight between its bends, and
            the bends lie on the grid.
        resolution: into how many steps the interval is divided.

    Returns:
        The number of pieces.
    """
    values = function(np.linspace(0, 1, resolution + 1))
    slopes = np.diff(values) * resolution
    return 1 + int(np.sum(np.abs(np.diff(slopes)) > 1e-6))


@styled
def draw_folding(layers: int = 3) -> Figure:
    """Plot what a deep network of two units a layer makes of the interval from 0 to 1.

    Parameters:
        layers: the number of hidden layers, from 1 to 8.

    Raises:
        ValueError: layers is not between 1 and 8.
    """
    if not 1 <= layers <= 8:
        raise ValueError(f"layers must lie between 1 and 8, not {layers}")
    pieces = 2**layers
    alt = ngettext(
        "A zigzag with {pieces} straight pieces, made by {layers} hidden layer of 2 units.",
        "A zigzag with {pieces} straight pieces, made by {layers} hidden layers of 2 units.",
        layers,
    ).format(pieces=pieces, layers=layers)
    figure, (ax,) = new_plots(1, 8.4, 3.0, alt)
    x = np.linspace(0, 1, 2**12 + 1)
    ax.plot(x, fold(x, layers), color=FORWARD, linewidth=LINE)
    ax.set_xlabel("$x$")
    ax.set_ylabel(_("output"))
    shallow = pieces - 1
    ax.set_title(
        ngettext(
            "{layers} hidden layer, {units} units: {pieces} pieces."
            "  One hidden layer would need at least {shallow} unit.",
            "{layers} hidden layers, {units} units: {pieces} pieces."
            "  One hidden layer would need at least {shallow} units.",
            layers,
        ).format(layers=layers, units=2 * layers, pieces=pieces, shallow=shallow),
        fontsize=SMALL + 1,
    )
    return figure


@styled
def draw_units_needed(
    counts: Mapping[str, Sequence[float]], label: str = N_("number of hidden layers")
) -> Figure:
    """Plot how many units networks need, on a logarithmic scale.

    Parameters:
        counts: for each kind of network the numbers of units, for 1, 2, 3, ...
        label: what is counted along the axis, in Matplotlib's mathematics where needed.
    """
    alt = _("Units needed. {parts}.").format(
        parts=_("; ").join(
            _("{name}: from {first:g} to {last:g}").format(
                name=name, first=values[0], last=values[-1]
            )
            for name, values in counts.items()
        )
    )
    figure, (ax,) = new_plots(1, 6.4, 3.3, alt)
    for (name, values), look, marker in zip(counts.items(), CURVE_LOOKS, "os^", strict=False):
        x = range(1, len(values) + 1)
        ax.plot(x, values, marker=marker, label=name, linewidth=LINE, **look)
    ax.set_yscale("log")
    ax.set_xlabel(label)
    ax.set_ylabel(_("hidden units"))
    ax.legend(loc="upper left")
    return figure


@styled
def draw_curve_fits(x: ArrayLike, target: ArrayLike, fits: Mapping[str, ArrayLike]) -> Figure:
    """Plot a curve and what several networks make of it, side by side.

    Parameters:
        x: where the curves are known.
        target: the curve to be followed.
        fits: for each network what it answers.
    """
    wanted = np.asarray(target, dtype=float)
    errors = {name: float(np.mean(np.abs(np.asarray(fit) - wanted))) for name, fit in fits.items()}
    alt = _("A zigzag and networks that follow it: {parts}.").format(
        parts=_("; ").join(
            _("{name}, mean error {error:.2f}").format(name=name, error=error)
            for name, error in errors.items()
        )
    )
    figure, axes = new_plots(len(fits), 9.2, 3.2, alt)
    for ax, (name, fit) in zip(axes, fits.items(), strict=True):
        ax.plot(x, wanted, color=FAINT, linewidth=LINE, linestyle="--", label=_("wanted"))
        ax.plot(x, fit, color=FORWARD, label=_("network"))
        ax.set_title(
            _("{name}\nmean error {error:.2f}").format(name=name, error=errors[name]),
            fontsize=SMALL + 1,
        )
        ax.set_xlabel("$x$")
    handles, labels = axes[0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="outside lower center", ncols=2, fontsize=SMALL)
    return figure


# --- A tree of XORs ------------------------------------------------------------------------------


@styled
def draw_xor_tree(bits: str = "10110100") -> Figure:
    """Draw a tree that computes whether the number of ones is odd, two bits at a time.

    Parameters:
        bits: two, four or eight characters 0 or 1.

    Raises:
        ValueError: other characters, or another number of them.
    """
    if len(bits) not in (2, 4, 8) or set(bits) - {"0", "1"}:
        raise ValueError(f"bits must be 2, 4 or 8 characters 0 or 1, not {bits!r}")
    rows = [[int(bit) for bit in bits]]
    while len(rows[-1]) > 1:
        before = rows[-1]
        rows.append([a ^ b for a, b in zip(before[::2], before[1::2], strict=True)])
    odd = _("odd") if rows[-1][0] else _("even")
    alt = _(
        "A tree of XORs over the bits {bits}: its result is {result}, the number is {odd}."
    ).format(bits=bits, result=rows[-1][0], odd=odd)
    step = 0.72
    figure, ax = new_canvas(step * len(bits) + 3.6, 0.95 * len(rows) + 0.2, alt)
    places: list[list[float]] = [[0.6 + step * k for k in range(len(bits))]]
    for level, row in enumerate(rows):
        y = 0.5 + 0.95 * level
        if level:
            before_x = places[-1]
            places.append([(a + b) / 2 for a, b in zip(before_x[::2], before_x[1::2], strict=True)])
            for number, x in enumerate(places[-1]):
                for child in (2 * number, 2 * number + 1):
                    look = (FORWARD, 2.4) if rows[level - 1][child] else (FAINT, 1)
                    line(ax, (before_x[child], y - 0.95), (x, y), *look)
        for x, value in zip(places[-1], row, strict=True):
            unit(ax, (x, y), str(value), FORWARD if value else FAINT, radius=0.24)
        right = 0.6 + step * (len(bits) - 1) + 0.5
        if level == 0:
            note = _("the bits")
        elif level == 1:
            note = _("is exactly one of the two a 1?")
        elif level == len(rows) - 1:
            note = _("the number of ones is {odd}").format(odd=odd)
        else:
            note = _("the same for the results")
        write(ax, right, y, note, SMALL, ha="left", color=INK)
    return figure
