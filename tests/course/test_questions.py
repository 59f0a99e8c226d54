"""The questions of lessons and assignments: where answers are, and what becomes of their text."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import nbformat
import pytest

from course.widgets.quiz import Choice, Number, Question, as_html, ask
from grader.authoring.normalise import stored_notebooks
from grader.paths import PROJECT, UTILS
from tests.helpers.shown import shown_by

PACKAGE = "course.questions"
MODULES = sorted(
    path.stem for path in (UTILS / "course" / "questions").glob("*.py") if path.stem != "__init__"
)
SOURCES = [path for path in stored_notebooks() if "release" not in path.parts]


def module(name: str) -> ModuleType:
    """The questions of one notebook."""
    return importlib.import_module(f"{PACKAGE}.{name}")


def groups(name: str) -> dict[str, tuple[Question, ...]]:
    """The groups of questions of a module: name -> questions."""
    return {key: value for key, value in vars(module(name)).items() if key.isupper()}


ALL = [question for name in MODULES for group in groups(name).values() for question in group]


def code(path: Path) -> Iterator[str]:
    """The code cells of a notebook."""
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "code":
            yield "\n".join(line for line in cell.source.splitlines() if line[:1] not in "%!")


def asked(path: Path) -> list[tuple[str, str]]:
    """What a notebook asks: module and group of each call of ``ask``, in order."""
    found, modules = [], {}
    for source in code(path):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ImportFrom) and node.module == PACKAGE:
                modules |= {alias.asname or alias.name: alias.name for alias in node.names}
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and ast.unparse(node.func) == "ask":
                for argument in node.args:
                    owner, _, group = ast.unparse(argument).removeprefix("*").partition(".")
                    found.append((modules.get(owner, owner), group))
    return found


def test_every_question_is_asked_once_and_none_stands_in_a_notebook() -> None:
    there = [(name, group) for name in MODULES for group in groups(name)]
    assert sorted(pair for path in SOURCES for pair in asked(path)) == sorted(there)


@pytest.mark.parametrize("path", stored_notebooks(), ids=lambda p: str(p.relative_to(PROJECT)))
def test_no_cell_of_a_notebook_says_why_an_answer_is_right(path: Path) -> None:
    cells = "\n".join(code(path))
    assert [question.why for question in ALL if question.why in cells] == []


@pytest.mark.parametrize("name", MODULES)
def test_the_answers_of_a_question_differ_and_each_is_explained(name: str) -> None:
    for question in (question for group in groups(name).values() for question in group):
        assert question.right not in question.wrong
        assert question.why and all(question.wrong.values())
        assert isinstance(question, Number) or len(question.wrong) >= 2


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a^{[2](5)}_{1}", "a<sup>&#91;2&#93;(5)</sup><sub>1</sub>"),
        ("[a](b) and $x$ \\(y\\)", "&#91;a&#93;(b) and &#36;x&#36; &#92;(y&#92;)"),
        ("a < b & c, d > e", "a &lt; b &amp; c, d &gt; e"),
        ("2 * 3 * 4, a_b, A^T", "2 * 3 * 4, a_b, A^T"),
    ],
)
def test_every_sign_but_the_marks_stands_for_itself(text: str, shown: str) -> None:
    assert as_html(text) == shown


def test_without_scripts_a_question_shows_its_answers_and_folds_the_right_one_away(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COURSE_PLAIN_QUIZ", "1")
    question = Choice("What is `x[0](1)`?", "a call", "It is.", {"a link": "No.", "1 < 0": "No."})
    (output,) = shown_by(lambda: ask(question))
    text = output["text/html"]
    assert "<li>1 &lt; 0</li><li>a call</li><li>a link</li>" in text
    assert text.index("<details>") < text.index("It is.")
