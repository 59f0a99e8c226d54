"""The attempts that students have handed in, in ``attempts.db`` where the class lies.

A row is written when an attempt is done with, in one transaction: whoever ends the process at any
moment finds each attempt either there or still to be graded. One process writes; any may read.
"""

from __future__ import annotations

import dataclasses
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

ATTEMPTS_FILE = "attempts.db"
_TABLE = """CREATE TABLE IF NOT EXISTS attempt (
    name TEXT PRIMARY KEY, student TEXT NOT NULL, assignment TEXT NOT NULL,
    number INTEGER NOT NULL, time TEXT NOT NULL, came REAL NOT NULL, state TEXT NOT NULL,
    points REAL NOT NULL, counts INTEGER NOT NULL, done REAL NOT NULL)"""
_INDEX = "CREATE INDEX IF NOT EXISTS of_student ON attempt (student, assignment)"

GRADED, NOT_GRADED, REPLACED = "graded", "not graded", "replaced"


@dataclass(frozen=True)
class Attempt:
    """One time that a student handed in an assignment.

    Attributes:
        name: what tells it from all others.
        student, assignment: whose it is, at what.
        number: which attempt of this student at this assignment, from 1.
        time: when it was handed in, in UTC.
        came: when it was there, as this machine's clock says, in seconds; where it had to wait for
            its turn, when that was.
        state: ``"graded"``; ``"not graded"``, where the limit was reached; ``"replaced"``, where a
            later one came before it could be graded.
        points: its points, what was taken off for being late included.
        counts: whether it is the one that counts.
        done: when it was done with, in seconds.
    """

    name: str
    student: str
    assignment: str
    number: int
    time: datetime
    came: float
    state: str = GRADED
    points: float = 0.0
    counts: bool = False
    done: float = 0.0


class AttemptRecord:
    """Reads and writes the attempts of a class.

    Parameters:
        root: the folder of the class.
        write: whether attempts are added; the file is made then.
    """

    def __init__(self, root: Path, write: bool = False) -> None:
        self._path = root / ATTEMPTS_FILE
        if write:
            with closing(self._open()) as database, database:
                database.execute(_TABLE)
                database.execute(_INDEX)

    def names(self) -> set[str]:
        """The names of all attempts that are done with."""
        return {name for (name,) in self._rows("SELECT name FROM attempt")}

    def without_effect(self) -> set[str]:
        """The names of the attempts that are done with and do not count."""
        return {name for (name,) in self._rows("SELECT name FROM attempt WHERE counts = 0")}

    def of(self, student: str, assignment: str) -> list[Attempt]:
        """What a student has handed in of an assignment, in the order of the numbers."""
        fields = ", ".join(field.name for field in dataclasses.fields(Attempt))
        asked = f"SELECT {fields} FROM attempt WHERE student = ? AND assignment = ? ORDER BY number"
        return [_attempt(row) for row in self._rows(asked, student, assignment)]

    def at(self, student: str, assignment: str, time: datetime) -> Attempt | None:
        """The attempt that was handed in at a time; None where nothing is known of it."""
        found = (one for one in self.of(student, assignment) if one.time == time)
        return next(found, None)

    def add(self, attempts: Iterable[Attempt]) -> None:
        """Write attempts that are done with; where one counts, no other of that student does.

        Raises:
            sqlite3.Error: the file cannot be written; nothing is, then.
        """
        with closing(self._open()) as database, database:
            for one in attempts:
                if one.counts:
                    of_student = "student = ? AND assignment = ?"
                    database.execute(
                        f"UPDATE attempt SET counts = 0 WHERE {of_student}",
                        (one.student, one.assignment),
                    )
                row = dataclasses.asdict(one) | {"time": one.time.isoformat()}
                marks = ", ".join(f":{name}" for name in row)
                database.execute(
                    f"INSERT OR REPLACE INTO attempt ({', '.join(row)}) VALUES ({marks})", row
                )

    def _open(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=30.0)

    def _rows(self, asked: str, *values: str) -> list[tuple[Any, ...]]:
        if not self._path.exists():
            return []
        with closing(self._open()) as database:
            return database.execute(asked, values).fetchall()


def _attempt(row: tuple[Any, ...]) -> Attempt:
    one = Attempt(*row)
    time = datetime.fromisoformat(str(one.time))
    return dataclasses.replace(one, time=time, counts=bool(one.counts))
