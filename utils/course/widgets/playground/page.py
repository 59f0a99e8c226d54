"""The page of the playground, and the cell that shows it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Collection, Iterator, Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from IPython.display import display

from course.language import N_, _, page_language
from planar_utils import load_extra_datasets, load_planar_dataset

__all__ = ["page_texts", "playground_page", "show_playground"]

ACTIVATION_NAMES = ("tanh", "sigmoid", "relu", "leaky_relu", "linear")
LEARNING_RATES = (0.01, 0.03, 0.1, 0.3, 1.0, 3.0, 10.0, 30.0)
STEPS = (1, 10, 100)
MOST_LAYERS, MOST_UNITS = 4, 8

_ALT = N_(
    "Playground: a small network learns in the browser which points of the plane have label 1. "
    "Points, layers, units, activation function and learning rate can be chosen."
)
_IN_THE_PAGE = re.compile(r"\{\{(.+?)\}\}", re.DOTALL)
_IN_A_SCRIPT = re.compile(r'translated\(\s*("(?:[^"\\]|\\.|"\s*\+\s*")*")')
_SCRIPTS = ("words.js", "network.js", "drawing.js", "controls.js")


def point_sets() -> dict[str, dict[str, Any]]:
    """The sets of points to choose from, those of the lessons among them.

    Returns:
        For each its name, ``"X"``, two rows of coordinates, and ``"Y"``, the labels 0 and 1.
    """
    flower, labels = load_planar_dataset()
    circles, moons, blobs, *_others = load_extra_datasets()
    clouds = blobs[0].T / 2
    sets: dict[str, tuple[str, Any, Any]] = {
        "flower": (_("flower"), flower, labels),
        "moons": (_("two moons"), moons[0].T, moons[1]),
        "circles": (_("two circles"), circles[0].T, circles[1]),
        "sides": (_("clouds on two sides"), clouds, blobs[1] < 3),
        "clouds": (_("clouds in turn"), clouds, blobs[1] % 2),
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
    _check(N_("the number of hidden layers"), len(units), range(MOST_LAYERS + 1))
    for count in units:
        _check(N_("the number of units"), count, range(1, MOST_UNITS + 1))
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
    page = _IN_THE_PAGE.sub(
        lambda found: html.escape(_(_in_one_line(found[1]))), _part("page.html")
    ).replace('lang="en"', f'lang="{page_language()}"')
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
    words = {text: _(text) for text in _texts_of_scripts() if _(text) != text}
    given = {"data": sets, "choices": choices, "settings": settings, "words": words}
    text = json.dumps(given, separators=(",", ":")).replace("</", "<\\/")
    return page.replace(">{}</script>", f">{text}</script>")


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
    title = html.escape(_("Playground: a small neural network"))
    frame = (
        f'<iframe class="course-playground" title="{title}" '
        f'style="width: 100%; height: 760px; border: 0" srcdoc="{page}"></iframe>'
    )
    display({"text/html": frame, "text/plain": _(_ALT)}, raw=True)


def page_texts() -> Iterator[str]:
    """The texts of the page and its scripts, in English, for those who translate."""
    yield from map(_in_one_line, _IN_THE_PAGE.findall(_part("page.html")))
    yield from _texts_of_scripts()


def _texts_of_scripts() -> Iterator[str]:
    for name in _SCRIPTS:
        for literals in _IN_A_SCRIPT.findall(_part(name)):
            yield json.loads(re.sub(r'"\s*\+\s*"', "", literals))


def _in_one_line(text: str) -> str:
    return " ".join(text.split())


def _part(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")


def _check(name: str, value: Any, choices: Collection[Any]) -> None:
    if value not in choices:
        message = _("{name}: {value!r} is none of {choices}")
        listed = ", ".join(map(str, choices))
        raise ValueError(message.format(name=_(name), value=value, choices=listed))
