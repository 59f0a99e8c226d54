"""Sakai: "Download All" of an assignment.

A folder is called ``Lovelace, Ada(alovelace)``: surname, first name, user name. In it lies
``Submission attachment(s)/`` with what was handed in, ``Feedback Attachment(s)/`` with what the
teacher gives back, ``timestamp.txt`` and what was entered on the page. ``grades.csv`` lies beside.

Source: the form that Sakai's "Upload All" takes back, and public programs that read it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from grader.lms.reading.archive import RefusedEntry
from grader.lms.reading.delivery import Attempt, Delivery, Person
from grader.lms.reading.identity import Space, folded
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import ENTERED, Named, Placed, Sorting, System
from grader.lms.reading.times import in_utc
from grader.submission.submitted_files import TIMESTAMP

_MINE = "Submission attachment(s)/"
_STAMP = re.compile(r"\s*(\d{14})(?:\d{3})?\s*")


class Sakai(System):
    """Sakai's assignments."""

    name = "sakai"
    title = "Sakai"
    listing = "grades.csv"
    pattern = (
        r"(?P<last>[^/,]+), ?(?P<first>[^/]*?) ?\((?P<student_id>[^()/]+)\)/"
        r"(?P<part>(?:Submission|Feedback) [Aa]ttachment\(s\)/)?(?P<file_id>.+)"
    )

    def share(self, files: Sequence[Placed]) -> float:
        """Nothing without its folders: the names may be anybody's way of writing names."""
        return super().share(files) if any(f"/{_MINE}" in file.path for file in files) else 0.0

    def sort(self, work: Sorting) -> None:
        """Sort by the user name; what the teacher gives back is nobody's work."""
        students: dict[tuple[str, str, str], list[Named]] = {}
        for named in work.named:
            who = (named["student_id"], named["first"], named["last"])
            students.setdefault(who, []).append(named)
        for (user, first, last), mine in students.items():
            attempt = Attempt([named.handed for named in mine if named["part"] == _MINE])
            for named in mine:
                if named["file_id"] == TIMESTAMP and not named["part"]:
                    attempt.time = _time(named, work)
                elif named["file_id"].endswith("_submissionText.html") and named.file.entry.size:
                    work.refuse(named.file.path, ENTERED)
            name, key = f"{first} {last}".strip(), f"sakai:{folded(user)}"
            numbers = {Space.LOGIN: user}
            person = Person(key, name, readable_id(user), first, last, numbers=numbers)
            work.reading.deliveries.append(Delivery(person, [attempt]))
        work.note_zone(self.title)


def _time(named: Named, work: Sorting) -> datetime | None:
    try:
        text = work.archive.read(named.file.entry, 1000).decode("ascii", "replace")
    except RefusedEntry as error:
        work.refuse(named.file.path, str(error))
        return None
    try:
        found = _STAMP.fullmatch(text)
        time = datetime.strptime(found[1], "%Y%m%d%H%M%S") if found else None
    except ValueError:
        time = None
    if time is None and text.strip():
        work.no_time(named["student_id"], text)
    return in_utc(time, work.options.zone) if time else None
