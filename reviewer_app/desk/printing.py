# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record of what is printed: the history of the case says it before paper does, and what became of it after."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Sequence

from reviewer_app.contract.printing import MOST_PAGES, PrintOutcome, PrintRecord, PrintRequest
from reviewer_app.desk.errors import FINAL, GatewayError
from reviewer_app.desk.session import Sessions
from reviewer_app.store.records import PrintOutcomeRecord
from reviewer_app.store.store import Store

__all__ = ["MOST_PAGES", "PrintRecord", "Prints"]


class Prints:
    """Records prints. The beginning needs the server: what cannot be recorded is not to be printed. The end waits for it."""

    def __init__(self, *, store: Store, sessions: Sessions) -> None:
        self._store = store
        self._sessions = sessions
        self._sharing = threading.Lock()

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
        self.share()

    def share(self) -> None:
        """Tell the server what became of prints."""
        with self._sharing, contextlib.suppress(GatewayError):
            scope = self._sessions.scope
            for record in self._store.prints.unsent(scope=scope):
                if not self._sessions.is_still(scope):
                    return
                with contextlib.suppress(*FINAL):  # gone, not the person's any more to tell, or not taken as it is
                    self._sessions.gateway.documents.end_print(
                        document_id=record.document_id,
                        print_id=record.print_id,
                        outcome=PrintOutcome.model_validate_json(record.outcome),
                        key=record.key,
                    )
                if self._sessions.is_still(scope):  # else who signed in meanwhile was answered: it is told again
                    self._store.prints.sent(print_id=record.print_id)
