# SPDX-License-Identifier: AGPL-3.0-or-later
"""The companies of a bench: which scenarios they came from, what happened to them, and a desk to act on each."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, func, insert, or_, select
from sqlalchemy.orm import Session

from reviewer_app.backend.application import Backend
from reviewer_app.backend.bench.desk import CaseDesk, StepClock, user_of
from reviewer_app.backend.bench.tables import CASES, NUMBERS, TRUTHS
from reviewer_app.backend.companies.tables import Company
from reviewer_app.backend.documents.service import Document, Received, documents_wanted
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.settings import SecondReview
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.backend.registers.budget import forget_limits
from reviewer_app.backend.staff.accounts import StaffAccounts
from reviewer_app.backend.staff.repository import account_by_username
from reviewer_app.contract.bench import (
    BENCH_PASSWORD,
    BENCH_STAFF,
    SECOND_REVIEWER,
    BenchEvent,
    BenchPaper,
    BenchProblemCode,
    BenchRefusal,
    BenchTruth,
    CaseStart,
    KnownCase,
)
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import CompanyRequest, RegistrationRequest, SeatRequest
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import REQUIRED_KINDS, CompanyState, DocumentKind
from reviewer_app.contract.text import Language, Text

_MAIL = Text("List do {recipient}: {subject}", "Mail to {recipient}: {subject}")


class BenchFloor:
    """All companies of a bench."""

    def __init__(self, backend: Backend) -> None:
        """Make sure that the bench's staff are there. The bench's tables must be."""
        self._backend = backend
        self._inspected: dict[str, Received] = {}
        self._password_hash = backend.passwords.hash(BENCH_PASSWORD)
        self.prepare_staff()

    @property
    def password_hash(self) -> str:
        """Give the hash of the password that everybody on the bench has."""
        return self._password_hash

    def prepare_staff(self) -> None:
        """Make the accounts of staff that a bench has, where they are missing."""
        accounts = StaffAccounts(self._backend.parts.clock, self._backend.passwords, self._backend.history)
        with self._backend.parts.database.write() as session:
            for one in BENCH_STAFF:
                if account_by_username(session, one.username) is None:
                    accounts.add(
                        session,
                        username=one.username,
                        display_name=one.display_name,
                        role=one.role,
                        password=BENCH_PASSWORD,
                    )

    def forget_limits(self) -> None:
        """Let the registers be asked as if no question had been asked today."""
        with self._backend.parts.database.write() as session:
            forget_limits(session)

    def begin(self, start: CaseStart) -> CaseDesk:
        """Give a desk at which a new case is made, at first as long ago as it says. Its ids follow from the start."""
        clock = StepClock(self._backend.parts.clock.now() - start.ago)
        settings = replace(self._backend.parts.settings, second_review=SecondReview.NEVER)
        past = Backend(replace(self._backend.parts, clock=clock, settings=settings), self._backend.signal)
        return CaseDesk(
            past,
            clock=clock,
            staff=self._second(),
            ids=_ids(f"{start.scenario}/{start.seed}/{start.part}"),
            inspected=self._inspected,
        )

    def noting(self, start: CaseStart, email: str, numbers: Sequence[str]) -> Callable[[Session, str], None]:
        """Give what notes a new case, in the transaction that makes its company."""

        def note(session: Session, company_id: str) -> None:
            session.execute(
                insert(CASES).values(
                    company_id=company_id,
                    scenario=start.scenario,
                    seed=start.seed,
                    part=start.part,
                    day=start.day,
                    email=email,
                    made_at=self._backend.parts.clock.now(),
                )
            )
            if numbers:
                session.execute(insert(NUMBERS), [{"number": one, "company_id": company_id} for one in numbers])

        return note

    def desk_of(self, company_id: str) -> CaseDesk:
        """Give a desk to act on a company now. Raises BenchRefusal ``not_found``."""
        with self._backend.parts.database.read() as session:
            company = session.get(Company, company_id)
            if company is None:
                raise BenchRefusal(BenchProblemCode.NOT_FOUND)
            user = user_of(self._backend, session, company) if company.administrator_id else None
        return CaseDesk(self._backend, clock=None, staff=self._second(), ids=None, user=user)

    def registration_hash(self, request: RegistrationRequest) -> str:
        """Give the hash of a registration's password, which is the bench's."""
        return (
            self._password_hash
            if request.password == BENCH_PASSWORD
            else self._backend.passwords.hash(request.password)
        )

    def made(self, scenario: str, seed: int) -> KnownCase | None:
        """Give the case of a scenario and seed if it is there."""
        found = self._known(CASES.c.scenario == scenario, CASES.c.seed == seed, CASES.c.part == 0, limit=1)
        return found[0] if found else None

    def case(self, company_id: str) -> KnownCase:
        """Give a company, made by the bench or by hand. Raises BenchRefusal ``not_found``."""
        found = self._known(Company.id == company_id, limit=1)
        if not found:
            raise BenchRefusal(BenchProblemCode.NOT_FOUND)
        return found[0]

    def cases(self, *, limit: int, text: str = "") -> tuple[Sequence[KnownCase], int]:
        """Give the newest companies, and how many there are; ``text`` is of a name, a NIP, or a scenario's name."""
        wanted = (_mentions(text),) if text else ()
        with self._backend.parts.database.read() as session:
            total = session.scalars(select(func.count()).select_from(Company).where(*wanted)).one()
        return self._known(*wanted, limit=limit), total

    def scenarios(self) -> list[str]:
        """Name the scenarios of which there are cases now."""
        with self._backend.parts.database.read() as session:
            statement = select(CASES.c.scenario).where(CASES.c.part == 0).distinct().order_by(CASES.c.scenario)
            return list(session.scalars(statement))

    def by_number(self, number: str) -> KnownCase | None:
        """Give the newest made case that registers know under a number."""
        with self._backend.parts.database.read() as session:
            ids = session.scalars(select(NUMBERS.c.company_id).where(NUMBERS.c.number == number)).all()
        found = self._known(Company.id.in_(ids), limit=1) if ids else []
        return found[0] if found else None

    def declared(self, *, company_id: str = "", number: str = "") -> CompanyRequest | None:
        """Give a company as declared, by its id or by its NIP or KRS; the newest one. None when there is none."""
        wanted = Company.id == company_id if company_id else or_(Company.nip == number, Company.krs == number)
        with self._backend.parts.database.read() as session:
            row = session.scalars(select(Company).where(wanted).order_by(Company.created_at.desc()).limit(1)).first()
            return _declared(row) if row else None

    def wanted(self, company_id: str) -> list[DocumentKind]:
        """Name the kinds of documents that are missing or wait for a replacement."""
        with self._backend.parts.database.read() as session:
            named = documents_wanted(session, company_id, REQUIRED_KINDS)
        return [DocumentKind(name.removeprefix("document:")) for name in named]

    def papers(self, company_id: str) -> tuple[BenchPaper, ...]:
        """Give the documents of a company whose truth is known, oldest first."""
        statement = (
            select(Document, TRUTHS.c.truth)
            .join(TRUTHS, TRUTHS.c.document_id == Document.id)
            .where(Document.company_id == company_id)
            .order_by(Document.uploaded_at, Document.id)
        )
        with self._backend.parts.database.read() as session:
            return tuple(
                BenchPaper(
                    document_id=row.Document.id,
                    kind=row.Document.kind,
                    version=row.Document.version,
                    file_name=row.Document.file_name,
                    sha256=row.Document.sha256,
                    truth=BenchTruth.model_validate(row.truth),
                )
                for row in session.execute(statement)
            )

    def events(self, company_id: str, language: Language) -> tuple[BenchEvent, ...]:
        """Tell what happened to a company, mails included, oldest first. Raises BenchRefusal ``not_found``."""
        with self._backend.parts.database.read() as session:
            try:
                acts = self._backend.history.entries(session, company_id, language)
            except ProblemError as error:
                raise BenchRefusal(BenchProblemCode.NOT_FOUND) from error
            mails = session.scalars(select(OutboxMail).where(OutboxMail.company_id == company_id)).all()
        told = [
            BenchEvent(at=one.at, actor=one.actor.value, actor_name=one.actor_name, kind=one.kind, text=one.text)
            for one in acts
        ]
        told += [
            BenchEvent(
                at=mail.created_at,
                actor="system",
                actor_name="",
                kind=f"mail:{mail.kind}",
                text=_MAIL.format(recipient=mail.recipient, subject=mail.subject).in_language(language),
            )
            for mail in mails
        ]
        return tuple(sorted(told, key=lambda event: event.at))

    def _known(self, *wanted: object, limit: int | None) -> list[KnownCase]:
        statement = (
            select(Company, CASES)
            .outerjoin(CASES, CASES.c.company_id == Company.id)
            .where(*wanted)  # type: ignore[arg-type]  # conditions of SQLAlchemy
            .order_by(func.coalesce(CASES.c.made_at, Company.created_at).desc(), Company.id)
            .limit(limit)
        )
        with self._backend.parts.database.read() as session:
            rows = session.execute(statement).all()
            now = self._backend.parts.clock.now()
            emails = {row.Company.id: self._email(session, row.Company) for row in rows if row.email is None}
        return [
            KnownCase(
                company_id=row.Company.id,
                scenario=row.scenario or "",
                seed=row.seed or 0,
                part=row.part or 0,
                day=row.day,
                email=row.email or emails[row.Company.id],
                made_at=row.made_at or row.Company.created_at,
                name=row.Company.name,
                nip=row.Company.nip,
                state=CompanyState(row.Company.state),
                holder=_holder(row.Company, now),
            )
            for row in rows
        ]

    def _email(self, session: Session, company: Company) -> str:
        return user_of(self._backend, session, company).email if company.administrator_id else ""

    def _second(self) -> Staff:
        with self._backend.parts.database.read() as session:
            account = account_by_username(session, SECOND_REVIEWER)
        if account is None:
            raise LookupError(SECOND_REVIEWER)
        return Staff(account.id, account.username, account.display_name, StaffRole(account.role), "bench")


def _ids(text: str) -> Callable[[], str]:
    source = random.Random(text)  # noqa: S311  # the same ids for the same case
    return lambda: f"{source.getrandbits(128):032x}"


def _declared(company: Company) -> CompanyRequest:
    seat = company.seat
    return CompanyRequest(
        name=company.name,
        legal_form=LegalForm(company.legal_form),
        nip=company.nip,
        regon=company.regon,
        krs=company.krs,
        seat=SeatRequest.model_validate(seat) if seat else None,
        phone=company.phone,
        email=company.email,
        bank_account=company.bank_account,
    )


def _mentions(text: str) -> ColumnElement[bool]:
    scenarios = select(CASES.c.company_id).where(CASES.c.scenario.icontains(text, autoescape=True))
    nip = text.replace("-", "").replace(" ", "")  # as it is shown
    return or_(Company.name.icontains(text, autoescape=True), Company.nip == nip, Company.id.in_(scenarios))


def _holder(company: Company, now: datetime) -> str:
    """Name who holds a case now: a lease that ran out leaves its holder in the row until the next claim."""
    held = company.lease_expires_at is not None and company.lease_expires_at > now
    return company.holder_username or "" if held else ""
