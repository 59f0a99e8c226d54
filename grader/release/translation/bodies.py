"""The bodies of text, each with a catalogue a language: notebooks, exercises, code, pages."""

from __future__ import annotations

import ast
import importlib
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
from grader.exercises.kernel import python_alone
from grader.paths import IS_INSTALLED, NOTEBOOKS, PROJECT, SOURCE, released_notebook
from grader.release.translation.catalogues import Entry
from grader.release.translation.figure_texts import handed_texts
from grader.release.translation.markdown_units import markdown_units
from grader.release.translation.notebooks import notebook_units

EXERCISES = ".exercises"
"""The end of the name of a catalogue of hints and misconceptions, after the assignment's name."""

CODE = {
    "checks": (
        "utils/course/checks/**/*.py",
        "utils/course/study/**/*.py",
        "utils/course/sentences.py",
        "utils/*.py",
    ),
    "figures": (
        "utils/course/figures/**/*.py",
        "utils/course/networks/**/*.py",
        "utils/course/image_data.py",
    ),
    "widgets": ("utils/course/widgets/**/*.py",),
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

_KEYWORDS: dict[str, tuple[int, ...] | None] = {"_": None, "N_": None, "sentence": None}
_KEYWORDS |= {"ngettext": (1, 2), "counted_sentence": (1, 2)}
_CODE = re.compile(r"`[^`]*`")
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
    for name, patterns in ({} if IS_INSTALLED else CODE).items():
        others: Iterable[Entry] = {"figures": _handed_entries, "widgets": _widget_entries}.get(
            name, tuple
        )()
        yield Body(name, _once([*filter(_has_words, others), *_code_entries(patterns)]))


def _handed_entries() -> Iterator[Entry]:
    """What the code of the notebooks hands to figures."""
    for path in (*sorted(NOTEBOOKS.glob("*.ipynb")), *map(released_notebook, assignments.names())):
        if path.exists():
            for cell in nbformat.read(path, as_version=4).cells:
                if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade"):
                    for text in handed_texts(cell.source):
                        yield Entry(text, remark=path.stem)


def notebook_entries(path: Path) -> Iterator[Entry]:
    """The paragraphs of a notebook, each in the context of its cell."""
    for cell_id, kind, text in notebook_units(nbformat.read(path, as_version=4)):
        yield Entry(text, cell_id, "" if kind == "markdown" else "comment or docstring")


def exercise_entries(assignment: Assignment) -> Iterator[Entry]:
    """What is said of the exercises of an assignment: hints, misconceptions, names of cases."""
    for entry in _once(Entry(text, remark=said) for text, said in _exercise_texts(assignment)):
        if re.search(r"[A-Za-z]{2}", str(entry.text)):
            yield entry


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


def _widget_entries() -> Iterator[Entry]:
    """What widgets show that stands in no ``_()``: questions, sliders' names, the playground."""
    from course.widgets.playground.page import page_texts
    from course.widgets.sliders import label

    for text in page_texts():
        yield Entry(text, remark="utils/course/widgets/playground/")
    for path in (*sorted(NOTEBOOKS.glob("*.ipynb")), *sorted(SOURCE.glob("*/*.ipynb"))):
        for name in _names_of_sliders(path):
            yield Entry(label(name), remark="name of a slider")
    for path in sorted(PROJECT.glob("utils/course/questions/*.py")):
        module = importlib.import_module(f"course.questions.{path.stem}")
        for name, questions in vars(module).items():
            for question in questions if name.isupper() else ():
                for text in (question.question, question.right, question.why):
                    yield Entry(str(text), remark=f"question in {path.stem}")
                for answer, why in question.wrong.items():
                    yield Entry(str(answer), remark=f"wrong answer in {path.stem}")
                    yield Entry(why, remark=f"what is wrong with: {answer}")


def _names_of_sliders(notebook: Path) -> Iterator[str]:
    for cell in nbformat.read(notebook, as_version=4).cells:
        if cell.cell_type == "code" and "play(" in cell.source:
            for node in ast.walk(ast.parse(python_alone(cell.source))):
                if isinstance(node, ast.Call) and ast.unparse(node.func) == "play":
                    yield from (keyword.arg for keyword in node.keywords if keyword.arg)


def _has_words(entry: Entry) -> bool:
    """Whether there is anything to translate: not in ``(5, 2)`` or in code."""
    return bool(re.search(r"[A-Za-z]{2}", _CODE.sub("", str(entry.text))))


def _once(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    found: dict[str | tuple[str, str], Entry] = {}
    for entry in entries:
        found.setdefault(entry.text, entry)
    return tuple(found.values())


def _code_entries(patterns: Iterable[str]) -> Iterator[Entry]:
    for pattern in patterns:
        for path in sorted(PROJECT.glob(pattern)):
            place = path.relative_to(PROJECT).as_posix()
            for message in messages(path):
                if message:
                    text = message if isinstance(message, str) else (message[0], message[1])
                    yield Entry(text, remark=place)


def messages(path: Path) -> list[Any]:
    """The texts of a file; of a page of Markdown its paragraphs."""
    if path.suffix == ".md":
        return markdown_units(path.read_text(encoding="utf-8"))
    if path.suffix == ".py":
        return _python_messages(ast.parse(path.read_text(encoding="utf-8")))
    with path.open("rb") as file:
        found = extract("jinja2.ext:babel_extract", file, _KEYWORDS, options={"encoding": "utf-8"})
        return [message for _line, message, _comments, _context in found]


def _python_messages(module: ast.Module) -> list[Any]:
    """The texts of a module. Babel finds those within f-strings from Python 3.12 on."""
    found = []
    for node in ast.walk(module):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            places = (_KEYWORDS[name] or (1,)) if name in _KEYWORDS else ()
            texts = [node.args[place - 1] for place in places if place <= len(node.args)]
            words = [text.value for text in texts if isinstance(text, ast.Constant)]
            if words and len(words) == len(places):
                found.append((node.lineno, node.col_offset, words if words[1:] else words[0]))
    return [message for _line, _column, message in sorted(found, key=lambda one: one[:2])]
