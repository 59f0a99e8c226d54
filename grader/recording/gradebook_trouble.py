"""Say in a sentence why the gradebook cannot be used, and what helps in that case."""

from __future__ import annotations

import os
import re
from pathlib import Path

import psutil

from grader.settings.course_directory import CourseDirectory
from grader.text.terminal import CannotGoOn, one_line

_MOST_NAMED = 3

_OTHER_TABLES = re.compile(
    r"no such (?:table|column)|has no column|(?:relation|column|table) .*does not exist"
)


class RecordError(CannotGoOn):
    """Marks could not be written. The message says why and what to do."""


def trouble_in_words(error: BaseException, coursedir: CourseDirectory) -> str:
    """The sentence for an error of the gradebook.

    Parameters:
        error: what SQLAlchemy, or nbgrader because of it, has raised.
        coursedir: nbgrader's ``CourseDirectory``, which knows where the gradebook is.
    """
    reason = reason_of(error)
    lower = reason.lower()
    name = address(coursedir)
    if "locked" in lower or "lock timeout" in lower:
        return (
            f"The gradebook {name} is in use, {_by_whom(coursedir)}. Wait until that has finished, "
            "or end it, then run the same command again. What is recorded stays."
        )
    if "disk is full" in lower or "disk i/o" in lower or "no space" in lower:
        return (
            f"The gradebook {name} cannot be written: the disk is full or broken ({reason}). Make "
            "room, then run the same command again. What is recorded stays."
        )
    if "readonly" in lower or "unable to open" in lower or "permission denied" in lower:
        return (
            f"The gradebook {name} cannot be written ({reason}): look whether the file and its "
            "folder are there and belong to you."
        )
    if "not a database" in lower or "malformed" in lower:
        return (
            f"The file of the gradebook {name} is damaged ({reason}): put a copy of it back. The "
            "submissions are as they were; grading them again with --force gives the same marks, "
            "but for those that a person gave."
        )
    if _OTHER_TABLES.search(lower):
        return (
            f"The gradebook {name} has other tables than this version of nbgrader ({reason}): keep "
            "a copy of it, then run `nbgrader db upgrade`."
        )
    if gradebook_file(coursedir) is not None:
        return f"The gradebook {name} cannot be used ({reason})."
    return (
        f"The gradebook {name} cannot be opened ({reason}): check the address (GRADEBOOK_URL, or "
        "db_url in nbgrader_config.py) and that the database is there and takes connections."
    )


def reason_of(error: BaseException) -> str:
    """What the database itself said, on one line, without the statement that it was asked."""
    one: BaseException | None = error
    while one is not None:
        original = getattr(one, "orig", None)
        if original is not None:
            return " ".join(str(original).split())[:200]
        one = one.__cause__ or one.__context__
    return " ".join(str(error).partition("[SQL")[0].split())[:200]


def address(coursedir: CourseDirectory) -> str:
    """The gradebook's address, without a password."""
    import sqlalchemy

    try:
        return str(sqlalchemy.engine.make_url(coursedir.db_url).render_as_string())
    except sqlalchemy.exc.ArgumentError:
        return "at an address that cannot be read"


def gradebook_file(coursedir: CourseDirectory) -> Path | None:
    """The file that the gradebook is; None where it is on a server, or in memory."""
    import sqlalchemy

    try:
        url = sqlalchemy.engine.make_url(coursedir.db_url)
    except sqlalchemy.exc.ArgumentError:
        return None
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return None if url.database.startswith("file:") else Path(url.database)


def users_of(path: Path) -> list[psutil.Process]:
    """The other processes that have a database file open, as far as can be seen from here."""
    users = []
    wanted = {os.path.realpath(path) + suffix for suffix in ("", "-journal", "-wal", "-shm")}
    for process in psutil.process_iter():
        try:
            if process.pid != os.getpid() and wanted & {f.path for f in process.open_files()}:
                users.append(process)
        except (psutil.Error, OSError):  # it has ended, or belongs to somebody else
            continue
    return users


def _by_whom(coursedir: CourseDirectory) -> str:
    path = gradebook_file(coursedir)
    users = users_of(path) if path is not None else []
    if not users:
        return "by a process that cannot be seen from here: somebody else's, or on another machine"
    named = [f"process {user.pid} ({_command(user)})" for user in users[:_MOST_NAMED]]
    more = f" and {len(users) - _MOST_NAMED} more" if len(users) > _MOST_NAMED else ""
    return f"and open in {', '.join(named)}{more}"


def _command(process: psutil.Process) -> str:
    """What a process was started as, short enough to be recognised."""
    try:
        words = process.cmdline()
    except psutil.Error:
        return "just ended"
    if not words:
        return "its name is not known"
    first = os.path.basename(words[0])
    if first.startswith("python") and len(words) > 1:
        words = words[2:] if words[1] == "-m" else [os.path.basename(words[1]), *words[2:]]
    else:
        words = [first, *words[1:]]
    return one_line(" ".join(words), 80)
