# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record of what is printed: the history of the case says it before paper does, and what became of it after."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Sequence
from functools import partial

from reviewer_app.contract.printing import MOST_PAGES, PrintOutcome, PrintRecord, PrintRequest
from reviewer_app.desk.errors import Offline, StoreError, is_final
from reviewer_app.desk.session import Sessions
from reviewer_app.desk.sharing import Sharing, Untold
from reviewer_app.gateway.documents import DocumentCalls
from reviewer_app.store.records import UntoldPrint
from reviewer_app.store.store import Store

__all__ = ["MOST_PAGES", "PrintRecord", "Prints"]


class Prints:
    """Records prints. The beginning needs the server: what cannot be recorded is not to be printed. The end waits for it.

    A print is on disk before the server hears of it, and how far it came while it runs: what the program left
    unfinished, however it ended, is told as broken off by the next one.
    """

    def __init__(self, *, store: Store, sessions: Sessions, sharing: Sharing) -> None:
        self._store = store
        self._sessions = sessions
        self._sharing = sharing
        sharing.add(self)
        self._running: set[str] = set()
        """Keys of prints of this run of the program that have not ended; of all others the last word is on disk."""
        self._keys: dict[str, str] = {}
        """Keys of prints that run, by the server's ids."""

    def record(self, *, document_id: str, pages: Sequence[int]) -> PrintRecord:
        """Record that the person begins to print pages, ascending.

        Raises Offline, PermissionMissing, InvalidRequest, StoreError.
        """
        scope, calls = self._sessions.scope, self._sessions.gateway.documents
        request = PrintRequest(pages=tuple(pages))
        key = str(uuid.uuid4())
        wanted = UntoldPrint(key, document_id, request.model_dump_json(), _outcome(complete=False))
        self._running.add(key)
        try:
            self._store.prints.put(scope=scope, record=wanted)
            begun = calls.record_print(document_id=document_id, request=request, key=key)
            self._store.prints.begun(key=key, print_id=begun.print_id)
        except BaseException as error:
            if _had_no_effect(error):
                self._forget(key)
            self._running.discard(key)
            self._sharing.wake()
            raise
        self._keys[begun.print_id] = key
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
            self._running.discard(self._keys.pop(print_id, ""))
            self._sharing.wake()

    def untold(self, scope: str) -> list[Untold]:
        """Give what became of prints, as far as the server does not know it yet."""
        before = frozenset(self._running)
        kept = self._store.prints.untold(scope=scope)
        running = before | self._running  # what ended while the disk was read is told the next time
        unsent = [one for one in kept if one.key not in running]
        return [Untold(partial(_tell, record), partial(self._told, record.key)) for record in unsent]

    def _forget(self, key: str) -> None:
        with contextlib.suppress(StoreError):
            self._store.prints.remove(key=key)

    def _told(self, key: str) -> None:
        self._store.prints.remove(key=key)


def _outcome(*, complete: bool, pages: Sequence[int] = ()) -> str:
    return PrintOutcome(complete=complete, pages=tuple(pages)).model_dump_json()


def _had_no_effect(error: BaseException) -> bool:
    return is_final(error) or (isinstance(error, Offline) and not error.reached)


def _tell(record: UntoldPrint, calls: DocumentCalls) -> None:
    """Tell how a print ended; one whose beginning got no answer is asked for again, which gives the same print."""
    outcome = PrintOutcome.model_validate_json(record.outcome)
    print_id = record.print_id
    if print_id is None:
        request = PrintRequest.model_validate_json(record.request)
        print_id = calls.record_print(document_id=record.document_id, request=request, key=record.key).print_id
    calls.end_print(document_id=record.document_id, print_id=print_id, outcome=outcome, key=record.key)
