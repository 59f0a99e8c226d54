"""Blackboard Learn: "Assignment File Download".

A file is called ``Assignment 4_ada_attempt_2026-11-01-10-20-30_a4.ipynb``; beside the files of an
attempt lies ``Assignment 4_ada_attempt_2026-11-01-10-20-30.txt`` with the name, the user name and
the time. All attempts may be in one archive.

Source: https://github.com/kwurst/bb-file-cleanup and other public programs that read such archives.
"""

from __future__ import annotations

import os.path
import re
from dataclasses import dataclass, field
from datetime import datetime

from grader.lms.reading.archive import RefusedEntry
from grader.lms.reading.delivery import (
    Attempt,
    Delivery,
    HandedFile,
    Person,
    split_name,
)
from grader.lms.reading.identity import Space, folded
from grader.lms.reading.student_ids import readable_id
from grader.lms.reading.system import Named, ReadingOptions, Sorting, System
from grader.lms.reading.times import in_utc, parse_time
from grader.text.terminal import shown

_LARGEST_TEXT = 1_000_000
# "Name: Ada Lovelace (alovelace)", in whatever language. Students write into the same text, so that
# no part may be long, and none may begin or end in several places.
_NAME_LINE = re.compile(
    r"^[^:：\r\n]{1,40}[:：](?P<name>[^\r\n]{0,300})\((?P<user>[^()\r\n]{1,100})\)[ \t]{0,9}\r?$",
    re.M,
)
_TIME_LINE = re.compile(r"^Date Submitted:(?P<time>[^\r\n]{1,100})\r?$", re.M)
_NAMED_ZONE = re.compile(r"(?:\b(?:GMT|UTC)|[+-]\d\d:?\d\d)$")
_STAMP = "%Y-%m-%d-%H-%M-%S"


@dataclass
class _Raw:
    """One attempt, before it is known where the assignment's title ends and the user begins."""

    head: str
    stamp: str
    files: list[HandedFile] = field(default_factory=list)
    name: str = ""
    user: str = ""
    time: datetime | None = None


class Blackboard(System):
    """Blackboard Learn's assignments."""

    name = "blackboard"
    title = "Blackboard"
    pattern = (
        r"(?P<head>[^/]+?)_attempt_(?P<timestamp>\d{4}-\d\d-\d\d-\d\d-\d\d-\d\d)"
        r"(?:_(?P<file_id>[^/]+)|(?P<student_id>\.txt)$)"
    )

    def sort(self, work: Sorting) -> None:
        """Sort by user and attempt; the text beside an attempt tells the name and the time."""
        options = work.options
        attempts: dict[tuple[str, str], _Raw] = {}
        for named in work.named:
            head, stamp = named["head"], named["timestamp"]
            raw = attempts.setdefault((head, stamp), _Raw(head, stamp))
            if named["file_id"]:
                raw.files.append(named.handed)
            else:
                _read_text(raw, named, work)
        title, certain = _title(list(attempts.values()))
        if not certain:
            work.note(
                "No text beside the attempts tells the user names, so that they are taken from the "
                "names of the files, where the title of the assignment may reach into them: nobody "
                "is known by them. Import the archive as Blackboard made it, with its .txt files."
            )
        for raw in attempts.values():
            user = raw.user or raw.head.removeprefix(title)
            if user == raw.head:
                work.refuse(
                    f"{raw.head}_attempt_{raw.stamp}",
                    f"does not begin with {shown(title)!r} as the others do: it is another "
                    "assignment's. Import it by itself.",
                )
                continue
            person = _person(user, raw.name, options, certain)
            time = raw.time or _stamped(raw.stamp, options)
            work.reading.deliveries.append(Delivery(person, [Attempt(raw.files, time)]))
        if any(raw.time is None for raw in attempts.values()):
            work.note_zone(self.title)

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """Beside the other files of the attempt."""
        found = self.match(downloaded_as)
        return f"{found['head']}_attempt_{found['timestamp']}_{page}" if found else page


def _read_text(raw: _Raw, named: Named, work: Sorting) -> None:
    try:
        text = work.archive.read(named.file.entry, _LARGEST_TEXT).decode("utf-8-sig", "replace")
    except RefusedEntry as error:
        work.refuse(named.file.path, str(error))
        return
    time = _TIME_LINE.search(text)
    # A student's comment stands further down in the same file; only what the name of the file
    # says as well is believed.
    lines = (line for line in _NAME_LINE.finditer(text) if raw.head.endswith(f"_{line['user']}"))
    if name := next(lines, None):
        raw.name, raw.user = name["name"].strip(), name["user"]
    stamped = _stamped(raw.stamp, work.options)
    if time and stamped and _NAMED_ZONE.search(time["time"].strip()):
        found = parse_time(time["time"].strip(), work.options.zone)
        if found is not None and abs((found - stamped).total_seconds()) < 36 * 3600:
            raw.time = found


def _stamped(stamp: str, options: ReadingOptions) -> datetime | None:
    try:
        return in_utc(datetime.strptime(stamp, _STAMP), options.zone)
    except (ValueError, OverflowError):
        return None


def _title(attempts: list[_Raw]) -> tuple[str, bool]:
    """The assignment's title with its underscore, and whether it is certain to end there."""
    for raw in attempts:
        if raw.user:
            return raw.head[: len(raw.head) - len(raw.user)], True
    common = os.path.commonprefix([raw.head for raw in attempts])
    title = common[: common.rfind("_") + 1]
    return title, title.count("_") == 1


def _person(user: str, name: str, options: ReadingOptions, certain: bool) -> Person:
    first, last = split_name(name, options.surname_first)
    key = f"blackboard:{folded(user)}"
    if not certain:
        return Person(key, name, readable_id(user), first, last)
    return Person(key, name, readable_id(user), first, last, "", user, {Space.LOGIN: user}, user)
