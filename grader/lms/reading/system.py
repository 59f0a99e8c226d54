"""What the modules of the single systems have in common."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, tzinfo
from typing import Any

from nbgrader.plugins.zipcollect import FileNameCollectorPlugin

from grader.lms.reading.archive import Archive, Entry
from grader.lms.reading.delivery import HandedFile, Reading
from grader.lms.reading.roster import Roster

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
        shared_names: names that several students of the course have, as far as is known.
        said: whether the instructor has said which system has made the archive.
    """

    assignment: str
    zone: tzinfo = UTC
    surname_first: bool = False
    roster: Roster = field(default_factory=Roster)
    shared_names: frozenset[str] = frozenset()
    said: bool = False


@dataclass(frozen=True)
class Placed:
    """An entry, and its path without the folders that lie around the whole archive."""

    entry: Entry
    path: str


class System(ABC):
    """A learning management system.

    Attributes:
        name: on the command line.
        title: in sentences.
        pattern: its names, as nbgrader's collector takes them.
    """

    name: str
    title: str
    pattern = ""

    def __init__(self) -> None:
        self._names: Any = LmsNames(named_regexp=self.pattern, log=_QUIET)

    def match(self, path: str) -> dict[str, str] | None:
        """The parts of a name; None where it is none of this system."""
        found: dict[str, str] | None = self._names.collect(path)
        return found

    def share(self, files: Sequence[Placed]) -> float:
        """Which share of the files has names of this system."""
        return sum(self.match(file.path) is not None for file in files) / max(len(files), 1)

    @abstractmethod
    def read(self, archive: Archive, files: Sequence[Placed], options: ReadingOptions) -> Reading:
        """Sort the files of an archive by student."""

    def feedback_path(self, downloaded_as: str, page: str) -> str:
        """Where a feedback page lies in the archive that the system takes back.

        Parameters:
            downloaded_as: the path of the notebook as the system wrote it.
            page: the name of the page.
        """
        return f"{downloaded_as.rpartition('.')[0] or downloaded_as}/{page}"


def handed(file: Placed, name: str) -> HandedFile:
    """A file of a submission under the name that the student gave it."""
    return HandedFile(file.entry, name, file.path)
