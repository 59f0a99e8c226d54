"""What has been handed in since the last look: in nbgrader's exchange, or in a folder.

Looking costs next to nothing where nothing has happened: of the exchange, the time of one folder is
read. That works on every file system, also on those that tell nobody of changes.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Collection, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from grader.exercises import assignment as assignments
from grader.recording.timestamp import read_timestamp
from grader.submission.hand_ins import HandIn, is_complete, not_theirs, read_name
from grader.submission.submission_folder import check_student_id, digest_of_folder
from grader.submission.submitted_files import MOST_FILES

_RACY_SECONDS = 2.0
_SECONDS_BETWEEN_LOOKS = 1.0
_QUIET_SECONDS = 1.0


class Arrivals(Protocol):
    """Where students hand in."""

    where: Path

    def look(self) -> Iterator[HandIn]:
        """What has arrived since the last look, and is complete."""


class ExchangeArrivals:
    """What arrives in the exchange.

    Parameters:
        inbound: ``inbound/`` of the course.
        names: the assignments that are asked for.
        check_owner: whether a folder must belong to the student whom it names.
        done: the names of the attempts that are finished.
        warn: is called with a sentence about each folder that is left out.
    """

    def __init__(
        self,
        inbound: Path,
        names: Collection[str],
        check_owner: bool,
        done: Collection[str],
        warn: Callable[[str], None],
    ) -> None:
        self.where = inbound
        self._names = names
        self._check_owner = check_owner
        self._warn = warn
        self._seen = set(done)
        self._coming: dict[str, HandIn] = {}
        self._changed = -1

    def look(self) -> Iterator[HandIn]:
        """What has arrived since the last look, and is complete."""
        self._list()
        for hand_in in list(self._coming.values()):
            if not hand_in.folder.exists():
                del self._coming[hand_in.name]
                self._seen.discard(hand_in.name)
            elif is_complete(hand_in):
                del self._coming[hand_in.name]
                sentence = not_theirs(hand_in) if self._check_owner else None
                if sentence is None:
                    yield hand_in
                else:
                    self._warn(sentence)

    def _list(self) -> None:
        """List the folder, where its time says that something may be new."""
        try:
            changed = self.where.stat().st_mtime_ns
        except OSError:
            return
        if changed == self._changed:
            return
        # An arrival within the same tick of the clock does not change the time: look once more.
        settled = time.time() - changed / 1e9 > _RACY_SECONDS
        self._changed = changed if settled else -1
        for entry in os.scandir(self.where):
            if entry.name in self._seen:
                continue
            self._seen.add(entry.name)
            hand_in = read_name(Path(entry.path), self._names)
            if hand_in is not None and entry.is_dir(follow_symlinks=False):
                self._coming[entry.name] = hand_in


class FolderArrivals:
    """What arrives in a folder, as ``<student>/<assignment>/``; every new content is an attempt.

    Parameters:
        folder: the folder.
        names: the assignments that are asked for.
        done: the names of the attempts that are finished.
    """

    def __init__(self, folder: Path, names: Collection[str], done: Collection[str]) -> None:
        self.where = folder
        self._names = names
        self._seen = set(done)
        self._last: dict[Path, object] = {}
        self._handled: dict[Path, object] = {}
        self._next = 0.0

    def look(self) -> Iterator[HandIn]:
        """What has arrived since the last look, and has been quiet for a moment."""
        started = time.monotonic()
        if started < self._next:
            return
        for folder in self._folders():
            state, newest = _state(folder)
            before = self._last.get(folder)
            self._last[folder] = state
            quiet = time.time() - newest > _QUIET_SECONDS
            if not state or state != before or not quiet or self._handled.get(folder) == state:
                continue
            self._handled[folder] = state
            hand_in = _hand_in(folder, newest)
            if hand_in is not None and hand_in.name not in self._seen:
                self._seen.add(hand_in.name)
                yield hand_in
        # A large class on a slow disk is looked at less often, so that it costs no more.
        took = time.monotonic() - started
        self._next = time.monotonic() + max(_SECONDS_BETWEEN_LOOKS, 200 * took)

    def _folders(self) -> Iterator[Path]:
        try:
            students = [entry for entry in os.scandir(self.where) if entry.is_dir()]
        except OSError:
            return
        for entry in sorted(students, key=lambda entry: entry.name):
            for name in self._names:
                folder = Path(entry.path, name)
                if not entry.name.startswith(".") and folder.is_dir() and not folder.is_symlink():
                    yield folder


def _state(folder: Path) -> tuple[tuple[tuple[str, int, int], ...], float]:
    """The names, sizes and times of all files, and the newest time."""
    found: list[tuple[str, int, int]] = []
    for parent, _folders, names in os.walk(folder):
        for name in names[: MOST_FILES - len(found)]:
            try:
                status = os.lstat(os.path.join(parent, name))
            except OSError:
                continue
            found.append((os.path.join(parent, name), status.st_size, status.st_mtime_ns))
    return tuple(sorted(found)), max((one[2] for one in found), default=0) / 1e9


def _hand_in(folder: Path, newest: float) -> HandIn | None:
    student, name = folder.parent.name, folder.name
    try:
        check_student_id(student)
        digest = digest_of_folder(folder, assignments.load(name))
    except Exception:  # a name that cannot be: it is told when the class is graded as a whole
        return None
    when = read_timestamp(folder)[0]
    utc = datetime.fromtimestamp(newest, UTC) if when is None else when.replace(tzinfo=UTC)
    return HandIn(f"{student}+{name}+{digest[:24]}", student, name, utc, folder)
