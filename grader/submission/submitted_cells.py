"""The cells of a submission while it is repaired, each with the role that it is given."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from nbformat import NotebookNode

from grader.exercises.markers import BEGIN_HIDDEN_TESTS, without_hidden_tests
from grader.submission.cell_source import normal_text
from grader.submission.definitions import Definition, definitions
from grader.submission.notebook_file import NotebookFile
from grader.submission.released_cells import Skeleton, SkeletonCell

Role = Literal["plain", "fixed", "solution", "dropped"]


@dataclass(eq=False)
class StudentCell:
    """One cell of the submission.

    Attributes:
        node: the cell as it was read.
        name: the cell of the course that it is or claims to be.
        role: ``plain``: a cell of the student; ``fixed``: stands for a locked cell of the course;
            ``solution``: holds the function ``name``, or a hand-graded answer; ``dropped``: a
            second copy that says nothing new.
        found: the graded functions that it defines.
        run: the sources to run, one after another; more than one where the cell had to be divided.
        followed_by: a locked cell to be put back after it.
        recorded_id: its id in the recorded notebook.
    """

    node: NotebookNode
    original_id: str | None
    name: str | None = None
    role: Role = "plain"
    found: dict[str, list[Definition]] = field(default_factory=dict)
    run: list[str] = field(default_factory=list)
    followed_by: SkeletonCell | None = None
    recorded_id: str = ""
    _handed_in: tuple[str, str] = ("", "")

    def stand_in(self, text: str) -> None:
        """Let a text that means the same stand for what was handed in."""
        _text, own = self._handed_in
        self._handed_in = (text, own or self.source)
        self.node["source"] = text
        vars(self).pop("text", None)

    @property
    def shown(self) -> str:
        """The text as its student has it, in the language of the notebook."""
        stand_in, own = self._handed_in
        return own if own and self.source == stand_in else self.source

    @functools.cached_property
    def text(self) -> str:
        """The text as it is compared with the course's; a source's hidden tests do not count."""
        source = self.source
        if BEGIN_HIDDEN_TESTS in source:
            source = without_hidden_tests(source)
        return normal_text(source)

    @property
    def source(self) -> str:
        """The text of the cell."""
        text: str = self.node["source"]
        return text

    @property
    def is_code(self) -> bool:
        """Whether it is a code cell."""
        return bool(self.node["cell_type"] == "code")

    @property
    def grade_id(self) -> str | None:
        """What nbgrader's metadata calls the cell, if it does."""
        meta = self.node.metadata.get("nbgrader")
        grade_id = meta.get("grade_id") if isinstance(meta, dict) else None
        return grade_id if isinstance(grade_id, str) and grade_id else None


def student_cells(file: NotebookFile) -> list[StudentCell]:
    """The cells of a notebook that has been read."""
    pairs = zip(file.notebook.cells, file.original_ids, strict=True)
    return [StudentCell(node, original_id) for node, original_id in pairs]


@dataclass(eq=False)
class Matching:
    """The outcome: the student's cells, each with its role.

    Attributes:
        skeleton: the cells of the course.
        cells: the cells, in the student's order.
        graded: for each function that is defined the definition that counts, and its cell.
        untouched: the functions that stand as they were released.
        is_ours: whether the notebook is, or claims to be, one of this course.
        language: the language of the notebook; empty where it is not known.
    """

    skeleton: Skeleton
    cells: list[StudentCell]
    language: str = ""
    is_ours: bool = False
    graded: dict[str, tuple[StudentCell, Definition]] = field(default_factory=dict)
    untouched: set[str] = field(default_factory=set)
    _filled: dict[Definition, bool] = field(default_factory=dict)

    def cells_to_run(self) -> tuple[tuple[str, str], ...]:
        """The student's code cells, as ``(id, source)``."""
        cells = []
        for cell in self.cells:
            for number, source in enumerate(cell.run):
                suffix = f"-part-{number + 1}" if len(cell.run) > 1 else ""
                cells.append((cell.recorded_id + suffix, source))
        return tuple(cells)

    def functions(self) -> dict[str, str]:
        """For each defined exercise the source to run that defines it."""
        sources = {}
        for name, (cell, _definition) in self.graded.items():
            defining = [
                part for part in cell.run if len(cell.run) == 1 or definitions(part, {name})
            ]
            if defining:
                sources[name] = defining[-1]
        return sources

    def definitions(self) -> Iterator[tuple[str, StudentCell, Definition]]:
        """All definitions of graded functions in code cells, in order."""
        for cell in self.cells:
            if cell.is_code and cell.role != "dropped":
                for name, places in cell.found.items():
                    for found in places:
                        yield name, cell, found

    def is_filled(self, found: Definition) -> bool:
        """Whether a definition is more than what was released."""
        known = self._filled.get(found)
        if known is None:
            stub = self.skeleton.stubs.get(found.name)
            known = found.certain and not (stub is not None and found.does_the_same_as(stub))
            self._filled[found] = known
        return known
