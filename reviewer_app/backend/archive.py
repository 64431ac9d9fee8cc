# SPDX-License-Identifier: AGPL-3.0-or-later
"""Backup, restore and verification of database and documents together.

An archive is a tar file: ``database.sqlite3``, a consistent copy of either engine's database, and
``documents/<sha256>``. One made on an engine can be brought back on the other. Documents are never
changed and never deleted, and stand in the storage before a row names them, so a copy of the database taken first
finds all of its documents.
"""

from __future__ import annotations

import hashlib
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import inspect, select
from sqlalchemy.exc import DatabaseError, ProgrammingError
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.chain import verify_chain
from reviewer_app.backend.audit.repository import head_seq
from reviewer_app.backend.documents.storage import Storage, StorageAwayError
from reviewer_app.backend.documents.tables import Document
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import upgrade, upgrade_within
from reviewer_app.backend.staff.tables import StaffAccount
from reviewer_app.backend.transfer import copy_rows, set_aside
from reviewer_app.contract.bench import BENCH_STAFF, BENCH_STATE_TABLE
from reviewer_app.contract.text import Text

_DATABASE = "database.sqlite3"
_DOCUMENTS = "documents/"
_NO_ARCHIVE = Text("{file} nie jest kopią zapasową tego programu.", "{file} is not a backup of this program.")
_NOT_WRITTEN = Text(
    "Nie można zapisać {file}: {reason}. Podaj miejsce, w którym można zapisywać, i spróbuj ponownie.",
    "{file} cannot be written: {reason}. Give a place that can be written, then try again.",
)
_OF_A_BENCH = Text(
    "{file} jest kopią stanowiska testowego: hasło jego kont zna każdy. Odtwórz je tylko tam, gdzie REVIEWER_ENVIRONMENT=test.",
    "{file} is a backup of a test bench: everybody knows the password of its accounts. Restore it only where "
    "REVIEWER_ENVIRONMENT=test.",
)
_NOT_READ = Text("Nie można odczytać {file}: {reason}.", "{file} cannot be read: {reason}.")
_EXISTS = Text("Plik {file} już istnieje. Podaj inną nazwę.", "The file {file} exists already. Give another name.")
_CHAIN_BREAK = Text("historia, wiersz {seq}: {reason}", "history, row {seq}: {reason}")
_LOST = Text("dokument {sha256}: brakuje pliku", "document {sha256}: the file is missing")
_ALTERED = Text("dokument {sha256}: plik został zmieniony", "document {sha256}: the file was changed")


