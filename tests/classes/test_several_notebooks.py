"""All notebooks of an nbgrader assignment are graded, each by its own tests."""

from __future__ import annotations

import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from nbgrader.coursedir import CourseDirectory

from grader.exercises import assignment as assignments
from grader.exercises.assignment import Assignment
from grader.recording.grading import recorded_grading
from grader.recording.reader import read_grades
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.submission_folder import digest_of_folder, given_part, read_submission
from tests.helpers.existing_course import SEVERAL, ExistingCourse, problem, write_problem_set
from tests.helpers.small_class import isolation

STUDENTS = ("ann", "bob", "cid")


class Course(ExistingCourse):
    """A class that is graded by the first command that is run."""

    def __init__(self, root: Path) -> None:
        super().__init__(root)
        one, two, wrong = problem(1, "1"), problem(2, "2"), problem(2, "3")
        write_problem_set(
            root,
            {
                "ann": {"problem1.ipynb": one, "problem2.ipynb": wrong},
                "bob": {"problem1.ipynb": one},
                "cid": {"Problem 1 (1).ipynb": one, "my answers.ipynb": two},
                "dan": {"problem1.ipynb": one},
                "eve": {"problem1.ipynb": one, "problem2.ipynb": two},
            },
        )
        broken = root / "submitted" / "dan" / SEVERAL / "problem2.ipynb"
        broken.write_text("an exported page")
        self.said = self.run("grader", "autograde", SEVERAL, *isolation())

    def score(self, student: str, notebook: str, cell: str) -> float | None:
        return self.marks(student, notebook)[cell][0]

    def recorded(self, student: str) -> list[str]:
        folder = self.root / "autograded" / student / SEVERAL
        return sorted(path.name for path in folder.glob("*.ipynb"))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return Course(tmp_path_factory.mktemp("several"))


def test_each_notebook_is_judged_by_its_own_tests(course: Course) -> None:
    scores = course.score("ann", "problem1", "test_1"), course.score("ann", "problem2", "test_2")
    assert scores == (1.0, 0.0), course.said


def test_each_notebook_is_recorded_under_its_name(course: Course) -> None:
    assert course.recorded("ann") == ["problem1.ipynb", "problem2.ipynb"]


def test_of_a_notebook_that_is_missing_all_cells_have_no_points_and_nobody_has_to_look(
    course: Course,
) -> None:
    assert course.marks("bob", "problem2") == {"test_2": (0.0, False), "why": (0.0, False)}
    assert course.score("bob", "problem1", "test_1") == 1.0
    assert course.recorded("bob") == ["problem1.ipynb"]


def test_a_person_looks_at_a_notebook_that_cannot_be_read_and_the_others_keep_their_marks(
    course: Course,
) -> None:
    assert course.marks("dan", "problem2")["test_2"] == (0.0, True)
    assert course.score("dan", "problem1", "test_1") == 1.0


def test_a_renamed_notebook_is_told_by_its_name_or_its_cells(course: Course) -> None:
    assert course.score("cid", "problem1", "test_1") == 1.0
    assert course.score("cid", "problem2", "test_2") == 2.0
    assert course.recorded("cid") == ["problem1.ipynb", "problem2.ipynb"]


def test_nbgraders_own_command_gives_the_same_marks_and_keeps_a_persons(course: Course) -> None:
    before = [course.marks(who, f"problem{n}") for who in STUDENTS for n in (1, 2)]
    with sqlite3.connect(course.root / "gradebook.db") as book:
        book.execute("UPDATE grade SET manual_score = 3 WHERE auto_score IS NULL")
    said = course.run("nbgrader", "autograde", SEVERAL, "--force", *isolation())
    assert [course.marks(who, f"problem{n}") for who in STUDENTS for n in (1, 2)] == before, said
    with sqlite3.connect(course.root / "gradebook.db") as book:
        given = book.execute("SELECT manual_score FROM grade WHERE auto_score IS NULL").fetchall()
    assert set(given) == {(3.0,)}


def test_only_the_notebook_that_is_named_is_graded_again(course: Course) -> None:
    folder, graded = (course.root / step / "eve" / SEVERAL for step in ("submitted", "autograded"))
    before, marks = (graded / "problem1.ipynb").read_bytes(), course.marks("eve", "problem1")
    for number in (1, 2):
        wrong = problem(number, "0")
        nbformat.write(
            wrong, course.root / "submitted" / "eve" / SEVERAL / f"problem{number}.ipynb"
        )
    one = ("--student", "eve", "--notebook", "problem2", *isolation())
    said = course.run("grader", "autograde", SEVERAL, *one)
    assert course.score("eve", "problem2", "test_2") == 0.0, said
    assert course.marks("eve", "problem1") == marks
    assert (graded / "problem1.ipynb").read_bytes() == before


