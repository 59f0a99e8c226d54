"""One visual language for every picture of the course.

The colours are those of Okabe and Ito, which readers with any kind of colour vision can tell
apart. A colour always means the same thing, and it never stands alone: what is blue and what is
vermilion also differs by its label, its place or its line style, so that a picture printed in
grey can still be read.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Mapping
from typing import Any, ParamSpec, TypeVar

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_rgb
from matplotlib.figure import Figure

from course.figures.fonts import families
from course.language import ENGLISH, language, with_numbers

# Of the palette of Okabe and Ito.
BLACK = "#000000"
ORANGE = "#E69F00"
GREEN = "#009E73"
BLUE = "#0072B2"
VERMILION = "#D55E00"
PURPLE = "#CC79A7"

# What the colours mean.
INK = "#222222"  # text and outlines
FAINT = "#8C8C8C"  # edges of a network, axes, notes
FORWARD = BLUE  # values that travel forward: X, Z, A
BACKWARD = VERMILION  # gradients, which travel backward: dZ, dA, dW, db
PARAMETER = ORANGE  # what is learned: W, b
CACHE = GREEN  # what is kept on the way forward for the way back

# Sizes in points; a picture is made as wide as a notebook's text and is not scaled afterwards.
TEXT = 11
SMALL = 9.5
TITLE = 12.5
LINE = 1.6
BOLD_LINE = 2.6

PAGE = 9.2  # the width of a notebook's text, in inches

# Colour and line style change together, so that curves can be told apart in grey too.
CURVE_LOOKS: Any = (
    {"color": BLUE, "linestyle": "-"},
    {"color": VERMILION, "linestyle": "--"},
    {"color": GREEN, "linestyle": "-."},
    {"color": PURPLE, "linestyle": ":"},
    {"color": ORANGE, "linestyle": (0, (5, 1, 1, 1, 1, 1))},
)
# The same for curves of which each point counts.
MARKED_LOOKS: Any = (
    {"color": BLUE, "linestyle": "-", "marker": "o"},
    {"color": ORANGE, "linestyle": "--", "marker": "s"},
    {"color": GREEN, "linestyle": "-.", "marker": "^"},
    {"color": PURPLE, "linestyle": ":", "marker": "D"},
    {"color": VERMILION, "linestyle": "-", "marker": "v"},
)

# Any: Matplotlib's type hints admit only a dictionary whose keys they know one by one.
STYLE: Any = {
    "font.family": "DejaVu Sans",  # comes with Matplotlib, so every computer draws the same
    "font.size": TEXT,
    "mathtext.fontset": "dejavusans",
    "text.color": INK,
    "axes.titlesize": TITLE,
    "axes.labelsize": TEXT,
    "axes.labelcolor": INK,
    "axes.edgecolor": FAINT,
    "axes.linewidth": 0.8,
    "axes.grid": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "white",
    "figure.facecolor": "white",
    "figure.dpi": 100,
    "grid.color": "#DDDDDD",
    "grid.linewidth": 0.8,
    "legend.frameon": False,
    "legend.fontsize": TEXT,
    "lines.linewidth": BOLD_LINE,
    "xtick.labelsize": SMALL,
    "ytick.labelsize": SMALL,
    "xtick.color": INK,
    "ytick.color": INK,
}
"""Matplotlib settings of the course, which :func:`styled` has a picture drawn with."""

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


def styled(draw: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Have a function draw in the style of the course, and in the reader's language.

    The settings of the notebook that shows the picture stay as they are. Texts that the notebook
    hands over, such as headings and the names of curves, are translated as well, since the code
    of a notebook is the same in every language.
    """

    @functools.wraps(draw)
    def drawn(*given: _Given.args, **options: _Given.kwargs) -> _Made:
        spoken = language()
        if spoken == ENGLISH:
            with rc_context(STYLE):
                return draw(*given, **options)
        call = inspect.signature(draw).bind(*given, **options)
        call.apply_defaults()
        texts: Any = {name: _translated(value) for name, value in call.arguments.items()}
        call.arguments.update(texts)
        with rc_context({**STYLE, "font.family": [*families(spoken), STYLE["font.family"]]}):
            return draw(*call.args, **call.kwargs)

    return drawn


