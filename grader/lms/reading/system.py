"""What the modules of the single systems have in common."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from functools import cached_property
from typing import Any

from nbgrader.plugins.zipcollect import FileNameCollectorPlugin

from grader.lms.reading.archive import Archive, Entry, Refusal
from grader.lms.reading.delivery import HandedFile, Person, Reading
from grader.lms.reading.identity import folded
from grader.lms.reading.roster import Roster
from grader.text.terminal import shown

ENTERED = "is a text or a link that was entered on the page, no file: read it there."
"""The end of the sentence about what was handed in without a file."""

_QUIET = logging.getLogger(__name__)
_QUIET.setLevel(logging.CRITICAL + 1)  # the plugin warns of each name that is of another system


class LmsNames(FileNameCollectorPlugin):
    """The names of a system as a pattern of nbgrader's own collector for ``nbgrader zip_collect``.

    nbgrader's plugin is used for the names alone. Files without the right ending are matched, too:
    a student who handed in something else must be told so.
    """

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """The parts of a file's name; None where the pattern does not fit."""
        found: dict[str, str] | None = self._match(submitted_file)
        return found


@dataclass(frozen=True)
class ReadingOptions:
    """What the instructor says about an archive.

    Attributes:
        assignment: the name of the assignment.
        zone: the time zone of times that name none.
        surname_first: whether full names begin with the surname.
        roster: what else the system tells about the students; empty where it was not given.
        shared_names: names that several students of the course have, as far as is known
            (:func:`~grader.lms.reading.identity.name_key`).
        said: whether the instructor has said which system has made the archive.
        notebooks: the stems of the assignment's notebooks.
        students: the names in nbgrader that students have already.
    """

    assignment: str
    zone: tzinfo = UTC
    surname_first: bool = False
    roster: Roster = field(default_factory=Roster)
    shared_names: frozenset[str] = frozenset()
    said: bool = False
    notebooks: frozenset[str] = frozenset()
    students: frozenset[str] = frozenset()

    @cached_property
    def known_values(self) -> frozenset[str]:
        """The names in nbgrader and the numbers of the list, as they are compared."""
        listed = (text for row in self.roster.students for text in row.numbers.values())
        return frozenset(map(folded, (*self.students, *listed)))


@dataclass(frozen=True)
class Placed:
    """An entry, and its path without the folders that lie around the whole archive."""

    entry: Entry
    path: str


@dataclass(frozen=True)
class Named:
    """A file whose name is one that the system gives.

    Attributes:
        file: where it is.
        parts: what the name tells, by the groups of the pattern; empty where one is not there.
    """

    file: Placed
    parts: Mapping[str, str]

    def __getitem__(self, part: str) -> str:
        return self.parts[part]

    @property
    def handed(self) -> HandedFile:
        """The file of a submission, under the name that the student gave it."""
        return HandedFile(self.file.entry, self["file_id"], self.file.path)


@dataclass
class Sorting:
    """An archive while its files are sorted by student.

    Attributes:
        archive: where the files are.
        options: what the instructor says about it.
        named: the files that the system has named.
        listing: the file in which the system lists the submissions, where there is one.
        reading: what has been found out so far.
    """

    archive: Archive
    options: ReadingOptions
    named: list[Named] = field(default_factory=list)
    listing: Placed | None = None
    reading: Reading = field(default_factory=Reading)

    def refuse(self, path: str, reason: str) -> None:
        """A file belongs to nobody."""
        self.reading.refused.append(Refusal(shown(path), reason))

    def note(self, sentence: str) -> None:
        """Something about the archive as a whole."""
        self.reading.notes.append(sentence)

    def no_time(self, who: str, text: str) -> None:
        """When a student has handed in cannot be read."""
        self.reading.without_time.append(f"{shown(who)} ({shown(text, 40)})")

    def note_zone(self, title: str) -> None:
        """The times of the system name no zone."""
        self.note(
            f"{title}'s times do not say their time zone; they were read as {self.options.zone}. "
            "Where that is wrong, say --timezone, for instance --timezone Europe/Berlin."
        )

    def note_group(self, what: str, members: Iterable[str]) -> None:
        """A submission is that of several students."""
        names = ", ".join(shown(member, 40) for member in members)
        self.note(f"{shown(what)} counts for each of its members: {names}.")


class System(ABC):
    """A learning management system.

    A system is its names (:attr:`pattern`) and how what they tell is put together (:meth:`sort`).

    Attributes:
        name: on the command line.
        title: in sentences.
        pattern: its names, as nbgrader's collector takes them.
        all_or_none: whether a class's own folders may be called much alike, so that one of another
            name tells that the system has named none.
        listing: the name of the file in which it lists the submissions, in small letters.
        unnamed: the end of the sentence about a file with another name.
    """

    name: str
    title: str
    pattern = ""
    all_or_none = False
    listing = ""
    unnamed = "is not named as {title} names submissions."

    def __init__(self) -> None:
        self._names: Any = LmsNames(named_regexp=self.pattern, log=_QUIET)

    def match(self, path: str) -> dict[str, str] | None:
        """The parts of a name; None where it is none of this system."""
        found: dict[str, str | None] | None = self._names.collect(path)
        return None if found is None else {part: text or "" for part, text in found.items()}

    def share(self, files: Sequence[Placed]) -> float:
        """Which share of the files has names of this system."""
        if self.all_or_none:
            inside = [file.path for file in files if "/" in file.path]
            return 1.0 if inside and all(map(self.match, inside)) else 0.0
        return sum(self.match(file.path) is not None for file in files) / max(len(files), 1)

    def read(self, archive: Archive, files: Sequence[Placed], options: ReadingOptions) -> Reading:
        """Sort the files of an archive by student; what the system has not named is refused."""
        work = Sorting(archive, options)
        for file in files:
            parts = self.match(file.path)
            if parts is not None:
                work.named.append(Named(file, parts))
            elif file.path.lower() == self.listing:
                work.listing = file
            else:
                work.refuse(file.path, self.unnamed.format(title=self.title))
        self.sort(work)
        return work.reading

    @abstractmethod
    def sort(self, work: Sorting) -> None:
        """Make deliveries of the files that the system has named."""

    def goes_back_as(self, downloaded_as: str, person: Person) -> str:
        """The name by which the system knows whose a notebook is: mostly that which it gave.

        Parameters:
            downloaded_as: the path of the notebook as the system wrote it.
            person: whose it is; another than its name tells where a team has handed in.
        """
        return downloaded_as

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """Where a feedback page lies in the archive that the system takes back.

        Parameters:
            downloaded_as: the path of the notebook as the system wrote it.
            page: the name of the page.
        """
        return f"{downloaded_as.rpartition('.')[0] or downloaded_as}/{page}"
