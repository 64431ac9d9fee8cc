# SPDX-License-Identifier: AGPL-3.0-or-later
"""Does by the services what a customer and staff do with one case: how the bench makes cases and acts on them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.application import Backend
from reviewer_app.backend.authorizations.service import numbered_sheet
from reviewer_app.backend.bench.tables import TRUTHS
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.companies.service import Company, administrator_of, responsible
from reviewer_app.backend.completions.tables import CompletionLink
from reviewer_app.backend.documents.service import Document, Incoming, Received, current_documents
from reviewer_app.backend.employees import service as employees
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.database import ids_from
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.backend.mail.content import MailKind
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.contract.bench import BenchProblemCode, BenchRefusal, BenchTruth
from reviewer_app.contract.customer import (
    CompanyChange,
    CompanyRequest,
    CompletionRequest,
    CustomerUser,
    RegistrationRequest,
)
from reviewer_app.contract.customer_administrators import AdministratorChangeRequest
from reviewer_app.contract.customer_team import EmployeeRequest
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.staff import CompanyReasonGiven, DecisionRequest, DocumentVerdict, ReasonGiven
from reviewer_app.contract.states import DocumentKind, Outcome, Verdict
from reviewer_app.contract.terms import OWH_VERSION, TERMS_VERSION
from reviewer_app.contract.text import Language, Text
from reviewer_app.documents.authorization_sheet import AuthorizationSheet, Variant

_LINK = re.compile(r"^https?://\S+/(?P<token>\S+)$", re.MULTILINE)
_OTHER = "Sprawdzone na stanowisku testowym."
Judged = Mapping[DocumentKind, tuple[Verdict, Sequence[ReasonCode]]]


class StepClock:
    """A clock of one case's own, by which its past is made."""

    def __init__(self, moment: datetime) -> None:
        self.moment = moment

    def now(self) -> datetime:
        """Give the moment of the case."""
        return self.moment


