# SPDX-License-Identifier: AGPL-3.0-or-later
"""People, addresses and changes of the administrator as the customers' API gives them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from reviewer_app.contract.customer import NextStep, Viewer
from reviewer_app.contract.customer_addresses import AddressKind, BookAddress
from reviewer_app.contract.customer_administrators import AdministratorChange, AdministratorChanges, ChangeState
from reviewer_app.contract.customer_overview import AdministratorOverview
from reviewer_app.contract.customer_team import (
    Employee,
    EmployeeEntry,
    Employees,
    EmployeeState,
    HierarchyNode,
    InvitationShown,
    PeopleInBrief,
    PeopleToChoose,
    PermissionsChanged,
    PersonBrief,
)
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Language
from tests.fakes.customer_api import NOW, documents, me


def employee(number: int, first_name: str, last_name: str, *permissions: Permission, **changes: Any) -> Employee:
    """Give an employee whom the caller may change and to whom they may grant everything."""
    values: dict[str, Any] = {
        "id": f"e{number}",
        "first_name": first_name,
        "last_name": last_name,
        "email": f"osoba{number}@firma.test",
        "phone": "+48 600 100 200",
        "position": "Specjalista",
        "state": EmployeeState.ACTIVE,
        "is_administrator": False,
        "permissions": permissions,
        "superior_id": None,
        "version": 2,
        "invited_at": NOW,
        "invitation_expires_at": None,
        "joined_at": NOW,
        "may_change": True,
        "may_grant": tuple(Permission),
        **changes,
    }
    return Employee(**values)


def invited(number: int, first_name: str, last_name: str, **changes: Any) -> Employee:
    """Give an employee whose invitation waits."""
    values: dict[str, Any] = {
        "state": EmployeeState.INVITED,
        "joined_at": None,
        "invitation_expires_at": NOW + timedelta(days=7),
        **changes,
    }
    return employee(number, first_name, last_name, **values)


def administrator() -> Employee:
    """Give the administrator's own entry."""
    every = tuple(Permission)
    return employee(1, "Anna", "Świątek", *every, is_administrator=True, may_change=False, may_grant=())


VIEWER = Viewer(is_administrator=True, permissions=tuple(Permission))
"""The administrator, as pages are drawn for them."""


def employees(*people: Employee, next_cursor: str | None = None) -> Employees:
    """Give a page of the list."""
    return Employees(items=people, next_cursor=next_cursor, viewer=VIEWER)


def brief(*people: Employee) -> tuple[PersonBrief, ...]:
    """Give people to choose from."""
    return tuple(
        PersonBrief(id=one.id, name=f"{one.first_name} {one.last_name}", email=one.email, position=one.position)
        for one in people
    )


def people(*found: Employee, total: int | None = None) -> PeopleToChoose:
    """Give whom a search found."""
    return PeopleToChoose(items=brief(*found), total=len(found) if total is None else total, viewer=VIEWER)


def entry(person: Employee, below: Sequence[Employee], choices: Sequence[Employee]) -> EmployeeEntry:
    """Give everything about one person."""
    return EmployeeEntry(
        employee=person,
        below=PeopleInBrief(items=brief(*below), total=len(below)),
        choices=PeopleInBrief(items=brief(*choices), total=len(choices)),
        viewer=VIEWER,
    )


def permissions_changed(*people: Employee, changed: tuple[str, ...] = ()) -> PermissionsChanged:
    """Give what came of a change of permissions."""
    return PermissionsChanged(items=people, changed=changed, viewer=VIEWER)


def node(person: Employee, *children: HierarchyNode) -> HierarchyNode:
    """Give a person's place in the tree."""
    return HierarchyNode(
        id=person.id,
        name=f"{person.first_name} {person.last_name}",
        email=person.email,
        position=person.position,
        state=person.state,
        is_administrator=person.is_administrator,
        children=children,
    )


def address(number: int, kind: AddressKind = AddressKind.DELIVERY, **changes: Any) -> BookAddress:
    """Give an address of the book."""
    values: dict[str, Any] = {
        "id": f"a{number}",
        "kind": kind,
        "name": "Magazyn",
        "street": "ul. Składowa",
        "building": str(number),
        "unit": "",
        "postal_code": "30-001",
        "city": "Kraków",
        "country": "PL",
        "phone": "",
        "is_default": number == 1,
        "version": 1,
        "created_at": NOW,
        "duplicate_of": None,
        **changes,
    }
    return BookAddress(**values)


def change(state: ChangeState, missing: tuple[str, ...] = (), **changes: Any) -> AdministratorChange:
    """Give a change of the administrator."""
    values: dict[str, Any] = {
        "id": "ch1",
        "state": state,
        "candidate_id": "e2",
        "candidate_name": "Piotr Żuk",
        "candidate_email": "osoba2@firma.test",
        "candidate_joined": "candidate" not in missing,
        "authorization_number": None,
        "missing": missing,
        "requested_at": NOW,
        "submitted_at": None,
        "decided_at": None,
        **changes,
    }
    return AdministratorChange(**values)


def invitation(*, account_exists: bool = False) -> InvitationShown:
    """Give what the link of an invitation shows."""
    return InvitationShown(
        company_name="Testowa Hurtownia IT sp. z o.o.",
        email="osoba2@firma.test",
        first_name="Piotr",
        last_name="Żuk",
        phone="",
        position="Specjalista",
        language=Language.POLISH,
        expires_at=NOW + timedelta(days=7),
        account_exists=account_exists,
        terms_version="1",
    )


def succession(*changes: AdministratorChange, candidates: Sequence[Employee] = ()) -> AdministratorOverview:
    """Give the page of the administrator, with changes of which none is over."""
    return AdministratorOverview(
        me=me(NextStep.NONE, CompanyState.ACTIVE),
        changes=AdministratorChanges(items=changes, may_request=not changes),
        people=people(*candidates),
        sheets=documents(),
    )
