"""Logistic regression: the unit, its computation graph, and the boundary that it learns.

Derivatives are measured here, never derived: nothing computes what an exercise asks for.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

from course.figures.computation_graph import Step, draw_computation_graph
from course.figures.parts import arrow, box, card, column, dots, s_curve, unit, write
from course.figures.style import (
    BACKWARD,
    BLUE,
    FAINT,
    FORWARD,
    INK,
    LINE,
    PAGE,
    PARAMETER,
    SMALL,
    TITLE,
    VERMILION,
    new_canvas,
    new_plots,
    shades,
    styled,
    tint,
)
from course.language import _

Array = NDArray[np.float64]


@styled
def draw_logistic_unit(n_x: int = 4, show_shapes: bool = True) -> Figure:
    """Draw logistic regression as a network of one unit: inputs, weights, sum, sigmoid, answer.

    Parameters:
        n_x: the number of features; of more than 5 the first three and the last are drawn.
        show_shapes: whether to write the shapes of x, w and b below.

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
    alt = _(
        "{n_x} features, each with a weight, lead to one unit: sum, then sigmoid, then answer."
    ).format(n_x=n_x)
    figure, ax = new_canvas(8.6, height, alt)
    middle = (height + foot) / 2
    sum_x, sigmoid_x = 4.1, 6.0
    places = column(0.9, middle, len(labels), 0.66)
    for (_x, y), label in zip(places, labels, strict=True):
        if not label:
            dots(ax, (0.9, y))
            continue
        unit(ax, (0.9, y), f"$x_{{{label}}}$", FAINT, radius=0.28)
        arrow(ax, (1.19, y), (sum_x - 0.68, middle + 0.25 * (y - middle)), FAINT)
        # The weight sits on its line, a third of the way along.
        card_y = y + (middle + 0.25 * (y - middle) - y) * 0.42
        card(ax, (2.15, card_y), f"$w_{{{label}}}$", PARAMETER)
    box(ax, (sum_x, middle), (1.3, 0.9), _("weighted\nsum $+\\ b$"), FORWARD)
    box(ax, (sigmoid_x, middle), (1.15, 0.9), _(r"sigmoid $\sigma$"), FORWARD)
    arrow(ax, (sum_x + 0.68, middle), (sigmoid_x - 0.6, middle), FORWARD, label="$z$")
    arrow(ax, (sigmoid_x + 0.6, middle), (7.35, middle), FORWARD, label="$a$")
    write(ax, 7.42, middle, r"$\hat{y} = a$", TITLE, ha="left")
    card(ax, (sum_x, min(middle + 0.85, height - 0.2)), "$b$", PARAMETER)
    arrow(ax, (sum_x, min(middle + 0.85, height - 0.2) - 0.17), (sum_x, middle + 0.47), PARAMETER)
    if show_shapes:
        shapes = {
            0.9: f"$x$: ({n_x}, 1)",
            2.15: f"$w$: ({n_x}, 1)",
            sum_x: _("$b$ and $z$: one number"),
            sigmoid_x + 0.75: _("$a$: between 0 and 1"),
        }
        for x, text in shapes.items():
            write(ax, x, 0.25, text, SMALL)
    return figure