def test_what_was_not_named_is_graded_by_the_next_run(course: Course) -> None:
    folder = course.root / "submitted" / "fay" / SEVERAL
    folder.mkdir(parents=True)
    for number in (1, 2):
        nbformat.write(problem(number, f"{number}"), folder / f"problem{number}.ipynb")
    one = ("--student=fay", "--notebook=problem1", *isolation())
    said = course.run("nbgrader", "autograde", SEVERAL, *one)
    assert course.score("fay", "problem1", "test_1") == 1.0, said
    assert course.marks("fay", "problem2") == {"test_2": (None, False), "why": (None, False)}
    said = course.run("grader", "autograde", SEVERAL, *isolation())
    assert course.score("fay", "problem2", "test_2") == 2.0, said


def test_a_notebook_whose_name_would_be_a_pattern_is_asked_for_by_its_name() -> None:
    one = assignments.load("a1_numpy_basics")
    parts = [replace(one, name=name) for name in ("part [1]", "part 1", "part 2")]
    both = replace(one, several=tuple(parts))
    assert both.notebooks_like("part [1]") == {"part [1]"}
    assert both.notebooks_like("part [12]") == {"part 1", "part 2"}


def test_a_feedback_page_is_made_for_each_notebook_without_hidden_tests(course: Course) -> None:
    said = course.run("nbgrader", "generate_feedback", SEVERAL)
    folder = course.root / "feedback" / "ann" / SEVERAL
    pages = {path.name: path.read_text("utf-8") for path in folder.glob("*.html")}
    assert sorted(pages) == ["problem1.html", "problem2.html"], said
    assert "test_2" in pages["problem2.html"] and "test_2" not in pages["problem1.html"]
    assert not any("HIDDEN" in page for page in pages.values())
    course.run("grader", "export", SEVERAL, "--to", "nbgrader", "--feedback")
    with zipfile.ZipFile(course.root / "exports" / SEVERAL / "nbgrader_feedback.zip") as archive:
        packed = {name for name in archive.namelist() if name.startswith(("ann/", "bob/"))}
    assert packed == {"ann/problem1.html", "ann/problem2.html", "bob/problem1.html"}


@pytest.fixture
def assignment(course: Course, monkeypatch: pytest.MonkeyPatch) -> Assignment:
    monkeypatch.setenv("COURSE_ROOT", str(course.root))
    return assignments.load(SEVERAL)


def test_a_class_of_which_nothing_has_changed_has_the_fingerprints_that_are_recorded(
    course: Course, assignment: Assignment
) -> None:
    for student in STUDENTS:
        recorded = recorded_grading(course.root / "autograded" / student / SEVERAL)
        handed_in = course.root / "submitted" / student / SEVERAL
        assert recorded is not None
        assert recorded.submission == digest_of_folder(handed_in, assignment)


def test_cells_of_the_same_name_count_once_for_each_notebook(course: Course) -> None:
    book = read_grades(CourseDirectory(root=str(course.root)), SEVERAL)
    assert book.max_score == 1 + 2 + 4 + 4
    assert {"problem1/why", "problem2/why"} <= book.submissions["ann"].grades.keys()


def test_one_file_is_graded_as_the_notebook_that_it_is(
    course: Course, assignment: Assignment
) -> None:
    path = course.root / "submitted" / "cid" / SEVERAL / "my answers.ipynb"
    assert given_part(path, assignment).notebook_name == "problem2"


def test_a_notebook_that_may_be_any_of_them_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    nameless = problem(1, "1")
    for cell in nameless.cells:
        del cell.metadata["nbgrader"]
    write_problem_set(tmp_path, {"dan": {"homework.ipynb": nameless}})
    for part in assignments.load(SEVERAL).parts:
        with pytest.raises(UnreadableNotebook, match="cannot be told"):
            read_submission(tmp_path / "submitted" / "dan" / SEVERAL, part)


def test_an_archive_holds_all_notebooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path))
    write_problem_set(tmp_path, {"eve": {}})
    with zipfile.ZipFile(tmp_path / "submitted" / "eve" / SEVERAL / "all.zip", "w") as archive:
        for number in (1, 2):
            text = nbformat.writes(problem(number, f"{number} + 0"))
            archive.writestr(f"work/Problem{number}-Copy1.ipynb", text)
    for number, part in enumerate(assignments.load(SEVERAL).parts, start=1):
        read = read_submission(tmp_path / "submitted" / "eve" / SEVERAL, part)
        assert f"{number} + 0" in read.raw.decode()
