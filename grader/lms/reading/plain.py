"""A plain folder, or a zip file of one: ``ada.ipynb``, ``ada/final.ipynb``, or nbgrader's own order
``ada/a4_deep_network/a4_deep_network.ipynb`` with its ``timestamp.txt``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby

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
from grader.submission.submitted_files import TIMESTAMP

# What simulated classes and imports leave beside submissions.
_NO_SUBMISSION = frozenset({"expected.json"})
# What Google Drive and file managers call a copy, in some languages.
_COPY_OF = re.compile(
    r"^(?:copy of|kopie von|copie de|copia de|c[óo]pia de|kopia)\s+|^副本\s*"
    r"|\s*(?:- ?copy|- ?kopie|的副本)$|[\s_-]+(?:copy of|kopie von|copie de|copia de)$",
    re.IGNORECASE,
)
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
        folders: dict[str, list[HandedFile]] = {}
        single: dict[str, list[HandedFile]] = {}
        stamps: dict[str, Named] = {}
        wanted = work.options.assignment
        others = set(assignments.names()) - {wanted}
        passed: set[str] = set()
        for named in work.named:
            student, handed = named["student_id"], named.handed
            if not student:
                _take_single(handed, single, work)
                continue
            top = handed.name.partition("/")[0]
            if student == ".lms" or top in others:
                passed |= {top} & others
                continue
            student = _COPY_OF.sub("", student)
            if _from_unknown_system(student, handed, work):
                continue
            handed = replace(handed, name=handed.name.removeprefix(f"{wanted}/"))
            if handed.name == TIMESTAMP:
                stamps[student] = named
            else:
                folders.setdefault(student, []).append(handed)
        if passed:
            work.note(f"Passed over: {', '.join(sorted(passed))}. Import each under its own name.")
        for student, mine in folders.items():
            attempt = Attempt(mine)
            if student in stamps:
                _read_stamp(attempt, stamps[student], work)
            work.reading.deliveries.append(Delivery(_person(student), [attempt]))
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


def _take_single(file: HandedFile, single: dict[str, list[HandedFile]], work: Sorting) -> None:
    assignment = work.options.assignment
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
    # "ada_a4_deep_network.ipynb": the student is what the assignment's name leaves.
    rest = re.sub(rf"[\s_.-]*{re.escape(assignment)}[\s_.-]*", "", name, flags=re.IGNORECASE)
    rest = _COPY_OF.sub("", rest).strip(" -_.")
    if not rest or _NOBODY.fullmatch(rest) or folded(rest) == assignment.partition("_")[0]:
        work.refuse(
            file.name,
            "does not tell whose it is: name each notebook after its student, or put it into a "
            "folder of the student's name.",
        )
        return
    if not _from_unknown_system(rest, file, work):
        single.setdefault(rest, []).append(file)


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
