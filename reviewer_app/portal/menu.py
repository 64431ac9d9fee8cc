# SPDX-License-Identifier: AGPL-3.0-or-later
"""The company's administration menu (S19) and the areas that permissions open (S24)."""

from __future__ import annotations

import asyncio
from datetime import datetime
from typing import NamedTuple, TypeVar

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer import CustomerCompany, Me
from reviewer_app.contract.customer_addresses import BookAddresses
from reviewer_app.contract.customer_administrators import OPEN_CHANGE_STATES, AdministratorChange, AdministratorChanges
from reviewer_app.contract.customer_team import Area, Employees, EmployeeState
from reviewer_app.contract.messages import Message
from reviewer_app.contract.permissions import AREA_PERMISSIONS
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState
from reviewer_app.portal.api import ApiProblem, Caller, CustomerApi
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.road import WAITING_FOR_CUSTOMER, wanted
from reviewer_app.portal.visits import Visit

Answer = TypeVar("Answer", bound=Message)

_SESSION_CODES = frozenset({ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED})


class Attention(NamedTuple):
    """Something to look at: what it is, where, and how many."""

    what: str
    path: str
    number: int = 0


class Parts(NamedTuple):
    """The parts of the company that the caller may read; None for those that the API keeps from them."""

    company: CustomerCompany | None
    employees: Employees | None
    addresses: BookAddresses | None
    changes: AdministratorChanges | None

    @property
    def open_change(self) -> AdministratorChange | None:
        """The change of the administrator that is not over."""
        items = self.changes.items if self.changes else ()
        return next((item for item in items if item.state in OPEN_CHANGE_STATES), None)


class MenuPages:
    """Where everything of a company is found."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [Route("/company/menu", self.menu), Route("/areas/{name}", self.area)]

    async def menu(self, request: Request) -> Response:
        """S19: every part of the company, first what needs attention."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/company/menu")
        me = await self._api.get(visit.caller, "me", Me)
        if me.company is None:
            return self._pages.redirect("/home")
        parts = await self._parts(visit.caller)
        return self._pages.render(
            visit,
            "menu.html",
            me=me,
            parts=parts,
            attention=attention(parts, self._pages.now()),
            areas=AREA_PERMISSIONS,
        )

    async def area(self, request: Request) -> Response:
        """S24: one area, open to holders of its permission only; the API decides."""
        visit, name = Visit.of(request), request.path_params["name"]
        if name not in AREA_PERMISSIONS:
            raise HTTPException(404)
        if visit.session is None:
            return self._pages.to_sign_in(visit, visit.path)
        me = await self._api.get(visit.caller, "me", Me)
        try:
            area = await self._api.get(visit.caller, f"areas/{name}", Area)
        except ApiProblem as error:
            if error.problem.code != ProblemCode.PERMISSION_MISSING:
                raise
            return self._pages.render(
                visit, "area_closed.html", status=403, me=me, name=name, permission=AREA_PERMISSIONS[name]
            )
        return self._pages.render(visit, "area.html", me=me, name=name, area=area)

    async def _parts(self, caller: Caller) -> Parts:
        return Parts(
            *await asyncio.gather(
                self._open(caller, "company", CustomerCompany),
                self._open(caller, "company/employees?limit=200", Employees),
                self._open(caller, "company/addresses?limit=200", BookAddresses),
                self._open(caller, "company/administrator-changes", AdministratorChanges),
            )
        )

    async def _open(self, caller: Caller, path: str, answer: type[Answer]) -> Answer | None:
        """Read what the caller may read. What is closed to them is not offered to them either."""
        try:
            return await self._api.get(caller, path, answer)
        except ApiProblem as error:
            if error.problem.code in _SESSION_CODES:
                raise
            return None


def attention(parts: Parts, now: datetime) -> tuple[Attention, ...]:
    """List what needs attention, the company's road first."""
    found = [*_company_attention(parts.company), *_team_attention(parts.employees, now)]
    if parts.addresses is not None:
        doubled = sum(1 for item in parts.addresses.items if item.duplicate_of)
        if not parts.addresses.items:
            found.append(Attention("no_addresses", "/company/addresses"))
        if doubled:
            found.append(Attention("duplicate_addresses", "/company/addresses", doubled))
    change = parts.open_change
    if change is not None:
        found.append(Attention(f"change_{change.state}", "/company/administrator"))
    return tuple(found)


def _company_attention(company: CustomerCompany | None) -> list[Attention]:
    if company is None:
        return []
    missing = wanted(company)
    found = []
    if company.state in WAITING_FOR_CUSTOMER:
        if missing.fields:
            found.append(Attention("missing_data", "/company/edit", len(missing.fields)))
        if missing.registry_kinds:
            found.append(Attention("missing_documents", "/company/documents", len(missing.registry_kinds)))
        if missing.authorization:
            found.append(Attention("missing_authorization", "/company/authorization"))
        if not company.missing:
            found.append(Attention("not_sent", "/company"))
    if company.state is CompanyState.APPROVED:
        found.append(Attention("not_finished", "/company"))
    return found


def _team_attention(employees: Employees | None, now: datetime) -> list[Attention]:
    items = employees.items if employees else ()
    invited = [item for item in items if item.state is EmployeeState.INVITED]
    expired = [item for item in invited if item.invitation_expires_at and item.invitation_expires_at <= now]
    idle = [item for item in items if item.state is EmployeeState.ACTIVE and not item.permissions]
    found = []
    if expired:
        found.append(Attention("expired_invitations", "/company/employees?state=invited", len(expired)))
    if len(invited) > len(expired):
        found.append(Attention("waiting_invitations", "/company/employees?state=invited", len(invited) - len(expired)))
    if idle:
        found.append(Attention("without_permissions", "/company/permissions", len(idle)))
    return found
