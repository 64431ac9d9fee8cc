# SPDX-License-Identifier: AGPL-3.0-or-later
"""The permission table (S17): saved per change with undo, for several people at once, or as a plain form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer_team import Employee, PermissionsChanged
from reviewer_app.contract.permissions import Permission
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.team import read_people
from reviewer_app.portal.texts import CHOOSE_PEOPLE
from reviewer_app.portal.visits import Flash, Visit

TABLE = "/company/permissions"
_CHANGES = "company/employees/permission-changes"
_SELECTION_CHANGED = "selection_changed"


class Changed(NamedTuple):
    """One permission given to or taken from several people: those who did not have it so before."""

    given: bool
    permission: Permission
    employees: tuple[str, ...]

    @property
    def flash(self) -> Flash:
        """How the page after it is told."""
        return Flash(_SELECTION_CHANGED, " ".join(("give" if self.given else "take", self.permission, *self.employees)))

    @classmethod
    def told(cls, flash: Flash | None) -> Changed | None:
        """Read what the page before it told, None when it told something else."""
        if flash is None or flash.code != _SELECTION_CHANGED:
            return None
        match flash.value.split():
            case ["give" | "take" as act, code, *employees] if code in set(Permission):
                return cls(act == "give", Permission(code), tuple(employees))
        return None


class PermissionPages:
    """Who may do what."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route(TABLE, self.table, methods=["GET"]),
            Route(TABLE, self.save, methods=["POST"]),
            Route(f"{TABLE}/change", self.change, methods=["POST"]),
            Route(f"{TABLE}/selection", self.change_selection, methods=["POST"]),
        ]

    async def table(self, request: Request) -> Response:
        """Employees by permissions."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, TABLE)
        return await self._table(visit, None, request.query_params.get("q", ""), request.query_params.get("cursor", ""))

    async def save(self, request: Request) -> Response:
        """Without a script: send what differs from the table as it was shown."""
        visit, values = Visit.of(request), await read_values(request)
        bodies = _differences(values)

        async def act() -> None:
            for body in bodies:
                key = f"{values.get('request_key', '')}-{body['employee_ids']}"
                await self._api.send(visit.caller, "POST", _CHANGES, body=body, key=_short(key))

        refused = await attempt(visit, values, act)
        if refused:
            return await self._table(visit, refused, values.get("q", ""), values.get("cursor", ""))
        return self._pages.redirect(_back(values), Flash("permissions_saved", str(len(bodies))))

    async def change(self, request: Request) -> Response:
        """Give or take one permission of one person; the answer carries the cell and a way to undo."""
        visit, values = Visit.of(request), await read_values(request)
        employee, code = values.get("employee", ""), values.get("permission", "")
        given = values.get("on") == "yes" if "on" in values else f"grant.{employee}.{code}" in values
        body = {"employee_ids": [employee], "grant" if given else "revoke": [code]}
        refused = await attempt(visit, values, lambda: self._api.send(visit.caller, "POST", _CHANGES, body=body))
        if not visit.partial:
            if refused:
                return await self._table(visit, refused, "", "")
            return self._pages.redirect(TABLE, Flash("permissions_saved", "1"))
        person = await self._api.get(visit.caller, f"company/employees/{quote(employee, safe='')}", Employee)
        # htmx leaves the page as it is when an answer is an error, and this one says what went wrong.
        response = self._pages.render(
            visit,
            "permission_saved.html",
            form=refused,
            employee=person,
            permission=code if code in set(Permission) else None,
            given=given,
            swap=refused is not None or "on" in values,
        )
        response.status_code = 200
        return response

    async def change_selection(self, request: Request) -> Response:
        """Give or take one permission of everyone who is ticked: all of it or nothing."""
        visit, values = Visit.of(request), await read_values(request)
        chosen = [name.removeprefix("select.") for name in values if name.startswith("select.")]
        if not chosen:
            message = CHOOSE_PEOPLE.in_language(visit.language)
            form = FormState(values=values, message=message, status=422)
            return await self._table(visit, form, values.get("q", ""), values.get("cursor", ""))
        given, code = values.get("act") != "revoke", values.get("bulk_permission", "")
        body = {"employee_ids": chosen, "grant" if given else "revoke": [code]}
        changed: list[str] = []

        async def act() -> None:
            key = values.get("request_key", "")
            answer = await self._api.post(visit.caller, _CHANGES, PermissionsChanged, body=body, key=key)
            changed.extend(answer.changed)

        refused = await attempt(visit, values, act)
        if refused:
            return await self._table(visit, refused, values.get("q", ""), values.get("cursor", ""))
        return self._pages.redirect(_back(values), Changed(given, Permission(code), tuple(changed)).flash)

    async def _table(self, visit: Visit, form: FormState | None, query: str, cursor: str) -> Response:
        found = await read_people(self._api, visit.caller, {"q": query, "cursor": cursor})
        following = urlencode({"q": query, "cursor": found.next_cursor}) if found.next_cursor else ""
        return self._pages.render(
            visit,
            "permissions.html",
            form=form,
            viewer=found.viewer,
            employees=found.items,
            ticked={person.id: ticked(person, form.values if form else {}) for person in found.items},
            asked={"q": query, "cursor": cursor},
            following=following,
            changed=Changed.told(visit.flash) if form is None else None,
        )


def ticked(person: Employee, values: Mapping[str, str]) -> frozenset[Permission]:
    """Give the permissions that stand ticked: as they are, but for what was changed in a form that was not taken in.

    What somebody else changed meanwhile is shown as it is, so that sending the form does not undo it.
    """
    has, may = frozenset(person.permissions), values.get(f"may.{person.id}", "").split()
    was = values.get(f"was.{person.id}", "").split()
    typed = {code: f"grant.{person.id}.{code}" in values for code in person.may_grant if code in may}
    changed = {code: on for code, on in typed.items() if on != (code in was)}
    return (has | {code for code, on in changed.items() if on}) - {code for code, on in changed.items() if not on}


def _differences(values: Mapping[str, str]) -> list[dict[str, object]]:
    """Give a change per person whose ticks are not as they were shown (``was.ID``, only what may be changed)."""
    bodies: list[dict[str, object]] = []
    for name, shown in values.items():
        if not name.startswith("may."):
            continue
        employee = name.removeprefix("may.")
        may = [code for code in Permission if code in shown.split()]
        was = set(values.get(f"was.{employee}", "").split())
        now = {code for code in may if f"grant.{employee}.{code}" in values}
        grant = [code for code in may if code in now and code not in was]
        revoke = [code for code in may if code in was and code not in now]
        if grant or revoke:
            bodies.append({"employee_ids": [employee], "grant": grant, "revoke": revoke})
    return bodies


def _back(values: Mapping[str, str]) -> str:
    asked = urlencode({name: values[name] for name in ("q", "cursor") if values.get(name)})
    return f"{TABLE}?{asked}" if asked else TABLE


def _short(key: str) -> str:
    return "".join(letter for letter in key if letter.isalnum() or letter in "-_")[:200]
