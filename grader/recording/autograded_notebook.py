"""The autograded notebook: the repaired one, made inert, with the verdicts in it."""

from __future__ import annotations

import functools
import json
import logging
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from course.language import N_, _, language_of_metadata, speaking
from grader import paths
from grader.exercises.assignment import Assignment
from grader.exercises.hand_graded import questions
from grader.exercises.kernel import notebook_metadata
from grader.exercises.nbgrader_rules import (
    compute_checksum,
    determine_grade,
    is_grade,
    is_solution,
    is_task,
)
from grader.judging.graded import Graded, GradedExercise
from grader.recording.grading import Grading
from grader.submission.editions import edition_paths
from grader.submission.released_cells import skeleton_of
from grader.submission.repaired_notebook import free_id
from grader.text.inert import (
    plain_text,
    safe_attachments,
    safe_markdown,
    safe_outputs,
    verbatim_markdown,
)

GUIDE = "marking_guide"
"""The metadata by which the cell of a marking guide is told. No student's cell keeps metadata, so
none can pass for a guide, or be left out of a feedback page as if it were one."""

_LOG = logging.getLogger(__name__)
_VALID_ID = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")
_VALID_TAG = re.compile(r"[A-Za-z0-9_-]{1,64}\Z")


def autograded_notebook(
    notebook: NotebookNode, graded: Graded, assignment: Assignment, grading: Grading
) -> NotebookNode:
    """The notebook as it goes to ``autograded/``.

    Parameters:
        notebook: the repaired notebook.
        graded: the verdicts, which become the outputs of the check cells.
        assignment: the assignment.
        grading: what goes into the notebook's metadata.
    """
    spoken = language_of_metadata(notebook.metadata)
    with speaking(spoken):
        cells = list(_cells(notebook, graded, assignment))
    metadata = {**notebook_metadata(spoken), "grading": grading.as_dict()}
    return NotebookNode(
        nbformat=4, nbformat_minor=5, metadata=nbformat.from_dict(metadata), cells=cells
    )


def _cells(
    notebook: NotebookNode, graded: Graded, assignment: Assignment
) -> Iterator[NotebookNode]:
    by_check = {exercise.cell: exercise for exercise in graded.exercises}
    course_texts = course_texts_of(assignment)
    guides = {question.name: question.guide for question in questions(assignment)}
    taken = {cell.get("id", "") for cell in notebook.cells}
    for cell in notebook.cells:
        made = _inert_cell(cell, course_texts)
        name = made.metadata.get("nbgrader", {}).get("grade_id", "")
        if name in guides:
            yield _guide_cell(name, guides[name], taken)
        exercise = by_check.get(name)
        if exercise is not None and made.cell_type == "code":
            made.outputs = check_outputs(exercise)
            made.execution_count = None
        yield made


def _guide_cell(name: str, guide: str, taken: set[str]) -> NotebookNode:
    """The marking guide of an answer, for the person who marks it in formgrader."""
    heading = _("**Marking guide for {name}** (only you see it: feedback pages leave it out)")
    return NotebookNode(
        cell_type="markdown",
        id=free_id(f"guide-{name}"[:55], taken),
        metadata=NotebookNode({GUIDE: name}),
        source=f"{heading.format(name=f'`{name}`')}\n\n{guide}",
    )


def check_outputs(exercise: GradedExercise) -> list[NotebookNode]:
    """The outputs of a check cell from which nbgrader reads exactly the points of the verdict.

    nbgrader gives no points for an error or for text on stderr, the number that an
    ``execute_result`` shows where there is one, and all points otherwise.
    """
    lines = [
        _("{name}: {verdict}, {points:g} of {max_points:g} points").format(
            name=exercise.name,
            verdict=verdict_in_words(exercise.verdict),
            points=exercise.points,
            max_points=exercise.max_points,
        )
    ]
    lines += _wrapped(plain_text(exercise.advice))
    text = "\n".join(lines) + "\n"
    outputs = [NotebookNode(output_type="stream", name="stdout", text=text)]
    if exercise.points != exercise.max_points:
        result = NotebookNode(
            output_type="execute_result",
            execution_count=None,
            metadata=NotebookNode(),
            data=NotebookNode({"text/plain": repr(float(exercise.points))}),
        )
        outputs.append(result)
    return outputs


