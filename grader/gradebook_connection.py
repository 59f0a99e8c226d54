"""Open the gradebook, wherever it is, and say in a sentence why that does not work."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_ATTEMPTS = 5
_MAKING_TABLES, _SETTING_UP = 0x6E62_6772, 0x6E62_6773  # this project's locks on a server
_DRIVERS = {"psycopg": "psycopg[binary]", "psycopg2": "psycopg2-binary"}


class GradebookSetupError(Exception):
    """The gradebook cannot be opened or set up. The message says what to do."""


def open_gradebook(coursedir: Any) -> Any:
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
                return Gradebook(coursedir.db_url, coursedir.course_id)
        except ModuleNotFoundError as error:
            package = _DRIVERS.get(str(error.name), str(error.name))
            raise GradebookSetupError(
                f"The gradebook {address(coursedir)} needs the package {error.name}: "
                f"run `pip install '{package}'`."
            ) from error
        except sqlalchemy.exc.SQLAlchemyError as error:
            reason = " ".join(str(getattr(error, "orig", None) or error).split())
            if attempt < _ATTEMPTS and ("already exists" in reason or "locked" in reason):
                time.sleep(0.3 * attempt)  # another process makes the tables just now
                continue
            raise GradebookSetupError(
                f"The gradebook {address(coursedir)} cannot be opened ({reason[:200]}): check the "
                "address (GRADEBOOK_URL, or db_url in nbgrader_config.py) and that the database "
                "is there and takes connections."
            ) from error
    raise AssertionError("unreachable")


@contextmanager
def setting_up(coursedir: Any) -> Iterator[None]:
    """Keep other processes from setting up the same gradebook meanwhile, where it is on a server.

    A gradebook in a file needs no such lock: its writers wait for one another.
    """
    with _server_lock(coursedir, _SETTING_UP):
        yield


@contextmanager
def _server_lock(coursedir: Any, number: int) -> Iterator[None]:
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


def address(coursedir: Any) -> str:
    """The gradebook's address, without a password."""
    import sqlalchemy

    try:
        return str(sqlalchemy.engine.make_url(coursedir.db_url).render_as_string())
    except sqlalchemy.exc.ArgumentError:
        return "at an address that cannot be read"
