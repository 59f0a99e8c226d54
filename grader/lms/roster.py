"""A list of the class that the system exports, which tells what the names of files do not.

Moodle's grading worksheet and list of participants, Canvas's gradebook, and any CSV file with a
column for an identity and some of: name, first name, last name, email, user name.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

_LARGEST = 50_000_000
# What the columns are called, by what they hold.
_COLUMNS = {
    "identifier": ("identifier",),
    "lms_user_id": ("id", "user id", "userid", "lms_user_id"),
    "id_number": ("id number", "idnumber", "sid", "student id", "学号", "sis user id"),
    "login": ("username", "user name", "login", "sis login id", "用户名"),
    "email": ("email address", "email", "e-mail", "电子邮件地址", "邮箱"),
    "name": ("full name", "name", "student", "fullname", "姓名", "全名"),
    "first_name": ("first name", "firstname", "first_name", "given name", "名"),
    "last_name": ("last name", "surname", "lastname", "last_name", "family name", "姓"),
    "time": ("last modified (submission)", "submission time"),
}


class RosterError(Exception):
    """The list of the class cannot be read. The message says what to do."""


@dataclass(frozen=True)
class RosterRow:
    """One student of the list; what it does not tell is empty."""

    identifier: str = ""
    lms_user_id: str = ""
    id_number: str = ""
    login: str = ""
    email: str = ""
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    time: str = ""

    @property
    def student_id(self) -> str:
        """The best name for the student in nbgrader: user name, student number or email."""
        return self.login or self.id_number or self.email


@dataclass(frozen=True)
class Roster:
    """A list of the class.

    Attributes:
        header: the names of its columns.
        table: its rows as they are.
        path: where it was read from.
    """

    header: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    path: Path | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        return bool(self.header)

    def column(self, what: str) -> int | None:
        """Where a column is that holds ``"email"``, ``"identifier"`` and so on."""
        lowered = [name.strip().lower() for name in self.header]
        for wanted in _COLUMNS[what]:
            if wanted in lowered:
                return lowered.index(wanted)
        return None

    @cached_property
    def rows(self) -> tuple[RosterRow, ...]:
        """The students, in the order of the list."""
        places = {what: self.column(what) for what in _COLUMNS}
        return tuple(
            RosterRow(
                **{
                    what: line[place].strip()
                    for what, place in places.items()
                    if place is not None and place < len(line)
                }
            )
            for line in self.table
        )

    def find(self, **wanted: str) -> RosterRow | None:
        """The one student of whom something is known: ``find(email="ada@example.org")``.

        Returns:
            The row; None where there is none, or more than one.
        """
        (what, value), *_others = wanted.items()
        key = folded(value)
        found = self._index(what).get(key, []) if key else []
        return found[0] if len(found) == 1 else None

    def _index(self, what: str) -> dict[str, list[RosterRow]]:
        indexes: dict[str, dict[str, list[RosterRow]]] = self.__dict__.setdefault("_indexes", {})
        if what not in indexes:
            index: dict[str, list[RosterRow]] = {}
            for row in self.rows:
                index.setdefault(folded(getattr(row, what)), []).append(row)
            indexes[what] = index
        return indexes[what]


def folded(text: str) -> str:
    """A text in the form in which names are compared: composed, without case and extra blanks."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def read_roster(path: Path) -> Roster:
    """Read a list of the class from a CSV file.

    Raises:
        RosterError: it is no CSV file with a known column.
    """
    try:
        if path.stat().st_size > _LARGEST:
            raise RosterError(f"{path} is too large for a list of the class.")
        raw = path.read_bytes()
    except OSError as error:
        raise RosterError(f"{path} cannot be read: {error.strerror}.") from error
    text = _decoded(raw)
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        lines = [tuple(line) for line in csv.reader(io.StringIO(text), delimiter=separator) if line]
    except csv.Error as error:
        raise RosterError(f"{path} is no CSV file: {error}.") from error
    if not lines:
        raise RosterError(f"{path} is empty.")
    roster = Roster(tuple(cell.strip() for cell in lines[0]), tuple(lines[1:]), path)
    known = [what for what in _COLUMNS if roster.column(what) is not None]
    if not known:
        raise RosterError(
            f"{path} has no column that is known here ({', '.join(lines[0][:8])}). Give the file "
            "as the system exports it, or name its columns Email, Username, ID number, Full name."
        )
    return roster


def _decoded(raw: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16" if raw[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return raw.decode("gb18030", "replace")
