"""``python -m grader export``: what learning management systems take in."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import nbformat
import pytest

from grader.authoring.packing import pack_class
from grader.authoring.simulate import write_class
from grader.cli.main import main
from grader.lms.incoming.import_record import (
    ImportRecord,
    KnownStudents,
    RecordedStudent,
    load_record,
)
from grader.lms.outgoing.comments import comment_html, feedback_notebook, results_json
from grader.lms.outgoing.exporting import ExportOptions, _Export
from grader.lms.outgoing.marks import ClassMarks, ExerciseMark, StudentMark, read_marks
from grader.lms.outgoing.tables import (
    UnfitRoster,
    canvas_table,
    filled_worksheet,
    moodle_table,
    nbgrader_table,
    other_maximum,
)
from grader.lms.reading.recognise import NAMES, system_named
from grader.lms.reading.roster import Roster, read_roster
from grader.sandbox.host import bubblewrap
from grader.settings.course import load_course
from grader.text.table_cells import csv_text, number_cell, text_cell
from tests.helpers.commands import run_command

NAME = "a4_deep_network"
NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)
STUDENTS = 4


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def mark(student_id: str, score: float = 90.0, **more: object) -> StudentMark:
    exercises = (
        ExerciseMark("linear_forward", 10, 10, "correct"),
        ExerciseMark("linear_backward", score - 90, 10, "wrong", "dW is a sum, <b>not</b> a mean."),
    )
    about = {"submitted": True, "raw_score": score, "score": score, "max_score": 100.0}
    return StudentMark(student_id, exercises=exercises, **(about | more))  # type: ignore[arg-type]


def recorded(system: str, key: str, **more: str) -> RecordedStudent:
    return RecordedStudent(system, f"{system}:{key}", **more)  # type: ignore[arg-type]


def a_class(*marks: StudentMark) -> ClassMarks:
    return ClassMarks(NAME, 100.0, None, list(marks))


# Cells


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_a_text_that_begins_like_a_formula_is_made_harmless(start: str) -> None:
    assert text_cell(f"{start}HYPERLINK(1)") == f"'{start}HYPERLINK(1)"


def test_numbers_stay_numbers() -> None:
    assert csv_text(["a", "b"], [[-1.0, "-1"], [0.1 + 0.2, None]]) == "a,b\r\n-1,'-1\r\n0.3,\r\n"


@pytest.mark.parametrize(
    ("number", "cell"), [(100.0, "100"), (12.5, "12.5"), (-0.0, "0"), (1e-9, "0"), (None, "")]
)
def test_a_number_has_no_needless_fraction(number: float | None, cell: str) -> None:
    assert number_cell(number) == cell


# Moodle


def test_moodles_worksheet_has_the_columns_that_moodle_wants() -> None:
    record = ImportRecord(NAME, students={"ada": recorded("moodle", "12345", name="Ada Lovelace")})
    graded = [mark("ada", 95.5)]
    (row,) = table(moodle_table(a_class(*graded), graded, record, NOW))
    assert row["Identifier"] == "Participant 12345"
    assert row["Full name"] == "Ada Lovelace"
    assert (row["Grade"], row["Maximum grade"]) == ("95.5", "100")
    assert row["Last modified (grade)"] == "2026-11-20T12:00:00+00:00"
    assert "linear_backward: 5.5/10" in row["Feedback comments"]


def test_comments_for_moodle_hold_no_tag_of_a_student() -> None:
    comment = comment_html(mark("ada"))
    assert "&lt;b&gt;not&lt;/b&gt;" in comment
    assert comment.replace("<br>", "").count("<") == 0


def test_a_comment_says_what_being_late_has_cost() -> None:
    said = "2.5 points were taken off because it was late."
    assert said in comment_html(mark("ada", penalty=2.5))
    assert "late" not in comment_html(mark("ada"))


def test_a_name_that_is_a_formula_is_no_formula_in_the_table() -> None:
    name = '=HYPERLINK("http://example.org","x")'
    record = ImportRecord(NAME, students={"ada": recorded("moodle", "1", name=name)})
    graded = [mark("ada")]
    (row,) = table(moodle_table(a_class(*graded), graded, record, NOW))
    assert row["Full name"] == f"'{name}"


def worksheet(tmp_path: Path) -> Roster:
    path = tmp_path / "worksheet.csv"
    path.write_text(
        "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum grade,"
        "Last modified (grade),Feedback comments\n"
        "Participant 1,Ada Lovelace,ada@example.org,Submitted,,100.00,-,\n"
        "Participant 2,Bob Absent,bob@example.org,No submission,,100.00,-,\n",
        encoding="utf-8",
    )
    return read_roster(path)


def test_moodles_own_worksheet_is_filled_in_for_those_with_a_mark(tmp_path: Path) -> None:
    record = ImportRecord(NAME, students={"al": recorded("moodle", "1")})
    (row,) = table(filled_worksheet(worksheet(tmp_path), [mark("al")], record, NOW))
    assert (row["Identifier"], row["Grade"], row["Status"]) == ("Participant 1", "90", "Submitted")


def test_without_a_record_moodles_worksheet_is_filled_in_by_email(tmp_path: Path) -> None:
    graded = [mark("al", email="ADA@example.org")]
    (row,) = table(filled_worksheet(worksheet(tmp_path), graded, ImportRecord(NAME), NOW))
    assert row["Grade"] == "90"


def test_a_list_without_grades_is_no_worksheet(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Email\nada@example.org\n", encoding="utf-8")
    with pytest.raises(UnfitRoster, match="it is no grading worksheet"):
        filled_worksheet(read_roster(path), [], ImportRecord(NAME), NOW)


# Canvas


def test_canvass_table_begins_as_canvas_exports_it() -> None:
    record = ImportRecord(NAME, students={"ada": recorded("canvas", "7", lms_user_id="7")})
    graded = [mark("ada", last_name="Lovelace", first_name="Ada")]
    text = canvas_table(a_class(*graded), graded, record, Roster(), "A4 (1234)")
    assert text.splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,A4 (1234)",
        "    Points Possible,,,,,100",
        '"Lovelace, Ada",7,,,,90',
    ]


def gradebook(tmp_path: Path) -> Roster:
    path = tmp_path / "gradebook.csv"
    path.write_text(
        "Student,ID,SIS User ID,SIS Login ID,Section,A4 Deep network (81),A5 (82),Final Score\n"
        "    Points Possible,,,,,100.0,100.0,(read only)\n"
        '"Lovelace, Ada",7,S7,ada,Monday,,50.0,12\n'
        '"Absent, Bob",8,S8,bob,Monday,,,\n',
        encoding="utf-8",
    )
    return read_roster(path)


def test_canvass_own_table_is_filled_in_with_the_one_column(tmp_path: Path) -> None:
    record = ImportRecord(NAME, students={"x": recorded("canvas", "7", lms_user_id="7")})
    graded = [mark("x")]
    text = canvas_table(a_class(*graded), graded, record, gradebook(tmp_path), "A4")
    assert text.splitlines() == [
        "Student,ID,SIS User ID,SIS Login ID,Section,A4 Deep network (81)",
        "    Points Possible,,,,,100.0",
        '"Lovelace, Ada",7,S7,ada,Monday,90',
    ]


def test_a_column_that_is_not_in_canvass_table_is_named_with_those_that_are(
    tmp_path: Path,
) -> None:
    with pytest.raises(UnfitRoster, match="--column which it is: A4 Deep network"):
        canvas_table(a_class(), [], ImportRecord(NAME), gradebook(tmp_path), "")


def test_a_column_of_another_assignment_that_begins_alike_gets_no_mark(tmp_path: Path) -> None:
    with pytest.raises(UnfitRoster, match="no column for 'A'"):
        canvas_table(a_class(), [], ImportRecord(NAME), gradebook(tmp_path), "A")


def test_another_number_of_points_in_the_list_is_said(tmp_path: Path) -> None:
    marks = a_class(mark("x"))
    assert other_maximum(marks, gradebook(tmp_path), "A4") == ""
    assert other_maximum(marks, worksheet(tmp_path), "") == ""
    ten = replace(marks, max_score=10.0)
    for roster in (gradebook(tmp_path), worksheet(tmp_path)):
        assert "counts to 100 points, and" in other_maximum(ten, roster, "A4")


def test_feedback_for_canvas_is_a_notebook_that_shows_text_as_text() -> None:
    raw = feedback_notebook(mark("ada"), NAME)
    notebook = nbformat.reads(raw.decode(), as_version=4)
    nbformat.validate(notebook)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert "90 of 100 points" in text and "<b>" not in text


# Gradescope and nbgrader


def test_results_have_the_form_of_gradescope() -> None:
    results = json.loads(results_json(mark("ada", 95.0, raw_score=97.0, penalty=2.0)))
    assert results["score"] == 95.0
    assert [test["name"] for test in results["tests"]] == ["linear_forward", "linear_backward"]
    assert [test["status"] for test in results["tests"]] == ["passed", "failed"]
    assert all(set(test) >= {"score", "max_score", "output"} for test in results["tests"])
    assert results["extra_data"]["late_penalty"] == 2.0


def test_a_comma_in_a_name_moves_no_column_of_nbgraders_table() -> None:
    marks = a_class(mark("ada", last_name="Lovelace, Countess\nof", first_name="=Ada"))
    (row,) = table(nbgrader_table(marks))
    assert row["last_name"] == "Lovelace, Countess\nof"
    assert row["first_name"] == "'=Ada"
    assert (row["score"], row["max_score"]) == ("90.0", "100.0")


# Names of feedback files


@pytest.mark.parametrize(
    ("system", "downloaded", "feedback"),
    [
        (
            "moodle",
            "Ada L_12_assignsubmission_file_/sub/x.ipynb",
            "Ada L_12_assignsubmission_file_/f",
        ),
        ("moodle", "Ada L_12_assignsubmission_file/x.ipynb", "Ada L_12_assignsubmission_file/f"),
        ("moodle", "Ada L_12_assignsubmission_file_x.ipynb", "Ada L_12_assignsubmission_file_f"),
        ("canvas", "ada_LATE_1_2_x.ipynb", "ada_LATE_1_2_x.ipynb"),
        ("gradescope", "submission_1/sub/x.ipynb", "submission_1/f"),
        (
            "blackboard",
            "A_ada_attempt_2026-11-01-10-20-30_x.ipynb",
            "A_ada_attempt_2026-11-01-10-20-30_f",
        ),
        ("folder", "ada/x.ipynb", "ada/f"),
    ],
)
def test_feedback_goes_by_the_name_that_was_downloaded(
    system: str, downloaded: str, feedback: str
) -> None:
    assert system_named(system).feedback_path(downloaded, "f") == feedback


def test_every_system_has_a_name_on_the_command_line(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    assert f"{{{','.join(NAMES)}}}" in capsys.readouterr().out


# From an archive to marks and back


class Graded:
    """A course whose class came out of Moodle's archive and is graded."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def exported(self, name: str) -> Path:
        return self.root / "exports" / NAME / name

    @property
    def record(self) -> Path:
        return self.root / "submitted" / ".lms" / "records" / f"{NAME}.json"

    def came_from_canvas(self) -> dict[str, RecordedStudent]:
        """Remember the class as if its archive had been one of Canvas."""
        known = load_record(self.record, NAME)
        for number, entry in enumerate(known.students.values(), 1):
            entry.system, entry.lms_user_id = "canvas", str(number)
            entry.downloaded_as = f"lovelaceada_{number}_77_{NAME}.ipynb"
        known.save(self.record)
        return known.students

    def expected(self) -> list[float]:
        text = (self.root.parent / "class" / "expected.json").read_text(encoding="utf-8")
        return sorted(entry["score"] for entry in json.loads(text)[NAME].values())


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Graded:
    base = tmp_path_factory.mktemp("export")
    write_class(NAME, STUDENTS, 3, base / "class")
    pack_class(base / "class", NAME, "moodle", base / "moodle.zip")
    isolation = ["--no-sandbox"] if bubblewrap.why_unavailable() else []
    environment = os.environ | {"COURSE_ROOT": str(base / "course"), "CLASS_SECRET": "a test"}
    for command in (["import", NAME, str(base / "moodle.zip")], ["autograde", NAME, *isolation]):
        done = run_command("-m", "grader", *command, environment=environment)
        assert done.returncode == 0, done.stderr
    for folder in (base / "course" / "autograded").glob("[!.]*"):
        page = base / "course" / "feedback" / folder.name / NAME / f"{NAME}.html"
        page.parent.mkdir(parents=True)
        page.write_text(f"<p>{folder.name}</p>", encoding="utf-8")
    return Graded(base / "course")


