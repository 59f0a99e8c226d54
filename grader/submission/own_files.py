"""The student's own small files, which a notebook may import and read.

A file that was released is never taken from a student, even under a name that only some system
takes for the same: the submission finds it as it was released. As in Jupyter, a file hides what is
installed under its name, unless that has been imported before.
"""

from __future__ import annotations

import functools
import os
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from grader.exercises.assignment import Assignment
from grader.exercises.conventions import conventions_of_class
from grader.sandbox.guest.notebook_runner import module_of_this_edition
from grader.submission.newer_strings import module_read_here
from grader.submission.notebook_bytes import UnreadableNotebook
from grader.submission.sentences import Sentence, counted_sentence
from grader.submission.submitted_files import EXCHANGE_FILES, SubmittedFile

LARGEST = 2_000_000
"""Bytes that one file may have."""
LARGEST_TOGETHER = 8_000_000
MOST = 100

_NOT_TAKEN = (".ipynb", ".pyc", ".zip", ".gz", ".tar", ".7z", ".rar")


@dataclass(frozen=True)
class OwnFiles:
    """What a student's notebook finds beside it.

    Attributes:
        files: the paths, relative to the notebook, and their bytes.
        left_out: how many more there were.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    left_out: int = 0

    def sentences(self) -> tuple[Sentence, ...]:
        """What is to be said about them."""
        if not self.left_out:
            return ()
        said = counted_sentence(
            "{number} file beside the notebook is not there when it is graded: it is too large, "
            "or one of too many.",
            "{number} files beside the notebook are not there when it is graded: they are too "
            "large, or too many.",
            self.left_out,
        )
        return (said,)


@dataclass(frozen=True)
class Released:
    """What the folder of a released assignment holds.

    Attributes:
        folder: where it lies.
        modules: the names of its modules and packages, folded.
        data: its other files, by their path in the folder, folded; where they lie.
    """

    folder: Path
    modules: frozenset[str]
    data: Mapping[str, tuple[str, Path]]

    def holds(self, name: str) -> bool:
        """Whether a path is that of a released file, or may be taken for it."""
        name = _folded(name)
        first = name.partition("/")[0]
        module = first.removesuffix(".py") if "/" not in name else first
        edition = module_of_this_edition(module)
        return (
            name in self.data
            or module.partition(".")[0] in self.modules
            or (edition is not None and _folded(edition) in self.modules)
        )


def _folded(name: str) -> str:
    """The same for names that some file system takes for the same."""
    return unicodedata.normalize("NFKC", name).casefold()


def released(assignment_name: str) -> Released:
    """What was released with an assignment; what lies beside its source where nothing was."""
    conventions = conventions_of_class()
    folder, source = (
        find(assignment_name) for find in (conventions.release_folder, conventions.source_folder)
    )
    if not folder.is_dir() and not (source / "exercises.py").exists():
        folder = source
    return _released(folder, folder.stat().st_mtime_ns if folder.exists() else 0)


@functools.lru_cache(maxsize=16)
def _released(folder: Path, _changed: int) -> Released:
    modules: set[str] = set()
    data: dict[str, tuple[str, Path]] = {}
    brings_modules = not (folder / "course").is_dir()  # which no worker has imported
    for parent, folders, names in os.walk(folder):
        here = Path(parent)
        folders[:] = [f for f in sorted(folders) if not f.startswith((".", "__"))]
        for package in [f for f in folders if any((here / f).glob("*.py"))]:
            modules.add(_folded(package))
            if not brings_modules:
                folders.remove(package)
        for name in names:
            relative = (here / name).relative_to(folder).as_posix()
            if name.endswith(".py") and here == folder:
                modules.add(_folded(name.removesuffix(".py")))
            if name.endswith(".py") and not brings_modules:
                continue
            if not name.endswith(".ipynb") and not name.startswith("."):
                data[_folded(relative)] = (relative, (here / name).resolve())
    return Released(folder, frozenset(modules), MappingProxyType(data))


def readable_beside(assignment: Assignment) -> tuple[Path, ...]:
    """The files of another course that its submissions find beside them, to be read only."""
    if not assignment.brings_tests:
        return ()
    return tuple(place for _name, place in released(assignment.name).data.values())


def own_files(files: Iterable[SubmittedFile], beside: str, assignment_name: str) -> OwnFiles:
    """Take what is a student's own, modules first and small files before large ones.

    Parameters:
        files: everything that was handed in.
        beside: the folder, among them, in which the notebook lies.
        assignment_name: whose released files are left out.
    """
    known = released(assignment_name)
    start = f"{beside}/" if beside else ""
    mine: list[tuple[str, SubmittedFile]] = []
    for file in files:
        name = file.name.removeprefix(start)
        skipped = not file.name.startswith(start) or name.lower().endswith(_NOT_TAKEN)
        if skipped or name in EXCHANGE_FILES or not _is_plain(name) or known.holds(name):
            continue
        mine.append((name, file))
    ordered = sorted(mine, key=lambda pair: (not pair[0].endswith(".py"), pair[1].size))
    taken: list[tuple[str, bytes]] = []
    room, left_out = LARGEST_TOGETHER, 0
    for name, file in ordered:
        if file.size > min(LARGEST, room) or len(taken) >= MOST:
            left_out += 1
            continue
        try:
            raw = file.read(min(LARGEST, room))
        except UnreadableNotebook:  # a link, a pipe: not a student's file at all
            continue
        if raw is None:
            left_out += 1
            continue
        room -= len(raw)
        taken.append((name, module_read_here(raw) if name.endswith(".py") else raw))
    return OwnFiles(tuple(sorted(taken)), left_out)


def module_names(paths: Iterable[str]) -> frozenset[str]:
    """The names under which files beside a notebook can be imported."""
    return frozenset(path.partition("/")[0].partition(".")[0] for path in paths)


def _is_plain(name: str) -> bool:
    """Whether a path leads down, and every part of it can be a name."""
    parts = name.split("/")
    return all(
        part not in ("", ".", "..") and part.isprintable() and len(part.encode()) <= 200
        for part in parts
    )
