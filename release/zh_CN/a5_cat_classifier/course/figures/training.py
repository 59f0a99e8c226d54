"""How a training is put together: its cycle, a run from end to end, and the functions it calls."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from course.figures.parts import arrow, box, card, write
from course.figures.style import (
    BACKWARD,
    CACHE,
    FAINT,
    FORWARD,
    INK,
    LINE,
    PAGE,
    PARAMETER,
    SMALL,
    new_canvas,
    styled,
    tint,
)
from course.language import N_, _


@styled
def draw_training_cycle() -> Figure:
    """Draw how a network learns: initialise once, then go round a cycle of four steps."""
    alt = _("Initialise once; then repeat: forward pass, cost, backward pass, update.")
    figure, ax = new_canvas(PAGE, 3.0, alt)
    top, low = 2.3, 0.7
    box(ax, (1.1, top), (1.7, 0.85), _("initialise\nW and b"), PARAMETER)
    box(ax, (3.8, top), (2.1, 0.85), _("forward pass:\npredict"), FORWARD)
    box(ax, (7.7, top), (2.1, 0.85), _("cost: how wrong\nis it?"), FORWARD)
    box(ax, (7.7, low), (2.1, 0.85), _("backward pass:\ngradients"), BACKWARD, dashed=True)
    box(ax, (3.8, low), (2.1, 0.85), _("update\nW and b"), PARAMETER)
    arrow(ax, (1.97, top), (2.73, top), INK, label=_("once"))
    arrow(ax, (4.87, top), (6.63, top), FORWARD, label=_("predictions"))
    arrow(ax, (7.7, top - 0.44), (7.7, low + 0.44), BACKWARD)
    arrow(ax, (6.63, low), (4.87, low), BACKWARD, label=_("gradients"), dashed=True)
    arrow(ax, (3.8, low + 0.44), (3.8, top - 0.44), INK)
    write(ax, 5.75, (top + low) / 2, _("repeat many times"), style="italic")
    return figure


@styled
def draw_run() -> Figure:
    """Draw a training run from end to end: what is done once, and what again and again."""
    alt = _(
        "Once: collect and split the data, prepare them, choose hyperparameters, initialise. Then "
        "the loop: forward, cost, backward, update, with a line in the log now and then. After it: "
        "check on the validation set, perhaps choose again; at last the test set, once, and use."
    )
    figure, ax = new_canvas(PAGE, 5.3, alt)
    top, low = 4.65, 0.62
    once = (
        (1.0, _("data: collect,\nsplit"), FAINT),
        (3.2, _("prepare: columns,\nscale"), FAINT),
        (5.55, _("choose hyper-\nparameters"), INK),
        (7.95, _("initialise\nW and b"), PARAMETER),
    )
    for x, text, colour in once:
        box(ax, (x, top), (1.75, 0.8), text, colour)
    for (x0, *_rest), (x1, *_other) in zip(once, once[1:], strict=False):
        arrow(ax, (x0 + 0.89, top), (x1 - 0.89, top), INK)

    look: Any = {"facecolor": tint(FAINT, 0.1), "edgecolor": FAINT, "linestyle": ":"}
    ax.add_patch(Rectangle((2.15, 1.3), 6.95, 2.55, **look))
    ax.text(2.25, 3.8, _("the loop, thousands of times"), va="top", style="italic", fontsize=SMALL)
    right, left, up, down = 7.95, 4.6, 3.15, 1.8
    box(ax, (right, up), (1.75, 0.7), _("forward pass"), FORWARD)
    box(ax, (left, up), (1.75, 0.7), _("cost"), FORWARD)
    box(ax, (left, down), (1.75, 0.7), _("backward pass"), BACKWARD, dashed=True)
    box(ax, (right, down), (1.75, 0.7), _("update W and b"), PARAMETER)
    arrow(ax, (right, top - 0.42), (right, up + 0.37), INK)
    arrow(ax, (right - 0.89, up), (left + 0.89, up), FORWARD, label=_("$A^{[L]}$, caches"))
    arrow(ax, (left, up - 0.37), (left, down + 0.37), BACKWARD)
    arrow(ax, (left + 0.89, down), (right - 0.89, down), BACKWARD, label="$dW, db$", dashed=True)
    arrow(ax, (right, down + 0.37), (right, up - 0.37), INK)
    ax.text(right + 0.08, (up + down) / 2, _("again"), va="center", fontsize=SMALL)
    arrow(ax, (left - 0.89, up), (3.35, up - 0.2), CACHE, dashed=True)
    box(ax, (2.8, up - 0.35), (1.05, 0.7), _("log: every\n100th"), CACHE, fontsize=SMALL)

    box(ax, (7.95, low), (1.75, 0.8), _("enough: stop,\nsave W and b"), PARAMETER)
    box(ax, (5.55, low), (1.75, 0.8), _("validation set:\ngood enough?"), INK)
    box(ax, (3.2, low), (1.75, 0.8), _("test set:\nonce"), INK)
    box(ax, (1.0, low), (1.75, 0.8), _("use: predict\nnew examples"), FORWARD)
    arrow(ax, (right, down - 0.37), (right, low + 0.42), INK)
    for x0, x1 in ((7.95, 5.55), (5.55, 3.2), (3.2, 1.0)):
        arrow(ax, (x0 - 0.89, low), (x1 + 0.89, low), INK)
    write(ax, 4.4, low + 0.1, _("yes"), SMALL, va="bottom")
    # Back to the choice, by a way that crosses nothing.
    ax.plot(
        [5.0, 5.0, 1.35, 1.35], [low + 0.42, 1.17, 1.17, 4.12], color=INK, linewidth=LINE, ls="--"
    )
    ax.plot([1.35, 5.55], [4.12, 4.12], color=INK, linewidth=LINE, ls="--")
    arrow(ax, (5.55, 4.12), (5.55, top - 0.42), INK)
    write(ax, 1.28, 2.6, _("no: choose again"), SMALL, rotation=90, ha="right")
    return figure


@styled
def draw_function_map() -> Figure:
    """Draw the functions of a network, and which of them calls which."""
    alt = _(
        "Five columns: initialise, forward, cost, backward, update. The model at the top calls one "
        "function of each column; L_model_forward calls linear_activation_forward, which calls "
        "linear_forward and sigmoid or relu; the backward functions mirror them."
    )
    figure, ax = new_canvas(PAGE, 5.6, alt)
    columns = {"initialise": 0.98, "forward": 2.95, "cost": 4.6, "backward": 6.25, "update": 8.22}
    rows = (4.05, 2.85, 1.65, 0.62)
    _node(ax, 4.6, 5.15, "two_layer_model,  L_layer_model", INK, 3.3)
    ax.text(
        6.45, 5.15, _("the loop: a5_cat_classifier"), va="center", fontsize=SMALL, style="italic"
    )
    tops = {
        N_("initialise"): ("initialize_\nparameters(_deep)", PARAMETER),
        N_("forward"): ("L_model_forward", FORWARD),
        N_("cost"): ("compute_cost", FORWARD),
        N_("backward"): ("L_model_backward", BACKWARD),
        N_("update"): ("update_parameters", PARAMETER),
    }
    for number, (column, (name, colour)) in enumerate(tops.items(), 1):
        x = columns[column]
        _node(ax, x, rows[0], name, colour, 1.75 if column != "cost" else 1.3)
        arrow(ax, (4.6 + 0.35 * (x - 4.6), 4.9), (x, rows[0] + 0.3), FAINT)
        write(ax, x, rows[0] - 0.32, f"{number}. {_(column)}", SMALL, va="top")
    for way, colour in (("forward", FORWARD), ("backward", BACKWARD)):
        x = columns[way]
        _node(ax, x, rows[1], f"linear_activation_\n{way}", colour, 1.9)
        arrow(ax, (x, rows[0] - 0.55), (x, rows[1] + 0.31), FAINT)
        ending = "" if way == "forward" else "_backward"
        _node(ax, x - 0.78, rows[2], f"linear_{way}", colour, 1.42)
        _node(ax, x + 0.78, rows[2], f"relu{ending}\nsigmoid{ending}", colour, 1.42)
        arrow(ax, (x - 0.3, rows[1] - 0.3), (x - 0.78, rows[2] + 0.3), FAINT)
        arrow(ax, (x + 0.3, rows[1] - 0.3), (x + 0.78, rows[2] + 0.3), FAINT)
    write(ax, 9.1, rows[1], _("one layer"), SMALL, ha="right", style="italic")
    write(ax, 9.1, rows[2], _("half a layer"), SMALL, ha="right", style="italic")
    left, right = columns["forward"], columns["backward"]
    arrow(ax, (left, rows[2] - 0.32), (right, rows[2] - 0.32), CACHE, dashed=True, bend=0.22)
    card(ax, (4.6, rows[3]), _("caches: what the way back needs"), CACHE, SMALL)
    return figure


def _node(ax: Axes, x: float, y: float, name: str, colour: str, width: float) -> None:
    """Draw a function as a box with its name."""
    dashed = colour == BACKWARD
    box(ax, (x, y), (width, 0.56), name, colour, dashed=dashed, fontsize=SMALL)
