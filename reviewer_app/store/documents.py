# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents kept as files, named by their SHA-256, readable by the user's account only, purged by rule.

Purged are documents not used for a week and, beyond one gigabyte in all, those used longest ago. A file that another
program holds open (Windows) is left for the next time.
"""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.sqlite import insert

from reviewer_app.store.database import Database
from reviewer_app.store.errors import StoreUnwritable
from reviewer_app.store.files import private_folder
from reviewer_app.store.tables import documents

KEPT_UNUSED = timedelta(days=7)
MOST_BYTES = 1024**3
USE_NOTED_EVERY = timedelta(hours=1)
"""A document shown again sooner is not written down again: that would cost a write to the disk before it is seen."""


class DocumentStore:
    """Files below ``folder``. The caller verifies the digest before `keep`."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database = database
        self._folder = private_folder(folder)
        self._noted: dict[str, datetime] = {}

    def find(self, *, sha256: str, size: int, now: datetime) -> Path | None:
        """Give the file of a document, if it is here whole, and note that it was used."""
        path = self._path(sha256)
        try:
            whole = path.stat().st_size == size
        except OSError:
            return None
        if not whole:
            return None
        self._note_use(sha256, size, now)
        return path

    def part(self, *, sha256: str) -> Path:
        """Give the path for a download that is not whole yet."""
        part = self._path(sha256).with_suffix(".part")
        private_folder(part.parent)
        try:
            part.touch(mode=0o600, exist_ok=True)
        except OSError as error:
            raise StoreUnwritable(part.parent, error.strerror or type(error).__name__) from error
        return part

    def keep(self, *, sha256: str, now: datetime) -> Path:
        """Make a finished download the file of its document."""
        path = self._path(sha256)
        part = path.with_suffix(".part")
        try:
            os.replace(part, path)  # noqa: PTH105 -- replaces in one step on every system
        except OSError as error:
            raise StoreUnwritable(path.parent, error.strerror or type(error).__name__) from error
        self._note_use(sha256, path.stat().st_size, now)
        return path

    def figures(self) -> tuple[int, int]:
        """Give how many documents are kept, and their size in bytes."""
        with self._database.reading() as connection:
            count, size = connection.execute(select(func.count(), func.coalesce(func.sum(documents.c.size), 0))).one()
        return int(count), int(size)

    def purge(self, *, now: datetime, everything: bool = False, unused: timedelta = KEPT_UNUSED) -> int:
        """Remove what was not used for so long and what is too much in all, or everything; gives how many went."""
        with self._database.reading() as connection:
            rows = connection.execute(select(documents).order_by(documents.c.used_at.desc())).mappings().all()
        total = 0
        gone: list[str] = []
        for row in rows:
            total += row["size"]
            if (everything or total > MOST_BYTES or row["used_at"] < now - unused) and self._removed(row["sha256"]):
                gone.append(row["sha256"])
        if everything or not rows:
            self._remove_parts()
        with self._database.writing() as connection:
            connection.execute(delete(documents).where(documents.c.sha256.in_(gone)))
        return len(gone)

    def _path(self, sha256: str) -> Path:
        return self._folder / sha256[:2] / sha256

    def _note_use(self, sha256: str, size: int, now: datetime) -> None:
        noted = self._noted.get(sha256)
        if noted is not None and noted > now - USE_NOTED_EVERY:
            return
        values = {"size": size, "used_at": now}
        statement = insert(documents).values(sha256=sha256, **values)
        due = documents.c.used_at <= now - USE_NOTED_EVERY
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["sha256"], set_=values, where=due))
        self._noted[sha256] = now

    def _removed(self, sha256: str) -> bool:
        self._noted.pop(sha256, None)
        try:
            self._path(sha256).unlink(missing_ok=True)
            self._path(sha256).with_suffix(".part").unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def _remove_parts(self) -> None:
        for part in self._folder.glob("*/*.part"):
            try:
                part.unlink(missing_ok=True)
            except OSError:
                continue
