# SPDX-License-Identifier: AGPL-3.0-or-later
"""How an operation in the worker fails; the main loop turns each into an answer."""

from __future__ import annotations

from reviewer_app.documents.errors import RefusalCode


class OperationError(Exception):
    """Root of the errors that are answers. ``kind`` tells the parent which of its own errors to raise."""

    kind = "unreadable"


class OperationCancelled(OperationError):
    """The parent cancelled the call."""

    kind = "cancelled"


class DocumentMissing(OperationError):
    """The document is not open here and the request brought neither path nor bytes."""

    kind = "missing"


class Refused(OperationError):
    """The file is not taken."""

    kind = "refused"

    def __init__(self, code: RefusalCode, detail: str) -> None:
        super().__init__(detail)
        self.code = code
