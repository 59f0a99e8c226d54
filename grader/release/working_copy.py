"""``python -m grader working-copy``: where a student works, beside the course's own files.

``make lab`` shows this copy of ``notebooks/`` and ``release/``, so that working changes no file
that git knows, and the course can be updated at any time. What a student has changed is never
overwritten: a new edition of it comes under another name.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from course.language import ENGLISH, _, known_languages, language_of_metadata
from grader.files import write_whole
from grader.paths import NOTEBOOKS, PROJECT, RELEASE
from grader.release.making import STAMP
from grader.text.terminal import CannotGoOn

WORK = PROJECT / "work"
STATE = ".course-files.json"
"""The file in the working copy that says what came from the course: path -> digest."""

_NO_PART = frozenset({"__pycache__", ".ipynb_checkpoints", STAMP})
_MOST_SHOWN = 10

Say = Callable[[str], None]


class WorkingCopyError(CannotGoOn):
    """The working copy cannot be made. The message says what to do."""


@dataclass
class Changes:
    """What an update of a working copy has done; paths as seen from it.

    Attributes:
        added: files that are new in the course, or were missing in the copy.
        updated: files that the student had left as they were.
        beside: files that the student had changed -> the new edition, which lies beside.
        kept: files of the course that could not be put in place, because a folder has their name.
    """

    added: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    beside: dict[str, str] = field(default_factory=dict)
    kept: list[str] = field(default_factory=list)


def make_working_copy(
    folder: Path = WORK,
    say: Say = print,
    sources: tuple[Path, ...] = (NOTEBOOKS, RELEASE),
    language: str = ENGLISH,
) -> Changes:
    """Make the working copy, or bring into it what has changed in the course.

    A file is replaced only if it is, byte for byte, what the course once put there. To begin a
    notebook anew, delete or rename it.

    Parameters:
        folder: the working copy.
        say: where it is told what happened.
        sources: the folders of the course that are copied, each under its own name.
        language: in which language its notebooks are, as far as there is an edition in it.

    Raises:
        WorkingCopyError: it cannot be written.
    """
    try:
        is_new = not folder.exists()
        changes = _update(folder, sources, language)
    except OSError as error:
        text = _(
            "the working copy {folder} cannot be written ({reason}): make room or allow writing "
            "there; what you did there is as it was"
        )
        raise WorkingCopyError(
            text.format(folder=folder, reason=error.strerror or error)
        ) from error
    _tell(changes, folder, is_new, say)
    return changes


def changed_files(folder: Path) -> list[str]:
    """The course's files that a student has changed in a working copy, the latest first.

    Parameters:
        folder: the working copy, from which their places are seen.
    """
    found = []
    for name, digest in _read_state(folder).items():
        with suppress(OSError):
            place = folder / name
            if _digest(place.read_bytes()) != digest:
                found.append((place.stat().st_mtime_ns, name))
    return [name for _time, name in sorted(found, reverse=True)]


def language_of_copy(folder: Path) -> str:
    """The language in which the lessons of a working copy are; English where it has none.

    Parameters:
        folder: the working copy.
    """
    for path in sorted((folder / NOTEBOOKS.name).glob("*.ipynb")):
        with suppress(OSError, ValueError, AttributeError, RecursionError):
            return language_of_metadata(json.loads(path.read_bytes()).get("metadata")) or ENGLISH
    return ENGLISH


def _update(folder: Path, sources: tuple[Path, ...], language: str) -> Changes:
    folder.mkdir(parents=True, exist_ok=True)
    given = _read_state(folder)
    changes = Changes()
    try:
        for name, path in _files_of_course(sources, language):
            content = path.read_bytes()
            if _put(folder, name, content, given.get(name), changes):
                given[name] = _digest(content)
    finally:
        # What was put in place is known even if the disk is full before the end.
        text = json.dumps(given, indent=0, ensure_ascii=False)
        _write(folder / STATE, text.encode("utf-8", "surrogateescape"))
    return changes


def _files_of_course(sources: tuple[Path, ...], language: str) -> Iterator[tuple[str, Path]]:
    """The files that students work with, and their places in the copy."""
    other_editions = set(known_languages())
    for source in sources:
        for path in sorted(source.rglob("*")):
            relative = path.relative_to(source.parent)
            no_part = _NO_PART.intersection(relative.parts) or relative.parts[1] in other_editions
            if path.is_file() and not no_part:
                within = relative.relative_to(RELEASE.name) if source == RELEASE else relative
                translated = RELEASE / language / within
                yield relative.as_posix(), translated if translated.is_file() else path


def _put(folder: Path, name: str, content: bytes, given: str | None, changes: Changes) -> bool:
    """Bring one file into the copy; whether the student has this edition of it now."""
    place = folder / name
    if not os.path.lexists(place):
        _write(place, content)
        changes.added.append(name)
        return True
    if not place.is_file():
        changes.kept.append(name)
        return False
    there, now = _digest(place.read_bytes()), _digest(content)
    if now in (there, given):
        return True  # it is this edition, or the student's work on it
    if there == given:
        _write(place, content)
        changes.updated.append(name)
        return True
    beside = _free_name(folder, name, now)
    if not os.path.lexists(folder / beside):
        _write(folder / beside, content)
    changes.beside[name] = beside
    return True


def _free_name(folder: Path, name: str, digest: str) -> str:
    """The name under which a new edition comes: one that is free, or holds this very edition."""
    path = PurePosixPath(name)
    for number in itertools.count(1):
        suffix = "new edition" if number == 1 else f"new edition {number}"
        chosen = path.with_name(f"{path.stem} ({suffix}){path.suffix}").as_posix()
        place = folder / chosen
        is_this = place.is_file() and _digest(place.read_bytes()) == digest
        if is_this or not os.path.lexists(place):
            break
    return chosen


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_state(folder: Path) -> dict[str, str]:
    """What came from the course; nothing where that is not known: then no file is replaced."""
    with suppress(OSError, ValueError):
        stored = json.loads((folder / STATE).read_bytes())
        if isinstance(stored, dict):
            return {str(name): str(digest) for name, digest in stored.items()}
    return {}


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, content)


def _tell(changes: Changes, folder: Path, is_new: bool, say: Say) -> None:
    shown = folder.name if folder == WORK else str(folder)
    if is_new:
        text = _("{folder}/ is your working copy of the lessons and assignments.")
        say(text.format(folder=shown))
    else:
        new, more = _("new: {file}"), _("new: and {number} more files")
        _tell_of(changes.added, shown, new, more, say)
        updated, more = _("updated: {file}"), _("updated: and {number} more files")
        _tell_of(changes.updated, shown, updated, more, say)
    for name, beside in changes.beside.items():
        text = _("You have changed {file}; it stays. The new edition is {beside}")
        say(text.format(file=f"{shown}/{name}", beside=f"{shown}/{beside}"))
    for name in changes.kept:
        text = _("{file} is no file, so the course's file was not put there.")
        say(text.format(file=f"{shown}/{name}"))


def _tell_of(names: list[str], shown: str, each: str, more: str, say: Say) -> None:
    for name in names[:_MOST_SHOWN]:
        say(each.format(file=f"{shown}/{name}"))
    if len(names) > _MOST_SHOWN:
        say(more.format(number=len(names) - _MOST_SHOWN))
