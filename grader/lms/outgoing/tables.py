"""The tables of marks that learning management systems take in.

Only students who have a mark get a row: Canvas takes an empty cell for "no mark" and would remove
the one that is there, and Moodle would empty the comment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from grader.lms.incoming.import_record import ImportRecord, KnownStudents, RecordedStudent
from grader.lms.outgoing.comments import comment_html
from grader.lms.outgoing.marks import ClassMarks, StudentMark
from grader.lms.outgoing.roster_marks import RosterMarks, marks_of_rows
from grader.lms.reading.identity import folded
from grader.lms.reading.roster import Roster
from grader.text.table_cells import Cell, csv_text
from grader.text.terminal import CannotGoOn, shown


class UnfitRoster(CannotGoOn):
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
    roster: Roster,
    graded: Sequence[StudentMark],
    record: ImportRecord,
    now: datetime,
    matched: RosterMarks | None = None,
) -> str:
    """Moodle's own worksheet with the marks filled in.

    Parameters:
        roster: the worksheet as Moodle handed it out.
        graded, record, now: see :func:`moodle_table`.
        matched: whose mark goes into which row; None to find out.

    Raises:
        UnfitRoster: it has no columns for marks.
    """
    grade, modified = worksheet_columns(roster)
    feedback = roster.column("feedback")
    matched = matched or marks_of_rows(roster, graded, record, "moodle")
    rows: list[list[Cell]] = []
    for place, line in enumerate(roster.table):
        mark = matched.marks[place]
        if mark is None:
            continue
        cells: list[Cell] = [*_padded(line, len(roster.header))]
        cells[grade] = mark.score
        cells[modified] = now.isoformat(timespec="seconds")
        if feedback is not None:
            cells[feedback] = comment_html(mark)
        rows.append(cells)
    return roster.dialect.text([roster.header, *rows])


def canvas_table(
    marks: ClassMarks,
    graded: Sequence[StudentMark],
    record: ImportRecord,
    roster: Roster,
    column: str,
    matched: RosterMarks | None = None,
    known: KnownStudents | None = None,
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
        matched: whose mark goes into which row of the roster; None to find out.
        known: what is remembered of all assignments.

    Raises:
        UnfitRoster: it has no column of students, or none or several for the assignment.
    """
    if roster:
        place = gradebook_column(roster, column, marks.assignment)
        matched = matched or marks_of_rows(roster, graded, record, "canvas")
        return _filled_gradebook(roster, place, matched)
    header = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", column or marks.assignment)
    rows: list[list[Cell]] = [["    Points Possible", "", "", "", "", marks.max_score]]
    for mark in graded:
        number = canvas_number(mark, record, known or KnownStudents())
        rows.append([mark.sortable_name, number, "", "", "", mark.score])
    return csv_text(header, rows)


def canvas_number(mark: StudentMark, record: ImportRecord, known: KnownStudents) -> str:
    """The user's number in Canvas; empty where it is not known.

    Of who was imported, what the gradebook has as the user's number may be another system's.
    """
    entries = [entry for _assignment, entry in known.entries.get(mark.student_id, [])]
    if mark.student_id in record.students:
        entries.insert(0, record.students[mark.student_id])
    if not entries:
        return mark.lms_user_id if mark.lms_user_id.isdecimal() else ""
    of_canvas = {entry.lms_user_id for entry in entries if entry.system == "canvas"} - {""}
    return of_canvas.pop() if len(of_canvas) == 1 else ""


def worksheet_columns(roster: Roster) -> tuple[int, int]:
    """Where the marks stand in Moodle's worksheet, and when they were given.

    Raises:
        UnfitRoster: it has no such columns.
    """
    grade, modified = roster.column("grade"), roster.column("modified")
    if grade is None or modified is None or roster.column("identifier") is None:
        raise UnfitRoster(
            f"{roster.path} has no columns Identifier, Grade and Last modified (grade): it is no "
            "grading worksheet, or in a language that is not known here. Set your language in "
            "Moodle to English, download it again, and upload it in the same language; or leave "
            "--roster away."
        )
    return grade, modified


