"""Decision boundaries: points of the plane, and what networks with one hidden layer say of them.

Points are columns: X has the shape (2, m) and Y the shape (1, m). Label 0 is always an orange
circle, label 1 a blue triangle, and the plane is coloured by what a model says. Nothing here
computes what an exercise asks for: the pictures call the functions of the notebook.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.parts import bare, plane, write
from course.figures.style import (
    BACKWARD,
    BLUE,
    FORWARD,
    GREEN,
    INK,
    LINE,
    ORANGE,
    PURPLE,
    SMALL,
    Drawing,
    new_plots,
    shades,
    styled,
)
from course.language import N_, _
from planar_utils import CLASS_COLOURS, CLASS_MARKERS

Array = NDArray[np.float64]
Model = Callable[[Array], ArrayLike]
"""Takes points as columns, shape (2, k), and gives for each the probability of label 1, or a label:
shape (1, k) or (k,)."""

ModelWithParameters = Callable[[Any, Array], ArrayLike]
"""The same for given parameters, in the order of ``predict(parameters, X)``."""

GRID = 160  # points on each side of the grid on which a model is asked
PROBABILITIES = shades(ORANGE, "white", BLUE)
RESPONSES = shades(PURPLE, "white", GREEN)


@styled
def draw_points(X: ArrayLike, Y: ArrayLike, title: str = "") -> Figure:
    """Draw labelled points of the plane.

    Parameters:
        X: the points, shape (2, m).
        Y: their labels, 0 or 1, shape (1, m) or (m,).
        title: the heading.
    """
    X, labels = _points(X, Y)
    ones = int(np.sum(labels == 1))
    alt = _("{count} points in the plane, {zeros} of label 0 and {ones} of label 1.").format(
        count=labels.size, zeros=labels.size - ones, ones=ones
    )
    figure, (ax,) = new_plots(1, 5.6, 4.2, alt)
    _scatter(ax, X, labels, size=26, named=True)
    plane(ax, title)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


@styled
def draw_decision_boundary(model: Model, X: ArrayLike, Y: ArrayLike, title: str = "") -> Figure:
    """Draw what a model says everywhere in the plane, and the points that it should tell apart.

    The more probable label 1 is, the bluer the plane; the more probable label 0 is, the more
    orange. The black line, where the probability is one half, is the decision boundary.

    Parameters:
        model: see :data:`Model`, e.g. ``lambda points: predict(parameters, points)``.
        X: the points, shape (2, m).
        Y: their labels, 0 or 1, shape (1, m) or (m,).
        title: the heading; the accuracy is added to it.
    """
    X, labels = _points(X, Y)
    right = accuracy(model, X, labels)
    heading = (
        _("{title}: {right:.1%} right").format(title=title, right=right)
        if title
        else _("{right:.1%} right").format(right=right)
    )
    alt = _(
        "The plane coloured by the model's predictions; {right:.1%} of the points are right."
    ).format(right=right)
    if title:
        alt = f"{title}. {alt}"
    figure, (ax,) = new_plots(1, 5.6, 4.2, alt)
    _shade(ax, model, X)
    _scatter(ax, X, labels, size=18, named=True)
    plane(ax, heading)
    ax.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0))
    return figure


@styled
def draw_boundaries(
    models: Mapping[str, Model], X: ArrayLike, Y: ArrayLike, columns: int = 4
) -> Figure:
    """Draw several models side by side, each as :func:`draw_decision_boundary` does.

    Parameters:
        models: the models by their headings.
        X: the points, shape (2, m).
        Y: their labels, 0 or 1, shape (1, m) or (m,).
        columns: the number of pictures in a row.

    Raises:
        ValueError: there is no model, or no column.
    """
    X, labels = _points(X, Y)
    rights = {name: accuracy(model, X, labels) for name, model in models.items()}
    alt = _("The plane coloured by predictions: {parts}.").format(
        parts=_("; ").join(
            _("{name}, {right:.1%} of the points are right").format(name=name, right=right)
            for name, right in rights.items()
        )
    )
    figure, axes = _panels(len(models), columns, alt)
    for ax, (name, model) in zip(axes, models.items(), strict=True):
        _shade(ax, model, X)
        _scatter(ax, X, labels, size=5)
        _bare_plane(ax, _("{name}\n{right:.1%} right").format(name=name, right=rights[name]))
    return figure


def draw_boundary_frames(
    model: ModelWithParameters,
    snapshots: Mapping[Any, Any],
    X: ArrayLike,
    Y: ArrayLike,
    heading: str = N_("{0} steps"),
    columns: int = 4,
) -> Figure:
    """Draw the same model with several sets of parameters: a decision boundary that forms.

    Parameters:
        model: see :data:`ModelWithParameters`.
        snapshots: the parameters, by what the headings say of them: by the number of steps of
            gradient descent, or by the number of hidden units.
        X: the points, shape (2, m).
        Y: their labels, 0 or 1, shape (1, m) or (m,).
        heading: the heading of each picture; ``{}`` stands for the key of its parameters.
        columns: the number of pictures in a row.

    Raises:
        ValueError: there are no parameters, or no column.
    """
    models = {heading.format(key): _with(model, snapshots[key]) for key in snapshots}
    return draw_boundaries(models, X, Y, columns)


def draw_boundary_at(
    model: ModelWithParameters,
    snapshots: Mapping[Any, Any],
    X: ArrayLike,
    Y: ArrayLike,
    key: Any,
    heading: str = N_("{0} steps"),
) -> Figure:
    """Draw one of several sets of parameters, larger: for a slider.

    A slider over all of them is::

        def draw(steps):
            return draw_boundary_at(model, snapshots, X, Y, steps)

        play(draw, steps=list(snapshots))

    Parameters:
        model: see :data:`ModelWithParameters`.
        snapshots: the parameters by their keys.
        X: the points, shape (2, m).
        Y: their labels, 0 or 1, shape (1, m) or (m,).
        key: which parameters.
        heading: the heading of the picture; ``{}`` stands for the key.

    Raises:
        KeyError: there are no parameters under this key.
    """
    return draw_decision_boundary(_with(model, snapshots[key]), X, Y, heading.format(key))


@styled
def draw_hidden_units(
    hidden: Callable[[Array], ArrayLike],
    X: ArrayLike,
    Y: ArrayLike,
    output_weights: ArrayLike | None = None,
    columns: int = 4,
) -> Figure:
    """Draw what each hidden unit responds to in the plane.

    The plane is green, with a plus, where the activation of the unit is positive, and pink, with a
    minus, where it is negative. The black line, where it is zero, is straight: it is where the
    weighted sum of the unit is zero.

    Parameters:
        hidden: gives the activations of the hidden units, shape (n_h, k), for points as columns,
            shape (2, k): ``lambda points: forward_propagation(points, parameters)[1]["A1"]``.
        X: the points, shape (2, m).
        Y: their labels, 0 or 1, shape (1, m) or (m,).
        output_weights: the weights that the output unit gives the hidden ones, shape (1, n_h) or
            (n_h,); they are written into the headings.
        columns: the number of pictures in a row.

    Raises:
        ValueError: there is no column.
    """
    X, labels = _points(X, Y)
    across, up = _grid(X)
    responses = np.asarray(hidden(np.vstack([across.ravel(), up.ravel()])), dtype=float)
    weights = None if output_weights is None else np.asarray(output_weights, dtype=float).ravel()
    alt = _(
        "For each of {count} hidden units the plane, coloured by its activation; a "
        "straight line divides where it is positive from where it is negative."
    ).format(count=len(responses))
    if weights is not None:
        shown = ", ".join(f"{weight:+.1f}" for weight in weights)
        alt += " " + _("Output weights: {weights}.").format(weights=shown)
    figure, axes = _panels(len(responses), columns, alt)
    reach = max(1.0, float(np.abs(responses).max()))
    for number, (ax, response) in enumerate(zip(axes, responses, strict=True)):
        response = response.reshape(across.shape)
        shades: dict[str, Any] = {"cmap": RESPONSES, "vmin": -1.7 * reach, "vmax": 1.7 * reach}
        ax.pcolormesh(across, up, response, rasterized=True, **shades)
        if response.min() < 0 < response.max():
            ax.contour(across, up, response, levels=[0], colors=INK, linewidths=LINE)
            # In the middle of each side, so that the colours need not be told apart.
            for sign, side in (("+", response > 0), ("\N{MINUS SIGN}", response < 0)):
                middle = float(across[side].mean()), float(up[side].mean())
                badge = {"boxstyle": "circle,pad=0.1", "facecolor": "white", "edgecolor": INK}
                write(ax, *middle, sign, bbox=badge, zorder=4)
        _scatter(ax, X, labels, size=4)
        heading = _("unit {unit}").format(unit=number + 1)
        if weights is not None:
            heading += "\n" + _("output weight {weight:+.1f}").format(weight=weights[number])
        _bare_plane(ax, heading)
    return figure


@styled
def draw_accuracies(
    known: Mapping[int, float],
    fresh: Mapping[int, float],
    label: str = N_("number of hidden units"),
) -> Figure:
    """Plot the accuracy on the points of the training, and on fresh points of the same kind.

    Parameters:
        known: the accuracy, from 0 to 1, on the points of the training, by number of hidden units.
        fresh: the same on points that were not used in the training.
        label: what the numbers are, below the axis.

    Raises:
        ValueError: there are no accuracies, or the two have different keys.
    """
    if not known or list(known) != list(fresh):
        raise ValueError("both sets of accuracies need the same keys, in the same order")
    alt = _("Accuracy by {label}: {parts}.").format(
        label=label,
        parts=_("; ").join(
            _("{key}: {known:.0%} of the known and {fresh:.0%} of the fresh points").format(
                key=key, known=known[key], fresh=fresh[key]
            )
            for key in known
        ),
    )
    figure, (ax,) = new_plots(1, 6.2, 3.4, alt)
    places = np.arange(len(known))
    look: dict[str, Any] = {"linewidth": LINE, "markersize": 7}
    ax.plot(places, list(known.values()), "o-", color=FORWARD, label=_("points trained on"), **look)
    ax.plot(places, list(fresh.values()), "s--", color=BACKWARD, label=_("fresh points"), **look)
    ax.set_xticks(places, [str(key) for key in known])
    ax.yaxis.set_major_formatter(lambda share, _place: f"{share:.0%}")
    ax.set_xlabel(label)
    ax.set_ylabel(_("accuracy"))
    ax.legend(loc="lower right")
    return figure


def accuracy(model: Model, X: ArrayLike, Y: ArrayLike) -> float:
    """The share of points whose label a model predicts correctly.

    Parameters:
        model: see :data:`Model`; label 1 is meant where it gives more than one half.
        X: the points, shape (2, m).
        Y: their labels, 0 or 1, shape (1, m) or (m,).

    Returns:
        The accuracy, from 0 to 1.
    """
    X, labels = _points(X, Y)
    answers = np.asarray(model(X), dtype=float).ravel() > 0.5
    return float(np.mean(answers == (labels == 1)))


def _points(X: ArrayLike, Y: ArrayLike) -> tuple[Array, NDArray[np.int64]]:
    return np.asarray(X, dtype=float), np.asarray(Y).astype(np.int64).ravel()


def _with(model: ModelWithParameters, parameters: Any) -> Model:
    return lambda points: model(parameters, points)


def _grid(X: Array) -> tuple[Array, Array]:
    """A grid over the points, with some room around them."""
    margin = 0.06 * np.ptp(X, axis=1)
    low, high = X.min(axis=1) - margin, X.max(axis=1) + margin
    across, up = np.meshgrid(np.linspace(low[0], high[0], GRID), np.linspace(low[1], high[1], GRID))
    return across, up


def _shade(ax: Axes, model: Model, X: Array) -> None:
    """Colour the plane by the probability of label 1; the boundary is where it is one half."""
    across, up = _grid(X)
    answer = model(np.vstack([across.ravel(), up.ravel()]))
    probability = np.asarray(answer, dtype=float).reshape(across.shape)
    # Colours are kept pale, so that the points stand out.
    pale = 0.5 + 0.6 * (probability - 0.5)
    ax.pcolormesh(across, up, pale, cmap=PROBABILITIES, vmin=0, vmax=1, rasterized=True)
    if probability.min() < 0.5 < probability.max():
        ax.contour(across, up, probability, levels=[0.5], colors=INK, linewidths=LINE)


def _scatter(
    ax: Axes, X: Array, labels: NDArray[np.int64], size: float, named: bool = False
) -> None:
    for label, (colour, marker) in enumerate(zip(CLASS_COLOURS, CLASS_MARKERS, strict=True)):
        own = X[:, labels == label]
        name = _("label {label}").format(label=label) if named else None
        look: Any = {"c": colour, "marker": marker, "edgecolors": INK, "linewidths": 0.3}
        ax.scatter(own[0], own[1], s=size, label=name, zorder=3, **look)


def _panels(count: int, columns: int, alt: str) -> tuple[Drawing, list[Axes]]:
    """Rows of small square plots."""
    if count < 1 or columns < 1:
        raise ValueError("there must be something to draw, and a column to draw it in")
    columns = min(columns, count)
    rows = -(-count // columns)
    figure, axes = new_plots(columns, 0.2 + 2.25 * columns, 2.75 * rows, alt, rows)
    for ax in axes[count:]:
        ax.set_axis_off()
    return figure, axes[:count]


def _bare_plane(ax: Axes, title: str) -> None:
    ax.set_aspect("equal")
    bare(ax)
    ax.set_title(title, fontsize=SMALL)
