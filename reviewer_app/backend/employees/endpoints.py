# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about a company's people."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Query
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.employees import service
from reviewer_app.backend.employees.choosing import Choices
from reviewer_app.backend.employees.importing import EmployeeImport
from reviewer_app.backend.employees.management import EmployeeQuery, Team
from reviewer_app.backend.employees.presentation import hierarchy
from reviewer_app.backend.kit.callers import CurrentCustomer
from reviewer_app.backend.kit.choosing import WantedPeople
from reviewer_app.backend.kit.paging import DEFAULT_LIMIT, CursorText, Limit
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.contract.customer_team import (
    CsvRequest,
    Employee,
    EmployeeChange,
    EmployeeEntry,
    EmployeeRequest,
    Employees,
    EmployeeState,
    Hierarchy,
    ImportReport,
    PeopleToChoose,
    PermissionChanges,
    PermissionsChanged,
    PermissionsRequest,
    SuperiorRequest,
)
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import ProblemCode

_MEMBER = problem_responses(
    ProblemCode.UNAUTHENTICATED,
    ProblemCode.SESSION_EXPIRED,
    ProblemCode.NO_COMPANY,
    ProblemCode.COMPANY_BLOCKED,
    ProblemCode.PERMISSION_MISSING,
)
_FOUND = problem_responses(ProblemCode.NOT_FOUND, ProblemCode.NO_COMPANY)
_WRONG = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST)
_STALE = problem_responses(ProblemCode.STALE_VERSION)
_GRANTS = problem_responses(ProblemCode.GRANT_NOT_ALLOWED, ProblemCode.PERMISSION_MISSING, ProblemCode.COMPANY_BLOCKED)
_MOVES = problem_responses(ProblemCode.INVALID_TRANSITION, ProblemCode.CANDIDATE_OF_CHANGE)
_TREE = problem_responses(ProblemCode.HIERARCHY_CYCLE, ProblemCode.HIERARCHY_TOO_DEEP)
_SLOWED = problem_responses(ProblemCode.TOO_MANY_ATTEMPTS)
_Id = Annotated[str, Path(max_length=64, description="Id of the entry in the company's list.")]


async def _query(  # on the loop: a plain function would wait for a thread of its own
    limit: Limit = DEFAULT_LIMIT,
    cursor: CursorText = None,
    q: Annotated[str, Query(max_length=200, description="Parts of name, e-mail or position.")] = "",
    state: EmployeeState | None = None,
    permission: Permission | None = None,
) -> EmployeeQuery:
    return EmployeeQuery(text=q, state=state, permission=permission, cursor=cursor, limit=limit)


