"""A student works in JupyterLab, in a real browser: an answer, its diagnosis, Validate."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest

from grader.exercises.assignment import Assignment
from grader.paths import PROJECT, RELEASE
from grader.release.start_page import write_start_page
from grader.release.working_copy import make_working_copy
from tests.helpers.browser import (
    Lab,
    code_cell,
    fill_in,
    jupyter_lab,
    recorded_page,
    require_browser,
    solve,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAME = "a4_deep_network"
EXERCISE = "linear_backward"
MISTAKE = "dW-not-averaged"
LESSON = "notebooks/02_logistic_regression.ipynb"


def changed(path: Path) -> str:
    """A notebook with one more cell."""
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_code_cell("tried = 1"))
    return str(nbformat.writes(notebook))


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on a working copy, as ``make lab`` shows it, in which a lesson is begun."""
    require_browser()
    root = tmp_path_factory.mktemp("project")
    make_working_copy(root, lambda line: None)
    (root / LESSON).write_text(changed(root / LESSON), encoding="utf-8")
    write_start_page(root)
    settings = tmp_path_factory.mktemp("settings") / "lab"
    settings.symlink_to(PROJECT / "docs" / "lab")  # by a path without a pattern in it
    given = {"JUPYTER_CONFIG_PATH": str(settings)}
    with jupyter_lab(root, tmp_path_factory.mktemp("private"), environment=given) as lab:
        yield lab


@pytest.fixture
def page(browser: Browser, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of its own for each test."""
    with recorded_page(browser, request, lab.log) as page:
        yield page


def mistaken(assignment: Assignment) -> tuple[str, str]:
    """A known wrong answer to the exercise, and what a student must be told about it."""
    known = assignment.exercise(EXERCISE).misconceptions
    mistake = next(one for one in known if one.name == MISTAKE)
    return assignment.variant_source(EXERCISE, mistake), mistake.message


def validate(page: Page) -> Locator:
    """Press Validate; what nbgrader answers."""
    page.get_by_role("button", name="Validate", exact=True).click()
    return page.get_by_role("dialog").filter(has_text="Validation Results")


@pytest.fixture(scope="module")
def answering(
    browser: Browser, lab: Lab, a4: Assignment, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A notebook in which one exercise is left, and a wrong answer to it is written and run."""
    folder = lab.root / "release" / "one to finish"
    shutil.copytree(RELEASE / NAME, folder)
    solve(folder / f"{NAME}.ipynb", a4, but={EXERCISE: None})
    with recorded_page(browser, request, lab.log) as page:
        lab.open_notebook(page, f"release/one to finish/{NAME}.ipynb")
        code_cell(page, f"def {EXERCISE}(").locator(".cm-content").click()
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_text("Run All Above Selected Cell").click()
        answer_and_check(page, mistaken(a4)[0])
        yield page


def answer_and_check(page: Page, text: str) -> None:
    """Write an answer, run it, and run its check."""
    fill_in(page, code_cell(page, f"def {EXERCISE}("), text)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+Enter")


def check(page: Page) -> Locator:
    """What the check below the exercise has shown."""
    return code_cell(page, f"{EXERCISE}_test({EXERCISE})").locator(".jp-OutputArea")


def test_the_start_page_leads_to_where_one_was_and_shows_nothing_that_is_for_authors(
    page: Page, lab: Lab
) -> None:
    from playwright.sync_api import expect

    page.goto(lab.url(""))
    start = page.locator(".jp-MarkdownViewer")
    expect(start).to_contain_text("Go on where you were: Lesson 2: Logistic regression")
    expect(page.get_by_role("menuitem", name="Help", exact=True)).to_be_visible()
    expect(page.get_by_role("menuitem", name="Nbgrader")).to_have_count(0)
    start.get_by_role("link", name="Lesson 2: Logistic regression").first.click()
    imports = page.locator(".jp-CodeCell").first
    expect(imports.locator(".jp-Placeholder-content").first).to_be_visible()  # folded away
    expect(page.get_by_role("button", name="Validate", exact=True)).to_be_visible()


def test_a_wrong_answer_is_explained_and_leads_to_the_section_of_its_lesson(
    answering: Page, a4: Assignment
) -> None:
    from playwright.sync_api import expect

    expect(check(answering)).to_contain_text(mistaken(a4)[1])
    expect(check(answering)).not_to_contain_text("Traceback")
    check(answering).get_by_role("link", name="6. The backward pass").click()
    expect(answering.get_by_role("heading", name="6. The backward pass")).to_be_in_viewport()


def test_validate_names_the_check_that_fails_and_says_why(answering: Page, a4: Assignment) -> None:
    from playwright.sync_api import expect

    answer = validate(answering)
    expect(answer).to_contain_text("The following cell failed")
    expect(answer).to_contain_text(f"{EXERCISE}_test({EXERCISE})")
    expect(answer).to_contain_text(mistaken(a4)[1])
    expect(answer).not_to_contain_text("initialize_parameters_test")
    answer.get_by_role("button", name="OK").click()
    expect(answer).to_have_count(0)


def test_a_mended_answer_passes_and_validates(answering: Page, a4: Assignment) -> None:
    from playwright.sync_api import expect

    answer_and_check(answering, a4.solution(EXERCISE))
    expect(check(answering)).to_contain_text("All tests passed.")
    expect(validate(answering)).to_contain_text("Success! Your notebook passes all the tests.")
