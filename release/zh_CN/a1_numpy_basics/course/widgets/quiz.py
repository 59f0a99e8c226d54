"""Short questions that a reader answers alone, and learns at once why an answer is right or not.

They are shown by JupyterQuiz. Where it is not installed, or a page stands still, the questions are
plain text, and the answers unfold below them. The questions themselves are in ``course.questions``,
so that no cell shows an answer.

All their texts mean what they say, sign by sign, but for three marks: `code`, a^{superscript} and
a_{subscript}.
"""

from __future__ import annotations

import html
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.display import HTML, display

from course.figures.style import BLUE, INK

__all__ = ["Choice", "Number", "Question", "as_html", "ask"]

WITHOUT_SCRIPTS = "COURSE_PLAIN_QUIZ"
"""The environment variable that asks for questions which work without JavaScript."""


_MARKS = (
    (re.compile(r"`([^`]+)`"), r'<code style="color: inherit; background: none">\1</code>'),
    (re.compile(r"\^\{([^{}]*)\}"), r"<sup>\1</sup>"),
    (re.compile(r"_\{([^{}]*)\}"), r"<sub>\1</sub>"),
)
# JupyterQuiz makes formulas and links of these.
_SIGNS = {sign: f"&#{ord(sign)};" for sign in "$[]\\"}


@dataclass(frozen=True)
class Choice:
    """A question with one right answer among several.

    Attributes:
        question: the question.
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
        question: the question.
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
        *questions: one or more, such as those of ``course.questions.introduction.NEURON``.
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
    right_and_wrong = [(question.right, question.why, True)]
    right_and_wrong += [(answer, why, False) for answer, why in question.wrong.items()]
    choice = isinstance(question, Choice)
    answers: list[dict[str, Any]] = [
        {"correct": correct, "feedback": as_html(why)}
        | ({"answer": as_html(str(answer))} if choice else {"type": "value", "value": answer})
        for answer, why, correct in right_and_wrong
    ]
    if not choice:
        answers.append({"type": "default", "feedback": "Not this number. Think again."})
    kind = "multiple_choice" if choice else "numeric"
    return {"question": as_html(question.question), "type": kind, "answers": answers}


def as_html(text: str) -> str:
    """A text of a question as HTML, in which every sign but the three marks stands for itself.

    Parameters:
        text: for example ``"the unit `A[1]` is a^{[2](5)}_{1}"``.
    """
    marked = html.escape(text)
    for mark, replacement in _MARKS:
        marked = mark.sub(replacement, marked)
    return "".join(_SIGNS.get(sign, sign) for sign in marked)


def _show_plain(questions: Sequence[Question]) -> None:
    """Show each question with its possible answers, and the right one folded away."""
    parts = []
    for question in questions:
        # In alphabetical order, so that the place of the right answer says nothing.
        answers = sorted([question.right, *question.wrong]) if isinstance(question, Choice) else []
        listed = "".join(f"<li>{as_html(answer)}</li>" for answer in answers)
        parts.append(
            f"<p><strong>{as_html(question.question)}</strong></p>"
            + (f"<ul>{listed}</ul>" if listed else "")
            + f"<details><summary>Answer</summary><p>{as_html(str(question.right))}. "
            f"{as_html(question.why)}</p></details>"
        )
    display(HTML("\n".join(parts)))
