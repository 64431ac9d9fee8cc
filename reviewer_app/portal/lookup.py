# SPDX-License-Identifier: AGPL-3.0-or-later
"""Filling in the form of a new company from the registers (S8). What the customer typed is never overwritten unasked.

What was found travels in the form itself (``found.<field>`` and ``source.<field>``), so that each page that shows the
form again knows where a value came from, with and without scripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.messages import Address, rfc3339
from reviewer_app.contract.registers import REGISTER_NAMES, AskedRegister, CompanyLookup, LookupOffer, Register
from reviewer_app.contract.text import Text
from reviewer_app.portal.api import ApiProblem, ApiUnreachable, CustomerApi
from reviewer_app.portal.forms import FormState, attempt, new_key, read_values, shown_again
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.visits import Visit

_FETCH, _TAKE = "/company/new/lookup", "/company/new/take"
_FOUND, _SOURCE = "found.", "source."
_SEAT = "seat."
SEAT_PARTS = ("street", "building", "unit", "postal_code", "city")
_FIELDS = ("name", "legal_form", "regon", "krs", *(f"{_SEAT}{part}" for part in SEAT_PARTS))


class Found(NamedTuple):
    """What a register says about a field: the value, which register, when it was asked."""

    value: str
    register: Text
    asked_at: datetime


class FoundSeat(NamedTuple):
    """The seat in a register, in one line, and whether it is the one in the form."""

    value: str
    register: Text
    asked_at: datetime
    same: bool


class LookupPages:
    """Fetching a company's data by its NIP."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route(_FETCH, self.fetch, methods=["POST"]),
            Route(_TAKE, self.take, methods=["POST"]),
            *(Route(path, self.begin, methods=["GET"]) for path in (_FETCH, _TAKE)),
        ]

    async def begin(self, _request: Request) -> Response:
        """An address of an act, opened like a page: lead to the form."""
        return self._pages.redirect("/company/new")

    async def fetch(self, request: Request) -> Response:
        """Ask the registers and show the form: empty fields are filled in, typed ones keep what was typed."""
        visit, values = Visit.of(request), await read_values(request)
        body = {name: values[name].strip() for name in ("nip", "krs") if values.get(name, "").strip() or name == "nip"}
        answers: list[CompanyLookup] = []

        async def act() -> None:
            answers.append(
                await self._api.post(visit.caller, "company/lookup", CompanyLookup, body=body, key=new_key())
            )

        refused = await attempt(visit, values, act)
        if refused:
            return self._shown(visit, replace(refused, key=values.get("request_key") or refused.key))
        lookup = answers[0]
        form = FormState(values=_filled(values, lookup), key=values.get("request_key") or new_key())
        return self._shown(visit, form, lookup)

    async def take(self, request: Request) -> Response:
        """Take over what a register says about one field, or about the seat as a whole."""
        visit, values = Visit.of(request), await read_values(request)
        if "refused" in values:
            return self._shown(visit, shown_again(visit, values))
        chosen = values.pop("take", "")
        if visit.accepts(values.get("form_token", "")):
            fields = [field for field in _FIELDS if field == chosen or (chosen == "seat" and field.startswith(_SEAT))]
            values |= {field: values.get(f"{_FOUND}{field}", "") for field in fields}
        return self._shown(visit, FormState(values=values, key=values.get("request_key") or new_key()))

    def _shown(self, visit: Visit, form: FormState, lookup: CompanyLookup | None = None) -> Response:
        if visit.session is None:
            return self._pages.to_sign_in(visit, "/company/new")
        shown = replace(form, again=_TAKE)
        return self._pages.render(
            visit,
            "company_form.html",
            form=shown,
            company=None,
            theirs={},
            offered=True,
            lookup=lookup,
            **sources(form),
        )


async def offered(api: CustomerApi, visit: Visit) -> bool:
    """Say whether data can be fetched here. When the API does not say, the form is shown without it."""
    try:
        return bool((await api.get(visit.caller, "company/lookup", LookupOffer)).registers)
    except (ApiProblem, ApiUnreachable):
        return False


def sources(form: FormState) -> dict[str, Any]:
    """Give what the form's page says about the registers: ``found`` by field, ``found_seat``, ``kept`` hidden fields."""
    values = form.values
    found = dict(_found(values))
    return {
        "found": found,
        "found_seat": _seat(values, found),
        "kept": {name: value for name, value in values.items() if name.startswith((_FOUND, _SOURCE))},
    }


def _seat(values: Mapping[str, str], found: Mapping[str, Found]) -> FoundSeat | None:
    parts = {part: found[f"{_SEAT}{part}"] for part in SEAT_PARTS if f"{_SEAT}{part}" in found}
    if not parts:
        return None
    line = Address(**{part: parts[part].value if part in parts else "" for part in SEAT_PARTS}).one_line()
    same = all(values.get(f"{_SEAT}{part}", "").strip() == one.value for part, one in parts.items())
    some = next(iter(parts.values()))
    return FoundSeat(line, some.register, some.asked_at, same)


def _filled(values: Mapping[str, str], lookup: CompanyLookup) -> dict[str, str]:
    kept = {name: value for name, value in values.items() if not name.startswith((_FOUND, _SOURCE))}
    asked = {one.register_name: one for one in lookup.asked}
    given = {one.field: one for one in lookup.values if one.field in _FIELDS}
    seat_typed = any(kept.get(f"{_SEAT}{part}", "").strip() for part in SEAT_PARTS)
    for field, one in given.items():
        kept |= {f"{_FOUND}{field}": one.value, f"{_SOURCE}{field}": _written(asked[one.register_name])}
        typed = seat_typed if field.startswith(_SEAT) else bool(kept.get(field, "").strip())
        if not typed:
            kept[field] = one.value
    return kept


def _written(asked: AskedRegister) -> str:
    return f"{asked.register_name.value} {rfc3339(asked.asked_at)}"


def _found(values: Mapping[str, str]) -> Iterator[tuple[str, Found]]:
    for field in _FIELDS:
        register, _, moment = values.get(f"{_SOURCE}{field}", "").partition(" ")
        try:
            asked_at = datetime.fromisoformat(moment)
            yield field, Found(values.get(f"{_FOUND}{field}", ""), REGISTER_NAMES[Register(register)], asked_at)
        except ValueError:
            continue
