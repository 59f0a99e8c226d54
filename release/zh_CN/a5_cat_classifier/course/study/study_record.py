"""What a student has done, kept in a plain text file beside the notebook.

``progress.txt`` has one line an exercise, written by the checks, by ``hint`` and by ``solution``.
It lies in the folder in which the notebook runs, so it survives a restart of the kernel and moves
with the folder. It may be read, edited and deleted by hand. Lines that are not entries stay where
they are, and where the file cannot be kept nothing else suffers: what happened is then remembered
until the kernel ends.

Only a notebook writes the file: not a script, not a test, not the grading of a notebook. The
environment variable ``COURSE_PROGRESS=off`` keeps notebooks from writing it as well.
"""

from __future__ import annotations

import datetime
import os
import re
import sys
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from course.language import _

FILE_NAME = "progress.txt"
SWITCH = "COURSE_PROGRESS"
_WHILE_GRADING = ("NBGRADER_EXECUTION", "NBGRADER_VALIDATING")
_LARGEST_FILE = 1_000_000
_ENTRY = re.compile(
    r"\s*(?P<state>passed|tried|opened)"
    r"\s+(?P<when>\d{4}-\d\d-\d\d \d\d:\d\d)"
    r"\s+(?P<assignment>\w+)\s+(?P<exercise>\w+)"
    r"(?:\s+(?P<hints>\d{1,3}) hints? opened)?"
    r"(?P<solution>\s+solution opened)?\s*"
)

Key = tuple[str, str]
"""The names of an assignment and of an exercise in it."""


@dataclass(frozen=True)
class Entry:
    """What is known of one exercise.

    Attributes:
        assignment, exercise: which one.
        when: the date and time of the first pass, or of the latest try before it.
        passed: whether its check has passed.
        tried: whether its check has run on code of the student's.
        hints: how many hints have been opened.
        solution: whether the reference solution has been opened.
    """

    assignment: str
    exercise: str
    when: str = ""
    passed: bool = False
    tried: bool = False
    hints: int = 0
    solution: bool = False

    def line(self) -> str:
        """The entry as a line of the file."""
        state = "passed" if self.passed else "tried" if self.tried else "opened"
        opened = []
        if self.hints:
            opened.append(f"{self.hints} {'hint' if self.hints == 1 else 'hints'} opened")
        if self.solution:
            opened.append("solution opened")
        words = [f"{state:<6}", self.when, f"{self.assignment:<22}", f"{self.exercise:<28}"]
        return "  ".join([*words, *opened]).rstrip()


_unwritten: dict[Key, Entry] = {}
"""What could not be written, or must not be; it is lost when the process ends."""


def entries(folder: Path) -> dict[Key, Entry]:
    """What the file in a folder says; empty where there is none or it cannot be read."""
    with suppress(OSError):
        return _entries_of(_read_lines(folder / FILE_NAME))
    return {}


def known_here() -> dict[Key, Entry]:
    """What is known in the current folder, with what could not be written."""
    known: dict[Key, Entry] = {}
    with suppress(OSError):  # the folder itself may be gone
        known = entries(Path.cwd())
    for key, entry in _unwritten.items():
        known[key] = _joined(known[key], entry) if key in known else entry
    return known


def known_of(assignment: str, exercise: str) -> Entry:
    """What is known of one exercise in the current folder."""
    return known_here().get((assignment, exercise), Entry(assignment, exercise))


def remember(
    assignment: str,
    exercise: str,
    *,
    passed: bool = False,
    tried: bool = False,
    hints: int = 0,
    solution: bool = False,
) -> None:
    """Add to what is known of an exercise. Nothing that goes wrong here is ever raised.

    Parameters:
        assignment, exercise: which one.
        passed, tried: what its check has said, if it ran.
        hints: how many hints are open now.
        solution: whether the solution has been opened.
    """
    now = datetime.datetime.now().strftime("%Y-%m-%d %H:%M")
    news = Entry(assignment, exercise, now, passed, tried or passed, hints, solution)
    if why_not_kept() is None:
        try:
            _write(Path.cwd() / FILE_NAME, news)
            return
        except (OSError, ValueError):
            pass
    key = (assignment, exercise)
    _unwritten[key] = _joined(_unwritten[key], news) if key in _unwritten else news


