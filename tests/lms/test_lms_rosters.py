"""Class lists as spreadsheets and systems write them, read and written again in their dialect."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.lms.incoming.import_record import ImportRecord, RecordedStudent
from grader.lms.outgoing.marks import ClassMarks
from grader.lms.outgoing.tables import canvas_table, filled_worksheet
from grader.lms.reading.identity import Space, folded
from grader.lms.reading.legacy_text import decoded, guessed_encoding
from grader.lms.reading.roster import RosterError, read_roster
from grader.lms.reading.times import parse_time
from grader.text.table_cells import text_cell
from tests.helpers.class_lists import listed, mark

NAME = "a4_deep_network"
NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
NAMES = "Full name;Username\r\nJosé Müller;jm\r\nZoë Åström;zs\r\nFrançois Noël;fn\r\n"


@pytest.mark.parametrize(
    "encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_every_name_is_read_in_the_encodings_of_spreadsheets(encoding: str, tmp_path: Path) -> None:
    roster = listed(tmp_path / "list.csv", NAMES, encoding)
    assert [row.name for row in roster.students] == ["José Müller", "Zoë Åström", "François Noël"]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("姓名,学号\r\n王伟,1\r\n李娜,2\r\n", "gb18030"),
        ("Name,Login\r\n王伟—王伟,1\r\n（班长：王伟）,2\r\n", "gb18030"),
        ("姓名,學號\r\n陳小明,1\r\n", "big5"),
        ("氏名,学籍番号\r\n田中 さくら,1\r\n", "cp932"),
        ("Name,Login\r\nИван Петров,ip\r\nАнна Смирнова,as\r\n", "cp1251"),
    ],
)
def test_other_scripts_are_read_in_their_own_encodings(
    text: str, encoding: str, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(text.encode(encoding))
    assert decoded(path.read_bytes())[0] == text
    assert len(read_roster(path).students) >= 1


@pytest.mark.parametrize("mark", ["§ 5", "½", "×", "Nº 3", "±1", "°"])
def test_a_mark_beside_western_names_hides_no_name(mark: str, tmp_path: Path) -> None:
    text = f"Full name;Username\nJosé;j\nZoë {mark};z\n{mark};x\n"
    assert listed(tmp_path / "list.csv", text, "cp1252").rows[0].name == "José"


def test_headings_tell_the_encoding_of_a_short_list(tmp_path: Path) -> None:
    text = "姓名,ID号\r\nAda King-Lovelace,9\r\nNa Li,12345\r\n"
    roster = listed(tmp_path / "list.csv", text, "gb18030")
    assert roster.dialect.encoding == "gb18030"
    assert [row.numbers[Space.ID_NUMBER] for row in roster.students] == ["9", "12345"]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_separator_is_known(separator: str, tmp_path: Path) -> None:
    text = f'Full name{separator}Username\n"Lovelace, A; B"{separator}ada\n'
    (row,) = listed(tmp_path / "list.csv", text).students
    assert (row.name, row.numbers[Space.LOGIN]) == ("Lovelace, A; B", "ada")


def test_the_line_with_which_excel_names_the_separator_is_no_heading(tmp_path: Path) -> None:
    roster = listed(
        tmp_path / "list.csv", "sep=;\r\nVollständiger Name;Anmeldename\r\nAda L;ada\r\n"
    )
    assert [row.numbers[Space.LOGIN] for row in roster.students] == ["ada"]
    assert roster.dialect.before == ("sep=;",)


@pytest.mark.parametrize(
    "heading",
    [
        "Vollständiger Name;E-Mail-Adresse;ID-Nummer",
        "Nom complet;Adresse de courriel;Numéro d'identification",
        "Nombre completo;Dirección de correo;Número de ID",
        "姓名;电子邮件地址;ID号",
        "FULL NAME;E-Mail;Id_Number;;",
    ],
)
def test_headings_are_known_in_other_languages(heading: str, tmp_path: Path) -> None:
    (row,) = listed(tmp_path / "list.csv", f"{heading}\nAda L;a@example.org;17\n").students
    assert (row.name, row.email, row.numbers[Space.ID_NUMBER]) == ("Ada L", "a@example.org", "17")


def test_the_number_of_a_german_worksheet_is_the_participants(tmp_path: Path) -> None:
    roster = listed(tmp_path / "list.csv", "ID;Vollständiger Name\nTeilnehmer/in 57;Ada L\n")
    assert roster.students[0].numbers == {Space.PARTICIPANT: "57"}


def test_cells_may_hold_line_breaks_and_rows_may_end_with_blank_columns(tmp_path: Path) -> None:
    roster = listed(
        tmp_path / "list.csv", 'Full name,Username,,\n"Ada\nLovelace",ada,,\n,,,\nBob B,bob\n'
    )
    assert [row.numbers[Space.LOGIN] for row in roster.students] == ["ada", "bob"]


def test_a_title_above_the_headings_is_passed_over_and_kept(tmp_path: Path) -> None:
    roster = listed(tmp_path / "list.csv", "Course of this year\n\nFull name,Username\nAda L,ada\n")
    assert [row.name for row in roster.students] == ["Ada L"]
    assert roster.dialect.before == ("Course of this year",)


def test_a_workbook_is_refused_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"PK\x03\x04 and so on")
    with pytest.raises(RosterError, match="save it as CSV"):
        read_roster(path)


def test_a_worksheet_goes_back_in_the_dialect_in_which_it_came(tmp_path: Path) -> None:
    text = (
        "ID;Vollständiger Name;Bewertung;Bestwertung;Zuletzt geändert (Bewertung);"
        "Feedback als Kommentar\r\nTeilnehmer/in 57;Zoë Müller;;100,00;-;\r\n"
    )
    roster = listed(tmp_path / "list.csv", text, "cp1252")
    entry = RecordedStudent("moodle", "moodle:57", "Zoë Müller")
    graded = [mark("z", 87.5)]
    filled = filled_worksheet(roster, graded, ImportRecord(NAME, students={"z": entry}), NOW)
    written = roster.dialect.encoded(filled).decode("cp1252")
    heading, row = written.splitlines()
    assert written.endswith("\r\n")
    assert heading == text.splitlines()[0]
    assert row.startswith("Teilnehmer/in 57;Zoë Müller;87,5;100,00;2026-11-20T12:00:00+00:00;")


def test_decimal_commas_and_heading_rows_of_canvas_come_back(tmp_path: Path) -> None:
    text = (
        "Student;ID;SIS User ID;SIS Login ID;Section;A4 (81);A5 (82)\n"
        ";;;;;Manual Posting;\n    Points Possible;;;;;100,0;50,0\n"
        "Lovelace, Ada;7;S7;ada;Monday;12,5;1,5\n"
    )
    roster = listed(tmp_path / "list.csv", text)
    entry = RecordedStudent("canvas", "canvas:7", lms_user_id="7")
    graded = [mark("a", 87.25)]
    record = ImportRecord(NAME, students={"a": entry})
    filled = canvas_table(ClassMarks(NAME, 100.0, None, graded), graded, record, roster, "A4")
    assert filled.splitlines() == [
        "Student;ID;SIS User ID;SIS Login ID;Section;A4 (81)",
        ";;;;;Manual Posting",
        "    Points Possible;;;;;100,0",
        "Lovelace, Ada;7;S7;ada;Monday;87,25",
    ]


@pytest.mark.parametrize(("separator", "cell"), [(";", "87,5"), (",", "87.5"), ("\t", "87.5")])
def test_in_a_list_without_fractions_the_separator_tells_the_decimal_mark(
    separator: str, cell: str, tmp_path: Path
) -> None:
    roster = listed(tmp_path / "list.csv", f"Username{separator}Grade\nada{separator}90\n")
    assert roster.dialect.text([["ada", 87.5]]) == f"ada{separator}{cell}\n"


def test_what_could_be_a_formula_goes_back_harmless_and_a_number_as_it_was(tmp_path: Path) -> None:
    roster = listed(tmp_path / "list.csv", "Username,Name\nada,=1+1\n")
    assert roster.dialect.text([["=1+1", "-7", "-7,5", "-7.5", "-x"]]) == (
        "'=1+1,-7,\"-7,5\",-7.5,'-x\n"
    )


def test_utf_16_comes_back_with_its_mark(tmp_path: Path) -> None:
    roster = listed(tmp_path / "list.csv", NAMES, "utf-16")
    assert roster.dialect.encoded("é").startswith(b"\xff\xfe")


# Names of files in archives


@pytest.mark.parametrize(
    ("name", "encoding"),
    [
        ("王伟/作业.ipynb", "gb18030"),
        ("田中さくら/a.ipynb", "cp932"),
        ("ジョン.ipynb", "cp932"),
        ("José/a.ipynb", "cp437"),
        ("José Ñandú/a.ipynb", "cp1252"),
        ("Müller.ipynb", "cp1252"),
        ("Álvaro.ipynb", "cp850"),
    ],
)
def test_a_name_without_its_encoding_is_read(name: str, encoding: str) -> None:
    raw = name.encode(encoding)
    assert raw.decode(guessed_encoding(raw, ("cp437", "cp1252", "cp850"))) == name


# Formulas


@pytest.mark.parametrize(
    "cell",
    [
        "\u00a0=1+1",
        "\u200b=1",
        "\ufeff@SUM(1)",
        "\u3000\uff1d1",
        "\x00=1",
        "\u2212cmd",
        "\ufe66HYPERLINK()",
        "\u0301=1",
        "\u202e=1",
    ],
)
def test_a_formula_behind_what_is_not_seen_is_made_harmless(cell: str) -> None:
    assert text_cell(cell) == f"'{cell}"


@pytest.mark.parametrize("separator", [";", "\t", ","])
def test_a_formula_behind_another_separator_is_made_harmless(separator: str) -> None:
    assert text_cell(f"Ada{separator}=1+1") == f"Ada{separator}'=1+1"


@pytest.mark.parametrize("formula", ["=1+1", "+cmd|' /C calc'!A0", "-2+3+cmd|'x'!A0", "-SUM(A1)"])
@pytest.mark.parametrize("before", ["Ada\n", 'Ada\r\n"', "Ada;\u00a0", "Ada\n\u200b"])
def test_a_formula_that_begins_a_line_of_a_cell_is_made_harmless(before: str, formula: str) -> None:
    assert text_cell(before + formula) == f"{before}'{formula}"


@pytest.mark.parametrize("cell", ["-", "O'Brien", "D'Angelo & Co", "wrong; -1 point", "a=b", "é"])
def test_an_ordinary_text_stays_as_it_is(cell: str) -> None:
    assert text_cell(cell) == cell


# What a list may not leave open


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("Participant 57", "57"),
        ("57", "57"),
        ("57.0", "57"),
        ("Participant 57.0", ""),
        ("1,23E+15", ""),
        ("1.5", ""),
        ("12 34", ""),
    ],
)
def test_a_participants_number_is_never_the_end_of_another_one(
    cell: str, number: str, tmp_path: Path
) -> None:
    (row,) = listed(tmp_path / "list.csv", f'Identifier,Full name\n"{cell}",Ada L\n').rows
    assert row.numbers.get(Space.PARTICIPANT, "") == number


def test_numbers_that_a_program_took_for_measures_are_read(tmp_path: Path) -> None:
    text = "Student,ID,SIS User ID,Section,A4\nPossible,,,,100.0\nAda,7.0,007,M,\n"
    assert listed(tmp_path / "list.csv", text).students[0].numbers == {
        Space.LMS_USER: "7",
        Space.SIS: "007",
    }


@pytest.mark.parametrize("heading", ["Email", "Full name", "ID"])
def test_a_column_that_is_there_twice_with_other_values_is_refused(
    heading: str, tmp_path: Path
) -> None:
    with pytest.raises(RosterError, match=f"several columns '{heading}' that differ"):
        listed(tmp_path / "list.csv", f"{heading},Username,{heading}\na,ada,a\nb,bob,c\n")


@pytest.mark.parametrize("other", ["E-Mail", "EMAIL", "Mail"])
def test_two_columns_that_may_both_be_meant_are_refused(other: str, tmp_path: Path) -> None:
    with pytest.raises(RosterError, match=f"several columns 'Email' and '{other}' that differ"):
        listed(tmp_path / "list.csv", f"Email,Username,{other}\na@x.org,ada,b@x.org\n")


@pytest.mark.parametrize("cell", ["1,23E+11", "1.23E+11", "1e+11"])
def test_what_a_spreadsheet_has_shortened_is_no_number(cell: str, tmp_path: Path) -> None:
    text = f'Student ID,Username,Email\n"{cell}","{cell}",a@x.org\n1e5,1e5,b@x.org\n'
    first, second = listed(tmp_path / "list.csv", text).students
    assert first.numbers == {Space.EMAIL: "a@x.org"}
    assert second.numbers[Space.STUDENT_NUMBER] == second.numbers[Space.LOGIN] == "1e5"


@pytest.mark.parametrize(
    "text",
    [
        "Sunday, 1 November 2026, 11:20 AM",
        "Sonntag, 1. November 2026, 11:20 Uhr",
        "dimanche 1 nov. 2026, 11:20",
        "domingo, 1 de noviembre de 2026, 11:20",
        "2026年11月1日 星期日 上午11:20",
        "01.11.2026 11:20",
    ],
)
def test_times_are_read_in_the_languages_of_lists(text: str) -> None:
    assert parse_time(text, UTC) == datetime(2026, 11, 1, 11, 20, tzinfo=UTC)


@pytest.mark.parametrize("text", ["01/11/2026 11:20", "1-11-26", "11:20", "Monday", "3", "May 26"])
def test_a_time_that_may_be_two_days_or_none_is_no_time(text: str) -> None:
    assert parse_time(text, UTC) is None


def test_a_column_that_is_there_twice_with_the_same_values_is_read(tmp_path: Path) -> None:
    assert (
        listed(tmp_path / "list.csv", "Email,Name,Email\na@x.org,Ada,a@x.org\n").students[0].email
    )


@pytest.mark.parametrize(
    "text",
    [
        'Name,Email\n"Ada L,a@x.org\nBob B,b@x.org\n',
        'Name,Email\n"Ada L,a@x.org\n"Bob B",b@x.org\n',
        'Name;Email\nBob B;b@x.org\n"Ada L;a@x.org\n',
    ],
)
def test_a_row_that_a_missing_quotation_mark_swallows_is_named(text: str, tmp_path: Path) -> None:
    with pytest.raises(RosterError, match="quotation mark"):
        listed(tmp_path / "list.csv", text)


def test_assignments_of_canvas_are_no_columns_of_the_class(tmp_path: Path) -> None:
    text = "Student,ID,SIS Login ID,Section,Email,ID,Login,Group\nAda L,7,ada,M,95,96,97,98\n"
    (row,) = listed(tmp_path / "list.csv", text).students
    assert (row.name, row.group) == ("Ada L", "")
    assert row.numbers == {Space.LMS_USER: "7", Space.LOGIN: "ada"}


def test_a_section_in_a_list_of_the_school_hides_no_column(tmp_path: Path) -> None:
    assert (
        listed(tmp_path / "list.csv", "Name,Section,Email\nAda,M,a@x.org\n").students[0].email
        == "a@x.org"
    )


def test_rows_that_end_as_on_old_macintoshes_come_back_so(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_bytes(b"sep=;\rEmail;Name\ra@x.org;Ada\r")
    roster = read_roster(path)
    assert roster.students[0].name == "Ada"
    assert roster.dialect.text([["a", "b"]]) == "sep=;\ra;b\r"


def test_characters_that_are_not_seen_make_no_other_value() -> None:
    assert folded("\u200bada\ufeff@x.org\u200e") == folded("ADA@x.org")


def test_names_that_are_spelled_in_two_ways_are_two() -> None:
    assert folded("Strauß") == folded("STRAUß") != folded("Strauss")
