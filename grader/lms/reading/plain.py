"""A plain folder, or a zip file of one: ``ada.ipynb``, ``ada/final.ipynb``, or nbgrader's own order
``ada/a4_deep_network/a4_deep_network.ipynb`` with its ``timestamp.txt``, or that of its exchange,
``ada+a4_deep_network+2026-11-01 10:20:30 UTC+random/``.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby
from pathlib import Path

from grader.exercises import assignment as assignments
from grader.lms.reading.archive import RefusedEntry
from grader.lms.reading.delivery import (
    Attempt,
    Delivery,
    HandedFile,
    Person,
    copy_number,
    without_copy,
)
from grader.lms.reading.identity import Space, folded
from grader.lms.reading.student_ids import accepted_id
from grader.lms.reading.system import Named, Sorting, System
from grader.lms.reading.times import parse_time
from grader.submission.hand_ins import read_name
from grader.submission.submitted_files import EXCHANGE_FILES, TIMESTAMP

# What simulated classes and imports leave beside submissions.
_NO_SUBMISSION = frozenset({"expected.json"})
# What Google Drive and file managers call a copy, in some languages.
_COPY_OF = re.compile(
    r"^(?:copy of|kopie von|copie de|copia de|c[óo]pia de|kopia)\s+|^副本\s*"
    r"|\s*(?:- ?copy|- ?kopie|的副本)$|[\s_-]+(?:copy of|kopie von|copie de|copia de)$",
    re.IGNORECASE,
)
_LONGEST_NAME = 200
# Names that are no student's.
_NOBODY = re.compile(
    r"untitled\d*|unbenannt|notebook|homework|assignment|submission|solution|final|作业|未命名"
    r"|(?:assignment|homework|hw|a|作业)[\s_-]*\d+",
    re.IGNORECASE,
)
# Times and the numbers of two things, as systems put them into names.
_OF_A_SYSTEM = re.compile(
    r"\b20\d\d[-_. ]\d\d[-_. ]\d\d\b|, 20\d\d\b|\b\d{3,}-\d{3,} ?- |_attempt_|assignsubmission"
)


class Plain(System):
    """A folder that no system has made."""

    name = "folder"
    title = "a plain folder"
    pattern = r"(?:(?P<student_id>[^/]+)/)?(?P<file_id>.+)"

    def sort(self, work: Sorting) -> None:
        """The folder, or the file's name where there is no folder, is the student."""
        folders: dict[tuple[str, str], list[HandedFile]] = {}
        exchanged: dict[str, dict[datetime, list[HandedFile]]] = {}
        single: dict[str, list[HandedFile]] = {}
        stamps: dict[tuple[str, str], Named] = {}
        wanted = work.options.assignment
        others = _other_assignments(work.named, wanted)
        passed: set[str] = set()
        tops = {folded(named["student_id"]) for named in work.named}
        for named in work.named:
            folder, handed = named["student_id"], named.handed
            student = folder
            if not student:
                _take_single(handed, single, work)
                continue
            top = handed.name.partition("/")[0]
            if student == ".lms" or top in others:
                passed |= {top} & others
                continue
            if hand_in := read_name(Path(student), [wanted, *others]):
                if hand_in.assignment != wanted:
                    passed.add(hand_in.assignment)
                elif handed.name not in EXCHANGE_FILES:
                    times = exchanged.setdefault(hand_in.student, {})
                    times.setdefault(hand_in.time, []).append(handed)
                continue
            if top != wanted:
                name = _COPY_OF.sub("", student)
                student = _without_assignment(name, work, tops) or name
            if _from_unknown_system(student, handed, work):
                continue
            handed = replace(handed, name=handed.name.removeprefix(f"{wanted}/"))
            if handed.name == TIMESTAMP:
                stamps[student, folder] = named
            else:
                folders.setdefault((student, folder), []).append(handed)
        if passed:
            work.note(f"Passed over: {', '.join(sorted(passed))}. Import each under its own name.")
        for (student, folder), mine in folders.items():
            attempt = Attempt(mine)
            if (student, folder) in stamps:
                _read_stamp(attempt, stamps[student, folder], work)
            work.reading.deliveries.append(Delivery(_person(student), [attempt]))
        for student, at_times in exchanged.items():
            in_order = [Attempt(mine, time) for time, mine in sorted(at_times.items())]
            work.reading.deliveries.append(Delivery(_person(student), in_order))
        for student, mine in single.items():
            # "ada.ipynb", "ada (1).ipynb": a browser numbers what is downloaded again.
            mine.sort(key=lambda file: copy_number(file.name))
            attempts = [
                Attempt(list(files))
                for _number, files in groupby(mine, lambda file: copy_number(file.name))
            ]
            # Numbers without the file that they are copies of may tell namesakes apart.
            copies = copy_number(mine[0].name) == 0
            together = [attempts] if copies else [[attempt] for attempt in attempts]
            work.reading.deliveries += [Delivery(_person(student), one) for one in together]

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """In a folder of the student's name."""
        return f"{downloaded_as.partition('/')[0].removesuffix('.ipynb')}/{page}"


