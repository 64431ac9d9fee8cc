# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record of what is printed: the history of the case says it before paper does, and what became of it after."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from functools import partial

from reviewer_app.contract.printing import MOST_PAGES, PrintOutcome, PrintRecord, PrintRequest
from reviewer_app.desk.session import Sessions
from reviewer_app.desk.sharing import Sharing, Untold
from reviewer_app.gateway.documents import DocumentCalls
from reviewer_app.store.records import PrintOutcomeRecord
from reviewer_app.store.store import Store

__all__ = ["MOST_PAGES", "PrintRecord", "Prints"]


class Prints:
    """Records prints. The beginning needs the server: what cannot be recorded is not to be printed. The end waits for it."""

    def __init__(self, *, store: Store, sessions: Sessions, sharing: Sharing) -> None:
        self._store = store
        self._sessions = sessions
        self._sharing = sharing
        sharing.add(self)

    def record(self, *, document_id: str, pages: Sequence[int]) -> PrintRecord:
        """Record that the person begins to print pages, ascending. Raises Offline, PermissionMissing, InvalidRequest."""
        return self._sessions.gateway.documents.record_print(
            document_id=document_id, request=PrintRequest(pages=tuple(pages)), key=str(uuid.uuid4())
        )

    def end(self, *, document_id: str, print_id: str, complete: bool, pages: Sequence[int]) -> None:
        """Record what became of a print: the pages that the printer was given, and whether these are all.

        It is kept on this computer until the server has it.
        """
        outcome = PrintOutcome(complete=complete, pages=tuple(pages)).model_dump_json()
        record = PrintOutcomeRecord(print_id, document_id, str(uuid.uuid4()), outcome)
        self._store.prints.put(scope=self._sessions.scope, record=record)
        self._sharing.wake()

    def untold(self, scope: str) -> list[Untold]:
        """Give what became of prints, as far as the server does not know it yet."""
        unsent = self._store.prints.unsent(scope=scope)
        return [Untold(partial(_tell, record), partial(self._told, record.print_id)) for record in unsent]

    def _told(self, print_id: str) -> None:
        self._store.prints.sent(print_id=print_id)


def _tell(record: PrintOutcomeRecord, calls: DocumentCalls) -> None:
    outcome = PrintOutcome.model_validate_json(record.outcome)
    calls.end_print(document_id=record.document_id, print_id=record.print_id, outcome=outcome, key=record.key)
