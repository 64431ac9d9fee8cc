# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the company: adding it, its data, its road, submission (S7–S9, S12)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule, LegalForm
from reviewer_app.contract.customer import CustomerCompany
from reviewer_app.contract.customer_overview import CompanyCase
from reviewer_app.contract.identifiers import PARSERS, IdentifierError
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import EDITABLE_STATES, SHEET_FIELDS, CompanyState, DocumentState
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_values
from reviewer_app.portal.lookup import offered, sources
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.road import WAITING_FOR_CUSTOMER, road, wanted
from reviewer_app.portal.texts import IDENTIFIER_OK, POSTAL_CODE_OK
from reviewer_app.portal.visits import Flash, Visit

PLAIN_FIELDS = ("name", "legal_form", "nip", "regon", "krs", "phone", "email", "bank_account")
_ALWAYS = frozenset({"name", "legal_form", "nip"})
SEAT_FIELDS = ("street", "building", "unit", "postal_code", "city", "country")


class SheetChange(NamedTuple):
    """A field of the authorization's sheet whose value is about to change."""

    field: str
    before: str
    after: str


class CompanyPages:
    """What the customer declares, and where the case stands."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route("/company", self.status),
            Route("/company/new", self.new, methods=["GET"]),
            Route("/company/new", self.add, methods=["POST"]),
            Route("/company/edit", self.edit, methods=["GET"]),
            Route("/company/edit", self.change, methods=["POST"]),
            Route("/company/check/{field}", self.check, methods=["POST"]),
            Route("/company/submission", self.submit, methods=["POST"]),
            Route("/company/withdrawal", self.withdraw, methods=["POST"]),
            Route("/company/completion-link", self.send_completion_link, methods=["POST"]),
        ]

    async def new(self, request: Request) -> Response:
        """S7, S8: the empty form."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/company/new")
        can_fetch = await offered(self._api, visit)
        return self._pages.render(visit, "company_form.html", company=None, theirs={}, offered=can_fetch)

    async def add(self, request: Request) -> Response:
        """S8: send the company's data."""
        visit, values = Visit.of(request), await read_values(request)
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(
                visit.caller, "POST", "company", body=_new_company(values), key=values.get("request_key")
            ),
        )
        if refused is None or refused.code == ProblemCode.COMPANY_EXISTS:
            return self._pages.redirect("/company/documents", Flash("company_saved") if refused is None else None)
        shown: dict[str, Any] = {"offered": values.get("lookup") == "yes", **sources(refused)}
        return self._pages.render(visit, "company_form.html", form=refused, company=None, theirs={}, **shown)

    async def edit(self, request: Request) -> Response:
        """S12: the company's data as stored, to change."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/company/edit")
        company = await self._api.get(visit.caller, "company", CustomerCompany)
        if company.state not in EDITABLE_STATES:
            return self._pages.redirect("/company")
        form = FormState(values={**_declared(company), "version": str(company.version)})
        return self._pages.render(visit, "company_form.html", form=form, company=company, theirs={})

    async def change(self, request: Request) -> Response:
        """S12: send the changed data, made on the version that was shown."""
        visit, values = Visit.of(request), await read_values(request)
        shown = values.get("version", "")
        version = int(shown) if shown.isascii() and shown.isdigit() else 0
        if "confirmed" not in values and "refused" not in values:
            company = await self._api.get(visit.caller, "company", CustomerCompany)
            changed = changed_on_sheet(company, values)
            if changed and company.version == version:
                return self._ask(visit, values, company, changed)
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(
                visit.caller,
                "PATCH",
                "company",
                body=_changed_company(values),
                key=values.get("request_key"),
                version=version,
            ),
        )
        if refused is None:
            return self._pages.redirect("/company", Flash("company_changed"))
        if refused.code == ProblemCode.STALE_VERSION:
            return await self._conflict(visit, refused)
        return self._pages.render(visit, "company_form.html", form=refused, company=True, theirs={})

    async def check(self, request: Request) -> Response:
        """Say whether a number being typed can be right; nothing is stored."""
        visit, values = Visit.of(request), await read_values(request)
        field = request.path_params["field"]
        if field not in PARSERS:
            raise HTTPException(404)
        typed = values.get(field, values.get(field.removeprefix("seat."), "")).strip()
        problem, good = None, None
        if typed and visit.accepts(values.get("form_token", "")):
            try:
                PARSERS[field](typed)
                good = POSTAL_CODE_OK if field == "seat.postal_code" else IDENTIFIER_OK
            except IdentifierError as error:
                problem = error.text
        return self._pages.render(visit, "check.html", problem=problem, good=good)

    async def status(self, request: Request) -> Response:
        """S9, S12: the road; while staff wait for a correction, with their reasons."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/company")
        return await self._status(visit, None, seen=request.query_params.get("seen"))

    async def submit(self, request: Request) -> Response:
        """Hand the case to staff."""
        return await self._act(request, "company/submission", "submitted")

    async def withdraw(self, request: Request) -> Response:
        """Take the case back before it is decided."""
        return await self._act(request, "company/withdrawal", "withdrawn")

    async def send_completion_link(self, request: Request) -> Response:
        """S21: have a new finishing link sent; the old one ends."""
        return await self._act(request, "company/completion-link", "completion_link_sent")

    async def _act(self, request: Request, path: str, done: str) -> Response:
        visit, values = Visit.of(request), await read_values(request)
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, "POST", path, body={}, key=values.get("request_key")),
        )
        if refused is None:
            return self._pages.redirect("/company", Flash(done))
        return await self._status(visit, refused)

    async def _status(self, visit: Visit, refused: FormState | None, *, seen: str | None = None) -> Response:
        case = await self._api.get(visit.caller, "company/case", CompanyCase)
        company = case.company
        standing = f"{company.state}-{company.version}"
        if visit.partial and seen == standing:
            # A page that looks whether something changed stays as it is, with what is open on it.
            return Response(status_code=204)
        return self._pages.render(
            visit,
            "road.html",
            form=refused,
            company=company,
            seen=standing,
            steps=road(company, case.documents.items),
            missing=wanted(company),
            editable=company.state in EDITABLE_STATES,
            faulty=[
                item
                for item in case.documents.items
                if company.state in WAITING_FOR_CUSTOMER and item.state is DocumentState.NEEDS_REPLACEMENT
            ],
        )

    def _ask(
        self, visit: Visit, values: Mapping[str, str], company: CustomerCompany, changed: tuple[SheetChange, ...]
    ) -> Response:
        """Say what saving does to the case before it does it."""
        form = FormState(values={name: value for name, value in values.items() if name != "form_token"})
        return self._pages.render(visit, "company_confirm.html", form=form, company=company, changed=changed)

    async def _conflict(self, visit: Visit, refused: FormState) -> Response:
        company = await self._api.get(visit.caller, "company", CustomerCompany)
        stored = _declared(company)
        theirs = {name: value for name, value in stored.items() if value != refused.values.get(name, "").strip()}
        form = FormState(
            values={**refused.values, "version": str(company.version)},
            message=refused.message,
            code=refused.code,
            status=412,
        )
        return self._pages.render(visit, "company_form.html", form=form, company=company, theirs=theirs)


