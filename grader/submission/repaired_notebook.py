"""The notebook that is recorded for a submission: what nbgrader, teachers and students look at.

Every cell that nbgrader knows stands in it exactly once, in the student's order, with the metadata
that nbgrader expects. Everything else is the student's, as it was, but inert: without metadata, and
with outputs of bounded size.
"""

from __future__ import annotations

from typing import Any

import nbformat
from nbformat import NotebookNode

from course.language import _, ngettext
from grader.exercises.kernel import notebook_metadata
from grader.submission.notebook_outputs import OutputLimiter
from grader.submission.released_cells import Skeleton, SkeletonCell
from grader.submission.repair_notes import Notes
from grader.submission.submitted_cells import Matching, StudentCell


def record(matching: Matching, skeleton: Skeleton, notes: Notes) -> NotebookNode:
    """Put the recorded notebook together, and give every student cell its ``recorded_id``."""
    limiter = OutputLimiter()
    taken = {cell.cell_id for cell in skeleton.cells.values()}
    cells: list[NotebookNode] = []
    place: dict[str, NotebookNode] = {}
    for cell in matching.cells:
        if cell.role == "dropped":
            continue
        if cell.role == "plain":
            made = _plain(cell, taken, limiter)
        else:
            known = skeleton.cells[str(cell.name)]
            made = known.fresh() if cell.role == "fixed" else _solution(cell, known, limiter)
            place[known.name] = made
        cell.recorded_id = made.id
        cells.append(made)
        if cell.followed_by is not None:
            made = cell.followed_by.fresh()
            place[cell.followed_by.name] = made
            cells.append(made)
    _put_back(cells, place, matching, skeleton, notes)
    if limiter.shortened:
        notes.add(
            ngettext(
                "Very long outputs of {number} cell were shortened.",
                "Very long outputs of {number} cells were shortened.",
                limiter.shortened,
            ).format(number=limiter.shortened)
        )
    return NotebookNode(
        nbformat=4,
        nbformat_minor=5,
        metadata=nbformat.from_dict(notebook_metadata(matching.language)),
        cells=cells,
    )


def free_id(wanted: str, taken: set[str]) -> str:
    """An id for a cell: the wanted one where no other cell has it. It is taken from now on."""
    made, number = wanted, 2
    while made in taken:
        made = f"{wanted[:55]}-{number}"
        number += 1
    taken.add(made)
    return made


def _plain(cell: StudentCell, taken: set[str], limiter: OutputLimiter) -> NotebookNode:
    node = cell.node
    tags = node["metadata"].get("tags")
    made: dict[str, Any] = {
        "cell_type": node["cell_type"],
        "id": free_id(node["id"], taken),
        "metadata": NotebookNode(tags=list(tags)) if tags else NotebookNode(),
        "source": cell.shown,
    }
    if cell.is_code:
        made["execution_count"] = node["execution_count"]
        made["outputs"] = limiter.limit(node["outputs"])
    elif attachments := limiter.limit_attachments(node.get("attachments", NotebookNode())):
        made["attachments"] = attachments
    return NotebookNode(made)


def _solution(cell: StudentCell, known: SkeletonCell, limiter: OutputLimiter) -> NotebookNode:
    made = known.fresh(cell.shown)
    if made.cell_type == "code" and cell.is_code:
        made.execution_count = cell.node.execution_count
        made.outputs = limiter.limit(cell.node.outputs)
    elif attachments := limiter.limit_attachments(cell.node.get("attachments", NotebookNode())):
        made.attachments = attachments  # a picture in a hand-graded answer
    return made


def _put_back(
    cells: list[NotebookNode],
    place: dict[str, NotebookNode],
    matching: Matching,
    skeleton: Skeleton,
    notes: Notes,
) -> None:
    """Put back the cells of the course that the submission lacks, where they belong."""
    checks, others, answers = [], [], []
    previous: NotebookNode | None = None
    for known in skeleton.cells.values():
        made = place.get(known.name)
        if made is None:
            made = _replacement(known, matching)
            _insert(cells, made, known, previous, place, matching)
            place[known.name] = made
            if known.kind == "check":
                checks.append(known.name)
            elif known.kind == "answer":
                answers.append(known.name)
            elif known.is_fixed:
                others.append(known.name)
        previous = made
    notes.add_listed(
        _("The check cell {names} was missing; it was put back."),
        _("The check cells {names} were missing; they were put back."),
        checks,
    )
    notes.add_listed(
        _("The locked cell {names} was missing; it was put back."),
        _("The locked cells {names} were missing; they were put back."),
        others,
    )
    notes.add_listed(
        _("The answer {names} is missing."), _("The answers {names} are missing."), answers
    )


def _replacement(known: SkeletonCell, matching: Matching) -> NotebookNode:
    if known.name not in matching.skeleton.exercises:
        return known.fresh()
    if known.name in matching.graded:
        text = _("{name} is defined in another cell of this notebook.")
    else:
        text = _("The cell of {name} was missing from this notebook.")
    return known.fresh("# " + text.format(name=known.name))


def _insert(
    cells: list[NotebookNode],
    made: NotebookNode,
    known: SkeletonCell,
    previous: NotebookNode | None,
    place: dict[str, NotebookNode],
    matching: Matching,
) -> None:
    if known.kind == "setup":
        first_code = (i for i, cell in enumerate(cells) if cell.cell_type == "code")
        cells.insert(next(first_code, len(cells)), made)
        return
    if known.name in matching.graded:  # a function that stands in another function's cell
        previous = place.get(str(matching.graded[known.name][0].name), previous)
    for index, cell in enumerate(cells):
        if cell is previous:
            cells.insert(index + 1, made)
            return
    cells.append(made)
