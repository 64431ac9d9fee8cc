# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fills a server with cases, by the same services that customers and staff use."""

from __future__ import annotations

import io
import itertools
import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from sqlalchemy import delete
from sqlalchemy.orm import Session

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.authorizations.service import numbered_sheet
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.copying import CaseCopier, Template, template_of
from reviewer_app.backend.documents.service import Incoming, Received, current_documents
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.secret_tokens import new_token
from reviewer_app.backend.kit.settings import SecondReview
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.backend.reminders.service import AFTER
from reviewer_app.backend.staff.accounts import StaffAccounts
from reviewer_app.backend.staff.repository import account_by_username
from reviewer_app.contract.customer import CompanyRequest, CompletionRequest, CustomerUser, RegistrationRequest
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.staff import CompanyReasonGiven, DecisionRequest, DocumentVerdict, ReasonGiven
from reviewer_app.contract.states import CompanyState, DocumentKind, Outcome, Verdict
from reviewer_app.contract.terms import OWH_VERSION, TERMS_VERSION
from reviewer_app.contract.text import Language
from reviewer_app.documents.authorization_sheet import AuthorizationSheet, Variant

_DISTINCT = 24
"""So many customers have papers of their own; the others share theirs, which keeps a large seeding quick."""
_BATCH = 250
_REVIEWER = "seed"
_OLDEST = timedelta(days=12)
_FILE_NAMES = {DocumentKind.REGISTRY_EXTRACT: "odpis.pdf", DocumentKind.AUTHORIZATION: "upowaznienie.pdf"}
_OUTCOMES = {
    CompanyState.CORRECTION_REQUESTED: Outcome.REQUEST_CORRECTION,
    CompanyState.REJECTED: Outcome.REJECT,
    CompanyState.APPROVED: Outcome.APPROVE,
    CompanyState.ACTIVE: Outcome.APPROVE,
}
_PENDING, _ACTIVE = CompanyState.PENDING_VERIFICATION, CompanyState.ACTIVE
_TARGETS = (
    *(_PENDING, _PENDING, CompanyState.CORRECTION_REQUESTED, _PENDING, CompanyState.AWAITING_AUTHORIZATION),
    *(_PENDING, _ACTIVE, _PENDING, _PENDING, CompanyState.COLLECTING, _PENDING, CompanyState.APPROVED, _PENDING),
    *(CompanyState.REJECTED, _PENDING, _PENDING),
)
"""States that follow one another over the seeded companies: most of them wait for staff."""


class Customer(Protocol):
    """An invented customer with a company and its papers."""

    def registration(self, password: str) -> RegistrationRequest:
        """Give the administrator's registration."""
        ...

    def declaration(self) -> CompanyRequest:
        """Give the company as declared."""
        ...

    def extract(self) -> bytes:
        """Make the printout from the register (PDF)."""
        ...

    def signed(self, authorization: bytes) -> bytes:
        """Sign, stamp and scan an authorization (PDF)."""
        ...


class _MovedClock:
    def __init__(self, now: datetime) -> None:
        self.moment = now

    def now(self) -> datetime:
        return self.moment


_REMINDED = len(AFTER)
"""As if all reminders had been sent: nobody reads the mail of invented customers, so none is sent to them."""


