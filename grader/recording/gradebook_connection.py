"""Open the gradebook, wherever it is, and say in a sentence why that does not work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from grader.recording.gradebook_tables import OldTablesError, ensure_tables
from grader.recording.gradebook_trouble import address, gradebook_file, reason_of, trouble_in_words
from grader.settings.course_directory import CourseDirectory
from grader.text.terminal import CannotGoOn

_ATTEMPTS = 5
_PAUSE = 0.3
"""Seconds before the second attempt; twice as many before the third, and so on."""

_MAKING_TABLES, _SETTING_UP = 0x6E62_6772, 0x6E62_6773  # this project's locks on a server
_DRIVERS = {"psycopg": "psycopg[binary]", "psycopg2": "psycopg2-binary"}


class GradebookSetupError(CannotGoOn):
    """The gradebook cannot be opened or set up. The message says what to do."""


def open_gradebook(coursedir: CourseDirectory) -> Any:
    """Open nbgrader's gradebook, and make its tables where it is new.

    Several processes may do so at the same time; those that come second find the tables made.

    Parameters:
        coursedir: nbgrader's ``CourseDirectory``, which knows the gradebook.

    Raises:
        GradebookSetupError: the gradebook cannot be reached, or its driver is not installed.
    """
    import sqlalchemy
    from nbgrader.api import Gradebook

    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with _server_lock(coursedir, _MAKING_TABLES):
                ensure_tables(coursedir.db_url)
                return Gradebook(coursedir.db_url, coursedir.course_id)
        except ModuleNotFoundError as error:
            package = _DRIVERS.get(str(error.name), str(error.name))
            raise GradebookSetupError(
                f"The gradebook {address(coursedir)} needs the package {error.name}: "
                f"run `pip install '{package}'`."
            ) from error
        except OldTablesError as error:
            raise GradebookSetupError(
                f"The gradebook {address(coursedir)} was made by an older nbgrader (its table "
                f"{error}): keep a copy of it, then run `nbgrader db upgrade`."
            ) from error
        except sqlalchemy.exc.SQLAlchemyError as error:
            reason = reason_of(error)
            if attempt < _ATTEMPTS and ("already exists" in reason or "locked" in reason):
                time.sleep(_PAUSE * attempt)  # another process makes the tables just now
                continue
            raise GradebookSetupError(trouble_in_words(error, coursedir)) from error
    raise AssertionError("unreachable")


@contextmanager
def setting_up(coursedir: CourseDirectory) -> Iterator[None]:
    """Keep other processes from setting up the same gradebook meanwhile, where it is on a server.

    A gradebook in a file needs no such lock: its writers wait for one another.
    """
    with _server_lock(coursedir, _SETTING_UP):
        yield


def why_not_writable(coursedir: CourseDirectory) -> str | None:
    """Say why nothing can be written into a gradebook that is a file; None where it can be.

    nbgrader takes a busy gradebook for an invalid entry, so it is asked first.
    """
    import sqlalchemy

    if gradebook_file(coursedir) is None:
        return None
    engine = sqlalchemy.create_engine(coursedir.db_url, poolclass=sqlalchemy.pool.NullPool)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with engine.connect() as connection:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
                connection.rollback()
            return None
        except sqlalchemy.exc.SQLAlchemyError as error:
            if attempt == _ATTEMPTS or "locked" not in reason_of(error):
                return trouble_in_words(error, coursedir)
    raise AssertionError("unreachable")


@contextmanager
def _server_lock(coursedir: CourseDirectory, number: int) -> Iterator[None]:
    """Hold one of this project's locks of a PostgreSQL server; nothing for other gradebooks."""
    import sqlalchemy

    if not coursedir.db_url.startswith("postgresql"):
        yield
        return
    engine = sqlalchemy.create_engine(coursedir.db_url, poolclass=sqlalchemy.pool.NullPool)
    with engine.connect() as connection:
        lock = sqlalchemy.text("SELECT pg_advisory_lock(:number)")
        connection.execute(lock, {"number": number})
        yield