def _other_assignments(named: Sequence[Named], wanted: str) -> set[str]:
    """The course's, and where the order is nbgrader's, each folder with a notebook of its name."""
    files = {one["file_id"] for one in named if one["student_id"]}
    found = set(assignments.names())
    if any(file.startswith(f"{wanted}/") for file in files):
        tops = {file.partition("/")[0] for file in files}
        found |= {top for top in tops if f"{top}/{top}.ipynb" in files}
    return found - {wanted}


def _take_single(file: HandedFile, single: dict[str, list[HandedFile]], work: Sorting) -> None:
    if file.is_archive:
        work.refuse(
            file.name,
            "is an archive within the archive: unpack it, and import what is in it by itself.",
        )
        return
    if not file.is_notebook:
        if file.name not in _NO_SUBMISSION:
            work.refuse(file.name, "is no notebook and lies in no student's folder.")
        return
    name = _COPY_OF.sub("", without_copy(file.name))
    rest = _COPY_OF.sub("", _without_assignment(name, work)).strip(" -_.")
    if not rest or _NOBODY.fullmatch(rest):
        work.refuse(
            file.name,
            "does not tell whose it is: name each notebook after its student, or put it into a "
            "folder of the student's name.",
        )
        return
    if not _from_unknown_system(rest, file, work):
        single.setdefault(rest, []).append(file)


def _without_assignment(name: str, work: Sorting, others: Collection[str] = ()) -> str:
    """The student: what the assignment's name leaves of "ada_a4_deep_network", or of "a4-ada".

    Parameters:
        name: the name of a file or a folder.
        work: with the assignment, and the names that students are known to have.
        others: names that are others', as they are compared.
    """
    assignment = work.options.assignment
    if len(name) > _LONGEST_NAME or folded(name) in work.options.known_values:
        return name
    whole = re.escape(assignment).replace("_", "[\\s_-]")
    short = assignment.partition("_")[0]
    either = f"{whole}|{re.escape(short)}" if re.search(r"[a-z].*\d", short, re.I) else whole
    ends = rf"^(?:{either})(?:[\s_.-]+|$)|(?:^|[\s_.-]+)(?:{either})$|\s+-\s+(?:{_NOBODY.pattern})$"
    rest = re.sub(ends, "", name, flags=re.IGNORECASE).strip()
    return name if folded(rest) in others else rest


def _from_unknown_system(student: str, file: HandedFile, work: Sorting) -> bool:
    """Refuse a name that no student has, but a system gives."""
    found = not work.options.said and bool(_OF_A_SYSTEM.search(student))
    if found:
        work.refuse(
            file.downloaded_as,
            "looks as if a learning management system had named it that is not known here, so that "
            "nobody knows whose it is. If it is a student's name all the same, say --from folder.",
        )
    return found


def _read_stamp(attempt: Attempt, named: Named, work: Sorting) -> None:
    try:
        text = work.archive.read(named.file.entry, 1000).decode("utf-8", "replace").strip()
    except RefusedEntry as error:
        work.refuse(named.file.path, str(error))
        return
    attempt.time = parse_time(text, work.options.zone)
    if attempt.time is None:
        work.refuse(named.file.path, "holds no time.")


def _person(name: str) -> Person:
    key = f"folder:{name}"
    full_name = name if re.search(r"\s|,", name.strip()) else ""
    numbers = {Space.EMAIL: name} if "@" in name else {}
    return Person(key, full_name, accepted_id(name), numbers=numbers, nbgrader=name)
