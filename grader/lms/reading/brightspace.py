"""Brightspace (D2L): "Download" of an assignment's submissions.

A folder is called ``12345-678901 - Ada Lovelace - Nov 1, 2026 1020 AM``: the user's number, that of
the assignment, the name, the time. Each time a student hands in is a folder of its own. Where the
archive has no folders, the same stands before the name of the file; of a folder the last time
counts. ``index.html`` lists them.

Source: https://community.d2l.com/brightspace/kb/articles/3424-download-assignment-submissions and
public programs that read such archives.
"""

from __future__ import annotations

import re
from datetime import datetime

from grader.lms.reading.delivery import Attempt, Delivery, Person, split_name
from grader.lms.reading.identity import Space
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import ReadingOptions, Sorting, System
from grader.lms.reading.times import parse_time

_CLOCK = re.compile(r"\b(\d{1,2})(\d\d) ?([AP]M)\b", re.IGNORECASE)


class Brightspace(System):
    """Brightspace's assignments."""

    name = "brightspace"
    title = "Brightspace"
    listing = "index.html"
    pattern = (
        r"(?P<head>(?P<student_id>\d+)-\d+ ?- ?(?P<full_name>[^/]+?) ?- "
        r"(?P<time>(?:(?! - )[^/]){0,20}?\b\d{4}\b[^/-]{0,20}?))"
        r"(?:/| ?- (?!.*/))(?P<file_id>[^/].*)"
    )

    def sort(self, work: Sorting) -> None:
        """Sort by the user's number and the time."""
        attempts: dict[tuple[str, str, str], Attempt] = {}
        for named in work.named:
            which = (named["student_id"], named["full_name"].strip(), named["time"].strip())
            if which not in attempts:
                attempts[which] = Attempt([], _time(which[2], work.options))
                if attempts[which].time is None:
                    work.no_time(which[1], which[2])
            attempts[which].files.append(named.handed)
        of_student: dict[tuple[str, str], list[Attempt]] = {}
        for (number, name, _stamp), attempt in attempts.items():
            of_student.setdefault((number, name), []).append(attempt)
        for (number, name), mine in of_student.items():
            mine.sort(key=lambda attempt: attempt.time.timestamp() if attempt.time else 0.0)
            work.reading.deliveries.append(Delivery(_person(number, name, work.options), mine))
        work.note_zone(self.title)


def _time(text: str, options: ReadingOptions) -> datetime | None:
    return parse_time(_CLOCK.sub(r"\1:\2 \3", text), options.zone)


def _person(number: str, name: str, options: ReadingOptions) -> Person:
    first, last = split_name(name, options.surname_first)
    key = f"brightspace:{number}"
    wanted = readable_id(f"{name} {number}")
    numbers = {Space.LMS_USER: number}
    return Person(key, name, wanted, first, last, "", number, numbers)