def _translated(value: Any) -> Any:
    """A text in the reader's language, also where it is in a list or names an entry."""
    if isinstance(value, str):
        return with_numbers(value)
    if isinstance(value, Mapping):
        made = {_translated(key): _translated(entry) for key, entry in value.items()}
        return made if len(made) == len(value) else value  # two names may mean the same
    if type(value) in (list, tuple):
        return type(value)(_translated(entry) for entry in value)
    return value


Colour = str | tuple[float, float, float]


def tint(colour: str, strength: float = 0.25) -> tuple[float, float, float]:
    """Mix a colour with white, for a background that dark text can be read on.

    Parameters:
        colour: any Matplotlib colour.
        strength: share of the colour, from 0 (white) to 1 (the colour itself).

    Returns:
        Red, green and blue, each from 0 to 1.

    Raises:
        ValueError: the strength is not between 0 and 1.
    """
    if not 0 <= strength <= 1:
        raise ValueError(f"strength must lie between 0 and 1, not {strength}")
    red, green, blue = (1 - strength * (1 - part) for part in to_rgb(colour))
    return red, green, blue


def shades(*colours: Colour) -> LinearSegmentedColormap:
    """A scale of colours that flow into one another, from that of the least value to the largest.

    Parameters:
        colours: two or more of them.
    """
    return LinearSegmentedColormap.from_list("shades", colours)


class Drawing(Figure):
    """A Matplotlib figure that carries a description for readers who cannot see it.

    A notebook stores the description beside the picture, where tools that read aloud find it.

    Attributes:
        alt: what the picture shows, in one or two plain sentences.
    """

    alt: str = ""

    def _repr_mimebundle_(
        self, include: object = None, exclude: object = None
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        """Give Jupyter the description; the picture itself is made by Matplotlib as always."""
        return {}, {"image/png": {"alt": self.alt}} if self.alt else {}


def new_canvas(width: float, height: float, alt: str) -> tuple[Drawing, Axes]:
    """Make an empty sheet for a drawing: no axes to be seen, one unit of length is one inch.

    The figure is made without pyplot, so a notebook shows it once, where a cell ends with it, and
    nothing stays in memory.

    Parameters:
        width: width of the sheet in inches.
        height: height of the sheet in inches.
        alt: description of the picture for readers who cannot see it.

    Returns:
        The figure and its axes; (0, 0) is the lower left corner.
    """
    figure = Drawing(figsize=(width, height))
    figure.alt = alt
    ax = figure.add_axes((0, 0, 1, 1))
    ax.set_xlim(0, width)
    ax.set_ylim(0, height)
    ax.set_axis_off()
    return figure, ax


def new_plots(
    count: int, width: float, height: float, alt: str, rows: int = 1, shared: bool = False
) -> tuple[Drawing, list[Axes]]:
    """Make ordinary plots with axes, side by side, in one row or more.

    Parameters:
        count: number of plots in a row.
        width: width of the whole row in inches.
        height: height of all rows in inches.
        alt: description of the picture for readers who cannot see it.
        rows: number of rows.
        shared: whether all plots have the same scales.

    Returns:
        The figure and the list of its axes, row by row, the left one first.
    """
    families(language())  # a notebook may call this without `styled`
    figure = Drawing(figsize=(width, height), layout="constrained")
    figure.alt = alt
    axes = figure.subplots(rows, count, squeeze=False, sharex=shared, sharey=shared)
    return figure, list(axes.ravel())


def short_number(value: float) -> str:
    """A number with three digits that count, as one reads it: 0.0123, 1.47, 1,470.

    Parameters:
        value: the number.
    """
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if abs(rounded) >= 1000 else f"{value:.3g}"
