"""Put the page, the tables and the data of a class report into a folder."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

from grader.files import write_whole
from grader.report.class_report import ClassReport
from grader.report.page import report_page
from grader.report.report_json import as_data
from grader.report.tables import tables


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
