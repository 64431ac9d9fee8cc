# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls: the change feed and a company's history."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from reviewer_app.backend.audit.service import History
from reviewer_app.backend.audit.signal import FeedSignal
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.context import kit_of
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Work
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import Changes, HistoryEntry

_SAFETY_POLL_SECONDS = 1.0
"""How long a change committed by another process may go unseen."""

_Reader = Annotated[Staff, Depends(require(StaffAct.READ_CASES))]


class AuditEndpoints:
    """Routes of the history and the feed."""

    def __init__(self, history: History, signal: FeedSignal) -> None:
        self._history = history
        self._signal = signal

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff", tags=["staff"])
        refusals = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.PERMISSION_MISSING)
        router.get("/changes", response_model=Changes, responses=refusals)(self.changes)
        router.get(
            "/companies/{company_id}/history",
            response_model=Listing[HistoryEntry],
            responses=refusals | problem_responses(ProblemCode.NOT_FOUND),
        )(self.history)
        return router

    async def changes(
        self,
        request: Request,
        staff: _Reader,  # noqa: ARG002  # asked for its refusal
        since: Annotated[int | None, Query(ge=0)] = None,
        wait: Annotated[float, Query(ge=0, le=60, description="Seconds to wait for a change.")] = 0,
    ) -> Changes:
        """Give the changes after `since`; with none, wait for one. Without `since`: only where the feed ends now."""
        database = kit_of(request).database
        loop = asyncio.get_running_loop()
        deadline = loop.time() + wait
        while True:
            with self._signal.waiter() as changed:
                answer = await run_in_threadpool(self._read, database, since)
                left = deadline - loop.time()
                if since is None or answer.items or answer.next < since or left <= 0 or self._signal.closed:
                    return answer
                since = answer.next
                await _wait(changed, min(left, _SAFETY_POLL_SECONDS))

    def history(self, company_id: str, staff: _Reader, work: Work) -> Response:  # noqa: ARG002  # as above
        """Tell what happened to a company, oldest first."""
        return work.read(
            lambda session: Listing[HistoryEntry](items=self._history.entries(session, company_id, work.language))
        )

    def _read(self, database: Database, since: int | None) -> Changes:
        with database.read() as session:
            return self._history.changes(session, since)


async def _wait(event: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await event.wait()
    except TimeoutError:
        return