@pytest.fixture
def graded(prepared: Graded, monkeypatch: pytest.MonkeyPatch) -> Iterator[Graded]:
    monkeypatch.setenv("COURSE_ROOT", str(prepared.root))
    load_course.cache_clear()
    record = prepared.record.read_bytes()
    yield prepared
    prepared.record.write_bytes(record)
    shutil.rmtree(prepared.root / "exports", ignore_errors=True)
    load_course.cache_clear()


def test_marks_come_back_to_moodle_under_its_own_numbers(graded: Graded) -> None:
    assert main(["export", NAME, "--to", "moodle"]) == 0
    rows = table(graded.exported("moodle_grades.csv").read_text(encoding="utf-8"))
    assert sorted(float(row["Grade"]) for row in rows) == graded.expected()
    assert all(row["Identifier"].startswith("Participant 100") for row in rows)


def test_feedback_comes_back_to_moodle_under_its_own_folders(graded: Graded) -> None:
    assert main(["export", NAME, "--to", "moodle", "--feedback"]) == 0
    with zipfile.ZipFile(graded.exported("moodle_feedback.zip")) as archive:
        names = archive.namelist()
    assert len(names) == STUDENTS
    assert all(name.endswith(f"_assignsubmission_file_/{NAME}.html") for name in names)


