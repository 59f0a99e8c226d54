"""The bodies of text that a language has a catalogue of each: notebooks, exercises, code, pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from babel.messages.extract import extract

from course.language import numbers_as_places
from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.exercises.cases import PUBLIC_SECRET, judged_cases
from grader.paths import NOTEBOOKS, PROJECT, released_notebook
from grader.release.translation.catalogues import Entry
from grader.release.translation.markdown_units import markdown_units
from grader.release.translation.notebooks import notebook_units

__all__ = ["CODE", "EXERCISES", "Body", "bodies", "exercise_entries", "notebook_entries"]

EXERCISES = ".exercises"
"""The end of the name of a catalogue of hints and misconceptions, after the assignment's name."""

CODE = {
    "checks": ("utils/course/checks/**/*.py", "utils/course/study/**/*.py", "utils/*.py"),
    "figures": (
        "utils/course/figures/**/*.py",
        "utils/course/networks/**/*.py",
        "utils/course/image_data.py",
    ),
    "widgets": ("utils/course/widgets/**/*.py", "utils/course/questions/**/*.py"),
    "grading": (
        "grader/submission/**/*.py",
        "grader/judging/**/*.py",
        "grader/exercises/**/*.py",
        "grader/recording/**/*.py",
        "grader/feedback/**/*.py",
        "grader/feedback/templates/*.j2",
    ),
    "report": ("grader/report/**/*.py", "grader/report/templates/*.j2"),
    "commands": ("grader/cli/**/*.py", "grader/release/*.py", "grader/classes/**/*.py"),
    "site": (
        "grader/site/*.py",
        "docs/site/conf.py",
        "docs/site/**/*.html",
        "docs/site/*.md",
        "datasets/LICENSE.md",
    ),
}
"""For each body of sentences in code the files in which they stand, as arguments of ``_()``."""

STUDENTS = ("checks", "figures", "widgets")
"""The bodies whose catalogues students have."""

_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
_ENCODINGS = {
    ".py": "python",
    ".j2": "jinja2.ext:babel_extract",
    ".html": "jinja2.ext:babel_extract",
}
_SECRETS = ("one", "two", "three")


@dataclass(frozen=True)
class Body:
    """A body of text.

    Attributes:
        name: of its catalogue, without a suffix.
        entries: its texts, in their order.
    """

    name: str
    entries: tuple[Entry, ...]


def bodies() -> Iterator[Body]:
    """Every body of text of the course, as it is now. The English release must be up to date."""
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        yield Body(path.stem, tuple(notebook_entries(path)))
    for name in assignments.names():
        if not released_notebook(name).exists():
            continue
        yield Body(name, tuple(notebook_entries(released_notebook(name))))
        yield Body(name + EXERCISES, tuple(exercise_entries(assignments.load(name))))
    for name, patterns in CODE.items():
        yield Body(name, tuple(_code_entries(patterns)))


def notebook_entries(path: Path) -> Iterator[Entry]:
    """The paragraphs of a notebook, each in the context of its cell."""
    for cell_id, kind, text in notebook_units(nbformat.read(path, as_version=4)):
        yield Entry(text, cell_id, "" if kind == "markdown" else "comment or docstring")


def exercise_entries(assignment: Assignment) -> Iterator[Entry]:
    """What is said of the exercises of an assignment: hints, misconceptions, names of cases."""
    seen: set[str] = set()
    for text, remark in _exercise_texts(assignment):
        if text and text not in seen and re.search(r"[A-Za-z]{2}", text):
            seen.add(text)
            yield Entry(text, remark=remark)


def _exercise_texts(assignment: Assignment) -> Iterator[tuple[str, str]]:
    for exercise in assignment.exercises:
        name = exercise.name
        yield exercise.learned, f"{name}: what one has learned"
        for number, hint in enumerate(exercise.hints, start=1):
            yield hint, f"{name}: hint {number}"
        for mistake in exercise.misconceptions:
            yield mistake.message, f"{name}: misconception {mistake.name}"
        for secret in (PUBLIC_SECRET, *_SECRETS):
            for judged in judged_cases(assignment, name, secret):
                yield numbers_as_places(judged.case.name), f"{name}: name of a case"


def _code_entries(patterns: Iterable[str]) -> Iterator[Entry]:
    seen: set[str | tuple[str, str]] = set()
    for pattern in patterns:
        for path in sorted(PROJECT.glob(pattern)):
            place = path.relative_to(PROJECT).as_posix()
            for message in _messages(path):
                text = message if isinstance(message, str) else (message[0], message[1])
                if text and text not in seen:
                    seen.add(text)
                    yield Entry(text, remark=place)


def _messages(path: Path) -> list[Any]:
    """The texts of a file; of a page of Markdown its paragraphs."""
    if path.suffix == ".md":
        return markdown_units(path.read_text(encoding="utf-8"))
    with path.open("rb") as file:
        found = extract(_ENCODINGS[path.suffix], file, _KEYWORDS, options={"encoding": "utf-8"})
        return [message for _line, message, _comments, _context in found]
