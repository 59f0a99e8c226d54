"""Images in rows and grids, and weights shown as images."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from course.figures.parts import bare, inset, write
from course.figures.style import (
    BLUE,
    PAGE,
    SMALL,
    TITLE,
    VERMILION,
    Drawing,
    new_canvas,
    new_plots,
    shades,
    styled,
)
from course.language import _, ngettext


@styled
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

    Parameters:
        images: the images, shape (m, height, width, 3), whole numbers from 0 to 255 or fractions
            from 0 to 1.
        labels: the labels 0 or 1, m of them; each image gets the name of its class.
        classes: the names of the classes 0 and 1, as text or byte strings; needed with labels.
        captions: instead of labels, the texts above the images, m of them.
        columns: the number of images in a row.
        title: a text above all of them.
        side: width of an image in inches.

    Raises:
        ValueError: the images are not of shape (m, height, width, 3), or there are not m labels
            or captions, or labels without classes.
    """
    images = np.asarray(images)
    if labels is not None:
        if classes is None:
            raise ValueError("labels can be shown only with the names of the classes")
        captions = [_class_name(classes, label) for label in np.asarray(labels).ravel()]
    alt = ngettext("{count} image", "{count} images", len(images)).format(count=len(images))
    if images.ndim == 4:
        alt = ngettext(
            "{count} image of {width} by {height} pixels",
            "{count} images of {width} by {height} pixels",
            len(images),
        ).format(count=len(images), width=images.shape[2], height=images.shape[1])
    if title:
        alt = _("{title}: {what}").format(title=title, what=alt)
    if captions is not None:
        alt = _("{title}: {what}").format(title=alt, what=_(", ").join(captions))
    return _image_grid(
        _new_drawing(_("{what}.").format(what=alt)), images, captions, columns, title, side
    )


