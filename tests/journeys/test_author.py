"""The page for authors, walked: its commands, in its order, from a solved notebook to marks."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from grader.exercises.exercise import Exercise
from grader.paths import PROJECT
from tests.helpers.copies import copy_of_the_project

PAGE = (PROJECT / "docs" / "author.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ python -m (grader .*)$", PAGE, re.MULTILINE)
SOLVED = (
    "import numpy as np",
    '''def compute_cost_with_l1_penalty(A3, Y, parameters, lambd):
    """The cost with the L1 penalty."""
    m = Y.shape[1]
    cross_entropy = -np.sum(Y * np.log(A3) + (1 - Y) * np.log(1 - A3)) / m
    sizes = np.sum(np.abs(parameters["W1"])) + np.sum(np.abs(parameters["W2"]))
    cost = cross_entropy + lambd / m * sizes
    return cost''',
    """A3, Y = np.array([[0.4, 0.1, 0.8]]), np.array([[1, 0, 1]])
parameters = {"W1": np.ones((2, 4)), "W2": np.array([[-0.5, 2.0]])}
compute_cost_with_l1_penalty(A3, Y, parameters, 0.7)""",
)


NAME = "a7_sparse_weights"


def marks(course: Path) -> dict[str, float]:
    """Each student's marks, in the gradebook."""
    with Gradebook(f"sqlite:///{course / 'gradebook.db'}") as gradebook:
        return {s.student.id: s.score for s in gradebook.assignment_submissions(NAME)}


def expected_marks(course: Path) -> dict[str, float]:
    """The marks that the made-up class must get."""
    text = (course / "submitted" / "expected.json").read_text(encoding="utf-8")
    return {student: entry["score"] for student, entry in json.loads(text)[NAME].items()}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A copy of the project in which an author works, with her solved notebook."""
    folder = tmp_path_factory.mktemp("author") / "course"
    copy_of_the_project(folder)
    cells = [nbformat.v4.new_code_cell(source) for source in SOLVED]
    notebook = nbformat.v4.new_notebook(cells=cells)
    nbformat.write(notebook, folder / "my_sparse_weights.ipynb")
    yield folder


def test_the_commands_of_the_page_lead_from_a_solved_notebook_to_marks(course: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": f"{course}{os.pathsep}{course / 'utils'}"}
    environment.pop("COURSE_ROOT", None)

    def run(command: str) -> tuple[int, str]:
        words = [sys.executable, "-m", *shlex.split(command)]
        done = subprocess.run(words, cwd=course, env=environment, capture_output=True, text=True)
        return done.returncode, done.stdout + done.stderr

    imported, overwritten, quick, released, whole, simulated, graded = map(run, COMMANDS)

    assert imported[0] == 0, imported[1]
    assert overwritten[0] == 1 and "nothing was changed" in overwritten[1]
    assert quick[0] == 0, quick[1]
    assert released[0] == 0, released[1]
    problems = [line for line in whole[1].splitlines() if "✗" in line]
    assert all("the mutant" in line or "There are problems" in line for line in problems), whole[1]
    assert simulated[0] == 0, simulated[1]
    assert graded[0] == 0, graded[1]
    assert marks(course) == expected_marks(course)
    line = "| [Assignment 7: Sparse weights]("
    assert all(
        line in (course / page).read_text(encoding="utf-8")
        for page in ("README.md", "notebooks/README.md", "docs/site/index.md")
    )


def test_the_page_names_every_field_of_an_exercise_and_every_tag_of_a_cell() -> None:
    tags = {
        tag
        for path in (PROJECT / "source").glob("*/*.ipynb")
        for cell in nbformat.read(path, as_version=4).cells
        for tag in cell.metadata.get("tags", [])
    }
    fields = {field.name for field in dataclasses.fields(Exercise)}
    assert {word for word in tags | fields if f"`{word}`" not in PAGE} == set()
