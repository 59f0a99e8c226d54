"""Which row of a class list gets whose mark: never that of somebody who is not meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import pytest

from grader.lms.incoming.import_record import ImportRecord, KnownStudents, RecordedStudent
from grader.lms.outgoing.marks import ClassMarks, StudentMark
from grader.lms.outgoing.roster_marks import marks_of_rows
from grader.lms.outgoing.tables import canvas_table, filled_worksheet
from grader.lms.reading.roster import Roster
from tests.helpers.class_lists import (
    GRADEBOOK,
    NAME,
    NOW,
    WORKSHEET,
    canvas,
    canvas_rows,
    listed,
    mark,
    moodle,
)

ROW_OF_ADA = "Participant 9,Ada L,ada_l,,,-,\n"


def worksheet_rows(
    roster: Roster, graded: Sequence[StudentMark], record: ImportRecord
) -> list[str]:
    text = filled_worksheet(roster, graded, record, NOW)
    return [row["Identifier"] for row in csv.DictReader(io.StringIO(text))]


def test_of_two_students_of_one_name_only_the_one_who_handed_in_gets_the_mark(
    tmp_path: Path,
) -> None:
    rows = "Participant 111,Wei Wang,,,-,\nParticipant 222,Wei Wang,,,-,\n"
    roster = listed(tmp_path / "w.csv", WORKSHEET + rows)
    record = ImportRecord(NAME, students={"w": moodle(111, "Wei Wang")})
    assert worksheet_rows(roster, [mark("w")], record) == ["Participant 111"]


def test_without_a_number_a_name_that_two_rows_have_gets_no_mark(tmp_path: Path) -> None:
    rows = "Participant 1,Wei Wang,,,-,\nParticipant 2,Wei Wang,,,-,\n"
    roster = listed(tmp_path / "w.csv", WORKSHEET + rows)
    graded = [mark("w", first_name="Wei", last_name="Wang")]
    matched = marks_of_rows(roster, graded, ImportRecord(NAME), "moodle")
    assert matched.marks == [None, None]
    assert matched.without_row == ["w"]
    assert "no number tells which of them is meant" in matched.problems[0]


def test_a_sis_id_is_no_canvas_id(tmp_path: Path) -> None:
    rows = '"Lovelace, Ada",7,8,ada,M,\n"Braun, Bob",8,9,bob,M,\n'
    roster = listed(tmp_path / "g.csv", GRADEBOOK + rows)
    record = ImportRecord(NAME, students={"b": canvas(8, "braunbob")})
    assert canvas_rows(roster, [mark("b")], record) == ["8"]


def test_a_gradescope_sid_is_no_canvas_id(tmp_path: Path) -> None:
    roster = listed(tmp_path / "g.csv", GRADEBOOK + '"Lovelace, Ada",7,8,ada,M,\n')
    entry = RecordedStudent("gradescope", "gradescope:7", lms_user_id="7")
    graded = [mark("7", lms_user_id="7")]
    assert canvas_rows(roster, graded, ImportRecord(NAME, students={"7": entry})) == []


def test_a_number_of_another_system_is_no_canvas_id_without_a_list_either() -> None:
    graded = [mark("ada", lms_user_id="17"), mark("bob", lms_user_id="18"), mark("cy")]
    entry = RecordedStudent("gradescope", "gradescope:sid:17", lms_user_id="17")
    known = KnownStudents({"ada": [("a1", entry)], "cy": [("a1", canvas(19))]})
    marks = ClassMarks(NAME, 100.0, None, graded)
    text = canvas_table(marks, graded, ImportRecord(NAME), Roster(), "A4", known=known)
    assert [row["ID"] for row in csv.DictReader(io.StringIO(text))] == ["", "", "18", "19"]


def test_a_mark_of_a_team_does_not_go_to_the_participant_of_that_number(tmp_path: Path) -> None:
    roster = listed(tmp_path / "w.csv", WORKSHEET + "Participant 57,Bob Braun,,,-,\n")
    record = ImportRecord(NAME, students={"t": moodle(57, "Team Alpha")})
    matched = marks_of_rows(roster, [mark("t")], record, "moodle")
    assert matched.marks == [None]
    assert "but another name" in matched.problems[0]


def test_equal_rows_are_one_student_and_both_get_the_mark(tmp_path: Path) -> None:
    rows = '"Lovelace, Ada",7,S7,ada,Monday,\n"Lovelace, Ada",7,S7,ada,Tuesday,\n'
    roster = listed(tmp_path / "g.csv", GRADEBOOK + rows)
    record = ImportRecord(NAME, students={"a": canvas(7)})
    assert canvas_rows(roster, [mark("a")], record) == ["7", "7"]


def test_two_accounts_with_one_email_address_get_no_mark_by_it(tmp_path: Path) -> None:
    roster = listed(tmp_path / "w.csv", WORKSHEET + "Participant 1,Ada L,x@example.org,,-,\n")
    graded = [mark("a", email="x@example.org"), mark("b", email="x@example.org")]
    matched = marks_of_rows(roster, graded, ImportRecord(NAME), "moodle")
    assert matched.marks == [None]
    assert "so that it tells nobody" in matched.problems[0]


def test_equal_rows_without_a_number_may_be_two_students(tmp_path: Path) -> None:
    roster = listed(tmp_path / "g.csv", 'Student,Section,A4\n"Wang, Wei",M,\n"Wang, Wei",T,\n')
    graded = [mark("w", first_name="Wei", last_name="Wang")]
    assert marks_of_rows(roster, graded, ImportRecord(NAME), "canvas").marks == [None, None]


def test_a_name_that_the_list_of_the_import_gave_to_two_tells_nobody_later(tmp_path: Path) -> None:
    roster = listed(tmp_path / "g.csv", GRADEBOOK + '"Wang, Wei",8,S8,ww,M,\n')
    record = ImportRecord(NAME, students={"w": moodle(111, "Wei Wang")})
    known = KnownStudents({}, frozenset({"wang wei"}))
    matched = marks_of_rows(roster, [mark("w")], record, "canvas", known=known)
    assert matched.marks == [None, None]
    assert matched.without_row == ["w"]


@pytest.mark.parametrize("system", ["blackboard", "folder"])
def test_a_name_that_an_import_has_made_up_is_no_user_name(tmp_path: Path, system: str) -> None:
    roster = listed(tmp_path / "w.csv", WORKSHEET.replace("Email", "Username,Email") + ROW_OF_ADA)
    entry = RecordedStudent(system, f"{system}:ada!l")
    record = ImportRecord(NAME, students={"ada_l": entry})
    assert worksheet_rows(roster, [mark("ada_l")], record) == []


def test_a_row_without_any_number_is_named_and_what_stands_above_all_is_not(
    tmp_path: Path,
) -> None:
    rows = '"Lovelace, Ada",7,S7,ada,M,\n"Braun, Bob",,,,M,\n"Zu viel",8,S8,zv,M,1,2\n'
    roster = listed(tmp_path / "g.csv", GRADEBOOK + rows)
    record = ImportRecord(NAME, students={"a": canvas(7), "z": canvas(8)})
    matched = marks_of_rows(roster, [mark("a"), mark("z")], record, "canvas")
    assert matched.without_row == ["z"]
    first, second = matched.without_mark
    assert first == "Braun, Bob" and "more cells than the list has columns" in second


def test_the_others_go_on_where_one_row_is_stopped(tmp_path: Path) -> None:
    rows = "Participant 57,Bob Braun,,,-,\nParticipant 58,Ada L,,,-,\n"
    roster = listed(tmp_path / "w.csv", WORKSHEET + rows)
    record = ImportRecord(NAME, students={"t": moodle(57, "Team 1"), "a": moodle(58, "Ada L")})
    assert worksheet_rows(roster, [mark("t"), mark("a")], record) == ["Participant 58"]
