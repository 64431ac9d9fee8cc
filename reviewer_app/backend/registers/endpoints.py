# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls with which a customer's form is filled in from the registers."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Work
from reviewer_app.backend.registers.prefill import Prefill
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.registers import CompanyLookup, CompanyLookupRequest, LookupOffer

_SIGNED_IN = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED)
_FETCHING = problem_responses(
    ProblemCode.VALIDATION_FAILED,
    ProblemCode.MALFORMED_REQUEST,
    ProblemCode.NOT_ADMINISTRATOR,
    ProblemCode.REGISTERS_NOT_SET,
    ProblemCode.TOO_MANY_ATTEMPTS,
)


class RegisterEndpoints:
    """Routes of look-ups in the registers."""

    def __init__(self, database: Database, prefill: Prefill) -> None:
        self._database = database
        self._prefill = prefill

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"], responses=_SIGNED_IN)
        router.get("/company/lookup", response_model=LookupOffer)(self.offer)
        router.post("/company/lookup", response_model=CompanyLookup, responses=_FETCHING)(self.fetch)
        return router

    def offer(self, customer: CurrentCustomer) -> LookupOffer:  # noqa: ARG002  # asked for its refusal
        """Say which registers can be asked; none: nothing can be fetched."""
        return self._prefill.offer()

    async def fetch(self, customer: CurrentCustomer, body: CompanyLookupRequest, work: Work) -> Response:
        """Fetch what the registers say about a NIP. Nothing is stored with a company; the customer decides.

        That a register did not answer is said in the answer, not by a problem.
        """
        wanted = self._prefill.wanted(body)
        replayed = await run_in_threadpool(work.replay)
        if replayed is not None:
            return replayed
        await run_in_threadpool(self._allow, customer.user_id)
        found = await self._prefill.fetch(wanted, work.language)
        return await run_in_threadpool(work.write, lambda _session: found)

    def _allow(self, user_id: str) -> None:
        with self._database.write() as session:
            self._prefill.allow(session, user_id)
