"""Points in the plane that are to be told apart, and a picture of how a model tells them apart.

The functions are called as notebooks of this course have always called them, so
``from planar_utils import plot_decision_boundary, sigmoid, load_planar_dataset,
load_extra_datasets`` works in any of them. All data are made here with NumPy, from a fixed seed: no
file and no other package is needed, and the random numbers of the notebook are left alone.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
from matplotlib.colors import ListedColormap
from numpy.typing import ArrayLike, NDArray

from course.figures.style import BLUE, INK, ORANGE, tint
from course.language import _

__all__ = ["load_extra_datasets", "load_planar_dataset", "plot_decision_boundary", "sigmoid"]

CLASS_COLOURS = (ORANGE, BLUE)
CLASS_MARKERS = ("o", "^")
"""How points of label 0 and of label 1 are drawn; shapes can be told apart without colours."""

Array = NDArray[np.float64]
Labelled = tuple[Array, NDArray[np.int64]]
"""Points as rows, shape (points, 2), and their labels, shape (points,)."""


def sigmoid(x: ArrayLike) -> Array:
    """Compute the sigmoid 1 / (1 + exp(-x)), entry by entry.

    Parameters:
        x: a number or an array of any shape.

    Returns:
        An array of the same shape, with values between 0 and 1.
    """
    x = np.asarray(x, dtype=float)
    small = np.exp(-np.abs(x))  # at most 1, so that nothing overflows
    curve: Array = np.where(x >= 0, 1.0, small) / (1 + small)
    return curve


def load_planar_dataset(points: int = 400, seed: int = 1) -> tuple[Array, NDArray[np.uint8]]:
    """Make a "flower": points on the petals of two classes that no straight line separates.

    The points lie on the rose curve r = 4 sin(4 t). One class has the angles t of the first half
    turn, the other those of the second; angle and radius are blurred a little. (A negative radius
    leads to the other side, so that the petals of the two classes take turns.)

    Parameters:
        points: how many points, half of them in each class.
        seed: of the random numbers; another seed gives other points of the same flower.

    Returns:
        X: the points, shape (2, points), one column a point.
        Y: the labels, shape (1, points), 0 or 1, as ``uint8``. Numbers of this type have no sign:
        ``-Y`` turns 1 into 255, while ``1 - Y`` and ``A - Y`` are what they look like.

    Raises:
        ValueError: the number of points is odd or not positive.
    """
    if points < 2 or points % 2:
        raise ValueError(_("the number of points must be even and positive"))
    random = np.random.RandomState(seed)
    half = points // 2
    petals = []
    for label in (0, 1):
        turn = np.linspace(label * np.pi, (label + 1) * np.pi, half) + 0.2 * random.randn(half)
        radius = 4 * np.sin(4 * turn) + 0.2 * random.randn(half)
        petals.append(radius * np.array([np.sin(turn), np.cos(turn)]))
    Y = np.repeat(np.array([[0, 1]], dtype=np.uint8), half, axis=1)
    return np.concatenate(petals, axis=1), Y


def load_extra_datasets(points: int = 200) -> tuple[Labelled, Labelled, Labelled, Labelled, Any]:
    """Make five more sets of points in the plane.

    Parameters:
        points: how many points each set has.

    Returns:
        The noisy circles, the noisy moons, the blobs, the Gaussian quantiles and the set without
        structure. Each is a pair (X, y) with X of shape (points, 2), one *row* a point, and y of
        shape (points,). Labels are 0 or 1; those of the blobs are the numbers 0 to 5 of the blob.
    """
    random = np.random.RandomState(3)
    return (
        _noisy_circles(random, points),
        _noisy_moons(random, points),
        _blobs(random, points),
        _gaussian_quantiles(random, points),
        (random.rand(points, 2), random.randint(0, 2, points)),
    )


def _noisy_circles(random: np.random.RandomState, points: int) -> Labelled:
    """Two circles around the origin, the inner one (label 1) half as wide."""
    labels = np.arange(points) % 2
    turn = random.uniform(0, 2 * np.pi, points)
    radius = np.where(labels == 1, 0.5, 1.0)
    circle = np.column_stack([radius * np.cos(turn), radius * np.sin(turn)])
    return circle + 0.2 * random.randn(points, 2), labels


def _noisy_moons(random: np.random.RandomState, points: int) -> Labelled:
    """Two half circles, one open below (label 0) and one open above, that reach into each other."""
    labels = np.arange(points) % 2
    turn = random.uniform(0, np.pi, points)
    upper = np.column_stack([np.cos(turn), np.sin(turn)])
    moons = np.where(labels[:, np.newaxis] == 0, upper, [1.0, 0.5] - upper)
    return moons + 0.2 * random.randn(points, 2), labels


def _blobs(random: np.random.RandomState, points: int) -> Labelled:
    """Six round clouds; their centres stand around the origin, about equally far apart."""
    labels = np.arange(points) % 6
    turn = labels * np.pi / 3
    centres = 6 * np.column_stack([np.cos(turn), np.sin(turn)])
    return centres + random.randn(points, 2), labels


def _gaussian_quantiles(random: np.random.RandomState, points: int) -> Labelled:
    """One round cloud: the inner half of the points has label 0, the outer half label 1."""
    cloud = np.sqrt(0.5) * random.randn(points, 2)
    distance = np.hypot(cloud[:, 0], cloud[:, 1])
    return cloud, (distance > np.median(distance)).astype(np.int64)


def plot_decision_boundary(model: Callable[[Array], ArrayLike], X: ArrayLike, y: ArrayLike) -> None:
    """Colour the plane by what a model says, and put the points on top, in the current figure.

    Parameters:
        model: gives a label for each *row* of an array of shape (points, 2); for a function that
            takes columns write ``lambda x: predict(parameters, x.T)``.
        X: the points, shape (2, m), one column a point.
        y: their labels, 0 or 1, shape (1, m) or (m,).
    """
    X, y = np.asarray(X, dtype=float), np.asarray(y).ravel()
    margin = 0.05 * np.ptp(X, axis=1)
    low, high = X.min(axis=1) - margin, X.max(axis=1) + margin
    across, up = np.meshgrid(np.linspace(low[0], high[0], 300), np.linspace(low[1], high[1], 300))
    answer = model(np.column_stack([across.ravel(), up.ravel()]))
    labels = np.asarray(answer, dtype=float).reshape(across.shape)
    backgrounds = ListedColormap([tint(colour, 0.35) for colour in CLASS_COLOURS])
    levels = [min(labels.min(), 0) - 1, 0.5, max(labels.max(), 1) + 1]
    plt.contourf(across, up, labels, levels=levels, cmap=backgrounds)
    for label, (colour, marker) in enumerate(zip(CLASS_COLOURS, CLASS_MARKERS, strict=True)):
        own = X[:, y == label]
        plt.scatter(own[0], own[1], c=colour, marker=marker, s=24, edgecolors=INK, linewidths=0.3)
    plt.xlabel("x1")
    plt.ylabel("x2")
