# SPDX-License-Identifier: AGPL-3.0-or-later
"""Opens the local database: private to the user's account, durable, brought to the current schema.

Threads: a `Database` may be used from any thread. Each call takes a connection of its own for one transaction, a writing
one begins with the write lock, so no two transactions can run into each other half-way.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DatabaseError, OperationalError

from reviewer_app.store.errors import StoreDamaged, StoreNewer, StoreUnwritable
from reviewer_app.store.files import private_folder
from reviewer_app.store.tables import SCHEMA_STEPS

BUSY_MILLISECONDS = 5000


class Database:
    """The local database at ``path``. Raises StoreUnwritable, StoreNewer or StoreDamaged."""

    def __init__(self, path: Path) -> None:
        self._path = path
        private_folder(path.parent)
        _make_private_file(path)
        self._engine = create_engine(f"sqlite+pysqlite:///{path.as_posix()}")
        event.listen(self._engine, "connect", _prepare)
        event.listen(self._engine, "begin", _begin)
        try:
            with self.writing() as connection:
                self._migrate(connection)
        except BaseException:
            self.close()
            raise

    @property
    def engine(self) -> Engine:
        """The engine, to compare the real schema with the tables."""
        return self._engine

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection inside a transaction that does not change anything."""
        with self._translated(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection inside a transaction that has the write lock; committed at the end, else rolled back."""
        with (
            self._translated(),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            yield connection

    def close(self) -> None:
        """Close all connections. Idempotent."""
        self._engine.dispose()

    def _migrate(self, connection: Connection) -> None:
        found = int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())
        known = len(SCHEMA_STEPS)
        if found > known:
            raise StoreNewer(self._path, found, known)
        for step in SCHEMA_STEPS[found:]:
            for statement in step:
                connection.exec_driver_sql(statement)
        if found < known:
            connection.exec_driver_sql(f"PRAGMA user_version = {known}")

    @contextlib.contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except OperationalError as error:
            raise StoreUnwritable(self._path.parent, str(error.orig)) from error
        except DatabaseError as error:
            if getattr(error.orig, "sqlite_errorcode", None) in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
                raise StoreDamaged(self._path) from error
            raise


def _make_private_file(path: Path) -> None:
    try:
        path.touch(mode=0o600, exist_ok=True)
        if os.name == "posix":
            path.chmod(0o600)
    except OSError as error:
        raise StoreUnwritable(path.parent, error.strerror or type(error).__name__) from error


def _prepare(connection: sqlite3.Connection, _record: Any) -> None:
    # The driver must not begin transactions by itself: they begin below, with the write lock when one is wanted.
    connection.isolation_level = None
    for statement in (
        f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}",
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = FULL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA secure_delete = ON",
    ):
        connection.execute(statement).close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
