"""Pack a class of submissions as a learning management system would hand it out.

For tests and for rehearsals: ``python -m grader simulate`` writes a class whose marks are known,
:func:`pack_class` makes an archive of it, ``python -m grader import`` reads it.
"""

from __future__ import annotations

import functools
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml  # type: ignore[import-untyped]

from grader.recording.timestamp import read_timestamp
from grader.submission.submitted_files import TIMESTAMP

_TITLE = "Assignment 4"
_LATE = 0.1
"""The share of students whom a system calls late."""

_FIRST = (
    "Ada José Zoë Łukasz Åsa İpek Đorđe Nguyễn Anaïs Jean-Luc Siân O’Neil Mary-Jane Søren Chloé "
    "Björk Ines Omar Priya Fatima Kwame Yuki Noor Ravi Elif Mateus"
).split()
_LAST = (
    "Lovelace García Müller-Meier Dvořák Nguyễn Øster d’Arc Þórsdóttir Ibn-Sina Okafor Silva "
    "Kowalczyk Özdemir Petrović Håkansson Ferreira Johansson Haddad"
).split()
_WHOLE = ("王伟", "李娜", "张敏", "欧阳 娜娜", "田中 さくら", "김민준", "علی رضایی", "Иван Петров")


@dataclass(frozen=True)
class MadeUpPerson:
    """Somebody who does not exist.

    Attributes:
        student_id: the name of the submission's folder.
        first_name, last_name: the parts of the name; the first may be empty.
        user: the name in the system.
        number: the number in the system.
        email: an address that does not exist.
    """

    student_id: str
    first_name: str
    last_name: str
    user: str
    number: int
    email: str

    @property
    def name(self) -> str:
        """The full name."""
        return f"{self.first_name} {self.last_name}".strip()


def made_up_people(student_ids: list[str], seed: int = 1) -> list[MadeUpPerson]:
    """Names with accents, hyphens, apostrophes and in other scripts, some of them twice.

    Parameters:
        student_ids: for whom.
        seed: the same seed gives the same people.
    """
    chance = random.Random(f"people {seed}")
    people = []
    for place, student_id in enumerate(student_ids):
        if place % 5 == 4:
            first, _blank, last = chance.choice(_WHOLE).rpartition(" ")
        else:
            first, last = chance.choice(_FIRST), chance.choice(_LAST)
        people.append(
            MadeUpPerson(
                student_id,
                first,
                last,
                f"{student_id}_{place}" if place % 7 == 3 else f"{student_id}{place}",
                10_000 + 7 * place,
                f"{student_id}@example.org",
            )
        )
    return people


@dataclass
class PackedAttempt:
    """An attempt as it goes into an archive.

    Attributes:
        files: name -> content.
        time: when it was handed in, in UTC.
        late: whether the system calls it late.
    """

    files: dict[str, bytes]
    time: datetime
    late: bool = False


@dataclass
class PackedStudent:
    """A student as they go into an archive, the latest attempt last."""

    person: MadeUpPerson
    attempts: list[PackedAttempt] = field(default_factory=list)


_Files = Iterator[tuple[str, bytes]]


def moodle_files(students: Sequence[PackedStudent], between: str) -> _Files:
    """A folder for each student, or all files side by side; Moodle hands out the last attempt."""
    for student in students:
        name = student.person.name.replace("_", " ")
        prefix = f"{name}_{student.person.number}_assignsubmission_file{between}"
        for file, raw in student.attempts[-1].files.items():
            yield prefix + file, raw


def canvas_files(students: Sequence[PackedStudent]) -> _Files:
    """Names as Canvas gives them, with a number for each attempt after the first."""
    attachment = 500_000
    for student in students:
        person = student.person
        squashed = re.sub(r"\W", "", f"{person.last_name}{person.first_name}").lower()
        for number, attempt in enumerate(student.attempts):
            late = "LATE_" if attempt.late else ""
            for name, raw in attempt.files.items():
                attachment += 1
                stem, dot, ending = name.rpartition(".")
                numbered = f"{stem}-{number}{dot}{ending}" if number else name
                yield f"{squashed}_{late}{person.number}_{attachment}_{numbered}", raw


