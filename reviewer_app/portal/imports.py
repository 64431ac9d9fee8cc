# SPDX-License-Identifier: AGPL-3.0-or-later
"""Employees and addresses from a CSV, with what became of each line (S13, S14)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.csv_text import decode_csv
from reviewer_app.contract.customer import Me
from reviewer_app.contract.customer_addresses import ADDRESS_COLUMNS
from reviewer_app.contract.customer_team import EMPLOYEE_COLUMNS, ImportReport
from reviewer_app.contract.text import Text
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_form, text_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.texts import CHOOSE_TABLE
from reviewer_app.portal.visits import Visit

_TABLE_BYTES = 2_000_000


class Import(NamedTuple):
    """One kind of table: what it holds, where its list is, its columns and a line to begin with."""

    what: str
    back: str
    columns: Mapping[str, Text]
    example: tuple[str, ...]


EMPLOYEES = Import(
    "employees",
    "/company/employees",
    EMPLOYEE_COLUMNS,
    ("Jan", "Przykład", "jan@firma.test", "600100200", "Zakupy", "", "OR AD"),
)
ADDRESSES = Import(
    "addresses",
    "/company/addresses",
    ADDRESS_COLUMNS,
    ("delivery", "Magazyn", "ul. Prosta", "67", "4", "00-838", "Warszawa", "PL", ""),
)


class ImportPages:
    """Many people or addresses at once."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/company/{what:str}/import", self.form, methods=["GET"]),
            Route("/company/{what:str}/import", self.send, methods=["POST"]),
        ]

    async def form(self, request: Request) -> Response:
        """What the table has to look like, and where it goes."""
        visit, table = Visit.of(request), _table(request)
        if table is None:
            return self._pages.redirect("/company/menu")
        if visit.session is None:
            return self._pages.to_sign_in(visit, visit.path)
        return await self._page(visit, table, None, None)

    async def send(self, request: Request) -> Response:
        """Check the table, or take in each line that is right."""
        visit, table = Visit.of(request), _table(request)
        if table is None:
            return self._pages.redirect("/company/menu")
        async with read_form(request, _TABLE_BYTES) as form:
            values = text_values(form)
            file = form.get("file")
            if isinstance(file, UploadFile) and file.filename:
                values["csv"] = decode_csv(await file.read())
        if not values.get("csv", "").strip() and "refused" not in values:
            message = CHOOSE_TABLE.in_language(visit.language)
            return await self._page(visit, table, FormState(message=message, errors={"csv": message}, status=422), None)
        return await self._taken(visit, table, values)

    async def _taken(self, visit: Visit, table: Import, values: Mapping[str, str]) -> Response:
        check = values.get("act") != "import"
        body = {"csv": values.get("csv", "").replace("\r\n", "\n"), "check_only": check, "language": visit.language}
        reports: list[ImportReport] = []

        async def act() -> None:
            # The first press checks and the second takes in: not the same sending, so not the same key.
            key = f"{values.get('request_key', '')}-{'check' if check else 'import'}"
            reports.append(
                await self._api.post(visit.caller, f"company/{table.what}/import", ImportReport, body=body, key=key)
            )

        refused = await attempt(visit, values, act)
        if refused:
            return await self._page(visit, table, refused, None)
        shown = FormState(values={"csv": values["csv"]} if check else {})
        return await self._page(visit, table, shown, reports[0], checked=check)

    async def _page(
        self, visit: Visit, table: Import, form: FormState | None, report: ImportReport | None, *, checked: bool = True
    ) -> Response:
        me = await self._api.get(visit.caller, "me", Me)
        columns = {code: title.in_language(visit.language) for code, title in table.columns.items()}
        return self._pages.render(
            visit, "import.html", form=form, viewer=me, table=table, columns=columns, report=report, checked=checked
        )


def _table(request: Request) -> Import | None:
    return {"employees": EMPLOYEES, "addresses": ADDRESSES}.get(request.path_params["what"])
