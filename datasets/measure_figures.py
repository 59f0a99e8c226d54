"""Measure the figures to expect from the course's models, and write them down.

    python datasets/measure_figures.py                        # what lies in datasets/
    python datasets/measure_figures.py --originals FOLDER     # the original photos lie elsewhere

Writes `expected_figures.json` and the tables of README.md. Without the original photos, their
figures stay as they were measured before.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import h5py
import numpy as np
from builder.datasheet import figures_table, refresh
from builder.models import figures

HERE = Path(__file__).resolve().parent


def read(path: Path, prefix: str) -> tuple[np.ndarray, np.ndarray]:
    """Return (images, labels) of one file."""
    with h5py.File(path, "r") as file:
        return file[f"{prefix}_set_x"][:], file[f"{prefix}_set_y"][:]


def measure(folder: Path, prefix: str = "") -> dict[str, dict[str, float]]:
    """Train the three models on the set in `folder`; see `builder.models.figures`."""
    train = read(folder / f"{prefix}train_catvnoncat.h5", "train")
    test = read(folder / f"{prefix}test_catvnoncat.h5", "test")
    return figures(*train, *test)


def main(arguments: list[str] | None = None) -> int:
    """Run the command line; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--originals", type=Path, default=HERE, help="folder of the photos")
    options = parser.parse_args(arguments)
    target = HERE / "expected_figures.json"
    known = json.loads(target.read_text(encoding="utf-8")) if target.exists() else {}
    measured = {"embedded": measure(HERE, "embedded_")}
    if (options.originals / "train_catvnoncat.h5").exists():
        measured["original"] = measure(options.originals)
    elif "original" in known:
        measured["original"] = known["original"]
        print("The original photos are not here: their figures stay as they were.")
    text = json.dumps(measured, indent=2) + "\n"
    target.write_text(text, encoding="utf-8", newline="\n")
    for name, one in measured.items():
        refresh(HERE / "README.md", f"figures-{name}", figures_table(one))
        print(f"{name}\n{figures_table(one)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
