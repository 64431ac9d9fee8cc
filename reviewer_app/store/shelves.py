# SPDX-License-Identifier: AGPL-3.0-or-later
"""The opened parts of the local store."""

from __future__ import annotations

from pathlib import Path

from reviewer_app.store.database import Database
from reviewer_app.store.documents import DocumentStore
from reviewer_app.store.outbox import OutboxStore
from reviewer_app.store.prints import PrintStore
from reviewer_app.store.turns import TurnStore
from reviewer_app.store.work import CaseStore, DraftStore, LeaseStore, PageStore


class Shelves:
    """Opens database and folder of documents. Raises StoreUnwritable, StoreNewer or StoreDamaged."""

    def __init__(self, folder: Path) -> None:
        self._database = Database(folder / "reviewer.sqlite")
        try:
            self.documents = DocumentStore(self._database, folder / "documents")
        except BaseException:
            self._database.close()
            raise
        self.outbox = OutboxStore(self._database)
        self.drafts = DraftStore(self._database)
        self.cases = CaseStore(self._database)
        self.leases = LeaseStore(self._database)
        self.pages = PageStore(self._database)
        self.prints = PrintStore(self._database)
        self.turns = TurnStore(self._database)

    def close(self) -> None:
        """Close the database."""
        self._database.close()