@styled
def draw_logistic_graph(
    x: Sequence[float] = (1.0, -2.0),
    w: Sequence[float] = (0.5, -0.3),
    b: float = 0.1,
    y: int = 1,
    gradients: bool = True,
) -> Figure:
    """Draw the computation graph of the loss of logistic regression for one example.

    Parameters:
        x: the features of the example, one to four of them.
        w: the weights, one for each feature.
        b: the bias.
        y: the label, 0 or 1.
        gradients: whether to draw the way back with the derivatives of the loss.

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
        Step("a", r"a = \sigma(z)", ("z",), lambda z: float(s_curve(z))),
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


@styled
def draw_forward_backward_update() -> Figure:
    """Draw the computation graph of one example: forward, backward, and the update."""
    alt = _(
        "A computation graph: x1, w1, x2, w2 and b lead to z, z to the activation a, and a with "
        "the label y to the loss. Dashed arrows lead back: da, dz, then dw1, dw2 and db. At the "
        "lower right, the update: each parameter minus alpha times its derivative."
    )
    figure, ax = new_canvas(PAGE, 5.0, alt)
    y_mid = 3.2
    sources = [
        ("$x_1$", 4.6, FAINT),
        ("$w_1$", 3.9, PARAMETER),
        ("$x_2$", 3.2, FAINT),
        ("$w_2$", 2.5, PARAMETER),
        ("$b$", 1.8, PARAMETER),
    ]
    back = {"$w_1$": "$dw_1 = x_1\\,dz$", "$w_2$": "$dw_2 = x_2\\,dz$", "$b$": "$db = dz$"}
    for name, y, colour in sources:
        box(ax, (1.75, y), (0.6, 0.42), name, colour)
        end = y_mid + 0.12 * (y - y_mid)
        arrow(ax, (2.07, y + 0.03), (3.15, end + 0.05), FORWARD)
        if name in back:
            arrow(ax, (3.15, end - 0.09), (2.07, y - 0.11), BACKWARD, dashed=True)
            write(ax, 1.4, y, back[name], ha="right", color=BACKWARD)
    box(ax, (4.1, y_mid), (1.9, 0.7), "$z = w_1x_1 + w_2x_2 + b$", FORWARD, fontsize=SMALL)
    box(ax, (6.35, y_mid), (1.15, 0.7), "$a = \\sigma(z)$", FORWARD)
    box(ax, (8.3, y_mid), (1.15, 0.7), _("loss\n$\\mathcal{L}(a, y)$"), FORWARD)
    box(ax, (8.3, 4.45), (0.6, 0.42), "$y$", FAINT)
    arrow(ax, (8.3, 4.23), (8.3, y_mid + 0.36), FORWARD)
    for start, end in ((5.06, 5.76), (6.94, 7.71)):
        arrow(ax, (start, y_mid + 0.13), (end, y_mid + 0.13), FORWARD)
        arrow(ax, (end, y_mid - 0.13), (start, y_mid - 0.13), BACKWARD, dashed=True)
    ax.text(5.42, y_mid + 0.24, "$z$", ha="center", color=FORWARD, fontsize=TITLE)
    ax.text(7.32, y_mid + 0.24, "$a$", ha="center", color=FORWARD, fontsize=TITLE)
    ax.text(
        7.5,
        y_mid - 0.72,
        "$da = -\\frac{y}{a} + \\frac{1-y}{1-a}$",
        ha="center",
        color=BACKWARD,
        fontsize=TITLE,
    )
    ax.text(5.2, y_mid - 0.72, "$dz = a - y$", ha="center", color=BACKWARD, fontsize=TITLE)
    card(
        ax,
        (6.6, 0.85),
        _(
            "update:\n$w_1$ := $w_1 - \\alpha\\,dw_1$\n$w_2$ := $w_2 - \\alpha\\,dw_2$\n"
            "$b$ := $b - \\alpha\\,db$"
        ),
        PARAMETER,
    )
    arrow(ax, (1.0, 1.6), (5.85, 0.85), PARAMETER, bend=0.18)
    return figure


@styled
def draw_boundary(
    X: Array, Y: ArrayLike, w: ArrayLike, b: float, names: Sequence[str] = ("$x_1$", "$x_2$")
) -> Figure:
    """Draw examples with two features on the probabilities that logistic regression gives there.

    Parameters:
        X: the examples as columns, shape (2, m).
        Y: their labels 0 or 1, m of them.
        w: the two weights.
        b: the bias.
        names: what the two features are called.

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
    chance = s_curve(score)
    correct = np.mean(((weights @ X + float(np.squeeze(b))) > 0) == (labels == 1))
    alt = _(
        "{count} examples of two classes and a straight line between the regions of the two "
        "answers; {correct:.0%} of the examples lie on their own side."
    ).format(count=labels.size, correct=correct)
    figure, (ax,) = new_plots(1, 6.2, 4.2, alt)
    colours = shades(tint(VERMILION, 0.55), "white", tint(BLUE, 0.55))
    picture = ax.contourf(first, second, chance, levels=np.linspace(0, 1, 21), cmap=colours)
    if chance.min() < 0.5 < chance.max():
        ax.contour(first, second, chance, levels=[0.5], colors=INK, linewidths=LINE)
    for label, colour, marker in ((1, BLUE, "o"), (0, VERMILION, "^")):
        look: Any = {"color": colour, "markeredgecolor": "white", "markersize": 7}
        ax.plot(*X[:, labels == label], marker, label=f"$y = {label}$", **look)
    ax.set(xlabel=names[0], ylabel=names[1])
    ax.grid(visible=False)
    ax.legend(loc="upper left", frameon=True, facecolor="white", framealpha=0.85, fontsize=SMALL)
    figure.colorbar(picture, ax=ax, label=_("probability $a$"), ticks=[0, 0.25, 0.5, 0.75, 1])
    return figure
