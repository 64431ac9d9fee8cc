# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record of what is printed: the history of the case says it before paper does, and what became of it after."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Sequence
from functools import partial

from reviewer_app.contract.printing import MOST_PAGES, PrintOutcome, PrintRecord, PrintRequest
from reviewer_app.desk.errors import StoreError
from reviewer_app.desk.session import Sessions
from reviewer_app.desk.sharing import Sharing, Untold
from reviewer_app.gateway.documents import DocumentCalls
from reviewer_app.store.records import PrintOutcomeRecord
from reviewer_app.store.store import Store

__all__ = ["MOST_PAGES", "PrintRecord", "Prints"]


class Prints:
    """Records prints. The beginning needs the server: what cannot be recorded is not to be printed. The end waits for it.

    How far a print came is on disk while it runs: what the program left unfinished, however it ended, is told as broken off
    by the next one.
    """

    def __init__(self, *, store: Store, sessions: Sessions, sharing: Sharing) -> None:
        self._store = store
        self._sessions = sessions
        self._sharing = sharing
        sharing.add(self)
        self._running: set[str] = set()
        """Prints of this run of the program that have not ended; of all others the last word is on disk."""

    def record(self, *, document_id: str, pages: Sequence[int]) -> PrintRecord:
        """Record that the person begins to print pages, ascending.

        Raises Offline, PermissionMissing, InvalidRequest, StoreError.
        """
        scope = self._sessions.scope
        begun = self._sessions.gateway.documents.record_print(
            document_id=document_id, request=PrintRequest(pages=tuple(pages)), key=str(uuid.uuid4())
        )
        self._running.add(begun.print_id)
        record = PrintOutcomeRecord(begun.print_id, document_id, str(uuid.uuid4()), _outcome(complete=False))
        self._store.prints.put(scope=scope, record=record)
        return begun

    def gave(self, *, print_id: str, pages: Sequence[int]) -> None:
        """Keep which pages the printer was given so far. Where that cannot be kept the print still goes on."""
        with contextlib.suppress(StoreError):
            self._store.prints.update(print_id=print_id, outcome=_outcome(complete=False, pages=pages))

    def end(self, *, print_id: str, complete: bool, pages: Sequence[int]) -> None:
        """Record what became of a print: the pages that the printer was given, and whether these are all.

        It is kept on this computer until the server has it. Raises StoreError.
        """
        try:
            self._store.prints.update(print_id=print_id, outcome=_outcome(complete=complete, pages=pages))
        finally:
            self._running.discard(print_id)
            self._sharing.wake()

    def untold(self, scope: str) -> list[Untold]:
        """Give what became of prints, as far as the server does not know it yet."""
        unsent = [one for one in self._store.prints.unsent(scope=scope) if one.print_id not in self._running]
        return [Untold(partial(_tell, record), partial(self._told, record.print_id)) for record in unsent]

    def _told(self, print_id: str) -> None:
        self._store.prints.sent(print_id=print_id)


def _outcome(*, complete: bool, pages: Sequence[int] = ()) -> str:
    return PrintOutcome(complete=complete, pages=tuple(pages)).model_dump_json()


def _tell(record: PrintOutcomeRecord, calls: DocumentCalls) -> None:
    outcome = PrintOutcome.model_validate_json(record.outcome)
    calls.end_print(document_id=record.document_id, print_id=record.print_id, outcome=outcome, key=record.key)
