# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a company gets another administrator, and how it loses the one it has (R3 to R6)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.administrators import repository, service
from reviewer_app.backend.administrators.tables import ChangeRecord
from reviewer_app.backend.administrators.team import People
from reviewer_app.backend.companies.service import Acting, Author, Companies, Company, place_of, responsible
from reviewer_app.backend.decisions.service import reasons_of_decision
from reviewer_app.backend.documents import service as documents
from reviewer_app.backend.employees import service as employees
from reviewer_app.backend.employees.service import EmployeeRecord, full_name
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.backend.mail.content import MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.contract.customer import BlockedReason, CustomerUser
from reviewer_app.contract.customer_administrators import (
    OPEN_CHANGE_STATES,
    AdministratorChange,
    AdministratorChangeRequest,
    AdministratorChanges,
    ChangeState,
)
from reviewer_app.contract.customer_team import EmployeeRequest, EmployeeState
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.states import CompanyState, DocumentKind
from reviewer_app.contract.text import Language


class Administration:
    """Changes of administrators. Every act locks the company's row first."""

    def __init__(self, *, clock: Clock, companies: Companies, accounts: Accounts, people: People, mails: Mails) -> None:
        self._clock = clock
        self._companies = companies
        self._accounts = accounts
        self._people = people
        self._mails = mails

    def list(self, session: Session, user_id: str, language: Language) -> AdministratorChanges:
        """Give all changes of the caller's company, newest first: to its administrator, or when it has none."""
        person = _person(session, user_id)
        orphaned = person.company.administrator_id is None and person.employee.state == EmployeeState.ACTIVE
        if not (person.is_administrator or orphaned):
            raise ProblemError(ProblemCode.NOT_ADMINISTRATOR)
        changes = repository.of_company(session, person.company.id)
        is_open = any(change.state in OPEN_CHANGE_STATES for change in changes)
        may = (person.is_administrator and person.company.state == CompanyState.ACTIVE) or orphaned
        return AdministratorChanges(
            items=tuple(self.show(session, change, language) for change in changes), may_request=may and not is_open
        )

    def request(self, session: Session, user_id: str, request: AdministratorChangeRequest) -> ChangeRecord:
        """Ask for another administrator; the present one keeps the role until staff accept.

        Raises:
            ProblemError: ``administrator_exists`` for an employee who wants the role of someone (R4);
                ``not_administrator``, ``company_blocked``, ``invalid_transition``, ``change_open``,
                ``validation_failed``.
        """
        person = _person(session, user_id, lock=True)
        _require_right_to_ask(person)
        if service.open_change(session, person.company.id) is not None:
            raise ProblemError(ProblemCode.CHANGE_OPEN)
        candidate = self._candidate(session, person, request)
        sheets = documents.current_documents(session, person.company.id)
        change = ChangeRecord(
            company_id=person.company.id,
            candidate_id=candidate.id,
            requested_by=user_id,
            state=ChangeState.AWAITING_AUTHORIZATION.value,
            previous_sheets=[sheet.id for sheet in sheets if sheet.kind == DocumentKind.AUTHORIZATION],
            requested_at=self._clock.now(),
        )
        session.add(change)
        session.flush()
        self._record(session, person.company, change, HistoryKind.ADMINISTRATOR_CHANGE_REQUESTED, user_id)
        self._tell(session, person.company, change, {user_id, candidate.user_id})
        return change

    def submit(self, session: Session, user: CustomerUser) -> Company | None:
        """Bring the change under way to staff; None when there is none.

        Raises:
            ProblemError: ``invalid_transition``, or ``incomplete`` with what is missing.
        """
        found = responsible(session, user.id, lock=True)
        change = found.change
        if change is None:
            return None
        if change.state == ChangeState.PENDING_VERIFICATION:
            raise ProblemError(ProblemCode.INVALID_TRANSITION, state=change.state)
        missing = self.missing(session, change)
        if missing:
            raise ProblemError(ProblemCode.INCOMPLETE, missing=list(missing))
        change.state, change.submitted_at = ChangeState.PENDING_VERIFICATION.value, self._clock.now()
        self._companies.change_submitted(session, found.company)
        self._record(session, found.company, change, HistoryKind.ADMINISTRATOR_CHANGE_SUBMITTED, user.id)
        return found.company

    def withdraw(self, session: Session, user_id: str, change_id: str) -> None:
        """Take a change back. Raises ``not_found``, ``invalid_transition`` for one that is over."""
        found = responsible(session, user_id, lock=True)
        change = session.get(ChangeRecord, change_id)
        if change is None or change.company_id != found.company.id:
            raise ProblemError(ProblemCode.NOT_FOUND)
        if change.state not in OPEN_CHANGE_STATES:
            raise ProblemError(ProblemCode.INVALID_TRANSITION, state=change.state)
        self._withdraw(session, found.company, change, user_id)

    def leave(self, session: Session, user_id: str, *, blocks_company: bool) -> None:
        """Have a person leave their company; an administrator's leaving blocks it at once (R5).

        Raises:
            ProblemError: ``no_company``; ``blocks_company`` until that was confirmed; ``invalid_transition`` for the
                administrator of a company that is not in use yet, which can be cleared instead.
        """
        person = _person(session, user_id, lock=True)
        change = service.open_change(session, person.company.id)
        if change is not None and change.candidate_id == person.employee.id:
            self._withdraw(session, person.company, change, user_id)
        if not person.is_administrator:
            self._people.leave(session, person, kind=HistoryKind.EMPLOYEE_LEFT)
            return
        if not blocks_company:
            raise ProblemError(ProblemCode.BLOCKS_COMPANY)
        self._companies.lose_administrator(session, person.company)
        self._people.leave(session, person, kind=HistoryKind.ADMINISTRATOR_LEFT)
        session.flush()
        for employee in employees.everybody(session, person.company.id):
            if employee.user_id is not None:
                self._mail(session, person.company, MailKind.COMPANY_BLOCKED, employee.user_id)

    def missing(self, session: Session, change: ChangeRecord) -> tuple[str, ...]:
        """Name what is wanted before a change is submitted."""
        wanted = documents.documents_wanted(session, change.company_id, ())
        sheets = [sheet for sheet in service.new_sheets(session, change) if sheet.state in documents.SUBMITTABLE]
        sheet = f"document:{DocumentKind.AUTHORIZATION.value}"
        if not sheets and sheet not in wanted:
            wanted = (sheet, *wanted)
        joined = service.candidate(session, change).user_id is not None
        return wanted if joined else (service.CANDIDATE, *wanted)

    def show(self, session: Session, change: ChangeRecord, language: Language) -> AdministratorChange:
        """Show a change with what the last decision on it said."""
        session.flush()
        candidate = service.candidate(session, change)
        told = reasons_of_decision(session, change.company_id, change.decision_id, language)
        return AdministratorChange(
            id=change.id,
            state=ChangeState(change.state),
            candidate_id=candidate.id,
            candidate_name=full_name(candidate),
            candidate_email=candidate.email,
            candidate_joined=candidate.user_id is not None,
            authorization_number=change.authorization_number,
            missing=self.missing(session, change) if change.state in OPEN_CHANGE_STATES else (),
            reasons=told.reasons,
            customer_note=told.customer_note,
            requested_at=change.requested_at,
            submitted_at=change.submitted_at,
            decided_at=change.decided_at,
        )

    def _candidate(self, session: Session, person: Acting, request: AdministratorChangeRequest) -> EmployeeRecord:
        company_id = person.company.id
        if (request.employee_id is None) == (request.email is None):
            raise _wrong("employee_id", FieldCode.REQUIRED)
        found = (
            employees.employee_of(session, company_id, request.employee_id)
            if request.employee_id is not None
            else employees.employee_by_email(session, company_id, request.email or "")
        )
        if found is None and request.employee_id is not None:
            raise ProblemError(ProblemCode.NOT_FOUND)
        if person.company.administrator_id is None and (found is None or found.id != person.employee.id):
            raise ProblemError(ProblemCode.NOT_ADMINISTRATOR)
        field = "employee_id" if request.employee_id is not None else "email"
        if found is None:
            return self._people.invite(session, person, _invitation(request))
        if found.id == person.employee.id and person.is_administrator:
            raise _wrong(field, FieldCode.INVALID)
        if found.state == EmployeeState.BLOCKED:
            raise _wrong(field, FieldCode.INVALID)
        return found

    def _withdraw(self, session: Session, company: Company, change: ChangeRecord, user_id: str) -> None:
        change.state, change.decided_at = ChangeState.WITHDRAWN.value, self._clock.now()
        service.drop_sheets(session, change)
        user = self._accounts.user(session, user_id)
        self._companies.change_taken_back(session, company, Author.of(user))
        self._record(session, company, change, HistoryKind.ADMINISTRATOR_CHANGE_WITHDRAWN, user_id)

    def _tell(self, session: Session, company: Company, change: ChangeRecord, user_ids: set[str | None]) -> None:
        name = full_name(service.candidate(session, change))
        for user_id in sorted(user_id for user_id in user_ids if user_id is not None):
            self._mail(session, company, MailKind.ADMINISTRATOR_CANDIDATE, user_id, person=name)

    def _mail(self, session: Session, company: Company, kind: MailKind, user_id: str, *, person: str = "") -> None:
        user = self._accounts.user(session, user_id)
        facts = MailFacts(
            recipient=user.email,
            language=user.language,
            first_name=user.first_name,
            company_name=company.name,
            person=person,
        )
        self._mails.queue(session, kind, facts, company_id=company.id)

    def _record(
        self, session: Session, company: Company, change: ChangeRecord, kind: HistoryKind, user_id: str
    ) -> None:
        author = Author.of(self._accounts.user(session, user_id))
        details = {"person": full_name(service.candidate(session, change))}
        self._companies.record(session, company, author, kind, details)


