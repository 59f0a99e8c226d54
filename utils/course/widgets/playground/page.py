"""The page of the playground, and the cell that shows it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from IPython.display import display

from planar_utils import load_extra_datasets, load_planar_dataset

__all__ = ["playground_page", "show_playground"]

ACTIVATION_NAMES = ("tanh", "sigmoid", "relu", "leaky_relu", "linear")
LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
STEPS = (1, 10, 100)
MOST_LAYERS, MOST_UNITS = 4, 8

_ALT = (
    "Playground: a small network learns in the browser which points of the plane have label 1. "
    "Points, layers, units, activation function and learning rate can be chosen."
)


def point_sets() -> dict[str, dict[str, Any]]:
    """The sets of points to choose from, those of the lessons among them.

    Returns:
        For each its name, ``"X"``, two rows of coordinates, and ``"Y"``, the labels 0 and 1.
    """
    flower, labels = load_planar_dataset()
    circles, moons, blobs, *_ = load_extra_datasets()
    clouds = blobs[0].T / 2
    sets: dict[str, tuple[str, Any, Any]] = {
        "flower": ("flower", flower, labels),
        "moons": ("two moons", moons[0].T, moons[1]),
        "circles": ("two circles", circles[0].T, circles[1]),
        "sides": ("clouds on two sides", clouds, blobs[1] < 3),
        "clouds": ("clouds in turn", clouds, blobs[1] % 2),
    }
    return {
        key: {"name": name, "X": np.round(X, 3).tolist(), "Y": Y.ravel().astype(int).tolist()}
        for key, (name, X, Y) in sets.items()
    }


def playground_page(
    points: str = "flower",
    units: Sequence[int] = (4,),
    activation: str = "tanh",
    learning_rate: float = 1.0,
    steps: int = 1,
) -> str:
    """Make the playground as one page of HTML that loads nothing else.

    Parameters:
        points: the set of points it begins with: ``"flower"``, ``"moons"``, ``"circles"``,
            ``"sides"`` or ``"clouds"``.
        units: how many units each hidden layer has, 1 to 8; at most four layers, or none.
        activation: of the hidden layers, one of :data:`ACTIVATION_NAMES`.
        learning_rate: one of :data:`LEARNING_RATES`.
        steps: how many iterations a step takes, one of :data:`STEPS`.

    Returns:
        The page.

    Raises:
        ValueError: there is no such choice in the playground.
    """
    sets = point_sets()
    _check("points", points, sets)
    _check("activation", activation, ACTIVATION_NAMES)
    _check("learning_rate", learning_rate, LEARNING_RATES)
    _check("steps", steps, STEPS)
    _check("the number of hidden layers", len(units), range(MOST_LAYERS + 1))
    for count in units:
        _check("the number of units", count, range(1, MOST_UNITS + 1))
    choices = {
        "activation": ACTIVATION_NAMES,
        "learningRate": LEARNING_RATES,
        "steps": STEPS,
        "layers": MOST_LAYERS,
        "units": MOST_UNITS,
    }
    settings = {
        "points": points,
        "units": list(units),
        "activation": activation,
        "learningRate": learning_rate,
        "start": "random",
        "steps": steps,
    }
    page = _part("page.html")
    page = re.sub(
        r'<link rel="stylesheet" href="([\w.]+)">',
        lambda found: f"<style>\n{_part(found[1])}</style>",
        page,
    )
    page = re.sub(
        r'<script src="([\w.]+)"></script>',
        lambda found: f"<script>\n{_part(found[1])}</script>",
        page,
    )
    given = {"data": sets, "choices": choices, "settings": settings}
    return page.replace(">{}</script>", f">{json.dumps(given, separators=(',', ':'))}</script>")


def show_playground(
    points: str = "flower",
    units: Sequence[int] = (4,),
    activation: str = "tanh",
    learning_rate: float = 1.0,
    steps: int = 1,
) -> None:
    """Show the playground below a cell; it works without the kernel from then on.

    Parameters:
        points, units, activation, learning_rate, steps: as for :func:`playground_page`.

    Raises:
        ValueError: there is no such choice in the playground.
    """
    page = html.escape(playground_page(points, units, activation, learning_rate, steps))
    # A frame, so that neither its styles nor its names meet those of the notebook. Its height is
    # set by the page itself; this one holds until then.
    frame = (
        '<iframe class="course-playground" title="Playground: a small neural network" '
        f'style="width: 100%; height: 760px; border: 0" srcdoc="{page}"></iframe>'
    )
    display({"text/html": frame, "text/plain": _ALT}, raw=True)


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _check(name: str, value: Any, choices: Collection[Any]) -> None:
    if value not in choices:
        raise ValueError(f"{name}: {value!r} is none of {', '.join(map(str, choices))}")