def gradebook_column(roster: Roster, column: str, assignment: str) -> int:
    """Where the marks of the assignment stand in Canvas's gradebook.

    Parameters:
        roster: the gradebook.
        column: the name of the assignment in Canvas, or a part of it; empty for its name here.
        assignment: its name here.

    Raises:
        UnfitRoster: it is no gradebook, or has no such column, or several.
    """
    section = roster.column("section")
    if section is None or (roster.column("name") is None and roster.column("last_name") is None):
        raise UnfitRoster(
            f"{roster.path} is no gradebook as Canvas exports it: it has no columns Student and "
            "Section."
        )
    wanted = column or assignment
    columns = [name for name in roster.header[section + 1 :] if name]
    exact = [name for name in columns if name == wanted]
    # "A1" is in "A1 Basics (81)", and not in "A10 (82)".
    part = re.compile(rf"(?<!\w){re.escape(folded(wanted))}(?!\w)")
    found = exact or [name for name in columns if part.search(folded(name))]
    if len(found) != 1:
        raise UnfitRoster(
            f"{roster.path} has {'several columns' if found else 'no column'} for {wanted!r}. "
            f"Say with --column which it is: {', '.join(found or columns[:20])}."
        )
    return roster.header.index(found[0], section + 1)


def _filled_gradebook(roster: Roster, place: int, matched: RosterMarks) -> str:
    section = roster.column("section") or 0
    about = roster.header[: section + 1]
    rows: list[list[Cell]] = []
    for number, (line, row) in enumerate(zip(roster.table, roster.rows, strict=True)):
        mark = matched.marks[number]
        if mark is not None:
            rows.append([*_padded(line, len(about)), mark.score])
        elif not roster.is_student(row):  # "Points Possible", and what else stands above students
            possible = line[place] if place < len(line) else ""
            rows.append([*_padded(line, len(about)), possible])
    return roster.dialect.text([(*about, roster.header[place]), *rows])


def other_maximum(marks: ClassMarks, roster: Roster, column: str) -> str:
    """Say that the list counts to another number of points than the assignment, or than a mark.

    Parameters:
        marks: the class.
        roster: Moodle's worksheet, or Canvas's gradebook.
        column: the name of the assignment in Canvas; empty for its name here.

    Returns:
        A sentence; empty where both are the same, or the list does not tell.
    """
    place, lines = roster.column("maximum"), list(roster.table)
    if place is None and roster.column("section") and roster.column("lms_user_id") is not None:
        place = gradebook_column(roster, column, marks.assignment)
        pairs = zip(roster.table, roster.rows, strict=True)
        lines = [line for line, row in pairs if not roster.is_student(row)]
    cells = {line[place].strip() for line in lines if place is not None and place < len(line)}
    told = sorted({number for cell in cells if (number := number_in(cell)) is not None})
    if not all(number == marks.max_score for number in told):
        return (
            f"{roster.path} counts to {', '.join(f'{number:g}' for number in told[:3])} points, "
            f"and {marks.assignment} has {marks.max_score:g}. The marks are written as they are: "
            "set the maximum there to the same before you upload them."
        )
    above = [shown(mark.student_id) for mark in marks.students if told and mark.score > told[-1]]
    if not above:
        return ""
    return (
        f"{roster.path} counts to {told[-1]:g} points, and {', '.join(above[:10])} got more. The "
        "marks are written as they are: see whether the system takes them, or give them by hand."
    )


def number_in(cell: str) -> float | None:
    """The number in a cell, whatever its decimal mark is; None where there is none."""
    if not re.fullmatch(r"-?\d[\d.,]*", cell):
        return None
    *whole, last = re.split(r"[.,]", cell)
    return float(f"{''.join(whole)}.{last or 0}") if whole else float(last)


def _padded(line: Sequence[str], length: int) -> list[str]:
    return [*line[:length], *[""] * (length - len(line))]


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
