"""The table and the JSON file."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


@dataclass(frozen=True)
class Figure:
    """One line of the table.

    Attributes:
        what: what was measured.
        value: the figure.
        unit: its unit.
        target: the figure to reach; None where there is none.
        at_least: whether the target is a lower bound.
        note: how it was measured, where that needs saying.
    """

    what: str
    value: float
    unit: str
    target: float | None = None
    at_least: bool = False
    note: str = ""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without one."""
        if self.target is None:
            return None
        return self.value >= self.target if self.at_least else self.value <= self.target


def show(figures: list[Figure]) -> str:
    """The table as text, which is Markdown too."""
    rows = [("what", "measured", "to reach", "", "how")]
    for figure in figures:
        bound = ""
        if figure.target is not None:
            bound = f"{'≥' if figure.at_least else '≤'} {figure.target:g} {figure.unit}"
        verdict = {True: "yes", False: "NO", None: ""}[figure.reached]
        rows.append(
            (
                figure.what,
                f"{figure.value:.3g} {figure.unit}"
                if abs(figure.value) < 1000
                else f"{figure.value:.0f} {figure.unit}",
                bound,
                verdict,
                figure.note,
            )
        )
    widths = [max(len(row[column]) for row in rows) for column in range(5)]
    lines = [
        "| " + " | ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    lines.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    return "\n".join(lines)


def write(machine: Mapping[str, Any], figures: list[Figure], details: Mapping[str, Any]) -> Path:
    """Write everything to a file named after the moment, and say where it is."""
    RESULTS.mkdir(exist_ok=True)
    now = datetime.datetime.now(datetime.UTC)
    path = RESULTS / f"{now:%Y-%m-%dT%H%M%SZ}.json"
    content = {
        "machine": machine,
        "figures": [asdict(figure) | {"reached": figure.reached} for figure in figures],
        "details": details,
    }
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    return path
