# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and answers of a company's address book (S13)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from reviewer_app.contract.customer import Line, RequiredLine, Viewer
from reviewer_app.contract.messages import Message, Request, Utc
from reviewer_app.contract.text import Text

ADDRESS_COLUMNS: dict[str, Text] = {
    "kind": Text("Rodzaj", "Kind"),
    "name": Text("Nazwa", "Name"),
    "street": Text("Ulica", "Street"),
    "building": Text("Numer budynku", "Building number"),
    "unit": Text("Numer lokalu", "Unit number"),
    "postal_code": Text("Kod pocztowy", "Postal code"),
    "city": Text("Miejscowość", "City"),
    "country": Text("Kraj", "Country"),
    "phone": Text("Telefon", "Phone"),
}
"""Columns of a CSV of addresses, by code or by title; name, street, unit, country and phone may be empty or missing.

A kind is written by its code or its title.
"""


class AddressKind(StrEnum):
    """What an address is for."""

    SEAT = "seat"
    DELIVERY = "delivery"
    INVOICE = "invoice"
    BRANCH = "branch"


ADDRESS_KIND_TEXTS: dict[AddressKind, Text] = {
    AddressKind.SEAT: Text("Siedziba", "Seat"),
    AddressKind.DELIVERY: Text("Dostawy", "Delivery"),
    AddressKind.INVOICE: Text("Faktury", "Invoices"),
    AddressKind.BRANCH: Text("Oddział", "Branch"),
}


class BookAddress(Message):
    """An address of the company. ``is_default`` holds for its kind; ``duplicate_of`` names one with the same place."""

    id: str
    kind: AddressKind
    name: str
    street: str
    building: str
    unit: str
    postal_code: str
    city: str
    country: str
    phone: str
    is_default: bool
    version: int
    created_at: Utc
    duplicate_of: str | None


class BookAddresses(Message):
    """The address book, by kind, the default first, then by name and city. ``may_change``: the caller may write in it."""

    items: tuple[BookAddress, ...]
    next_cursor: str | None = None
    may_change: bool
    viewer: Viewer


Country = Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")]


class AddressRequest(Request):
    """A new address. The first of a kind is its default. Poland's postal codes are checked."""

    kind: AddressKind
    name: Line = ""
    street: Line = ""
    building: RequiredLine
    unit: Line = ""
    postal_code: RequiredLine
    city: RequiredLine
    country: Country = "PL"
    phone: Line = ""
    is_default: bool = False


class AddressChange(Request):
    """Changes an address; absent fields stay. ``is_default`` true takes it from the one before."""

    kind: AddressKind | None = None
    name: Line | None = None
    street: Line | None = None
    building: RequiredLine | None = None
    unit: Line | None = None
    postal_code: RequiredLine | None = None
    city: RequiredLine | None = None
    country: Country | None = None
    phone: Line | None = None
    is_default: bool | None = None
