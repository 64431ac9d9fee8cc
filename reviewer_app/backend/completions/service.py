# SPDX-License-Identifier: AGPL-3.0-or-later
"""The finishing link (steps S21 to S23): sent after the approval, shows without using up, works once."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.companies.service import (
    Author,
    Companies,
    Company,
    administrator_of,
    assign,
    next_state,
    state_columns,
)
from reviewer_app.backend.completions import repository
from reviewer_app.backend.completions.tables import CompletionLink
from reviewer_app.backend.employees import service as employees
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import ContactRules
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, identifier_problem
from reviewer_app.backend.kit.secret_tokens import new_token, token_digest
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.contract.customer import CompletionRequest, CustomerUser
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.states import Act, CompanyState
from reviewer_app.contract.terms import OWH_VERSION, TERMS_VERSION

LINK_LIFETIME = timedelta(days=7)
PROCEED = "proceed"


def end_links(session: Session, company_id: str, *, now: datetime) -> None:
    """End the finishing links of a company that are on their way."""
    repository.end_open_links(session, company_id, now)


def link_expires_at(session: Session, company_id: str) -> datetime | None:
    """Say until when the link that is on its way works; None without one."""
    link = repository.open_link(session, company_id)
    return link.expires_at if link else None


class Completions:
    """Makes finishing links, shows what they are about, and does once what the customer chose."""

    def __init__(
        self, clock: Clock, companies: Companies, accounts: Accounts, mails: Mails, contacts: ContactRules
    ) -> None:
        self._clock = clock
        self._companies = companies
        self._accounts = accounts
        self._mails = mails
        self._contacts = contacts

    def new_token(self, session: Session, company: Company) -> str:
        """Make the link of a company and end the ones before. Gives its token, which is stored nowhere."""
        now, token = self._clock.now(), new_token()
        repository.end_open_links(session, company.id, now)
        repository.add(session, token_digest(token), company.id, created_at=now, expires_at=now + LINK_LIFETIME)
        return token

    def send_again(self, session: Session, user: CustomerUser) -> None:
        """Mail the administrator of an approved company a new link. Raises ProblemError ``invalid_transition``."""
        company = self._companies.of_user(session, user.id, lock=True)
        next_state(company, Act.FINISH)
        facts = MailFacts(
            recipient=user.email,
            language=user.language,
            first_name=user.first_name,
            company_name=company.name,
            token=self.new_token(session, company),
        )
        self._mails.queue(session, MailKind.APPROVED, facts, company_id=company.id)
        self._companies.record(session, company, Author.of(user), HistoryKind.COMPLETION_LINK_SENT)

    def follow_address(self, session: Session, user: CustomerUser) -> None:
        """End the link that went to the administrator's former address, and mail one to the new address."""
        try:
            company = self._companies.of_user(session, user.id, lock=True)
        except ProblemError:
            return  # no administrator: no link went to them
        if repository.open_link(session, company.id) is not None:
            self.send_again(session, user)

    def show(self, session: Session, token: str) -> tuple[Company, CustomerUser, datetime]:
        """Give the company, its administrator, and the link's end, without using the link up.

        Raises:
            ProblemError: ``link_unknown``, ``link_used`` or ``link_expired``.
        """
        link = self._working_link(session, token)
        company = self._companies.by_id(session, link.company_id)
        return company, self._accounts.user(session, administrator_of(company)), link.expires_at

    def finish(self, session: Session, token: str, request: CompletionRequest) -> Company:
        """Use the link up: activate the company with the terms accepted, or clear it.

        Raises:
            ProblemError: as `show`, and ``validation_failed`` with the fields that are wrong; the link works on then.
        """
        link = self._working_link(session, token)
        company = self._companies.by_id(session, link.company_id, lock=True)
        session.refresh(link)  # another request may have used it while this one waited for the company
        self._refuse_ended(link)
        proceed = request.choice == PROCEED
        target = next_state(company, Act.FINISH if proceed else Act.CLEAR)
        values = self._accepted(request) if proceed else _confirmed(request, company)
        if not repository.use(session, link.token_digest, self._clock.now(), {"choice": request.choice, **values}):
            raise ProblemError(ProblemCode.LINK_USED)
        assign(company, state_columns(target, None, now=self._clock.now()))
        company.version += 1
        author = Author.of(self._accounts.user(session, administrator_of(company)))
        if target is CompanyState.CLEARED:
            employees.end_all(session, company.id)
        kind = HistoryKind.COMPLETED if target is CompanyState.ACTIVE else HistoryKind.CLEARED
        self._companies.record(session, company, author, kind)
        return company

    def _working_link(self, session: Session, token: str) -> CompletionLink:
        link = repository.by_digest(session, token_digest(token))
        if link is None:
            raise ProblemError(ProblemCode.LINK_UNKNOWN)
        self._refuse_ended(link)
        return link

    def _refuse_ended(self, link: CompletionLink) -> None:
        if link.used_at is not None:
            raise ProblemError(ProblemCode.LINK_USED)
        if link.ended_at is not None or link.expires_at <= self._clock.now():
            raise ProblemError(ProblemCode.LINK_EXPIRED)

    def _accepted(self, request: CompletionRequest) -> dict[str, Any]:
        problems: list[FieldProblem] = []
        for field, given, current in (
            ("owh_version", request.owh_version, OWH_VERSION),
            ("terms_version", request.terms_version, TERMS_VERSION),
        ):
            if not given:
                problems.append(field_problem(field, FieldCode.REQUIRED))
            elif given != current:
                problems.append(field_problem(field, FieldCode.OUTDATED_VERSION))
        email = self._einvoice_email(request, problems)
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        return {
            "owh_version": request.owh_version,
            "terms_version": request.terms_version,
            "einvoice_accepted": bool(request.einvoice and request.einvoice.accepted),
            "einvoice_email": email,
        }

    def _einvoice_email(self, request: CompletionRequest, problems: list[FieldProblem]) -> str | None:
        if request.einvoice is None or not request.einvoice.accepted:
            return None
        if not request.einvoice.email:
            problems.append(field_problem("einvoice.email", FieldCode.REQUIRED))
            return None
        try:
            return self._contacts.email(request.einvoice.email)
        except IdentifierError as error:
            problems.append(identifier_problem("einvoice.email", error))
            return None


def _confirmed(request: CompletionRequest, company: Company) -> dict[str, Any]:
    """Check the company's name where a page had it typed: clearing cannot be taken back."""
    if request.confirm_name is None or " ".join(request.confirm_name.split()) == company.name:
        return {}
    code = FieldCode.INVALID if request.confirm_name.strip() else FieldCode.REQUIRED
    raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem("confirm_name", code)])
