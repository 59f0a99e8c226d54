"""Write class reports: read what is recorded, and put page, tables and data into a folder."""

from __future__ import annotations

import datetime
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from tqdm import tqdm

from grader.exercises import assignment as assignments
from grader.exercises.assignment import AssignmentError
from grader.report.class_report import ClassReport
from grader.report.class_results import ClassResults
from grader.report.data import as_data
from grader.report.page import report_page
from grader.report.reading import read_class
from grader.report.tables import tables
from grader.settings.course import Course
from grader.settings.whole_files import write_whole


def write(made: ClassReport, folder: Path) -> None:
    """Write the page, the tables and the data of a report.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    now = datetime.datetime.now(datetime.UTC)
    data = json.dumps(as_data(made), indent=1, ensure_ascii=False, allow_nan=False)
    files = {"index.html": report_page(made, now), "report.json": data + "\n", **tables(made)}
    for name, text in files.items():
        # Ids of students may hold what no text file can; a report is better than none.
        write_whole(folder / name, text)


def read_classes(
    course: Course, names: Iterable[str], wanted: list[str]
) -> dict[str, ClassResults]:
    """The results of all assignments with marks; code only of those that are wanted."""
    found = {}
    for name in names:
        try:
            assignment = assignments.load(name)
        except AssignmentError as error:
            if name in wanted:
                raise
            print(f"{name} is left out of the trends: {error}", file=sys.stderr)
            continue
        with tqdm(desc=f"reading {name}", unit="student", leave=False, delay=1) as bar:
            found[name] = read_class(course, assignment, name in wanted, bar.update)
    return found