def in_a_notebook() -> bool:
    """Whether this is the kernel of a notebook."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    return getattr(shell, "kernel", None) is not None


def why_not_kept() -> str | None:
    """Why no record is kept here, as a sentence; None where one is kept."""
    if os.environ.get(SWITCH, "").strip().lower() in ("off", "0", "no", "false"):
        return _("No record is kept, because {name} is off.").format(name=SWITCH)
    if not in_a_notebook() or any(os.environ.get(name) for name in _WHILE_GRADING):
        return _("A record is kept only in a notebook.")
    try:
        _read_lines(Path.cwd() / FILE_NAME)
        writable = os.access(Path.cwd(), os.W_OK)
    except OSError:
        writable = False
    if not writable:
        return _("No record can be kept: {name} cannot be written in this folder.").format(
            name=FILE_NAME
        )
    return None


def _read_lines(path: Path) -> list[str]:
    """The lines of the file, whatever bytes they hold; none where it is not there yet.

    Raises:
        OSError: it cannot be read, or is something else.
    """
    if not path.exists():
        return []
    if not path.is_file() or path.stat().st_size > _LARGEST_FILE:
        raise OSError(f"{path} cannot be a record")
    # Bytes that are not UTF-8 are kept as they are.
    text = path.read_bytes().decode("utf-8", "surrogateescape")
    return text.removesuffix("\n").split("\n") if text else []


def _entry_of(line: str) -> Entry | None:
    found = _ENTRY.fullmatch(line.removeprefix("\ufeff"))
    if found is None:
        return None
    return Entry(
        found["assignment"],
        found["exercise"],
        found["when"],
        passed=found["state"] == "passed",
        tried=found["state"] != "opened",
        hints=int(found["hints"] or 0),
        solution=bool(found["solution"]),
    )


def _entries_of(lines: list[str]) -> dict[Key, Entry]:
    known: dict[Key, Entry] = {}
    for line in lines:
        entry = _entry_of(line)
        if entry is not None:
            key = (entry.assignment, entry.exercise)
            known[key] = _joined(known[key], entry) if key in known else entry
    return known


def _joined(before: Entry, after: Entry) -> Entry:
    """Both together: what has been reached once stays reached."""
    is_news = after.tried and not before.passed or not before.tried
    return Entry(
        before.assignment,
        before.exercise,
        after.when if is_news else before.when,
        before.passed or after.passed,
        before.tried or after.tried,
        max(before.hints, after.hints),
        before.solution or after.solution,
    )


def _write(path: Path, news: Entry) -> None:
    """Write an entry into the file, in one step: a reader sees the old file or the new one."""
    lines = _read_lines(path)
    key = (news.assignment, news.exercise)
    known: Mapping[Key, Entry] = _entries_of(lines)
    if not known:
        lines.append(
            _(
                "Your progress, one line for each exercise, written by its check. "
                "Delete this file to begin anew."
            )
        )
    earlier = [entry for entry in (known.get(key), _unwritten.get(key)) if entry is not None]
    entry = news
    for one in reversed(earlier):
        entry = _joined(one, entry)
    if entry == known.get(key):
        return
    written = []
    for line in lines:
        there = _entry_of(line)
        if there is None or (there.assignment, there.exercise) != key:
            written.append(line)
        elif entry.line() not in written:
            written.append(entry.line())
    if key not in known:
        written.append(entry.line())
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        beside.write_bytes(("\n".join(written) + "\n").encode("utf-8", "surrogateescape"))
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            beside.unlink()
        raise
