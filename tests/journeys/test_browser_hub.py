"""A class on JupyterHub, in a real browser, by people who are Unix users of this machine.

Ada hands in by the button, reads her mark, mends and hands in again; a teacher changes a mark in
formgrader; and nobody reads what is somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from tests.helpers.browser import open_browser, open_notebook_for_marking, recorded_page
from tests.helpers.hub import (
    Hub,
    assignment_list,
    attempts_in,
    hand_in,
    require_hub,
    row,
    show_feedback,
    started_hub,
    write_notebook,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "a1_numpy_basics"
STUDENTS = ("ada", "bob", "cy", "dee", "eve")


@pytest.fixture(scope="module")
def hub() -> Iterator[Hub]:
    """One hub for all tests."""
    with started_hub(*STUDENTS, released=(NAME,)) as hub:
        yield hub


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for all tests."""
    require_hub()
    with open_browser() as browser:
        yield browser


@pytest.fixture
def page(browser: Browser, hub: Hub, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of its own for each test."""
    with recorded_page(browser, request, hub.log) as page:
        yield page


def test_a_mark_is_there_after_handing_in_and_a_better_one_after_mending(
    page: Page, hub: Hub
) -> None:
    from playwright.sync_api import expect

    wrong = "import numpy as np\ndef softmax(x):\n    e = np.exp(x)\n    return e / e.sum()\n"
    hub.log_in(page, "ada", "/hub/spawn")
    assignment_list(page)
    row(page, "released", NAME).get_by_role("button", name="Fetch").click()
    row(page, "fetched", NAME).wait_for()
    write_notebook(hub, "ada", NAME, {"softmax": wrong})
    hand_in(page, hub, "ada", NAME)

    notebook = page.context.new_page()
    output = show_feedback(notebook, hub, "ada", NAME).locator(".jp-Cell-outputWrapper")
    expect(output).to_contain_text("Attempt 1, handed in")
    expect(output).to_contain_text(re.compile(r"softmax\s*✗ not right yet"))
    expect(output).to_contain_text("What to look at")

    notebook.close()
    write_notebook(hub, "ada", NAME, {})
    hand_in(page, hub, "ada", NAME)
    hub.run_as("ada", code=_WAIT)
    row(page, "submitted", NAME).get_by_role("button", name="Fetch Feedback").click()
    expect(page.locator("#submitted_assignments_list").get_by_text("view feedback")).to_have_count(
        2
    )
    *_first, last = sorted((hub.home("ada") / NAME / "feedback").glob("*/*.html"))
    assert "Attempt 2, handed in" in last.read_text()


_WAIT = f"""
import os, time
os.chdir({NAME!r})
from course.study.submitted import submitted
submitted(60)
"""


def test_a_teacher_changes_a_mark_in_formgrader_and_the_student_sees_it(
    page: Page, hub: Hub
) -> None:
    from playwright.sync_api import expect

    hub.log_in(page, "teacher", f"/services/{hub.course}/formgrader")
    page.locator("tr", has_text=NAME).locator(".num-submissions a").click()
    line = page.locator("tr", has_text=hub.account("ada"))
    line.locator(".student-name a").click()
    open_notebook_for_marking(page, NAME)
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.locator("#softmax_check").fill("3")
        page.locator("#softmax_check").press("Tab")
    page.goto(f"{hub.address}/services/{hub.course}/formgrader/manage_submissions/{NAME}")
    for button in ("generate-feedback", "release-feedback"):
        line.locator(f".{button} a").click()
        answer = page.locator(".modal-dialog")
        expect(answer.locator(".modal-title")).to_have_text("Success")
        answer.get_by_role("button", name="OK").click()
        answer.wait_for(state="detached")
    hub.run_as("ada", "-m", "nbgrader", "fetch_feedback", NAME)
    *_first, last = sorted((hub.home("ada") / NAME / "feedback").glob("*/*.html"))
    assert "changed by a grader" in last.read_text()


def test_formgrader_opens_in_the_teachers_jupyterlab(page: Page, hub: Hub) -> None:
    hub.log_in(page, "teacher", f"/services/{hub.course}/lab")
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.locator(".lm-Menu").get_by_text("Formgrader", exact=True).click()
    page.frame_locator("iframe").locator("tr", has_text=NAME).first.wait_for()


def test_a_student_has_no_formgrader(page: Page, hub: Hub) -> None:
    hub.log_in(page, "bob", f"/services/{hub.course}/formgrader")
    page.get_by_text("403").first.wait_for()


def test_no_student_reads_what_is_somebody_elses(hub: Hub) -> None:
    inbound = hub.demo.exchange / hub.course / "inbound"
    (first, *_rest) = inbound.iterdir()
    secrets = [
        *(hub.place / "gradebook.db", hub.place / ".class_secret", hub.place / "attempts.db"),
        *(first.parent, hub.home("course") / "project" / "source" / NAME / "exercises.py"),
    ]
    more = f"MORE = {[str(path) for path in secrets]!r}\n"
    for who in ("bob", "eve"):
        assert hub.run_as(who, code=more + attempts_in(str(hub.demo.base))).strip() == "[]"
