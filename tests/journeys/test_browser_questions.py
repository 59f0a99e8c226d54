"""Questions in a real browser: what a reader sees is what the author wrote, and answers react."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from course.widgets.quiz import Choice, Number, Question, ask
from tests.course.test_questions import ALL
from tests.helpers.browser import recorded_page
from tests.helpers.shown import shown_by

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

CODE = re.compile(r"`([^`]+)`")
RAISED = re.compile(r"[\^_]\{([^{}]*)\}")


@pytest.fixture
def page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of its own for each test."""
    with recorded_page(browser, request) as page:
        yield page


def show(page: Page, folder: Path, *questions: Question) -> Locator:
    """Ask on a page, as a cell does; the questions on it."""
    body = "".join(
        data.get("text/html") or f"<script>{data['application/javascript']}</script>"
        for data in shown_by(lambda: ask(*questions))
    )
    path = folder / "page.html"
    path.write_text(f"<!doctype html><meta charset='utf-8'><body>{body}", encoding="utf-8")
    page.goto(path.as_uri())
    return page.locator(".Quiz[data-qnum]")


def meant(text: str) -> str:
    """What a reader is to see of a text of a question."""
    return RAISED.sub(r"\1", CODE.sub(r"\1", text))


def test_every_question_is_shown_sign_by_sign(page: Page, tmp_path: Path) -> None:
    shown = show(page, tmp_path, *ALL)
    seen = shown.evaluate_all(
        "quizzes => quizzes.map(quiz => [quiz.firstChild.textContent,"
        " ...[...quiz.querySelectorAll('label.MCButton')].map(label => label.textContent)])"
    )
    wanted = [[q.question, *((q.right, *q.wrong) if isinstance(q, Choice) else ())] for q in ALL]
    for (question, *answers), (asked, *offered) in zip(seen, wanted, strict=True):
        assert question == meant(asked)
        assert sorted(answers) == sorted(map(meant, offered))
    assert shown.locator("a").count() == 0


def test_indices_stand_above_and_below_the_line_and_nothing_becomes_a_link(
    page: Page, tmp_path: Path
) -> None:
    why = "a^{[2](5)}_{1} is no [link](x), $1 is no formula, and `x[0](1)` is code."
    quiz = show(page, tmp_path, Choice("What?", "a^{[2](5)}_{1}", why, {"b": "No.", "c": "No."}))
    quiz.get_by_text("a[2](5)1").click()
    said = quiz.locator(".Feedback")
    assert said.text_content() == meant(why)
    assert said.locator("sup").text_content() == "[2](5)"
    assert said.locator("sub").text_content() == "1"
    assert said.locator("code").text_content() == "x[0](1)"
    assert quiz.locator("a, mjx-container").count() == 0


def test_zero_is_an_answer_like_any_other_number(page: Page, tmp_path: Path) -> None:
    quiz = show(page, tmp_path, Number("How many?", 0, "None.", {1: "One too many."}))
    for typed, answer in (("1", "One too many."), ("7", "Not this number."), ("0", "None.")):
        quiz.locator("input").fill(typed)
        quiz.locator("input").press("Enter")
        assert (quiz.locator(".Feedback").text_content() or "").startswith(answer)
