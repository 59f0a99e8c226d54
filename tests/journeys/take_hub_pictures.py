"""Take the pictures of docs/jupyterhub.md again: ``python -m tests.journeys.take_hub_pictures``.

A hub with a teacher and three students is started, as ``make hub`` does it, which needs root. All
names are made up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.exercises import assignment as assignments
from grader.paths import PROJECT
from tests.helpers.browser import open_browser
from tests.helpers.hub import (
    Hub,
    assignment_list,
    hand_in,
    row,
    show_feedback,
    started_hub,
    write_notebook,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "a1_numpy_basics"
PICTURES = PROJECT / "docs" / "pictures"
STUDENTS = ("ada", "bob", "cy")


def main() -> None:
    """Start the hub, hand in, and take the pictures."""
    with started_hub(*STUDENTS, prefix="hub-") as hub, open_browser() as browser:
        for who in reversed(STUDENTS):
            page = _page(browser)
            hub.log_in(page, who, "/hub/spawn")
            _hand_in(hub, page, who)
        page.screenshot(path=PICTURES / "hub-assignment-list.png")
        page.set_viewport_size({"width": 1200, "height": 1000})
        output = show_feedback(page, hub, "ada", NAME).locator(".jp-OutputArea-output")
        output.filter(has_text="What to look at").wait_for()
        page.screenshot(path=PICTURES / "hub-submitted.png")
        page = _page(browser)
        hub.log_in(page, "teacher", f"/services/{hub.course}/formgrader")
        page.locator("tr", has_text=NAME).locator(".num-submissions a").click()
        page.locator("tr", has_text="hub-ada").wait_for()
        page.screenshot(path=PICTURES / "hub-formgrader.png")


def _page(browser: Browser) -> Page:
    context = browser.new_context(viewport={"width": 1200, "height": 640})
    context.set_default_timeout(120_000)
    return context.new_page()


def _hand_in(hub: Hub, page: Page, who: str) -> None:
    known = assignments.load(NAME)
    exercise = known.exercises[1 + STUDENTS.index(who)]
    assignment_list(page)
    row(page, "released", NAME).get_by_role("button", name="Fetch").click()
    row(page, "fetched", NAME).wait_for()
    mistake = known.variant_source(exercise.name, exercise.misconceptions[0])
    write_notebook(hub, who, NAME, {exercise.name: mistake})
    hand_in(page, hub, who, NAME)


if __name__ == "__main__":
    main()
