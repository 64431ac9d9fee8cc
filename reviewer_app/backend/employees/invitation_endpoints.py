# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of an invitation's link."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.employees.invitations import Invitations
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.customer import CustomerUser
from reviewer_app.contract.customer_team import InvitationRequest, InvitationShown
from reviewer_app.contract.problems import ProblemCode

_LINKS = problem_responses(ProblemCode.LINK_UNKNOWN, ProblemCode.LINK_EXPIRED, ProblemCode.LINK_USED)
_WRONG = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST, ProblemCode.ACCOUNT_EXISTS)
_SIGNED_IN = problem_responses(
    ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED, ProblemCode.MEMBER_OF_OTHER_COMPANY
)
_Token = Annotated[str, Path(max_length=200)]


class InvitationEndpoints:
    """Routes of invitations. Who has the link has the address that it went to."""

    def __init__(self, database: Database, invitations: Invitations, accounts: Accounts) -> None:
        self._database = database
        self._invitations = invitations
        self._accounts = accounts

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"], responses=_LINKS)
        router.get("/invitations/{token}", response_model=InvitationShown)(self.show)
        router.post("/invitations/{token}", status_code=201, response_model=CustomerUser, responses=_WRONG)(
            self.register
        )
        router.post("/invitations/{token}/acceptance", status_code=204, responses=_SIGNED_IN)(self.accept)
        return router

    def show(self, token: _Token, work: Work) -> Response:
        """Show an invitation. It is not used up."""
        return work.read(lambda session: self._invitations.show(session, token))

    def register(self, token: _Token, body: InvitationRequest, work: Work) -> Response:
        """Finish the invited person's registration; the account is active at once."""
        replayed = work.replay()
        if replayed is not None:
            return replayed
        with self._database.read() as session:
            request = self._invitations.checked(session, token, body)
        registrant = self._accounts.checked(request)
        return work.write(lambda session: Answer(self._invitations.register(session, token, registrant), status=201))

    def accept(self, token: _Token, customer: CurrentCustomer, work: Work) -> Response:
        """Join the company with an account that exists."""

        def act(session: Session) -> None:
            self._invitations.accept(session, token, self._accounts.user(session, customer.user_id))

        return work.write(act)
