"""A student's name is a name in every command, whatever characters it has: never a pattern."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest
from nbgrader.coursedir import CourseDirectory

from grader.exercises import assignment as assignments
from grader.settings.class_folders import chosen_students, step_folders, step_pattern
from grader.submission.submission_folder import check_student_id
from tests.helpers.small_class import NAME, Class, solved

# Each would be a pattern for glob, for regular expressions, for str.format or for a shell; "a*" and
# "x[yz]" match other students of the class.
ODD = [
    "a",
    "a*",
    "ab",
    "ab ",
    "x[yz]",
    "xy",
    "[",
    "b]r[a",
    "who?",
    "(Eve) + Mal",
    "(?i)a|b.",
    "{student_id}",
    "^start$ | .*",
    "100% #1",
    "O'Brien & Söhne; $HOME ~",
]
MATCHING = ["a*", "x[yz]", "who?"]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Class, str]:
    """A class of odd names, graded by the project's own command, with feedback pages."""
    made = Class(tmp_path_factory.mktemp("odd (C++)"))
    for student in ODD:
        check_student_id(student)
        made.hand_in(student, solved())
    said = made.autograde("grader")
    return made, said + made.run("-m", "nbgrader", "generate_feedback", NAME)


def test_everybody_gets_marks_and_a_page(graded: tuple[Class, str]) -> None:
    made, said = graded
    with made.gradebook() as gradebook:
        scores = {s.student_id: s.score for s in gradebook.assignment_submissions(NAME)}
    assert scores == dict.fromkeys(ODD, FULL), said
    pages = {path.parent.parent.name for path in made.root.glob(f"feedback/*/{NAME}/{NAME}.html")}
    assert pages == set(ODD), said
    assert "No notebooks were matched" not in said and "Traceback" not in said


@pytest.mark.parametrize(
    ("entry", "students"),
    [
        *(("grader", [one]) for one in MATCHING),
        *(("nbgrader", [one]) for one in MATCHING),
        ("button", MATCHING),
    ],
    ids=str,
)
def test_a_name_that_matches_others_means_that_student_alone(
    graded: tuple[Class, str], tmp_path: Path, entry: str, students: list[str]
) -> None:
    made = graded[0].copy(tmp_path / "class")
    before = {path: path.stat().st_ino for path in made.root.glob("autograded/*/*")}
    if entry == "button":
        said = made.press(*students)
    else:
        said = made.autograde(entry, f"--student={students[0]}", "--force")
    after = {path: path.stat().st_ino for path in made.root.glob("autograded/*/*")}
    assert {p.parent.name for p in after if before.get(p) != after[p]} == set(students), said


def test_one_page_is_made_again_and_no_other(graded: tuple[Class, str], tmp_path: Path) -> None:
    made = graded[0].copy(tmp_path / "class")
    before = {path: path.stat().st_mtime_ns for path in made.root.glob("feedback/*/*/*.html")}
    said = made.run("-m", "nbgrader", "generate_feedback", NAME, "--student=x[yz]", "--force")
    after = {path: path.stat().st_mtime_ns for path in made.root.glob("feedback/*/*/*.html")}
    assert {p.parts[-3] for p in after if before.get(p) != after[p]} == {"x[yz]"}, said


def test_formgrader_lists_everybody_as_graded(graded: tuple[Class, str]) -> None:
    said = graded[0].run("-c", LISTED)
    assert said.splitlines()[-1] == repr((sorted(ODD), sorted(ODD))), said


FULL = assignments.load(NAME).max_score
LISTED = f"""
from nbgrader.apps import NbGraderAPI
from grader.settings.course import course_application

application = course_application()
api = NbGraderAPI(application.coursedir, parent=application)
found = api.get_submissions("{NAME}")
graded = [one["student"] for one in found if one["autograded"] and one["score"] == {FULL}]
print((sorted(api.get_submitted_students("{NAME}")), sorted(graded)))
"""


def test_tables_pages_and_the_report_have_everybody(
    graded: tuple[Class, str], tmp_path: Path
) -> None:
    made, _said = graded
    said = made.run(
        *("-m", "grader", "export", NAME, "--to", "nbgrader", "--feedback"),
        *("--output", str(tmp_path)),
    )
    with zipfile.ZipFile(tmp_path / "nbgrader_feedback.zip") as archive:
        assert {name.partition("/")[0] for name in archive.namelist()} == set(ODD), said
    assert (tmp_path / "grades.csv").read_text(encoding="utf-8").count("110") >= len(ODD)
    said = made.run("-m", "grader", "report", NAME, "--output", str(tmp_path / "report"))
    assert f"{len(ODD)} students" in said


def test_nobody_is_forgotten_when_marks_are_given_again(graded: tuple[Class, str]) -> None:
    said = graded[0].run("-m", "grader", "regrade", NAME)
    assert f"{len(ODD)} submissions have marks of this edition" in said


def test_a_page_that_was_not_finished_is_made_by_the_next_run(
    graded: tuple[Class, str], tmp_path: Path
) -> None:
    made = graded[0].copy(tmp_path / "class")
    page = made.root / "feedback" / "xy" / NAME / f"{NAME}.html"
    page.unlink()
    said = made.run("-m", "nbgrader", "generate_feedback", NAME)
    assert page.exists(), said


@pytest.mark.parametrize(
    "structure",
    [
        "{nbgrader_step}/{student_id}/{assignment_id}",
        "{student_id}/{nbgrader_step} [{assignment_id}]",
    ],
)
def test_folders_are_found_in_any_structure_below_any_folder(
    tmp_path: Path, structure: str
) -> None:
    root = tmp_path / "course [1] {C++} (é)*"
    course = CourseDirectory(root=str(root), directory_structure=structure)
    for student in ODD:
        Path(course.format_path("submitted", student, NAME)).mkdir(parents=True)
    folders = step_folders(course, "submitted", NAME)
    assert list(folders) == sorted(ODD)
    for student, folder in folders.items():
        assert folder == Path(course.format_path("submitted", student, NAME))
        pattern = step_pattern(course, "submitted", "(?P<student>.*)", "(?P<assignment>.*)")
        found = re.fullmatch(pattern, str(folder))
        assert found is not None and found.groupdict() == {"student": student, "assignment": NAME}


def test_a_pattern_means_all_that_match_it_but_those_left_out(tmp_path: Path) -> None:
    course = CourseDirectory(root=str(tmp_path), student_id="x*", student_id_exclude="xyz,who?")
    assert chosen_students(course, ["ada", "xy", "xyz", "who?"]) == ["xy"]
    course.student_id = "who?"
    assert chosen_students(course, ["who?", "whom"]) == []
