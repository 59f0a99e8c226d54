"""What a release gives a student who works alone: hints, and the reference solutions.

The committed release has hints, and no folder of it holds its own solution: ``solution()`` finds it
only in a copy of the whole course. For a class that is graded, an instructor can release without
hints, and say that solutions are withheld, so that ``solution()`` refuses even inside the course.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Bool, Enum
from traitlets.config import LoggingConfigurable

from course.study.solution_store import SEALED_FOLDER, sealed
from grader.exercises.assignment import Assignment

Solutions = Literal["course", "sealed", "withheld"]

_HINT = re.compile(
    r"\n*<details>\s*<summary><b>Hint\b[^<]*</b></summary>.*?</details>", re.DOTALL | re.IGNORECASE
)
_SENTENCE_ABOUT_HINTS = re.compile(r"(?<=[.!?] )If you are stuck\b[^.]*\bhints?\b[^.]*\. ?")


class SelfStudy(LoggingConfigurable):
    """What ``nbgrader_config.py`` sets: ``c.SelfStudy.<name> = <value>``."""

    hints = Bool(True, help="Whether students can open hints.").tag(config=True)

    solutions = Enum(
        ("course", "sealed", "withheld"),
        "course",
        help="Where students find the reference solution once their own is right: in a copy of "
        "the whole course ('course'), packed in the released folder ('sealed'), or not at all "
        "('withheld').",
    ).tag(config=True)

    def options(self) -> SelfStudyOptions:
        """The settings in the form that releasing takes."""
        return SelfStudyOptions(self.hints, self.solutions)


@dataclass(frozen=True)
class SelfStudyOptions:
    """What a release gives beside the exercises.

    Attributes:
        hints: whether the hints are in it.
        solutions: ``"course"``: a released folder has no solution, but a copy of the course has;
            ``"sealed"``: packed in the released folder; ``"withheld"``: not to be shown at all.
    """

    hints: bool = True
    solutions: Solutions = "course"

    @property
    def withheld(self) -> list[str]:
        """What students are told that they have to do without."""
        return [
            *([] if self.hints else ["hints"]),
            *(["solutions"] if self.solutions == "withheld" else []),
        ]

    def __str__(self) -> str:
        """A remark on what is unusual, such as ``without hints``; empty where nothing is."""
        remarks = [f"without {what}" for what in self.withheld]
        if self.solutions == "sealed":
            remarks.append("with sealed solutions")
        return ", ".join(remarks)


def configured_options() -> SelfStudyOptions:
    """The options that ``nbgrader_config.py`` sets."""
    from grader.settings.course import load_course

    return SelfStudy(config=load_course().config).options()


def students_cases(stored: bytes, options: SelfStudyOptions) -> bytes:
    """The file of public cases as it goes into a released folder.

    Parameters:
        stored: the file of ``utils/course/checks/public_cases/``.
        options: what the release gives.
    """
    if not options.withheld:
        return stored
    data: dict[str, Any] = json.loads(stored)
    if not options.hints:
        for function in data["functions"].values():
            function.pop("hints", None)
    data = {"assignment": data["assignment"], "withheld": options.withheld} | data
    return (json.dumps(data, separators=(",", ":"), ensure_ascii=False) + "\n").encode()


def solution_files(assignment: Assignment, options: SelfStudyOptions) -> dict[str, bytes]:
    """The sealed solutions of a released folder, where they are wanted: path -> content."""
    if options.solutions != "sealed":
        return {}
    solutions = {one.name: assignment.solution(one.name) for one in assignment.exercises}
    path = f"course/study/{SEALED_FOLDER}/{assignment.name}.json"
    return {path: sealed(assignment.name, solutions).encode()}


class WithholdHints(NbGraderPreprocessor):
    """Take the hints out of the text of a notebook, where a class is released without them."""

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Remove what unfolds under "Hint", and the sentence that speaks of it."""
        if not SelfStudy(parent=self).hints:
            for cell in nb.cells:
                if cell.cell_type == "markdown":
                    cell.source = without_hints(cell.source)
        return nb, resources


def without_hints(text: str) -> str:
    """A text cell without its hints."""
    return _SENTENCE_ABOUT_HINTS.sub("", _HINT.sub("", text)).strip("\n")
