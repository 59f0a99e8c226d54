"""The questions of an assignment that a person marks, and what they must have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import nbformat

from grader.exercises.assignment import Assignment

_POINTS_OF_A_LINE = re.compile(r"^\|.*\|\s*(\d+)\s*\|\s*$", re.MULTILINE)


@dataclass(frozen=True)
class Question:
    """A question whose answer a person reads.

    Attributes:
        name: the ``grade_id`` of the answer's cell.
        points: what the answer is worth.
        text: the cell before it: the question, and the rubric as a table.
    """

    name: str
    points: float
    text: str

    @property
    def rubric(self) -> list[int]:
        """The points of each line of the rubric."""
        return [int(points) for points in _POINTS_OF_A_LINE.findall(self.text)]


def questions(assignment: Assignment) -> list[Question]:
    """The hand-graded questions of an assignment, in order."""
    found = []
    before = ""
    for cell in nbformat.read(assignment.notebook_path, as_version=4).cells:
        meta = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and meta.get("grade") and meta.get("solution"):
            found.append(Question(meta["grade_id"], float(meta["points"]), before))
        before = cell.source
    return found


def problems_of_questions(assignment: Assignment) -> Iterator[str]:
    """What is wrong with the hand-graded questions, one sentence each."""
    found = questions(assignment)
    if not found:
        yield "there is no question that a person marks"
    for question in found:
        if sum(question.rubric) != question.points:
            yield (
                f"the rubric of {question.name} adds up to {sum(question.rubric)} points, but the "
                f"answer is worth {question.points:g}"
            )
