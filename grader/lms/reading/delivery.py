"""What an archive holds, sorted by student: who handed in which files, when, in which attempt."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from grader.lms.reading.archive import ARCHIVE_ENDINGS, Entry, Refusal
from grader.lms.reading.identity import Identity, Space
from grader.submission.notebook_choice import rank_of

NOTEBOOK = ".ipynb"
_COPY = re.compile(r"\s*\((\d{1,4})\)$")
_VERSION = re.compile(r"-\d{1,4}$")


@dataclass(frozen=True)
class Person:
    """A student as the learning management system knows them.

    Attributes:
        key: tells the student from all others of this assignment, ``"moodle:12345"``.
        name: as the system shows it.
        wanted_id: what would be a good name in nbgrader.
        first_name, last_name, email, lms_user_id: empty where the archive does not tell.
        numbers: what tells the student from others, each in the space where it comes from.
        nbgrader: the name in nbgrader, where whoever made the archive chose it.
    """

    key: str
    name: str
    wanted_id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_user_id: str = ""
    numbers: Mapping[Space, str] = field(default_factory=dict)
    nbgrader: str = ""

    @property
    def who(self) -> Identity:
        """What is known of who it is."""
        return Identity(self.numbers, self.name, self.nbgrader, self.name or self.key)


@dataclass(frozen=True)
class HandedFile:
    """A file of a submission.

    Attributes:
        entry: where it is in the archive.
        name: its path as the student had it.
        downloaded_as: its path as the system wrote it, without folders around the whole archive.
    """

    entry: Entry
    name: str
    downloaded_as: str

    @property
    def is_notebook(self) -> bool:
        """Whether it is a notebook, by its name, however a browser has changed that."""
        return rank_of(self.name) in (0, 1)

    @property
    def may_hold_notebook(self) -> bool:
        """Whether it is an archive or a script, in which a notebook may be found."""
        return rank_of(self.name) in (2, 3)

    @property
    def is_archive(self) -> bool:
        """Whether it is an archive within the archive."""
        return self.name.lower().endswith(ARCHIVE_ENDINGS)


@dataclass
class Attempt:
    """One submission of a student.

    Attributes:
        files: what was handed in.
        time: when, None where the archive does not tell.
        late: whether the system calls it late.
    """

    files: list[HandedFile] = field(default_factory=list)
    time: datetime | None = None
    late: bool = False

    @property
    def notebooks(self) -> list[HandedFile]:
        """The notebooks among the files."""
        return [file for file in self.files if file.is_notebook]


@dataclass
class Delivery:
    """Everything that one student handed in, the latest attempt last."""

    person: Person
    attempts: list[Attempt] = field(default_factory=list)


@dataclass
class Reading:
    """What a system's names say about an archive.

    Attributes:
        deliveries: one for each student, in the order of the archive.
        refused: files that belong to nobody, and why.
        notes: sentences about the archive as a whole.
        of_teams: whether it is certain that teams have handed in, whatever they are called.
        without_time: whose time cannot be read, and what stands there.
    """

    deliveries: list[Delivery] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    of_teams: bool = False
    without_time: list[str] = field(default_factory=list)


def as_attempts(
    files: Iterable[HandedFile], late: bool = False, released: Container[str] = ()
) -> list[Attempt]:
    """Sort the files of a student into attempts, where only their names tell.

    A system that keeps several attempts side by side numbers the names: ``a4.ipynb``,
    ``a4-1.ipynb``, ``a4 (2).ipynb``. The notebook with most numbers decides how many attempts there
    are; everything else belongs to the last one.

    Parameters:
        files: in the order in which they were handed in, where that is known.
        late: whether the system calls the submission late.
        released: the stems of the assignment's notebooks, of which a number at the end is a part.
    """
    files = list(files)
    versions: dict[str, list[HandedFile]] = {}
    for file in files:
        if file.is_notebook:
            name = _stem(file.name)
            if name not in released:
                name = _COPY.sub("", without_version(file.name))
            versions.setdefault(name.lower(), []).append(file)
    longest = max(versions.values(), key=len, default=[])
    earlier = [Attempt([file], late=late) for file in longest[:-1]]
    taken = {id(attempt.files[0]) for attempt in earlier}
    return [*earlier, Attempt([file for file in files if id(file) not in taken], late=late)]


def without_version(name: str) -> str:
    """The stem of a file's name without the number of a version, ``-1``."""
    return _VERSION.sub("", _stem(name))


def without_copy(name: str) -> str:
    """The stem of a file's name without the number that a browser gives a copy, ``(1)``."""
    return _COPY.sub("", _stem(name))


def copy_number(name: str) -> int:
    """The number that a browser gave a copy; 0 where there is none."""
    found = _COPY.search(_stem(name))
    return int(found[1]) if found else 0


def _stem(name: str) -> str:
    return name.rpartition(".")[0] or name


def split_name(full_name: str, surname_first: bool = False) -> tuple[str, str]:
    """First name and surname of a full name; a name of one word is a surname."""
    words = full_name.split()
    if len(words) < 2:
        return "", full_name.strip()
    if surname_first:
        return " ".join(words[1:]), words[0]
    return " ".join(words[:-1]), words[-1]
