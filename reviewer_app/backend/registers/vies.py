# SPDX-License-Identifier: AGPL-3.0-or-later
"""VIES (European Commission): whether a number is valid for trade within the EU. Unavailable is not invalid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reviewer_app.backend.registers import reading
from reviewer_app.backend.registers.exchange import Exchange, Question, failed, joined
from reviewer_app.backend.registers.reading import UnreadableAnswer
from reviewer_app.contract.registers import LookupOutcome, Register

NUMBER = "number"
_PREFIX = "/taxation_customs/vies/rest-api"
_BUSY = ("MAX_CONCURRENT", "GLOBAL_MAX")
_WRONG = frozenset(["INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED"])
_ANSWERED = frozenset(["", "VALID", "INVALID"])
_WITHHELD = "---"


@dataclass(frozen=True, slots=True)
class ViesAnswer:
    """A valid number; name and address are empty where the country withholds them."""

    nip: str
    name: str
    address: str


def question(base: str, nip: str) -> Question:
    """Ask whether a Polish number is valid."""
    url = joined(base, _PREFIX, "/check-vat-number")
    return Question(Register.VIES, NUMBER, nip, url, method="POST", body={"countryCode": "PL", "vatNumber": nip})


def outcome(exchange: Exchange) -> LookupOutcome:
    """Say how a look-up ended: what a member state's failure answers as "not valid" is no answer."""
    content = reading.child(exchange.content)
    failure = failed(exchange)
    errors = [reading.text(one.get("error")) for one in reading.items(content.get("errorWrappers"))]
    said = errors[0] if errors else reading.text(content.get("userError"))
    if said not in _ANSWERED:
        return _of_error(said)
    if failure is not None:
        return failure
    if not isinstance(content.get("valid"), bool):
        return LookupOutcome.UNREADABLE
    return LookupOutcome.FOUND if content["valid"] else LookupOutcome.NOT_FOUND


def request_id(content: Any) -> str | None:
    """Give the number of the consultation."""
    return reading.text(reading.child(content).get("requestIdentifier")) or None


def answer(content: Any, nip: str) -> ViesAnswer:
    """Read a valid answer. Raises UnreadableAnswer for another one."""
    found = reading.child(content)
    if found.get("valid") is not True:
        raise UnreadableAnswer
    name, address = (reading.text(found.get(part)).replace(_WITHHELD, "").strip() for part in ("name", "address"))
    return ViesAnswer(nip, name, address)


def _of_error(said: str) -> LookupOutcome:
    if any(part in said for part in _BUSY):
        return LookupOutcome.LIMITED
    return LookupOutcome.REFUSED if said in _WRONG else LookupOutcome.UNAVAILABLE
