"""Every page of formgrader, in a real browser, on a gradebook full of scripts.

The gradebook is filled past all writers of this project, as somebody else's might be, and so is a
graded notebook.
"""

from __future__ import annotations

import dataclasses
import os
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
import pytest

from grader.authoring.simulate import write_class
from tests.helpers.browser import Lab, jupyter_lab, recorded_page, require_browser
from tests.helpers.commands import run_command

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NAME = "a1_numpy_basics"
IMAGE = '<img src=x onerror="window.ran=1">'
SCRIPT = '"><script>window.ran=1</script>'


@dataclasses.dataclass(frozen=True)
class Course:
    """A class whose gradebook is hostile.

    Attributes:
        root: the folder of the class.
        student: a student with a graded submission.
        submission: the number of their notebook.
    """

    root: Path
    student: str
    submission: str


def of_class(root: Path) -> dict[str, str]:
    """The variables that say which class it is."""
    return {"COURSE_ROOT": str(root), "CLASS_SECRET": "hostile names"}


def fill_with_scripts(root: Path) -> tuple[str, str]:
    """Write scripts into every column; the student, and the number of the submitted notebook."""
    from nbgrader.api import Gradebook, SourceCell, SubmittedNotebook
    from nbgrader.api import Notebook as AssignmentNotebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        submission = gradebook.assignment_submissions(NAME)[0]
        student = submission.student
        student.first_name, student.last_name = f"Mal {IMAGE}", f"O'Brien {SCRIPT}"
        student.email, student.lms_user_id = f"a{IMAGE}", f"{SCRIPT}{IMAGE}"
        gradebook.add_student(f"x{IMAGE}", first_name=SCRIPT, last_name=IMAGE, email=SCRIPT)
        assignment = gradebook.find_assignment(NAME)
        gradebook.add_assignment(f"a{IMAGE}")
        hostile = AssignmentNotebook(id=uuid.uuid4().hex, name=f"n{IMAGE}", assignment=assignment)
        gradebook.db.add(hostile)
        gradebook.db.add(
            SubmittedNotebook(id=uuid.uuid4().hex, assignment=submission, notebook=hostile)
        )
        notebook = submission.notebooks[0]
        for comment in notebook.comments:
            comment.auto_comment, comment.manual_comment = f"auto {IMAGE}", f"by hand {IMAGE}"
        cell = gradebook.db.query(SourceCell).first()
        cell.source = f"{SCRIPT}{IMAGE}"
        for grade in notebook.grades[:1]:
            grade.cell.name = f"c{IMAGE}"
        gradebook.db.commit()
        found = str(student.id), str(notebook.id)
    path = root / "autograded" / found[0] / NAME / f"{NAME}.ipynb"
    page = nbformat.read(path, as_version=4)
    text = f"# {IMAGE}\n<script>window.ran=1</script><b onclick='window.ran=1'>b</b>"
    page.cells.insert(0, nbformat.v4.new_markdown_cell(text))
    code = nbformat.v4.new_code_cell("1")
    code.metadata["nbgrader"] = {
        "grade_id": SCRIPT,
        "grade": True,
        "points": 1,
        "solution": False,
        "locked": False,
        "schema_version": 3,
    }
    code.outputs = [
        nbformat.v4.new_output(
            "display_data", {"text/html": f"{IMAGE}<script>window.ran=1</script>"}
        ),
        nbformat.v4.new_output("display_data", {"application/javascript": "window.ran=1"}),
    ]
    page.cells.insert(1, code)
    nbformat.write(page, path)
    return found


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A class of two."""
    require_browser()
    root = tmp_path_factory.mktemp("class")
    write_class(NAME, 2, 7, root / "submitted")
    done = run_command("-m", "grader", "autograde", NAME, environment=os.environ | of_class(root))
    assert done.returncode == 0, done.stderr
    return Course(root, *fill_with_scripts(root))


@pytest.fixture(scope="module")
def lab(course: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """JupyterLab on the class."""
    private = tmp_path_factory.mktemp("private")
    with jupyter_lab(course.root, private, environment=of_class(course.root)) as lab:
        yield lab


@pytest.fixture(scope="module")
def logged_in(browser: Browser, lab: Lab) -> Any:
    """What a browser keeps of having logged in."""
    context = browser.new_context()
    context.new_page().goto(lab.url("formgrader"))
    kept = context.storage_state()
    context.close()
    return kept


@pytest.fixture
def page(
    browser: Browser, lab: Lab, logged_in: Any, request: pytest.FixtureRequest
) -> Iterator[Page]:
    """A page of its own for each test."""
    with recorded_page(browser, request, lab.log, storage_state=logged_in) as page:
        yield page


def opened(page: Page, lab: Lab, path: str, loaded: str) -> None:
    """Open a page of formgrader and wait until its scripts have filled it in."""
    page.goto(f"{lab.address}/formgrader/{path}")
    page.locator(loaded).first.wait_for(state="attached")
    page.wait_for_load_state("networkidle")


PAGES = {
    "manage_assignments": "#main-table .name a",
    "manage_submissions/{name}": "#main-table .student-id",
    "gradebook": "#main-table .name a",
    "gradebook/{name}": "#main-table .name a",
    "gradebook/{name}/{name}": "#main-table .name a",
    "manage_students": "#main-table .name a",
    "manage_students/{student}": "#main-table .name a",
    "manage_students/{student}/{name}": "#main-table .name a",
    "submissions/{submission}/": "textarea.comment",
}


@pytest.mark.parametrize("path", sorted(PAGES))
def test_no_script_of_a_gradebook_runs_on_a_page_of_formgrader(
    path: str, page: Page, lab: Lab, course: Course
) -> None:
    known = {"name": NAME, "student": course.student, "submission": course.submission}
    opened(page, lab, path.format(**known), PAGES[path])
    assert page.evaluate("window.ran") is None
    assert page.locator("img[src=x]").count() == 0 or path.startswith("submissions/")


def test_the_name_of_a_student_is_shown_as_text_and_can_be_hidden(
    page: Page, lab: Lab, course: Course
) -> None:
    from playwright.sync_api import expect

    opened(page, lab, f"submissions/{course.submission}/", "textarea.comment")
    page.locator("span.glyphicon.name-hidden").first.click()
    name = page.locator("a.name-shown")
    expect(name).to_be_visible()
    expect(name).to_contain_text("O'Brien")
    page.locator("span.glyphicon.name-shown").first.click()
    expect(name).to_be_hidden()


def test_names_of_a_list_of_submissions_can_be_shown_and_hidden(
    page: Page, lab: Lab, course: Course
) -> None:
    from playwright.sync_api import expect

    opened(page, lab, f"gradebook/{NAME}/{NAME}", "#main-table .name a")
    expect(page.get_by_text("O'Brien").first).to_be_hidden()
    page.locator("#toggle_names").click()
    expect(page.locator("#toggle_names")).to_have_text("Hide All Names")
    expect(page.get_by_text("O'Brien").first).to_be_visible()


def test_a_comment_keeps_its_brackets(page: Page, lab: Lab, course: Course) -> None:
    opened(page, lab, f"submissions/{course.submission}/", "textarea.comment")
    assert page.locator("textarea.comment").first.input_value() == f"by hand {IMAGE}"
