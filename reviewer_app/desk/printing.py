# SPDX-License-Identifier: AGPL-3.0-or-later
"""The record of what is printed: the history of the case says it before paper does."""

from __future__ import annotations

import uuid

from reviewer_app.contract.printing import PrintRecord, PrintRequest
from reviewer_app.desk.session import Sessions

__all__ = ["PrintRecord", "Prints"]


class Prints:
    """Records prints. Needs the server: what cannot be recorded is not to be printed."""

    def __init__(self, *, sessions: Sessions) -> None:
        self._sessions = sessions

    def record(self, *, document_id: str, first_page: int, last_page: int) -> PrintRecord:
        """Record that the person prints pages of a document. Raises Offline, PermissionMissing, InvalidRequest."""
        request = PrintRequest(first_page=first_page, last_page=last_page)
        return self._sessions.gateway.documents.record_print(
            document_id=document_id, request=request, key=str(uuid.uuid4())
        )
