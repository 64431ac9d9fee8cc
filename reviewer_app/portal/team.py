# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the company's employees: list, invitation, one person's entry (S14–S16, S18)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer_team import (
    TOP_OF_HIERARCHY,
    EmployeeEntry,
    Employees,
    EmployeeState,
    PeopleToChoose,
)
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.portal.api import ApiProblem, Caller, CustomerApi
from reviewer_app.portal.forms import SOUGHT, FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.visits import Flash, Visit

LIST = "/company/employees"
PAGE_SIZE = 40
"""People on one page of a list: a page of the permission table stays below 150 KB."""

_ID_LENGTH, _SEARCH_LENGTH = 64, 100
_WRONG_ADDRESS = frozenset({ProblemCode.MALFORMED_REQUEST, ProblemCode.VALIDATION_FAILED})
_DATA = ("first_name", "last_name", "phone", "position")
_ASKED_AT: Mapping[str, str] = {
    ProblemCode.HIERARCHY_CYCLE: "superior_id",
    ProblemCode.HIERARCHY_TOO_DEEP: "superior_id",
    ProblemCode.HAS_SUBORDINATES: "reassign_to",
}
"""The fields at which a refusal of the whole act is said."""


class TeamPages:
    """The people of a company."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route(LIST, self.employees),
            Route(f"{LIST}/new", self.new, methods=["GET"]),
            Route(f"{LIST}/new", self.invite, methods=["POST"]),
            Route(LIST + "/{id}", self.employee, methods=["GET"]),
            Route(LIST + "/{id}", self.change, methods=["POST"]),
            Route(LIST + "/{id}/superior", self.move, methods=["POST"]),
            Route(LIST + "/{id}/invitation", self.resend, methods=["POST"]),
            Route(LIST + "/{id}/revocation", self.revoke, methods=["POST"]),
            Route(LIST + "/{id}/block", self.block, methods=["POST"]),
            Route(LIST + "/{id}/removal", self.remove, methods=["POST"]),
        ]

    async def employees(self, request: Request) -> Response:
        """S14: the list with states, searched by name or e-mail."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, LIST)
        asked = {name: request.query_params.get(name, "") for name in ("q", "state", "cursor")}
        if asked["state"] not in set(EmployeeState):
            asked["state"] = ""
        found = await read_people(self._api, visit.caller, asked)
        following = urlencode({**asked, "cursor": found.next_cursor}) if found.next_cursor else ""
        return self._pages.render(
            visit, "employees.html", viewer=found.viewer, employees=found.items, asked=asked, following=following
        )

    async def new(self, request: Request) -> Response:
        """S15: the empty form."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, f"{LIST}/new")
        return await self._form(visit, None)

    async def invite(self, request: Request) -> Response:
        """S15, S16: put a person on the list and send them an e-mail."""
        visit, values = Visit.of(request), await read_values(request)
        body = {
            **{name: values.get(name, "").strip() for name in (*_DATA, "email")},
            "superior_id": values.get("superior_id") or None,
            "permissions": [code for code in Permission if f"grant.{code}" in values],
            "language": visit.language,
        }
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", "company/employees", body=body, key=values.get("request_key")),
        )
        if refused:
            return await self._form(visit, refused)
        return self._pages.redirect(LIST, Flash("invited", values.get("email", "").strip()))

    async def employee(self, request: Request) -> Response:
        """One person's entry with what may be done about it."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, visit.path)
        return await self._entry(visit, request, None)

    async def change(self, request: Request) -> Response:
        """Change the entry, made on the version that was shown."""
        visit, values = Visit.of(request), await read_values(request)
        body = {name: values[name].strip() for name in _DATA if name in values}
        return await self._act(request, visit, values, "PATCH", "", body=body, done="employee_changed")

    async def move(self, request: Request) -> Response:
        """S18: give the person another superior."""
        visit, values = Visit.of(request), await read_values(request)
        body = {"superior_id": values.get("superior_id") or None}
        return await self._act(request, visit, values, "PUT", "/superior", body=body, done="superior_changed")

    async def resend(self, request: Request) -> Response:
        """S16: send the invitation again."""
        visit, values = Visit.of(request), await read_values(request)
        return await self._act(request, visit, values, "POST", "/invitation", body={}, done="invitation_sent_again")

    async def revoke(self, request: Request) -> Response:
        """Take the invitation back; the entry goes with it."""
        visit, values = Visit.of(request), await read_values(request)
        return await self._act(request, visit, values, "DELETE", "/invitation", done="invitation_revoked", to=LIST)

    async def block(self, request: Request) -> Response:
        """Keep the person from acting, or let them act again."""
        visit, values = Visit.of(request), await read_values(request)
        blocked = values.get("blocked") == "yes"
        done = "employee_blocked" if blocked else "employee_unblocked"
        return await self._act(request, visit, values, "PATCH", "", body={"blocked": blocked}, done=done)

    async def remove(self, request: Request) -> Response:
        """Take the person off the list; a superior's people go where the form says."""
        visit, values = Visit.of(request), await read_values(request)
        target = values.get("reassign_to", "")
        query = f"?{urlencode({'reassign_to': target})}" if target else ""
        return await self._act(request, visit, values, "DELETE", query, done="employee_removed", to=LIST)

    async def _act(
        self,
        request: Request,
        visit: Visit,
        values: Mapping[str, str],
        method: str,
        path: str,
        *,
        done: str,
        body: Mapping[str, object] | None = None,
        to: str | None = None,
    ) -> Response:
        shown = values.get("version", "")
        version = int(shown) if shown.isascii() and shown.isdigit() else None
        entry = f"company/employees/{quote(request.path_params['id'], safe='')}{path}"
        key = values.get("request_key")
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, method, entry, body=body, key=key, version=version),
        )
        if refused is None:
            return self._pages.redirect(to or f"{LIST}/{quote(request.path_params['id'], safe='')}", Flash(done))
        asked = _ASKED_AT.get(refused.code or "")
        if asked:
            refused = refused.with_errors({asked: refused.message or ""}, "", refused.status)
        return await self._entry(visit, request, refused)

    async def _form(self, visit: Visit, form: FormState | None) -> Response:
        path = searching("company/people", form, "superior_id")
        found = await self._api.get(visit.caller, path, PeopleToChoose)
        return self._pages.render(visit, "employee_new.html", form=form, viewer=found.viewer, people=found)

    async def _entry(self, visit: Visit, request: Request, form: FormState | None) -> Response:
        entry = f"company/employees/{quote(request.path_params['id'], safe='')}/entry"
        path = searching(entry, form, "superior_id", "reassign_to")
        found = await self._api.get(visit.caller, path, EmployeeEntry)
        return self._pages.render(
            visit,
            "employee.html",
            form=form,
            viewer=found.viewer,
            employee=found.employee,
            people=found.choices,
            below=found.below,
            entry=f"{LIST}/{quote(found.employee.id, safe='')}",
            removing=visit.path.endswith("/removal"),
            top=TOP_OF_HIERARCHY,
        )


def searching(path: str, form: FormState | None, *names: str) -> str:
    """Have a call give the people whom a form looks for, and those whom its fields of these names have already."""
    values = form.values if form else {}
    sought = values.get(SOUGHT, "").strip()[:_SEARCH_LENGTH]
    asked = [("q", sought)] if sought else []
    asked += [("chosen", values[name]) for name in names if 0 < len(values.get(name, "")) <= _ID_LENGTH]
    return f"{path}?{urlencode(asked)}" if asked else path


async def read_people(api: CustomerApi, caller: Caller, asked: Mapping[str, Any]) -> Employees:
    """Read one page of the company's employees that match what was asked for, the first for an address that was cut."""
    given = {name: value for name, value in asked.items() if value}
    try:
        return await _people(api, caller, given)
    except ApiProblem as error:
        if error.problem.code not in _WRONG_ADDRESS or given.pop("cursor", None) is None:
            raise
        return await _people(api, caller, given)


async def _people(api: CustomerApi, caller: Caller, given: Mapping[str, Any]) -> Employees:
    return await api.get(caller, f"company/employees?{urlencode({**given, 'limit': PAGE_SIZE})}", Employees)
