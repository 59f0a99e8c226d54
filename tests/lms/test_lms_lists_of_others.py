"""Lists of the class as other programs write them: what a column holds is never guessed."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from grader.lms.reading.identity import Space, folded
from grader.lms.reading.roster import read_roster
from tests.helpers.class_lists import listed


def numbers(tmp_path: Path, text: str) -> dict[Space, str]:
    (row,) = listed(tmp_path / "list.csv", text).students
    return dict(row.numbers)


@pytest.mark.parametrize(("cell", "number"), [("1.000", "1.000"), ("1,000", "1,000"), ("7.0", "7")])
def test_a_thousand_with_its_separator_is_not_one(cell: str, number: str, tmp_path: Path) -> None:
    found = numbers(tmp_path, f'ID number;Full name\n"{cell}";Ada L\n')
    assert found == {Space.ID_NUMBER: number}


def test_an_id_without_a_name_beside_it_is_no_number_of_the_system(tmp_path: Path) -> None:
    assert numbers(tmp_path, "ID,Email\n1234,bob@x.org\n") == {Space.EMAIL: "bob@x.org"}


@pytest.mark.parametrize("heading", ["ID", "Identifier"])
@pytest.mark.parametrize("cell", ["s57", "u-57", "2026-57"])
def test_a_number_of_the_school_is_no_participants(heading: str, cell: str, tmp_path: Path) -> None:
    assert Space.PARTICIPANT not in numbers(tmp_path, f"{heading},Email\n{cell},bob@x.org\n")


def test_nbgraders_own_list_tells_the_name_in_nbgrader_and_the_systems_number(
    tmp_path: Path,
) -> None:
    text = "id,first_name,last_name,email,lms_user_id\nada,Ada,L,a@x.org,12\n"
    told = {Space.LOGIN: "ada", Space.LMS_USER: "12", Space.EMAIL: "a@x.org"}
    assert numbers(tmp_path, text) == told


def test_canvass_report_of_users_tells_two_numbers(tmp_path: Path) -> None:
    text = "canvas_user_id,user_id,login_id,full_name\n12,S1,ada,Ada L\n"
    told = {Space.LMS_USER: "12", Space.SIS: "S1", Space.LOGIN: "ada"}
    assert numbers(tmp_path, text) == told


def test_brightspaces_sign_before_numbers_is_none_of_theirs(tmp_path: Path) -> None:
    text = "OrgDefinedId,Username,Last Name,First Name\n#0071,#ada,L,Ada\n"
    assert numbers(tmp_path, text) == {Space.ORG_ID: "0071", Space.LOGIN: "ada"}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Name;Vorname;Login\nLovelace;Ada;al\n", "Ada Lovelace"),
        ("Name;Vorname;Login\nAda Lovelace;Ada;al\n", "Ada Lovelace"),
        ("Name;Login\nAda Lovelace;al\n", "Ada Lovelace"),
    ],
)
def test_a_name_beside_a_first_name_is_the_surname(text: str, name: str, tmp_path: Path) -> None:
    assert listed(tmp_path / "list.csv", text).students[0].full_name == name


def test_headings_that_come_again_are_no_student(tmp_path: Path) -> None:
    heading = "Full name,Email\n"
    roster = listed(tmp_path / "list.csv", f"{heading}Ada L,a@x.org\n{heading}Bob B,b@x.org\n")
    assert [row.name for row in roster.students] == ["Ada L", "Bob B"]


@pytest.mark.parametrize("line_end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("inside", ["\n", "\r"])
def test_a_line_break_in_a_cell_ends_no_row_of_the_list(
    line_end: str, inside: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(f"Email,Note{line_end}a@x.org,b{line_end}".encode())
    written = read_roster(path).dialect.text([["a@x.org", f"x{inside}y"]])
    text = io.StringIO(written.replace("\r\n", "\n").replace("\r", "\n"))
    assert list(csv.reader(text)) == [["a@x.org", "x\ny"]]


def test_numbers_that_a_spreadsheet_has_shortened_are_said_with_what_to_do(tmp_path: Path) -> None:
    roster = listed(tmp_path / "list.csv", "SIS User ID,Full name\n1.23E+10,Ada L\n7,Bob B\n")
    assert "shortened, such as 1.23E+10, which tell nobody: export the list" in roster.damage
    assert listed(tmp_path / "list.csv", "Note,Full name,Email\n1E+5,Ada L,a@x.org\n").damage == ""


def test_a_formula_above_the_headings_goes_back_harmless(tmp_path: Path) -> None:
    text = '"=1+1, a title",\nFull name,Email\nAda L,a@x.org\n'
    assert listed(tmp_path / "list.csv", text).dialect.before == ('"\'=1+1, a title",',)


@pytest.mark.parametrize("cell", ['="007"', "'007", '=" 007 "'])
def test_what_keeps_a_spreadsheet_from_a_number_is_no_part_of_it(cell: str, tmp_path: Path) -> None:
    quoted = cell.replace('"', '""')
    assert (
        numbers(tmp_path, f'Student ID,Email\n"{quoted}",a@x.org\n')[Space.STUDENT_NUMBER] == "007"
    )


@pytest.mark.parametrize("text", ["\uff10\uff10\uff17", "\u0660\u0660\u0667", "\u06f0\u06f0\u06f7"])
def test_digits_of_other_scripts_and_widths_are_the_same_number(text: str) -> None:
    assert folded(text) == "007"


def test_a_letter_of_full_width_is_the_same_and_another_power_is_not() -> None:
    assert folded("\uff21da\u3000L") == "ada l" and folded("m\u00b2") != "m2"


@pytest.mark.parametrize("unit", ["-;", "\n"])
def test_a_text_of_any_length_that_a_student_wrote_stops_no_list(unit: str, tmp_path: Path) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(
        [["Email", "Online text"], ["a@x.org", unit * (140_000 // len(unit))]]
    )
    roster = listed(tmp_path / "list.csv", out.getvalue())
    assert len(roster.table[0][1]) == 140_000
    assert roster.dialect.text(roster.table).startswith("a@x.org,")
