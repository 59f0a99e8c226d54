"""What the cat network has learned, and how it fails.

The functions draw what they are given; the lesson says what is measured, and how.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator, PercentFormatter
from numpy.typing import ArrayLike, NDArray

from course.figures.images import place_image
from course.figures.parts import inset, outline, write
from course.figures.style import (
    BLUE,
    CURVE_LOOKS,
    FAINT,
    INK,
    LINE,
    ORANGE,
    PAGE,
    SMALL,
    new_canvas,
    new_plots,
    shades,
    styled,
    tint,
)
from course.language import N_, _

Array = NDArray[np.float64]


FOR_AND_AGAINST = shades(ORANGE, "white", BLUE)
"""Orange: speaks against a cat; white: nothing; blue: speaks for a cat."""


@styled
def draw_unit_portraits(
    learned: Array,
    activations: Array,
    images: NDArray[Any],
    labels: ArrayLike,
    units: Sequence[int],
    best: int = 5,
) -> Figure:
    """Show units of the first layer, one a row: what they learned, what they respond to, how much.

    Parameters:
        learned: what training has added to the weights, shape (n[1], height * width * 3).
        activations: of the units, shape (n[1], m).
        images: shape (m, height, width, 3).
        labels: 0 or 1, m of them.
        units: the numbers of the units to show, counted from 0.
        best: how many images to show, those with the largest activation first.

    Raises:
        ValueError: no unit is given, or there are not m images, labels and activations.
    """
    y = np.asarray(labels).ravel()
    if not len(units) or not len(images) == y.size == activations.shape[1]:
        raise ValueError("units to show are needed, and an activation and a label for each image")
    side, row = 1.05, 1.2
    height = row * len(units) + 0.45
    alt = _("Units of the first layer. {parts}").format(
        parts=" ".join(
            _(
                "Unit {unit}: mean activation {for_cats:.2f} for cats, "
                "{for_others:.2f} for the others."
            ).format(
                unit=unit + 1,
                for_cats=activations[unit, y == 1].mean(),
                for_others=activations[unit, y == 0].mean(),
            )
            for unit in units
        )
    )
    figure, sheet = new_canvas(PAGE, height, alt)
    write(sheet, 1.35, height - 0.1, _("learned"), va="top")
    middle = 2.15 + side * best / 2
    write(sheet, middle, height - 0.1, _("responds most to"), va="top")
    write(sheet, 8.35, height - 0.1, _("mean activation"), va="top")
    for place, unit in enumerate(units):
        low = height - 0.45 - row * (place + 1) + 0.08
        sheet.text(0.05, low + side / 2, _("unit {unit}").format(unit=unit + 1), va="center")
        largest = float(np.abs(learned[unit]).max()) or 1.0
        picture = (0.5 + 0.5 * learned[unit] / largest).reshape(images.shape[1:])
        place_image(figure, picture, 1.35 - side / 2, low, side)
        for rank, i in enumerate(np.argsort(-activations[unit])[:best]):
            ax = place_image(figure, images[i], 2.15 + side * rank, low, side * 0.94)
            if y[i]:
                outline(ax, BLUE)
        bars = inset(figure, 8.0, low + 0.16, 1.0, side - 0.4)
        means = [activations[unit, y == 1].mean(), activations[unit, y == 0].mean()]
        bars.barh([_("cat"), _("non-cat")], means, color=[BLUE, tint(ORANGE, 0.6)], height=0.7)
        bars.invert_yaxis()
        bars.tick_params(labelsize=SMALL - 1)
        bars.set_xlim(left=0, right=max(*means, 0.01) * 1.05)
        bars.locator_params(axis="x", nbins=3)
        bars.grid(visible=False)
    return figure


@styled
def draw_evidence(
    images: NDArray[Any],
    captions: Sequence[str],
    maps: Mapping[str, Sequence[ArrayLike]],
) -> Figure:
    """Show images, one a column, and below each of them maps of what speaks for and against a cat.

    Parameters:
        images: shape (k, height, width, 3).
        captions: a text for each image.
        maps: name of a row and its k maps of numbers, positive where something speaks for a cat.
            Each map is scaled on its own, and its largest number is written in its corner.

    Raises:
        ValueError: there are not k texts and k maps in a row.
    """
    k = len(images)
    if len(captions) != k or any(len(row) != k for row in maps.values()):
        raise ValueError(f"there are {k} images, so {k} texts and {k} maps in each row are needed")
    side = min(1.6, (PAGE - 1.3) / k)
    rows = 1 + len(maps)
    height = (side + 0.08) * rows + 0.62
    alt = _("{k} images: {captions}. Below each: {maps}.").format(
        k=k, captions=", ".join(captions), maps=", ".join(maps)
    )
    figure, sheet = new_canvas(PAGE, height, alt.replace("\n", " "))
    for row, name in enumerate([_("the image"), *maps]):
        low = height - 0.5 - (side + 0.08) * (row + 1)
        write(sheet, 1.2, low + side / 2, name, ha="right", linespacing=1.3)
        for column in range(k):
            left = 1.3 + side * column
            if row == 0:
                write(sheet, left + side / 2, height - 0.05, captions[column], SMALL, va="top")
                place_image(figure, images[column], left, low, side * 0.95)
            else:
                values = np.asarray(maps[name][column], dtype=float)
                reach = float(np.abs(values).max()) or 1.0
                scale: Any = {"cmap": FOR_AND_AGAINST, "vmin": -reach, "vmax": reach}
                ax = place_image(figure, values, left, low, side * 0.95, **scale)
                outline(ax, FAINT)
                ax.text(
                    0.03,
                    0.03,
                    f"±{reach:.1g}" if np.any(values) else "0",
                    transform=ax.transAxes,
                    fontsize=SMALL - 2,
                    bbox={"facecolor": "white", "edgecolor": "none", "pad": 1},
                )
    return figure


@styled
def draw_sureness(probabilities: ArrayLike, labels: ArrayLike) -> Figure:
    """Plot how sure the network is, and how often it is right when it is as sure as that.

    Parameters:
        probabilities: the predicted probabilities, m of them.
        labels: 0 or 1, m of them.
    """
    p, y = np.asarray(probabilities).ravel(), np.asarray(labels).ravel()
    edges = np.linspace(0, 1, 11)
    alt = _("Test images by predicted probability of a cat: {parts}.").format(
        parts=_("; ").join(
            _("{low:.1f} to {high:.1f}: {cats} cats, {others} others").format(
                low=low, high=low + 0.1, cats=np.sum(y[inside] == 1), others=np.sum(y[inside] == 0)
            )
            for low in edges[:-1]
            if np.any(inside := _between(p, low))
        )
    )
    figure, (ax,) = new_plots(1, 7.4, 3.2, alt)
    cats = np.array([np.sum(y[_between(p, low)] == 1) for low in edges[:-1]])
    others = np.array([np.sum(y[_between(p, low)] == 0) for low in edges[:-1]])
    places = edges[:-1] + 0.005
    for counts, below, colour, strength, hatch, name in (
        (cats, 0 * cats, BLUE, 0.6, "", _("cats")),
        (others, cats, ORANGE, 0.5, "//", _("non-cats")),
    ):
        some = counts > 0  # a bar of height 0 would leave a line of its edge
        look: Any = {"width": 0.09, "align": "edge", "linewidth": LINE, "zorder": 2, "label": name}
        look |= {"color": tint(colour, strength), "edgecolor": colour, "hatch": hatch}
        ax.bar(places[some], counts[some], bottom=below[some], **look)
    ax.axvline(0.5, color=INK, linestyle="--", linewidth=LINE, zorder=3)
    ax.set_xlabel(_("predicted probability of a cat"))
    ax.set_ylabel(_("test images"))
    ax.set_xticks(edges)
    ax.set_ylim(0, 1.08 * float(np.max(cats + others)))
    ax.yaxis.set_major_locator(MaxNLocator(integer=True))
    ax.legend(loc="upper center", bbox_to_anchor=(0.3, 1))
    return figure


def _between(p: NDArray[Any], low: float) -> NDArray[np.bool_]:
    """Which probabilities lie in the tenth that begins at ``low``; 1 belongs to the last one."""
    inside: NDArray[np.bool_] = np.minimum(np.floor(p * 10 + 1e-9), 9) == round(low * 10)
    return inside


@styled
def draw_shift_map(accuracies: ArrayLike, shifts: Sequence[int], baseline: float) -> Figure:
    """Draw the accuracy after moving the images, as a map with the numbers in it.

    Parameters:
        accuracies: shape (k, k): a row for each shift down, a column for each shift to the right.
        shifts: the k shifts in pixels.
        baseline: the accuracy of one answer for all images.
    """
    values = np.asarray(accuracies, dtype=float)
    middle = len(shifts) // 2
    alt = _(
        "Accuracy after a shift: {unmoved:.0%} without one, and between "
        "{lowest:.0%} and {highest:.0%} with all others; one answer for all: "
        "{baseline:.0%}."
    ).format(
        unmoved=values[middle, middle], lowest=values.min(), highest=values.max(), baseline=baseline
    )
    figure, (ax,) = new_plots(1, 6.0, 4.2, alt)
    colours = shades("white", BLUE)
    ax.imshow(values, cmap=colours, vmin=baseline - 0.15, vmax=1.1, aspect="auto")
    for (row, column), value in np.ndenumerate(values):
        write(ax, column, row, f"{value:.0%}")
    for axis in (ax.xaxis, ax.yaxis):
        axis.set_ticks(range(len(shifts)), [f"{shift:+d}" if shift else "0" for shift in shifts])
    ax.set_xlabel(_("pixels to the right"))
    ax.set_ylabel(_("pixels down"))
    ax.set_title(
        _("accuracy (one answer for all: {baseline:.0%})").format(baseline=baseline),
        fontsize=SMALL + 1.5,
    )
    ax.grid(visible=False)
    return figure


@styled
def draw_disturbances(
    strengths: Sequence[float],
    curves: Mapping[str, Sequence[float]],
    xlabel: str,
    ylabel: str = N_("accuracy"),
    baseline: float | None = None,
) -> Figure:
    """Plot an accuracy, or another share, against the strength of a disturbance.

    Parameters:
        strengths: the values on the horizontal axis.
        curves: name and shares from 0 to 1 of each curve.
        xlabel, ylabel: the names of the axes.
        baseline: a share to compare with, drawn as a thin line.
    """
    alt = _("{ylabel} against {xlabel}. {parts}.").format(
        ylabel=ylabel,
        xlabel=xlabel,
        parts=_("; ").join(
            f"{name}: "
            + ", ".join(f"{x:g}: {share:.0%}" for x, share in zip(strengths, values, strict=True))
            for name, values in curves.items()
        ),
    )
    figure, (ax,) = new_plots(1, 7.0, 3.4, alt)
    for (name, values), look in zip(curves.items(), CURVE_LOOKS, strict=False):
        ax.plot(strengths, values, marker="o", label=name, **look)
    if baseline is not None:
        ax.axhline(
            baseline, color=FAINT, linewidth=LINE, linestyle=":", label=_("one answer for all")
        )
    ax.set_ylim(0, 1.05)
    ax.yaxis.set_major_formatter(PercentFormatter(1))
    ax.set_xlabel(xlabel)
    ax.set_ylabel(ylabel)
    ax.legend(fontsize=SMALL)
    return figure
