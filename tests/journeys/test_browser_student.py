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
    settings = {"JUPYTER_CONFIG_PATH": str(PROJECT / "docs" / "lab")}
    with jupyter_lab(root, tmp_path_factory.mktemp("private"), environment=settings) as lab:
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


def outputs(cell: Locator) -> Locator:
    """What a cell has shown."""
    return cell.locator(".jp-OutputArea")


def validate(page: Page) -> Locator:
    """Press Validate; what nbgrader answers."""
    page.get_by_role("button", name="Validate", exact=True).click()
    return page.get_by_role("dialog").filter(has_text="Validation Results")


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


def test_a_wrong_answer_is_explained_and_the_mended_one_passes_and_validates(
    page: Page, lab: Lab, a4: Assignment
) -> None:
    from playwright.sync_api import expect

    wrong, explanation = mistaken(a4)
    folder = lab.root / "release" / "one to finish"
    shutil.copytree(RELEASE / NAME, folder)
    solve(folder / f"{NAME}.ipynb", a4, but={EXERCISE: None})

    lab.open_notebook(page, f"release/one to finish/{NAME}.ipynb")
    answer = code_cell(page, f"def {EXERCISE}(")
    check = code_cell(page, f"{EXERCISE}_test({EXERCISE})")
    answer.locator(".cm-content").click()
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_text("Run All Above Selected Cell").click()

    fill_in(page, answer, wrong)
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+Enter")
    expect(outputs(check)).to_contain_text(explanation)
    expect(outputs(check)).not_to_contain_text("Traceback")
    outputs(check).get_by_role("link", name="6. The backward pass").click()
    expect(page.get_by_role("heading", name="6. The backward pass")).to_be_in_viewport()

    fill_in(page, answer, a4.solution(EXERCISE))
    page.keyboard.press("Shift+Enter")
    page.keyboard.press("Control+Enter")
    expect(outputs(check)).to_contain_text("All tests passed.")

    expect(validate(page)).to_contain_text("Success! Your notebook passes all the tests.")


def test_validate_names_the_check_that_fails_and_says_why(
    page: Page, lab: Lab, a4: Assignment
) -> None:
    from playwright.sync_api import expect

    wrong, explanation = mistaken(a4)
    folder = lab.root / "release" / "one wrong"
    shutil.copytree(RELEASE / NAME, folder)
    solve(folder / f"{NAME}.ipynb", a4, but={EXERCISE: wrong})

    lab.open_notebook(page, f"release/one wrong/{NAME}.ipynb")
    answer = validate(page)
    expect(answer).to_contain_text("The following cell failed")
    expect(answer).to_contain_text(f"{EXERCISE}_test({EXERCISE})")
    expect(answer).to_contain_text(explanation)
    expect(answer).not_to_contain_text("initialize_parameters_test")
