"""Submissions in any state, built from the source notebook of one assignment, and their repair.

``solved()`` is what a student hands in who has solved everything, ``released()`` what one hands in
who has done nothing.
"""

from __future__ import annotations

import json
from typing import Any

import nbformat

from grader.exercises import assignment as assignments
from grader.submission.released_cells import Skeleton, released_text, skeleton_of
from grader.submission.repair import RepairedSubmission, repair

Notebook = dict[str, Any]
Cell = dict[str, Any]

NAME = "a4_deep_network"
FUNCTION = "linear_forward"
CHECK = f"{FUNCTION}_check"


def source_notebook() -> Notebook:
    """The source notebook as plain JSON."""
    text = assignments.load(NAME).notebook_path.read_text(encoding="utf-8")
    notebook: Notebook = json.loads(text)
    return notebook


def solved() -> Notebook:
    """A submission with every function solved."""
    notebook = source_notebook()
    for cell in code_cells(notebook):
        text = text_of(cell)
        if "HIDDEN TESTS" in text:
            cell["source"] = released_text(text)
    return notebook


def released() -> Notebook:
    """A submission in which nothing was done."""
    notebook = solved()
    for cell in code_cells(notebook):
        cell["source"] = released_text(text_of(cell))
    return notebook


def code_cells(notebook: Notebook) -> list[Cell]:
    """The code cells of a notebook."""
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def text_of(cell: Cell) -> str:
    """The text of a cell."""
    source = cell["source"]
    return source if isinstance(source, str) else "".join(source)


def cell_of(notebook: Notebook, cell_id: str) -> Cell:
    """The cell of that id."""
    return next(cell for cell in notebook["cells"] if cell.get("id") == cell_id)


def place_of(notebook: Notebook, cell_id: str) -> int:
    """Where the cell of that id stands."""
    cells: list[Cell] = notebook["cells"]
    return cells.index(cell_of(notebook, cell_id))


def code(source: str, **more: Any) -> Cell:
    """A code cell as a student adds one."""
    cell = {"cell_type": "code", "metadata": {}, "source": source}
    return {**cell, "outputs": [], "execution_count": None, **more}


def bare(*sources: str) -> Notebook:
    """A notebook of plain code cells in format 4.4, without any metadata."""
    cells = [code(source) for source in sources]
    return {"nbformat": 4, "nbformat_minor": 4, "metadata": {}, "cells": cells}


def solution(name: str = FUNCTION) -> str:
    """The solved function."""
    return assignments.load(NAME).solution(name)


def stub(name: str = FUNCTION) -> str:
    """The function as it was released."""
    return released_text(solution(name))


def as_bytes(notebook: Any) -> bytes:
    """The notebook as a file."""
    return json.dumps(notebook, ensure_ascii=False).encode("utf-8", "surrogatepass")


def repaired(notebook: Notebook | bytes) -> RepairedSubmission:
    """The repaired submission; whatever it is, the recorded notebook must be in order."""
    raw = notebook if isinstance(notebook, bytes) else as_bytes(notebook)
    result = repair(raw, assignments.load(NAME))
    check_recorded(result)
    return result


def check_recorded(result: RepairedSubmission) -> None:
    """Everything that holds for every recorded notebook."""
    skeleton: Skeleton = skeleton_of(assignments.load(NAME))
    nbformat.validate(result.notebook)
    nbformat.writes(result.notebook).encode("utf-8")
    recorded: dict[str, Any] = {}
    for cell in result.notebook.cells:
        if "nbgrader" in cell.metadata:
            name = cell.metadata.nbgrader.grade_id
            assert name not in recorded, f"{name} is recorded twice"
            recorded[name] = cell
    assert set(recorded) == set(skeleton.cells)
    for name, cell in recorded.items():
        known = skeleton.cells[name]
        assert cell.metadata == known.metadata
        if known.is_fixed:
            assert cell.source == known.source
            assert "HIDDEN" not in cell.source
            assert cell.outputs == []
    ids = [cell_id for cell_id, _source in result.cells]
    assert len(set(ids)) == len(ids)
    sources = {source for _cell_id, source in result.cells}
    assert set(result.functions.values()) <= sources
    assert result.untouched <= set(result.functions)
    assert result.cells[0][0] == "imports"


def names() -> list[str]:
    """All exercises."""
    return [exercise.name for exercise in assignments.load(NAME).exercises]


def assert_fully_solved(result: RepairedSubmission) -> None:
    """Every function is there, and run as it was solved."""
    assert sorted(result.functions) == sorted(names())
    assert not result.untouched
    namespace_defining = "\n".join(source for _id, source in result.cells)
    for name in names():
        assert f"def {name}(" in namespace_defining


def said(result: RepairedSubmission, *words: str) -> bool:
    """Whether one of the sentences holds all these words."""
    return any(all(word in sentence for word in words) for sentence in result.repairs)
