# SPDX-License-Identifier: AGPL-3.0-or-later
"""The list of VAT payers (Ministry of Finance): subjects by NIP, and whether an account is on the list.

An unknown NIP is answered by a subject that is null, or by 404. A limit that is used up (429, WL-191) lasts until midnight
in Warsaw and is never tried again before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from reviewer_app.backend.registers import reading
from reviewer_app.backend.registers.addresses import Seat, seat_of_line
from reviewer_app.backend.registers.exchange import Exchange, Question, failed, joined
from reviewer_app.backend.registers.reading import UnreadableAnswer
from reviewer_app.contract.registers import LookupOutcome, Register

SEARCH, CHECK = "search", "check"
_PREFIX = "/api"


class VatStatus(StrEnum):
    """A subject's status; ``unknown`` is one that the description does not name."""

    ACTIVE = "Czynny"
    EXEMPT = "Zwolniony"
    UNREGISTERED = "Niezarejestrowany"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class VatSubject:
    """What the list says. Accounts have 26 digits; ``has_virtual_accounts``: masks stand for more of them."""

    nip: str
    name: str
    status: VatStatus
    regon: str | None
    krs: str | None
    seat: Seat | None
    address_line: str
    accounts: tuple[str, ...]
    has_virtual_accounts: bool
    removed_on: date | None


def search(base: str, nip: str, day: date) -> Question:
    """Ask for the subject of a NIP on a day, which must not lie in the future."""
    return Question(Register.VAT, SEARCH, nip, joined(base, _PREFIX, f"/search/nip/{nip}?date={day.isoformat()}"))


def check(base: str, nip: str, account: str, day: date) -> Question:
    """Ask whether an account (26 digits) is assigned to a NIP on a day."""
    path = f"/check/nip/{nip}/bank-account/{account}?date={day.isoformat()}"
    return Question(Register.VAT, CHECK, f"{nip}/{account}", joined(base, _PREFIX, path))


def outcome(exchange: Exchange) -> LookupOutcome:
    """Say how a search or a check ended."""
    failure = failed(exchange)
    if failure is not None:
        return failure
    result = reading.child(exchange.content, "result")
    if exchange.status == 404:
        return LookupOutcome.NOT_FOUND if isinstance(exchange.content, Mapping) else LookupOutcome.UNREADABLE
    if "subject" in result:
        return LookupOutcome.NOT_FOUND if result["subject"] is None else LookupOutcome.FOUND
    return LookupOutcome.FOUND if "accountAssigned" in result else LookupOutcome.UNREADABLE


def request_id(content: Any) -> str | None:
    """Give the list's number of the answer; it stands in some error answers as well."""
    return reading.text(reading.child(content, "result").get("requestId")) or None


def subject(content: Any, nip: str) -> VatSubject:
    """Read a subject. Raises UnreadableAnswer when it is none, or another one's."""
    found = reading.child(content, "result", "subject")
    name = reading.text(found.get("name"))
    if not name or reading.nip(found.get("nip")) != nip:
        raise UnreadableAnswer
    line = reading.text(found.get("workingAddress")) or reading.text(found.get("residenceAddress"))
    status = reading.text(found.get("statusVat"))
    numbers = found.get("accountNumbers")
    return VatSubject(
        nip=nip,
        name=name,
        status=VatStatus(status) if status in set(VatStatus) else VatStatus.UNKNOWN,
        regon=reading.regon(found.get("regon")),
        krs=reading.krs(found.get("krs")),
        seat=seat_of_line(line),
        address_line=line,
        accounts=tuple(reading.text(number) for number in numbers) if isinstance(numbers, list) else (),
        has_virtual_accounts=found.get("hasVirtualAccounts") is True,
        removed_on=reading.day(found.get("removalDate")),
    )


def account_assigned(content: Any, _subject: str) -> bool:
    """Read whether the account is on the list. Raises UnreadableAnswer."""
    said = reading.text(reading.child(content, "result").get("accountAssigned"))
    if said not in {"TAK", "NIE"}:
        raise UnreadableAnswer
    return said == "TAK"
