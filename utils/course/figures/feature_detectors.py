"""From edges to parts to a face: three layers of detectors whose weights are chosen by hand.

The pictures are tiny drawings, light with dark marks. Layer 1 finds edges, layer 2 puts edges
together into eyes, noses and mouths, layer 3 puts these together into a face. Every unit computes
what every unit of the course computes, a weighted sum, a bias and a ReLU; but it looks at a small
window only, and the same weights are used at every place, as in a convolutional network.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from numpy.typing import NDArray
from scipy.ndimage import correlate, maximum_filter

from course.figures.images import check_image
from course.figures.parts import bare, outline
from course.figures.style import FAINT, FORWARD, PAGE, SMALL, VERMILION, Drawing, new_plots, styled
from course.language import N_, _

Array = NDArray[np.float64]


SIDE = 24


PARTS: dict[str, Array] = {}
"""The three parts as small drawings: 1 is light, 0 is dark; filled in below."""


_SIZES = {N_("eye"): (3, 3), N_("nose"): (6, 2), N_("mouth"): (2, 9)}

for _name, (_height, _width) in _SIZES.items():
    # With a light border of two pixels, so that the part has all its edges.
    _drawing = np.ones((_height + 4, _width + 4))
    _drawing[2:-2, 2:-2] = 0
    PARTS[_name] = _drawing


PLACES = {"left eye": (-5, -5), "right eye": (-5, 5), "nose": (0, 0), "mouth": (6, 0)}
"""Where the parts of a face stand, in pixels below and to the right of the middle of the face."""


EDGES: dict[str, Array] = {
    N_("brighter\nto the right"): np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]) / 3,
    N_("brighter\nto the left"): np.array([[1, 0, -1], [1, 0, -1], [1, 0, -1]]) / 3,
    N_("brighter\nbelow"): np.array([[-1, -1, -1], [0, 0, 0], [1, 1, 1]]) / 3,
    N_("brighter\nabove"): np.array([[1, 1, 1], [0, 0, 0], [-1, -1, -1]]) / 3,
}
"""The weights of the four units of layer 1: a window of 3 by 3 pixels each."""


def pictures() -> dict[str, Array]:
    """Draw a face and some pictures that are none, each of shape (24, 24), from 0 to 1."""
    face = {"left eye": (7, 7), "right eye": (7, 17), "nose": (12, 12), "mouth": (18, 12)}
    moved = {name: (row + 1, column - 1) for name, (row, column) in face.items()}
    mixed = {"left eye": (18, 7), "mouth": (5, 12), "nose": (12, 18), "right eye": (12, 6)}
    return {
        N_("a face"): _draw(face),
        N_("moved, paler,\nnoisy"): _noisy(0.35 + 0.65 * _draw(moved)),
        N_("the same parts,\nmixed up"): _draw(mixed),
        N_("no nose,\nno mouth"): _draw({name: face[name] for name in ("left eye", "right eye")}),
    }


def _draw(places: Mapping[str, tuple[int, int]]) -> Array:
    picture = np.ones((SIDE, SIDE))
    for name, (row, column) in places.items():
        mark = PARTS[name.split()[-1]][2:-2, 2:-2]
        top, left = row - mark.shape[0] // 2, column - mark.shape[1] // 2
        picture[top : top + mark.shape[0], left : left + mark.shape[1]] = 0
    return picture


def _noisy(picture: Array) -> Array:
    random = np.random.default_rng(4)
    return np.asarray(np.clip(picture + 0.04 * random.standard_normal(picture.shape), 0, 1))


def find_edges(picture: Array) -> Array:
    """Layer 1: where and how strongly the picture gets brighter in four directions.

    Parameters:
        picture: shape (height, width), from 0 (dark) to 1 (light).

    Returns:
        Shape (4, height, width), one map for each unit.
    """
    weighted = [correlate(picture, window, mode="nearest") for window in EDGES.values()]
    return np.maximum(np.array(weighted) - 0.15, 0)


def find_parts(edges: Array) -> dict[str, Array]:
    """Layer 2: where the edges together make an eye, a nose or a mouth.

    The weights of a unit are the edges of an ideal drawing of its part; edges that this drawing
    lacks count against it. The bias lets only good matches pass.

    Parameters:
        edges: the maps of layer 1, shape (4, height, width).

    Returns:
        For each part a map of shape (height, width).
    """
    found = {}
    for name, drawing in PARTS.items():
        ideal = find_edges(drawing)
        weights = np.where(ideal > 0, ideal, -0.25)
        weights = weights / np.sum(ideal**2)
        total = sum(
            correlate(own, window, mode="constant")
            for own, window in zip(edges, weights, strict=True)
        )
        found[name] = np.maximum(np.asarray(total) - 0.35, 0)
    return found


def find_face(parts: Mapping[str, Array]) -> Array:
    """Layer 3: where the parts together make a face.

    The weights of the unit are 1 at the places where a face has its parts (a pixel more or less is
    allowed); the bias lets nothing pass unless all four of them are there.

    Parameters:
        parts: the maps of layer 2.

    Returns:
        A map of shape (height, width): where the middle of a face is.
    """
    total = np.zeros((SIDE, SIDE))
    for name, (down, right) in PLACES.items():
        # What is near enough counts as being there (the largest of 3 by 3 places), and more than
        # there it cannot be (the least of it and 0.2, which two ReLUs can compute).
        there = np.minimum(maximum_filter(parts[name.split()[-1]], size=3), 0.2) / 0.2
        total += _shifted(there, down, right)
    return np.maximum(total - 3.2, 0)


def _shifted(values: Array, down: int, right: int) -> Array:
    """The map, looked at from ``down`` pixels above and ``right`` pixels to the left."""
    padded = np.pad(values, 8)
    return padded[8 + down : 8 + down + SIDE, 8 + right : 8 + right + SIDE]


@styled
def draw_face_layers() -> Figure:
    """Draw what the three layers find in each of the pictures."""
    shown = pictures()
    answers = {name: find_face(find_parts(find_edges(own))) for name, own in shown.items()}
    verdicts = {
        name: _("a face") if answer.max() > 0 else _("no face") for name, answer in answers.items()
    }
    alt = _("Edges, parts and the face found in four drawings: {parts}.").format(
        parts=_("; ").join(
            f"{' '.join(_(name).split())}: {verdict}" for name, verdict in verdicts.items()
        )
    )
    figure = Drawing(figsize=(PAGE, 1.12 * len(shown) + 0.75))
    figure.alt = alt
    columns = [_("picture"), *map(_, EDGES), *map(_, PARTS), _("face")]
    grid = figure.subplots(
        len(shown),
        len(columns),
        gridspec_kw={"left": 0.135, "right": 0.995, "bottom": 0.05, "top": 0.84, "wspace": 0.12},
    )
    for row, (name, picture) in enumerate(shown.items()):
        edges = find_edges(picture)
        parts = find_parts(edges)
        maps = [picture, *edges, *parts.values(), answers[name]]
        for column, values in enumerate(maps):
            ax = grid[row, column]
            if column == 0:
                ax.imshow(values, cmap="gray", vmin=0, vmax=1)
                ax.set_ylabel(
                    _(name), rotation=0, ha="right", va="center", fontsize=SMALL, labelpad=6
                )
            else:
                # One scale for all maps of a layer; what is found is dark.
                top = 1.0 if column <= 4 else 0.65 if column <= 7 else 0.8
                ax.imshow(values, cmap="Greys", vmin=0, vmax=top)
            bare(ax)
            outline(ax, FAINT, 0.8)
            if row == 0:
                ax.set_title(columns[column], fontsize=SMALL - 1, pad=4)
            if column == len(columns) - 1:
                ax.set_xlabel(
                    verdicts[name],
                    fontsize=SMALL,
                    labelpad=2,
                    color=FORWARD if values.max() > 0 else VERMILION,
                )
    for first, last, text in (
        (1, 4, _("layer 1: edges")),
        (5, 7, _("layer 2: parts")),
        (8, 8, _("layer 3")),
    ):
        left = grid[0, first].get_position().x0
        right = grid[0, last].get_position().x1
        figure.text((left + right) / 2, 0.975, text, ha="center", va="top")
        figure.add_artist(
            Rectangle((left, 0.93), right - left, 0.002, transform=figure.transFigure, color=FAINT)
        )
    return figure


@styled
def draw_edge_layer(image: NDArray[np.uint8]) -> Figure:
    """Draw a photograph or a drawing, and what the four edge units of layer 1 find in it.

    Parameters:
        image: shape (height, width, 3), whole numbers from 0 to 255.

    Raises:
        ValueError: the image has another shape.
    """
    check_image(image)
    figure = Drawing(figsize=(PAGE, 2.25))
    figure.alt = _("An image, and four maps of its edges, one for each direction.")
    axes = figure.subplots(
        1,
        5,
        gridspec_kw={"left": 0.01, "right": 0.99, "bottom": 0.02, "top": 0.8, "wspace": 0.06},
    )
    brightness = image.mean(axis=2) / 255
    axes[0].imshow(image)
    axes[0].set_title(_("image"), fontsize=SMALL)
    edges = [
        np.maximum(correlate(brightness, window, mode="nearest"), 0) for window in EDGES.values()
    ]
    for ax, (name, found) in zip(axes[1:], zip(EDGES, edges, strict=True), strict=True):
        ax.imshow(found, cmap="Greys", vmin=0, vmax=0.6 * float(np.max(edges)))
        ax.set_title(_(name), fontsize=SMALL)
    for ax in axes:
        bare(ax)
    return figure


@styled
def draw_edges(image: NDArray[np.uint8], found: NDArray[Any], title: str) -> Figure:
    """Show an image beside what a sliding window has found in it.

    Parameters:
        image: one image, shape (height, width, 3), whole numbers from 0 to 255.
        found: the answer of the window at each place, shape (height, width).
        title: what the window looks for.
    """
    alt = _(
        "An image, and beside it a grey map of the same size: {title}, white where the answer of "
        "the window is positive and black where it is negative."
    ).format(title=title)
    figure, (left, right) = new_plots(2, 6.4, 3.3, alt)
    left.imshow(image, interpolation="nearest")
    left.set_title(_("image {shape}").format(shape=image.shape))
    reach = float(np.abs(found).max()) or 1.0
    right.imshow(found, cmap="gray", vmin=-reach, vmax=reach, interpolation="nearest")
    right.set_title(title)
    for ax in (left, right):
        ax.set_axis_off()
    return figure
