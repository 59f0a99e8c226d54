"""The written questions of an assignment, which a person marks, and what only markers see.

The cell before an answer asks the question and lists the criteria with their points; students see
it. The cell of the answer itself holds, in the source, the marking guide: the full rubric and an
answer that earns all points. nbgrader replaces the whole cell when it releases the assignment, so
the guide never leaves the source. It is put above each student's answer in the autograded notebook,
where formgrader shows it, and feedback pages leave it out.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass

import nbformat

from grader.exercises.assignment import Assignment

_POINTS_OF_A_LINE = re.compile(r"^\|.*\|\s*(\d+)\s*\|\s*$", re.MULTILINE)
_END_OF_A_PART = re.compile(r"[|.:;!?]\s|[|\n()]")
_SHORTEST_PART = 40


@dataclass(frozen=True)
class Question:
    """A question whose answer a person reads.

    Attributes:
        name: the ``grade_id`` of the answer's cell.
        points: what the answer is worth.
        text: the cell before it: the question, and the criteria as a table.
        guide: the answer's cell in the source: the full rubric as a table, and an answer.
    """

    name: str
    points: float
    text: str
    guide: str

    @property
    def criteria(self) -> list[int]:
        """The points of each criterion that students see."""
        return _points(self.text)

    @property
    def rubric(self) -> list[int]:
        """The points of each line of the rubric that markers see."""
        return _points(self.guide)

    @property
    def secrets(self) -> frozenset[str]:
        """The parts of the guide that no student may be shown, as :func:`squeezed` text.

        What the question says itself is none.
        """
        asked = squeezed(self.text)
        parts = (squeezed(part) for part in _END_OF_A_PART.split(self.guide))
        return frozenset(p for p in parts if len(p) >= _SHORTEST_PART and p not in asked)


def squeezed(text: str) -> str:
    """Text in which case, line breaks, emphasis and punctuation do not count."""
    return " ".join(re.findall(r"[\w^{}\\+=-]+", text.lower()))


def _points(text: str) -> list[int]:
    return [int(points) for points in _POINTS_OF_A_LINE.findall(text)]


@functools.cache
def questions(assignment: Assignment) -> tuple[Question, ...]:
    """The hand-graded questions of an assignment, in order."""
    found = []
    before = ""
    for cell in nbformat.read(assignment.notebook_path, as_version=4).cells:
        meta = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and meta.get("grade") and meta.get("solution"):
            found.append(Question(meta["grade_id"], float(meta["points"]), before, cell.source))
        before = cell.source
    return tuple(found)


def problems_of_questions(assignment: Assignment) -> Iterator[str]:
    """What is wrong with the hand-graded questions, one sentence each."""
    for question in questions(assignment):
        if sum(question.criteria) != question.points:
            yield (
                f"the criteria of {question.name} add up to {sum(question.criteria)} points, but "
                f"the answer is worth {question.points:g}"
            )
        if question.rubric != question.criteria:
            yield (
                f"the marking guide of {question.name}, in the cell of the answer, gives the "
                f"points {question.rubric}, but students read {question.criteria}"
            )
        if not question.secrets:
            yield f"the marking guide of {question.name} says no more than the question"