def gradescope_files(students: Sequence[PackedStudent]) -> _Files:
    """An export with metadata as Ruby writes it, and the active submission of each student."""
    metadata = {}
    for number, student in enumerate(students, 1001):
        person, attempt = student.person, student.attempts[-1]
        metadata[f"submission_{number}"] = {
            ":submitters": [
                {":name": person.name, ":sid": str(person.number), ":email": person.email}
            ],
            ":created_at": attempt.time,
            ":score": 0.0,
            ":status": "processed",
        }
        for name, raw in attempt.files.items():
            yield f"assignment_77_export/submission_{number}/{name}", raw
    text = yaml.safe_dump(metadata, allow_unicode=True, sort_keys=False)
    yield "assignment_77_export/submission_metadata.yml", text.encode()


def blackboard_files(students: Sequence[PackedStudent]) -> _Files:
    """All attempts, each with its text."""
    for student in students:
        person = student.person
        for attempt in student.attempts:
            head = f"{_TITLE}_{person.user}_attempt_{attempt.time:%Y-%m-%d-%H-%M-%S}"
            listed = ""
            for name, raw in attempt.files.items():
                yield f"{head}_{name}", raw
                listed += f"\tOriginal filename: {name}\n\tFilename: {head}_{name}\n\n"
            text = (
                f"Name: {person.name} ({person.user})\nAssignment: {_TITLE}\n"
                f"Date Submitted: {attempt.time:%A, %B %d, %Y %I:%M:%S %p} GMT\n"
                "Current Grade: Needs Grading\n\nSubmission Field:\nThere is no student submission "
                "text data for this assignment.\n\nComments:\nThere are no student comments for "
                f"this assignment.\n\nFiles:\n{listed}"
            )
            yield f"{head}.txt", text.encode()


def brightspace_files(students: Sequence[PackedStudent]) -> _Files:
    """A folder for each time that a student handed in, and the list that lies beside them."""
    yield "index.html", b"<html></html>"
    for student in students:
        person = student.person
        for attempt in student.attempts:
            time = f"{attempt.time:%b} {attempt.time.day}, {attempt.time:%Y %I%M %p}"
            for name, raw in attempt.files.items():
                yield f"{person.number}-77 - {person.name} - {time}/{name}", raw


def ilias_files(students: Sequence[PackedStudent]) -> _Files:
    """A folder a student, and the time before the name of each file."""
    for student in students:
        person = student.person
        first = person.first_name.replace("_", " ") or "X"
        login = re.sub(r"\W|_", "", person.student_id)
        for attempt in student.attempts:
            for name, raw in attempt.files.items():
                stamp = f"{attempt.time:%Y%m%d%H%M%S}"
                folder = f"Exercise/{person.last_name}_{first}_{login}_{person.number}"
                yield f"{folder}/{stamp}_{name}", raw


def sakai_files(students: Sequence[PackedStudent]) -> _Files:
    """A folder a student, with what the teacher gives back and the time beside the work."""
    yield "Assignment/grades.csv", b"Assignment,Points\n"
    for student in students:
        person, attempt = student.person, student.attempts[-1]
        first = re.sub(r"[/()]", "", person.first_name)
        folder = f"Assignment/{person.last_name}, {first}({person.user})"
        yield f"{folder}/timestamp.txt", f"{attempt.time:%Y%m%d%H%M%S}000".encode()
        yield f"{folder}/comments.txt", b""
        yield f"{folder}/Feedback Attachment(s)/corrected.ipynb", b"{}"
        for name, raw in attempt.files.items():
            yield f"{folder}/Submission attachment(s)/{name}", raw