def _person(session: Session, user_id: str, *, lock: bool = False) -> Acting:
    person = place_of(session, user_id, lock=lock)
    if person is None:
        raise ProblemError(ProblemCode.NO_COMPANY)
    return person


def _require_right_to_ask(person: Acting) -> None:
    company = person.company
    if person.employee.state == EmployeeState.BLOCKED:
        raise ProblemError(ProblemCode.COMPANY_BLOCKED, reason=BlockedReason.PERSON_BLOCKED.value)
    if company.administrator_id is None:
        return
    if not person.is_administrator:
        raise ProblemError(ProblemCode.ADMINISTRATOR_EXISTS)
    person.require_unblocked()
    if company.state != CompanyState.ACTIVE:
        raise ProblemError(ProblemCode.INVALID_TRANSITION, state=company.state)


def _invitation(request: AdministratorChangeRequest) -> EmployeeRequest:
    missing = [name for name in ("first_name", "last_name") if not getattr(request, name)]
    if missing:
        problems = [field_problem(name, FieldCode.REQUIRED) for name in missing]
        raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
    return EmployeeRequest(
        first_name=(request.first_name or "")[:80],
        last_name=(request.last_name or "")[:80],
        email=request.email or "",
    )


def _wrong(field: str, code: FieldCode) -> ProblemError:
    return ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem(field, code)])
