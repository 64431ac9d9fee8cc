# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of companies: who belongs to which, and with which permissions. What other features need of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from reviewer_app.backend.employees import repository
from reviewer_app.backend.employees.repository import PRESENT
from reviewer_app.backend.employees.tables import REMOVED, EmployeeRecord, Invitation
from reviewer_app.backend.kit.contacts import folded_email
from reviewer_app.backend.kit.folding import fold, polish_sort_key
from reviewer_app.contract.customer import CustomerUser
from reviewer_app.contract.customer_team import EmployeeState
from reviewer_app.contract.permissions import Permission

__all__ = [
    "PRESENT",
    "EmployeeRecord",
    "Invitation",
    "add_founder",
    "employee_by_email",
    "employee_of",
    "employee_of_user",
    "end_all",
    "everybody",
    "follow",
    "full_name",
    "granted",
    "remove",
    "set_granted",
    "set_person",
]

_FOUND_BY_LIMIT = 1000


def add_founder(session: Session, company_id: str, user: CustomerUser, *, now: datetime) -> None:
    """Enter the person who added the company, who is its administrator."""
    founder = EmployeeRecord(
        company_id=company_id,
        user_id=user.id,
        state=EmployeeState.ACTIVE.value,
        language=user.language.value,
        permissions="",
        version=1,
        created_at=now,
        joined_at=now,
    )
    follow_into(founder, user)
    session.add(founder)
    session.flush()


def employee_of_user(session: Session, user_id: str, *, fresh: bool = False) -> EmployeeRecord | None:
    """Give a user's place in a company, None without one; ``fresh`` reads it anew, as it is behind the company's lock."""
    return repository.of_user(session, user_id, fresh=fresh)


def employee_of(session: Session, company_id: str, employee_id: str) -> EmployeeRecord | None:
    """Give a person of a company by the entry's id."""
    return repository.of_company(session, company_id, employee_id)


def employee_by_email(session: Session, company_id: str, email: str) -> EmployeeRecord | None:
    """Give a person of a company by e-mail address."""
    return repository.by_email(session, company_id, folded_email(email))


def everybody(session: Session, company_id: str) -> list[EmployeeRecord]:
    """Give all people of a company, by last name."""
    return list(repository.everybody(session, company_id))


def follow(session: Session, user: CustomerUser) -> None:
    """Follow a change of a person's own data into their company's list."""
    employee = repository.of_user(session, user.id)
    if employee is not None:
        follow_into(employee, user)
        employee.version += 1


def follow_into(employee: EmployeeRecord, user: CustomerUser) -> None:
    """Write a person's own data into their entry."""
    set_person(
        employee,
        first_name=user.first_name,
        last_name=user.last_name,
        email=user.email,
        phone=user.phone,
        position=user.position,
    )


def set_person(
    employee: EmployeeRecord, *, first_name: str, last_name: str, email: str, phone: str, position: str
) -> None:
    """Write who a person is, with the keys by which the list is sorted and searched."""
    employee.first_name, employee.last_name = first_name, last_name
    employee.email, employee.email_folded = email, folded_email(email)
    employee.phone, employee.position = phone, position
    employee.name_key = polish_sort_key(f"{last_name} {first_name}")
    employee.found_by = fold(f"{first_name} {last_name} {first_name} {email} {position}")[:_FOUND_BY_LIMIT]


def remove(session: Session, employee: EmployeeRecord, *, now: datetime) -> None:
    """Take a person out of the list; an invitation on its way ends."""
    employee.state = REMOVED
    employee.superior_id = None
    employee.version += 1
    repository.end_invitations(session, employee.id, now)


def end_all(session: Session, company_id: str) -> None:
    """Take everybody out of a company whose account was cleared."""
    repository.remove_all(session, company_id)


def full_name(employee: EmployeeRecord) -> str:
    """Write a person's name."""
    return f"{employee.first_name} {employee.last_name}"


def granted(employee: EmployeeRecord) -> frozenset[Permission]:
    """Give the permissions on a person's entry."""
    return frozenset(Permission(code) for code in employee.permissions.split())


def set_granted(employee: EmployeeRecord, permissions: Iterable[Permission]) -> None:
    """Write the permissions on a person's entry."""
    employee.permissions = codes(permissions)


def codes(permissions: Iterable[Permission]) -> str:
    """Write permissions in the order of the table."""
    given = set(permissions)
    return " ".join(permission.value for permission in Permission if permission in given)
