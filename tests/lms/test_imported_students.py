"""``python -m grader import``: which student is meant, and what the gradebook is told of whom."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from grader.authoring.packing import PackedAttempt, PackedStudent, pack
from grader.cli.main import main
from grader.lms.incoming.gradebook_students import gradebook_students
from grader.lms.incoming.import_record import Places, known_students
from grader.lms.reading.roster import RosterError, read_roster
from grader.lms.reading.student_ids import StudentIds, accepted_id, readable_id
from grader.lms.reading.times import parse_time
from grader.recording.timestamp import read_timestamp
from grader.settings.course import load_course
from grader.submission.submission_folder import check_student_id
from tests.helpers.importing import (
    AS_MACOS_WRITES_IT,
    EARLY,
    NAME,
    Course,
    moodle_name,
    notebook,
    person,
    zipped,
)


def test_names_with_accents_blanks_and_chinese_characters_stay_readable(
    course: Course, tmp_path: Path
) -> None:
    names = ["José Ñandú", "王伟", "Mary-Jane O’Neil", "علی رضایی", "Zoë  van der Berg"]
    files = {moodle_name(name, 100 + i): notebook(name) for i, name in enumerate(names)}
    course.run(zipped(tmp_path / "m.zip", files))
    assert set(course.students()) == {
        "José_Ñandú",
        "王伟",
        "Mary-Jane_O_Neil",
        "علی_رضایی",
        "Zoë_van_der_Berg",
    }


def test_two_students_of_the_same_name_are_kept_apart(course: Course, tmp_path: Path) -> None:
    files = {moodle_name("Wei Wang", n): notebook(str(n)) for n in (7, 8)}
    course.run(zipped(tmp_path / "m.zip", files))
    assert course.students() == ["Wei_Wang_7", "Wei_Wang_8"]
    assert "Several students are called Wei Wang" in course.err


def test_names_that_differ_only_in_case_or_in_what_is_taken_away_are_kept_apart(
    course: Course, tmp_path: Path
) -> None:
    names = ["ada:x", "ada/x"[:3] + " x", "ADA_X"]
    files = {f"{name}/a4.ipynb": notebook(name) for name in names}
    course.run(zipped(tmp_path / "p.zip", files))
    assert len({name.casefold() for name in course.students()}) == 3


def test_a_name_in_decomposed_form_is_the_same_student(course: Course, tmp_path: Path) -> None:
    course.run(zipped(tmp_path / "a.zip", {"José/a4.ipynb": notebook()}))
    assert course.run(zipped(tmp_path / "b.zip", {AS_MACOS_WRITES_IT: notebook()})) == 0
    assert course.students() == ["José"]
    assert "1 unchanged" in course.out


def test_names_that_are_html_become_text(course: Course, tmp_path: Path) -> None:
    files = {moodle_name("<img src=x onerror=alert(1)>", 5): notebook()}
    course.run(zipped(tmp_path / "m.zip", files))
    assert course.students() == ["img_src_x_onerror_alert_1"]


@pytest.mark.parametrize("name", ["..", ".hidden", "-rf", "=cmd", "a[b]*", "con", "@x", "a" * 300])
def test_a_student_id_that_looks_like_something_else_becomes_a_plain_name(name: str) -> None:
    given = accepted_id(name)
    check_student_id(given)
    assert not given.startswith((".", "-", "=", "@")) and not set("[]*?/") & set(given)
    assert given.lower() != "con" and len(given) <= 60


def test_a_name_without_any_letter_still_gets_an_id() -> None:
    assert readable_id("!!!") == "student"


def test_ids_are_given_once() -> None:
    ids = StudentIds({"moodle:1": "ada"}, ["Bob"])
    assert ids.give("moodle:1", "whatever") == "ada"
    assert ids.give("moodle:2", "ada").startswith("ada_")
    assert ids.give("moodle:3", "Bob") == "Bob"
    assert ids.give("moodle:4", "bob") != "bob"
    assert ids.give("moodle:2", "ada") == ids.give("moodle:2", "ada")


# What is told about students


def test_the_gradebook_gets_names_emails_and_numbers(course: Course, tmp_path: Path) -> None:
    ada = PackedStudent(person("ada", "Ada", "Lovelace", 1815))
    ada.attempts = [PackedAttempt({"a4.ipynb": notebook()}, EARLY)]
    pack([ada], "gradescope", tmp_path / "g.zip")
    course.run(tmp_path / "g.zip")
    (student,) = gradebook_students(load_course())
    assert (student.first_name, student.last_name) == ("Ada", "Lovelace")
    assert (student.email, student.lms_user_id) == ("ada@example.org", "1815")


def test_the_surname_may_come_first(course: Course, tmp_path: Path) -> None:
    archive = zipped(tmp_path / "m.zip", {moodle_name("Lovelace Ada", 12345): notebook()})
    course.run(archive, "--surname-first")
    (student,) = gradebook_students(load_course())
    assert (student.student_id, student.last_name) == ("Lovelace_Ada", "Lovelace")


def test_what_the_gradebook_knows_is_not_overwritten(course: Course, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        gradebook.add_student("al1815", first_name="Augusta", last_name="King", lms_user_id="1815")
    archive = zipped(tmp_path / "c.zip", {"lovelaceada_1815_9_a4.ipynb": notebook()})
    course.run(archive)
    (student,) = gradebook_students(load_course())
    assert (student.student_id, student.last_name) == ("al1815", "King")
    assert course.students() == ["al1815"]


def test_a_student_of_the_class_list_is_found_by_the_full_name(
    course: Course, tmp_path: Path
) -> None:
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
        gradebook.add_student("al1815", first_name="Ada", last_name="Lovelace")
    course.run(zipped(tmp_path / "m.zip", {moodle_name("Ada Lovelace", 3): notebook()}))
    assert course.students() == ["al1815"]


def test_a_roster_tells_who_is_who_and_when_work_came_in(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "worksheet.csv"
    roster.write_text(
        "\ufeffIdentifier,Full name,ID number,Email address,Grade,"
        '"Last modified (submission)","Last modified (grade)"\n'
        'Participant 12,Wei Wang,S1,wei1@example.org,,"Sunday, 1 November 2026, 11:20 AM",-\n'
        'Participant 13,Wei Wang,S2,wei2@example.org,,"Monday, 2 November 2026, 11:20 AM",-\n',
        encoding="utf-8",
    )
    files = {moodle_name("Wei Wang", n): notebook(str(n)) for n in (12, 13)}
    archive = zipped(tmp_path / "m.zip", files)
    course.run(archive, "--roster", str(roster), "--timezone", "Europe/Berlin")
    assert course.students() == ["S1", "S2"]
    assert read_timestamp(course.folder("S1"))[0] == datetime(2026, 11, 1, 10, 20)
    assert [s.email for s in gradebook_students(load_course())] == [
        "wei1@example.org",
        "wei2@example.org",
    ]


def test_a_time_of_the_roster_that_cannot_be_read_is_said(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "worksheet.csv"
    roster.write_text(
        "Identifier,Full name,Last modified (submission)\nParticipant 12,Ada L,3/4/2026 11:20\n"
        "Participant 13,Bob B,-\n"
    )
    files = {moodle_name("Ada L", 12): notebook("1"), moodle_name("Bob B", 13): notebook("2")}
    archive = zipped(tmp_path / "m.zip", files)
    assert course.run(archive, "--roster", str(roster)) == 1
    assert "nothing counts as late for Ada L (participant's number 12) (3/4/2026 11:20)." in (
        course.err
    )
    assert read_timestamp(course.folder("Ada_L"))[0] is None


@pytest.mark.parametrize(
    ("heading", "told"), [("Grade", True), ("Last modified (submission)", False)]
)
def test_moodle_is_said_to_tell_no_times_unless_its_worksheet_does(
    course: Course, tmp_path: Path, heading: str, told: bool
) -> None:
    roster = tmp_path / "worksheet.csv"
    roster.write_text(f"Identifier,Full name,{heading}\nParticipant 3,Ada Lovelace,-\n")
    archive = zipped(tmp_path / "m.zip", {moodle_name("Ada Lovelace", 3): notebook()})
    course.run(archive, "--roster", str(roster))
    assert ("does not tell when work was handed in" in course.err) == told


def test_a_roster_without_a_known_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("colour,size\nred,1\n", encoding="utf-8")
    with pytest.raises(RosterError, match="no column that is known"):
        read_roster(path)


def test_moodles_students_are_the_same_in_the_next_assignment(
    course: Course, tmp_path: Path
) -> None:
    course.run(zipped(tmp_path / "a.zip", {moodle_name("Ada Lovelace", 3): notebook()}))
    archive = zipped(tmp_path / "b.zip", {moodle_name("Ada Lovelace", 904): notebook()})
    assert main(["import", "a5_cat_classifier", str(archive)]) == 0
    assert [s.student_id for s in gradebook_students(load_course())] == ["Ada_Lovelace"]


def test_a_roster_that_comes_later_does_not_make_a_second_student(
    course: Course, tmp_path: Path
) -> None:
    course.run(zipped(tmp_path / "a.zip", {moodle_name("Ada Lovelace", 3): notebook()}))
    roster = tmp_path / "worksheet.csv"
    roster.write_text("Identifier,Full name,ID number\nParticipant 904,Ada Lovelace,S1\n")
    archive = zipped(tmp_path / "b.zip", {moodle_name("Ada Lovelace", 904): notebook()})
    assert main(["import", "a5_cat_classifier", str(archive), "--roster", str(roster)]) == 0
    assert [s.student_id for s in gradebook_students(load_course())] == ["Ada_Lovelace"]


@pytest.mark.parametrize("name", ["Participant", "Teilnehmer_in", "参与者"])
def test_blind_marking_gives_numbers_and_no_names(
    name: str, course: Course, tmp_path: Path
) -> None:
    files = {moodle_name(name, n): notebook(str(n)) for n in (7, 8)}
    course.run(zipped(tmp_path / "m.zip", files))
    assert course.students() == [f"{name}_7", f"{name}_8"]
    assert {student.last_name for student in gradebook_students(load_course())} == {""}


def test_times_without_a_zone_are_read_in_the_given_one(course: Course, tmp_path: Path) -> None:
    files = {"Homework_ada_attempt_2026-11-01-10-20-30_a4.ipynb": notebook()}
    course.run(zipped(tmp_path / "b.zip", files), "--timezone", "Asia/Shanghai")
    assert read_timestamp(course.folder("ada"))[0] == datetime(2026, 11, 1, 2, 20, 30)
    assert "they were read as Asia/Shanghai" in course.err


@pytest.mark.parametrize("text", ["", "soon", "99999999999", "2026-13-45", "-"])
def test_what_is_no_time_is_none(text: str) -> None:
    assert parse_time(text, UTC) is None


# Who is not certain, and what is nobody's


def test_one_student_who_is_not_certain_is_left_out_and_the_rest_imported(
    course: Course, tmp_path: Path
) -> None:
    files = {"ada/x.ipynb": notebook("1"), "ada.ipynb": notebook("2"), "bob.ipynb": notebook("3")}
    assert course.run(zipped(tmp_path / "p.zip", files)) == 1
    assert course.students() == ["bob"]
    assert "ada has handed in more than once" in course.err


def test_the_same_name_under_another_number_replaces_nobody(course: Course, tmp_path: Path) -> None:
    course.run(zipped(tmp_path / "a.zip", {moodle_name("Wei Wang", 111): notebook("first")}))
    later = zipped(tmp_path / "b.zip", {moodle_name("Wei Wang", 222): notebook("second")})
    course.run(later, "--replace")
    assert course.notebook("Wei_Wang") == notebook("first")
    assert len(course.students()) == 2


def test_who_has_no_row_in_the_list_is_named(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    roster.write_text("Username,Full name\nada,Ada L\nzoe,Zoe Z\n", encoding="utf-8")
    files = {"ada.ipynb": notebook("1"), "bob.ipynb": notebook("2")}
    assert course.run(zipped(tmp_path / "p.zip", files), "--roster", str(roster)) == 1
    assert "bob has no row in the list of the class" in course.err
    assert "1 of the list have nothing in the archive: Zoe Z" in course.err
    students = {s.student_id: s.last_name for s in gradebook_students(load_course())}
    assert students == {"ada": "L", "bob": ""}


def test_namesakes_are_remembered_where_nobody_could_be_imported(
    course: Course, tmp_path: Path
) -> None:
    files = {moodle_name("Wei Wang", n): notebook(str(n)) for n in (1, 2)}
    roster = tmp_path / "list.csv"
    roster.write_text("Email,Full name\na@x.org,Wei Wang\nb@x.org,Wei Wang\n", encoding="utf-8")
    assert course.run(zipped(tmp_path / "m.zip", files), "--roster", str(roster)) == 1
    assert course.students() == []
    assert known_students(Places(load_course(), NAME)).shared_names == {"wang wei"}


def test_every_row_is_named_for_which_there_is_nothing(course: Course, tmp_path: Path) -> None:
    roster = tmp_path / "list.csv"
    everybody = "".join(f"s{n},Student {n}\n" for n in range(300))
    roster.write_text(f"Username,Full name\nbob,Bob B\n{everybody}", encoding="utf-8")
    archive = zipped(tmp_path / "q.zip", {"bob.ipynb": notebook()})
    assert course.run(archive, "--roster", str(roster)) == 0
    assert all(f"Student {n} (" in course.err for n in range(300))


def test_names_go_into_the_gradebook_as_text(course: Course, tmp_path: Path) -> None:
    metadata = (
        "submission_1:\n  :submitters:\n  - :name: 'Mal <img src=x onerror=alert(1)>'\n"
        "    :sid: '1'\n    :email: '\"><script>alert(1)</script>@example.org'\n"
        "submission_2:\n  :submitters:\n  - :name: \"D'Angelo & Co O'Brien\"\n    :sid: '2'\n"
    )
    files = {"submission_metadata.yml": metadata.encode()}
    files |= {f"submission_{n}/a.ipynb": notebook(str(n)) for n in (1, 2)}
    course.run(zipped(tmp_path / "g.zip", files))
    hostile, honest = gradebook_students(load_course())
    everything = "".join([hostile.first_name, hostile.last_name, hostile.email])
    assert not set('<>"') & set(everything)
    assert (honest.first_name, honest.last_name) == ("D'Angelo & Co", "O'Brien")


def test_a_copy_of_a_notebook_is_no_student(course: Course, tmp_path: Path) -> None:
    files = {
        f"Copy of {NAME}.ipynb": notebook("1"),
        "Copy of a4 (1).ipynb": notebook("2"),
        "Untitled.ipynb": notebook("3"),
        f"Ada L - Copy of {NAME}.ipynb": notebook("4"),
        "Copy of bob.ipynb": notebook("5"),
    }
    assert course.run(zipped(tmp_path / "d.zip", files)) == 1
    assert course.students() == ["Ada_L", "bob"]
    assert "does not tell whose it is" in course.err


def test_names_of_a_system_that_is_not_known_make_no_students(
    course: Course, tmp_path: Path
) -> None:
    files = {"Ada L 2026-11-01 10-20/a4.ipynb": notebook("1"), "bob/a4.ipynb": notebook("2")}
    assert course.run(zipped(tmp_path / "u.zip", files)) == 1
    assert course.students() == ["bob"]
    assert "that is not known here" in course.err
