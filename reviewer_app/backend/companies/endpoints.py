# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of a customer about their company."""

from __future__ import annotations

from typing import Protocol

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.companies.service import Companies, Company
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.contract.customer import CompanyChange, CompanyRequest, CustomerCompany, CustomerUser
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.text import Language

_SIGNED_IN = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED)
_WRONG = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST)
_MOVES = problem_responses(
    ProblemCode.INVALID_TRANSITION, ProblemCode.INCOMPLETE, ProblemCode.NO_COMPANY, ProblemCode.NOT_ADMINISTRATOR
)


class ChangeSubmission(Protocol):
    """Knows the changes of administrators."""

    def submit(self, session: Session, user: CustomerUser) -> Company | None:
        """Bring the change that is under way to staff; None when there is none."""
        ...


class CompanyEndpoints:
    """Routes of the customer's company."""

    def __init__(
        self,
        *,
        companies: Companies,
        changes: ChangeSubmission,
        view: CustomerView,
        accounts: Accounts,
        mails: Mails,
    ) -> None:
        self._changes = changes
        self._companies = companies
        self._view = view
        self._accounts = accounts
        self._mails = mails

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer", tags=["customer"], responses=_SIGNED_IN)
        exists = problem_responses(ProblemCode.COMPANY_EXISTS)
        router.post("/company", status_code=201, response_model=CustomerCompany, responses=_WRONG | exists)(self.create)
        router.get("/company", response_model=CustomerCompany, responses=problem_responses(ProblemCode.NO_COMPANY))(
            self.show
        )
        versions = problem_responses(ProblemCode.VERSION_REQUIRED, ProblemCode.STALE_VERSION)
        router.patch("/company", response_model=CustomerCompany, responses=_WRONG | _MOVES | versions)(self.change)
        router.post("/company/submission", response_model=CustomerCompany, responses=_MOVES)(self.submit)
        router.post("/company/withdrawal", response_model=CustomerCompany, responses=_MOVES)(self.withdraw)
        return router

    def create(self, customer: CurrentCustomer, body: CompanyRequest, work: Work) -> Response:
        """Add the company of the signed-in person, who becomes its administrator."""

        def act(session: Session) -> Answer:
            company = self._companies.create(session, self._accounts.user(session, customer.user_id), body)
            return self._shown(session, company, work.language, status=201)

        return work.write(act)

    def show(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give the company of the signed-in person, with its version as `ETag`."""
        return work.read(
            lambda session: self._shown(session, self._companies.of_user(session, customer.user_id), work.language)
        )

    def change(self, customer: CurrentCustomer, body: CompanyChange, work: Work) -> Response:
        """Change declared data of the version named in `If-Match`; absent fields stay."""

        def act(session: Session) -> Answer:
            user = self._accounts.user(session, customer.user_id)
            return self._shown(
                session, self._companies.change(session, user, body, work.expected_version()), work.language
            )

        return work.write(act)

    def submit(self, customer: CurrentCustomer, work: Work) -> Response:
        """Hand the company, or a change of its administrator, to staff."""

        def act(session: Session) -> Answer:
            user = self._accounts.user(session, customer.user_id)
            company = self._changes.submit(session, user) or self._companies.submit(session, user)
            self._mails.queue(session, MailKind.SUBMISSION_RECEIVED, _receipt(user, company), company_id=company.id)
            return self._shown(session, company, work.language)

        return work.write(act)

    def withdraw(self, customer: CurrentCustomer, work: Work) -> Response:
        """Take the submission back."""

        def act(session: Session) -> Answer:
            user = self._accounts.user(session, customer.user_id)
            return self._shown(session, self._companies.withdraw(session, user), work.language)

        return work.write(act)

    def _shown(self, session: Session, company: Company, language: Language, *, status: int = 200) -> Answer:
        return Answer(self._view.company(session, company, language), status=status, version=company.version)


def _receipt(user: CustomerUser, company: Company) -> MailFacts:
    return MailFacts(
        recipient=user.email, language=user.language, first_name=user.first_name, company_name=company.name
    )
