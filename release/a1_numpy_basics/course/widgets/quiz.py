"""Short questions that a reader answers alone, and learns at once why an answer is right or not.

They are shown by JupyterQuiz. Where it is not installed, or a page stands still, the questions are
plain text, and the answers unfold below them.
"""

from __future__ import annotations

import html
import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from IPython.display import HTML, display

from course.figures.style import BLUE, INK

__all__ = ["Choice", "Number", "ask"]

WITHOUT_SCRIPTS = "COURSE_PLAIN_QUIZ"
"""The environment variable that asks for questions which work without JavaScript."""


@dataclass(frozen=True)
class Choice:
    """A question with one right answer among several.

    Attributes:
        question: the question, in plain text.
        right: the right answer.
        why: why it is right.
        wrong: for each wrong answer, what to think about.
    """

    question: str
    right: str
    why: str
    wrong: Mapping[str, str]


@dataclass(frozen=True)
class Number:
    """A question whose answer is a number.

    Attributes:
        question: the question, in plain text.
        right: the right number.
        why: how it comes about.
        wrong: for numbers that are easily mistaken for it, what to think about.
    """

    question: str
    right: float
    why: str
    wrong: Mapping[float, str]


Question = Choice | Number


def ask(*questions: Question) -> None:
    """Show questions to answer on the spot; nothing is marked and nothing is kept.

    Parameters:
        *questions: one or more.
    """
    if os.environ.get(WITHOUT_SCRIPTS):
        _show_plain(questions)
        return
    try:
        from jupyterquiz import display_quiz
    except ImportError:
        _show_plain(questions)
        return
    colours = {
        "--jq-multiple-choice-bg": BLUE,
        "--jq-numeric-bg": BLUE,
        "--jq-numeric-input-bg": "#E3EBF2",
        "--jq-numeric-input-label": INK,
        # A bluish green and a vermilion, both dark enough for white letters.
        "--jq-correct-color": "#00664B",
        "--jq-incorrect-color": "#A84300",
    }
    display_quiz([_entry(question) for question in questions], max_width=760, colors=colours)


def _entry(question: Question) -> dict[str, Any]:
    """A question in the form that JupyterQuiz reads.

    Source: https://github.com/jmshea/jupyterquiz (the types ``multiple_choice`` and ``numeric``).
    """
    if isinstance(question, Choice):
        answers = [{"answer": question.right, "correct": True, "feedback": question.why}]
        answers += [
            {"answer": answer, "correct": False, "feedback": why}
            for answer, why in question.wrong.items()
        ]
        return {"question": question.question, "type": "multiple_choice", "answers": answers}
    numbers: list[dict[str, Any]] = [
        {"type": "value", "value": question.right, "correct": True, "feedback": question.why}
    ]
    numbers += [
        {"type": "value", "value": value, "correct": False, "feedback": why}
        for value, why in question.wrong.items()
    ]
    numbers.append({"type": "default", "feedback": "Not this number. Think again."})
    return {"question": question.question, "type": "numeric", "answers": numbers}


def _show_plain(questions: tuple[Question, ...]) -> None:
    """Show each question with its possible answers, and the right one folded away."""
    parts = []
    for question in questions:
        # In alphabetical order, so that the place of the right answer says nothing.
        answers = sorted([question.right, *question.wrong]) if isinstance(question, Choice) else []
        listed = "".join(f"<li>{html.escape(answer)}</li>" for answer in answers)
        parts.append(
            f"<p><strong>{html.escape(question.question)}</strong></p>"
            + (f"<ul>{listed}</ul>" if listed else "")
            + f"<details><summary>Answer</summary><p>{html.escape(str(question.right))}. "
            f"{html.escape(question.why)}</p></details>"
        )
    display(HTML("\n".join(parts)))
