"""Lists of a class, who was imported before, and which rows of a list get a mark."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from grader.lms.incoming.import_record import ImportRecord, RecordedStudent
from grader.lms.outgoing.marks import ClassMarks, StudentMark
from grader.lms.outgoing.tables import canvas_table
from grader.lms.reading.roster import Roster, read_roster

NAME = "a4_deep_network"
NOW = datetime(2026, 11, 20, 12, 0, 0, tzinfo=UTC)


def mark(student_id: str, score: float = 90.0, **more: str) -> StudentMark:
    about = {"submitted": True, "raw_score": score, "score": score, "max_score": 100.0}
    return StudentMark(student_id, **(about | more))  # type: ignore[arg-type]


def moodle(number: int | str, name: str = "", **more: str) -> RecordedStudent:
    key = f"moodle:{number}"
    return RecordedStudent("moodle", key, name, **more)  # type: ignore[arg-type]


def canvas(number: int | str, name: str = "") -> RecordedStudent:
    key = f"canvas:{number}"
    return RecordedStudent("canvas", key, name, lms_user_id=str(number))


def listed(path: Path, text: str, encoding: str = "utf-8") -> Roster:
    path.write_bytes(text.encode(encoding))
    return read_roster(path)


WORKSHEET = "Identifier,Full name,Email address,Grade,Last modified (grade),Feedback comments\n"


GRADEBOOK = "Student,ID,SIS User ID,SIS Login ID,Section,A4 (81)\n    Points Possible,,,,,100\n"


def canvas_rows(roster: Roster, graded: Sequence[StudentMark], record: ImportRecord) -> list[str]:
    marks = ClassMarks(NAME, 100.0, None, list(graded))
    text = canvas_table(marks, graded, record, roster, "A4")
    return [row["ID"] for row in csv.DictReader(io.StringIO(text)) if row["ID"]]
