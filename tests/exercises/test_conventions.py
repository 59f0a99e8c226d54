"""What the class has configured for solutions, hidden tests and time counts as with nbgrader."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment, AssignmentError
from grader.exercises.own_tests import OwnTests, name_of
from grader.sandbox.limits import Limits
from tests.helpers.existing_course import NAME, NOTEBOOK, make_course

CONFIGURED = """
c = get_config()
c.ClearSolutions.begin_solution_delimeter = "--- FROM HERE"
c.ClearSolutions.end_solution_delimeter = "--- TO HERE"
c.ClearSolutions.code_stub = {"python": "..."}
c.ClearHiddenTests.begin_test_delimeter = "<hidden>"
c.ClearHiddenTests.end_test_delimeter = "</hidden>"
"""


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    make_course(tmp_path, {})
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    return tmp_path


def loaded_with(course: Path, **sources: str) -> Assignment:
    """The assignment with other texts in its cells."""
    path = course / "source" / NAME / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = sources.get(name, cell.source)
    nbformat.write(notebook, path)
    return assignments.load(NAME)


def own_of(course: Path, **sources: str) -> OwnTests:
    """What is read of the assignment."""
    own = loaded_with(course, **sources).own
    assert own is not None
    return own


def test_the_delimiters_of_the_class_say_what_students_do_not_see(course: Path) -> None:
    (course / "nbgrader_config.py").write_text(CONFIGURED)
    solved = "def mean(x):\n    # --- FROM HERE\n    return 5\n    # --- TO HERE"
    test = "assert mean([1]) == 1\n# <hidden>\nassert mean([2]) == 2\n# </hidden>"
    own = own_of(course, mean=solved, test_mean=test)
    cells = {name_of(cell): cell.source for cell in own.cells}
    assert cells["mean"] == "def mean(x):\n    ..."
    assert cells["test_mean"] == "assert mean([1]) == 1"
    assert own.tests["test_mean"].hidden == {2, 3, 4}


@pytest.mark.parametrize("mark", ["###BEGIN", "### BEGIN", "#  BEGIN"])
def test_blanks_before_nbgraders_own_words_do_not_matter(course: Path, mark: str) -> None:
    end = mark.replace("BEGIN", "END")
    test = f"assert mean([1]) == 1\n{mark} HIDDEN TESTS\nassert 1\n{end} HIDDEN TESTS"
    assert own_of(course, test_mean=test).tests["test_mean"].hidden == {2, 3, 4}


def test_a_configuration_that_cannot_be_read_is_named(course: Path) -> None:
    (course / "nbgrader_config.py").write_text("c = get_config(\n")
    with pytest.raises(AssignmentError, match=r"nbgrader_config\.py"):
        assignments.load(NAME)


def test_notebooks_are_found_in_the_folders_that_the_class_names(course: Path) -> None:
    (course / "nbgrader_config.py").write_text(
        "c = get_config()\nc.CourseDirectory.source_directory = 'masters'\n"
        "c.CourseDirectory.release_directory = 'given'\n"
    )
    (course / "source").rename(course / "masters")
    given = course / "given" / NAME
    given.mkdir(parents=True)
    notebook = nbformat.read(course / "masters" / NAME / f"{NOTEBOOK}.ipynb", as_version=4)
    notebook.cells[3].source = "assert mean([1]) == 1"
    nbformat.write(notebook, given / f"{NOTEBOOK}.ipynb")
    own = assignments.load(NAME).own
    assert own is not None and own.tests["test_mean"].shown == "assert mean([1]) == 1"


@pytest.mark.parametrize("name", ["Execute", "ExecutePreprocessor"])
def test_nbgraders_time_for_a_cell_counts(course: Path, name: str) -> None:
    (course / "nbgrader_config.py").write_text(f"c = get_config()\nc.{name}.timeout = 300")
    assert assignments.load(NAME).limits(Limits()).cell_seconds == 300


def test_a_time_that_is_set_for_fair_grading_counts_more(course: Path) -> None:
    (course / "nbgrader_config.py").write_text("c = get_config()\nc.Execute.timeout = 300")
    assert assignments.load(NAME).limits(Limits(cell_seconds=7.0)).cell_seconds == 7
