# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who acts in a company and what they may do there (R3 to R5)."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from reviewer_app.backend.administrators import service as administrators
from reviewer_app.backend.administrators.service import ChangeRecord
from reviewer_app.backend.companies import repository
from reviewer_app.backend.companies.tables import Company
from reviewer_app.backend.employees import service as employees
from reviewer_app.backend.employees.service import EmployeeRecord
from reviewer_app.backend.kit.database import once
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.customer import BlockedReason, Viewer
from reviewer_app.contract.customer_team import EmployeeState
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState


@dataclass(frozen=True, slots=True)
class Acting:
    """A person in their company. The administrator has every permission (R3)."""

    company: Company
    employee: EmployeeRecord

    @property
    def is_administrator(self) -> bool:
        """Say whether the person is the administrator."""
        return self.company.administrator_id is not None and self.company.administrator_id == self.employee.user_id

    @property
    def permissions(self) -> frozenset[Permission]:
        """Give what the person may do while nothing blocks them."""
        return frozenset(Permission) if self.is_administrator else employees.granted(self.employee)

    @property
    def viewer(self) -> Viewer:
        """Tell a page of the company for whom it is drawn."""
        held = self.permissions
        permissions = tuple(permission for permission in Permission if permission in held)
        return Viewer(is_administrator=self.is_administrator, permissions=permissions)

    @property
    def blocked_reason(self) -> BlockedReason | None:
        """Say what keeps the person from every act, None when nothing does."""
        if self.company.state == CompanyState.SUSPENDED:
            lost = self.company.administrator_id is None
            return BlockedReason.NO_ADMINISTRATOR if lost else BlockedReason.COMPANY_SUSPENDED
        return BlockedReason.PERSON_BLOCKED if self.employee.state == EmployeeState.BLOCKED else None

    def require(self, permission: Permission) -> None:
        """Raise ProblemError ``permission_missing`` for who lacks a permission."""
        if permission not in self.permissions:
            raise ProblemError(ProblemCode.PERMISSION_MISSING, permission=permission.value)

    def require_unblocked(self) -> None:
        """Raise ProblemError ``company_blocked`` with the reason while the person is blocked."""
        if self.blocked_reason is not None:
            raise ProblemError(ProblemCode.COMPANY_BLOCKED, reason=self.blocked_reason.value)


@dataclass(frozen=True, slots=True)
class Responsible:
    """The company of a person who acts for it with staff, and the change of its administrator that is under way."""

    company: Company
    change: ChangeRecord | None


def responsible(session: Session, user_id: str, *, lock: bool = False) -> Responsible:
    """Give the company of its administrator.

    In a company that lost its administrator the person who asked for a new one and the candidate act instead.

    Raises:
        ProblemError: ``no_company``, ``not_administrator`` (R4).
    """
    person = place_of(session, user_id, lock=lock)
    if person is None:
        raise ProblemError(ProblemCode.NO_COMPANY)
    change = administrators.open_change(session, person.company.id)
    orphaned = person.company.administrator_id is None and change is not None
    named = change is not None and (change.requested_by == user_id or change.candidate_id == person.employee.id)
    stands_in = orphaned and named and person.employee.state == EmployeeState.ACTIVE
    if not (person.is_administrator or stands_in):
        raise ProblemError(ProblemCode.NOT_ADMINISTRATOR)
    return Responsible(person.company, change)


def place_of(session: Session, user_id: str, *, lock: bool = False) -> Acting | None:
    """Give a person in their company, None for someone without one. Asks for nothing else.

    With ``lock`` the company's row is locked, and with it everything about its people.
    """
    if not lock:
        return once(session, "place", user_id, lambda: _place(session, user_id))
    employee = employees.employee_of_user(session, user_id)
    if employee is None:
        return None
    company = repository.locked(session, employee.company_id)
    employee = employees.employee_of_user(session, user_id, fresh=True)
    if company is None or employee is None:
        return None
    return Acting(company, employee)


def _place(session: Session, user_id: str) -> Acting | None:
    found = repository.place_of(session, user_id)
    return Acting(*found) if found else None


def acting(session: Session, user_id: str, *, permission: Permission | None = None, lock: bool = False) -> Acting:
    """Give a person who wants to act in their company.

    Raises:
        ProblemError: ``no_company``; ``company_blocked`` with ``reason`` (R5); ``permission_missing``.
    """
    person = place_of(session, user_id, lock=lock)
    if person is None:
        raise ProblemError(ProblemCode.NO_COMPANY)
    person.require_unblocked()
    if permission is not None:
        person.require(permission)
    return person