class EmployeeEndpoints:
    """Routes of a company's people: for the administrator and the holders of US."""

    def __init__(self, team: Team, imports: EmployeeImport, choices: Choices) -> None:
        self._team = team
        self._imports = imports
        self._choices = choices

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/customer/company", tags=["customer"], responses=_MEMBER)
        router.get("/employees", response_model=Employees, responses=_WRONG)(self.list)
        router.post(
            "/employees", status_code=201, response_model=Employee, responses=_WRONG | _GRANTS | _TREE | _SLOWED
        )(self.invite)
        router.post("/employees/import", response_model=ImportReport, responses=_WRONG | _SLOWED)(self.bring_in)
        router.post(
            "/employees/permission-changes", response_model=PermissionsChanged, responses=_FOUND | _WRONG | _GRANTS
        )(self.change_permissions)
        router.get("/people", response_model=PeopleToChoose, responses=_WRONG)(self.people)
        one = "/employees/{employee_id}"
        router.get(one + "/entry", response_model=EmployeeEntry, responses=_FOUND | _WRONG)(self.entry)
        router.get(one, response_model=Employee, responses=_FOUND)(self.show)
        router.patch(one, response_model=Employee, responses=_FOUND | _WRONG | _STALE | _MOVES)(self.change)
        removal = problem_responses(
            ProblemCode.HAS_SUBORDINATES, ProblemCode.CANDIDATE_OF_CHANGE, ProblemCode.HIERARCHY_CYCLE
        )
        router.delete(one, status_code=204, responses=_FOUND | removal)(self.remove)
        router.put(one + "/permissions", response_model=Employee, responses=_FOUND | _WRONG | _STALE | _GRANTS)(
            self.permissions
        )
        router.put(one + "/superior", response_model=Employee, responses=_FOUND | _WRONG | _STALE | _TREE)(
            self.superior
        )
        router.post(one + "/invitation", status_code=202, response_class=Response, responses=_FOUND | _MOVES | _SLOWED)(
            self.invite_again
        )
        router.delete(one + "/invitation", status_code=204, responses=_FOUND | _MOVES)(self.revoke)
        router.get("/hierarchy", response_model=Hierarchy)(self.hierarchy)
        return router

    def list(self, customer: CurrentCustomer, work: Work, query: Annotated[EmployeeQuery, Depends(_query)]) -> Response:
        """Give a page of the company's people, by last name."""
        return work.read(lambda session: self._team.page(session, customer.user_id, query))

    def people(self, customer: CurrentCustomer, work: Work, wanted: WantedPeople) -> Response:
        """Give people to choose from, in brief."""
        return work.read(lambda session: self._choices.people(session, customer.user_id, wanted))

    def entry(self, employee_id: _Id, customer: CurrentCustomer, work: Work, wanted: WantedPeople) -> Response:
        """Give everything about one person, and who may be their superior."""
        return work.read(lambda session: self._choices.entry(session, customer.user_id, employee_id, wanted))

    def show(self, employee_id: _Id, customer: CurrentCustomer, work: Work) -> Response:
        """Give one person."""
        return work.read(lambda session: _versioned(self._team.get(session, customer.user_id, employee_id)))

    def invite(self, body: EmployeeRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Enter a person and mail them an invitation."""

        def act(session: Session) -> Answer:
            actor = self._team.manager(session, customer.user_id)
            employee = self._team.invite(session, actor, body)
            return _versioned(self._team.show(session, actor, employee), status=201)

        return work.write(act)

    def bring_in(self, body: CsvRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Invite people from a CSV; the report says what became of each line."""
        return work.write(lambda session: self._imports.run(session, customer.user_id, body, work.language))

    def change(self, employee_id: _Id, body: EmployeeChange, customer: CurrentCustomer, work: Work) -> Response:
        """Change an entry, block or unblock a person."""

        def act(session: Session) -> Answer:
            return _versioned(self._team.change(session, customer.user_id, employee_id, body, work.given_version()))

        return work.write(act)

    def remove(
        self,
        employee_id: _Id,
        customer: CurrentCustomer,
        work: Work,
        reassign_to: Annotated[
            str | None, Query(max_length=64, description="Id of the new superior of their people, or `top`.")
        ] = None,
    ) -> Response:
        """Take a person out of the company."""
        return work.write(lambda session: self._team.remove(session, customer.user_id, employee_id, reassign_to))

    def permissions(
        self, employee_id: _Id, body: PermissionsRequest, customer: CurrentCustomer, work: Work
    ) -> Response:
        """Set the permissions of a person."""

        def act(session: Session) -> Answer:
            seen = work.given_version()
            changed = self._team.set_permissions(session, customer.user_id, employee_id, body.permissions, seen)
            return _versioned(changed)

        return work.write(act)

    def change_permissions(self, body: PermissionChanges, customer: CurrentCustomer, work: Work) -> Response:
        """Give and take permissions of several people, all or nothing."""
        return work.write(lambda session: self._team.change_permissions(session, customer.user_id, body))

    def superior(self, employee_id: _Id, body: SuperiorRequest, customer: CurrentCustomer, work: Work) -> Response:
        """Set the superior of a person."""

        def act(session: Session) -> Answer:
            seen = work.given_version()
            changed = self._team.set_superior(session, customer.user_id, employee_id, body.superior_id, seen)
            return _versioned(changed)

        return work.write(act)

    def invite_again(self, employee_id: _Id, customer: CurrentCustomer, work: Work) -> Response:
        """Mail the invitation again; the one before ends."""

        def act(session: Session) -> Answer:
            self._team.invite_again(session, customer.user_id, employee_id)
            return Answer(status=202)

        return work.write(act)

    def revoke(self, employee_id: _Id, customer: CurrentCustomer, work: Work) -> Response:
        """Take an invitation back; the entry goes with it."""
        return work.write(lambda session: self._team.revoke(session, customer.user_id, employee_id))

    def hierarchy(self, customer: CurrentCustomer, work: Work) -> Response:
        """Give the tree of superiors."""

        def act(session: Session) -> Hierarchy:
            actor = self._team.manager(session, customer.user_id, lock=False)
            return hierarchy(actor, service.everybody(session, actor.company.id))

        return work.read(act)


def _versioned(employee: Employee, *, status: int = 200) -> Answer:
    return Answer(employee, status=status, version=employee.version)
