"""The feedback page and the class report are accessible, on a phone and a desk, light and dark.

axe-core looks for what WCAG 2.1 at the levels A and AA calls a violation, as far as a program can.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.authoring.simulate import write_class
from tests.helpers.browser import recorded_page, require_browser
from tests.helpers.commands import run_command

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NAME = "a4_deep_network"
STUDENTS = 8
WIDTHS = (400, 1000, 1600)
RULES = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa")
SHOWN = f"feedback/alan/{NAME}/{NAME}.html"
REPORT = f"exports/{NAME}/report/index.html"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class with marks, feedback pages and a report."""
    require_browser("axe_playwright_python")
    root = tmp_path_factory.mktemp("class")
    write_class(NAME, STUDENTS, 7, root / "submitted")
    for program, *command in (
        ("grader", "autograde", NAME, "--jobs", "1"),
        ("nbgrader", "generate_feedback", NAME, "--student=alan"),
        ("grader", "report", NAME),
    ):
        environment = os.environ | {"COURSE_ROOT": str(root)}
        done = run_command("-m", program, *command, environment=environment)
        assert done.returncode == 0, done.stdout + done.stderr
    return root


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("file", [SHOWN, REPORT], ids=["feedback", "report"])
def test_a_page_breaks_no_rule_of_accessibility(
    browser: Browser, course: Path, request: pytest.FixtureRequest, file: str, scheme: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    with recorded_page(browser, request, color_scheme=scheme) as page:
        page.goto((course / file).as_uri())
        # What is folded is looked at as well.
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        # Colours do not depend on the width, and all else does not depend on the colours.
        for width in WIDTHS if scheme == "light" else WIDTHS[-1:]:
            page.set_viewport_size({"width": width, "height": 900})
            coloured = width == WIDTHS[-1]
            found = Axe().run(
                page,
                options={
                    "runOnly": {"type": "tag", "values": list(RULES)},
                    "rules": {"color-contrast": {"enabled": coloured}},
                },
            )
            assert found.violations_count == 0, f"{width} px: {found.generate_report()}"
            passed = {rule["id"] for rule in found.response["passes"]}
            assert {"html-has-lang", "document-title"} <= passed
            assert ("color-contrast" in passed) == coloured


def test_the_words_at_the_head_of_a_table_stay_whole_on_a_phone(
    browser: Browser, course: Path, request: pytest.FixtureRequest
) -> None:
    with recorded_page(browser, request, viewport={"width": 320, "height": 700}) as page:
        page.goto((course / SHOWN).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        heads = page.locator("table:has(caption) thead th")
        assert heads.count() == 3
        lines = heads.evaluate_all(
            "cells => cells.map(cell => { const range = document.createRange();"
            " range.selectNodeContents(cell); return range.getClientRects().length; })"
        )
        assert lines == [1, 1, 1]


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("file", [SHOWN, REPORT], ids=["feedback", "report"])
def test_a_page_is_never_wider_than_the_window(
    browser: Browser, course: Path, request: pytest.FixtureRequest, file: str, width: int
) -> None:
    with recorded_page(browser, request, viewport={"width": width, "height": 900}) as page:
        page.goto((course / file).as_uri())
        page.evaluate("document.querySelectorAll('details').forEach(part => part.open = true)")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
