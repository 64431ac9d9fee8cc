# SPDX-License-Identifier: AGPL-3.0-or-later
"""What customers do with their company: declare, change, submit, withdraw. And what follows by itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.service import History
from reviewer_app.backend.authorizations import service as authorizations
from reviewer_app.backend.checks import service as checks
from reviewer_app.backend.companies import repository, submissions
from reviewer_app.backend.companies.access import Acting, Responsible, acting, place_of, responsible
from reviewer_app.backend.companies.declared import Declaration, missing_fields
from reviewer_app.backend.companies.evidence import case_facts, sheet_facts
from reviewer_app.backend.companies.moves import (
    NO_ASSIGNMENT,
    NO_CLAIM,
    NO_FIRST_APPROVAL,
    NO_HOLD,
    NOT_WAITING,
    administrator_of,
    assign,
    microseconds,
    move_aside,
    next_state,
    state_after,
    state_columns,
    waiting_since,
    waits,
)
from reviewer_app.backend.companies.search import end_of_beginning, fold, polish_sort_key, tokens_of, words_of_query
from reviewer_app.backend.companies.submissions import submissions_of
from reviewer_app.backend.companies.tables import WAITS, Company, SearchToken
from reviewer_app.backend.documents import service as documents
from reviewer_app.backend.documents.service import Document
from reviewer_app.backend.employees import service as employees
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import after_commit, once
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.contract.customer import BlockedReason, CompanyBrief, CompanyChange, CompanyRequest, CustomerUser
from reviewer_app.contract.customer_administrators import ChangeState
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import (
    EDITABLE_STATES,
    REQUIRED_KINDS,
    SHEET_FIELDS,
    Act,
    Actor,
    CaseKind,
    CompanyState,
    DocumentKind,
)

__all__ = [
    "NOT_WAITING",
    "NO_ASSIGNMENT",
    "NO_CLAIM",
    "NO_FIRST_APPROVAL",
    "NO_HOLD",
    "SYSTEM",
    "WAITS",
    "Acting",
    "Author",
    "Companies",
    "Company",
    "Responsible",
    "SearchToken",
    "Standing",
    "acting",
    "administrator_of",
    "assign",
    "case_facts",
    "count_checks",
    "end_of_beginning",
    "fold",
    "microseconds",
    "move_aside",
    "next_state",
    "place_of",
    "responsible",
    "sheet_facts",
    "state_after",
    "state_columns",
    "submissions_of",
    "waiting_since",
    "waits",
    "words_of_query",
]

_DECLARED = ("name", "legal_form", "nip", "regon", "krs", "seat", "phone", "email", "bank_account")


@dataclass(frozen=True, slots=True)
class Author:
    """Who does an act, for the history."""

    actor: Actor
    id: str | None
    name: str

    @classmethod
    def of(cls, user: CustomerUser) -> Author:
        """Make the author of a customer's act."""
        return cls(Actor.CUSTOMER, user.id, f"{user.first_name} {user.last_name}")

    @classmethod
    def of_employee(cls, employee: employees.EmployeeRecord) -> Author:
        """Make the author of an act in the name of a company."""
        return cls(Actor.CUSTOMER, employee.user_id, employees.full_name(employee))


