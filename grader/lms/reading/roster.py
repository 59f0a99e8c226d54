"""A list of the class that the system exports, which tells what the names of files do not.

Moodle's grading worksheet and list of participants, Canvas's gradebook, and any CSV file with a
column for an identity and some of: name, first name, last name, email, user name. It is read as
spreadsheets write it, in whatever encoding and with whatever separator, and its own table can be
written in the same dialect again.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from grader.lms.reading.dialect import Dialect
from grader.lms.reading.headings import (
    COLUMNS,
    columns_of,
    participants_number,
    plain_headings,
)
from grader.lms.reading.identity import Identity, Space
from grader.lms.reading.legacy_text import decoded, other_texts
from grader.text.terminal import CannotGoOn, shown

_LARGEST = 50_000_000
_SEPARATORS = ",;\t|"
_FURTHEST_HEADING = 10
_END = "\ue000"  # a private character: it stands in no list
_SPACES = {
    "identifier": Space.PARTICIPANT,
    "lms_user_id": Space.LMS_USER,
    "sis_user_id": Space.SIS,
    "id_number": Space.ID_NUMBER,
    "sid": Space.SID,
    "org_id": Space.ORG_ID,
    "student_number": Space.STUDENT_NUMBER,
    "login": Space.LOGIN,
    "email": Space.EMAIL,
}
# A whole number as programs write it that take it for a measure ("1.000" may be a thousand); and
# what a spreadsheet has left of a long one, "1,23E+05", which is no number any more.
_MEASURE = re.compile(r"\A(\d+)[.,]00?\Z")
_SHORTENED = re.compile(r"\d(?:[.,]\d+)?E\+\d+", re.IGNORECASE)
# Columns of which a second one with other values would leave open which one counts.
_TELLING = (
    *_SPACES,
    "unknown_number",
    "name",
    "first_name",
    "last_name",
    "group",
    "grade",
    "modified",
)
_DECIMAL = re.compile(r"-?\d+([.,])\d+")


class RosterError(CannotGoOn):
    """The list of the class cannot be read. The message says what to do."""


@dataclass(frozen=True)
class RosterRow:
    """One student of the list.

    Attributes:
        numbers: space -> value; what the list does not tell is left away.
        name, first_name, last_name: empty where the list does not tell.
        group: the team.
        time: when work was handed in.
        line: the place of the row in the list.
        is_shifted: whether it has more cells than the list has columns, so that nobody knows what
            stands in which.
    """

    numbers: Mapping[Space, str] = field(default_factory=dict)
    name: str = ""
    first_name: str = ""
    last_name: str = ""
    group: str = ""
    time: str = ""
    line: int = field(default=0, compare=False)
    is_shifted: bool = False

    @property
    def full_name(self) -> str:
        """The name, put together where the list has it in two columns."""
        return self.name or f"{self.first_name} {self.last_name}".strip()

    @property
    def email(self) -> str:
        """The email address."""
        return self.numbers.get(Space.EMAIL, "")

    @property
    def student_id(self) -> str:
        """The best name for the student in nbgrader: user name, student number or email."""
        order = (
            Space.LOGIN,
            Space.ID_NUMBER,
            Space.SIS,
            Space.STUDENT_NUMBER,
            Space.SID,
            Space.ORG_ID,
            Space.EMAIL,
        )
        return next((self.numbers[space] for space in order if self.numbers.get(space)), "")

    @property
    def identity(self) -> Identity:
        """What the row says of who it is."""
        name = self.full_name
        label = name or f"row {self.line}"
        if self.is_shifted:
            label += ", which has more cells than the list has columns,"
        return Identity(self.numbers, name, label=label, shown_as=name)


@dataclass(frozen=True)
class Roster:
    """A list of the class.

    Attributes:
        header: the names of its columns.
        table: its rows as they are.
        path: where it was read from.
        dialect: how it is written.
    """

    header: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    path: Path | None = field(default=None, compare=False)
    dialect: Dialect = field(default_factory=Dialect)

    def __bool__(self) -> bool:
        return bool(self.header)

    def column(self, what: str) -> int | None:
        """Where a column is that holds ``"email"``, ``"identifier"`` and so on."""
        return self._places.get(what)

    def columns(self, what: str) -> list[int]:
        """Where all columns are that may be meant: those of one space, or of one heading."""
        plain = plain_headings(self.header)
        meant = COLUMNS[what] if what in _SPACES else (plain[self._places[what]],)
        others = {place for other, place in self._places.items() if other != what}
        return [
            place for place, heading in enumerate(plain) if heading in meant and place not in others
        ]

    @cached_property
    def _places(self) -> dict[str, int]:
        return columns_of(self.header, self.table)

    @cached_property
    def rows(self) -> tuple[RosterRow, ...]:
        """The rows, in the order of the list; rows of headings have no numbers."""
        return tuple(self._row(number, line) for number, line in enumerate(self.table))

    def _row(self, number: int, line: Sequence[str]) -> RosterRow:
        def cell(what: str) -> str:
            place = self._places.get(what)
            return line[place].strip() if place is not None and place < len(line) else ""

        if any(text.strip() for text in line[len(self.header) :]):
            return RosterRow(line=number + 1, is_shifted=True)
        told = {space: _unwrapped(cell(what)) for what, space in _SPACES.items()}
        numbers = {s: text for s, text in told.items() if text and not _SHORTENED.fullmatch(text)}
        for space in numbers.keys() - {Space.LOGIN, Space.EMAIL}:
            numbers[space] = _MEASURE.sub(r"\1", numbers[space])
        if participant := participants_number(numbers.pop(Space.PARTICIPANT, "")):
            numbers[Space.PARTICIPANT] = participant
        if Space.ORG_ID in numbers:  # Brightspace's sign against spreadsheets
            for space in numbers.keys() & {Space.ORG_ID, Space.LOGIN}:
                numbers[space] = numbers[space].removeprefix("#")
        if Space.EMAIL not in numbers and "@" in numbers.get(Space.LOGIN, ""):
            numbers[Space.EMAIL] = numbers[Space.LOGIN]
        return RosterRow(
            numbers,
            cell("name"),
            cell("first_name"),
            cell("last_name"),
            cell("group"),
            cell("time"),
            number + 1,
        )

    @property
    def damage(self) -> str:
        """A sentence about numbers of which a spreadsheet has lost a part; empty where none are."""
        places = [place for what, place in self._places.items() if what in _SPACES]
        cells = [line[p].strip() for line in self.table for p in places if p < len(line)]
        lost = [cell for cell in cells if _SHORTENED.fullmatch(cell)]
        if not lost:
            return ""
        return (
            f"{self.path} has numbers that a spreadsheet has shortened, such as {lost[0]}, which "
            "tell nobody: export the list again, and give it as it was downloaded."
        )

    @property
    def spaces(self) -> set[Space]:
        """The spaces of which the list has a column, whatever stands in it."""
        return {space for what, space in _SPACES.items() if what in self._places}

    def is_student(self, row: RosterRow) -> bool:
        """Whether a row is a student's: it has a number, or a name and is not above all numbers."""
        if row.numbers or row.is_shifted:
            return True
        return bool(row.full_name) and row.line > self._first_number

    @cached_property
    def _first_number(self) -> int:
        """The first row with a number; Canvas's "Points Possible" stands above it."""
        first = next((row.line for row in self.rows if row.numbers), None)
        return first if first is not None else len(self.table) if self.spaces else 0

    @cached_property
    def students(self) -> tuple[RosterRow, ...]:
        """The rows that are a student's."""
        return tuple(row for row in self.rows if self.is_student(row))


