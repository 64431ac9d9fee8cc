# SPDX-License-Identifier: AGPL-3.0-or-later
"""The address book of a company (S13): everybody of the company reads it, the administrator and holders of AD write."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy.orm import Session

from reviewer_app.backend.addresses import repository
from reviewer_app.backend.addresses.tables import BookAddressRecord
from reviewer_app.backend.companies.service import Acting, Author, Companies, acting
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import ContactRules
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.folding import fold, polish_sort_key
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, identifier_problem
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.contract.customer_addresses import (
    AddressChange,
    AddressKind,
    AddressRequest,
    BookAddress,
    BookAddresses,
)
from reviewer_app.contract.customer_overview import AddressesInNumbers
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.identifiers import IdentifierError, parse_postal_code
from reviewer_app.contract.messages import Address
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import FieldCode, ProblemCode

_PLACE = ("street", "building", "unit", "postal_code", "city", "country")
_KINDS = list(AddressKind)
_NUMBER = re.compile(r"[0-9]+")
MOST_ADDRESSES = 2000


class AddressBook:
    """Address books. Every act locks the company's row first."""

    def __init__(self, clock: Clock, companies: Companies, contacts: ContactRules) -> None:
        self._clock = clock
        self._companies = companies
        self._contacts = contacts

    def writer(self, session: Session, user_id: str) -> Acting:
        """Give the caller who may write. Raises ``no_company``, ``company_blocked``, ``permission_missing``."""
        return acting(session, user_id, permission=Permission.AD, lock=True)

    def whole(self, session: Session, user_id: str) -> BookAddresses:
        """Give the whole book: by kind, the default first, then by name and city."""
        actor = acting(session, user_id)
        rows = repository.of_company(session, actor.company.id)
        firsts = _first_of_place(rows)
        ordered = sorted(rows, key=_order)
        return BookAddresses(
            items=tuple(_shown(row, firsts) for row in ordered),
            may_change=Permission.AD in actor.permissions,
            viewer=actor.viewer,
        )

    def numbers(self, session: Session, user_id: str) -> AddressesInNumbers:
        """Count the addresses, and those that stand there twice."""
        places = repository.places(session, acting(session, user_id).company.id)
        return AddressesInNumbers(total=len(places), doubled=len(places) - len(set(places)))

    def get(self, session: Session, user_id: str, address_id: str) -> BookAddress:
        """Give one address. Raises ``not_found`` for another company's."""
        actor = acting(session, user_id)
        return self.show(session, _found(session, actor, address_id))

    def show(self, session: Session, row: BookAddressRecord) -> BookAddress:
        """Show an address, with the one that has the same place."""
        session.flush()
        return _shown(row, _first_of_place(repository.of_company(session, row.company_id)))

    def add(self, session: Session, actor: Acting, request: AddressRequest) -> BookAddressRecord:
        """Add an address; the first of its kind is the default. Raises ``validation_failed``."""
        problems = self.problems(request.model_dump())
        if len(repository.of_company(session, actor.company.id)) >= MOST_ADDRESSES:
            problems.append(field_problem("kind", FieldCode.TOO_LONG, limit=MOST_ADDRESSES))
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        values = self._stored(request.model_dump())
        company_id, wanted = actor.company.id, values.pop("is_default")
        first = repository.oldest_of_kind(session, company_id, values["kind"]) is None
        if wanted and not first:
            repository.take_default(session, company_id, values["kind"])
        row = BookAddressRecord(
            id=new_id(),
            company_id=company_id,
            is_default=wanted or first,
            version=1,
            created_at=self._clock.now(),
            place_key=_place_key(values),
            **values,
        )
        session.add(row)
        session.flush()
        self._record(session, actor, HistoryKind.ADDRESS_ADDED, row)
        return row

    def change(
        self, session: Session, user_id: str, address_id: str, change: AddressChange, seen: SeenVersions | None
    ) -> BookAddress:
        """Change an address. A kind that has addresses keeps a default."""
        actor = self.writer(session, user_id)
        row = _found(session, actor, address_id)
        if seen is not None:
            seen.require(row.version)
        before = {name: getattr(row, name) for name in type(change).model_fields}
        given = {name: value for name, value in change.model_dump().items() if value is not None}
        problems = self.problems(before | given)
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        after = self._stored(before | given)
        if after != before:
            self._rewrite(session, row, before, after)
            self._record(session, actor, HistoryKind.ADDRESS_CHANGED, row)
        return self.show(session, row)

    def remove(self, session: Session, user_id: str, address_id: str) -> None:
        """Remove an address; the oldest of its kind takes its place as the default."""
        actor = self.writer(session, user_id)
        row = _found(session, actor, address_id)
        session.delete(row)
        session.flush()
        if row.is_default:
            _ensure_default(session, actor.company.id, row.kind)
        self._record(session, actor, HistoryKind.ADDRESS_REMOVED, row)

    def problems(self, values: dict[str, Any]) -> list[FieldProblem]:
        """Name what is wrong with an address."""
        found: list[FieldProblem] = []
        checks = {"phone": self._contacts.phone}
        if values["country"] == "PL":
            checks["postal_code"] = parse_postal_code
        for field, check in checks.items():
            try:
                if values[field]:
                    check(values[field])
            except IdentifierError as error:
                found.append(identifier_problem(field, error))
        return found

    def _stored(self, values: dict[str, Any]) -> dict[str, Any]:
        stored = {**values, "kind": AddressKind(values["kind"]).value}
        if values["country"] == "PL":
            stored["postal_code"] = parse_postal_code(values["postal_code"])
        stored["phone"] = self._contacts.phone(values["phone"]) if values["phone"] else ""
        return stored

    def _rewrite(self, session: Session, row: BookAddressRecord, before: dict[str, Any], after: dict[str, Any]) -> None:
        moved = after["kind"] != before["kind"]
        alone = repository.oldest_of_kind(session, row.company_id, after["kind"]) is None
        default = alone if moved and not after["is_default"] else after["is_default"]
        row.is_default = False
        session.flush()
        if default:
            repository.take_default(session, row.company_id, after["kind"])
        for name, value in {**after, "is_default": default}.items():
            setattr(row, name, value)
        row.place_key = _place_key(after)
        row.version += 1
        session.flush()
        for kind in {before["kind"], after["kind"]}:
            _ensure_default(session, row.company_id, kind)

    def _record(self, session: Session, actor: Acting, kind: HistoryKind, row: BookAddressRecord) -> None:
        written = f"{row.name}, {_address(row).one_line()}" if row.name else _address(row).one_line()
        author = Author.of_employee(actor.employee)
        self._companies.record(session, actor.company, author, kind, {"address": written})