def test_the_same_marks_give_the_same_archive_of_feedback(graded: Graded) -> None:
    main(["export", NAME, "--to", "moodle", "--feedback"])
    first = graded.exported("moodle_feedback.zip").read_bytes()
    main(["export", NAME, "--to", "moodle", "--feedback"])
    assert graded.exported("moodle_feedback.zip").read_bytes() == first


def test_feedback_comes_back_to_canvas_under_the_names_that_it_gave(graded: Graded) -> None:
    known = graded.came_from_canvas()
    marks = {m.student_id: m for m in read_marks(load_course(), NAME).students}
    assert main(["export", NAME, "--to", "canvas", "--feedback"]) == 0
    with zipfile.ZipFile(graded.exported("canvas_feedback.zip")) as archive:
        pages = {name: archive.read(name) for name in archive.namelist()}
    assert pages == {
        entry.downloaded_as: feedback_notebook(marks[student], NAME)
        for student, entry in known.items()
    }


def test_a_team_gets_the_one_page_of_its_one_notebook(graded: Graded) -> None:
    known = load_record(graded.record, NAME)
    one, other, *_others = known.students.values()
    other.downloaded_as, other.notebook = one.downloaded_as, one.notebook
    known.save(graded.record)
    assert main(["export", NAME, "--to", "moodle", "--feedback"]) == 0
    with zipfile.ZipFile(graded.exported("moodle_feedback.zip")) as archive:
        assert len(archive.namelist()) == len(set(archive.namelist())) == STUDENTS - 1


