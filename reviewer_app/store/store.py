# SPDX-License-Identifier: AGPL-3.0-or-later
"""The local store: one folder with a database, the documents and the last queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from reviewer_app.store.database import Database
from reviewer_app.store.documents import DocumentStore
from reviewer_app.store.files import snapshot_path
from reviewer_app.store.outbox import OutboxStore
from reviewer_app.store.work import CaseStore, DraftStore, LeaseStore, PageStore

KEPT_CASES = timedelta(days=14)
KEPT_ACTS = timedelta(days=30)


class Store:
    """Opens the store in ``folder``, made when missing. May be used from any thread.

    Raises StoreUnwritable, StoreNewer or StoreDamaged.
    """

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / "reviewer.sqlite")
        self.outbox = OutboxStore(self._database)
        self.drafts = DraftStore(self._database)
        self.cases = CaseStore(self._database)
        self.leases = LeaseStore(self._database)
        self.pages = PageStore(self._database)
        self.documents = DocumentStore(self._database, folder / "documents")
        self.snapshot_path = snapshot_path(folder)

    def tidy(self, *, now: datetime) -> None:
        """Forget what is older than its rule: cached cases, acts that are over, unused documents."""
        self.cases.clear(before=now - KEPT_CASES)
        self.outbox.forget_over(before=now - KEPT_ACTS)
        self.documents.purge(now=now)

    def forget_customers(self, *, now: datetime) -> None:
        """Remove customers' data that is only a copy. Drafts and the outbox stay: they are the person's work."""
        self.cases.clear()
        self.documents.purge(now=now, everything=True)
        self.snapshot_path.unlink(missing_ok=True)

    def close(self) -> None:
        """Close the database. Idempotent."""
        self._database.close()
