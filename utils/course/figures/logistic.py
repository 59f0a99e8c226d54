"""Pictures of logistic regression: the unit, its computation graph, its loss and its cost.

A notebook cell that ends with, say, ``draw_logistic_unit(4)`` shows the picture below it. Every
function returns a Matplotlib ``Figure``. Blue is what travels forward, vermilion what travels
backward, orange what is learned, as in all pictures of the course.

Derivatives are measured here, never derived: a value is made a little larger and a little smaller,
and the change of the result is looked at. Nothing here computes what an exercise asks for.
``Step`` and ``draw_computation_graph`` are those of ``computation_graph``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from course.figures.computation_graph import NUDGE, Step, draw_computation_graph, written_number
from course.figures.parts import arrow, box, card, unit
from course.figures.style import (
    BACKWARD,
    BLUE,
    FAINT,
    FORWARD,
    GREEN,
    INK,
    LINE,
    PARAMETER,
    PURPLE,
    SMALL,
    STYLE,
    TITLE,
    VERMILION,
    new_canvas,
    new_plots,
    tint,
)

__all__ = [
    "Step",
    "cost_of_points",
    "descend",
    "draw_boundary",
    "draw_computation_graph",
    "draw_cost_surface",
    "draw_logistic_graph",
    "draw_logistic_unit",
    "draw_loss_over_z",
    "show_weights",
]

Array = NDArray[np.float64]
Cost = Callable[[ArrayLike, ArrayLike], Array]
Path = Sequence[tuple[float, float]] | Array

PAGE = 9.2  # the width of a notebook's text, in inches
PATH_LOOKS = ((VERMILION, "-", "o"), (PURPLE, "--", "s"), (GREEN, "-.", "^"))


# --- The unit ------------------------------------------------------------------------------------


@rc_context(STYLE)
def draw_logistic_unit(n_x: int = 4, show_shapes: bool = True) -> Figure:
    """Draw logistic regression as a network of one unit: inputs, weights, sum, sigmoid, answer.

    Arguments:
        n_x: the number of features; of more than 5 the first three and the last are drawn.
        show_shapes: whether to write the shapes of x, w and b below.

    Returns:
        The figure.

    Raises:
        ValueError: there are no features.
    """
    if n_x < 1:
        raise ValueError("a unit needs at least one feature")
    labels = [str(k) for k in range(1, n_x + 1)]
    if n_x > 5:
        labels = [*labels[:3], "", str(n_x)]
    foot = 0.55 if show_shapes else 0.1
    height = foot + max(0.66 * len(labels) + 0.1, 2.3)
    alt = f"{n_x} features, each with a weight, lead to one unit: sum, then sigmoid, then answer."
    figure, ax = new_canvas(8.6, height, alt)
    middle = (height + foot) / 2
    sum_x, sigmoid_x = 4.1, 6.0
    top = middle + 0.33 * (len(labels) - 1)
    for place, label in enumerate(labels):
        y = top - 0.66 * place
        if not label:
            ax.text(0.9, y, r"$\vdots$", ha="center", va="center", fontsize=TITLE)
            continue
        unit(ax, (0.9, y), f"$x_{{{label}}}$", FAINT, radius=0.28)
        arrow(ax, (1.19, y), (sum_x - 0.68, middle + 0.25 * (y - middle)), FAINT)
        # The weight sits on its line, a third of the way along.
        card_y = y + (middle + 0.25 * (y - middle) - y) * 0.42
        card(ax, (2.15, card_y), f"$w_{{{label}}}$", PARAMETER)
    box(ax, (sum_x, middle), (1.3, 0.9), "weighted\nsum $+\\ b$", FORWARD)
    box(ax, (sigmoid_x, middle), (1.15, 0.9), r"sigmoid $\sigma$", FORWARD)
    arrow(ax, (sum_x + 0.68, middle), (sigmoid_x - 0.6, middle), FORWARD, label="$z$")
    arrow(ax, (sigmoid_x + 0.6, middle), (7.35, middle), FORWARD, label="$a$")
    ax.text(7.42, middle, r"$\hat{y} = a$", ha="left", va="center", fontsize=TITLE)
    card(ax, (sum_x, min(middle + 0.85, height - 0.2)), "$b$", PARAMETER)
    arrow(ax, (sum_x, min(middle + 0.85, height - 0.2) - 0.17), (sum_x, middle + 0.47), PARAMETER)
    if show_shapes:
        shapes = {
            0.9: f"$x$: ({n_x}, 1)",
            2.15: f"$w$: ({n_x}, 1)",
            sum_x: "$b$ and $z$: one number",
            sigmoid_x + 0.75: "$a$: between 0 and 1",
        }
        for x, text in shapes.items():
            ax.text(x, 0.25, text, ha="center", va="center", fontsize=SMALL)
    return figure


# --- Computation graph ---------------------------------------------------------------------------


@rc_context(STYLE)
def draw_logistic_graph(
    x: Sequence[float] = (1.0, -2.0),
    w: Sequence[float] = (0.5, -0.3),
    b: float = 0.1,
    y: int = 1,
    gradients: bool = True,
) -> Figure:
    """Draw the computation graph of the loss of logistic regression for one example.

    Arguments:
        x: the features of the example, one to four of them.
        w: the weights, as many.
        b: the bias.
        y: the label, 0 or 1.
        gradients: whether to draw the way back with the derivatives of the loss.

    Returns:
        The figure.

    Raises:
        ValueError: the numbers of features and weights differ, or are not between 1 and 4.
    """
    n = len(x)
    if not 1 <= n == len(w) <= 4:
        raise ValueError(f"give one to four features and as many weights, not {n} and {len(w)}")
    numbers = range(1, n + 1)
    inputs: dict[str, float] = {}
    for k in numbers:
        inputs |= {f"x{k}": x[k - 1], f"w{k}": w[k - 1]}
    inputs |= {"b": b, "y": y}
    pairs = tuple(f"{letter}{k}" for k in numbers for letter in ("w", "x"))

    def weighted_sum(*terms: float) -> float:
        return sum(terms[k] * terms[k + 1] for k in range(0, 2 * n, 2)) + terms[-1]

    steps = [
        Step(
            "z",
            "z = " + " + ".join(f"w_{k} x_{k}" for k in numbers) + " + b",
            (*pairs, "b"),
            weighted_sum,
        ),
        Step("a", r"a = \sigma(z)", ("z",), lambda z: (1 + np.tanh(z / 2)) / 2),
        Step("L", r"\mathcal{L}(a, y)", ("a", "y"), lambda a, y: -np.log(a if y else 1 - a)),
    ]
    return draw_computation_graph(
        inputs,
        steps,
        gradients,
        learned=[*(f"w{k}" for k in numbers), "b"],
        symbols={f"{letter}{k}": f"{letter}_{k}" for k in numbers for letter in "xw"}
        | {"L": r"\mathcal{L}"},
    )


# --- Loss and cost -------------------------------------------------------------------------------


@rc_context(STYLE)
def draw_loss_over_z(z: float = -2.0, y: int = 1) -> Figure:
    """Plot the loss of one example against z: cross-entropy with its tangent, and squared error.

    Arguments:
        z: where the tangent touches, between -6 and 6.
        y: the label, 0 or 1.

    Returns:
        The figure.

    Raises:
        ValueError: z or y is out of range.
    """
    if not -6 <= z <= 6 or y not in (0, 1):
        raise ValueError(f"z must lie between -6 and 6, y be 0 or 1; not {z} and {y}")

    def cross_entropy(at: ArrayLike) -> Array:
        places: Array = np.asarray(at, dtype=float)
        return np.asarray(np.logaddexp(0, places) - y * places)

    places = np.linspace(-6, 6, 400)
    slope = float(cross_entropy(z + NUDGE) - cross_entropy(z - NUDGE)) / (2 * NUDGE)
    activation = (1 + np.tanh(z / 2)) / 2
    alt = (
        f"The cross-entropy for y = {y} against z, with a tangent of slope {slope:.2f} at z = {z}; "
        "the squared error, which is flat on both sides."
    )
    figure, (ax,) = new_plots(1, 7.0, 3.6, alt)
    ax.plot(places, cross_entropy(places), color=FORWARD, label="cross-entropy")
    squared = ((1 + np.tanh(places / 2)) / 2 - y) ** 2
    ax.plot(places, squared, color=FAINT, linestyle=":", label="squared error")
    near = np.array([z - 1.6, z + 1.6])
    ax.plot(
        near,
        float(cross_entropy(z)) + slope * (near - z),
        color=BACKWARD,
        linestyle="--",
        label=f"tangent: slope {written_number(slope, 2)}",
    )
    ax.plot([z], [float(cross_entropy(z))], "o", color=BACKWARD)
    ax.set_title(f"$y = {y}$,  $z = {written_number(z, 1)}$,  $a = {activation:.2f}$")
    ax.set_xlabel("$z$")
    ax.set_ylabel("loss of the example")
    ax.set_ylim(-0.3, 6.3)
    ax.legend(loc="upper right" if y else "upper left")
    return figure


def cost_of_points(x: ArrayLike, y: ArrayLike) -> Cost:
    """Make the cost of logistic regression with one feature, as a function of w and b.

    Arguments:
        x: the feature of each example.
        y: the labels 0 or 1, as many.

    Returns:
        A function of w and b, numbers or arrays of one shape, that gives the mean cross-entropy of
        all examples for each pair.

    Source of the formula: -y log a - (1 - y) log(1 - a) with a = 1 / (1 + e^-z) is
    log(1 + e^z) - y z.
    """
    features, labels = np.asarray(x, dtype=float).ravel(), np.asarray(y, dtype=float).ravel()

    def cost(w: ArrayLike, b: ArrayLike) -> Array:
        z = np.multiply.outer(np.asarray(w, dtype=float), features)
        z = z + np.asarray(b, dtype=float)[..., np.newaxis]
        found: Array = np.mean(np.logaddexp(0, z) - labels * z, axis=-1)
        return found

    return cost


def descend(cost: Cost, start: tuple[float, float], learning_rate: float, steps: int) -> Array:
    """Walk down a cost of two parameters, along slopes that are measured, not derived.

    Arguments:
        cost: the cost as a function of w and b.
        start: w and b at the beginning.
        learning_rate: the size of the steps.
        steps: the number of steps.

    Returns:
        The places on the way, shape (steps + 1, 2).
    """
    places = [np.array(start, dtype=float)]
    for _step in range(steps):
        here = places[-1]
        slopes = [
            float(cost(*(here + nudge)) - cost(*(here - nudge))) / (2 * NUDGE)
            for nudge in NUDGE * np.eye(2)
        ]
        places.append(here - learning_rate * np.array(slopes))
    return np.array(places)


@rc_context(STYLE)
def draw_cost_surface(
    cost: Cost,
    paths: Mapping[str, Path] | None = None,
    w_range: tuple[float, float] = (-4.0, 4.0),
    b_range: tuple[float, float] = (-4.0, 4.0),
    levels: int = 14,
    surface: bool = True,
) -> Figure:
    """Draw a cost over two parameters, as a landscape and as a map, with paths of descent.

    Arguments:
        cost: the cost as a function of w and b, which may be arrays of one shape;
            ``cost_of_points`` makes one.
        paths: name and places (w, b) of up to three paths, e.g. what ``descend`` returns.
        w_range, b_range: the smallest and largest w and b to show.
        levels: the number of contour lines on the map.
        surface: whether to draw the landscape beside the map.

    Returns:
        The figure.

    Raises:
        ValueError: there are more than three paths.
    """
    paths = paths or {}
    if len(paths) > len(PATH_LOOKS):
        raise ValueError(f"up to {len(PATH_LOOKS)} paths can be told apart, not {len(paths)}")
    w, b = np.meshgrid(np.linspace(*w_range, 121), np.linspace(*b_range, 121))
    height = cost(w, b)
    alt = f"The cost over w and b: a valley, from {height.min():.2g} to {height.max():.2g}."
    ways = {name: np.asarray(path, dtype=float).reshape(-1, 2) for name, path in paths.items()}
    for name, way in ways.items():
        ends = [float(cost(*way[end])) for end in (0, -1)]
        alt += f" Path {name}: {len(way) - 1} steps, from cost {ends[0]:.3g} to {ends[1]:.3g}."
    figure, axes = new_plots(2 if surface else 1, PAGE if surface else 5.6, 4.2, alt)
    shades = LinearSegmentedColormap.from_list("cost", [tint(BLUE, 0.05), tint(BLUE, 0.75)])
    ax = axes[-1]
    ax.contourf(w, b, height, levels=levels, cmap=shades)
    lines = ax.contour(w, b, height, levels=levels, colors=FAINT, linewidths=0.6)
    heights = list(np.asarray(lines.levels)[::3])
    for label in ax.clabel(lines, heights, fontsize=SMALL - 1.5, colors=INK):
        inside = ax.transLimits.transform(label.get_position())
        label.set_visible(bool(np.all((inside > 0.05) & (inside < 0.95))))
    ax.grid(visible=False)
    ax.set(xlabel="$w$", ylabel="$b$", title="as a map", xlim=w_range, ylim=b_range)
    for (name, way), (colour, line, marker) in zip(ways.items(), PATH_LOOKS, strict=False):
        ax.plot(*way.T, color=colour, linestyle=line, linewidth=1.2, marker=marker, markersize=3)
        ax.plot([], [], color=colour, linestyle=line, marker=marker, label=name)
    if ways:
        ax.legend(loc="best", fontsize=SMALL, frameon=True, facecolor="white", framealpha=0.85)
    if surface:
        _draw_landscape(figure, axes[0], (w, b, height), ways, cost, shades)
    return figure


def _draw_landscape(
    figure: Figure,
    flat: Axes,
    grid: tuple[Array, Array, Array],
    ways: Mapping[str, Array],
    cost: Cost,
    shades: LinearSegmentedColormap,
) -> None:
    """Draw the surface in perspective, in the place of an ordinary plot."""
    place = flat.get_subplotspec()
    flat.remove()
    # Any: Matplotlib's type hints do not know the methods of axes in three dimensions.
    ax = figure.add_subplot(place, projection="3d")
    ax.plot_surface(*grid, cmap=shades, rstride=4, cstride=4, linewidth=0.2, edgecolor=FAINT)
    for way, (colour, line, marker) in zip(ways.values(), PATH_LOOKS, strict=False):
        raised = cost(way[:, 0], way[:, 1]) + 0.01 * np.ptp(grid[2])
        inside = (
            (grid[0].min() <= way[:, 0])
            & (way[:, 0] <= grid[0].max())
            & (grid[1].min() <= way[:, 1])
            & (way[:, 1] <= grid[1].max())
        )
        shown = np.where(inside, raised, np.nan)
        ax.plot(
            way[:, 0],
            way[:, 1],
            shown,
            color=colour,
            linestyle=line,
            linewidth=LINE,
            marker=marker,
            markersize=2.5,
            zorder=10,
        )
    ax.set(xlabel="$w$", ylabel="$b$", title="as a landscape")
    ax.set_zlabel("cost $J$")
    ax.view_init(elev=32, azim=-58)
    ax.set_box_aspect(None, zoom=0.88)


# --- What has been learned -----------------------------------------------------------------------


@rc_context(STYLE)
def draw_boundary(
    X: Array, Y: ArrayLike, w: ArrayLike, b: float, names: Sequence[str] = ("$x_1$", "$x_2$")
) -> Figure:
    """Draw examples with two features on the probabilities that logistic regression gives there.

    Arguments:
        X: the examples as columns, shape (2, m).
        Y: their labels 0 or 1, m of them.
        w: the two weights.
        b: the bias.
        names: what the two features are called.

    Returns:
        The figure.

    Raises:
        ValueError: the examples do not have two features, or there are not as many labels or
            weights as there should be.
    """
    X, labels, weights = np.asarray(X), np.asarray(Y).ravel(), np.asarray(w, dtype=float).ravel()
    if X.shape != (2, labels.size) or weights.size != 2:
        raise ValueError(
            f"expected X of shape (2, {labels.size}) and two weights, not {X.shape} and "
            f"{weights.size}"
        )
    low, high = X.min(axis=1), X.max(axis=1)
    room = 0.12 * (high - low) + 1e-9
    first, second = np.meshgrid(
        np.linspace(low[0] - room[0], high[0] + room[0], 160),
        np.linspace(low[1] - room[1], high[1] + room[1], 160),
    )
    score = weights[0] * first + weights[1] * second + float(np.squeeze(b))
    chance = (1 + np.tanh(score / 2)) / 2
    correct = np.mean(((weights @ X + float(np.squeeze(b))) > 0) == (labels == 1))
    alt = (
        f"{labels.size} examples of two classes and a straight line between the regions of the two "
        f"answers; {correct:.0%} of the examples lie on their own side."
    )
    figure, (ax,) = new_plots(1, 6.2, 4.2, alt)
    shades = LinearSegmentedColormap.from_list(
        "chance", [tint(VERMILION, 0.55), (1, 1, 1), tint(BLUE, 0.55)]
    )
    picture = ax.contourf(first, second, chance, levels=np.linspace(0, 1, 21), cmap=shades)
    if chance.min() < 0.5 < chance.max():
        ax.contour(first, second, chance, levels=[0.5], colors=INK, linewidths=LINE)
    for label, colour, marker in ((1, BLUE, "o"), (0, VERMILION, "^")):
        ax.plot(
            *X[:, labels == label],
            marker,
            color=colour,
            markeredgecolor="white",
            markersize=7,
            label=f"$y = {label}$",
        )
    ax.set(xlabel=names[0], ylabel=names[1])
    ax.grid(visible=False)
    ax.legend(loc="upper left", frameon=True, facecolor="white", framealpha=0.85, fontsize=SMALL)
    figure.colorbar(picture, ax=ax, label="probability $a$", ticks=[0, 0.25, 0.5, 0.75, 1])
    return figure


@rc_context(STYLE)
def show_weights(w: ArrayLike, num_px: int) -> Figure:
    """Show the weights of one unit as images: in colour, and summed over the three colours.

    Arguments:
        w: one weight for each number of an image, num_px * num_px * 3 of them.
        num_px: height and width of the images, in pixels.

    Returns:
        The figure.

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
    alt = "The weights as an image: in colour, and summed over red, green and blue."
    figure, (left, right) = new_plots(2, PAGE, 3.9, alt)
    left.imshow(0.5 + 0.5 * picture / largest, interpolation="nearest")
    left.set_title("each weight as a colour")
    shades = LinearSegmentedColormap.from_list("weights", [VERMILION, "white", BLUE])
    shown = right.imshow(summed, cmap=shades, vmin=-reach, vmax=reach, interpolation="nearest")
    right.set_title("red + green + blue")
    figure.colorbar(
        shown, ax=right, label="speaks against a cat    |    for a cat", ticks=MaxNLocator(5)
    )
    for ax in (left, right):
        ax.set(xticks=[], yticks=[])
        ax.grid(visible=False)
    return figure
