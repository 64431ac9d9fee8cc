# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about the checks of a case."""

from __future__ import annotations

from typing import Annotated, Protocol

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.cases.service import Cases
from reviewer_app.backend.checks.job import DocumentChecks, Readings
from reviewer_app.backend.checks.service import findings
from reviewer_app.backend.companies.service import Companies, Company
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Work
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import CheckFinding
from reviewer_app.documents.errors import DocumentError

_Reader = Annotated[Staff, Depends(require(StaffAct.READ_CASES))]
_Refresher = Annotated[Staff, Depends(require(StaffAct.REFRESH_CHECKS))]
_COMMON = problem_responses(
    ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED, ProblemCode.PERMISSION_MISSING, ProblemCode.NOT_FOUND
)


class AsksRegisters(Protocol):
    """Asks official registers, in the background."""

    def ask_again(self, session: Session, company: Company) -> None:
        """Have the registers asked anew about a case."""
        ...


class CheckEndpoints:
    """Routes of the checks."""

    def __init__(self, companies: Companies, cases: Cases, checks: DocumentChecks, registers: AsksRegisters) -> None:
        self._companies = companies
        self._cases = cases
        self._checks = checks
        self._registers = registers

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff/companies/{company_id}/checks", tags=["staff"], responses=_COMMON)
        router.get("", response_model=Listing[CheckFinding])(self.show)
        keyed = problem_responses(ProblemCode.IDEMPOTENCY_KEY_MISSING)
        router.post("/refresh", response_model=Listing[CheckFinding], responses=keyed)(self.refresh)
        return router

    def show(self, company_id: str, staff: _Reader, work: Work) -> Response:  # noqa: ARG002  # asked for its refusal
        """Give the findings of the newest run."""

        def act(session: Session) -> Listing[CheckFinding]:
            company = self._companies.by_id(session, company_id)
            return Listing[CheckFinding](items=findings(session, company.id, work.language))

        return work.read(act)

    def refresh(self, company_id: str, staff: _Refresher, work: Work) -> Response:
        """Run the checks again, those of the documents too, and give what they found."""
        replayed = work.replay()
        if replayed is not None:
            return replayed
        readings = self._readings(company_id)

        def act(session: Session) -> Listing[CheckFinding]:
            company = self._cases.refresh_checks(session, company_id, staff)
            self._checks.write(session, company, readings, told=False)
            self._registers.ask_again(session, company)
            session.flush()
            return Listing[CheckFinding](items=findings(session, company.id, work.language))

        return work.write(act)

    def _readings(self, company_id: str) -> Readings:
        """Read the documents before the transaction begins. What cannot be read just now is read by the next run."""
        try:
            return self._checks.read(self._checks.documents(company_id))
        except (DocumentError, OSError):
            return {}