def _unwrapped(cell: str) -> str:
    """A number without what keeps spreadsheets from taking it for one: ``="007"``, ``'007``."""
    found = re.fullmatch(r'="([^"]*)"', cell)
    return found[1].strip() if found else cell.removeprefix("'")


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
    csv.field_size_limit(_LARGEST)  # Moodle's worksheet has what students have written
    if raw.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise RosterError(
            f"{path} is a file of a spreadsheet program, no text: open it there and save it as CSV."
        )
    best, problem = _best_reading(path, *decoded(raw))
    for text, encoding in other_texts(raw):
        other, _problem = _best_reading(path, text, encoding)
        if best and other and len(other._places) > len(best._places):
            best = other
    if best is None:
        raise RosterError(f"{path} is no CSV file{problem}." if problem else f"{path} is empty.")
    if not best._places.keys() - {"unknown_number"}:
        if problem:
            raise RosterError(f"{path} is no CSV file{problem}.")
        raise RosterError(
            f"{path} has no column that is known here ({', '.join(best.header[:8])}). Give the "
            "file as the system exports it, or name its columns Email, Username, ID number, Full "
            "name."
        )
    _check_columns(best)
    return best


def _best_reading(path: Path, text: str, encoding: str) -> tuple[Roster | None, str]:
    """The text as a list with whichever separator tells most, and what is wrong with others."""
    before, rest, separators = _without_first_lines(text)
    best: Roster | None = None
    problem = ""
    for separator in separators:
        try:
            found = _read(rest, separator, path, encoding, before)
        except csv.Error as error:
            problem = f": {error}"
            continue
        if found and (best is None or _better(found, best)):
            best = found
    return best, problem


