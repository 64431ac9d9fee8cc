# SPDX-License-Identifier: AGPL-3.0-or-later
"""How pages are turned: kept on this computer at once, and at the server for everybody who looks at them."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import partial

from reviewer_app.contract.page_rotations import Degrees
from reviewer_app.contract.staff import StaffDocument
from reviewer_app.desk.documents import Documents
from reviewer_app.desk.session import Sessions
from reviewer_app.desk.sharing import Sharing, Untold
from reviewer_app.gateway.documents import DocumentCalls
from reviewer_app.store.records import TurnRecord
from reviewer_app.store.store import Store

_ALL: tuple[Degrees, ...] = (0, 90, 180, 270)


class Turns:
    """Turned pages. What the server could not be told is on disk and goes to it when it is back, also after a restart."""

    def __init__(self, *, store: Store, sessions: Sessions, documents: Documents, sharing: Sharing) -> None:
        self._store = store
        self._sessions = sessions
        self._documents = documents
        self._sharing = sharing
        sharing.add(self)
        self._lock = threading.Lock()
        self._own: dict[str, dict[tuple[str, int], int]] = {}
        """What is on disk, by scope: a document that is opened does not wait for it."""

    def of(self, *, document: StaffDocument) -> dict[int, int]:
        """Give by how many degrees pages are turned, clockwise; pages that are as their file has them may be left out.

        The server's word goes before what this computer remembers, and the person's own turn before the server knows it
        goes before both. Asks no server.
        """
        views = self._documents.page_views(document_id=document.id)
        turned = {page: view.rotation for page, view in views.items()}
        turned |= {known.page: known.degrees for known in document.rotations}
        with self._lock:
            own = self._unsent(self._sessions.scope)
            turned |= {page: degrees for (owner, page), degrees in own.items() if owner == document.id}
        return turned

    def turn(self, *, document_id: str, page: int, degrees: int) -> None:
        """Turn a page to 0, 90, 180 or 270 degrees, clockwise: here at once, and for colleagues as soon as that can be.

        Raises StoreError when this computer cannot keep it.
        """
        view = self._documents.page_view(document_id=document_id, page=page)
        self._documents.remember_page_view(document_id=document_id, page=page, view=replace(view, rotation=degrees))
        scope = self._sessions.scope
        wanted = TurnRecord(document_id, page, _to_one_round(degrees))
        with self._lock:
            own = self._unsent(scope)
            self._store.turns.put(scope=scope, turn=wanted)
            own[document_id, page] = wanted.degrees
        self._sharing.wake()

    def untold(self, scope: str) -> list[Untold]:
        """Give the turns that the server does not know yet, one a page."""
        with self._lock:
            own = tuple(self._unsent(scope).items())
        turns = (TurnRecord(document_id, page, degrees) for (document_id, page), degrees in own)
        return [Untold(partial(_tell, turn), partial(self._told, scope, turn)) for turn in turns]

    def _told(self, scope: str, turn: TurnRecord) -> None:
        """Forget a turn, unless the page was turned further meanwhile.

        Who may not turn it, or whose page is gone, keeps the turn on this computer.
        """
        with self._lock:
            own = self._unsent(scope)
            if own.get((turn.document_id, turn.page)) == turn.degrees:
                self._store.turns.sent(scope=scope, turn=turn)
                del own[turn.document_id, turn.page]

    def _unsent(self, scope: str) -> dict[tuple[str, int], int]:
        if scope not in self._own:
            kept = self._store.turns.unsent(scope=scope)
            self._own[scope] = {(turn.document_id, turn.page): turn.degrees for turn in kept}
        return self._own[scope]


def _tell(turn: TurnRecord, calls: DocumentCalls) -> None:
    calls.turn(document_id=turn.document_id, page=turn.page, degrees=_to_one_round(turn.degrees))


def _to_one_round(degrees: int) -> Degrees:
    return _ALL[degrees // 90 % len(_ALL)]
