"""The folder of another nbgrader course: a source with hidden tests, and submissions of it."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

NAME = "week 1"
NOTEBOOK = "Means and sums"

_SOLUTIONS = {
    "mean": "def mean(x):\n    return np.sum(x) / len(x)",
    "total": "def total(x):\n    return sum(x)",
}
_STUB = "# YOUR CODE HERE\nraise NotImplementedError()"


def _cell(grade_id: str, source: str, points: float | None = None, **kinds: bool) -> NotebookNode:
    meta = {"grade_id": grade_id, "schema_version": 3, "grade": False, "solution": False}
    meta |= {"locked": False, "task": False, **kinds}
    if points is not None:
        meta["points"] = points
    cell = nbformat.v4.new_code_cell(source)
    cell.metadata["nbgrader"] = meta
    return cell


def source_notebook() -> NotebookNode:
    """The source: two functions, their tests, partial credit, and a cell that a person marks."""
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        nbformat.v4.new_code_cell("import numpy as np\nfrom numpy.testing import assert_allclose"),
        _cell("given", "def close(a, b):\n    assert_allclose(a, b)", locked=True),
        _cell("mean", _solved("mean"), solution=True),
        _cell(
            "test_mean",
            "close(mean([1, 3]), 2)\n### BEGIN HIDDEN TESTS\n"
            "assert abs(mean([2, 4, 9]) - 5) < 1e-9\n### END HIDDEN TESTS",
            2,
            grade=True,
            locked=True,
        ),
        _cell("total", _solved("total"), solution=True),
        _cell(
            "test_total",
            "###BEGIN HIDDEN TESTS\nassert total([1, 2]) == sum([1, 2])\n###END HIDDEN TESTS",
            1.5,
            grade=True,
            locked=True,
        ),
        _cell(
            "test_parts",
            "2.0 * (mean([4]) == 4) + 1.0 * (total([4, 5]) == 9)",
            3,
            grade=True,
            locked=True,
        ),
        _cell("drawing", "# YOUR CODE HERE", 4, grade=True, solution=True),
    ]
    return notebook


def _solved(name: str) -> str:
    return f"### BEGIN SOLUTION\n{_SOLUTIONS[name]}\n### END SOLUTION"


def submitted_notebook(answers: Mapping[str, str]) -> NotebookNode:
    """What a student hands in: right, but for the cells that are given."""
    notebook = copy.deepcopy(source_notebook())
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if "HIDDEN" in cell.source:
            lines = cell.source.split("\n")
            first = next(n for n, line in enumerate(lines) if "BEGIN" in line)
            cell.source = "\n".join(lines[:first])
        if name in _SOLUTIONS:
            cell.source = _SOLUTIONS[name]
        elif name == "drawing":
            cell.source = _STUB
        cell.source = answers.get(name, cell.source)
    return notebook


def make_course(root: Path, submissions: Mapping[str, NotebookNode]) -> None:
    """Write the folder of a course as nbgrader has it."""
    source = root / "source" / NAME
    source.mkdir(parents=True)
    nbformat.write(source_notebook(), source / f"{NOTEBOOK}.ipynb")
    for student, notebook in submissions.items():
        folder = root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")
