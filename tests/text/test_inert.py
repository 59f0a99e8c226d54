"""Nothing of a student's runs, or loads anything, in what is made of it for a page."""

from __future__ import annotations

import base64

import pytest
from nbformat import NotebookNode

from grader.text.inert import (
    is_picture,
    plain_text,
    rendered_markdown,
    safe_attachments,
    safe_html,
    safe_markdown,
    safe_outputs,
    verbatim_markdown,
)
from tests.helpers.inert_html import HTML_ATTACKS, MARKDOWN_ATTACKS, PNG, SVG, assert_inert


@pytest.mark.parametrize("attack", HTML_ATTACKS)
def test_html_of_a_student_is_inert(attack: str) -> None:
    cleaned = safe_html(attack)
    page = assert_inert(cleaned)
    for _tag, attributes in page.tags:
        assert not {"id", "class", "name", "style"} & attributes.keys()
    assert safe_html(cleaned) == cleaned


@pytest.mark.parametrize("attack", MARKDOWN_ATTACKS)
def test_markdown_of_a_student_is_inert_when_rendered(attack: str) -> None:
    assert_inert(rendered_markdown(attack))


@pytest.mark.parametrize("attack", MARKDOWN_ATTACKS)
def test_recorded_markdown_is_inert_however_often_it_is_rendered(attack: str) -> None:
    from nbconvert.filters import markdown2html

    recorded = safe_markdown(attack)
    once = markdown2html(recorded)
    assert_inert(once)
    assert_inert(markdown2html(once))
    assert "\\href" not in once and "\\class" not in once
    assert_inert(rendered_markdown(recorded))
    assert_inert(markdown2html(verbatim_markdown(attack)))


def test_plain_markdown_stays_as_it_was_written() -> None:
    text = "# My answer\n\n* the cost $J = -\\frac{1}{m}\\sum_i y_i$ falls\n* **always**"
    assert safe_markdown(text) == text


def test_links_pictures_and_tables_of_a_student_stay() -> None:
    attachments = {"a.png": {"image/png": PNG}}
    shown = rendered_markdown("![a cat](attachment:a.png) [x](https://ok.example)", attachments)
    page = assert_inert(shown)
    assert page.named("img")[0] == {"src": f"data:image/png;base64,{PNG}", "alt": "a cat"}
    assert page.named("a")[0]["href"] == "https://ok.example"
    assert "noopener" in page.named("a")[0]["rel"]
    table = "<table><tr><th scope='col'>a</th><td colspan='2'>1</td></tr></table>"
    assert '<td colspan="2">1</td>' in safe_html(table)


def test_only_real_pictures_count_as_pictures() -> None:
    html = base64.b64encode(b"<script>evil()</script>").decode()
    assert is_picture("image/png", PNG)
    assert not is_picture("image/png", html)
    assert not is_picture("image/png", "not base64!")
    assert not is_picture("image/svg+xml", PNG)
    assert safe_attachments({"a.png": {"image/png": html}, "b.svg": {"image/svg+xml": SVG}}) == {}
    assert safe_attachments({'"><script>': {"image/png": PNG}}) == {}


def test_of_an_output_only_what_cannot_run_is_kept() -> None:
    data = {
        "text/html": "<b>bold</b><script>evil()</script>",
        "application/javascript": "evil()",
        "application/vnd.jupyter.widget-view+json": {"model_id": "evil"},
        "image/svg+xml": SVG,
        "image/png": PNG,
        "text/plain": "bold",
    }
    output = NotebookNode(
        output_type="display_data", data=data, metadata={"text/html": {"isolated": True}}
    )
    (safe,) = safe_outputs([output])
    assert safe.data == {"image/png": PNG, "text/html": "<b>bold</b>", "text/plain": "bold"}
    assert safe.metadata == {}
    output.data = {"image/svg+xml": SVG}
    assert safe_outputs([output])[0].data == {"text/plain": "[left out: image/svg+xml]"}
    output.data = {"text/latex": "$\\href{javascript:evil()}{x}$"}
    assert set(safe_outputs([output])[0].data) == {"text/plain"}


def test_text_cannot_move_the_cursor_or_turn_the_line_around() -> None:
    assert plain_text("\x1b[31mred\x1b[0m\x1b]0;title\x07 \u202eabc\x00\ud800") == "red]0;title abc"


@pytest.mark.parametrize(
    "text", ["$" * 9_000, "$a" * 9_000, "[" * 9_000, "*a **b " * 2_000, "<b>" * 6_000, "`" * 9_001]
)
def test_text_made_to_be_slow_is_rendered_all_the_same(text: str) -> None:
    assert_inert(rendered_markdown(text + "<"))  # or this does not end
