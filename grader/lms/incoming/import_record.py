"""What is remembered of an import: what the system calls each student and each notebook.

It lies in ``submitted/.lms/``, beside the submissions and out of nbgrader's sight::

    submitted/.lms/records/<assignment>.json            what this module writes
    submitted/.lms/attempts/<assignment>/<student>/     each of several attempts, in a folder named
                                                        after its time and fingerprint
    submitted/.lms/replaced/<assignment>/<student>/1/   what --replace has put aside
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grader.files import write_whole
from grader.lms.reading.identity import Space, name_key
from grader.settings.course import Course
from grader.text.terminal import CannotGoOn

VERSION = 1


class RecordUnreadable(CannotGoOn):
    """What is remembered of an import cannot be read. The message says what to do."""


@dataclass
class RecordedStudent:
    """What is known of a student's submission.

    Attributes:
        system: where it comes from, ``"moodle"``.
        key, name, first_name, last_name, email, lms_user_id: see
            :class:`grader.lms.reading.delivery.Person`.
        downloaded_as: the path of the notebook as the system wrote it.
        late: whether the system calls it late.
        submitted_at: when, as ``timestamp.txt`` has it; empty where the archive does not tell.
        notebook: the fingerprint of the notebook.
        attempts: how many there are with a notebook.
        chosen: which of them counts, from 1.
        scores: the points of attempts that were graded to find the best one, by fingerprint.
        numbers: what tells the student from others, each in the space where it comes from.
    """

    system: str
    key: str
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    downloaded_as: str = ""
    late: bool = False
    submitted_at: str = ""
    notebook: str = ""
    attempts: int = 1
    chosen: int = 1
    scores: dict[str, float] = field(default_factory=dict)
    numbers: dict[str, str] = field(default_factory=dict)

    @property
    def is_imported(self) -> bool:
        """Whether work was imported; if not, its place is kept for whoever this is."""
        return bool(self.downloaded_as)

    def known_numbers(self) -> dict[Space, str]:
        """The numbers, also of a record that was written before there were any."""
        numbers = {Space(space): value for space, value in self.numbers.items() if space in _SPACES}
        number = self.key.removeprefix(f"{self.system}:")
        older: dict[Space, str] = {Space.EMAIL: self.email}
        if self.system == "moodle" and number.isdigit():
            older[Space.PARTICIPANT] = number
        elif self.system in _USER_NUMBERS:
            older[_USER_NUMBERS[self.system]] = self.lms_user_id
        return {space: value for space, value in (older | numbers).items() if value}


_SPACES = frozenset(Space)
# What ``lms_user_id`` holds for the systems that fill it in.
_USER_NUMBERS = {
    "canvas": Space.LMS_USER,
    "brightspace": Space.LMS_USER,
    "ilias": Space.LMS_USER,
    "gradescope": Space.SID,
    "blackboard": Space.LOGIN,
}


@dataclass
class ImportRecord:
    """What is remembered of an assignment's imports.

    Attributes:
        assignment: its name.
        edition: the fingerprint of the assignment with which attempts were graded.
        students: student id -> what is known.
        shared: names that several have, of whom not all need to be imported
            (:func:`~grader.lms.reading.identity.name_key`).
    """

    assignment: str
    edition: str = ""
    students: dict[str, RecordedStudent] = field(default_factory=dict)
    shared: frozenset[str] = frozenset()

    def save(self, path: Path) -> None:
        """Write it, where anything has changed."""
        content = {
            "version": VERSION,
            "assignment": self.assignment,
            "edition": self.edition,
            "shared_names": sorted(self.shared),
            "students": {
                student: dataclasses.asdict(entry)
                for student, entry in sorted(self.students.items())
            },
        }
        text = json.dumps(content, indent=1, ensure_ascii=False) + "\n"
        if path.is_file() and path.read_text(encoding="utf-8") == text:
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text)


@dataclass(frozen=True)
class Places:
    """Where things of an assignment lie.

    Attributes:
        course: the course.
        assignment: its name.
    """

    course: Course
    assignment: str

    @property
    def lms(self) -> Path:
        """The folder that is out of nbgrader's sight."""
        root = Path(self.course.coursedir.root)
        return root / str(self.course.coursedir.submitted_directory) / ".lms"

    @property
    def record(self) -> Path:
        """The record of the assignment."""
        return self.lms / "records" / f"{self.assignment}.json"

    def attempts(self, student_id: str) -> Path:
        """The attempts of a student."""
        return self.lms / "attempts" / self.assignment / student_id

    def replaced(self, student_id: str) -> Path:
        """A free place for what is put aside."""
        base = self.lms / "replaced" / self.assignment / student_id
        number = 1
        while os.path.lexists(base / str(number)):
            number += 1
        return base / str(number)

    def submission(self, student_id: str) -> Path:
        """The submission of a student."""
        return self.course.folder("submitted", student_id, self.assignment)


def load_record(path: Path, assignment: str) -> ImportRecord:
    """Read what is remembered; an empty record where nothing is.

    Raises:
        RecordUnreadable: the file is damaged.
    """
    try:
        content: Any = json.loads(path.read_text(encoding="utf-8"))
        known = {entry.name for entry in dataclasses.fields(RecordedStudent)}
        students = {
            str(student): RecordedStudent(**{k: v for k, v in entry.items() if k in known})
            for student, entry in content["students"].items()
        }
        shared = frozenset(map(str, content.get("shared_names", [])))
        return ImportRecord(assignment, str(content.get("edition", "")), students, shared)
    except FileNotFoundError:
        return ImportRecord(assignment)
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise RecordUnreadable(
            f"{path} cannot be read ({type(error).__name__}). Move it away and import the archive "
            "again: submissions that are in place stay as they are."
        ) from error


@dataclass(frozen=True)
class KnownStudents:
    """Who is known from the imports of all assignments.

    Attributes:
        entries: student id -> (assignment, what is known), for each assignment.
        shared_names: names that several have (:attr:`ImportRecord.shared`).
    """

    entries: dict[str, list[tuple[str, RecordedStudent]]] = field(default_factory=dict)
    shared_names: frozenset[str] = frozenset()


def known_students(places: Places) -> KnownStudents:
    """Read the records of all assignments."""
    entries: dict[str, list[tuple[str, RecordedStudent]]] = {}
    shared: set[str] = set()
    for path in sorted(places.record.parent.glob("*.json")):
        record = load_record(path, path.stem)
        for student, entry in record.students.items():
            entries.setdefault(student, []).append((path.stem, entry))
        names = Counter(name_key(entry.name) for entry in record.students.values())
        shared |= record.shared | {name for name, count in names.items() if name and count > 1}
    return KnownStudents(entries, frozenset(shared))
