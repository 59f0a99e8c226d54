"""The cells of an assignment that nbgrader knows, as they were released.

Students get the released notebook, so a locked cell of a submission is restored from that text and
never from the source, whose cells hold hidden tests.
"""

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import nbformat
from nbformat import NotebookNode

from course.study.solution_store import END_MARKER, START_MARKER
from grader.exercises.assignment import Assignment
from grader.exercises.markers import ANSWER_STUB, CODE_STUB, without_hidden_tests
from grader.exercises.own_tests import bound_names
from grader.submission.cell_source import normal_text
from grader.submission.definitions import Definition, definitions

Kind = Literal["setup", "locked", "check", "solution", "answer"]

_SOLUTION = re.compile(
    rf"^([ \t]*){re.escape(START_MARKER)}.*?{re.escape(END_MARKER)}", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True, eq=False)
class SkeletonCell:
    """One cell that nbgrader knows.

    Attributes:
        name: its ``grade_id``.
        kind: ``setup`` and ``locked`` cells are only read; ``check`` cells are graded by running;
            ``solution`` cells hold a function; ``answer`` cells are graded by hand.
        cell_id: the id of the cell in the released notebook.
        cell_type: ``code`` or ``markdown``.
        source: the released text.
        metadata: the cell's metadata, nbgrader's included.
    """

    name: str
    kind: Kind
    cell_id: str
    cell_type: str
    source: str
    metadata: Mapping[str, Any]

    @property
    def is_fixed(self) -> bool:
        """Whether the text is the course's, not the student's."""
        return self.kind in ("setup", "locked", "check")

    def fresh(self, source: str | None = None) -> NotebookNode:
        """The cell as it was released, or with another text."""
        cell = NotebookNode(
            cell_type=self.cell_type,
            id=self.cell_id,
            metadata=nbformat.from_dict(dict(self.metadata)),
            source=self.source if source is None else source,
        )
        if self.cell_type == "code":
            cell.execution_count = None
            cell.outputs = []
        return cell


@dataclass(frozen=True, eq=False)
class Skeleton:
    """The cells that nbgrader knows, in the order of the released notebook.

    Attributes:
        cells: by name.
        exercises: the names of the graded functions.
        fixed_texts: the name of each fixed cell by its text, as :func:`normal_text` gives it.
        names_by_id: the names by cell id.
        train_texts: the texts of the cells that are not run when marked.
        other_texts: texts of other cells by which a notebook of ours is recognised.
        stubs: the unsolved functions as they were released.
        other_names: for each exercise what other editions of the course call it.
        asked_in: for each hand-graded answer the text of the cell before it, which asks for it.
        gives: for each solution cell of a notebook that brings its own tests the names that it
            gives a meaning to, by which it is known where its metadata is lost.
    """

    cells: Mapping[str, SkeletonCell]
    exercises: tuple[str, ...]
    fixed_texts: Mapping[str, str]
    names_by_id: Mapping[str, str]
    train_texts: frozenset[str]
    other_texts: frozenset[str]
    stubs: Mapping[str, Definition]
    other_names: Mapping[str, tuple[str, ...]]
    asked_in: Mapping[str, str]
    gives: Mapping[str, frozenset[str]]

    def of_kind(self, *kinds: Kind) -> list[SkeletonCell]:
        """The cells of these kinds, in order."""
        return [cell for cell in self.cells.values() if cell.kind in kinds]


def skeleton_of(assignment: Assignment) -> Skeleton:
    """The skeleton of an assignment, from the release where there is one, else from the source."""
    if assignment.own is not None:
        return _skeleton(assignment)
    path = assignment.given_notebook
    return _skeleton(assignment, str(path), path.stat().st_mtime_ns)


@functools.lru_cache(maxsize=32)
def _skeleton(assignment: Assignment, path: str = "", _changed: int = 0) -> Skeleton:
    own = assignment.own
    given = own.cells if own is not None else nbformat.read(path, as_version=4).cells
    exercises = tuple(exercise.name for exercise in assignment.exercises)
    cells: dict[str, SkeletonCell] = {}
    train, other = set(), set()
    asked_in: dict[str, str] = {}
    before = ""
    for cell in given:
        known = _skeleton_cell(cell, cleared=own is not None)
        if known is not None:
            cells[known.name] = known
            if known.kind == "answer":
                asked_in[known.name] = before
        elif cell.id in assignment.not_run:
            train.add(normal_text(cell.source))
        elif len(cell.source) > 40:
            other.add(normal_text(cell.source))
        before = normal_text(cell.source)
    return Skeleton(
        cells=cells,
        exercises=exercises,
        fixed_texts={normal_text(c.source): c.name for c in cells.values() if c.is_fixed},
        names_by_id={cell.cell_id: cell.name for cell in cells.values()},
        train_texts=frozenset(train),
        other_texts=frozenset(other),
        stubs={
            name: found[-1]
            for name in exercises
            if name in cells and (found := definitions(cells[name].source, {name}).get(name))
        },
        asked_in=asked_in,
        gives={n: bound_names(s) for n, s in own.solutions.items()} if own is not None else {},
        other_names={e.name: e.other_names for e in assignment.exercises if e.other_names},
    )


def _skeleton_cell(cell: NotebookNode, cleared: bool) -> SkeletonCell | None:
    meta = cell.metadata.get("nbgrader")
    if not meta:
        return None
    kind: Kind
    if meta["grade"] and not meta["solution"]:
        kind = "check"
    elif meta["grade"] or meta.get("task"):
        kind = "answer"
    elif meta["solution"]:
        kind = "solution"
    elif not meta["locked"]:
        return None
    else:
        kind = "setup" if "setup" in cell.metadata.get("tags", []) else "locked"
    source = cell.source
    if cell.cell_type == "code" and not cleared:
        source = released_text(source)
    if cell.cell_type == "markdown" and meta["grade"] and meta["solution"] and not cleared:
        source = ANSWER_STUB  # in the source this cell holds the marking guide
    return SkeletonCell(meta["grade_id"], kind, cell.id, cell.cell_type, source, cell.metadata)


def released_text(source: str) -> str:
    """The text of a code cell of a source notebook as nbgrader releases it."""

    def stub(found: re.Match[str]) -> str:
        return textwrap.indent(CODE_STUB, found[1])

    return _SOLUTION.sub(stub, without_hidden_tests(source)).rstrip("\n")
