# SPDX-License-Identifier: AGPL-3.0-or-later
"""The company's administration menu (S19) and the areas that permissions open (S24)."""

from __future__ import annotations

from typing import NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer import CustomerCompany, Viewer
from reviewer_app.contract.customer_administrators import OPEN_CHANGE_STATES, AdministratorChange
from reviewer_app.contract.customer_overview import CompanyOverview, PeopleInNumbers
from reviewer_app.contract.customer_team import Area
from reviewer_app.contract.permissions import AREA_PERMISSIONS
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState
from reviewer_app.portal.api import ApiProblem, CustomerApi
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.road import WAITING_FOR_CUSTOMER, wanted
from reviewer_app.portal.visits import Visit


class Attention(NamedTuple):
    """Something to look at: what it is, where, and how many."""

    what: str
    path: str
    number: int = 0


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
        parts = await self._api.get(visit.caller, "company/overview", CompanyOverview)
        return self._pages.render(
            visit,
            "menu.html",
            viewer=parts.me,
            me=parts.me,
            parts=parts,
            change=open_change(parts),
            attention=attention(parts),
            areas=AREA_PERMISSIONS,
        )

    async def area(self, request: Request) -> Response:
        """S24: one area, open to holders of its permission only; the API decides."""
        visit, name = Visit.of(request), request.path_params["name"]
        if name not in AREA_PERMISSIONS:
            raise HTTPException(404)
        if visit.session is None:
            return self._pages.to_sign_in(visit, visit.path)
        try:
            area = await self._api.get(visit.caller, f"areas/{name}", Area)
        except ApiProblem as error:
            if error.problem.code != ProblemCode.PERMISSION_MISSING:
                raise
            return self._pages.render(
                visit,
                "area_closed.html",
                status=403,
                viewer=Viewer(is_administrator=False, permissions=()),  # an administrator lacks no permission
                name=name,
                permission=AREA_PERMISSIONS[name],
            )
        return self._pages.render(visit, "area.html", viewer=area.viewer, name=name, area=area)


def open_change(parts: CompanyOverview) -> AdministratorChange | None:
    """Give the change of the administrator that is not over."""
    items = parts.changes.items if parts.changes else ()
    return next((item for item in items if item.state in OPEN_CHANGE_STATES), None)


def attention(parts: CompanyOverview) -> tuple[Attention, ...]:
    """List what needs attention, the company's road first."""
    found = [*_company_attention(parts.company), *_team_attention(parts.people)]
    if parts.addresses is not None:
        if not parts.addresses.total:
            found.append(Attention("no_addresses", "/company/addresses"))
        if parts.addresses.doubled:
            found.append(Attention("duplicate_addresses", "/company/addresses", parts.addresses.doubled))
    change = open_change(parts)
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


def _team_attention(people: PeopleInNumbers | None) -> list[Attention]:
    if people is None:
        return []
    told = (
        Attention("expired_invitations", "/company/employees?state=invited", people.expired),
        Attention("waiting_invitations", "/company/employees?state=invited", people.waiting),
        Attention("without_permissions", "/company/permissions", people.idle),
    )
    return [one for one in told if one.number]
