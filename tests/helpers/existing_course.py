"""The folder of another nbgrader course: a source with hidden tests, and submissions of it."""

from __future__ import annotations

import copy
import os
import sqlite3
from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from tests.helpers.commands import run_command

NAME = "week 1"
NOTEBOOK = "Means and sums"
SEVERAL = "problem set"
"""An assignment of two notebooks, in which the same names mean different things."""

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
        nbformat.v4.new_code_cell(
            "import numpy as np\nimport utils\nfrom numpy.testing import assert_allclose"
        ),
        _cell("given", "def close(a, b):\n    assert_allclose(a, utils.added(b, 0))", locked=True),
        _cell("mean", _solved("mean"), solution=True),
        _cell(
            "test_mean",
            "close(mean([1, 3]), 2)\n### BEGIN HIDDEN TESTS\n"
            "assert abs(np.linalg.norm([mean([2, 4, 9]) - 5])) < 1e-9\n### END HIDDEN TESTS",
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
    (source / "utils.py").write_text("def added(a, b):\n    return a + b\n")
    for student, notebook in submissions.items():
        folder = root / "submitted" / student / NAME
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{NOTEBOOK}.ipynb")


def problem(number: int, answer: str = "") -> NotebookNode:
    """A notebook of the problem set: ``scaled(x)`` is ``number * x``, and worth so many points.

    Parameters:
        number: 1 or 2.
        answer: the factor that a student writes; the source where it is empty.
    """
    factor, test = answer or f"{number}", f"assert scaled(1) == {number}"
    written = f"def scaled(x):\n    return {factor} * x"
    if not answer:
        written = f"### BEGIN SOLUTION\n{written}\n### END SOLUTION"
        hidden = f"assert scaled(5) == {5 * number}"
        test += f"\n### BEGIN HIDDEN TESTS\n{hidden}\n### END HIDDEN TESTS"
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [
        _cell("scaled", written, solution=True),
        _cell(f"test_{number}", test, number, grade=True, locked=True),
        _cell("why", answer or "# YOUR CODE HERE", 4, grade=True, solution=True),
    ]
    return notebook


def write_problem_set(root: Path, students: Mapping[str, Mapping[str, NotebookNode]]) -> None:
    """Write the problem set, and what students handed in: by their names, files and notebooks.

    Its source was made with an nbgrader that gave its metadata no version.
    """
    folders = {root / "source" / SEVERAL: {f"problem{n}.ipynb": problem(n) for n in (1, 2)}}
    folders |= {root / "submitted" / who / SEVERAL: dict(files) for who, files in students.items()}
    for folder, files in folders.items():
        folder.mkdir(parents=True)
        for name, notebook in files.items():
            if folder.parent == root / "source":
                for cell in notebook.cells:
                    del cell.metadata["nbgrader"]["schema_version"]
            nbformat.write(notebook, folder / name)


_MARKS = """
    SELECT student_id, notebook.name, base_cell.name, auto_score, needs_manual_grade FROM grade
    JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id
    JOIN notebook ON submitted_notebook.notebook_id = notebook.id
    JOIN submitted_assignment ON submitted_notebook.assignment_id = submitted_assignment.id
    JOIN base_cell ON grade.cell_id = base_cell.id
"""

Marks = dict[str, tuple[float | None, bool]]


class ExistingCourse:
    """The folder of a course on which commands are run."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def files(self, folder: str) -> Mapping[str, bytes]:
        """The files below a folder, by their paths."""
        return {str(p): p.read_bytes() for p in (self.root / folder).rglob("*") if p.is_file()}

    def run(self, module: str, *arguments: str) -> str:
        """Run a command in the folder of the project; what it says."""
        environment = os.environ | {"COURSE_ROOT": str(self.root), "CLASS_SECRET": "a test"}
        done = run_command("-m", module, *arguments, environment=environment)
        return done.stdout + done.stderr

    def marks(self, student: str, notebook: str) -> Marks:
        """By cell, what nbgrader's gradebook has: the points, and whether a person is to look."""
        with sqlite3.connect(self.root / "gradebook.db") as book:
            rows = book.execute(_MARKS).fetchall()
        return {
            cell: (score, bool(waits))
            for who, where, cell, score, waits in rows
            if (who, where) == (student, notebook)
        }
