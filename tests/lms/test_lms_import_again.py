"""Archives that come a second time, with what has changed since, and files that hold nothing."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.cli.main import main
from grader.lms.incoming import importing
from grader.lms.incoming.gradebook_students import GradebookStudent, student_ids
from grader.lms.incoming.import_record import ImportRecord, KnownStudents, RecordedStudent
from grader.lms.reading.delivery import Person
from grader.lms.reading.identity import Space
from grader.settings.course import load_course

NAME = "a4_deep_network"


def notebook(text: str) -> str:
    cell = {"cell_type": "markdown", "id": "a", "metadata": {}, "source": [text]}
    return json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5})


class Course:
    def __init__(self, root: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.root, self.capsys, self.err = root, capsys, ""

    def run(self, files: dict[str, str], *options: str) -> int:
        path = self.root.parent / "archive.zip"
        with zipfile.ZipFile(path, "w") as archive:
            for name, text in files.items():
                archive.writestr(name, text)
        status = main(["import", NAME, str(path), *options])
        self.err = self.capsys.readouterr().err
        return status

    def notebook(self, student: str) -> str:
        return (self.root / "submitted" / student / NAME / f"{NAME}.ipynb").read_text("utf-8")

    def students(self) -> list[str]:
        return sorted(path.parent.name for path in self.root.glob(f"submitted/*/{NAME}"))


@pytest.fixture
def course(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Course]:
    """A course folder without a gradebook, which takes seconds to be made."""
    (tmp_path / "course").mkdir()
    monkeypatch.setattr(importing, "enter_students", lambda _course, _people: None)
    monkeypatch.setenv("COURSE_ROOT", str(tmp_path / "course"))
    load_course.cache_clear()
    yield Course(tmp_path / "course", capsys)
    load_course.cache_clear()


@pytest.mark.parametrize("nothing", ["", " \r\n", "\0" * 4096])
def test_an_empty_last_attempt_takes_no_earlier_ones_place(nothing: str, course: Course) -> None:
    files = {
        "lada_12_90_a4.ipynb": notebook("first"),
        "lada_12_91_a4-1.ipynb": nothing,
        "bbob_13_92_a4.ipynb": nothing,
    }
    assert course.run(files) == 1
    assert course.students() == ["lada_12"] and "first" in course.notebook("lada_12")
    assert "lada_12: the last attempt has no notebook. a4-1.ipynb is empty" in course.err
    assert "bbob_13: a4.ipynb is empty: ask the student to hand it in again." in course.err


def test_of_a_folder_of_several_students_it_is_said_that_others_may_be_left(course: Course) -> None:
    files = {f"Section A/{name}.ipynb": notebook(name) for name in ("ada", "bob")}
    files["Section B/cy.ipynb"] = notebook("cy")
    assert course.run(files) == 1
    assert "If these are notebooks of several students, import that folder by itself." in course.err


def test_a_member_of_a_team_is_remembered_under_the_members_own_number(course: Course) -> None:
    listed = course.root.parent / "list.csv"
    listed.write_text("Identifier,Full name,Username,Group\nParticipant 58,Bob B,bob,Rabbits\n")
    files = {"Rabbits_57_assignsubmission_file/a4.ipynb": notebook("rabbits")}
    assert course.run(files, "--roster", str(listed)) == 0, course.err
    record = (course.root / "submitted" / ".lms" / "records" / f"{NAME}.json").read_text("utf-8")
    kept = json.loads(record)["students"]["bob"]["downloaded_as"]
    assert kept == "Bob B_58_assignsubmission_file/a4.ipynb"


@pytest.mark.parametrize(("email", "is_same"), [("b@x.org", True), ("c@x.org", False), ("", False)])
def test_who_has_changed_the_name_is_known_by_an_address_of_the_gradebook(
    email: str, is_same: bool
) -> None:
    before = RecordedStudent("moodle", "moodle:58", "Bob B", downloaded_as="Bob B_58_x")
    numbers = {Space.PARTICIPANT: "58", Space.EMAIL: "b@x.org"}
    person = Person("moodle:58", "Bob Married", "Bob_Married", numbers=numbers)
    done = student_ids(
        [person],
        ImportRecord(NAME, students={"bob": before}),
        KnownStudents(),
        [GradebookStudent("bob", "Bob", "B", email)],
        "moodle",
    )
    assert (done.names == {"moodle:58": "bob"}) == is_same
    assert any("Where the name has changed, give a list" in s for s in done.problems) != is_same


def test_a_name_tells_nobody_of_the_gradebook_whom_the_list_has_under_another_row() -> None:
    numbers = {Space.LMS_USER: "13"}
    person = Person("brightspace:13", "Ann Berg", "Ann_Berg_13", numbers=numbers)
    students = [GradebookStudent("ab", "Ann", "Berg")]

    def decided(of_list: dict[str, str]) -> list[str]:
        record, known = ImportRecord(NAME), KnownStudents()
        done = student_ids([person], record, known, students, "brightspace", of_list=of_list)
        return list(done.names.values())

    assert decided({}) == ["ab"] and decided({"ab": ""}) == ["Ann_Berg_13"]


def test_a_list_in_which_nobody_of_the_archive_is_may_be_anothers(course: Course) -> None:
    listed = course.root.parent / "list.csv"
    listed.write_text("Identifier,Full name\nParticipant 157,Ada L\n")
    files = {"Ada L_57_assignsubmission_file/a4.ipynb": notebook("ada")}
    assert course.run(files, "--roster", str(listed), "--dry-run") == 1
    assert "it may be that of another assignment or course" in course.err