def _wrapped(message: str) -> list[str]:
    """A message in lines that formgrader shows whole; it cuts longer ones off at its edge."""
    lines: list[str] = []
    for line in message.splitlines():
        lines += textwrap.wrap(line, 96, break_long_words=False, break_on_hyphens=False) or [""]
    return lines


@dataclass(frozen=True)
class AutogradedNotebook:
    """A graded notebook in the form in which it is recorded.

    Attributes:
        name: the name of its file, without the suffix.
        text: the text of its file; empty where it was not handed in.
        marks: what the gradebook must hold of each cell.
        exercises: the verdicts.
        late_penalty: what is to be taken off, where that has been asked for.
    """

    name: str
    text: str
    marks: dict[str, Mark]
    exercises: tuple[GradedExercise, ...]
    late_penalty: float = 0.0

    @property
    def score(self) -> float:
        """The points of all exercises together."""
        return sum(exercise.points for exercise in self.exercises)


@dataclass(frozen=True)
class AutogradedSubmission:
    """A graded submission in the form in which it is recorded; it travels between processes.

    Attributes:
        notebooks: one for each notebook of the assignment, in order.
        grading: what is kept of the grading, for feedback and reports.
    """

    notebooks: tuple[AutogradedNotebook, ...]
    grading: Grading


def autograded_submission(
    notebook: NotebookNode,
    graded: Graded,
    assignment: Assignment,
    editions: Mapping[str, str] | None = None,
) -> AutogradedSubmission:
    """Make what is recorded of a graded submission.

    Parameters:
        notebook: the repaired notebook.
        graded: its marks.
        assignment: what it is a submission of.
        editions: for each exercise the digest of what its verdict depends on, to tell later which
            exercises have changed.
    """
    grading = Grading.of(graded, assignment, editions)
    made = autograded_notebook(notebook, graded, assignment, grading)
    return _of_one(assignment, made, marks_of(made), grading)


def joined(parts: Sequence[AutogradedSubmission], grading: Grading) -> AutogradedSubmission:
    """Make what is recorded of a submission of several notebooks.

    Parameters:
        parts: what is recorded of each.
        grading: what is kept of them together.
    """
    return AutogradedSubmission(tuple(one for part in parts for one in part.notebooks), grading)


def missing_notebook(assignment: Assignment, sentence: str) -> AutogradedSubmission:
    """Make what is recorded of a notebook that was not handed in with others: no points.

    As with nbgrader, nobody has to look at it.

    Parameters:
        assignment: that of the notebook.
        sentence: what there is to say.
    """
    made = unreadable_submission(assignment, sentence)
    (notebook,) = made.notebooks
    for mark in notebook.marks.values():
        mark.needs_manual_grade = False
    return AutogradedSubmission((replace(notebook, text=""),), made.grading)


def _of_one(
    assignment: Assignment, made: NotebookNode, marks: dict[str, Mark], grading: Grading
) -> AutogradedSubmission:
    name = assignment.notebook_name
    text = json.dumps(made, ensure_ascii=False)  # indentation would take ten times as long
    notebook = AutogradedNotebook(name, text, marks, grading.exercises)
    return AutogradedSubmission((notebook,), grading)


def unreadable_submission(assignment: Assignment, sentence: str) -> AutogradedSubmission:
    """Make what is recorded of a submission that cannot be graded: a person must look at it.

    The released notebook stands in for it, so that formgrader shows it and lets marks be given.

    Parameters:
        assignment: what it is a submission of.
        sentence: what is wrong with it.
    """
    if assignment.several:
        parts = [unreadable_submission(part, sentence) for part in assignment.several]
        verdicts = tuple(one for part in parts for one in part.grading.exercises)
        together = Graded(assignment.name, verdicts)
        return joined(parts, Grading.of(together, assignment, unreadable=sentence))
    exercises = tuple(
        GradedExercise(
            item.name, "missing", 0, item.points, message=sentence, own_cell=item.own_cell
        )
        for item in assignment.items
    )
    graded = Graded(assignment.name, exercises)
    grading = Grading.of(graded, assignment, unreadable=sentence)
    made = autograded_notebook(released_notebook(assignment), graded, assignment, grading)
    marks = marks_of(made)
    for mark in marks.values():
        mark.auto_score = 0.0 if mark.has_grade else None
        mark.needs_manual_grade = mark.has_grade
        mark.auto_comment = None  # an empty notebook is not what was handed in
    return _of_one(assignment, made, marks, grading)


