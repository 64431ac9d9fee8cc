# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about a customer's own account."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.accounts.service import Accounts, consents_history
from reviewer_app.backend.accounts.standing import CompanyStandings, describe
from reviewer_app.backend.accounts.terms import load_terms
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.language import RequestLanguage
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.customer import (
    Consents,
    ConsentsRequest,
    CustomerSession,
    EmailRequest,
    Me,
    MeChange,
    PasswordResetRequest,
    RegistrationRequest,
    SignInRequest,
    Terms,
    TokenRequest,
)
from reviewer_app.contract.customer_administrators import ConsentsHistory
from reviewer_app.contract.problems import ProblemCode

_NAMES = {"first_name", "last_name"}
_WRONG = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST)
_LINKS = _WRONG | problem_responses(ProblemCode.LINK_UNKNOWN, ProblemCode.LINK_EXPIRED, ProblemCode.LINK_USED)
_SLOWED = _WRONG | problem_responses(ProblemCode.TOO_MANY_ATTEMPTS)
_SIGNED_IN = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED)


class AccountEndpoints:
    """Routes of customers' accounts."""

    def __init__(self, database: Database, accounts: Accounts, companies: CompanyStandings) -> None:
        self._database = database
        self._accounts = accounts
        self._companies = companies

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"])
        router.get("/terms", response_model=Terms)(self.terms)
        router.post("/registrations", status_code=202, responses=_WRONG, response_class=Response)(self.register)
        router.post("/activations", status_code=204, responses=_LINKS)(self.activate)
        router.post("/activations/resend", status_code=202, responses=_SLOWED, response_class=Response)(self.resend)
        router.post("/password-resets", status_code=202, responses=_SLOWED, response_class=Response)(self.ask_reset)
        router.post("/password-resets/confirm", status_code=204, responses=_LINKS)(self.reset)
        refusals = problem_responses(ProblemCode.INVALID_CREDENTIALS, ProblemCode.NOT_ACTIVATED)
        router.post("/sessions", status_code=201, response_model=CustomerSession, responses=_SLOWED | refusals)(
            self.sign_in
        )
        router.delete("/sessions/current", status_code=204, responses=_SIGNED_IN)(self.sign_out)
        router.delete("/sessions", status_code=204, responses=_SIGNED_IN)(self.sign_out_everywhere)
        router.get("/me/consents/history", response_model=ConsentsHistory, responses=_SIGNED_IN)(self.consents_history)
        router.get("/me", response_model=Me, responses=_SIGNED_IN)(self.me)
        router.patch("/me", response_model=Me, responses=_SIGNED_IN | _WRONG)(self.change_me)
        router.put("/me/consents", response_model=Consents, responses=_SIGNED_IN | _WRONG)(self.consents)
        return router

    def terms(self, language: RequestLanguage) -> Terms:
        """Give the texts in force."""
        return load_terms(language)

    def register(self, body: RegistrationRequest, work: Work) -> Response:
        """Register a person; the answer is the same when the address has an account already."""
        registrant = self._accounts.checked(body)
        return work.write(_accepted(lambda session: self._accounts.register(session, registrant)))

    def activate(self, body: TokenRequest, work: Work) -> Response:
        """Activate an account by the link of its mail."""
        return work.write(lambda session: self._accounts.activate(session, body.token))

    def resend(self, body: EmailRequest, work: Work) -> Response:
        """Mail the activation link again; the answer is the same without such an account."""
        return work.write(_accepted(lambda session: self._accounts.resend_activation(session, body.email)))

    def ask_reset(self, body: EmailRequest, work: Work) -> Response:
        """Mail a link to set a new password; the answer is the same without such an account."""
        return work.write(_accepted(lambda session: self._accounts.ask_password_reset(session, body.email)))

    def reset(self, body: PasswordResetRequest, work: Work) -> Response:
        """Set a new password by the link of a mail; all sessions end."""
        password_hash = self._accounts.new_password_hash(body.password)
        return work.write(lambda session: self._accounts.reset_password(session, body.token, password_hash))

    def sign_in(self, body: SignInRequest, work: Work) -> Response:
        """Sign in."""
        with self._database.read() as session:
            stored = self._accounts.known_hash(session, body.email)
        verified = stored if self._accounts.verify(stored, body.password) else None

        def act(session: Session) -> Answer | ProblemError:
            result = self._accounts.sign_in(session, body.email, verified)
            return result if isinstance(result, ProblemError) else Answer(result, status=201)

        return work.write(act, keyed=False)

    def sign_out(self, customer: CurrentCustomer, work: Work) -> Response:
        """End the session."""
        return work.write(lambda session: self._accounts.sign_out(session, customer))

    def sign_out_everywhere(self, customer: CurrentCustomer, work: Work) -> Response:
        """End all sessions of the customer, on every device."""
        return work.write(lambda session: self._accounts.sign_out_everywhere(session, customer))

    def consents_history(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give all consents as they were given, newest first, and the wording in force."""
        return work.read(lambda session: consents_history(session, customer.user_id, work.language))

    def me(self, customer: CurrentCustomer, work: Work) -> Response:
        """Tell the customer where they stand."""
        return work.read(lambda session: describe(session, self._accounts, self._companies, customer.user_id))

    def change_me(self, body: MeChange, customer: CurrentCustomer, work: Work) -> Response:
        """Change own data."""

        def act(session: Session) -> Me:
            changed = self._accounts.change(session, customer.user_id, body)
            if changed:
                user = self._accounts.user(session, customer.user_id)
                self._companies.person_changed(session, user, renamed=bool(changed & _NAMES))
            return describe(session, self._accounts, self._companies, customer.user_id)

        return work.write(act)

    def consents(self, body: ConsentsRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Record consents to marketing."""
        return work.write(lambda session: self._accounts.record_consents(session, customer.user_id, body))


def _accepted(act: Callable[[Session], None]) -> Callable[[Session], Answer]:
    def run(session: Session) -> Answer:
        act(session)
        return Answer(status=202)

    return run