class ArchiveError(Exception):
    """A backup cannot be made or brought back; ``text`` says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


@dataclass(frozen=True, slots=True)
class Inventory:
    """How much was copied or checked, and the first break that a check found."""

    rows: int
    documents: int
    broken: Text | None = None


def backup(database: Database, storage: Storage, file: Path) -> Inventory:
    """Write database and documents into a new file, while the server may run. Raises ArchiveError and StorageAwayError.

    The file appears under its name only when it is whole.
    """
    if file.exists():
        raise ArchiveError(_EXISTS.format(file=file))
    unfinished = file.with_name(f"{file.name}.unfinished")
    try:
        inventory = _written(database, storage, unfinished)
        unfinished.replace(file)
    except StorageAwayError:
        raise
    except (OSError, sqlite3.Error) as error:
        raise ArchiveError(_NOT_WRITTEN.format(file=file, reason=_reason(error))) from error
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    return inventory


def _written(database: Database, storage: Storage, target: Path) -> Inventory:
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / _DATABASE
        _snapshot(database, copy)
        with _opened(copy) as copied, copied.read() as session:
            hashes, rows = _hashes(session), head_seq(session)
        with tarfile.open(target, "w") as archive:
            archive.add(copy, _DATABASE)
            for sha256 in hashes:
                _add_document(archive, storage, sha256)
    return Inventory(rows, len(hashes))


def _snapshot(database: Database, copy: Path) -> None:
    """Copy a database, as it is at one moment, into a new SQLite file."""
    if database.sqlite_path is not None:
        with closing(sqlite3.connect(database.sqlite_path)) as connection:
            connection.execute("VACUUM INTO ?", (str(copy),))
        return
    with _opened(copy) as target:
        upgrade(target)
        with database.read() as session, target.connect() as connection:
            copy_rows(session.connection(), connection)


def _add_document(archive: tarfile.TarFile, storage: Storage, sha256: str) -> None:
    try:
        with storage.opened(sha256) as content:
            archive.addfile(archive.gettarinfo(arcname=f"{_DOCUMENTS}{sha256}", fileobj=content), content)
    except FileNotFoundError as error:
        raise ArchiveError(_LOST.format(sha256=sha256)) from error


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error)


def restore(database: Database, storage: Storage, file: Path, clock: Clock, *, accept_bench: bool = False) -> Inventory:
    """Bring database and documents back in place of what is there. Raises ArchiveError and StorageAwayError.

    What is in the archive is verified first, and a test bench's is refused unless ``accept_bench``. The present database
    is kept beside: as the file ``….before-restore-<time>``, or on PostgreSQL as the schema ``before_restore_<time>``.
    """
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / _DATABASE
        try:
            with tarfile.open(file) as archive:
                archive.extract(_DATABASE, folder, filter="data")
                _keep_documents(archive, storage)
            with _opened(copy) as restored:
                if not accept_bench and _is_bench(restored):
                    raise ArchiveError(_OF_A_BENCH.format(file=file))
                upgrade(restored)
                inventory = verify(restored, storage)
        except (tarfile.TarError, KeyError, DatabaseError) as error:
            raise ArchiveError(_NO_ARCHIVE.format(file=file)) from error
        except StorageAwayError:
            raise
        except OSError as error:
            raise ArchiveError(_NOT_READ.format(file=file, reason=_reason(error))) from error
        if inventory.broken:
            raise ArchiveError(inventory.broken)
        try:
            _bring_back(copy, database, clock)
        except (OSError, sqlite3.Error, ProgrammingError) as error:
            place = database.sqlite_path or database.url.render_as_string(hide_password=True)
            raise ArchiveError(_NOT_WRITTEN.format(file=place, reason=_reason(error))) from error
    return inventory


def _is_bench(database: Database) -> bool:
    """Recognise a bench by its own table, or by its accounts: a copy from PostgreSQL leaves the table behind."""
    names = [account.username for account in BENCH_STAFF]
    with database.connect() as connection:
        tables = inspect(connection)
        if tables.has_table(BENCH_STATE_TABLE):
            return True
        if not tables.has_table(StaffAccount.__tablename__):
            return False
        found = select(StaffAccount.username).where(StaffAccount.username.in_(names)).limit(1)
        return connection.execute(found).first() is not None


def _bring_back(copy: Path, database: Database, clock: Clock) -> None:
    """Put a copy in place of a database, which is kept beside: all of it or, on an error, nothing."""
    moment = f"{clock.now():%Y%m%dT%H%M%S%f}"
    present = database.sqlite_path
    if present is not None:
        if present.exists():
            _copy_database(present, present.with_name(f"{present.name}.before-restore-{moment}"))
        _copy_database(copy, present)
        return
    with _opened(copy) as restored, restored.read() as session, database.connect() as connection:
        set_aside(connection, f"before_restore_{moment.lower()}")
        upgrade_within(connection)
        copy_rows(session.connection(), connection)


def verify(database: Database, storage: Storage) -> Inventory:
    """Check the chain of the history and the hash of every document; gives the first break, if any."""
    with database.read() as session:
        rows, hashes = head_seq(session), _hashes(session)
        found = verify_chain(session)
    if found:
        return Inventory(rows, len(hashes), _CHAIN_BREAK.format(seq=found.seq, reason=found.reason))
    for sha256 in hashes:
        try:
            with storage.opened(sha256) as content:
                whole = hashlib.file_digest(content, "sha256").hexdigest() == sha256
        except FileNotFoundError:
            return Inventory(rows, len(hashes), _LOST.format(sha256=sha256))
        if not whole:
            return Inventory(rows, len(hashes), _ALTERED.format(sha256=sha256))
    return Inventory(rows, len(hashes))


def _keep_documents(archive: tarfile.TarFile, storage: Storage) -> None:
    for member in archive:
        if not member.isfile() or not member.name.startswith(_DOCUMENTS):
            continue
        content = archive.extractfile(member)
        if content is None:
            continue
        quarantined = storage.quarantine()
        with content, quarantined.open("wb") as kept:
            shutil.copyfileobj(content, kept)
        with quarantined.open("rb") as kept:
            sha256 = hashlib.file_digest(kept, "sha256").hexdigest()
        storage.keep(quarantined, sha256)


def _copy_database(source: Path, target: Path) -> None:
    """Copy in one transaction: a server that has the target open sees the old content or the new, never a mixture."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(source)) as read, closing(sqlite3.connect(target)) as written:
        read.backup(written)


@contextmanager
def _opened(file: Path) -> Iterator[Database]:
    database = Database(f"sqlite:///{file}")
    try:
        yield database
    finally:
        database.dispose()


def _hashes(session: Session) -> list[str]:
    return list(session.scalars(select(Document.sha256).distinct().order_by(Document.sha256)))
