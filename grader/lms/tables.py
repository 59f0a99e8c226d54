"""The tables of marks that learning management systems take in.

Only students who have a mark get a row: Canvas takes an empty cell for "no mark" and would remove
the one that is there, and Moodle would empty the comment.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from grader.lms.comments import comment_html
from grader.lms.csv_cells import Cell, csv_text
from grader.lms.import_record import ImportRecord, RecordedStudent
from grader.lms.marks import ClassMarks, StudentMark
from grader.lms.roster import Roster, RosterRow, folded

# What Moodle calls the columns that are filled in.
_GRADE, _MODIFIED, _FEEDBACK = "grade", "last modified (grade)", "feedback comments"


class UnfitRoster(Exception):
    """The list of the class cannot be filled in. The message says what to do."""


def moodle_table(
    marks: ClassMarks, graded: Sequence[StudentMark], record: ImportRecord, now: datetime
) -> str:
    """Moodle's offline grading worksheet, for "Upload grading worksheet".

    Moodle finds students by Identifier, and wants that column, Grade and Last modified (grade);
    marks that were changed in Moodle after that time are left alone unless it is told otherwise.
    For Grades > Import > CSV file, map Email address or ID number to the user, Grade and Feedback
    comments to the assignment. Comments are HTML there.

    Source: https://docs.moodle.org/311/en/Grade_import and
    https://github.com/moodle/moodle/blob/main/mod/assign/feedback/offline/importgradeslib.php

    Parameters:
        marks: the class.
        graded: whose marks go in.
        record: what Moodle calls the students.
        now: the time of the export.
    """
    header = (
        "Identifier",
        "Full name",
        "Email address",
        "Grade",
        "Maximum grade",
        "Last modified (grade)",
        "Feedback comments",
    )
    rows: list[list[Cell]] = []
    for mark in graded:
        entry = record.students.get(mark.student_id)
        number = moodle_number(entry)
        rows.append(
            [
                f"Participant {number}" if number else "",
                (entry.name if entry else "") or mark.name,
                mark.email,
                mark.score,
                marks.max_score,
                now.isoformat(timespec="seconds"),
                comment_html(mark),
            ]
        )
    return csv_text(header, rows)


def moodle_number(entry: RecordedStudent | None) -> str:
    """The participant's number in Moodle; empty where it is not known."""
    number = entry.key.removeprefix("moodle:") if entry and entry.system == "moodle" else ""
    return number if number.isdigit() else ""


def filled_worksheet(
    roster: Roster, graded: Sequence[StudentMark], record: ImportRecord, now: datetime
) -> str:
    """Moodle's own worksheet with the marks filled in.

    Parameters:
        roster: the worksheet as Moodle handed it out.
        graded, record, now: see :func:`moodle_table`.

    Raises:
        UnfitRoster: it has no columns for marks.
    """
    lowered = [name.strip().lower() for name in roster.header]
    if not {_GRADE, _MODIFIED} <= set(lowered) or roster.column("identifier") is None:
        raise UnfitRoster(
            f"{roster.path} has no columns Identifier, Grade and Last modified (grade): it is no "
            "grading worksheet, or not in English. Set your language in Moodle to English, "
            "download it again, and upload it in the same language; or leave --roster away."
        )
    index = _Index(graded, record)
    rows: list[list[Cell]] = []
    for line, row in zip(roster.table, roster.rows, strict=True):
        mark = index.find(row)
        if mark is None:
            continue
        cells: list[Cell] = [*_padded(line, len(roster.header))]
        cells[lowered.index(_GRADE)] = mark.score
        cells[lowered.index(_MODIFIED)] = now.isoformat(timespec="seconds")
        if _FEEDBACK in lowered:
            cells[lowered.index(_FEEDBACK)] = comment_html(mark)
        rows.append(cells)
    return csv_text(roster.header, rows)


def canvas_table(
    marks: ClassMarks,
    graded: Sequence[StudentMark],
    record: ImportRecord,
    roster: Roster,
    column: str,
) -> str:
    """Canvas's gradebook, for Grades > Import.

    The second row holds the points possible. Canvas finds students by ID, else by SIS User ID, SIS
    Login ID or the name, and the assignment by its name, best with its number: "A4 (1234)".

    Source: https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_importer.rb (what is
    read), https://github.com/instructure/canvas-lms/blob/master/lib/gradebook_exporter.rb (what is
    written), and in words
    https://teaching.resources.osu.edu/toolsets/carmencanvas/guides/calculating-final-grades/import-csv-file-carmen-grades

    Parameters:
        marks, graded, record: see :func:`moodle_table`.
        roster: the gradebook as Canvas exports it; empty where it was not given.
        column: the name of the assignment in Canvas; empty for its name here.

    Raises:
        UnfitRoster: it has no column of students, or none or several for the assignment.
    """
    if roster:
        return _filled_gradebook(marks, graded, record, roster, column)
    header = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", column or marks.assignment)
    rows: list[list[Cell]] = [["    Points Possible", "", "", "", "", marks.max_score]]
    for mark in graded:
        entry = record.students.get(mark.student_id)
        rows.append([mark.sortable_name, canvas_number(entry, mark), "", "", "", mark.score])
    return csv_text(header, rows)


