# SPDX-License-Identifier: AGPL-3.0-or-later
"""The local store: one folder with a database, the documents and the last queue."""

from __future__ import annotations

import threading
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from reviewer_app.store.files import snapshot_path, told_path

if TYPE_CHECKING:
    from reviewer_app.store.documents import DocumentStore
    from reviewer_app.store.outbox import OutboxStore
    from reviewer_app.store.prints import PrintStore
    from reviewer_app.store.shelves import Shelves
    from reviewer_app.store.turns import TurnStore
    from reviewer_app.store.work import CaseStore, DraftStore, LeaseStore, PageStore

KEPT_CASES = timedelta(days=14)
KEPT_ACTS = timedelta(days=30)


class Store:
    """The store in ``folder``, made when missing. May be used from any thread.

    It is opened when one of its parts is first used, or by `open`: the database library takes its time to load, and
    the queue can be shown before it has. Whatever opens it raises StoreUnwritable, StoreNewer or StoreDamaged.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()
        self._shelves: Shelves | None = None
        self.snapshot_path = snapshot_path(folder)
        self.told_path = told_path(folder)

    @property
    def opened(self) -> bool:
        """Whether its parts can be used without waiting."""
        return self._shelves is not None

    @property
    def outbox(self) -> OutboxStore:
        """Acts on their way to the server."""
        return self.open().outbox

    @property
    def drafts(self) -> DraftStore:
        """Drafts of decisions."""
        return self.open().drafts

    @property
    def cases(self) -> CaseStore:
        """Cases as last read."""
        return self.open().cases

    @property
    def leases(self) -> LeaseStore:
        """Claims held by this computer."""
        return self.open().leases

    @property
    def pages(self) -> PageStore:
        """How pages were looked at."""
        return self.open().pages

    @property
    def turns(self) -> TurnStore:
        """Turned pages on their way to the server."""
        return self.open().turns

    @property
    def prints(self) -> PrintStore:
        """What became of prints, on its way to the server."""
        return self.open().prints

    @property
    def documents(self) -> DocumentStore:
        """Documents kept as files."""
        return self.open().documents

    def open(self) -> Shelves:
        """Open the store if it is not open yet."""
        with self._lock:
            if self._shelves is None:
                from reviewer_app.store.shelves import Shelves  # noqa: PLC0415 -- brings in the database library

                self._shelves = Shelves(self._folder)
            return self._shelves

    def tidy(self, *, now: datetime, document_days: int = 7) -> None:
        """Forget what is older than its rule: cached cases, acts that are over, unused documents."""
        self.cases.clear(before=now - KEPT_CASES)
        self.outbox.forget_over(before=now - KEPT_ACTS)
        self.documents.purge(now=now, unused=timedelta(days=document_days))

    def forget_customers(self, *, now: datetime) -> None:
        """Remove customers' data that is only a copy. Drafts and the outbox stay: they are the person's work."""
        self.cases.clear()
        self.documents.purge(now=now, everything=True)
        self.snapshot_path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the database. Idempotent; a part used later opens it again."""
        with self._lock:
            shelves, self._shelves = self._shelves, None
        if shelves is not None:
            shelves.close()
