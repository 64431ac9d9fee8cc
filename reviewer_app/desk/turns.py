# SPDX-License-Identifier: AGPL-3.0-or-later
"""How pages are turned: kept on this computer at once, and at the server for everybody who looks at them."""

from __future__ import annotations

import contextlib
import threading
from dataclasses import replace

from reviewer_app.contract.page_rotations import Degrees
from reviewer_app.contract.staff import StaffDocument
from reviewer_app.desk.documents import Documents
from reviewer_app.desk.errors import GatewayError, NotFound, PermissionMissing
from reviewer_app.desk.session import Sessions

_ALL: tuple[Degrees, ...] = (0, 90, 180, 270)


class Turns:
    """Turned pages. What the server could not be told goes to it when it is back, while the program runs."""

    def __init__(self, *, sessions: Sessions, documents: Documents) -> None:
        self._sessions = sessions
        self._documents = documents
        self._lock = threading.Lock()
        self._sharing = threading.Lock()
        self._own: dict[tuple[str, int], Degrees] = {}

    def of(self, *, document: StaffDocument) -> dict[int, int]:
        """Give by how many degrees pages are turned, clockwise; pages that are as their file has them may be left out.

        The server's word goes before what this computer remembers, and the person's own turn before the server knows it
        goes before both. Asks no server.
        """
        views = self._documents.page_views(document_id=document.id)
        turned = {page: view.rotation for page, view in views.items()}
        turned |= {known.page: known.degrees for known in document.rotations}
        with self._lock:
            turned |= {page: degrees for (owner, page), degrees in self._own.items() if owner == document.id}
        return turned

    def turn(self, *, document_id: str, page: int, degrees: int) -> None:
        """Turn a page to 0, 90, 180 or 270 degrees, clockwise: here at once, and for colleagues as soon as that can be."""
        view = self._documents.page_view(document_id=document_id, page=page)
        self._documents.remember_page_view(document_id=document_id, page=page, view=replace(view, rotation=degrees))
        with self._lock:
            self._own[document_id, page] = _ALL[degrees // 90 % len(_ALL)]
        self.share()

    def share(self) -> None:
        """Tell the server what it does not know yet: one turn after the other, so that the last one of a page stays."""
        with self._sharing, contextlib.suppress(GatewayError):
            while True:
                with self._lock:
                    if not self._own:
                        return
                    (document_id, page), degrees = next(iter(self._own.items()))
                # Who may not turn it, or whose page is gone, keeps the turn on this computer.
                with contextlib.suppress(NotFound, PermissionMissing):
                    self._sessions.gateway.documents.turn(document_id=document_id, page=page, degrees=degrees)
                with self._lock:
                    if self._own.get((document_id, page)) == degrees:
                        del self._own[document_id, page]