@dataclass
class Mark:
    """What the gradebook must hold of one cell: a grade, a comment, or both."""

    has_grade: bool = False
    auto_score: float | None = None
    needs_manual_grade: bool = False
    auto_comment: str | None = None


def marks_of(notebook: NotebookNode) -> dict[str, Mark]:
    """What nbgrader's own rules read from an autograded notebook, by cell."""
    marks: dict[str, Mark] = {}
    for cell in notebook.cells:
        if not (is_grade(cell) or is_solution(cell) or is_task(cell)):
            continue
        mark = Mark()
        if is_grade(cell):
            mark.has_grade = True
            mark.auto_score, _points = determine_grade(cell, _LOG)
        if is_solution(cell) and not is_task(cell):
            untouched = cell.metadata.nbgrader.get("checksum") == compute_checksum(cell)
            mark.auto_comment = "No response." if untouched else None
        marks[cell.metadata.nbgrader["grade_id"]] = mark
    return marks


_IN_WORDS = {
    "correct": N_("right"),
    "wrong": N_("not right yet"),
    "not the same twice": N_("not the same twice"),
    "blocked": N_("right in itself"),
    "not attempted": N_("not attempted"),
    "crashed": N_("stopped with an error"),
    "timed out": N_("took too long"),
    "missing": N_("missing"),
}


def verdict_in_words(verdict: str) -> str:
    """The verdict as students read it."""
    words = _IN_WORDS.get(verdict)
    return _(words) if words else plain_text(verdict)


def course_texts_of(assignment: Assignment) -> frozenset[str]:
    """The texts of the cells that are not graded, the course's own, in all its languages."""
    given = [(part.given_notebook, edition_paths(part)) for part in assignment.parts]
    texts = [_texts(((path, path.stat().st_mtime_ns), *others)) for path, others in given]
    return frozenset().union(*texts)


@functools.lru_cache(maxsize=16)
def _texts(editions: tuple[tuple[Path, int], ...]) -> frozenset[str]:
    return frozenset(
        cell.source
        for path, _changed in editions
        for cell in nbformat.read(path, as_version=4).cells
        if not cell.metadata.get("nbgrader", {}).get("grade")
    )


def _inert_cell(cell: NotebookNode, course_texts: frozenset[str]) -> NotebookNode:
    given: NotebookNode = cell["metadata"]
    metadata = {key: given[key] for key in ("nbgrader", "deletable", "editable") if key in given}
    if tags := [tag for tag in given.get("tags", []) if _VALID_TAG.match(str(tag))]:
        metadata["tags"] = tags
    kind, source = cell["cell_type"], cell["source"]
    # Put together as a dict: a NotebookNode looks twice at everything that is set one by one.
    made: dict[str, Any] = {
        "cell_type": kind,
        "metadata": NotebookNode(metadata),
        "source": source,
    }
    if _VALID_ID.match(cell.get("id", "")):
        made["id"] = cell["id"]
    if kind == "code":
        made["execution_count"] = cell.get("execution_count")
        made["outputs"] = safe_outputs(cell.get("outputs", []))
    elif kind == "markdown" and source in course_texts:
        if attachments := safe_attachments(cell.get("attachments")):
            made["attachments"] = attachments
    elif kind == "markdown":
        made["source"] = safe_markdown(source, cell.get("attachments"))
    else:  # nbconvert copies raw cells to its pages as they are
        made["cell_type"] = "markdown"
        made["source"] = verbatim_markdown(source)
    return NotebookNode(made)


def released_notebook(assignment: Assignment) -> NotebookNode:
    """The notebook that stands in for a submission without a readable one."""
    path = paths.released_notebook(assignment.name)
    if path.exists() and assignment.own is None:
        notebook: NotebookNode = nbformat.read(path, as_version=4)
        return notebook
    skeleton = skeleton_of(assignment)
    cells = [cell.fresh() for cell in skeleton.cells.values()]
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=NotebookNode(), cells=cells)
