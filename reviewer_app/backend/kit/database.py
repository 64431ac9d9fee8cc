# SPDX-License-Identifier: AGPL-3.0-or-later
"""The database: its engine, one transaction at a time, and the schema's upgrade. SQLite and PostgreSQL alike.

SQLite: WAL, ``synchronous=FULL``, foreign keys, writers start with ``BEGIN IMMEDIATE`` so that two of them never read
the same row before either writes. PostgreSQL: writers READ COMMITTED, readers a read-only snapshot.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar, cast

from sqlalchemy import DateTime, Dialect, Engine, MetaData, Table, create_engine, event, make_url
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection
from sqlalchemy.orm import DeclarativeBase, Session
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

_BEFORE_COMMIT = "before_commit"
_AFTER_COMMIT = "after_commit"
_READ_BEFORE = "read_before"
_WRITES = "reviewer_writes"
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "busy_timeout=5000",
    "foreign_keys=ON",
    "wal_autocheckpoint=4000",  # pages, 16 MB: what is written again and again goes to the database once
)


Read = TypeVar("Read")


class Base(DeclarativeBase):
    """Base of all tables. Relations are declared with ``lazy="raise"``."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """A moment: aware in Python, UTC in the database. A naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Bring an aware moment to UTC; SQLite keeps it without its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment without a time zone cannot be stored")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the moment in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


_IDS: ContextVar[Callable[[], str] | None] = ContextVar("ids", default=None)


def new_id() -> str:
    """Make an id: 32 hexadecimal digits, a UUID of version 7 (RFC 9562, 5.7): milliseconds since 1970, then random.

    Ids made after each other lie beside each other, so that rows made together touch few pages of their indexes. The
    time in it is the machine's and means nothing. While `ids_from` is in force they come from there.
    """
    source = _IDS.get()
    if source is not None:
        return source()
    milliseconds, noise = time.time_ns() // 1_000_000, secrets.randbits(74)
    return f"{milliseconds & 0xFFFFFFFFFFFF:012x}7{noise >> 62:03x}{0b10 << 62 | noise & (1 << 62) - 1:016x}"


@contextmanager
def ids_from(source: Callable[[], str] | None) -> Iterator[None]:
    """Have `new_id` take its ids from ``source`` within the block and its thread: generated cases have the same each time.

    None leaves them random.
    """
    token = _IDS.set(source)
    try:
        yield
    finally:
        _IDS.reset(token)


def table_of(model: type[Base]) -> Table:
    """Give the table of a model, for statements that are made once and go past the objects."""
    return cast("Table", model.__table__)


def insert_into(session: Session, table: Any) -> postgresql.Insert | sqlite.Insert:
    """Begin the insert of the session's engine, which can be told what to do when the row is there already."""
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)


def before_commit(session: Session, name: str, act: Callable[[Session], None]) -> None:
    """Have ``act`` run as the last thing of the transaction, once for each ``name``, in the order first asked for."""
    session.info.setdefault(_BEFORE_COMMIT, {}).setdefault(name, act)


def after_commit(session: Session, name: str, act: Callable[[], None]) -> None:
    """Have ``act`` run when the transaction is committed, once for each ``name``; never when it is rolled back."""
    session.info.setdefault(_AFTER_COMMIT, {}).setdefault(name, act)


def once(session: Session, what: str, key: str, read: Callable[[], Read]) -> Read:
    """Give what was read of ``key`` before on the snapshot of this session, which stays as it is while it is read.

    In a writing transaction everything is read anew.
    """
    before: dict[tuple[str, str], Read] | None = session.info.get(_READ_BEFORE)
    if before is None:
        return read()
    if (what, key) not in before:
        before[what, key] = read()
    return before[what, key]


class Database:
    """An engine and its transactions.

    Sessions do not flush by themselves (call ``flush`` before a query that has to see new rows) and keep what was
    loaded after the commit.
    """

    def __init__(self, url: str) -> None:
        """Open no connection yet. ``url`` is an SQLAlchemy URL of SQLite or ``postgresql+psycopg``."""
        self.url = make_url(url)
        self._engine = _engine(url)
        self._writing = self._engine.execution_options(**{_WRITES: True})
        self._reading = self._engine
        if not self.is_sqlite:
            self._reading = self._engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)

    @property
    def is_sqlite(self) -> bool:
        """Say whether this is SQLite."""
        return self.url.get_backend_name() == "sqlite"

    @property
    def sqlite_path(self) -> Path | None:
        """Give the file of an SQLite database, None for a server."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    @contextmanager
    def read(self) -> Iterator[Session]:
        """Give a session on one snapshot; nothing of it is kept."""
        info: dict[Any, Any] = {_READ_BEFORE: {}}
        with Session(self._reading, autoflush=False, expire_on_commit=False, info=info) as session:
            yield session  # what was read stays readable: closing lets go of it, while a rollback would expire it

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """Give a bare connection on one snapshot, for the one query that stands before every call."""
        with self._reading.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Session]:
        """Give a session that is committed at the end of the block and rolled back when the block raises."""
        with Session(self._writing, autoflush=False, expire_on_commit=False) as session:
            try:
                yield session
                acts: dict[str, Callable[[Session], None]] = session.info.get(_BEFORE_COMMIT, {})
                for act in tuple(acts.values()):
                    session.flush()
                    act(session)
                session.commit()
            except BaseException:
                session.rollback()
                raise
        done: dict[str, Callable[[], None]] = session.info.get(_AFTER_COMMIT, {})
        for act_after in done.values():
            act_after()

    @contextmanager
    def connect(self) -> Iterator[Connection]:
        """Give a bare connection in a writing transaction, for schema and maintenance work."""
        with self._writing.begin() as connection:
            yield connection

    def dispose(self) -> None:
        """Close all connections."""
        self._engine.dispose()


def _engine(url: str) -> Engine:
    """Make the engine. Its errors do not repeat the values of a statement: those are people's data."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return create_engine(
            parsed, hide_parameters=True, pool_pre_ping=True, pool_size=20, max_overflow=30, pool_timeout=10
        )
    if parsed.database:
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(parsed, hide_parameters=True, pool_size=20, max_overflow=60, pool_timeout=10)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in _PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get(_WRITES, False):
        connection.exec_driver_sql("BEGIN IMMEDIATE")
        return
    # Waits for nobody, so that no error of the driver has to be told as one of SQLAlchemy: twice as quick a way to begin.
    driver: Any = connection.connection.driver_connection
    driver.execute("BEGIN").close()
