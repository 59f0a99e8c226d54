"""Make the tables of a new gradebook: all of them and their version, or none.

nbgrader makes them one by one, and their version at the end. A process that is ended in between, or
a full disk, leaves a gradebook that nothing can be recorded in. Here it is one transaction, which
also completes what such a process has left.
"""

from __future__ import annotations

import functools
from typing import Any

_VERSION = "alembic_version"


class OldTablesError(Exception):
    """The gradebook has tables of an older nbgrader, and no version. The message names one."""


def ensure_tables(db_url: str) -> None:
    """Make what is missing of a gradebook's tables.

    Parameters:
        db_url: the address of the gradebook.

    Raises:
        OldTablesError: there are tables which a version of nbgrader has made that is too old.
        sqlalchemy.exc.SQLAlchemyError: the gradebook cannot be reached or written.
    """
    import sqlalchemy

    engine = sqlalchemy.create_engine(db_url, poolclass=sqlalchemy.pool.NullPool)
    with engine.connect() as connection:
        if _has_version(connection):
            return
    version = newest_version()
    if engine.dialect.name == "sqlite":
        _let_transactions_hold_tables(engine)
    with engine.begin() as connection:
        if not _has_version(connection):  # no other process was first
            _make(connection, version)


def _make(connection: Any, version: str) -> None:
    import sqlalchemy
    from nbgrader.api import Base

    inspector = sqlalchemy.inspect(connection)
    existing = set(inspector.get_table_names())
    for name, table in Base.metadata.tables.items():
        if name in existing:
            columns = {column["name"] for column in inspector.get_columns(name)}
            if columns != set(table.columns.keys()):
                raise OldTablesError(name)
    Base.metadata.create_all(bind=connection)
    if _VERSION not in existing:
        made = f"CREATE TABLE {_VERSION} (version_num VARCHAR(32) NOT NULL)"
        connection.execute(sqlalchemy.text(made))
    stamp = sqlalchemy.text(f"INSERT INTO {_VERSION} (version_num) VALUES (:version)")
    connection.execute(stamp, {"version": version})


def _has_version(connection: Any) -> bool:
    import sqlalchemy

    if not sqlalchemy.inspect(connection).has_table(_VERSION):
        return False
    rows = connection.execute(sqlalchemy.text(f"SELECT version_num FROM {_VERSION}"))
    return rows.first() is not None


def _let_transactions_hold_tables(engine: Any) -> None:
    """Let SQLite's driver leave transactions alone: it begins none for making a table."""
    import sqlalchemy

    def connected(connection: Any, _record: Any) -> None:
        connection.isolation_level = None

    def begun(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    sqlalchemy.event.listen(engine, "connect", connected)
    sqlalchemy.event.listen(engine, "begin", begun)


@functools.cache
def newest_version() -> str:
    """The version of nbgrader's tables.

    nbgrader starts the program alembic to ask for it, which takes seconds and need not be on the
    path.
    """
    from alembic.script import ScriptDirectory
    from nbgrader.dbutil import ALEMBIC_DIR

    return str(ScriptDirectory(ALEMBIC_DIR).get_current_head())
