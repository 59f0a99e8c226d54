"""A plain folder, or a zip file of one: ``ada.ipynb``, ``ada/final.ipynb``, or nbgrader's own order
``ada/a4_deep_network/a4_deep_network.ipynb`` with its ``timestamp.txt``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby

from grader.exercises import assignment as assignments
from grader.lms.reading.archive import Archive, Refusal, RefusedEntry, composed
from grader.lms.reading.delivery import (
    Attempt,
    Delivery,
    HandedFile,
    Person,
    Reading,
    copy_number,
    parse_time,
    without_copy,
)
from grader.lms.reading.identity import Space, folded
from grader.lms.reading.student_ids import accepted_id
from grader.lms.reading.system import Placed, ReadingOptions, System, handed
from grader.submission.submitted_files import TIMESTAMP
from grader.text.terminal import shown

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
    pattern = r"(?P<student_id>[^/]+?)(?:/(?P<file_id>.+)|(?P<ending>\.[^./]+))$"

    def read(self, archive: Archive, files: Sequence[Placed], options: ReadingOptions) -> Reading:
        """The folder, or the file's name where there is no folder, is the student."""
        reading = Reading()
        folders: dict[str, list[HandedFile]] = {}
        single: dict[str, list[HandedFile]] = {}
        stamps: dict[str, Placed] = {}
        others = set(assignments.names()) - {options.assignment}
        for file in files:
            student, slash, rest = file.path.partition("/")
            if not slash:
                _take_single(file, options, single, reading)
                continue
            if student == ".lms" or rest.partition("/")[0] in others:
                continue
            student = _COPY_OF.sub("", student)
            if _from_unknown_system(student, options, file, reading):
                continue
            rest = rest.removeprefix(f"{options.assignment}/")
            if rest == TIMESTAMP:
                stamps[student] = file
            else:
                folders.setdefault(student, []).append(handed(file, rest))
        for student, mine in folders.items():
            attempt = Attempt(mine)
            if student in stamps:
                _read_stamp(attempt, archive, stamps[student], options, reading)
            reading.deliveries.append(Delivery(_person(student), [attempt]))
        for student, mine in single.items():
            # "ada.ipynb", "ada (1).ipynb": a browser numbers what is downloaded again.
            mine.sort(key=lambda file: copy_number(file.name))
            attempts = [
                Attempt(list(files))
                for _number, files in groupby(mine, lambda file: copy_number(file.name))
            ]
            reading.deliveries.append(Delivery(_person(student), attempts))
        return reading

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """In a folder of the student's name."""
        return f"{downloaded_as.partition('/')[0].removesuffix('.ipynb')}/{page}"


def _take_single(
    file: Placed, options: ReadingOptions, single: dict[str, list[HandedFile]], reading: Reading
) -> None:
    taken = handed(file, file.path)
    if not taken.is_notebook:
        if file.path not in _NO_SUBMISSION:
            reason = "is no notebook and lies in no student's folder."
            reading.refused.append(Refusal(shown(file.path), reason))
        return
    name = _COPY_OF.sub("", without_copy(file.path))
    # "ada_a4_deep_network.ipynb": the student is what the assignment's name leaves.
    rest = re.sub(
        rf"[\s_.-]*{re.escape(options.assignment)}[\s_.-]*", "", name, flags=re.IGNORECASE
    )
    rest = _COPY_OF.sub("", rest).strip(" -_.")
    if not rest or _NOBODY.fullmatch(rest) or folded(rest) == options.assignment.partition("_")[0]:
        reason = (
            "does not tell whose it is: name each notebook after its student, or put it into a "
            "folder of the student's name."
        )
        reading.refused.append(Refusal(shown(file.path), reason))
        return
    if _from_unknown_system(rest, options, file, reading):
        return
    single.setdefault(rest, []).append(taken)


def _from_unknown_system(
    student: str, options: ReadingOptions, file: Placed, reading: Reading
) -> bool:
    """Refuse a name that no student has, but a system gives."""
    found = not options.said and bool(_OF_A_SYSTEM.search(student))
    if found:
        reason = (
            "looks as if a learning management system had named it that is not known here, so that "
            "nobody knows whose it is. If it is a student's name all the same, say --from folder."
        )
        reading.refused.append(Refusal(shown(file.path), reason))
    return found


def _read_stamp(
    attempt: Attempt, archive: Archive, file: Placed, options: ReadingOptions, reading: Reading
) -> None:
    try:
        text = archive.read(file.entry, 1000).decode("utf-8", "replace").strip()
    except RefusedEntry as error:
        reading.refused.append(Refusal(shown(file.path), str(error)))
        return
    attempt.time = parse_time(text, options.zone)
    if attempt.time is None:
        reading.refused.append(Refusal(shown(file.path), "holds no time."))


def _person(name: str) -> Person:
    key = f"folder:{composed(name)}"
    full_name = name if re.search(r"\s|,", name.strip()) else ""
    numbers = {Space.EMAIL: name} if "@" in name else {}
    return Person(key, key, full_name, accepted_id(name), numbers=numbers, nbgrader=name)