def _check_columns(roster: Roster) -> None:
    """Refuse a list that can be read in two ways."""
    for what in _TELLING:
        place = roster.column(what)
        if place is None:
            continue
        same = sorted({place, *roster.columns(what)})
        heading = shown(roster.header[place], 40)
        headings = " and ".join(dict.fromkeys(repr(shown(roster.header[p], 40)) for p in same))
        for line in roster.table:
            if len({line[p].strip() for p in same if p < len(line)}) > 1:
                raise RosterError(
                    f"{roster.path} has several columns {headings} that differ. Remove all but "
                    "the one that counts."
                )
            cell = line[place].strip().splitlines() if place < len(line) else []
            if len(cell) > 1 and any(roster.dialect.separator in part for part in cell):
                raise RosterError(
                    f"{roster.path} has a whole row within the column {heading!r}, after "
                    f"{shown(cell[0], 40)!r}: a quotation mark is missing "
                    "there, or one is too many. Mend that line."
                )


def _better(one: Roster, other: Roster) -> bool:
    return (len(one._places), len(one.header)) > (len(other._places), len(other.header))


def _without_first_lines(text: str) -> tuple[tuple[str, ...], str, str]:
    """Excel's line ``sep=;``, what follows, and which separators come into question."""
    told = re.match(r'"?sep=(.)"?(?:\r\n?|\n)', text, re.IGNORECASE)
    if told:
        return (told[0].rstrip("\r\n"),), text[told.end() :], told[1]
    return (), text, _SEPARATORS


def _read(
    text: str, separator: str, path: Path, encoding: str, before: tuple[str, ...]
) -> Roster | None:
    ended = io.StringIO(f"{text}\n{_END}", newline="")
    lines = [
        tuple(line)
        for line in csv.reader(ended, delimiter=separator)
        if any(cell.strip() for cell in line)
    ]
    if lines.pop() != (_END,):
        raise csv.Error("a quotation mark that begins a cell has none that ends it")
    if not lines:
        return None
    place = _heading(lines)
    plain = Dialect(separator=separator, line_end="")
    above = tuple(plain.text([line]) for line in lines[:place])
    first = text.partition("\n")[0]
    dialect = Dialect(
        encoding,
        separator,
        "\r" if "\r" in text and "\n" not in text else "\r\n" if first.endswith("\r") else "\n",
        _decimal_mark(lines[place + 1 :], separator),
        len(lines[0]) > 1 and first.count('"') >= 2 * len(lines[0]),
        (*before, *above),
    )
    header = tuple(cell.strip() for cell in lines[place])
    # Headings come again where lists were put together.
    table = tuple(line for line in lines[place + 1 :] if line != lines[place])
    return Roster(header, table, path, dialect)


def _heading(lines: Sequence[Sequence[str]]) -> int:
    """Which line has the headings: the first one, unless a title stands above them."""
    if Roster(tuple(lines[0]))._places:
        return 0
    for place, line in enumerate(lines[:_FURTHEST_HEADING]):
        if len(Roster(tuple(line))._places) >= 2:
            return place
    return 0


def _decimal_mark(lines: Iterable[Sequence[str]], separator: str) -> str:
    marks = [
        found[1] for line in lines for cell in line if (found := _DECIMAL.fullmatch(cell.strip()))
    ]
    if marks:
        return max(",.", key=marks.count)
    return "," if separator == ";" else "."
