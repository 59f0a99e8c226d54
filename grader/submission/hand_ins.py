"""What students have handed in through nbgrader's exchange: one folder each time, never changed.

Whoever may hand in may put anything there: folders with names that say nothing, links to other
people's files, pipes, a folder in somebody else's name. None of it stops the others.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import stat
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from dateutil import parser

from grader.submission.submission_folder import InvalidStudentId, check_student_id
from grader.submission.submitted_files import EXCHANGE_FILES, MOST_FILES

_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_QUIET_SECONDS = 3.0
_DEEPEST = 6


@dataclass(frozen=True)
class HandIn:
    """One time that a student handed in an assignment.

    Attributes:
        name: what tells it from all others: the name of its folder.
        student, assignment: who handed in what.
        time: when, in UTC, as nbgrader has written it down.
        folder: where it lies.
    """

    name: str
    student: str
    assignment: str
    time: datetime
    folder: Path

    @property
    def key(self) -> tuple[str, str]:
        """Who handed in what."""
        return self.student, self.assignment

    @property
    def came(self) -> float:
        """When it was there, as this machine's clock says: a student writes the other time."""
        try:
            return self.folder.lstat().st_ctime
        except OSError:
            return time.time()


def read_name(folder: Path, assignments: Collection[str]) -> HandIn | None:
    """What the name of a folder in the exchange says: ``student+assignment+time+random``.

    A student's name may hold ``+``, and the random end may be missing.

    Parameters:
        folder: a folder of ``inbound/``.
        assignments: the names of the assignments that are asked for.

    Returns:
        None where the name says nothing, or names another assignment.
    """
    for assignment in assignments:
        student, mark, rest = folder.name.rpartition(f"+{assignment}+")
        date = _DATE.match(rest)
        if not mark or date is None:
            continue
        for written in (rest.rpartition("+")[0], rest):
            try:
                check_student_id(student)
                found = parser.parse(written)
            except (InvalidStudentId, ValueError, OverflowError):
                continue
            utc = found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)
            return HandIn(folder.name, student, assignment, utc, folder)
    return None


def is_complete(hand_in: HandIn) -> bool:
    """Whether everything that belongs to it is there by now.

    nbgrader opens the folder for everybody as its last step. What was brought there in another way
    is complete when nothing has happened to it for a while.
    """
    try:
        status = hand_in.folder.lstat()
        written = all((hand_in.folder / name).is_file() for name in EXCHANGE_FILES)
    except OSError:
        return False
    if written and stat.S_IMODE(status.st_mode) & 0o777 == 0o777:
        return True
    return time.time() - status.st_ctime > _QUIET_SECONDS


def not_theirs(hand_in: HandIn) -> str | None:
    """Say that the student is not the one who handed it in; None where that cannot be said.

    On a machine where each student is a user, the system knows who has made a folder. Whoever
    collects may hand in for others.
    """
    import pwd

    try:
        owner = hand_in.folder.lstat().st_uid
    except OSError:
        return f"{hand_in.name} is gone."
    if owner in (os.getuid(), 0):
        return None
    try:
        name = pwd.getpwuid(owner).pw_name
    except KeyError:
        name = f"user {owner}"
    if name == hand_in.student:
        return None
    return (
        f"{hand_in.name} was handed in by {name}, and not by {hand_in.student}: it is left out. "
        "Where students are no users of this machine, set c.ExchangeCollect.check_owner = False."
    )


def copy_handed_in(
    source: Path,
    target: Path,
    ignored: Callable[[str, list[str]], Collection[str]],
    largest: float,
) -> None:
    """Copy the ordinary files of a folder; links, pipes and the like are left out.

    Nothing is followed that leads elsewhere, even where it is put there meanwhile.

    Parameters:
        source: the folder of a student.
        target: where to; it is made.
        ignored: which of the names in a folder are not copied.
        largest: how many bytes all files may have together.

    Raises:
        OSError: a file cannot be read or written, or they are too large.
    """
    target.mkdir(parents=True)
    copied = 0
    for parent, folders, names, descriptor in os.fwalk(source, onerror=_stop):
        inner = Path(parent).relative_to(source)
        left_out = set(ignored(parent, [*folders, *names]))
        folders[:] = sorted(set(folders) - left_out) if len(inner.parts) < _DEEPEST else []
        for name in sorted(set(names) - left_out, key=lambda name: name not in EXCHANGE_FILES):
            if copied >= MOST_FILES:
                return
            largest -= _copy_file(name, descriptor, target / inner, largest)
            copied += 1


def _stop(error: OSError) -> None:
    """Stop at a folder that is gone, or cannot be read: what is left would pass for all."""
    raise error


def _copy_file(name: str, folder: int, target: Path, largest: float) -> int:
    """Copy one file where it is an ordinary one; how many bytes it has."""
    if not stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode):
        return 0
    flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK
    with open(os.open(name, flags, dir_fd=folder), "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode):
            return 0
        if status.st_size > largest:
            raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), name)
        target.mkdir(parents=True, exist_ok=True)
        with (target / name).open("wb") as copy:
            shutil.copyfileobj(file, copy)
    return status.st_size
