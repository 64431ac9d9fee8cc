# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reminds customers of what only they can do: after 3 days and after 7, once each.

What is due is read without a lock; each reminder is then sent in a transaction of its own that locks the company's row
and looks again. The mail, its entry in the history and the count that makes it the only one are committed together, so
several servers on one database, and one that was stopped at any point, send it exactly once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import NamedTuple, Protocol

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.companies.service import SYSTEM, Companies, Company, administrator_of
from reviewer_app.backend.completions.service import Completions
from reviewer_app.backend.decisions.service import reasons_of_company, reasons_of_documents
from reviewer_app.backend.documents.service import current_documents
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.mail.content import MailDocument, MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.backend.reminders import repository
from reviewer_app.contract.customer import CustomerUser
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, CompanyState, DocumentKind

AFTER = (timedelta(days=3), timedelta(days=7))
"""How long a company waits for its customer until the first and the second reminder."""
INVITED_AFTER = AFTER[0]
"""An invited person, who asked for nothing, is reminded once."""

_KINDS = {
    CompanyState.AWAITING_AUTHORIZATION: MailKind.REMINDER_AUTHORIZATION,
    CompanyState.CORRECTION_REQUESTED: MailKind.REMINDER_CORRECTION,
    CompanyState.APPROVED: MailKind.REMINDER_FINISH,
}
_logger = logging.getLogger(__name__)


class _Due(NamedTuple):
    """The reminder that is due: 1 or 2. When both are, because no server ran, only the second is sent."""

    number: int
    days: int


class Inviting(Protocol):
    """Mails invitations again."""

    def remind(self, session: Session, digest: str, company: Company) -> str:
        """Mail an open invitation with a new link; gives the invited person's name."""
        ...


class Reminders:
    """Sends the reminders that are due."""

    def __init__(
        self,
        *,
        clock: Clock,
        database: Database,
        companies: Companies,
        accounts: Accounts,
        completions: Completions,
        invitations: Inviting,
        mails: Mails,
    ) -> None:
        self._clock = clock
        self._database = database
        self._companies = companies
        self._accounts = accounts
        self._completions = completions
        self._invitations = invitations
        self._mails = mails

    def send_due(self) -> int:
        """Send what is due by the clock; gives how many. One that cannot be written does not keep the others back."""
        now = self._clock.now()
        with self._database.read() as session:
            companies = repository.waiting_companies(session, now=now, after=AFTER)
            invited = repository.waiting_invitations(session, now=now, after=INVITED_AFTER)
        sent = sum(self._attempt(self._remind_company, company_id) for company_id in companies)
        return sent + sum(self._attempt(self._remind_invited, digest) for digest in invited)

    def _attempt(self, remind: Callable[[Session, str], bool], subject: str) -> bool:
        try:
            with self._database.write() as session:
                return remind(session, subject)
        except (ProblemError, SQLAlchemyError) as error:
            _logger.warning("a reminder failed and is tried again: %s", type(error).__name__)
            return False

    def _remind_company(self, session: Session, company_id: str) -> bool:
        company = self._companies.by_id(session, company_id, lock=True)
        due, kind = self._due(company), _KINDS.get(CompanyState(company.state))
        if due is None or kind is None:
            return False
        user = self._accounts.user(session, administrator_of(company))
        self._mails.queue(session, kind, self._facts(session, company, user), company_id=company.id)
        company.reminders = due.number
        self._record(session, company, due.days, f"{user.first_name} {user.last_name}")
        return True

    def _due(self, company: Company) -> _Due | None:
        if company.customer_since is None:
            return None
        waited = self._clock.now() - company.customer_since
        number = sum(waited >= after for after in AFTER)
        return _Due(number, AFTER[number - 1].days) if number > company.reminders else None

    def _facts(self, session: Session, company: Company, user: CustomerUser) -> MailFacts:
        facts = MailFacts(
            recipient=user.email, language=user.language, first_name=user.first_name, company_name=company.name
        )
        state, language = CompanyState(company.state), user.language
        if state is CompanyState.APPROVED:
            return replace(facts, token=self._completions.new_token(session, company))
        if state is not CompanyState.CORRECTION_REQUESTED:
            return facts
        given = reasons_of_documents(session, company.id, language)
        about = reasons_of_company(session, company.id, state, language)
        documents = [
            MailDocument(
                DOCUMENT_KIND_TEXTS[DocumentKind(document.kind)].in_language(language),
                [reason.text for reason in given[document.id]],
            )
            for document in current_documents(session, company.id)
            if given.get(document.id)
        ]
        reasons = [reason.text for reason in about.reasons]
        return replace(facts, documents=documents, reasons=reasons, customer_note=about.customer_note or "")

    def _remind_invited(self, session: Session, digest: str) -> bool:
        company = self._companies.by_id(session, repository.company_of_invitation(session, digest), lock=True)
        now = self._clock.now()
        if digest not in repository.waiting_invitations(session, now=now, after=INVITED_AFTER, digest=digest):
            return False
        person = self._invitations.remind(session, digest, company)
        self._record(session, company, INVITED_AFTER.days, person)
        return True

    def _record(self, session: Session, company: Company, days: int, person: str) -> None:
        details = {"days": str(days), "person": person}
        self._companies.record(session, company, SYSTEM, HistoryKind.REMINDER_SENT, details)
