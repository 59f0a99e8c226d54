"""An instructor works with formgrader, in a real browser, on a class of five.

The project is a copy, since formgrader's button "Generate" writes ``release/``; the class lies in a
folder of its own, whose name has a space in it.
"""

from __future__ import annotations

import dataclasses
import filecmp
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from grader.authoring.simulate import write_class
from grader.exercises.assignment import Assignment
from grader.paths import PROJECT
from tests.helpers.browser import (
    Lab,
    formgrader,
    jupyter_lab,
    open_notebook_for_marking,
    recorded_page,
    require_browser,
)

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

NAME = "a4_deep_network"
STUDENTS = 5
COMMENT = "Three points off for the name of the variable."

_PARTS = ("grader", "utils", "source", "release", "translations", "datasets", "nbgrader_config.py")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A copy of the project, and a class that is graded already."""
    require_browser()
    project = tmp_path_factory.mktemp("project")
    for part in _PARTS:
        if (PROJECT / part).is_dir():
            # What is compiled already need not be compiled again; a release holds none of it.
            ignored = shutil.ignore_patterns("__pycache__") if part == "release" else None
            shutil.copytree(PROJECT / part, project / part, ignore=ignored)
        else:
            shutil.copyfile(PROJECT / part, project / part)
    root = tmp_path_factory.mktemp("class") / "of this year"
    group = write_class(NAME, STUDENTS, 7, root / "submitted")
    course = Course(project, root, {student.student_id: student.score for student in group})
    course.run("autograde", NAME, "--jobs", "1")
    return course


@pytest.fixture(scope="module")
def lab(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on the class, as ``make formgrader`` starts it."""
    private = tmp_path_factory.mktemp("private")
    with jupyter_lab(course.root, private, course.project, course.environment) as lab:
        yield lab