def canvas_number(entry: RecordedStudent | None, mark: StudentMark) -> str:
    """The user's number in Canvas; empty where it is not known."""
    if entry is not None:
        return entry.lms_user_id if entry.system == "canvas" else ""
    return mark.lms_user_id if mark.lms_user_id.isdigit() else ""


def _filled_gradebook(
    marks: ClassMarks,
    graded: Sequence[StudentMark],
    record: ImportRecord,
    roster: Roster,
    column: str,
) -> str:
    section = next((i for i, name in enumerate(roster.header) if name == "Section"), None)
    if section is None or "Student" not in roster.header[0]:
        raise UnfitRoster(
            f"{roster.path} is no gradebook as Canvas exports it: it has no columns Student and "
            "Section."
        )
    title = _assignment_column(roster, section, column or marks.assignment)
    place = roster.header.index(title)
    rows: list[list[Cell]] = []
    about = roster.header[: section + 1]
    index = _Index(graded, record)
    for line, row in zip(roster.table, roster.rows, strict=True):
        if line and "Points Possible" in line[0]:
            possible = line[place] if place < len(line) else ""
            rows.append([*_padded(line, len(about)), possible])
            continue
        mark = index.find(row)
        if mark is not None:
            rows.append([*_padded(line, len(about)), mark.score])
    return csv_text((*about, title), rows)


def _padded(line: Sequence[str], length: int) -> list[str]:
    return [*line[:length], *[""] * (length - len(line))]


def _assignment_column(roster: Roster, section: int, wanted: str) -> str:
    columns = [name for name in roster.header[section + 1 :] if name]
    exact = [name for name in columns if name == wanted]
    found = exact or [name for name in columns if folded(wanted) in folded(name)]
    if len(found) != 1:
        raise UnfitRoster(
            f"{roster.path} has {'several columns' if found else 'no column'} for {wanted!r}. "
            f"Say with --column which it is: {', '.join(found or columns[:20])}."
        )
    return found[0]


class _Index:
    """Finds the mark of a student of a list: by number, else by user name, email or full name."""

    def __init__(self, graded: Sequence[StudentMark], record: ImportRecord) -> None:
        self._moodle: dict[str, StudentMark] = {}
        self._canvas: dict[str, StudentMark] = {}
        self._known: dict[str, list[StudentMark]] = {}
        self._names: dict[str, list[StudentMark]] = {}
        for mark in graded:
            entry = record.students.get(mark.student_id)
            self._moodle[moodle_number(entry)] = mark
            self._canvas[canvas_number(entry, mark)] = mark
            for known in {folded(mark.student_id), folded(mark.email), folded(mark.lms_user_id)}:
                self._known.setdefault(known, []).append(mark)
            for name in {folded(mark.name), folded(mark.sortable_name)}:
                self._names.setdefault(name, []).append(mark)

    def find(self, row: RosterRow) -> StudentMark | None:
        """The mark of that student; None where there is none, or more than one."""
        number = row.identifier.split(" ")[-1]
        if number in self._moodle and number:
            return self._moodle[number]
        if row.lms_user_id in self._canvas and row.lms_user_id:
            return self._canvas[row.lms_user_id]
        for value in (row.login, row.id_number, row.email):
            if value and len(self._known.get(folded(value), [])) == 1:
                return self._known[folded(value)][0]
        named = self._names.get(folded(row.name), []) if row.name else []
        return named[0] if len(named) == 1 else None


def nbgrader_table(marks: ClassMarks) -> str:
    """nbgrader's own table, as ``nbgrader export`` writes it, with cells in quotes where needed.

    nbgrader's ``CsvExportPlugin`` joins texts with commas as they are, so that a comma or a line
    break in a name moves all columns after it.

    Source: https://nbgrader.readthedocs.io/en/stable/plugins/export-plugin.html
    """
    header = (
        "assignment",
        "duedate",
        "timestamp",
        "student_id",
        "last_name",
        "first_name",
        "email",
        "raw_score",
        "late_submission_penalty",
        "score",
        "max_score",
    )
    due = "" if marks.duedate is None else str(marks.duedate)
    rows: list[list[Cell]] = [
        [
            marks.assignment,
            due,
            "" if mark.timestamp is None else str(mark.timestamp),
            mark.student_id,
            mark.last_name,
            mark.first_name,
            mark.email,
            mark.raw_score,
            mark.penalty,
            mark.score,
            mark.max_score,
        ]
        for mark in marks.students
    ]
    return csv_text(header, rows, number=str)
