"""The parts of the datasheet (README.md) that are counted or measured, never typed."""

from __future__ import annotations

import csv
import hashlib
from collections import Counter
from pathlib import Path

from .sources import DRAWING_SETS

MODEL_TITLES = {
    "logistic_regression": "logistic regression",
    "two_layer_model": "two layers (12288, 7, 1)",
    "L_layer_model": "four layers [12288, 20, 7, 5, 1]",
}


def refresh(readme: Path, block: str, text: str) -> None:
    """Replace what stands between the two marks of `block` in a Markdown file by `text`."""
    begin, end = f"<!-- begin {block} -->", f"<!-- end {block} -->"
    content = readme.read_text(encoding="utf-8")
    if begin not in content or end not in content:
        raise ValueError(f"{readme.name} has no block called {block}.")
    before, rest = content.split(begin, 1)
    after = rest.split(end, 1)[1]
    readme.write_text(f"{before}{begin}\n{text}\n{end}{after}", encoding="utf-8", newline="\n")


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def sources_table(manifest: Path) -> str:
    """Return the table of drawing sets, with the number of drawings used from each."""
    main: dict[str, set[str]] = {}
    beside: dict[str, set[str]] = {}
    with manifest.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            main.setdefault(row["drawing"].split(":")[0], set()).add(row["drawing"])
            for extra in row["clutter"].split():
                beside.setdefault(extra.split(":")[0], set()).add(extra)
    rows = [
        [
            f"[{one.title}]({one.home})",
            one.author,
            one.licence,
            f"`{one.package}` {one.version}",
            str(len(main.get(one.name, ()))),
            str(len(beside.get(one.name, ()))),
        ]
        for one in DRAWING_SETS
    ]
    total = [str(sum(int(row[column]) for row in rows)) for column in (4, 5)]
    rows.append(["all", "", "", "", *total])
    return table(["set", "author", "licence", "npm package", "main drawings", "small extras"], rows)


def composition_table(manifest: Path) -> str:
    """Return the table of images by kind."""
    with manifest.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    images = Counter((row["split"], row["kind"]) for row in rows)
    lines = []
    for kind in ("cat", "animal", "expression", "thing"):
        line = [kind]
        for split in ("train", "test"):
            used = {r["drawing"] for r in rows if (r["split"], r["kind"]) == (split, kind)}
            line += [str(images[split, kind]), str(len(used))]
        lines.append(line)
    head = ["kind", "training images", "of drawings", "test images", "of drawings"]
    return table(head, lines)


def files_table(paths: list[Path]) -> str:
    """Return the table of files with size and SHA-256."""
    rows = []
    for path in paths:
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()
        rows.append([f"`{path.name}`", f"{len(content):,}", f"`{digest}`"])
    return table(["file", "bytes", "SHA-256"], rows)


def figures_table(figures: dict[str, dict[str, float]]) -> str:
    """Return the table of expected figures of one set."""
    rows = [
        [
            f"{MODEL_TITLES[name]}, learning rate {one['learning_rate']:g}",
            f"{one['iterations']:,}",
            f"{one['first_cost']:.6f}",
            f"{one['last_cost']:.6f}",
            f"{one['train_accuracy']:g} %",
            f"{one['test_accuracy']:g} %",
        ]
        for name, one in figures.items()
    ]
    return table(["model", "iterations", "first cost", "last cost", "train", "test"], rows)
