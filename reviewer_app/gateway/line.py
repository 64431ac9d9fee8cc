# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls over connections of their own, so that a stream that waits on them can be ended without touching others."""

from __future__ import annotations

from types import TracebackType
from typing import Self

from reviewer_app.contract.staff import Changes
from reviewer_app.gateway.cases import ActCalls, ClaimCalls
from reviewer_app.gateway.client import STAFF, Call, Client
from reviewer_app.gateway.documents import DocumentCalls

GRACE_SECONDS = 10.0


class Line:
    """One stream's connections. ``close`` may be called from any thread and ends a waiting call at once."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self.claims = ClaimCalls(client)
        self.acts = ActCalls(client)
        self.documents = DocumentCalls(client)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def changes(self, *, since: int | None, wait_seconds: int) -> Changes:
        """Read the rows of the change feed after ``since``, waiting on the server for one.

        ``since`` None asks where the feed stands now. Raises Interrupted after `close`.
        """
        query = {"since": None if since is None else str(since), "wait": str(wait_seconds)}
        call = Call("GET", f"{STAFF}/changes", query=query, retried=False, receive_seconds=wait_seconds + GRACE_SECONDS)
        return self._client.ask(call, Changes)

    def close(self) -> None:
        """End running calls; later ones raise Interrupted. Idempotent."""
        self._client.transport.close()
