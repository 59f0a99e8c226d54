"""The folder of another nbgrader course is graded as it stands, by each way that there is."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import nbformat
import pytest

from grader.exercises.conventions import Conventions
from tests.helpers.existing_course import (
    NAME,
    NOTEBOOK,
    ExistingCourse,
    make_course,
    submitted_notebook,
)
from tests.helpers.small_class import isolation

RIGHT = {"test_mean": 2.0, "test_total": 1.5, "test_parts": 3.0}
EVIL = "document.title = 'mine'"


class Course(ExistingCourse):
    """A course of two students, graded by the first command that is run."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        written = {"drawing": "x = 1", "mean": "def mean(x):\n    return 2"}
        notebooks = {"ann": submitted_notebook({}), "bob": submitted_notebook(written)}
        page = {"text/html": f"<b>shown</b><script>{EVIL}</script>"}
        shown = nbformat.v4.new_output("display_data", data=page)
        notebooks["bob"].cells[2].outputs = [shown]
        make_course(root, notebooks)
        self.before = self.files("source")
        self.said = self.run("grader", "autograde", NAME, *isolation())


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return Course(tmp_path_factory.mktemp("another"))


def test_the_marks_of_its_tests_are_in_nbgraders_gradebook(course: Course) -> None:
    marks = {name: score for name, (score, _waits) in course.marks("ann", NOTEBOOK).items()}
    assert {name: marks[name] for name in RIGHT} == RIGHT, course.said


def test_a_cell_that_a_person_marks_waits_where_something_is_written(course: Course) -> None:
    assert course.marks("bob", NOTEBOOK)["drawing"] == (None, True)


def test_a_cell_in_which_nothing_is_written_has_no_points(course: Course) -> None:
    assert course.marks("ann", NOTEBOOK)["drawing"] == (0.0, False)


def test_the_recorded_notebook_has_the_name_that_the_course_gave_it(course: Course) -> None:
    assert (course.root / "autograded" / "ann" / NAME / f"{NOTEBOOK}.ipynb").is_file()


def test_the_source_is_left_as_it_was(course: Course) -> None:
    assert course.files("source") == course.before


def test_the_gradebook_has_the_cells_as_students_get_them(course: Course) -> None:
    cells = "SELECT source FROM source_cell WHERE name = 'mean'"
    with sqlite3.connect(course.root / "gradebook.db") as book:
        assert book.execute(cells).fetchall() == [(Conventions().code_stub,)]


def test_nbgraders_own_command_gives_the_same_marks(course: Course) -> None:
    before = course.marks("bob", NOTEBOOK)
    said = course.run("nbgrader", "autograde", NAME, "--force", *isolation())
    assert course.marks("bob", NOTEBOOK) == before, said


def test_a_feedback_page_shows_no_hidden_test_and_runs_nothing_of_a_students(
    course: Course,
) -> None:
    said = course.run("nbgrader", "generate_feedback", NAME)
    page = (course.root / "feedback" / "bob" / NAME / f"{NOTEBOOK}.html").read_text("utf-8")
    assert "test_mean" in page, said
    assert "HIDDEN" not in page and "2, 4, 9" not in page
    assert "shown" in page and f"<script>{EVIL}" not in page


def test_what_is_graded_is_not_graded_again(course: Course) -> None:
    assert "graded already" in course.run("grader", "autograde", NAME, *isolation())


def test_the_class_report_tells_the_teacher_which_line_of_which_test_failed(course: Course) -> None:
    said = course.run("grader", "report", NAME)
    page = (course.root / "exports" / NAME / "report" / "index.html").read_text("utf-8")
    assert "1 × test_mean: assert abs(np.linalg.norm([mean([2, 4, 9]) - 5])) < 1e-9" in said
    assert "mean([2, 4, 9]) - 5])) &lt; 1e-9</code> (hidden)" in page
