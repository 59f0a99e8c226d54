"""Short questions that a reader answers alone, and learns at once why an answer is right or not.

They are shown by JupyterQuiz. Where it is not installed, or a page stands still, the questions are
plain text, and the answers unfold below them. The questions themselves are in ``course.questions``,
so that no cell shows an answer.

All their texts mean what they say, sign by sign, but for three marks: `code`, a^{superscript} and
a_{subscript}.
"""

from __future__ import annotations

import html
import json
import os
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from IPython.display import HTML, display
from IPython.utils.capture import capture_output

from course.figures.style import BLUE, INK
from course.language import N_, _

__all__ = ["Choice", "Number", "Question", "as_html", "ask"]

WITHOUT_SCRIPTS = "COURSE_PLAIN_QUIZ"
"""The environment variable that asks for questions which work without JavaScript."""


# What JupyterQuiz says itself, where no feedback is said.
_WORDS_OF_JUPYTERQUIZ = (
    N_("Type numeric answer here:"),
    N_("Incorrect -- try again."),
)
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
    entries = [_entry(question) for question in questions]
    own_words = {words: _(words) for words in _WORDS_OF_JUPYTERQUIZ if _(words) != words}
    if not own_words:
        display_quiz(entries, max_width=760, colors=colours)
        return
    with capture_output() as captured:
        display_quiz(entries, max_width=760, colors=colours)
    for output in captured.outputs:
        for kind, text in output.data.items():
            for words, translation in own_words.items():
                text = text.replace(f'"{words}"', json.dumps(translation))
            output.data[kind] = text
        display(output.data, raw=True)


def _entry(question: Question) -> dict[str, Any]:
    """A question in the form that JupyterQuiz reads.

    Source: https://github.com/jmshea/jupyterquiz (the types ``multiple_choice`` and ``numeric``).
    """
    right_and_wrong = [(question.right, question.why, True)]
    right_and_wrong += [(answer, why, False) for answer, why in question.wrong.items()]
    choice = isinstance(question, Choice)
    answers: list[dict[str, Any]] = [
        {"correct": correct, "feedback": as_html(_(why))}
        | ({"answer": as_html(_(str(answer)))} if choice else {"type": "value", "value": answer})
        for answer, why, correct in right_and_wrong
    ]
    if not choice:
        answers.append({"type": "default", "feedback": _("Not this number. Think again.")})
    kind = "multiple_choice" if choice else "numeric"
    return {"question": as_html(_(question.question)), "type": kind, "answers": answers}


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
    folded = _("Answer")
    for question in questions:
        # In alphabetical order, so that the place of the right answer says nothing.
        answers = sorted([question.right, *question.wrong]) if isinstance(question, Choice) else []
        listed = "".join(f"<li>{as_html(_(answer))}</li>" for answer in answers)
        parts.append(
            f"<p><strong>{as_html(_(question.question))}</strong></p>"
            + (f"<ul>{listed}</ul>" if listed else "")
            + f"<details><summary>{folded}</summary><p>{_right(question)}</p></details>"
        )
    display(HTML("\n".join(parts)))


def _right(question: Question) -> str:
    """The right answer, and why."""
    answer, why = as_html(_(str(question.right))), as_html(_(question.why))
    return _("{answer}. {why}").format(answer=answer, why=why)
