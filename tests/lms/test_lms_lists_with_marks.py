"""Export into lists that have marks already, and export that is run again."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest

from grader.lms.incoming.import_record import ImportRecord, KnownStudents, RecordedStudent
from grader.lms.outgoing.exporting import ExportOptions, _Export
from grader.lms.outgoing.marks import ClassMarks, StudentMark
from grader.lms.outgoing.tables import number_in
from grader.lms.reading.roster import Roster
from grader.settings.course import load_course
from tests.helpers import class_lists
from tests.helpers.class_lists import mark

NAME = "a4_deep_network"
GRADEBOOK = "Student,ID,SIS Login ID,Section,A4 (81)\n    Points Possible,,,,100\n"
WORKSHEET = "Identifier,Full name,Grade,Maximum grade,Last modified (grade),Feedback comments\n"


def of_canvas(*numbers: int) -> dict[str, RecordedStudent]:
    return {
        f"s{n}": RecordedStudent("canvas", f"canvas:{n}", lms_user_id=str(n), downloaded_as="x")
        for n in numbers
    }


def of_moodle(*numbers: int) -> dict[str, RecordedStudent]:
    return {
        f"s{n}": RecordedStudent("moodle", f"moodle:{n}", downloaded_as=f"A_{n}_assignsubmission_")
        for n in numbers
    }


class Done:
    """An export: its exit status, what it said, and the rows of its table."""

    def __init__(
        self,
        folder: Path,
        capsys: pytest.CaptureFixture[str],
        system: str,
        students: dict[str, RecordedStudent],
        marks: list[StudentMark],
        listed: str = "",
    ) -> None:
        roster = class_lists.listed(folder / "list.csv", listed) if listed else Roster()
        record = ImportRecord(NAME, students=students)
        options = ExportOptions(system, column="A4")
        of_class = ClassMarks(NAME, 100.0, None, marks)
        known = KnownStudents()
        export = _Export(load_course(), of_class, record, roster, options, folder, known)
        self.status = export.run()
        self.out, self.err = capsys.readouterr()
        path = folder / f"{system}_grades.csv"
        self.rows: list[list[str]] = []
        if path.exists():
            self.rows = list(csv.reader(path.read_text(encoding="utf-8").splitlines()))[1:]

    @property
    def marks(self) -> dict[str, str]:
        """The last cell of a row of Canvas's, by the user's number."""
        return {row[1]: row[-1] for row in self.rows if row[1]}


@pytest.mark.parametrize("there", ["EX", "E", "N/A", "excused"])
def test_what_is_no_number_in_place_of_a_mark_is_kept_and_named(
    there: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = f"{GRADEBOOK}Ada L,1,ada,S,{there}\nBob B,2,bob,S,-\n"
    done = Done(
        tmp_path, capsys, "canvas", of_canvas(1, 2), [mark("s1", 50), mark("s2", 60)], listed
    )
    assert done.status == 1 and done.marks == {"2": "60"}
    assert f"in place of the mark: s1 ({there}). It was kept" in done.err
    assert "the marks of 1 student for canvas" in done.out


def test_another_mark_that_is_replaced_is_named_and_the_same_is_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = f"{GRADEBOOK}Ada L,1,ada,S,88.00\nBob B,2,bob,S,60.00\n"
    done = Done(
        tmp_path, capsys, "canvas", of_canvas(1, 2), [mark("s1", 50), mark("s2", 60)], listed
    )
    assert done.status == 0 and done.marks == {"1": "50", "2": "60"}
    assert (
        "1 row of the list had another mark, in brackets, which the file replaces: s1 (88.00)"
        in (done.err)
    )


def test_a_list_that_was_filled_in_before_is_filled_in_again_without_a_word(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = [mark("s1", 50.5)]
    first = Done(
        tmp_path, capsys, "moodle", of_moodle(1), marks, f"{WORKSHEET}Participant 1,A,-,100,-,\n"
    )
    again = Done(
        tmp_path,
        capsys,
        "moodle",
        of_moodle(1),
        marks,
        (tmp_path / "moodle_grades.csv").read_text(encoding="utf-8"),
    )
    assert again.err == "" and again.rows[0][:4] == first.rows[0][:4]


def test_a_comment_that_is_replaced_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = f"{WORKSHEET}Participant 1,A,50,100,-,Well done!\n"
    done = Done(tmp_path, capsys, "moodle", of_moodle(1), [mark("s1", 50)], listed)
    assert done.status == 0 and "another comment, which the file replaces: s1" in done.err


def test_a_mark_above_the_maximum_of_the_list_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = f"{WORKSHEET}Participant 1,A,-,100.00,-,\n"
    done = Done(tmp_path, capsys, "moodle", of_moodle(1), [mark("s1", 105)], listed)
    assert done.status == 1 and "counts to 100 points, and s1 got more" in done.err


def test_canvass_gradebook_with_names_in_two_columns_is_filled_in(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = (
        "LastName,FirstName,ID,SIS Login ID,Section,A4 (81)\n,,,,,Manual Posting\n"
        "    Points Possible,,,,,100\nL,Ada,1,ada,S,\n"
    )
    done = Done(tmp_path, capsys, "canvas", of_canvas(1), [mark("s1", 50)], listed)
    assert done.status == 0
    assert [row[-1] for row in done.rows] == ["Manual Posting", "100", "50"]


def test_without_a_list_no_row_is_left_to_canvas_to_find_by_its_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = Done(tmp_path, capsys, "canvas", of_canvas(1), [mark("s1", 50), mark("wei", 60)])
    assert done.status == 1 and done.marks == {"1": "50"}
    assert "wei" in done.err and "the marks of 1 student for canvas" in done.out
    assert not [row for row in done.rows[1:] if not row[1]]


def test_results_of_an_earlier_export_do_not_stay_for_who_is_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    marks = [mark("s1", 50), mark("s2", 60)]
    assert Done(tmp_path, capsys, "gradescope", {}, marks).status == 0
    marks[1] = replace(marks[1], waiting=True)
    assert Done(tmp_path, capsys, "gradescope", {}, marks).status == 1
    assert [path.parent.name for path in tmp_path.glob("gradescope/*/*.json")] == ["s1"]


@pytest.mark.parametrize(
    ("cell", "number"),
    [("88,50", 88.5), ("1.000,5", 1000.5), ("-3", -3.0), ("7.", 7.0), ("1e5", None), ("nan", None)],
)
def test_a_number_in_a_cell_is_read_with_every_decimal_mark(
    cell: str, number: float | None
) -> None:
    assert number_in(cell) == number


def test_who_has_no_number_in_moodle_is_not_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    done = Done(tmp_path, capsys, "moodle", of_moodle(1), [mark("s1", 50), mark("wei", 60)])
    assert done.status == 1 and "the marks of 1 student for moodle" in done.out
    assert "known: wei. Give Moodle's grading worksheet" in done.err
