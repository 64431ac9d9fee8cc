# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the administrator and those who manage accounts do with the company's people (S14 to S18)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from reviewer_app.backend.administrators import service as administrators
from reviewer_app.backend.companies.service import Acting, Author, Companies, acting
from reviewer_app.backend.employees import repository, rules, service
from reviewer_app.backend.employees.invitations import Invitations
from reviewer_app.backend.employees.presentation import in_numbers, shown_employee
from reviewer_app.backend.employees.reading import PersonReader
from reviewer_app.backend.employees.service import EmployeeRecord, full_name, granted
from reviewer_app.backend.employees.tables import EmployeeRecord as Row
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.paging import decode_cursor, encode_cursor
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.contract.customer_overview import PeopleInNumbers
from reviewer_app.contract.customer_team import (
    TOP_OF_HIERARCHY,
    Employee,
    EmployeeChange,
    EmployeeRequest,
    Employees,
    EmployeeState,
    PermissionChanges,
    PermissionsChanged,
    Subordinate,
)
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import FieldCode, ProblemCode

_ORDER = "employees"
_NOBODY = "–"


@dataclass(frozen=True, slots=True)
class EmployeeQuery:
    """What is asked of the list."""

    text: str = ""
    state: EmployeeState | None = None
    permission: Permission | None = None
    cursor: str | None = None
    limit: int = 50


