# SPDX-License-Identifier: AGPL-3.0-or-later
"""A company's people as the caller sees them: in a list and as a tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from reviewer_app.backend.companies.service import Acting
from reviewer_app.backend.employees import rules
from reviewer_app.backend.employees.repository import Outline
from reviewer_app.backend.employees.service import EmployeeRecord, full_name, granted
from reviewer_app.contract.customer_overview import PeopleInNumbers
from reviewer_app.contract.customer_team import Employee, EmployeeState, Hierarchy, HierarchyNode, PersonBrief
from reviewer_app.contract.permissions import Permission


def shown_employee(actor: Acting, employee: EmployeeRecord, invitation_expires_at: datetime | None) -> Employee:
    """Show a person, with what the caller may do with them."""
    administrator = rules.is_administrator(actor, employee)
    return Employee(
        id=employee.id,
        first_name=employee.first_name,
        last_name=employee.last_name,
        email=employee.email,
        phone=employee.phone,
        position=employee.position,
        state=EmployeeState(employee.state),
        is_administrator=administrator,
        permissions=_ordered(frozenset(Permission) if administrator else granted(employee)),
        superior_id=employee.superior_id,
        version=employee.version,
        invited_at=employee.invited_at,
        invitation_expires_at=invitation_expires_at,
        joined_at=employee.joined_at,
        may_change=rules.may_change(actor, employee),
        may_grant=_ordered(rules.may_grant(actor, employee)),
    )


def in_numbers(
    actor: Acting, people: Sequence[Outline], expiries: Mapping[str, datetime], now: datetime
) -> PeopleInNumbers:
    """Count the people of a company; ``expiries`` say until when an invitation works, by its employee."""
    invited = [person for person in people if person.state == EmployeeState.INVITED]
    expired = [person for person in invited if person.id in expiries and expiries[person.id] <= now]
    idle = [
        person
        for person in people
        if person.state == EmployeeState.ACTIVE
        and not person.permissions
        and person.user_id != actor.company.administrator_id
    ]
    return PeopleInNumbers(total=len(people), waiting=len(invited) - len(expired), expired=len(expired), idle=len(idle))


def hierarchy(actor: Acting, people: Sequence[EmployeeRecord]) -> Hierarchy:
    """Draw the tree of superiors; ``people`` come in the order in which they are shown."""
    below: defaultdict[str | None, list[EmployeeRecord]] = defaultdict(list)
    for person in people:
        below[person.superior_id].append(person)

    def node(person: EmployeeRecord) -> HierarchyNode:
        return HierarchyNode(
            id=person.id,
            name=full_name(person),
            email=person.email,
            position=person.position,
            state=EmployeeState(person.state),
            is_administrator=rules.is_administrator(actor, person),
            children=tuple(node(one) for one in below[person.id]),
        )

    return Hierarchy(roots=tuple(node(person) for person in below[None]), viewer=actor.viewer)


def in_brief(employee: EmployeeRecord) -> PersonBrief:
    """Show a person as one among others."""
    return PersonBrief(id=employee.id, name=full_name(employee), email=employee.email, position=employee.position)


def _ordered(permissions: frozenset[Permission]) -> tuple[Permission, ...]:
    return tuple(permission for permission in Permission if permission in permissions)