def openolat_files(students: Sequence[PackedStudent]) -> _Files:
    """A folder a student, with the task, each attempt and what the teacher gives back."""
    for student in students:
        person = student.person
        folder = re.sub(
            r"[\s/]", "_", f"{person.last_name}_{person.first_name or 'X'}_{person.user}"
        )
        yield f"{folder}/1_task/a4.ipynb", b"{}"
        for number, attempt in enumerate(student.attempts):
            part = f"{2 * number + 2}_" + (f"revisions_{number}" if number else "submissions")
            for name, raw in attempt.files.items():
                yield f"{folder}/{part}/{name}", raw
            yield f"{folder}/{2 * number + 3}_corrections/corrected.ipynb", b"{}"


def plain_files(students: Sequence[PackedStudent]) -> _Files:
    """A folder for each student."""
    for student in students:
        for name, raw in student.attempts[-1].files.items():
            yield f"{student.person.student_id}/{name}", raw


PACKERS: Mapping[str, Callable[[Sequence[PackedStudent]], _Files]] = {
    "moodle": functools.partial(moodle_files, between="_/"),  # Moodle 3.1 to 4.0
    "moodle-4.1": functools.partial(moodle_files, between="/"),  # and later
    "moodle-flat": functools.partial(moodle_files, between="_"),
    "canvas": canvas_files,
    "gradescope": gradescope_files,
    "blackboard": blackboard_files,
    "brightspace": brightspace_files,
    "ilias": ilias_files,
    "sakai": sakai_files,
    "openolat": openolat_files,
    "folder": plain_files,
}
"""What an archive can be made as, and by what."""


def pack(students: Sequence[PackedStudent], kind: str, path: Path) -> None:
    """Write an archive.

    Parameters:
        students: who handed in what.
        kind: one of :data:`PACKERS`.
        path: the zip file.
    """
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, raw in PACKERS[kind](students):
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 10, 20, 30)), raw, 8)


def read_class(
    folder: Path, assignment: str, seed: int = 1, several: float = 0.2
) -> list[PackedStudent]:
    """Read a class that was written as nbgrader collects it, and make up what a system adds.

    Parameters:
        folder: ``submitted/`` as ``python -m grader simulate`` writes it.
        assignment: the assignment.
        seed: the same seed gives the same names, attempts and lateness.
        several: the share of students with an earlier attempt, which is the notebook of another
            student of the class.
    """
    chance = random.Random(f"class {seed}")
    paths = sorted(folder.glob(f"*/{assignment}/{assignment}.ipynb"))
    people = made_up_people([path.parent.parent.name for path in paths], seed)
    names = (f"{assignment}.ipynb", "a4 (1).ipynb", "final FINAL.ipynb", "作业四.ipynb")
    with_earlier = set(chance.sample(paths, round(several * len(paths))))
    called_late = set(chance.sample(paths, round(_LATE * len(paths))))
    students = []
    for path, person in zip(paths, people, strict=True):
        stamp = read_timestamp(path.parent)[0] or datetime(2026, 3, 2, 18)
        time = stamp.replace(tzinfo=UTC)
        name = chance.choice(names)
        files = {name: path.read_bytes()}
        for beside in sorted(path.parent.rglob("*")):
            if beside.is_file() and beside != path and beside.name != TIMESTAMP:
                files[beside.relative_to(path.parent).as_posix()] = beside.read_bytes()
        student = PackedStudent(person)
        if path in with_earlier:
            earlier = {name: chance.choice(paths).read_bytes()}
            student.attempts.append(PackedAttempt(earlier, time - timedelta(hours=5)))
        student.attempts.append(PackedAttempt(files, time, path in called_late))
        students.append(student)
    return students


def pack_class(
    folder: Path, assignment: str, kind: str, path: Path, seed: int = 1
) -> list[PackedStudent]:
    """Pack a simulated class.

    Parameters:
        folder, assignment, seed: see :func:`read_class`.
        kind: one of :data:`PACKERS`.
        path: the zip file.

    Returns:
        Who is in the archive, with the student ids of the folder.
    """
    students = read_class(folder, assignment, seed)
    pack(students, kind, path)
    return students
