"""Computation graphs: how a result comes about step by step, and how its derivatives flow back.

A graph is described by its inputs and its steps; the picture places them, computes all values, and
measures all derivatives: a value is made a little larger and a little smaller, and the change of
the result is looked at. So it works for any formula, and nothing here is a derivation.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.textpath import TextPath

from course.figures.parts import arrow, box, write, written_number
from course.figures.style import (
    BACKWARD,
    FAINT,
    FORWARD,
    PARAMETER,
    SMALL,
    TEXT,
    new_canvas,
    styled,
)
from course.language import _

NUDGE = 1e-5  # by how much a value is changed to measure a derivative
BOX_HEIGHT = 0.42
_ROW, _GAP, _MARGIN = 0.98, 0.7, 0.3
_NARROWEST = 1.0  # of a column: room for a derivative below a small box


@dataclass(frozen=True)
class Step:
    """One box of a computation graph.

    Attributes:
        name: what its result is called in the later steps, e.g. ``"z"``.
        formula: the text in the box, in Matplotlib's mathematics, without dollar signs.
        inputs: the names of what goes in: inputs of the graph, or earlier steps.
        value: computes the result from the inputs, which it gets in that order.
    """

    name: str
    formula: str
    inputs: tuple[str, ...]
    value: Callable[..., float]


@styled
def draw_computation_graph(
    inputs: Mapping[str, float],
    steps: Sequence[Step],
    gradients: bool = True,
    learned: Sequence[str] | None = None,
    digits: int = 3,
    symbols: Mapping[str, str] | None = None,
) -> Figure:
    """Draw how a result is computed, with all values, and how its derivatives flow back.

    The graph of J = 3 (a + b c):

        draw_computation_graph(
            {"a": 5, "b": 3, "c": 2},
            [
                Step("u", "u = b c", ("b", "c"), lambda b, c: b * c),
                Step("v", "v = a + u", ("a", "u"), lambda a, u: a + u),
                Step("J", "J = 3 v", ("v",), lambda v: 3 * v),
            ],
        )

    Parameters:
        inputs: name and value of each input, from top to bottom.
        steps: the steps, each after those that it takes something from; the last is the result.
        gradients: whether to draw the way back, with the derivative of the result with respect to
            each step and to each input that is learned. They are measured, not derived.
        learned: the inputs that get a derivative (drawn in orange); all of them by default.
        digits: digits after the decimal point.
        symbols: how a name is written where it differs from the name, in Matplotlib's mathematics
            without dollar signs, e.g. ``{"w1": "w_1"}``.

    Raises:
        ValueError: there are no steps, or a step takes something that is not there before it.
    """
    values = _evaluate(inputs, steps)
    learned = list(inputs) if learned is None else list(learned)
    followed = [name for name in values if name in learned or name not in inputs]
    measured = {name: _derivative(inputs, steps, name) for name in followed if gradients}
    written = {name: name for name in values} | dict(symbols or {})
    boxes, width, height = _places(inputs, steps, written)
    result = steps[-1].name
    alt = _("{result} is computed in {count} steps: {parts}.").format(
        result=result,
        count=len(steps),
        parts=_("; ").join(
            _("{name} is {value}").format(name=name, value=written_number(value, digits))
            for name, value in values.items()
        ),
    )
    if gradients:
        alt += " " + _("Derivatives of {result}: {parts}.").format(
            result=result,
            parts=_(", ").join(
                _("{slope} for {name}").format(slope=written_number(slope, digits), name=name)
                for name, slope in measured.items()
            ),
        )
    figure, ax = new_canvas(width, height, alt)
    for step in steps:
        for name in step.inputs:
            _edge(ax, boxes[name], boxes[step.name], back=name in measured)
    for name, place in boxes.items():
        colour = FORWARD if name not in inputs else PARAMETER if name in learned else FAINT
        box(ax, (place.x, place.y), (place.width, BOX_HEIGHT), place.text, colour)
        write(
            ax,
            place.x,
            place.y + BOX_HEIGHT / 2 + 0.04,
            written_number(values[name], digits),
            SMALL,
            va="bottom",
            color=FORWARD,
            fontweight="bold",
        )
        if name in measured:
            write(
                ax,
                place.x,
                place.y - BOX_HEIGHT / 2 - 0.05,
                f"$d{written[name]}$ = {written_number(measured[name], digits)}",
                SMALL,
                va="top",
                color=BACKWARD,
            )
    return figure


@dataclass(frozen=True)
class _Place:
    """Where a value of a graph is drawn: the middle of its box."""

    x: float
    y: float
    width: float
    text: str


def _evaluate(
    inputs: Mapping[str, float],
    steps: Sequence[Step],
    changed: str = "",
    by: float = 0.0,
) -> dict[str, float]:
    """All values of a graph; one of them may be changed by a little, with what follows from it."""
    if not steps:
        raise ValueError("a computation graph needs at least one step")
    values = {name: float(value) + by * (name == changed) for name, value in inputs.items()}
    for step in steps:
        missing = [name for name in step.inputs if name not in values]
        if missing:
            raise ValueError(f"the step {step.name} takes {missing[0]}, which is not there yet")
        arguments = [values[name] for name in step.inputs]
        values[step.name] = float(step.value(*arguments)) + by * (step.name == changed)
    return values


def _derivative(inputs: Mapping[str, float], steps: Sequence[Step], name: str) -> float:
    """How the last value changes with one of the values, measured on both sides of it."""
    result = steps[-1].name
    up, down = (_evaluate(inputs, steps, name, by)[result] for by in (NUDGE, -NUDGE))
    return (up - down) / (2 * NUDGE)


def _places(
    inputs: Mapping[str, float], steps: Sequence[Step], written: Mapping[str, str]
) -> tuple[dict[str, _Place], float, float]:
    """Place every value, and say how large the sheet must be.

    A step stands in the column after the last thing that it takes, an input just before its first
    use. Steps stand in the middle of their column, inputs below them.
    """
    column: dict[str, int] = {}
    for step in steps:
        before = [column[name] for name in step.inputs if name in column]
        column[step.name] = max(before, default=0) + 1
    for name in inputs:
        uses = [column[step.name] for step in steps if name in step.inputs]
        column[name] = min(uses, default=1) - 1
    texts = {name: f"${written[name]}$" for name in inputs}
    texts |= {step.name: f"${step.formula}$" for step in steps}
    count = max(column.values()) + 1
    columns: list[list[str]] = [[] for _ in range(count)]
    for name in [*(step.name for step in steps), *inputs]:
        columns[column[name]].append(name)
    first_rows = [_first_row([name in inputs for name in names]) for names in columns]
    top = max(-row for row in first_rows)
    bottom = max(row + len(names) - 1 for row, names in zip(first_rows, columns, strict=True))
    height = (top + bottom) * _ROW + BOX_HEIGHT + 2 * _MARGIN + 0.3
    middle = height - _MARGIN - 0.15 - BOX_HEIGHT / 2 - top * _ROW
    found: dict[str, _Place] = {}
    left = _MARGIN
    for names, row in zip(columns, first_rows, strict=True):
        widths = {name: _width_of(texts[name]) for name in names}
        widest = max(*widths.values(), _NARROWEST)
        for place, name in enumerate(names):
            found[name] = _Place(
                left + widest / 2, middle - (row + place) * _ROW, widths[name], texts[name]
            )
        left += widest + _GAP
    return found, left - _GAP + _MARGIN, height


def _first_row(are_inputs: list[bool]) -> float:
    """The row of the uppermost box of a column; row 0 is the middle, rows count downward."""
    step_count = are_inputs.count(False)
    return -((step_count or len(are_inputs)) - 1) / 2


def _width_of(text: str) -> float:
    """The width of a box around a text, in inches."""
    return float(TextPath((0, 0), text, size=TEXT).get_extents().width) / 72 + 0.42


def _edge(ax: Axes, start: _Place, end: _Place, back: bool) -> None:
    """Draw the arrow from one box to the next and, below it, the one that leads back."""
    left, right = start.x + start.width / 2 + 0.03, end.x - end.width / 2 - 0.03
    shift = 0.07 if back else 0.0
    arrow(ax, (left, start.y + shift), (right, end.y + shift), FORWARD)
    if back:
        arrow(ax, (right, end.y - shift), (left, start.y - shift), BACKWARD, dashed=True)