class Team:
    """The people of companies. Every act locks the company's row first, so acts on one company never cross."""

    def __init__(self, clock: Clock, companies: Companies, invitations: Invitations, reader: PersonReader) -> None:
        self._clock = clock
        self._companies = companies
        self._invitations = invitations
        self._reader = reader

    def manager(self, session: Session, user_id: str, *, lock: bool = True) -> Acting:
        """Give the caller who may manage people. Raises ``no_company``, ``company_blocked``, ``permission_missing``."""
        return acting(session, user_id, permission=Permission.US, lock=lock)

    def page(self, session: Session, user_id: str, query: EmployeeQuery) -> Employees:
        """Give a page of the list, by last name."""
        actor = self.manager(session, user_id, lock=False)
        after = decode_cursor(_ORDER, query.cursor, 2) if query.cursor else None
        rows = repository.page(
            session,
            actor.company.id,
            conditions=_conditions(actor, query),
            after=(str(after[0]), str(after[1])) if after else None,
            limit=query.limit + 1,
        )
        shown = rows[: query.limit]
        following = encode_cursor(_ORDER, (shown[-1].name_key, shown[-1].id)) if len(rows) > query.limit else None
        items = self._shown(session, actor, shown)
        return Employees(items=items, next_cursor=following, viewer=actor.viewer)

    def numbers(self, session: Session, user_id: str) -> PeopleInNumbers:
        """Count the people, and those who need attention."""
        actor = self.manager(session, user_id, lock=False)
        people = repository.outlines(session, actor.company.id)
        invited = [person.id for person in people if person.state == EmployeeState.INVITED]
        return in_numbers(actor, people, repository.open_invitations(session, invited), self._clock.now())

    def get(self, session: Session, user_id: str, employee_id: str) -> Employee:
        """Give one person. Raises ``not_found`` for who is not of the caller's company."""
        actor = self.manager(session, user_id, lock=False)
        return self.show(session, actor, found(session, actor, employee_id))

    def show(self, session: Session, actor: Acting, employee: EmployeeRecord) -> Employee:
        """Show a person to the caller."""
        session.flush()
        return self._shown(session, actor, [employee])[0]

    def invite(self, session: Session, actor: Acting, request: EmployeeRequest) -> EmployeeRecord:
        """Enter a person and mail the invitation. Raises ``validation_failed`` or ``grant_not_allowed``."""
        problems: list[FieldProblem] = []
        person = self._reader.read(session, actor.company.id, request, problems)
        if request.superior_id and service.employee_of(session, actor.company.id, request.superior_id) is None:
            problems.append(field_problem("superior_id", FieldCode.INVALID))
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        employee = self._reader.entry(actor.company.id, person, now=self._clock.now())
        rules.require_grant(actor, employee, frozenset(request.permissions))
        service.set_granted(employee, request.permissions)
        session.add(employee)
        session.flush()
        if request.superior_id:
            people = service.everybody(session, actor.company.id)
            rules.check_place(people, employee.id, request.superior_id)
            employee.superior_id = request.superior_id
        self._record(session, actor, HistoryKind.EMPLOYEE_INVITED, employee)
        self._invitations.send(session, actor, employee)
        return employee

    def invite_again(self, session: Session, user_id: str, employee_id: str) -> None:
        """Mail a new invitation; the one before ends, the delay between two of them grows."""
        actor, employee = self._changeable(session, user_id, employee_id, None)
        _require_state(employee, EmployeeState.INVITED)
        self._invitations.send(session, actor, employee)
        self._record(session, actor, HistoryKind.INVITATION_SENT_AGAIN, employee)

    def revoke(self, session: Session, user_id: str, employee_id: str) -> None:
        """Take an invitation back; the entry goes with it."""
        actor, employee = self._changeable(session, user_id, employee_id, None)
        _require_state(employee, EmployeeState.INVITED)
        self._remove(session, actor, employee, HistoryKind.INVITATION_REVOKED, reassign_to=TOP_OF_HIERARCHY)

    def change(
        self, session: Session, user_id: str, employee_id: str, change: EmployeeChange, seen: SeenVersions | None
    ) -> Employee:
        """Change an entry. Who has joined changes their name and phone themselves."""
        actor, employee = self._changeable(session, user_id, employee_id, seen)
        fields = self._reader.change(employee, change)
        if fields:
            self._record(session, actor, HistoryKind.EMPLOYEE_CHANGED, employee, fields=",".join(fields))
        if change.blocked is not None:
            fields += self._block(session, actor, employee, blocked=change.blocked)
        employee.version += 1 if fields else 0
        return self.show(session, actor, employee)

    def remove(self, session: Session, user_id: str, employee_id: str, reassign_to: str | None) -> None:
        """Take a person out of the company. Raises ``has_subordinates`` unless it is said where their people go."""
        actor, employee = self._changeable(session, user_id, employee_id, None)
        self._remove(session, actor, employee, HistoryKind.EMPLOYEE_REMOVED, reassign_to=reassign_to)

    def set_permissions(
        self,
        session: Session,
        user_id: str,
        employee_id: str,
        permissions: Iterable[Permission],
        seen: SeenVersions | None,
    ) -> Employee:
        """Set the permissions of a person. Raises ``grant_not_allowed``."""
        actor = self.manager(session, user_id)
        employee = found(session, actor, employee_id)
        _require_version(employee, seen)
        self._grant(session, actor, employee, frozenset(permissions))
        return self.show(session, actor, employee)

    def change_permissions(self, session: Session, user_id: str, changes: PermissionChanges) -> PermissionsChanged:
        """Give and take permissions of several people: all or nothing."""
        actor = self.manager(session, user_id)
        people = [found(session, actor, employee_id) for employee_id in dict.fromkeys(changes.employee_ids)]
        changed = []
        for employee in people:
            wanted = (granted(employee) | set(changes.grant)) - set(changes.revoke)
            if self._grant(session, actor, employee, wanted):
                changed.append(employee.id)
        session.flush()
        items = self._shown(session, actor, people)
        return PermissionsChanged(items=items, changed=tuple(changed), viewer=actor.viewer)

    def set_superior(
        self, session: Session, user_id: str, employee_id: str, superior_id: str | None, seen: SeenVersions | None
    ) -> Employee:
        """Set the superior of a person. Raises ``hierarchy_cycle``, ``hierarchy_too_deep``."""
        actor = self.manager(session, user_id)
        employee = found(session, actor, employee_id)
        _require_version(employee, seen)
        superior = found(session, actor, superior_id) if superior_id else None
        if superior is not None:
            rules.check_place(service.everybody(session, actor.company.id), employee.id, superior.id)
        self._place(session, actor, employee, superior)
        return self.show(session, actor, employee)

    def leave(self, session: Session, person: Acting, *, kind: HistoryKind) -> None:
        """Have a person leave by themself; their people are left without a superior."""
        self._remove(session, person, person.employee, kind, reassign_to=TOP_OF_HIERARCHY)

    def _changeable(
        self, session: Session, user_id: str, employee_id: str, seen: SeenVersions | None
    ) -> tuple[Acting, EmployeeRecord]:
        actor = self.manager(session, user_id)
        employee = found(session, actor, employee_id)
        rules.require_change(actor, employee)
        _require_version(employee, seen)
        return actor, employee

    def _block(self, session: Session, actor: Acting, employee: EmployeeRecord, *, blocked: bool) -> list[str]:
        before, after = EmployeeState.ACTIVE, EmployeeState.BLOCKED
        if not blocked:
            before, after = after, before
        if employee.state == after:
            return []
        _require_state(employee, before)
        if blocked:
            self._not_candidate(session, employee)
        employee.state = after.value
        self._record(
            session, actor, HistoryKind.EMPLOYEE_BLOCKED if blocked else HistoryKind.EMPLOYEE_UNBLOCKED, employee
        )
        return ["state"]

    def _grant(self, session: Session, actor: Acting, employee: EmployeeRecord, wanted: frozenset[Permission]) -> bool:
        """Say whether the permissions are others than before."""
        rules.require_grant(actor, employee, wanted)
        before = employee.permissions
        service.set_granted(employee, wanted)
        if employee.permissions == before:
            return False
        employee.version += 1
        details = {"before": before or _NOBODY, "after": employee.permissions or _NOBODY}
        self._record(session, actor, HistoryKind.PERMISSIONS_CHANGED, employee, **details)
        return True

    def _place(
        self, session: Session, actor: Acting, employee: EmployeeRecord, superior: EmployeeRecord | None
    ) -> None:
        superior_id = superior.id if superior else None
        if employee.superior_id == superior_id:
            return
        employee.superior_id = superior_id
        employee.version += 1
        name = full_name(superior) if superior else _NOBODY
        self._record(session, actor, HistoryKind.SUPERIOR_CHANGED, employee, superior=name)

    def _remove(
        self,
        session: Session,
        actor: Acting,
        employee: EmployeeRecord,
        kind: HistoryKind,
        *,
        reassign_to: str | None,
    ) -> None:
        self._not_candidate(session, employee)
        people = repository.below(session, employee.id)
        if people and reassign_to is None:
            listed = [Subordinate(id=person.id, name=full_name(person)) for person in people]
            raise ProblemError(ProblemCode.HAS_SUBORDINATES, subordinates=listed)
        named = reassign_to not in {None, "", TOP_OF_HIERARCHY}
        superior = found(session, actor, reassign_to or "") if named else None
        for person in people:
            if superior is not None:
                rules.check_place(service.everybody(session, actor.company.id), person.id, superior.id)
            self._place(session, actor, person, superior)
            session.flush()
        service.remove(session, employee, now=self._clock.now())
        self._record(session, actor, kind, employee)

    def _not_candidate(self, session: Session, employee: EmployeeRecord) -> None:
        if administrators.is_candidate(session, employee.company_id, employee.id):
            raise ProblemError(ProblemCode.CANDIDATE_OF_CHANGE)

    def _shown(self, session: Session, actor: Acting, people: Sequence[EmployeeRecord]) -> tuple[Employee, ...]:
        invited = [person.id for person in people if person.state == EmployeeState.INVITED]
        expiries = repository.open_invitations(session, invited)
        return tuple(shown_employee(actor, person, expiries.get(person.id)) for person in people)

    def _record(
        self, session: Session, actor: Acting, kind: HistoryKind, employee: EmployeeRecord, **details: str
    ) -> None:
        author = Author.of_employee(actor.employee)
        self._companies.record(session, actor.company, author, kind, {"person": full_name(employee), **details})


def found(session: Session, actor: Acting, employee_id: str) -> EmployeeRecord:
    """Give a person of the caller's company. Raises ProblemError ``not_found`` for anybody else."""
    employee = service.employee_of(session, actor.company.id, employee_id)
    if employee is None:
        raise ProblemError(ProblemCode.NOT_FOUND)
    return employee


def _require_version(employee: EmployeeRecord, seen: SeenVersions | None) -> None:
    if seen is not None:
        seen.require(employee.version)


def _require_state(employee: EmployeeRecord, state: EmployeeState) -> None:
    if employee.state != state:
        raise ProblemError(ProblemCode.INVALID_TRANSITION, state=employee.state)


def _conditions(actor: Acting, query: EmployeeQuery) -> list[ColumnElement[bool]]:
    conditions = repository.matching(query.text)
    if query.state is not None:
        conditions.append(Row.state == query.state.value)
    if query.permission is not None:
        holds = Row.permissions.contains(query.permission.value)
        conditions.append(holds | (Row.user_id == actor.company.administrator_id))
    return conditions
