"""The marks of one submission, put into its notebook for a page: what feedback shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from grader.recording.autograded_notebook import Mark


@dataclass(frozen=True)
class CellMarks:
    """What one cell got.

    Attributes:
        score, points: its points, and those that it can have; None where it has none.
        waiting: whether a person has yet to give them.
        comment: what was said about it.
    """

    score: float | None = None
    points: float | None = None
    waiting: bool = False
    comment: str | None = None


@dataclass(frozen=True)
class SubmissionMarks:
    """The marks of a submission.

    Attributes:
        cells: by the names of the cells.
        late_penalty: the points that were taken off because it was late.
    """

    cells: Mapping[str, CellMarks]
    late_penalty: float = 0.0

    @property
    def max_score(self) -> float:
        """The points of all cells together."""
        return sum(cell.points or 0.0 for cell in self.cells.values())

    @property
    def score(self) -> float:
        """The mark."""
        return sum(cell.score or 0.0 for cell in self.cells.values()) - self.late_penalty


def recorded_marks(gradebook: Any, notebook: str, assignment: str, student: str) -> SubmissionMarks:
    """The marks of a submission as the gradebook has them.

    Parameters:
        gradebook: nbgrader's gradebook.
        notebook: the name of the notebook.
        assignment, student: whose submission of what.

    Raises:
        MissingEntry: the gradebook does not know the submission (nbgrader's exception).
    """
    from nbgrader.api import BaseCell, Comment, Grade

    submitted = gradebook.find_submission_notebook(notebook, assignment, student)
    query = gradebook.db.query
    cells: dict[str, CellMarks] = {}
    comments = query(BaseCell.name, Comment.comment).join(Comment, Comment.cell_id == BaseCell.id)
    said = dict(comments.filter(Comment.notebook_id == submitted.id).all())
    grades = (
        query(
            *(BaseCell.name, Grade.score, Grade.max_score, Grade.manual_score),
            Grade.needs_manual_grade,
        )
        .join(Grade, Grade.cell_id == BaseCell.id)
        .filter(Grade.notebook_id == submitted.id)
    )
    for name, score, points, by_person, needed in grades:
        waiting = bool(needed) and by_person is None
        cells[name] = CellMarks(score, points, waiting, said.pop(name, None))
    cells |= {name: CellMarks(comment=comment) for name, comment in said.items()}
    return SubmissionMarks(cells, submitted.late_submission_penalty or 0.0)


def own_marks(
    notebook: NotebookNode, marks: Mapping[str, Mark], late_penalty: float = 0.0
) -> SubmissionMarks:
    """The marks of an attempt that is not in the gradebook, because another one counts.

    Parameters:
        notebook: the autograded notebook.
        marks: what grading gave.
        late_penalty: what would be taken off.
    """
    points = {
        cell.metadata.nbgrader.grade_id: float(cell.metadata.nbgrader.points)
        for cell in notebook.cells
        if "points" in cell.metadata.get("nbgrader", {})
    }
    cells = {
        name: CellMarks(
            mark.auto_score, points.get(name), mark.needs_manual_grade, mark.auto_comment
        )
        for name, mark in marks.items()
    }
    return SubmissionMarks(cells, late_penalty)


def put_marks(notebook: NotebookNode, marks: SubmissionMarks) -> None:
    """Write marks into the metadata of the cells, as nbgrader's own pages expect them."""
    for cell in notebook.cells:
        meta = cell.metadata.get("nbgrader", {})
        found = marks.cells.get(meta.get("grade_id", ""))
        if found is None:
            continue
        if meta.get("grade") or meta.get("task"):
            meta.update(score=found.score, points=found.points, waiting=found.waiting)
        if meta.get("solution") or meta.get("task"):
            meta.update(comment=found.comment)
