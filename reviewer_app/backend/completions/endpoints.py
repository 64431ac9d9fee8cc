# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of the finishing link."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.accounts.service import Accounts, terms_in_force
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.completions.service import Completions
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.customer import Completion, CompletionRequest, CustomerCompany
from reviewer_app.contract.problems import ProblemCode

_LINKS = problem_responses(ProblemCode.LINK_UNKNOWN, ProblemCode.LINK_EXPIRED, ProblemCode.LINK_USED)
_ACTS = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST, ProblemCode.INVALID_TRANSITION)
_SIGNED_IN = problem_responses(
    ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED, ProblemCode.NO_COMPANY, ProblemCode.INVALID_TRANSITION
)
_Token = Annotated[str, Path(max_length=200)]


class CompletionEndpoints:
    """Routes of the finishing link. Who has the link may use it: it went to the administrator's address."""

    def __init__(self, completions: Completions, view: CustomerView, accounts: Accounts) -> None:
        self._completions = completions
        self._view = view
        self._accounts = accounts

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"])
        router.get("/completions/{token}", response_model=Completion, responses=_LINKS)(self.show)
        router.post("/completions/{token}", response_model=CustomerCompany, responses=_LINKS | _ACTS)(self.finish)
        router.post("/company/completion-link", status_code=202, responses=_SIGNED_IN, response_class=Response)(
            self.send_again
        )
        return router

    def show(self, token: _Token, work: Work) -> Response:
        """Show what there is to check. The link is not used up."""

        def act(session: Session) -> Completion:
            company, administrator, expires_at = self._completions.show(session, token)
            texts = terms_in_force(work.language)
            return Completion(
                company=self._view.company(session, company, work.language),
                administrator=administrator,
                owh_version=texts.owh_version,
                terms_version=texts.terms_version,
                owh=texts.owh,
                terms=texts.terms,
                expires_at=expires_at,
            )

        return work.read(act)

    def finish(self, token: _Token, body: CompletionRequest, work: Work) -> Response:
        """Finish the registration, or clear the company's account. Works once."""

        def act(session: Session) -> Answer:
            company = self._completions.finish(session, token, body)
            return Answer(self._view.company(session, company, work.language), version=company.version)

        return work.write(act)

    def send_again(self, customer: CurrentCustomer, work: Work) -> Response:
        """Mail a new finishing link; the old one ends."""

        def act(session: Session) -> Answer:
            self._completions.send_again(session, self._accounts.user(session, customer.user_id))
            return Answer(status=202)

        return work.write(act)
