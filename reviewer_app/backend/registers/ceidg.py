# SPDX-License-Identifier: AGPL-3.0-or-later
"""The register of sole traders (CEIDG): entries by NIP, with a bearer token. 204: nothing found.

A NIP may have several entries (closed and opened anew): the active one counts. Owners are not masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reviewer_app.backend.registers import reading
from reviewer_app.backend.registers.addresses import Seat, seat_of
from reviewer_app.backend.registers.exchange import Exchange, Question, failed, joined
from reviewer_app.backend.registers.reading import UnreadableAnswer
from reviewer_app.contract.registers import LookupOutcome, Register

FIRM = "firm"
_PREFIX = "/api/ceidg/v3"


class CeidgStatus(StrEnum):
    """Statuses of an entry, the one that counts first where a NIP has several."""

    ACTIVE = "AKTYWNY"
    ONLY_IN_PARTNERSHIP = "WYLACZNIE_W_FORMIE_SPOLKI"
    AWAITS_START = "OCZEKUJE_NA_ROZPOCZECIE_DZIALANOSCI"
    SUSPENDED = "ZAWIESZONY"
    STRUCK_OFF = "WYKRESLONY"
    UNKNOWN = ""


_ORDER = tuple(CeidgStatus)


@dataclass(frozen=True, slots=True)
class CeidgEntry:
    """What an entry says. ``partnerships`` are NIPs of civil partnerships that the owner is a partner of."""

    nip: str
    name: str
    status: CeidgStatus
    regon: str | None
    seat: Seat | None
    owner_first_name: str
    owner_last_name: str
    started_on: date | None
    partnerships: tuple[str, ...]


def question(base: str, token: str, nip: str) -> Question:
    """Ask for the entries of a NIP."""
    url = joined(base, _PREFIX, f"/firma?nip={nip}")
    return Question(Register.CEIDG, FIRM, nip, url, headers={"Authorization": f"Bearer {token}"})


def outcome(exchange: Exchange) -> LookupOutcome:
    """Say how a look-up ended; whether the entry was struck off is read from the entry."""
    failure = failed(exchange)
    if failure is not None:
        return failure
    if exchange.status in {204, 404}:
        # 404 comes from the register itself, in JSON, or from something in between.
        from_register = exchange.status == 204 and exchange.content is None
        known = from_register or (exchange.status == 404 and isinstance(exchange.content, Mapping))
        return LookupOutcome.NOT_FOUND if known else LookupOutcome.UNREADABLE
    firms = _firms(exchange.content)
    if not firms:
        return LookupOutcome.UNREADABLE
    struck_off = all(firm.get("status") == CeidgStatus.STRUCK_OFF for firm in firms)
    return LookupOutcome.STRUCK_OFF if struck_off else LookupOutcome.FOUND


def request_id(_content: Any) -> str | None:
    """The register gives its answers no number."""
    return None


def entry(content: Any, nip: str) -> CeidgEntry:
    """Read the entry that counts. Raises UnreadableAnswer when there is none, or none of this NIP."""
    own = [firm for firm in _firms(content) if reading.nip(reading.child(firm, "wlasciciel").get("nip")) in {nip, None}]
    if not own:
        raise UnreadableAnswer
    firm = min(own, key=lambda one: _ORDER.index(_status(one)))
    owner, address = reading.child(firm, "wlasciciel"), reading.child(firm, "adresDzialalnosci")
    return CeidgEntry(
        nip=nip,
        name=reading.text(firm.get("nazwa")),
        status=_status(firm),
        regon=reading.regon(owner.get("regon")),
        seat=_seat(address),
        owner_first_name=reading.text(owner.get("imie")),
        owner_last_name=reading.text(owner.get("nazwisko")),
        started_on=reading.day(firm.get("dataRozpoczecia")),
        partnerships=tuple(
            number for one in reading.items(firm.get("spolki")) if (number := reading.nip(one.get("nip"))) is not None
        ),
    )


def _firms(content: Any) -> list[Mapping[str, Any]]:
    found = reading.child(content)
    return [*reading.items(found.get("firma")), *reading.items(found.get("firmy"))]


def _status(firm: Mapping[str, Any]) -> CeidgStatus:
    written = reading.text(firm.get("status"))
    return CeidgStatus(written) if written in set(CeidgStatus) else CeidgStatus.UNKNOWN


def _seat(address: Mapping[str, Any]) -> Seat | None:
    return seat_of(
        street=reading.text(address.get("ulica")),
        building=reading.text(address.get("budynek")),
        unit=reading.text(address.get("lokal")),
        postal_code=reading.text(address.get("kod")),
        city=reading.text(address.get("miasto")),
        country=reading.text(address.get("kraj")),
    )