class CaseDesk:
    """One company, its customer, and the member of staff who acts on it. Each act is a transaction.

    Acts raise BenchRefusal ``action_not_possible`` with what the service said; its ``problem`` is the service's code.
    """

    def __init__(
        self,
        backend: Backend,
        *,
        clock: StepClock | None,
        staff: Staff,
        ids: Callable[[], str] | None,
        user: CustomerUser | None = None,
        inspected: dict[str, Received] | None = None,
    ) -> None:
        """``clock`` None: the backend's own, which nobody here moves. ``inspected``: files known already, by SHA-256."""
        self._backend = backend
        self._clock = clock
        self._staff = staff
        self._ids = ids
        self._user = user
        self._view = CustomerView(backend.companies)
        self._inspected = {} if inspected is None else inspected
        self._people: dict[str, CustomerUser] = {}
        self._acting: CustomerUser | None = None

    @property
    def user(self) -> CustomerUser:
        """Give the customer. Raises LookupError before `register`."""
        if self._user is None:
            raise LookupError("nobody has registered")
        return self._user

    def pass_time(self, span: timedelta) -> None:
        """Let time pass for this case; without a clock of its own nothing happens."""
        if self._clock is not None:
            self._clock.moment += span

    def register(self, request: RegistrationRequest, password_hash: str) -> None:
        """Make the customer's account, active."""
        with self._writing("register") as session:
            self._user = self._added(session, request, password_hash)

    def declare(self, request: CompanyRequest, noted: Callable[[Session, str], None]) -> str:
        """Add the company; gives its id. ``noted`` is called with it in the same transaction."""
        with self._writing("declare") as session:
            company = self._backend.companies.create(session, self.user, request)
            session.flush()
            noted(session, company.id)
            return company.id

    def change_company(self, **fields: object) -> None:
        """Change declared data."""
        with self._writing("change_company") as session:
            company = self._backend.companies.of_user(session, self.user.id, lock=True)
            change = CompanyChange.model_validate(fields)
            self._backend.companies.change(session, self.user, change, SeenVersions.of(company.version))

    def upload(self, kind: DocumentKind, file_name: str, data: bytes, truth: BenchTruth, *, anew: bool = False) -> None:
        """Upload a file; it is inspected as any other, and its truth kept.

        ``anew``: in place of the one of its kind that is there.
        """
        with self._refusing("upload"), ids_from(self._ids):
            received = self._receive(kind, file_name, data)
            with self._backend.parts.database.write() as session:
                user = self._acting or self.user
                company = self._backend.companies.receiving(session, user.id, kind)
                there = current_documents(session, company.id) if anew else ()
                replaced = next((one.id for one in there if one.kind == kind), None)
                document = self._backend.documents.add(
                    session,
                    company=company,
                    user_id=user.id,
                    incoming=_incoming(kind, file_name, replaces=replaced),
                    received=received,
                )
                self._backend.companies.document_added(session, company, user, document)
                noted = {"document_id": document.id, "company_id": company.id, "truth": truth.model_dump(mode="json")}
                session.execute(insert(TRUTHS).values(noted))

    def sheet(self, variant: Variant) -> bytes:
        """Download the authorization (PDF), of the administrator's change that is under way if there is one."""
        with self._writing("download_authorization") as session:
            sheet = self._issued(session, variant)
        return self._backend.parts.inspector.make_authorization(sheet)

    def submit(self) -> None:
        """Hand the company, or the change under way, to staff."""
        with self._writing("submit") as session:
            changed = self._backend.administration.submit(session, self._acting or self.user)
            if changed is None:
                self._backend.companies.submit(session, self.user)

    def withdraw(self) -> None:
        """Take the submission back."""
        with self._writing("withdraw") as session:
            self._backend.companies.withdraw(session, self.user)

    def new_link(self) -> None:
        """Order a new finishing link."""
        with self._writing("new_link") as session:
            self._backend.completions.send_again(session, self.user)

    def finish(self, choice: str) -> None:
        """Follow the finishing link that was mailed last: ``proceed`` or ``clear``."""
        with self._writing("finish") as session:
            company = self._backend.companies.of_user(session, self.user.id)
            token = self._mailed_token(session, company)
            proceed = choice == "proceed"
            request = CompletionRequest(
                choice="proceed" if proceed else "clear",
                owh_version=OWH_VERSION if proceed else None,
                terms_version=TERMS_VERSION if proceed else None,
                confirm_name=None if proceed else company.name,
            )
            self._backend.completions.finish(session, token, request)

    def invite(self, request: RegistrationRequest, password_hash: str) -> None:
        """Enter an employee, who joins at once."""
        with self._writing("invite") as session:
            backend = self._backend
            actor = backend.team.manager(session, self.user.id)
            entered = EmployeeRequest(
                first_name=request.first_name,
                last_name=request.last_name,
                email=request.email,
                position=request.position,
            )
            employee = backend.team.invite(session, actor, entered)
            joined = self._added(session, request, password_hash)
            employee.user_id, employee.state, employee.joined_at = joined.id, "active", backend.parts.clock.now()
            employees.follow_into(employee, joined)
            self._people[request.email] = joined

    def propose_administrator(self, email: str) -> None:
        """Ask for an employee to become the administrator."""
        with self._writing("propose_administrator") as session:
            self._backend.administration.request(session, self.user.id, AdministratorChangeRequest(email=email))

    def leave(self) -> None:
        """Have the administrator leave, which blocks the company."""
        with self._writing("leave") as session:
            self._backend.administration.leave(session, self.user.id, blocks_company=True)

    def claim(self, company_id: str) -> None:
        """Have the member of staff take the case, from another if need be."""
        with self._writing("claim") as session:
            self._backend.cases.take_over(session, company_id, self._staff)

    def release(self, company_id: str) -> None:
        """Have the member of staff release the case."""
        with self._writing("release") as session:
            self._backend.cases.release(session, company_id, self._staff, None)

    def decide(self, company_id: str, outcome: Outcome, judged: Judged, reasons: Sequence[ReasonCode] = ()) -> None:
        """Claim the case and decide it. Documents that ``judged`` does not name are accepted by an approval."""
        with self._writing("decide") as session:
            lease = self._backend.cases.take_over(session, company_id, self._staff)
            session.flush()
            company = self._backend.companies.by_id(session, company_id)
            request = DecisionRequest(
                outcome=outcome,
                documents=tuple(_verdicts(current_documents(session, company_id), outcome, judged)),
                reasons=tuple(CompanyReasonGiven(code=code, note=_note(code)) for code in reasons),
            )
            seen = SeenVersions.of(company.version)
            self._backend.decisions.decide(
                session, company_id, self._staff, request, seen=seen, lease_token=lease.token
            )

    def expire_lease(self, company_id: str) -> None:
        """Let the lease on the case run out now."""
        with self._writing("expire_lease") as session:
            now = self._backend.parts.clock.now()
            session.execute(
                update(Company)
                .where(Company.id == company_id, Company.lease_expires_at > now)
                .values(lease_expires_at=now)
            )

    def expire_link(self, company_id: str) -> None:
        """Let the finishing link that is on its way run out now."""
        with self._writing("expire_link") as session:
            session.execute(
                update(CompletionLink)
                .where(CompletionLink.company_id == company_id, CompletionLink.used_at.is_(None))
                .values(expires_at=self._backend.parts.clock.now())
            )

    def _mailed_token(self, session: Session, company: Company) -> str:
        """Give the token of the finishing link in the customer's mailbox; of a new one when its mail is gone."""
        newest = (
            select(OutboxMail.text)
            .where(OutboxMail.company_id == company.id, OutboxMail.kind == MailKind.APPROVED.value)
            .order_by(OutboxMail.created_at.desc())
            .limit(1)
        )
        found = _LINK.search(session.scalar(newest) or "")
        if found:
            return found["token"]
        token = self._backend.completions.new_token(session, company)
        session.flush()
        return token

    def _added(self, session: Session, request: RegistrationRequest, password_hash: str) -> CustomerUser:
        accounts = self._backend.accounts
        user = accounts.add_active(session, accounts.checked(request, hashed=password_hash))
        if user is None:
            raise BenchRefusal(BenchProblemCode.CASE_PRESENT, what=request.email)
        session.flush()
        return user

    def _issued(self, session: Session, variant: Variant) -> AuthorizationSheet:
        backend, user = self._backend, self._acting or self.user
        found = responsible(session, user.id, lock=True)
        company, change, now = found.company, found.change, backend.parts.clock.now()
        shown = self._view.company(session, company, Language.POLISH)
        if change is None:
            sheet = numbered_sheet(session, shown, user, variant, now=now)
            backend.companies.sheet_issued(session, company, user, sheet.number)
            return sheet
        candidate = employees.employee_of(session, company.id, change.candidate_id)
        if candidate is None or candidate.user_id is None:
            raise LookupError("the candidate has not joined")
        sheet = numbered_sheet(session, shown, backend.accounts.user(session, candidate.user_id), variant, now=now)
        change.authorization_number = sheet.number
        backend.companies.change_sheet_issued(session, company, user, sheet.number)
        return sheet

    def _receive(self, kind: DocumentKind, file_name: str, data: bytes) -> Received:
        documents = self._backend.documents
        digest = documents.digest(_incoming(kind, file_name, data))
        if digest not in self._inspected:
            self._inspected[digest] = documents.receive(_incoming(kind, file_name, data), allow=lambda _: None)
        known = self._inspected[digest]
        return Received(known.sha256, known.size, file_name, known.inspection)

    @contextmanager
    def _writing(self, act: str) -> Iterator[Session]:
        with self._refusing(act), ids_from(self._ids), self._backend.parts.database.write() as session:
            yield session

    @contextmanager
    def _refusing(self, act: str) -> Iterator[None]:
        try:
            yield
        except ProblemError as error:
            reason = Text(*(error.in_language(language).title for language in (Language.POLISH, Language.ENGLISH)))
            refusal = BenchRefusal(BenchProblemCode.ACTION_NOT_POSSIBLE, action=act, reason=reason)
            refusal.problem = error.code.value
            raise refusal from error


def user_of(backend: Backend, session: Session, company: Company) -> CustomerUser:
    """Give the administrator of a company."""
    return backend.accounts.user(session, administrator_of(company))


def _verdicts(documents: Sequence[Document], outcome: Outcome, judged: Judged) -> Iterator[DocumentVerdict]:
    for document in documents:
        default = (Verdict.ACCEPTED, ()) if outcome is Outcome.APPROVE else None
        found = judged.get(DocumentKind(document.kind), default)
        if found is None:
            continue
        verdict, codes = found
        given = tuple(ReasonGiven(code=code, note=_note(code)) for code in codes)
        yield DocumentVerdict(document_id=document.id, verdict=verdict, reasons=given)


def _note(code: ReasonCode) -> str | None:
    return _OTHER if code is ReasonCode.OTHER else None


def _incoming(kind: DocumentKind, file_name: str, data: bytes = b"", *, replaces: str | None = None) -> Incoming:
    return Incoming(stream=io.BytesIO(data), file_name=file_name, kind=kind, replaces=replaces)
