"""Pictures of data and results: images, cost curves, accuracies, weights.

A notebook cell that ends with, say, ``plot_costs(costs)`` shows the picture below it; in the middle
of a cell, or inside an ``if``, write ``display(plot_costs(costs))``. Every function returns a
Matplotlib ``Figure``, so ``plot_costs(costs).savefig("costs.svg")`` saves a picture.

The drawings that explain ideas are in ``figures``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.figure import Figure
from matplotlib.patches import ConnectionPatch, Rectangle
from matplotlib.ticker import PercentFormatter
from numpy.typing import ArrayLike, NDArray

from course.figures.style import (
    BLUE,
    BOLD_LINE,
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
    Drawing,
    new_canvas,
    new_plots,
    tint,
)

__all__ = [
    "draw_factorisation",
    "plot_comparison",
    "plot_cost_curves",
    "plot_costs",
    "plot_layer_sizes",
    "show_first_layer",
    "show_image_unrolled",
    "show_images",
    "show_mislabeled_images",
]

PAGE = 9.2  # the width of a notebook's text, in inches
CURVE_LOOKS = (
    # Colour and line style change together, so that curves can be told apart in grey too.
    (BLUE, "-"),
    (VERMILION, "--"),
    (GREEN, "-."),
    (PURPLE, ":"),
    (ORANGE, (0, (5, 1, 1, 1, 1, 1))),
)


# --- Images --------------------------------------------------------------------------------------


@rc_context(STYLE)
def show_images(
    images: NDArray[Any],
    labels: ArrayLike | None = None,
    classes: ArrayLike | None = None,
    captions: Sequence[str] | None = None,
    columns: int = 6,
    title: str = "",
    side: float = 1.45,
) -> Figure:
    """Show images in a grid, each with a line of text above it.

    Arguments:
        images: the images, shape (m, height, width, 3), whole numbers from 0 to 255 or fractions
            from 0 to 1.
        labels: the labels 0 or 1, m of them; each image gets the name of its class.
        classes: the names of the classes 0 and 1, as text or byte strings; needed with labels.
        captions: instead of labels, the texts above the images, m of them.
        columns: the number of images in a row.
        title: a text above all of them.
        side: width of an image in inches.

    Returns:
        The figure.

    Raises:
        ValueError: the images are not of shape (m, height, width, 3), or there are not m labels
            or captions, or labels without classes.
    """
    images = np.asarray(images)
    if labels is not None:
        if classes is None:
            raise ValueError("labels can be shown only with the names of the classes")
        captions = [_class_name(classes, label) for label in np.asarray(labels).ravel()]
    alt = "1 image" if len(images) == 1 else f"{len(images)} images"
    if images.ndim == 4:
        alt += f" of {images.shape[2]} by {images.shape[1]} pixels"
    if title:
        alt = f"{title}: {alt}"
    if captions is not None:
        alt += ": " + ", ".join(captions)
    return _image_grid(_new_drawing(alt), images, captions, columns, title, side)


@rc_context(STYLE)
def show_mislabeled_images(
    classes: ArrayLike,
    X: NDArray[Any],
    y: ArrayLike,
    p: ArrayLike,
    columns: int = 5,
    figure: Figure | None = None,
) -> Figure:
    """Show the images whose prediction differs from the label, each with both.

    Arguments:
        classes: the names of the classes 0 and 1, as text or byte strings.
        X: the images as columns, shape (height * width * 3, m), values from 0 to 1. The images
            are square.
        y: the labels 0 or 1, m of them.
        p: the predictions 0 or 1, m of them.
        columns: the number of images in a row.
        figure: an empty figure to draw on; a new one by default.

    Returns:
        The figure.

    Raises:
        ValueError: the columns of X are not square colour images, or there are not m labels or
            predictions.
    """
    labels = np.asarray(y).ravel()
    predictions = np.asarray(p).ravel()
    size, m = X.shape
    side = round((size / 3) ** 0.5)
    if 3 * side * side != size:
        raise ValueError(f"columns of {size} numbers are not square images of 3 colours")
    if not labels.size == predictions.size == m:
        raise ValueError(
            f"X holds {m} images, y {labels.size} labels and p {predictions.size} predictions"
        )
    wrong = np.flatnonzero(labels != predictions)
    captions = [
        f"predicted: {_class_name(classes, predictions[i])}\nis: {_class_name(classes, labels[i])}"
        for i in wrong
    ]
    images = X[:, wrong].T.reshape(-1, side, side, 3)
    title = f"{wrong.size} of {m} images are misclassified"
    drawing = figure or _new_drawing(f"{title}, with the predicted and the true class of each.")
    return _image_grid(drawing, images, captions, columns, title, side=1.75)


@rc_context(STYLE)
def show_image_unrolled(image: NDArray[np.uint8], pixels: int = 3) -> Figure:
    """Show how the numbers of an image become a column: pixel by pixel, row by row.

    Arguments:
        image: one image, shape (height, width, 3), whole numbers from 0 to 255.
        pixels: how many pixels of the top row to enlarge, from 1 to 4.

    Returns:
        The figure.

    Raises:
        ValueError: the image is not of shape (height, width, 3), or pixels is out of range.
    """
    image = np.asarray(image)
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"an image has the shape (height, width, 3), not {image.shape}")
    if not 1 <= pixels <= min(4, image.shape[1]):
        raise ValueError("pixels must lie between 1 and 4 and not exceed the width of the image")
    height, width, _ = image.shape
    alt = f"An image, its first {pixels} pixels as numbers, and the column that begins with them."
    figure, sheet = new_canvas(PAGE, 4.5, alt)

    photo = figure.add_axes((0.01, 0.14, 0.25, 0.25 * PAGE / 4.5))
    photo.imshow(image, interpolation="nearest")
    _bare(photo)
    sheet.text(0.135 * PAGE, 0.5, f"image: ({height}, {width}, 3)", ha="center", va="top")
    # A frame around the enlarged pixels, which are too small to be found otherwise.
    photo.add_patch(
        Rectangle((-0.5, -0.5), pixels, 1, fill=False, edgecolor=VERMILION, linewidth=LINE)
    )

    centre, top, step, box = 4.9, 3.4, 1.05, 0.62
    sheet.text(centre, 4.42, f"its first {pixels} pixels", ha="center", va="top", fontsize=TITLE)
    row, column_x = 0.315, 7.25
    for k in range(pixels):
        colours = image[0, k]
        y = top - step * k
        sheet.add_patch(
            Rectangle((centre - 1.6, y - box / 2), box, box, facecolor=colours / 255, edgecolor=INK)
        )
        sheet.text(centre - 1.7, y, f"row 0,\ncolumn {k}", ha="right", va="center", fontsize=SMALL)
        for channel, (name, colour) in enumerate(_CHANNELS):
            x = centre - 0.55 + 0.62 * channel
            _number_box(sheet, x, y, 0.56, str(colours[channel]), colour)
            if k == 0:
                sheet.text(x, y + 0.27, name, ha="center", va="bottom", fontsize=SMALL)
            place = 3 * k + channel
            _number_box(sheet, column_x, 4.0 - row * place, 0.7, str(colours[channel]), colour, row)
            sheet.text(
                column_x + 0.45,
                4.0 - row * place,
                f"entry {place}: {name} of pixel (0, {k})",
                va="center",
                fontsize=SMALL,
            )
        _dotted(sheet, (centre + 1.05, y), (column_x - 0.4, 4.0 - row * (3 * k + 1)))
    photo.annotate(
        "",
        xy=(centre - 2.4, top + 0.1),
        xycoords=sheet.transData,
        xytext=(pixels / 2, -0.6),
        textcoords="data",
        arrowprops={
            "arrowstyle": "->",
            "color": VERMILION,
            "linewidth": LINE,
            "connectionstyle": "arc3,rad=-0.25",
        },
    )
    sheet.text(centre, top - step * pixels + 0.2, "and so on", ha="center", style="italic")

    sheet.text(column_x, 4.42, "column", ha="center", va="top", fontsize=TITLE)
    below = 4.0 - row * (3 * pixels)
    sheet.text(column_x, below - 0.02, r"$\vdots$", ha="center", va="center", fontsize=TITLE)
    last = height * width * 3 - 1
    name, colour = _CHANNELS[2]
    _number_box(sheet, column_x, below - 0.42, 0.7, str(image[-1, -1, 2]), colour, row)
    sheet.text(
        column_x + 0.45,
        below - 0.42,
        f"entry {last}: {name} of\npixel ({height - 1}, {width - 1})",
        va="center",
        fontsize=SMALL,
    )
    return figure


@rc_context(STYLE)
def show_first_layer(weights: NDArray[np.float64], num_px: int, columns: int = 10) -> Figure:
    """Show weights of the first layer as images, one for each unit.

    Each unit is scaled on its own: its largest weight, up or down, becomes full light or none, and
    a weight of zero is grey.

    Arguments:
        weights: one row a unit, shape (n, num_px * num_px * 3).
        num_px: height and width of the images, in pixels.
        columns: the number of images in a row.

    Returns:
        The figure.

    Raises:
        ValueError: the rows do not have num_px * num_px * 3 weights.
    """
    if weights.ndim != 2 or weights.shape[1] != num_px * num_px * 3:
        raise ValueError(f"expected rows of {num_px * num_px * 3} weights, not {weights.shape}")
    largest = np.max(np.abs(weights), axis=1, keepdims=True)
    largest[largest == 0] = 1  # a unit without weights stays grey
    images = (0.5 + 0.5 * weights / largest).reshape(-1, num_px, num_px, 3)
    captions = [f"unit {i + 1}" for i in range(len(images))]
    alt = f"The weights of {len(images)} units of the first layer, drawn as images."
    return _image_grid(_new_drawing(alt), images, captions, columns, "", side=PAGE / columns)


# --- Curves and bars -----------------------------------------------------------------------------


@rc_context(STYLE)
def plot_costs(costs: Sequence[float], learning_rate: float = 0.0075, every: int = 100) -> Figure:
    """Plot a cost curve.

    Arguments:
        costs: the recorded costs, the first one before any update.
        learning_rate: the learning rate, for the title.
        every: the number of iterations between two recorded costs.

    Returns:
        The figure.
    """
    values = _plain(costs)
    figure, (ax,) = new_plots(1, 6.2, 3.6, f"A curve of {_from_to(values)}.")
    _cost_axes(ax)
    ax.plot(every * np.arange(values.size), values, color=BLUE, marker="o", markersize=4)
    ax.set_title(rf"learning rate $\alpha = {learning_rate:g}$")
    return figure


@rc_context(STYLE)
def plot_cost_curves(curves: Mapping[str, Sequence[float]], every: int = 100) -> Figure:
    """Plot several cost curves in one picture.

    Arguments:
        curves: name and recorded costs of each training.
        every: the number of iterations between two recorded costs.

    Returns:
        The figure.
    """
    figure, (ax,) = new_plots(1, 6.8, 3.8, _curves_in_words(curves))
    _draw_cost_curves(ax, curves, every)
    return figure


@rc_context(STYLE)
def plot_comparison(
    curves: Mapping[str, Sequence[float]],
    accuracies: Mapping[str, tuple[float, float]],
    baseline: float | None = None,
    every: int = 100,
) -> Figure:
    """Compare networks: their cost curves beside their accuracies.

    Arguments:
        curves: name and recorded costs of each network.
        accuracies: name and accuracies of each network, on the training set and on the test set,
            from 0 to 1.
        baseline: the accuracy on the test set of the simplest possible answer, from 0 to 1; drawn
            as a line.
        every: the number of iterations between two recorded costs.

    Returns:
        The figure.
    """
    alt = _curves_in_words(curves) + " Accuracies: "
    alt += ", ".join(
        f"{name} {train:.1%} on the training set and {test:.1%} on the test set"
        for name, (train, test) in accuracies.items()
    )
    figure, (left, right) = new_plots(2, PAGE, 3.9, alt + ".")
    _draw_cost_curves(left, curves, every)
    left.set_title("cost on the training set")

    places = np.arange(len(accuracies))
    parts = (("training set", BLUE, "", -0.2), ("test set", ORANGE, "//", 0.2))
    legend: list[Artist | BarContainer] = []
    for part, (label, colour, hatch, shift) in enumerate(parts):
        heights = [pair[part] for pair in accuracies.values()]
        bars = right.bar(
            places + shift,
            heights,
            0.36,
            label=label,
            facecolor=tint(colour, 0.5),
            edgecolor=colour,
            linewidth=LINE,
            hatch=hatch,
            zorder=2,
        )
        legend.append(bars)
        right.bar_label(bars, [f"{height:.1%}" for height in heights], padding=2, fontsize=SMALL)
    if baseline is not None:
        line = right.axhline(
            baseline,
            color=INK,
            linestyle="--",
            linewidth=LINE,
            zorder=3,
            label="one answer for all",
        )
        legend.append(line)
    right.set_title("accuracy")
    right.set_xticks(places, list(accuracies))
    right.set_ylim(0, 1.12)
    right.set_yticks(np.arange(0, 1.01, 0.2))
    right.yaxis.set_major_formatter(PercentFormatter(1))
    right.grid(axis="x", visible=False)
    right.legend(
        handles=legend, loc="upper center", bbox_to_anchor=(0.5, -0.1), ncols=3, fontsize=SMALL
    )
    return figure


@rc_context(STYLE)
def plot_layer_sizes(sizes: Mapping[str, Sequence[float]]) -> Figure:
    """Plot the typical size of what each layer computes, on a logarithmic scale.

    Arguments:
        sizes: for each kind of network a name and one positive number a layer, the first layer
            first.

    Returns:
        The figure.
    """
    alt = "Typical sizes of Z, layer by layer. "
    alt += "; ".join(
        f"{name}: {', '.join(f'{value:.1e}' for value in values)}" for name, values in sizes.items()
    )
    figure, (ax,) = new_plots(1, 6.8, 3.6, alt + ".")
    layers = 0
    for (name, values), (colour, style) in zip(sizes.items(), CURVE_LOOKS, strict=False):
        layers = max(layers, len(values))
        numbers = range(1, len(values) + 1)
        ax.plot(numbers, values, color=colour, linestyle=style, marker="o", label=name)
    ax.set_yscale("log")
    ax.set_xticks(range(1, layers + 1))
    ax.set_xlabel("layer $l$")
    ax.set_ylabel("typical size of $Z^{[l]}$")
    ax.legend()
    return figure


# --- Shapes --------------------------------------------------------------------------------------


@rc_context(STYLE)
def draw_factorisation(n: int, m: int) -> Figure:
    """Draw the shapes of X = QR: a tall matrix is a tall one times a small square one.

    Arguments:
        n: number of rows of X.
        m: number of columns of X.

    Returns:
        The figure.
    """
    alt = f"X, shape ({n}, {m}), equals Q, shape ({n}, {m}), times R, shape ({m}, {m})."
    figure, ax = new_canvas(PAGE, 3.3, alt)
    bottom, tall, small, width = 0.2, 2.7, 0.62, 0.62
    middle = bottom + tall / 2

    def matrix(x: float, height: float, name: str, colour: str, note: str) -> None:
        low = middle - height / 2
        ax.add_patch(
            Rectangle(
                (x, low),
                width,
                height,
                facecolor=tint(colour),
                edgecolor=colour,
                linewidth=LINE,
            )
        )
        ax.text(x + width / 2, middle, name, ha="center", va="center", fontsize=TITLE + 3)
        ax.text(x + width + 0.12, middle, note, ha="left", va="center", linespacing=1.35)

    matrix(0.3, tall, "$X$", FAINT, f"({n}, {m})\nthe images")
    ax.text(2.75, middle, "=", ha="center", va="center", fontsize=TITLE + 6)
    matrix(3.1, tall, "$Q$", PARAMETER, f"({n}, {m})\n{m} axes, the\nsame for all")
    ax.text(5.6, middle, r"$\cdot$", ha="center", va="center", fontsize=TITLE + 10)
    matrix(5.9, small, "$R$", FORWARD, f"({m}, {m})\nthe images in the\ncoordinates of the axes")
    return figure


# --- Pieces that several pictures share ----------------------------------------------------------

_CHANNELS = (("red", VERMILION), ("green", GREEN), ("blue", BLUE))


def _class_name(classes: ArrayLike, label: Any) -> str:
    """Return the name of a class as text; the original data set stores names as bytes."""
    name = np.asarray(classes)[int(label)]
    return name.decode("utf-8") if isinstance(name, bytes) else str(name)


def _new_drawing(alt: str) -> Drawing:
    """Return an empty figure with a description for readers who cannot see it."""
    drawing = Drawing()
    drawing.alt = alt
    return drawing


def _from_to(values: NDArray[np.float64]) -> str:
    """Say in words where a cost curve begins and ends."""
    if not values.size:
        return "no costs"
    return f"{values.size} costs, from {values[0]:.3f} to {values[-1]:.3f}"


def _curves_in_words(curves: Mapping[str, Sequence[float]]) -> str:
    """Describe cost curves for readers who cannot see them."""
    parts = (f"{name}: {_from_to(_plain(costs))}" for name, costs in curves.items())
    return "Cost curves. " + "; ".join(parts) + "."


def _bare(ax: Axes) -> None:
    """Take away everything of the axes but the picture in them."""
    ax.set_axis_off()


def _plain(costs: Sequence[Any]) -> NDArray[np.float64]:
    """Return costs as a row of numbers, also where each one is an array of one element."""
    return np.array([np.asarray(cost, dtype=float).item() for cost in costs])


def _image_grid(
    figure: Figure,
    images: NDArray[Any],
    captions: Sequence[str] | None,
    columns: int,
    title: str,
    side: float,
) -> Figure:
    """Draw images in a grid on an empty figure, each ``side`` inches wide."""
    if images.ndim != 4 or images.shape[3] != 3:
        raise ValueError(f"images have the shape (m, height, width, 3), not {images.shape}")
    m = len(images)
    if captions is not None and len(captions) != m:
        raise ValueError(f"there are {m} images, but {len(captions)} texts to go with them")
    columns = max(1, min(columns, m))
    rows = -(-m // columns)
    lines = 0 if not captions else 1 + max(caption.count("\n") for caption in captions)
    widest = max([0, *(len(line) for caption in captions or () for line in caption.split("\n"))])
    side = max(side, 0.088 * widest)  # so that neighbouring captions do not touch
    head = 0.36 if title else 0.04
    cell = side + 0.19 * lines + 0.06  # height of an image with its caption, in inches
    width, height = max(columns * side, 0.11 * len(title)), rows * cell + head
    figure.set_size_inches(width, height)
    if title:
        figure.text(0.5, 1 - 0.08 / height, title, ha="center", va="top", fontsize=TITLE)

    margin = (width - columns * side) / 2
    for i, image in enumerate(images):
        row, column = divmod(i, columns)
        left = margin + column * side + 0.03 * side
        low = height - head - (row + 1) * cell + 0.06
        ax = figure.add_axes(
            (left / width, low / height, 0.94 * side / width, 0.94 * side / height)
        )
        ax.imshow(image, interpolation="nearest")
        _bare(ax)
        if captions:
            ax.set_title(captions[i], fontsize=SMALL, pad=3, linespacing=1.1)
    return figure


def _number_box(
    ax: Axes, x: float, y: float, width: float, text: str, colour: str, height: float = 0.4
) -> None:
    """Draw a number in a tinted box around the point (x, y)."""
    corner = (x - width / 2, y - height / 2)
    ax.add_patch(Rectangle(corner, width, height, facecolor=tint(colour), edgecolor=colour))
    ax.text(x, y, text, ha="center", va="center", fontsize=SMALL)


def _dotted(ax: Axes, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Draw a thin arrow from one group of numbers to where they go."""
    ax.add_patch(
        ConnectionPatch(
            start,
            end,
            coordsA="data",
            coordsB="data",
            axesA=ax,
            axesB=ax,
            arrowstyle="->",
            color=FAINT,
            linewidth=LINE,
        )
    )


def _cost_axes(ax: Axes) -> None:
    ax.set_xlabel("iteration")
    ax.set_ylabel("cost")


def _draw_cost_curves(ax: Axes, curves: Mapping[str, Sequence[float]], every: int) -> None:
    """Plot cost curves with a legend; colours and line styles repeat after five curves."""
    _cost_axes(ax)
    for number, (name, costs) in enumerate(curves.items()):
        colour, style = CURVE_LOOKS[number % len(CURVE_LOOKS)]
        values = _plain(costs)
        ax.plot(
            every * np.arange(values.size),
            values,
            color=colour,
            linestyle=style,
            linewidth=BOLD_LINE,
            label=name,
        )
    ax.set_ylim(bottom=0)
    ax.legend()
