# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who may change whose entry, who may grant what, and where a person may stand in the tree. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from reviewer_app.backend.companies.service import Acting
from reviewer_app.backend.employees.service import EmployeeRecord, granted
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import ProblemCode

MOST_LEVELS = 50


def may_change(actor: Acting, employee: EmployeeRecord) -> bool:
    """Say whether an actor may change and remove an entry: not the administrator's, not their own."""
    others = employee.id != actor.employee.id and not is_administrator(actor, employee)
    return others and Permission.US in actor.permissions


def may_grant(actor: Acting, employee: EmployeeRecord) -> frozenset[Permission]:
    """Give the permissions that an actor may give to or take from a person.

    The administrator all of them; who manages accounts only those that they have themselves.
    """
    return actor.permissions if may_change(actor, employee) else frozenset()


def is_administrator(actor: Acting, employee: EmployeeRecord) -> bool:
    """Say whether an entry is that of the company's administrator."""
    return employee.user_id is not None and employee.user_id == actor.company.administrator_id


def require_change(actor: Acting, employee: EmployeeRecord) -> None:
    """Raise ProblemError ``permission_missing`` when an actor may not change an entry."""
    if not may_change(actor, employee):
        raise ProblemError(ProblemCode.PERMISSION_MISSING)


def require_grant(actor: Acting, employee: EmployeeRecord, wanted: frozenset[Permission]) -> None:
    """Raise ProblemError ``grant_not_allowed`` when what would change is not the actor's to give or take."""
    if not may_change(actor, employee):
        raise ProblemError(ProblemCode.GRANT_NOT_ALLOWED, permissions=[])
    refused = (wanted ^ granted(employee)) - may_grant(actor, employee)
    if refused:
        raise ProblemError(ProblemCode.GRANT_NOT_ALLOWED, permissions=sorted(refused))


def check_place(people: Sequence[EmployeeRecord], employee_id: str, superior_id: str) -> None:
    """Refuse a superior below the person themself, or a tree that would be too deep to be read.

    Args:
        people: everybody in the company, read behind its lock.
        employee_id: whose superior it is to be.
        superior_id: the superior wanted.

    Raises:
        ProblemError: ``hierarchy_cycle`` or ``hierarchy_too_deep``.
    """
    superiors = {person.id: person.superior_id for person in people}
    above = _chain(superiors, superior_id)
    if employee_id in above:
        raise ProblemError(ProblemCode.HIERARCHY_CYCLE)
    if len(above) + _height(superiors, employee_id) > MOST_LEVELS:
        raise ProblemError(ProblemCode.HIERARCHY_TOO_DEEP, limit=MOST_LEVELS)


def _chain(superiors: Mapping[str, str | None], first: str) -> list[str]:
    chain: list[str] = []
    found: str | None = first
    while found is not None:
        chain.append(found)
        found = superiors.get(found)
    return chain


def _height(superiors: Mapping[str, str | None], top: str) -> int:
    heights = (_chain(superiors, one) for one in superiors)
    return max((chain.index(top) + 1 for chain in heights if top in chain), default=1)
