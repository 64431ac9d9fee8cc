# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls that decide a case, or show what a decision would say."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.decisions.service import Decisions
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import Decision, DecisionRequest, MailPreview

_Reviewer = Annotated[Staff, Depends(require(StaffAct.APPROVE))]
_COMMON = problem_responses(
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.PERMISSION_MISSING,
    ProblemCode.NOT_FOUND,
    ProblemCode.MALFORMED_REQUEST,
    ProblemCode.VALIDATION_FAILED,
    ProblemCode.DOCUMENT_NOT_CURRENT,
    ProblemCode.VERDICTS_MISSING,
    ProblemCode.REASON_REQUIRED,
    ProblemCode.REASON_NOT_APPLICABLE,
    ProblemCode.NOTE_REQUIRED,
)
_DECIDING = problem_responses(
    ProblemCode.IDEMPOTENCY_KEY_MISSING,
    ProblemCode.MALFORMED_REQUEST,
    ProblemCode.INVALID_TRANSITION,
    ProblemCode.CLAIMED_BY_OTHER,
    ProblemCode.CLAIM_REQUIRED,
    ProblemCode.LEASE_LOST,
    ProblemCode.DOCUMENT_NOT_CURRENT,
    ProblemCode.DUPLICATE_COMPANY,
    ProblemCode.SECOND_REVIEWER_REQUIRED,
    ProblemCode.VERSION_REQUIRED,
    ProblemCode.STALE_VERSION,
)


class DecisionEndpoints:
    """Routes of decisions."""

    def __init__(self, decisions: Decisions) -> None:
        self._decisions = decisions

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff/companies/{company_id}", tags=["staff"])
        router.post("/decisions", status_code=201, response_model=Decision, responses=_COMMON | _DECIDING)(self.decide)
        router.post("/mail-preview", response_model=MailPreview, responses=_COMMON)(self.preview)
        return router

    def decide(self, company_id: str, staff: _Reviewer, body: DecisionRequest, work: Work) -> Response:
        """Decide the version named in `If-Match`, with the lease of the caller's claim."""

        def act(session: Session) -> Answer:
            decision = self._decisions.decide(
                session,
                company_id,
                staff,
                body,
                seen=work.expected_version(),
                lease_token=work.lease_token(body.lease_token),
                language=work.language,
            )
            return Answer(decision, status=201, version=decision.version)

        return work.write(act)

    def preview(self, company_id: str, staff: _Reviewer, body: DecisionRequest, work: Work) -> Response:
        """Show the mail that this decision would send."""
        return work.read(lambda session: self._decisions.preview(session, company_id, staff, body))