def changed_on_sheet(company: CustomerCompany, values: Mapping[str, str]) -> tuple[SheetChange, ...]:
    """Give the fields whose change outdates a sheet that was made; none when there is no sheet yet."""
    if company.state is CompanyState.COLLECTING or company.authorization_number is None:
        return ()
    stored = _declared(company)
    if _krs_rule(values.get("legal_form", "")) is KrsRule.ABSENT:
        values = {**values, "krs": ""}
    asked = ((name, values[name].strip()) for name in stored if name in values)
    return tuple(
        SheetChange(name, stored[name], typed)
        for name, typed in asked
        if name.partition(".")[0] in SHEET_FIELDS and _canonical(name, typed) != stored[name]
    )


def _canonical(field: str, typed: str) -> str:
    try:
        return PARSERS[field](typed) if field in PARSERS and typed else typed
    except IdentifierError:
        # Refused by the API in any case, which says why.
        return typed


def _krs_rule(legal_form: str) -> KrsRule:
    return LEGAL_FORMS[LegalForm(legal_form)].krs if legal_form in set(LegalForm) else KrsRule.OPTIONAL


def _new_company(values: Mapping[str, str]) -> dict[str, Any]:
    return {name: value for name, value in _body(values).items() if value or name in _ALWAYS}


def _changed_company(values: Mapping[str, str]) -> dict[str, Any]:
    return {name: value if value or name in _ALWAYS else None for name, value in _body(values).items()}


def _body(values: Mapping[str, str]) -> dict[str, Any]:
    body: dict[str, Any] = {name: values.get(name, "").strip() for name in PLAIN_FIELDS}
    if _krs_rule(body["legal_form"]) is KrsRule.ABSENT:
        # The page hides the field for these forms; what was typed before is not sent.
        body["krs"] = ""
    seat = {name: values.get(f"seat.{name}", "").strip() for name in SEAT_FIELDS}
    seat["country"] = seat["country"] or "PL"
    typed = any(value for name, value in seat.items() if name != "country")
    return {**body, "seat": seat if typed else None}


def _declared(company: CustomerCompany) -> dict[str, str]:
    values = {name: str(getattr(company, name) or "") for name in PLAIN_FIELDS}
    if company.seat is not None:
        values |= {f"seat.{name}": getattr(company.seat, name) for name in SEAT_FIELDS}
    return values