class Seeder:
    """Makes companies in the past days, each by the acts that lead to its state. Their mails are not sent."""

    def __init__(self, parts: Parts, seed: int) -> None:
        self._now = parts.clock.now()
        self._clock = _MovedClock(self._now)
        settings = replace(parts.settings, second_review=SecondReview.NEVER)
        self._backend = Backend(replace(parts, clock=self._clock, settings=settings))
        self._view = CustomerView(self._backend.companies)
        self._choice = random.Random(seed)  # noqa: S311  # the same data for the same seed
        self._password = new_token()
        self._password_hash = self._backend.passwords.hash(self._password)
        self._copier = CaseCopier(self._backend.history, seed)
        self._templates: dict[str, list[Template]] = {}

    def run(self, customers: Iterator[Customer], count: int) -> Iterator[int]:
        """Make ``count`` companies; gives after each commit how many there are. Known addresses are passed over.

        The first ones are made by the acts of their customers and of staff; the others are copies of these under names
        and numbers of their own.
        """
        database = self._backend.parts.database
        with database.write() as session:
            reviewer = self._reviewer(session)
        made = 0
        while made < count:
            if made < _DISTINCT:
                self._make_with_papers(customers, made, reviewer)
                made += 1
            else:
                made += self._copy(customers, min(_BATCH, count - made))
            yield made

    def use_as_template(self, company_id: str) -> None:
        """Have a case that is there copied by `copies`."""
        with self._backend.parts.database.read() as session:
            template = template_of(session, company_id)
        self._templates.setdefault(template.legal_form, []).append(template)

    def copies(self, customers: Iterator[Customer], made: int, count: int) -> Iterator[int]:
        """Copy the templates until there are ``count`` cases, of which ``made`` are there; gives how many there are."""
        while made < count:
            made += self._copy(customers, min(_BATCH, count - made))
            yield made

    def _copy(self, customers: Iterator[Customer], count: int) -> int:
        """Copy a number of cases in one transaction; gives how many, which is less where addresses were taken."""
        chosen: list[tuple[Template, RegistrationRequest, CompanyRequest]] = []
        while len(chosen) < count:
            customer = next(customers)
            declared = customer.declaration()
            known = self._templates.get(declared.legal_form.value)
            if known:
                template = known[self._choice.randrange(len(known))]
                chosen.append((template, customer.registration(self._password), declared))
        with self._backend.parts.database.write() as session:
            free = self._copier.free(session, [(person, company) for _, person, company in chosen])
            for template, person, company in itertools.compress(chosen, free):
                shift = -_OLDEST * self._choice.uniform(0, 0.5)
                self._copier.add(session, template, person, company, shift=shift, password_hash=self._password_hash)
            self._copier.write(session)
        return sum(free)

    def _make_with_papers(self, customers: Iterator[Customer], number: int, reviewer: Staff) -> None:
        database = self._backend.parts.database
        with database.write() as session:
            customer, user = self._declared(session, customers)
        if _target(number) is CompanyState.COLLECTING:
            self._keep_template(user)
            return
        extract = self._receive(DocumentKind.REGISTRY_EXTRACT, customer.extract())
        with database.write() as session:
            sheet = self._sheet(session, user, extract)
        scan = customer.signed(self._backend.parts.inspector.make_authorization(sheet))
        authorization = self._receive(DocumentKind.AUTHORIZATION, scan)
        with database.write() as session:
            self._go_on(session, user, number, authorization, reviewer)
        self._keep_template(user)

    def _keep_template(self, user: CustomerUser) -> None:
        with self._backend.parts.database.read() as session:
            company_id = self._backend.companies.of_user(session, user.id).id
        self.use_as_template(company_id)

    def _declared(self, session: Session, customers: Iterator[Customer]) -> tuple[Customer, CustomerUser]:
        self._clock.moment = self._now - _OLDEST * self._choice.uniform(0.05, 1)
        accounts = self._backend.accounts
        for customer in customers:
            registrant = accounts.checked(customer.registration(self._password), hashed=self._password_hash)
            user = accounts.add_active(session, registrant)
            if user is not None:
                self._backend.companies.create(session, user, customer.declaration())
                session.flush()
                return customer, user
        raise RuntimeError("there are customers without end")

    def _sheet(self, session: Session, user: CustomerUser, extract: Received) -> AuthorizationSheet:
        self._pass_time(5)
        self._upload(session, user, DocumentKind.REGISTRY_EXTRACT, extract)
        company = self._backend.companies.of_user(session, user.id, lock=True)
        company.reminders = _REMINDED
        shown = self._view.company(session, company, Language.POLISH)
        sheet = numbered_sheet(session, shown, user, Variant.NOT_REGISTERED, now=self._clock.now())
        self._backend.companies.sheet_issued(session, company, user, sheet.number)
        return sheet

    def _go_on(
        self, session: Session, user: CustomerUser, number: int, authorization: Received, reviewer: Staff
    ) -> None:
        target = _target(number)
        if target is CompanyState.AWAITING_AUTHORIZATION:
            return
        self._pass_time(30)
        self._upload(session, user, DocumentKind.AUTHORIZATION, authorization)
        company = self._backend.companies.submit(session, user)
        session.flush()
        if target in _OUTCOMES:
            self._pass_time(60)
            self._decide(session, company.id, _OUTCOMES[target], reviewer)
        if target is CompanyState.ACTIVE:
            self._pass_time(20)
            self._finish(session, user)
        company.reminders = _REMINDED
        session.flush()
        session.execute(delete(OutboxMail).where(OutboxMail.recipient == user.email))

    def _decide(self, session: Session, company_id: str, outcome: Outcome, reviewer: Staff) -> None:
        lease = self._backend.cases.claim(session, company_id, reviewer)
        wrong = outcome is not Outcome.APPROVE
        verdicts = []
        for document in current_documents(session, company_id):
            unsigned = wrong and document.kind == DocumentKind.AUTHORIZATION
            verdict = Verdict.NEEDS_REPLACEMENT if unsigned else Verdict.ACCEPTED
            reasons = (ReasonGiven(code=ReasonCode.SECOND_SIGNATURE_MISSING),) if unsigned else ()
            if not wrong or (unsigned and outcome is Outcome.REQUEST_CORRECTION):
                verdicts.append(DocumentVerdict(document_id=document.id, verdict=verdict, reasons=reasons))
        final = outcome is Outcome.REJECT
        request = DecisionRequest(
            outcome=outcome,
            documents=tuple(verdicts),
            reasons=(CompanyReasonGiven(code=ReasonCode.ENTITY_STRUCK_OFF),) if final else (),
        )
        seen = SeenVersions.of(self._backend.companies.by_id(session, company_id).version)
        self._backend.decisions.decide(session, company_id, reviewer, request, seen=seen, lease_token=lease.token)

    def _finish(self, session: Session, user: CustomerUser) -> None:
        company = self._backend.companies.of_user(session, user.id)
        token = self._backend.completions.new_token(session, company)
        session.flush()
        accepted = CompletionRequest(choice="proceed", owh_version=OWH_VERSION, terms_version=TERMS_VERSION)
        self._backend.completions.finish(session, token, accepted)

    def _receive(self, kind: DocumentKind, content: bytes) -> Received:
        return self._backend.documents.receive(_incoming(kind, content), allow=lambda _: None)

    def _upload(self, session: Session, user: CustomerUser, kind: DocumentKind, received: Received) -> None:
        company = self._backend.companies.of_user(session, user.id, lock=True)
        document = self._backend.documents.add(
            session, company=company, user_id=user.id, incoming=_incoming(kind), received=received
        )
        self._backend.companies.document_added(session, company, user, document)
        session.flush()

    def _pass_time(self, minutes: float) -> None:
        self._clock.moment += timedelta(minutes=minutes * self._choice.uniform(0.2, 1))

    def _reviewer(self, session: Session) -> Staff:
        """Give the account that decided the seeded cases; nobody can sign in with it."""
        account = account_by_username(session, _REVIEWER)
        if account is None:
            accounts = StaffAccounts(self._clock, self._backend.passwords, self._backend.history)
            accounts.add(
                session,
                username=_REVIEWER,
                display_name="Seed",
                role=StaffRole.REVIEWER,
                password=new_token(),
            )
            accounts.disable(session, _REVIEWER)
            account = account_by_username(session, _REVIEWER)
        if account is None:
            raise RuntimeError("an account that was added is there")
        return Staff(account.id, account.username, account.display_name, StaffRole.REVIEWER, new_id())


def _target(number: int) -> CompanyState:
    return _TARGETS[number % len(_TARGETS)]


def _incoming(kind: DocumentKind, content: bytes = b"") -> Incoming:
    return Incoming(stream=io.BytesIO(content), file_name=_FILE_NAMES[kind], kind=kind, replaces=None)