SYSTEM = Author(Actor.SYSTEM, None, "")


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a customer stands with their company, if they have one. ``missing`` is wanted before the next step."""

    company: CompanyBrief | None = None
    missing: tuple[str, ...] = ()
    is_administrator: bool = False
    permissions: tuple[Permission, ...] = ()
    blocked_reason: BlockedReason | None = None
    blocked_note: str | None = None
    employee_id: str | None = None


Follower = Callable[[Session, Company], None]


class Companies:
    """Companies and what moves them. Rows that a call gives are locked until the transaction ends, unless it says so."""

    def __init__(self, clock: Clock, history: History, declaration: Declaration) -> None:
        self._clock = clock
        self._history = history
        self._declaration = declaration
        self.checks_due = threading.Event()
        """Set when documents of a company have to be checked, once that is committed."""
        self.followers: list[Follower] = []
        """Told, in its transaction, of every change of a case that a check may depend on."""

    def standing(self, session: Session, user_id: str) -> Standing:
        """Tell where a customer stands, without locking anything."""
        person = place_of(session, user_id)
        if person is None:
            return Standing()
        company = person.company
        viewer = person.viewer
        brief = CompanyBrief(
            id=company.id, name=company.name, state=CompanyState(company.state), version=company.version
        )
        return Standing(
            company=brief,
            missing=self.missing(session, company) if viewer.is_administrator else (),
            is_administrator=viewer.is_administrator,
            permissions=viewer.permissions,
            blocked_reason=person.blocked_reason,
            blocked_note=company.suspension_reason
            if person.blocked_reason is BlockedReason.COMPANY_SUSPENDED
            else None,
            employee_id=person.employee.id,
        )

    def of_user(self, session: Session, user_id: str, *, lock: bool = False) -> Company:
        """Give the company of its administrator. Raises ProblemError ``no_company``, ``not_administrator`` (R4)."""
        if not lock:
            person = place_of(session, user_id)
            if person is None:
                raise ProblemError(ProblemCode.NO_COMPANY)
            if not person.is_administrator:
                raise ProblemError(ProblemCode.NOT_ADMINISTRATOR)
            return person.company
        company = repository.of_administrator(session, user_id)
        if company is None:
            employed = employees.employee_of_user(session, user_id) is not None
            raise ProblemError(ProblemCode.NOT_ADMINISTRATOR if employed else ProblemCode.NO_COMPANY)
        return company

    def by_id(self, session: Session, company_id: str, *, lock: bool = False) -> Company:
        """Give a company by its id. Raises ProblemError ``not_found``."""
        find = repository.locked if lock else repository.by_id
        company = find(session, company_id)
        if company is None:
            raise ProblemError(ProblemCode.NOT_FOUND)
        return company

    def nip_taken(self, session: Session, company: Company) -> bool:
        """Say whether another company with the same NIP is approved, active or suspended."""
        return repository.nip_taken(session, company)

    def missing(self, session: Session, company: Company) -> tuple[str, ...]:
        """Name the fields and, as ``document:<kind>``, the documents that are wanted before the next step."""
        if company.state not in EDITABLE_STATES:
            return ()
        wanted = once(session, "missing", company.id, lambda: self._missing_for_submission(session, company))
        if company.state != CompanyState.COLLECTING:
            return wanted
        return tuple(name for name in wanted if name != f"document:{DocumentKind.AUTHORIZATION.value}")

    def create(self, session: Session, user: CustomerUser, request: CompanyRequest) -> Company:
        """Make a company whose administrator is the user. Raises ProblemError ``company_exists`` for a second one."""
        if employees.employee_of_user(session, user.id) is not None:
            raise ProblemError(ProblemCode.COMPANY_EXISTS)
        values = self._declaration.read(request, {"legal_form": request.legal_form}, registered=False)
        now = self._clock.now()
        company = Company(
            administrator_id=user.id,
            case_kind=CaseKind.REGISTRATION,
            version=1,
            round=1,
            created_at=now,
            legal_form=request.legal_form,
            name_key=polish_sort_key(values["name"]),
            **state_columns(CompanyState.COLLECTING, None, now=now),
            **{name: value for name, value in values.items() if name != "legal_form"},
        )
        session.add(company)
        try:
            session.flush()
            employees.add_founder(session, company.id, user, now=company.created_at)
        except IntegrityError as error:
            raise ProblemError(ProblemCode.COMPANY_EXISTS) from error
        self.record(session, company, Author.of(user), HistoryKind.COMPANY_CREATED)
        self._after_declared(session, company, {company.nip})
        return company

    def change(self, session: Session, user: CustomerUser, request: CompanyChange, seen: SeenVersions) -> Company:
        """Change declared data. What the sheet carries outdates it, and takes a case back from staff."""
        company = self.editable(session, user.id)
        seen.require(company.version)
        before = _declared(company)
        registered = company.state != CompanyState.COLLECTING
        values = self._declaration.read(request, before, registered=registered)
        if not values:
            return company
        assign(company, values)
        if "name" in values:
            company.name_key = polish_sort_key(company.name)
        details = {"fields": ",".join(name for name in _DECLARED if name in values)}
        self.record(session, company, Author.of(user), HistoryKind.COMPANY_CHANGED, details)
        if registered and SHEET_FIELDS & values.keys():
            self._outdate_sheet(session, company, user)
        self._touch(company)
        self._after_declared(session, company, {before["nip"], company.nip} if "nip" in values else set())
        return company

    def person_changed(self, session: Session, user: CustomerUser, *, renamed: bool) -> None:
        """Follow a change of a person's own data into the company's list, and an administrator's name onto the sheet."""
        person = place_of(session, user.id, lock=True)
        if person is None:
            return
        employees.follow(session, user)
        company = person.company
        registered = company.state in EDITABLE_STATES - {CompanyState.COLLECTING}
        if not (renamed and person.is_administrator and registered):
            return
        details = {"fields": "administrator"}
        self.record(session, company, Author.of(user), HistoryKind.COMPANY_CHANGED, details)
        self._outdate_sheet(session, company, user)
        self._touch(company)
        self.refresh_checks(session, company)

    def editable(self, session: Session, user_id: str, *, lock: bool = True) -> Company:
        """Give the user's company if its data and documents may be changed now, else ``invalid_transition``."""
        company = self.of_user(session, user_id, lock=lock)
        if company.state not in EDITABLE_STATES:
            raise ProblemError(ProblemCode.INVALID_TRANSITION, state=company.state)
        return company

    def receiving(self, session: Session, user_id: str, kind: DocumentKind, *, lock: bool = True) -> Company:
        """Give the company that takes a document of a kind now: while its data may be changed, or a change asks for it.

        Raises:
            ProblemError: ``no_company``, ``not_administrator``, ``invalid_transition``.
        """
        found = responsible(session, user_id, lock=lock)
        company, change = found.company, found.change
        wanted = change is not None and (
            kind is DocumentKind.AUTHORIZATION or change.state == ChangeState.CORRECTION_REQUESTED
        )
        if company.state not in EDITABLE_STATES and not wanted:
            raise ProblemError(ProblemCode.INVALID_TRANSITION, state=company.state)
        return company

    def change_sheet_issued(self, session: Session, company: Company, user: CustomerUser, number: str) -> None:
        """Note that the sheet of a new administrator was made, and have the company found by its number."""
        self.record(session, company, Author.of(user), HistoryKind.AUTHORIZATION_ISSUED, {"number": number})
        self._index(session, company)

    def change_submitted(self, session: Session, company: Company) -> None:
        """Bring a change of the administrator to staff. The state stays as it is."""
        company.submitted_at = self._clock.now()
        company.case_kind = CaseKind.ADMINISTRATOR_CHANGE
        assign(company, waiting_since(company.submitted_at), NO_CLAIM)
        self._touch(company)
        self.refresh_checks(session, company)

    def change_taken_back(self, session: Session, company: Company, author: Author) -> None:
        """Take a change of the administrator back from staff. A claim on it ends."""
        if company.case_kind == CaseKind.ADMINISTRATOR_CHANGE and waits(company):
            self._end_claim(session, company, author)
            assign(company, waiting_since(None), NO_HOLD)
        company.case_kind = CaseKind.REGISTRATION
        self._touch(company)
        self.refresh_checks(session, company)

    def lose_administrator(self, session: Session, company: Company) -> None:
        """Leave a company without an administrator: it is blocked at once (R5). Raises ``invalid_transition``."""
        if company.state != CompanyState.SUSPENDED:
            move_aside(company, Act.LOSE_ADMINISTRATOR, now=self._clock.now())
        company.administrator_id = None
        self._touch(company)
        session.flush()

    def document_added(self, session: Session, company: Company, user: CustomerUser, document: Document) -> None:
        """Follow a new version of a document: a new version of the company, checks, and registration when complete."""
        kind = HistoryKind.DOCUMENT_REPLACED if document.replaces else HistoryKind.DOCUMENT_UPLOADED
        details = {"document_kind": document.kind, "file_name": document.file_name}
        self.record(session, company, Author.of(user), kind, details)
        self._touch(company)
        self._after_declared(session, company, set())

    def sheet_issued(self, session: Session, company: Company, user: CustomerUser, number: str) -> None:
        """Note the number of the sheet in force and have the company found by it."""
        if company.authorization_number == number:
            return
        company.authorization_number = number
        self.record(session, company, Author.of(user), HistoryKind.AUTHORIZATION_ISSUED, {"number": number})
        self.refresh_checks(session, company)
        self._index(session, company)

    def submit(self, session: Session, user: CustomerUser) -> Company:
        """Hand the company to staff. Raises ``invalid_transition``, or ``incomplete`` with what is missing."""
        company = self.of_user(session, user.id, lock=True)
        missing = self._missing_for_submission(session, company) if company.state in EDITABLE_STATES else ()
        if company.state == CompanyState.COLLECTING and missing:
            raise ProblemError(ProblemCode.INCOMPLETE, missing=list(missing))
        target = next_state(company, Act.SUBMIT)
        if missing:
            raise ProblemError(ProblemCode.INCOMPLETE, missing=list(missing))
        if company.state == CompanyState.CORRECTION_REQUESTED:
            company.round += 1
        company.submitted_at = self._clock.now()
        assign(
            company, state_columns(target, company.submitted_at, now=company.submitted_at), NO_CLAIM, NO_FIRST_APPROVAL
        )
        self._touch(company)
        submissions.keep(session, company)
        self.refresh_checks(session, company)
        self.record(session, company, Author.of(user), HistoryKind.SUBMITTED, {"round": str(company.round)})
        return company

    def withdraw(self, session: Session, user: CustomerUser) -> Company:
        """Take a submission back. A claim on it ends."""
        company = self.of_user(session, user.id, lock=True)
        target = next_state(company, Act.WITHDRAW)
        self._end_claim(session, company, Author.of(user))
        assign(company, state_columns(target, None, now=self._clock.now()), NO_FIRST_APPROVAL, NO_HOLD)
        self._touch(company)
        self.record(session, company, Author.of(user), HistoryKind.WITHDRAWN)
        return company

    def refresh_checks(self, session: Session, company: Company) -> None:
        """Check what is declared, have the documents checked if anything changed for them, and count the results."""
        session.flush()
        if checks.check_declared(session, case_facts(session, company), now=self._clock.now()):
            after_commit(session, "checks", self.checks_due.set)
        for follow in self.followers:
            follow(session, company)
        count_checks(session, company)

    def record(
        self,
        session: Session,
        company: Company,
        author: Author,
        kind: HistoryKind,
        details: Mapping[str, str] | None = None,
    ) -> None:
        """Record an act on a company in its history and in the change feed."""
        self._history.record(
            session,
            company_id=company.id,
            actor=author.actor,
            actor_id=author.id,
            actor_name=author.name,
            kind=kind,
            details=details,
        )

    def _missing_for_submission(self, session: Session, company: Company) -> tuple[str, ...]:
        wanted = documents.documents_wanted(session, company.id, REQUIRED_KINDS)
        return (*missing_fields(_declared(company)), *wanted)

    def _outdate_sheet(self, session: Session, company: Company, user: CustomerUser) -> None:
        had_number = company.authorization_number is not None
        company.authorization_number = None
        had_sheet = documents.outdate_sheets(session, company.id)
        if company.state == CompanyState.PENDING_VERIFICATION:
            self._end_claim(session, company, Author.of(user))
            target = next_state(company, Act.CHANGE_SHEET_DATA)
            assign(company, state_columns(target, None, now=self._clock.now()), NO_HOLD)
        if had_number or had_sheet:
            self.record(session, company, SYSTEM, HistoryKind.SHEET_OUTDATED)

    def _end_claim(self, session: Session, company: Company, author: Author) -> None:
        if company.holder_id is not None:
            self.record(session, company, author, HistoryKind.CLAIM_ENDED)
        assign(company, NO_CLAIM)

    def _touch(self, company: Company) -> None:
        """Make a new version. A first approval of the version before does not count for this one."""
        company.version += 1
        assign(company, NO_FIRST_APPROVAL)

    def _after_declared(self, session: Session, company: Company, nips: set[str]) -> None:
        session.flush()
        self._flag_duplicates(session, company, nips)
        self._register_if_complete(session, company)
        self.refresh_checks(session, company)
        self._index(session, company)

    def _flag_duplicates(self, session: Session, company: Company, nips: set[str]) -> None:
        for nip in sorted(nips):
            sharing = repository.sharing_nip(session, nip)
            self._flag(session, company, sharing)
        session.flush()

    def _flag(self, session: Session, company: Company, sharing: Sequence[Company]) -> None:
        shared = len(sharing) > 1
        for one in sharing:
            if one.possible_duplicate == shared:
                continue
            one.possible_duplicate = shared
            if shared:
                self.record(session, one, SYSTEM, HistoryKind.DUPLICATE_FLAGGED)
            if one.id != company.id:
                self.refresh_checks(session, one)

    def _register_if_complete(self, session: Session, company: Company) -> None:
        if company.state == CompanyState.COLLECTING and not self.missing(session, company):
            assign(company, state_columns(next_state(company, Act.REGISTER), None, now=self._clock.now()))
            self.record(session, company, SYSTEM, HistoryKind.COMPANY_REGISTERED)
            session.flush()

    def _index(self, session: Session, company: Company) -> None:
        numbers = authorizations.sheet_numbers(session, company.id)
        texts = (company.name, company.nip, company.krs, company.regon, company.email, *numbers)
        repository.replace_tokens(session, company.id, tokens_of(text for text in texts if text))


def count_checks(session: Session, company: Company) -> None:
    """Write the counts of all findings on the company's row, which is not a new version."""
    assign(company, {f"checks_{status}": count for status, count in checks.counts(session, company.id)})


def _declared(company: Company) -> dict[str, Any]:
    return {name: getattr(company, name) for name in _DECLARED}
