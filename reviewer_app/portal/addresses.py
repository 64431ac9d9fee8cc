# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of the company's address book (S13)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from reviewer_app.contract.customer import Me, Viewer
from reviewer_app.contract.customer_addresses import AddressKind, BookAddress, BookAddresses
from reviewer_app.portal.api import CustomerApi
from reviewer_app.portal.forms import FormState, attempt, read_values
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.parts import found_by, part_of
from reviewer_app.portal.visits import Flash, Visit

BOOK = "/company/addresses"
PAGE_SIZE = 60
"""Addresses on one page of the book: it stays below 150 KB."""

_ALL = "company/addresses"
_TEXTS = ("kind", "name", "street", "building", "unit", "postal_code", "city", "phone")


class AddressPages:
    """Where the company is delivered to, invoiced and found."""

    def __init__(self, *, api: CustomerApi, pages: Pages) -> None:
        self._api = api
        self._pages = pages

    def routes(self) -> list[Route]:
        """Give the addresses of these pages."""
        return [
            Route(BOOK, self.book),
            Route(f"{BOOK}/new", self.new, methods=["GET"]),
            Route(f"{BOOK}/new", self.add, methods=["POST"]),
            Route(BOOK + "/{id}", self.edit, methods=["GET"]),
            Route(BOOK + "/{id}", self.change, methods=["POST"]),
            Route(BOOK + "/{id}/default", self.make_default, methods=["POST"]),
            Route(BOOK + "/{id}/removal", self.remove, methods=["POST"]),
        ]

    async def book(self, request: Request) -> Response:
        """All addresses by kind."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, BOOK)
        return await self._book(visit, None, request.query_params)

    async def new(self, request: Request) -> Response:
        """The empty form."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, f"{BOOK}/new")
        kind = request.query_params.get("kind", "")
        form = FormState(values={"kind": kind if kind in set(AddressKind) else AddressKind.DELIVERY})
        return await self._form(visit, form, None)

    async def add(self, request: Request) -> Response:
        """Put an address into the book."""
        visit, values = Visit.of(request), await read_values(request)
        refused = await attempt(
            visit,
            values,
            lambda: self._api.send(
                visit.caller, "POST", "company/addresses", body=_body(values), key=values.get("request_key")
            ),
        )
        if refused:
            return await self._form(visit, refused, None)
        return self._pages.redirect(BOOK, Flash("address_added"))

    async def edit(self, request: Request) -> Response:
        """An address as stored, to change."""
        visit = Visit.of(request)
        if visit.session is None:
            return self._pages.to_sign_in(visit, visit.path)
        book = await self._api.get(visit.caller, _ALL, BookAddresses)
        address = next((item for item in book.items if item.id == request.path_params["id"]), None)
        if address is None:
            raise HTTPException(404)
        values = {name: str(getattr(address, name)) for name in (*_TEXTS, "country", "version")}
        form = FormState(values={**values, **({"is_default": "yes"} if address.is_default else {})})
        return self._shown(visit, form, address.id, book.viewer)

    async def change(self, request: Request) -> Response:
        """Send the changed address, made on the version that was shown."""
        visit, values = Visit.of(request), await read_values(request)
        refused = await self._send(visit, request, values, "PATCH", _body(values))
        if refused:
            return await self._form(visit, refused, request.path_params["id"])
        return self._pages.redirect(BOOK, Flash("address_changed"))

    async def make_default(self, request: Request) -> Response:
        """Make an address the default of its kind."""
        visit, values = Visit.of(request), await read_values(request)
        refused = await self._send(visit, request, values, "PATCH", {"is_default": True})
        return await self._book(visit, refused, {}) if refused else self._pages.redirect(BOOK, Flash("address_changed"))

    async def remove(self, request: Request) -> Response:
        """Take an address out of the book."""
        visit, values = Visit.of(request), await read_values(request)
        refused = await self._send(visit, request, values, "DELETE", None)
        return await self._book(visit, refused, {}) if refused else self._pages.redirect(BOOK, Flash("address_removed"))

    async def _send(
        self,
        visit: Visit,
        request: Request,
        values: Mapping[str, str],
        method: str,
        body: Mapping[str, object] | None,
    ) -> FormState | None:
        shown = values.get("version", "")
        version = int(shown) if shown.isascii() and shown.isdigit() else None
        path = f"company/addresses/{quote(request.path_params['id'], safe='')}"
        key = values.get("request_key")
        return await attempt(
            visit,
            values,
            lambda: self._api.send(visit.caller, method, path, body=body, key=key, version=version),
        )

    async def _book(self, visit: Visit, form: FormState | None, asked: Mapping[str, str]) -> Response:
        book = await self._api.get(visit.caller, _ALL, BookAddresses)
        query = asked.get("q", "").strip()
        part = part_of(
            [item for item in book.items if found_by(query, *_words(item))], asked.get("page", ""), PAGE_SIZE
        )
        groups = {kind: [item for item in part.items if item.kind is kind] for kind in AddressKind}
        names = {item.id: item.name or item.city for item in book.items}
        return self._pages.render(
            visit,
            "addresses.html",
            form=form,
            viewer=book.viewer,
            book=book,
            groups=groups,
            names=names,
            query=query,
            part=part,
            long=len(book.items) > PAGE_SIZE,
        )

    async def _form(self, visit: Visit, form: FormState, address_id: str | None) -> Response:
        me = await self._api.get(visit.caller, "me", Me)
        return self._shown(visit, form, address_id, me)

    def _shown(self, visit: Visit, form: FormState, address_id: str | None, viewer: Me | Viewer) -> Response:
        return self._pages.render(visit, "address_form.html", form=form, viewer=viewer, address_id=address_id)


def _words(address: BookAddress) -> tuple[str, ...]:
    return address.name, address.street, address.building, address.postal_code, address.city


def _body(values: Mapping[str, str]) -> dict[str, object]:
    typed: dict[str, object] = {name: values.get(name, "").strip() for name in _TEXTS}
    return {**typed, "country": values.get("country") or "PL", "is_default": "is_default" in values}
