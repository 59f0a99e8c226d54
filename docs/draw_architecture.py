"""Draw the rooms of ``grader/`` and who imports whom, from the imports themselves.

``make picture`` writes docs/pictures/architecture.svg. The floors are those of the contract in
``pyproject.toml``, the arrows those that grimp reads from the code, so the picture cannot lie.
"""

from __future__ import annotations

import io
import re
import textwrap
import tomllib
from collections.abc import Sequence
from pathlib import Path

import grimp
import matplotlib
from matplotlib.figure import Figure
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

PROJECT = Path(__file__).resolve().parents[1]
PICTURE = PROJECT / "docs" / "pictures" / "architecture.svg"
"""Where the picture lies."""

_INK, _FAINT, _FILL, _UP = "#22313f", "#8a97a5", "#eef3f8", "#c0392b"


def floors() -> list[list[str]]:
    """The floors of the contract, the highest first, each with its rooms.

    Raises:
        KeyError: the contract of layers is not in ``pyproject.toml``.
    """
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    contract = next(
        one for one in settings["tool"]["importlinter"]["contracts"] if one["type"] == "layers"
    )
    return [
        [name for name in re.split(r"[ |:]+", layer) if (PROJECT / "grader" / name).is_dir()]
        for layer in contract["layers"]
    ]


def arrows(rooms: Sequence[str]) -> dict[tuple[str, str], int]:
    """How many imports lead from one room to another."""
    graph = grimp.build_graph("grader", cache_dir=None)
    found: dict[tuple[str, str], int] = {}
    for module in graph.modules:
        parts = module.split(".")
        for imported in graph.find_modules_directly_imported_by(module):
            pair = (parts[1] if len(parts) > 1 else "", (imported.split(".") + [""])[1])
            if pair[0] != pair[1] and set(pair) <= set(rooms):
                found[pair] = found.get(pair, 0) + 1
    return found


def _subject(room: str) -> str:
    """The first line of what a room says of itself."""
    text = (PROJECT / "grader" / room / "__init__.py").read_text(encoding="utf-8")
    first = text.strip('"').split("\n")[0]
    return first.replace("`", "").rstrip('".')


def draw() -> Figure:
    """The picture: a row a floor, a box a room, an arrow for each pair of rooms that import.

    An arrow is pale where a way over other rooms leads to the same place, and red where it runs up.
    """
    storeys = [rooms for rooms in floors() if rooms]
    figure = Figure(figsize=(11, 1.12 * len(storeys)))
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, 11)
    axes.set_ylim(0, len(storeys))
    axes.axis("off")
    place = {}
    for row, rooms in enumerate(storeys):
        y = len(storeys) - row - 0.5
        axes.text(0.15, y, str(len(storeys) - row), color=_FAINT, fontsize=9, va="center")
        width = 10.0 / len(rooms)
        for column, room in enumerate(rooms):
            place[room] = (0.6 + width * (column + 0.5), y, width)
    found = arrows(list(place))
    for (one, other), count in sorted(found.items()):
        (x1, y1, _), (x2, y2, _) = place[one], place[other]
        implied = any((one, middle) in found and (middle, other) in found for middle in place)
        axes.add_patch(
            FancyArrowPatch(
                (x1, y1 - 0.32),
                (x2, y2 + 0.32),
                arrowstyle="-|>",
                mutation_scale=8,
                color=_INK if y1 > y2 else _UP,
                linewidth=0.5 + min(count, 12) / 8,
                alpha=0.15 if implied and y1 > y2 else 0.75,
                shrinkA=0,
                shrinkB=0,
                connectionstyle="arc3,rad=0.08",
            )
        )
    for room, (x, y, width) in place.items():
        half = min(width, 5.0) / 2 - 0.12
        axes.add_patch(
            FancyBboxPatch(
                (x - half, y - 0.27),
                2 * half,
                0.54,
                boxstyle="round,pad=0,rounding_size=0.08",
                facecolor=_FILL,
                edgecolor=_INK,
                linewidth=0.8,
            )
        )
        axes.text(x, y + 0.1, f"{room}/", ha="center", va="center", color=_INK, fontsize=10)
        axes.text(
            x,
            y - 0.12,
            _wrapped(_subject(room), int(2 * half * 17)),
            ha="center",
            va="center",
            color=_INK,
            fontsize=6.5,
        )
    return figure


def _wrapped(text: str, width: int) -> str:
    return "\n".join(textwrap.wrap(text, width)[:2])


def in_words() -> str:
    """All arrows as text, which the picture holds as its description."""
    rooms = [room for storey in floors() for room in storey]
    return ", ".join(f"{one} > {other}" for one, other in sorted(arrows(rooms)))


def svg() -> str:
    """The picture as text; the same imports always give the same text."""
    with matplotlib.rc_context({"svg.hashsalt": "architecture", "svg.fonttype": "none"}):
        stream = io.StringIO()
        metadata = {"Date": None, "Creator": None, "Description": in_words()}
        draw().savefig(stream, format="svg", metadata=metadata)
    lines = (line.rstrip() for line in stream.getvalue().splitlines())
    return "\n".join(lines) + "\n"


def write(path: Path = PICTURE) -> None:
    """Write the picture."""
    path.write_text(svg(), encoding="utf-8")


if __name__ == "__main__":
    write()
