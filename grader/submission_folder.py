"""Find the notebook in what a student handed in.

Folders come with renamed notebooks, with copies, with none at all, and once in a while with a link
to somebody else's file. Whatever is wrong becomes one sentence about that submission.
"""

from __future__ import annotations

import datetime
import hashlib
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.assignment import Assignment
from grader.notebook_file import UnreadableNotebook
from grader.repair import repair
from utils.checks.language import _

TIMESTAMP = "timestamp.txt"
_LARGEST_NOTEBOOK = 200_000_000
_MOST_CANDIDATES = 8
_SKIPPED_FOLDERS = frozenset({"__MACOSX", "__pycache__", "node_modules"})
_NOT_IN_A_NAME = re.compile(
    r"^[=+@-]|[\x00-\x1f\x7f-\x9f,<>\"`\\/\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)


class InvalidStudentId(Exception):
    """The name of a student's folder cannot stand in the gradebook. The message says why."""


@dataclass(frozen=True)
class Submission:
    """A notebook that was handed in.

    Attributes:
        raw: the bytes of the file.
        digest: a fingerprint of them, to tell later whether the submission has changed.
        repairs: what was odd about the file's name or place, as sentences.
    """

    raw: bytes
    digest: str
    repairs: tuple[str, ...] = ()


def check_student_id(student_id: str) -> None:
    """Refuse names that would be mistaken: for a path, for HTML, or in a table of marks.

    Raises:
        InvalidStudentId: the name is refused.
    """
    shown = "".join(c if c.isprintable() else "?" for c in student_id)[:60]
    if student_id in ("", ".", "..") or student_id.startswith("."):
        raise InvalidStudentId(f"{shown!r} cannot be a student's name; rename the folder.")
    if _NOT_IN_A_NAME.search(student_id) or student_id != student_id.strip():
        raise InvalidStudentId(
            f"{shown!r} has characters that a student's name cannot have (control characters, "
            'blanks at an end, = + - @ at its beginning, or one of , < > " ` \\ /); '
            "rename the folder."
        )
    if len(student_id) > 128:
        raise InvalidStudentId(f"{shown!r}... has more than 128 characters; rename the folder.")


def is_student_id(student_id: str) -> bool:
    """Whether a name can stand in the gradebook."""
    try:
        check_student_id(student_id)
    except InvalidStudentId:
        return False
    return True


def digest_of(raw: bytes) -> str:
    """The fingerprint of a submission."""
    return hashlib.sha256(raw).hexdigest()


def read_submission(folder: Path, assignment: Assignment) -> Submission:
    """Read the notebook of a submission.

    Parameters:
        folder: ``submitted/<student>/<assignment>``.
        assignment: what it is a submission of.

    Raises:
        UnreadableNotebook: there is no notebook, or it is no ordinary file.
    """
    for part in (folder.parent, folder):
        if part.is_symlink():
            raise UnreadableNotebook(
                f"The folder {part.name} is a symbolic link, and those are not followed: "
                "put the submission itself in its place."
            )
    paths = _notebooks(folder)
    if not paths:
        raise UnreadableNotebook(
            "There is no notebook (a file whose name ends in .ipynb) in the folder: ask the "
            "student to hand in the notebook."
        )
    wanted = f"{assignment.name}.ipynb"
    if len(paths) == 1:
        raw = read_file(paths[0])
        repairs: tuple[str, ...] = ()
        if paths[0] != folder / wanted:
            repairs = (
                _("The notebook was handed in as {name}.").format(name=_shown(paths[0], folder)),
            )
        return Submission(raw, digest_of(raw), repairs)
    chosen, raw = _best(paths, folder / wanted, assignment)
    sentence = _("{count} notebooks were handed in; {name} was graded.").format(
        count=len(paths), name=_shown(chosen, folder)
    )
    return Submission(raw, digest_of(raw), (sentence,))


def _shown(path: Path, folder: Path) -> str:
    text = str(path.relative_to(folder))[:80]
    return "".join(c if c.isprintable() and c not in "<>&" else "?" for c in text)


def _notebooks(folder: Path) -> list[Path]:
    """The notebooks of the folder itself, else those of the folders in it."""
    direct = sorted(p for p in _entries(folder) if p.suffix.lower() == ".ipynb" and not p.is_dir())
    if direct:
        return direct
    found: list[Path] = []
    for parent, folders, names in os.walk(folder):
        depth = len(Path(parent).relative_to(folder).parts)
        folders[:] = sorted(
            f for f in folders if depth < 3 and f not in _SKIPPED_FOLDERS and not f.startswith(".")
        )
        found += [
            Path(parent, name)
            for name in sorted(names)
            if name.lower().endswith(".ipynb") and not name.startswith(".")
        ]
    return found


def _entries(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError as error:
        raise UnreadableNotebook(f"The folder cannot be read: {error.strerror}.") from error


def read_file(path: Path) -> bytes:
    """The bytes of an ordinary file that is no link."""
    flags = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    if path.is_symlink():
        raise UnreadableNotebook(
            "The notebook is a symbolic link, and those are not followed: ask the student for the "
            "file itself."
        )
    try:
        descriptor = os.open(path, flags)
    except OSError as error:
        raise UnreadableNotebook(f"The notebook cannot be opened: {error.strerror}.") from error
    with os.fdopen(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableNotebook("The notebook is no ordinary file: ask the student for it.")
        if status.st_size > _LARGEST_NOTEBOOK:
            raise UnreadableNotebook(
                f"The notebook has {status.st_size / 1e6:.0f} MB: ask the student to clear all "
                "outputs, save it and hand it in again."
            )
        return file.read(_LARGEST_NOTEBOOK + 1)


def _best(paths: list[Path], wanted: Path, assignment: Assignment) -> tuple[Path, bytes]:
    """The notebook with the right name, unless another one alone has anything solved in it."""
    paths = sorted(paths, key=lambda path: (path != wanted, path.name.lower() != wanted.name))
    best: tuple[int, Path, bytes] | None = None
    problem: UnreadableNotebook | None = None
    for path in paths[:_MOST_CANDIDATES]:
        try:
            raw = read_file(path)
            repaired = repair(raw, assignment)
        except UnreadableNotebook as error:
            problem = problem or error
            continue
        attempted = len(set(repaired.functions) - repaired.untouched)
        if path == wanted and attempted:
            return path, raw
        if best is None or attempted > best[0]:
            best = (attempted, path, raw)
    if best is None:
        raise problem or UnreadableNotebook("None of the notebooks can be read.")
    return best[1], best[2]


def read_timestamp(folder: Path) -> tuple[datetime.datetime | None, str]:
    """When the submission was handed in, as ``timestamp.txt`` says, in UTC.

    Returns:
        The time, None where the file is missing or makes no sense; in the latter case a sentence.
    """
    from nbgrader.utils import parse_utc

    path = folder / TIMESTAMP
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 1000:
            return None, "" if not os.path.lexists(path) else f"{TIMESTAMP} is no small file."
        text = path.read_text(encoding="utf-8").strip()
        parsed = parse_utc(text) if text else None
    except Exception:  # the parser raises many kinds for what is no date
        parsed = None
    if isinstance(parsed, datetime.datetime):
        return parsed, ""
    return None, f"{TIMESTAMP} holds no time; the submission counts as handed in on time."