def test_before_pages_are_made_one_sentence_says_so_and_names_nobody(
    graded: Graded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = list(load_record(graded.record, NAME).students)
    made = shutil.move(graded.root / "feedback", tmp_path)
    try:
        assert main(["export", NAME, "--to", "moodle", "--feedback"]) == 1
    finally:
        shutil.move(made, graded.root)
    said = capsys.readouterr().err
    assert "There is no page for anybody: run `nbgrader generate_feedback" in said
    assert not [name for name in known if name in said]


def test_two_pages_that_would_bear_one_name_are_not_mixed_up(
    graded: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    known = load_record(graded.record, NAME)
    (one, _entry), (other, second), *_others = known.students.items()
    second.downloaded_as = known.students[one].downloaded_as
    known.save(graded.record)
    assert main(["export", NAME, "--to", "moodle", "--feedback"]) == 1
    assert f"1 student must be given the page by hand: {other}." in capsys.readouterr().err
    with zipfile.ZipFile(graded.exported("moodle_feedback.zip")) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    assert len(texts) == STUDENTS - 1 and f"<p>{one}</p>" in texts


def test_nbgraders_table_is_the_one_that_nbgrader_exports(graded: Graded, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook
    from nbgrader.plugins.export import CsvExportPlugin

    assert main(["export", NAME, "--to", "nbgrader"]) == 0
    plugin = CsvExportPlugin(to=str(tmp_path / "grades.csv"), log=logging.getLogger("quiet"))
    plugin.assignment = [NAME]
    with Gradebook(f"sqlite:///{graded.root / 'gradebook.db'}") as gradebook:
        plugin.export(gradebook)
    ours = table(graded.exported("grades.csv").read_text(encoding="utf-8"))
    assert ours == table((tmp_path / "grades.csv").read_text(encoding="utf-8"))


def test_each_student_gets_results_for_gradescope(graded: Graded, tmp_path: Path) -> None:
    assert main(["export", NAME, "--to", "gradescope", "--output", str(tmp_path / "out")]) == 0
    paths = sorted((tmp_path / "out" / "gradescope").glob("*/results.json"))
    scores = sorted(json.loads(path.read_text(encoding="utf-8"))["score"] for path in paths)
    assert scores == graded.expected()


def test_different_marks_for_one_submission_of_gradescope_are_left_out(
    graded: Graded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = read_marks(load_course(), NAME)
    same, other = sorted(marks.students, key=lambda one: one.score)[:: STUDENTS - 1]
    entry = recorded("gradescope", "1", downloaded_as="submission_1/a4.ipynb")
    record = ImportRecord(NAME, students={same.student_id: entry, other.student_id: entry})
    options = ExportOptions("gradescope", output=tmp_path)
    export = _Export(load_course(), marks, record, Roster(), options, tmp_path, KnownStudents())
    assert export.run() == 1
    assert "together and have different marks" in capsys.readouterr().err
    assert len(list(tmp_path.glob("gradescope/*/results.json"))) == STUDENTS - 2


def test_results_for_gradescope_add_up(graded: Graded) -> None:
    for student in read_marks(load_course(), NAME).students:
        assert sum(exercise.points for exercise in student.exercises) == student.score


def test_students_whom_the_system_does_not_know_are_named(
    graded: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", NAME, "--to", "canvas"]) == 1
    assert "did not come from there" in capsys.readouterr().err


def test_who_was_not_imported_from_moodle_is_named(
    graded: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    record = load_record(graded.record, NAME)
    student, _entry = record.students.popitem()
    record.save(graded.record)
    assert main(["export", NAME, "--to", "moodle"]) == 1
    said = capsys.readouterr().err
    assert (
        f"1 student did not come from there, so that their numbers are not known: {student}" in said
    )
    assert "Moodle's grading worksheet" in said


def test_a_row_of_the_list_that_gets_no_mark_is_named(
    graded: Graded, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    roster = tmp_path / "worksheet.csv"
    roster.write_text("Identifier,Full name,Grade,Last modified (grade)\nParticipant 9,Zoe Z,,-\n")
    assert main(["export", NAME, "--to", "moodle", "--roster", str(roster)]) == 1
    assert "of the list there is no mark: Zoe Z" in capsys.readouterr().err


def test_who_was_imported_and_not_graded_is_named(
    graded: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    known = load_record(graded.record, NAME)
    known.students["zoe"] = recorded("moodle", "999", downloaded_as="zoe/a4.ipynb")
    known.save(graded.record)
    assert main(["export", NAME, "--to", "moodle"]) == 1
    assert "1 student handed in without having been graded: zoe. Run" in capsys.readouterr().err


def test_a_missing_page_is_named_with_what_to_do(
    graded: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    page = next((graded.root / "feedback").glob(f"*/{NAME}/{NAME}.html"))
    text = page.read_text(encoding="utf-8")
    page.unlink()
    try:
        assert main(["export", NAME, "--to", "moodle", "--feedback"]) == 1
    finally:
        page.write_text(text, encoding="utf-8")
    assert "run `nbgrader generate_feedback" in capsys.readouterr().err


def test_who_waits_for_a_person_is_left_out_and_named(
    graded: Graded,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from nbgrader.api import Gradebook

    copy = tmp_path / "course"
    shutil.copytree(graded.root, copy)
    monkeypatch.setenv("COURSE_ROOT", str(copy))
    load_course.cache_clear()
    load_course()
    with Gradebook(f"sqlite:///{copy / 'gradebook.db'}") as gradebook:
        submission = gradebook.assignment_submissions(NAME)[0]
        name = submission.student.id
        submission.notebooks[0].grades[0].needs_manual_grade = True
        gradebook.db.commit()
    assert main(["export", NAME, "--to", "moodle"]) == 1
    assert (
        f"must first be marked by a person: {name}. Their marks were left out."
        in capsys.readouterr().err
    )
    rows = table((copy / "exports" / NAME / "moodle_grades.csv").read_text(encoding="utf-8"))
    assert len(rows) == STUDENTS - 1


def test_a_mark_of_an_earlier_attempt_is_left_out_and_named(
    graded: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    notebook = min((graded.root / "submitted").glob(f"*/{NAME}/{NAME}.ipynb"))
    student, raw = notebook.parent.parent.name, notebook.read_bytes()
    notebook.write_bytes(raw + b"\n")
    try:
        assert main(["export", NAME, "--to", "moodle"]) == 1
    finally:
        notebook.write_bytes(raw)
    said = capsys.readouterr().err
    assert (
        f"handed in something that is not graded yet: {student}. Their marks were left out." in said
    )
    rows = table(graded.exported("moodle_grades.csv").read_text(encoding="utf-8"))
    assert len(rows) == STUDENTS - 1


def test_nothing_graded_is_said_with_what_to_do(
    graded: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "a5_cat_classifier", "--to", "moodle"]) == 1
    assert "run `python -m grader autograde a5_cat_classifier` first" in capsys.readouterr().err


def test_what_is_remembered_survives_being_written_and_read(tmp_path: Path) -> None:
    record = ImportRecord(NAME, students={"王伟": recorded("moodle", "1", name="王伟")})
    record.save(tmp_path / "record.json")
    assert load_record(tmp_path / "record.json", NAME) == record