@pytest.fixture
def page(browser: Browser, lab: Lab, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of its own for each test."""
    with recorded_page(browser, request, lab.log) as page:
        yield page


@dataclasses.dataclass(frozen=True)
class Course:
    """A copy of the project, and a class.

    Attributes:
        project: the copy.
        root: the class's folder, ``COURSE_ROOT``.
        marks: what each simulated student must get for the exercises.
    """

    project: Path
    root: Path
    marks: dict[str, float]

    @property
    def environment(self) -> dict[str, str]:
        """The variables that say which class it is."""
        return {"COURSE_ROOT": str(self.root), "CLASS_SECRET": "a class in the browser"}

    def run(self, *command: str) -> None:
        """Run a command of the project, as an instructor does."""
        done = subprocess.run(
            [sys.executable, "-m", "grader", *command],
            cwd=self.project,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    def hand_in_as(self, name: str, student: str) -> float:
        """Hand in under another name what a student has handed in; what it must get."""
        submitted = self.root / "submitted"
        shutil.copytree(submitted / student, submitted / name)
        return self.marks[student]


# ----------------------------------------------------------------------------- what one does


def submissions(page: Page, lab: Lab) -> None:
    """Open formgrader and go to the list of submissions."""
    page.goto(lab.url("formgrader"))
    page.locator("tr", has_text=NAME).locator(".num-submissions a").click()


def row_of(page: Page, student: str) -> Locator:
    """A student's line in the list of submissions."""
    name = page.locator(".student-id", has_text=re.compile(f"^{student}$"))
    return page.locator("tr").filter(has=name)


def press(page: Page, button: Locator) -> str:
    """Press one of formgrader's buttons and close its answer, which must be a success."""
    from playwright.sync_api import expect

    button.click()
    answer = page.locator(".modal-dialog")
    expect(answer.locator(".modal-title")).to_have_text("Success")
    said = answer.locator(".modal-body").inner_text()
    answer.get_by_role("button", name="OK").click()
    answer.wait_for(state="detached")
    return said


def open_for_marking(page: Page, student: str) -> None:
    """Go on from the list of submissions to one student's notebook."""
    row_of(page, student).locator(".student-name a").click()
    open_notebook_for_marking(page, NAME)


def write(page: Page, field: str, text: str) -> None:
    """Write points or a comment, as a grader does: type, and go to the next field."""
    with page.expect_response(lambda answer: answer.request.method == "PUT") as answer:
        page.locator(f"#{field}").fill(text)
        page.locator(f"#{field}").press("Tab")
    assert answer.value.ok


def differences(left: Path, right: Path) -> list[str]:
    """The files by which two folders differ."""

    def files(folder: Path) -> set[str]:
        found = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
        return {path.as_posix() for path in found if "__pycache__" not in path.parts}

    both = files(left) & files(right)
    odd = files(left) ^ files(right)
    return sorted(odd | {f for f in both if not filecmp.cmp(left / f, right / f, shallow=False)})


# ------------------------------------------------------------------------------- the tests


def test_formgrader_opens_from_the_menu_and_counts_the_submissions(
    page: Page, lab: Lab, course: Course
) -> None:
    from playwright.sync_api import expect

    row = formgrader(page, lab).locator("tr", has_text=NAME)
    expect(row.locator(".num-submissions a")).to_have_text(re.compile(r"^\d+$"))
    assert int(row.locator(".num-submissions a").inner_text()) >= STUDENTS


def test_generate_writes_the_folder_that_is_released(page: Page, lab: Lab, course: Course) -> None:
    release = course.project / "release" / NAME
    released = release.rename(course.project / "released before")
    page.goto(lab.url("formgrader"))
    press(page, page.locator("tr", has_text=NAME).locator(".assign a"))
    assert differences(released, release) == []


def test_autograde_gives_the_marks_that_a_student_must_get(
    page: Page, lab: Lab, course: Course
) -> None:
    from playwright.sync_api import expect

    must = course.hand_in_as("late", "annie")
    submissions(page, lab)
    expect(row_of(page, "late").locator(".status")).to_have_text("needs autograding")
    said = press(page, row_of(page, "late").locator(".autograde a"))
    assert f"late: {must:g} of" in said
    assert "DEBUG" not in said
    expect(row_of(page, "late").locator(".score")).to_contain_text(f"{must:g} / ")


@pytest.fixture(scope="module")
def marked(browser: Browser, lab: Lab, course: Course, request: pytest.FixtureRequest) -> float:
    """What a submission must get that a person has taken three points from, and commented."""
    must = course.hand_in_as("marked", "ada")
    with recorded_page(browser, request, lab.log) as page:
        submissions(page, lab)
        press(page, row_of(page, "marked").locator(".autograde a"))
        open_for_marking(page, "marked")
        write(page, "linear_forward_check", "7")
        write(page, "linear_forward-comment", COMMENT)
    return must - 3


def test_a_mark_given_by_hand_stays_when_the_submission_is_graded_again(
    page: Page, lab: Lab, marked: float
) -> None:
    from playwright.sync_api import expect

    submissions(page, lab)
    press(page, row_of(page, "marked").locator(".autograde a"))
    expect(row_of(page, "marked").locator(".score")).to_contain_text(f"{marked:g} / ")


def test_a_feedback_page_opens_and_shows_the_mark_and_the_comment_of_a_person(
    page: Page, lab: Lab, course: Course, marked: float
) -> None:
    from playwright.sync_api import expect

    submissions(page, lab)
    press(page, row_of(page, "marked").locator(".generate-feedback a"))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = (course.root / "feedback" / "marked" / NAME / f"{NAME}.html").as_uri()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("body")).to_contain_text(f"{marked:g}")
    expect(page.get_by_text(COMMENT)).to_be_visible()
    assert asked == [address]


def test_the_class_report_opens_and_names_every_exercise(
    page: Page, course: Course, a4: Assignment
) -> None:
    from playwright.sync_api import expect

    course.run("report", NAME)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    address = (course.root / "exports" / NAME / "report" / "index.html").as_uri()
    page.goto(address)
    for exercise in a4.exercises:
        expect(page.locator("body")).to_contain_text(exercise.name)
    assert asked == [address]
