# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about a change of one's own e-mail address."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.accounts.email_changes import EmailChanges
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.customer import TokenRequest
from reviewer_app.contract.customer_administrators import EmailChange, EmailChangeRequest
from reviewer_app.contract.problems import ProblemCode

_SIGNED_IN = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED)
_ASKED = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST, ProblemCode.TOO_MANY_ATTEMPTS)
_LINKS = problem_responses(
    ProblemCode.VALIDATION_FAILED,
    ProblemCode.MALFORMED_REQUEST,
    ProblemCode.LINK_UNKNOWN,
    ProblemCode.LINK_EXPIRED,
    ProblemCode.LINK_USED,
    ProblemCode.EMAIL_TAKEN,
)


class EmailChangeEndpoints:
    """Routes of changes of e-mail addresses."""

    def __init__(self, database: Database, changes: EmailChanges) -> None:
        self._database = database
        self._changes = changes

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"])
        own = "/me/email-change"
        router.get(own, response_model=EmailChange, responses=_SIGNED_IN)(self.show)
        router.post(own, status_code=202, responses=_SIGNED_IN | _ASKED, response_class=Response)(self.ask)
        router.delete(own, status_code=204, responses=_SIGNED_IN)(self.cancel)
        router.post("/email-changes", status_code=204, responses=_LINKS)(self.confirm)
        return router

    def show(self, customer: CurrentCustomer, work: Work) -> Response:
        """Tell of the e-mail address in force and the change of it that waits for its confirmation."""
        return work.read(lambda session: self._changes.shown(session, customer.user_id))

    def ask(self, customer: CurrentCustomer, body: EmailChangeRequest, work: Work) -> Response:
        """Ask for another e-mail address; a link goes there. The answer is the same for any address."""
        new_email = self._changes.checked(body.email)
        with self._database.read() as session:
            stored = self._changes.known_hash(session, customer.user_id)
        verified = stored if self._changes.verify(stored, body.password) else None

        def act(session: Session) -> Answer | ProblemError:
            refused = self._changes.ask(session, customer.user_id, new_email, verified)
            return refused or Answer(status=202)

        return work.write(act)

    def cancel(self, customer: CurrentCustomer, work: Work) -> Response:
        """Cancel the change that waits; its link works no more."""
        return work.write(lambda session: self._changes.cancel(session, customer.user_id))

    def confirm(self, body: TokenRequest, work: Work) -> Response:
        """Confirm the new address by the link that went there; all sessions of the account end."""
        return work.write(lambda session: self._changes.confirm(session, body.token))