@styled
def show_mislabeled_images(
    classes: ArrayLike,
    X: NDArray[Any],
    y: ArrayLike,
    p: ArrayLike,
    columns: int = 5,
    figure: Figure | None = None,
) -> Figure:
    """Show the images whose prediction differs from the label, each with both.

    Parameters:
        classes: the names of the classes 0 and 1, as text or byte strings.
        X: the images as columns, shape (height * width * 3, m), values from 0 to 1. The images
            are square.
        y: the labels 0 or 1, m of them.
        p: the predictions 0 or 1, m of them.
        columns: the number of images in a row.
        figure: an empty figure to draw on; a new one by default.

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
        _("predicted: {predicted}\nis: {true}").format(
            predicted=_class_name(classes, predictions[i]), true=_class_name(classes, labels[i])
        )
        for i in wrong
    ]
    images = X[:, wrong].T.reshape(-1, side, side, 3)
    title = _("{wrong} of {m} images are misclassified").format(wrong=wrong.size, m=m)
    drawing = figure or _new_drawing(
        _("{title}, with the predicted and the true class of each.").format(title=title)
    )
    return _image_grid(drawing, images, captions, columns, title, side=1.75)


@styled
def show_image_table(
    rows: Mapping[str, NDArray[Any]], captions: Mapping[str, Sequence[str]] | None = None
) -> Figure:
    """Show rows of images, each row with its name on the left and a text above each image.

    Parameters:
        rows: name of the row and its images, shape (k, height, width, 3).
        captions: texts for the images of a row, by the name of the row.
    """
    captions = captions or {}
    k = max(len(images) for images in rows.values())
    side = min(1.35, (PAGE - 1.6) / k)
    lines = [0.2 * (1 + captions[name][0].count("\n")) if name in captions else 0 for name in rows]
    height = sum(lines) + (side + 0.1) * len(rows) + 0.05
    alt = _("Rows of images. {parts}.").format(
        parts=_("; ").join(
            _("{title}: {what}").format(
                title=name,
                what=_(", ").join(captions[name])
                if name in captions
                else ngettext("{count} image", "{count} images", len(images)).format(
                    count=len(images)
                ),
            )
            for name, images in rows.items()
        )
    )
    figure, sheet = new_canvas(PAGE, height, alt.replace("\n", " "))
    low = height
    for (name, images), room in zip(rows.items(), lines, strict=True):
        low -= room + side + 0.1
        write(sheet, 1.5, low + side / 2, name, ha="right", linespacing=1.3)
        for column, image in enumerate(images):
            left = 1.6 + side * column
            place_image(figure, image, left, low, side * 0.93)
            if name in captions:
                write(
                    sheet,
                    left + side * 0.465,
                    low + side * 0.95,
                    captions[name][column],
                    SMALL,
                    va="bottom",
                    linespacing=1.1,
                )
    return figure


@styled
def draw_small_pictures(pictures: Sequence[ArrayLike], titles: Sequence[str]) -> Figure:
    """Draw small grey pictures side by side, each below its title.

    Parameters:
        pictures: one to eight arrays of shape (length, height) or (length, height, 1), from 0
            (white) to 1 (black).
        titles: one for each picture.

    Raises:
        ValueError: no picture, too many, or a different number of titles.
    """
    if not 1 <= len(pictures) <= 8 or len(titles) != len(pictures):
        raise ValueError("give 1 to 8 pictures, and a title for each")
    alt = _("Small pictures: {parts}.").format(
        parts=_(", ").join(title.replace("\n", " ") for title in titles)
    )
    figure, axes = new_plots(len(pictures), 1.5 * len(pictures), 2.1, alt)
    for ax, picture, title in zip(axes, pictures, titles, strict=True):
        values = np.asarray(picture, dtype=float)
        ax.imshow(values.reshape(values.shape[:2]), cmap="Greys", vmin=0, vmax=1)
        ax.set_title(title, fontsize=SMALL)
        bare(ax)
    return figure


@styled
def show_first_layer(weights: NDArray[np.float64], num_px: int, columns: int = 10) -> Figure:
    """Show weights of the first layer as images, one for each unit.

    Each unit is scaled on its own: its largest weight, up or down, becomes full light or none, and
    a weight of zero is grey.

    Parameters:
        weights: one row a unit, shape (n, num_px * num_px * 3).
        num_px: height and width of the images, in pixels.
        columns: the number of images in a row.

    Raises:
        ValueError: the rows do not have num_px * num_px * 3 weights.
    """
    if weights.ndim != 2 or weights.shape[1] != num_px * num_px * 3:
        raise ValueError(f"expected rows of {num_px * num_px * 3} weights, not {weights.shape}")
    largest = np.max(np.abs(weights), axis=1, keepdims=True)
    largest[largest == 0] = 1  # a unit without weights stays grey
    images = (0.5 + 0.5 * weights / largest).reshape(-1, num_px, num_px, 3)
    captions = [_("unit {number}").format(number=i + 1) for i in range(len(images))]
    alt = _("The weights of {count} units of the first layer, drawn as images.").format(
        count=len(images)
    )
    return _image_grid(_new_drawing(alt), images, captions, columns, "", side=PAGE / columns)


@styled
def show_weights(w: ArrayLike, num_px: int) -> Figure:
    """Show the weights of one unit as images: in colour, and summed over the three colours.

    Parameters:
        w: one weight for each number of an image, num_px * num_px * 3 of them.
        num_px: height and width of the images, in pixels.

    Raises:
        ValueError: there are not num_px * num_px * 3 weights.
    """
    weights = np.asarray(w, dtype=float)
    if weights.size != num_px * num_px * 3:
        raise ValueError(f"expected {num_px * num_px * 3} weights, not {weights.size}")
    picture = weights.reshape(num_px, num_px, 3)
    largest = float(np.abs(picture).max()) or 1.0
    summed = picture.sum(axis=2)
    reach = float(np.abs(summed).max()) or 1.0
    alt = _("The weights as an image: in colour, and summed over red, green and blue.")
    figure, (left, right) = new_plots(2, PAGE, 3.9, alt)
    left.imshow(0.5 + 0.5 * picture / largest, interpolation="nearest")
    left.set_title(_("each weight as a colour"))
    colours = shades(VERMILION, "white", BLUE)
    shown = right.imshow(summed, cmap=colours, vmin=-reach, vmax=reach, interpolation="nearest")
    right.set_title(_("red + green + blue"))
    figure.colorbar(
        shown, ax=right, label=_("speaks against a cat    |    for a cat"), ticks=MaxNLocator(5)
    )
    bare(left)
    bare(right)
    return figure


def _class_name(classes: ArrayLike, label: Any) -> str:
    """Return the name of a class as text; the original data set stores names as bytes."""
    name = np.asarray(classes)[int(label)]
    return _(name.decode("utf-8") if isinstance(name, bytes) else str(name))


def _new_drawing(alt: str) -> Drawing:
    """Return an empty figure with a description for readers who cannot see it."""
    drawing = Drawing()
    drawing.alt = alt
    return drawing


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
        ax = place_image(figure, image, left, low, 0.94 * side)
        if captions:
            ax.set_title(captions[i], fontsize=SMALL, pad=3, linespacing=1.1)
    return figure


def check_image(image: NDArray[Any]) -> None:
    """Refuse what is no image in colour.

    Parameters:
        image: shape (height, width, 3).

    Raises:
        ValueError: it has another shape.
    """
    if image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"an image has the shape (height, width, 3), not {image.shape}")


def place_image(
    figure: Figure,
    image: NDArray[Any],
    left: float,
    low: float,
    side: float,
    **look: Any,
) -> Axes:
    """Place a square image on a sheet.

    Parameters:
        figure: the sheet.
        image: shape (height, width, 3), or (height, width) for a map of numbers.
        left, low: its lower left corner, in inches.
        side: its width and height in inches.
        **look: whatever else ``Axes.imshow`` takes.

    Returns:
        The axes of the image.
    """
    ax = inset(figure, left, low, side, side)
    ax.imshow(image, interpolation="nearest", **look)
    bare(ax)
    for spine in ax.spines.values():
        spine.set_visible(False)
    return ax
