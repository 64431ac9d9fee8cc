# SPDX-License-Identifier: AGPL-3.0-or-later
"""Change of the company's administrator (R3–R6): who, the authorization, the submission."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from urllib.parse import quote

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer_administrators import OPEN_CHANGE_STATES
from reviewer_app.contract.customer_overview import AdministratorOverview
from reviewer_app.contract.customer_team import PeopleInBrief
from reviewer_app.contract.states import DocumentKind
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import UPLOAD_BYTES, FormState, attempt, new_key, read_form, read_values, text_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.team import searching
from reviewer_app.portal.texts import CHOOSE_FILE
from reviewer_app.portal.visits import Flash, Visit

PAGE = "/company/administrator"
_CHANGES = "company/administrator-changes"


class AdministratorPages:
    """How the company's one administrator is replaced."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route(PAGE, self.show, methods=["GET"]),
            Route(PAGE, self.request_change, methods=["POST"]),
            Route(f"{PAGE}/submission", self.submit, methods=["POST"]),
            Route(f"{PAGE}/departure", self.leave, methods=["POST"]),
            Route(f"{PAGE}/document", self.upload, methods=["POST"]),
            Route(PAGE + "/{id}/withdrawal", self.withdraw, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """The rules, the change under way and those before it."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, PAGE)
        return await self._page(visit, None)

    async def request_change(self, request: Request) -> Response:
        """Name the new administrator: from the list, or by e-mail."""
        visit, values = Visit.of(request), await read_values(request)
        names = ("employee_id",) if values.get("employee_id") else ("email", "first_name", "last_name")
        body = {name: values.get(name, "").strip() for name in names}
        return await self._act(
            visit,
            values,
            "change_requested",
            lambda: self._api.send(visit.caller, "POST", _CHANGES, body=body, key=values.get("request_key")),
        )

    async def submit(self, request: Request) -> Response:
        """Hand the change with its authorization to staff."""
        visit, values = Visit.of(request), await read_values(request)
        return await self._act(
            visit,
            values,
            "submitted",
            lambda: self._api.send(visit.caller, "POST", "company/submission", body={}, key=values.get("request_key")),
        )

    async def upload(self, request: Request) -> Response:
        """Upload the signed authorization for the new administrator."""
        visit = Visit.of(request)
        async with read_form(request, UPLOAD_BYTES) as form:
            values, file = text_values(form), form.get("file")
            if not isinstance(file, UploadFile) or not file.filename:
                message = CHOOSE_FILE.in_language(visit.language)
                return await self._page(visit, FormState(errors={"file": message}, message=message, status=422))
            part = (file.filename, file.file, file.content_type or "application/octet-stream")
            refused = await attempt(
                visit,
                values,
                lambda: self._api.upload(
                    visit.caller,
                    fields={"kind": DocumentKind.AUTHORIZATION},
                    file=part,
                    key=values.get("request_key") or new_key(),
                ),
            )
        return await self._page(visit, refused) if refused else self._pages.redirect(PAGE, Flash("uploaded"))

    async def leave(self, request: Request) -> Response:
        """R5: leave the company without an administrator, which blocks it at once."""
        visit, values = Visit.of(request), await read_values(request)
        body = {"blocks_company": "blocks_company" in values}
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", "company/departure", body=body, key=values.get("request_key")),
        )
        return await self._page(visit, refused) if refused else self._pages.redirect("/home", Flash("left_company"))

    async def withdraw(self, request: Request) -> Response:
        """Take the change back; the present administrator stays."""
        visit, values = Visit.of(request), await read_values(request)
        path = f"{_CHANGES}/{quote(request.path_params['id'], safe='')}"
        return await self._act(
            visit,
            values,
            "change_withdrawn",
            lambda: self._api.send(visit.caller, "DELETE", path, key=values.get("request_key")),
        )

    async def _act(
        self, visit: Visit, values: Mapping[str, str], done: str, act: Callable[[], Awaitable[object]]
    ) -> Response:
        refused = await attempt(visit, values, act)
        return await self._page(visit, refused) if refused else self._pages.redirect(PAGE, Flash(done))

    async def _page(self, visit: Visit, form: FormState | None) -> Response:
        path = searching("company/administrator", form, "employee_id")
        found = await self._api.get(visit.caller, path, AdministratorOverview)
        changes = found.changes
        present = next((item for item in changes.items if item.state in OPEN_CHANGE_STATES), None)
        return self._pages.render(
            visit,
            "administrator.html",
            form=form,
            viewer=found.me,
            me=found.me,
            changes=changes,
            present=present,
            earlier=[item for item in changes.items if item is not present],
            people=found.people or PeopleInBrief(items=(), total=0),
            sheets=[
                sheet
                for sheet in (found.sheets.items if found.sheets else ())
                if present and sheet.uploaded_at >= present.requested_at
            ],
        )