def _ensure_default(session: Session, company_id: str, kind: str) -> None:
    rows = [row for row in repository.of_company(session, company_id) if row.kind == kind]
    if rows and not any(row.is_default for row in rows):
        rows[0].is_default = True
        rows[0].version += 1
        session.flush()


def _found(session: Session, actor: Acting, address_id: str) -> BookAddressRecord:
    row = repository.by_id(session, actor.company.id, address_id)
    if row is None:
        raise ProblemError(ProblemCode.NOT_FOUND)
    return row


def _order(row: BookAddressRecord) -> tuple[int, bool, str, str]:
    place = f"{row.name or row.city} {row.city} {row.street} {row.building} {row.unit}"
    counted = _NUMBER.sub(lambda number: number[0].zfill(9), place)  # Magazyn 2 stands before Magazyn 10
    return _KINDS.index(AddressKind(row.kind)), not row.is_default, polish_sort_key(counted), row.id


def _address(row: BookAddressRecord) -> Address:
    return Address.model_validate({name: getattr(row, name) for name in _PLACE})


def _place_key(values: dict[str, Any]) -> str:
    """Fold a place so that `ul. Prosta 1` and `Ulica Prosta  1` written with other case are found alike."""
    words = fold(" ".join(str(values[name]) for name in _PLACE)).replace(".", " ").split()
    return " ".join(word for word in words if word not in {"ul", "ulica", "al", "aleja"})


def _first_of_place(rows: Sequence[BookAddressRecord]) -> dict[tuple[str, str], str]:
    firsts: dict[tuple[str, str], str] = {}
    for row in rows:
        firsts.setdefault((row.kind, row.place_key), row.id)
    return firsts


def _shown(row: BookAddressRecord, firsts: dict[tuple[str, str], str]) -> BookAddress:
    first = firsts[row.kind, row.place_key]
    return BookAddress(
        id=row.id,
        kind=AddressKind(row.kind),
        name=row.name,
        street=row.street,
        building=row.building,
        unit=row.unit,
        postal_code=row.postal_code,
        city=row.city,
        country=row.country,
        phone=row.phone,
        is_default=row.is_default,
        version=row.version,
        created_at=row.created_at,
        duplicate_of=first if first != row.id else None,
    )
