# SPDX-License-Identifier: AGPL-3.0-or-later
"""Compare what is declared with what the registers answered. A look-up without an answer is "not known", never "in order".

Each finding names its source: the register, when it was asked, and its own number of the answer. A person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from reviewer_app.backend.checks.service import CaseFacts, Result, SeatFacts, name_variants
from reviewer_app.backend.kit.folding import fold
from reviewer_app.backend.registers.addresses import Seat
from reviewer_app.backend.registers.budget import WARSAW
from reviewer_app.backend.registers.ceidg import CeidgEntry, CeidgStatus
from reviewer_app.backend.registers.krs import KrsEntry
from reviewer_app.backend.registers.service import Lookup
from reviewer_app.backend.registers.vat import VatStatus, VatSubject
from reviewer_app.backend.registers.vies import ViesAnswer
from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.contract.messages import Address
from reviewer_app.contract.register_names import LookupOutcome, RegisterState
from reviewer_app.contract.staff import CheckStatus

_OK, _WARN, _FAIL, _UNKNOWN = CheckStatus.OK, CheckStatus.WARN, CheckStatus.FAIL, CheckStatus.UNKNOWN
_STREET_KIND = re.compile(r"^(ul|ulica|al|aleja|aleje|pl|plac|os|osiedle)\b\W*")
_CEIDG_STATES = {
    CeidgStatus.ACTIVE: (_OK, RegisterState.ACTIVE),
    CeidgStatus.ONLY_IN_PARTNERSHIP: (_WARN, RegisterState.ONLY_IN_PARTNERSHIP),
    CeidgStatus.AWAITS_START: (_WARN, RegisterState.AWAITS_START),
    # A suspension can be lifted overnight, art. 25 of the Entrepreneurs' Law: a person decides.
    CeidgStatus.SUSPENDED: (_WARN, RegisterState.SUSPENDED),
    CeidgStatus.STRUCK_OFF: (_FAIL, RegisterState.STRUCK_OFF),
    CeidgStatus.UNKNOWN: (_UNKNOWN, RegisterState.OTHER),
}
_VAT_STATES = {
    VatStatus.ACTIVE: (_OK, RegisterState.VAT_ACTIVE),
    VatStatus.EXEMPT: (_WARN, RegisterState.VAT_EXEMPT),
    VatStatus.UNREGISTERED: (_FAIL, RegisterState.VAT_UNREGISTERED),
    VatStatus.UNKNOWN: (_UNKNOWN, RegisterState.OTHER),
}


@dataclass(frozen=True, slots=True)
class Answers:
    """What the registers answered about a case; None: not asked."""

    krs: Lookup[KrsEntry] | None = None
    ceidg: Lookup[CeidgEntry] | None = None
    vat: Lookup[VatSubject] | None = None
    account: Lookup[bool] | None = None
    vies: Lookup[ViesAnswer] | None = None


def judged(facts: CaseFacts, answers: Answers) -> Iterator[Result]:
    """Give the findings, in the order in which staff read them."""
    if answers.krs is not None:
        yield _state(CheckCode.REGISTER_KRS, "krs", answers.krs, _of_court(answers.krs.entry))
        if answers.krs.entry is not None:
            yield from _compared_with_court(facts, answers.krs, answers.krs.entry)
    if answers.ceidg is not None:
        entry = answers.ceidg.entry
        yield _state(CheckCode.REGISTER_CEIDG, "nip", answers.ceidg, _CEIDG_STATES[entry.status] if entry else None)
        if entry is not None:
            yield _name(facts, answers.ceidg, entry.name)
            yield from _seat(facts, answers.ceidg, entry.seat)
            yield from _number("regon", facts.regon, entry.regon, answers.ceidg)
    if answers.vat is not None:
        yield from _listed(facts, answers, answers.vat)
    if answers.vies is not None:
        found = answers.vies.outcome is LookupOutcome.FOUND
        state = (_OK, RegisterState.VIES_VALID) if found else None
        missing = (_WARN, RegisterState.VIES_NOT_VALID)
        yield _state(CheckCode.REGISTER_VIES, "nip", answers.vies, state, missing=missing)


def _of_court(entry: KrsEntry | None) -> tuple[CheckStatus, RegisterState] | None:
    if entry is None:
        return None
    if entry.in_bankruptcy:
        return _FAIL, RegisterState.IN_BANKRUPTCY
    if entry.in_liquidation:
        return _WARN, RegisterState.IN_LIQUIDATION
    if entry.in_restructuring:
        return _WARN, RegisterState.IN_RESTRUCTURING
    return _OK, RegisterState.ACTIVE


def _compared_with_court(facts: CaseFacts, lookup: Lookup[KrsEntry], entry: KrsEntry) -> Iterator[Result]:
    yield _name(facts, lookup, entry.name)
    if entry.legal_form is not None and entry.legal_form is not LegalForm.OTHER:
        same = entry.legal_form is facts.legal_form
        found = LEGAL_FORMS[entry.legal_form].name.pl
        yield _result(CheckCode.REGISTER_FORM, _OK if same else _WARN, "legal_form", lookup, found=found)
    yield from _seat(facts, lookup, entry.seat)
    yield from _number("nip", facts.nip, entry.nip, lookup)
    yield from _number("regon", facts.regon, entry.regon, lookup)


def _listed(facts: CaseFacts, answers: Answers, lookup: Lookup[VatSubject]) -> Iterator[Result]:
    subject = lookup.entry
    missing = (_WARN, RegisterState.NOT_LISTED)  # a small firm need not be registered, art. 113 of the VAT act
    yield _state(
        CheckCode.REGISTER_VAT, "nip", lookup, _VAT_STATES[subject.status] if subject else None, missing=missing
    )
    if subject is not None:
        nearer = (answers.krs, answers.ceidg)
        if not any(one is not None and one.entry is not None for one in nearer):
            yield _name(facts, lookup, subject.name)
            yield from _seat(facts, lookup, subject.seat)
            yield from _number("regon", facts.regon, subject.regon, lookup)
        yield from _number("krs", facts.krs, subject.krs, lookup)
    if facts.bank_account is not None:
        yield _account(facts.bank_account, lookup, answers.account)


def _account(account: str, lookup: Lookup[VatSubject], checked: Lookup[bool] | None) -> Result:
    """The list itself names accounts; the question about one account also knows those behind a mask."""
    code, field = CheckCode.REGISTER_ACCOUNT, "bank_account"
    if lookup.entry is not None and account in lookup.entry.accounts:
        return _result(code, _OK, field, lookup)
    if checked is not None and checked.entry is not None:
        missing = _WARN if lookup.outcome.answered and lookup.entry is None else _FAIL
        return _result(code, _OK if checked.entry else missing, field, checked)
    if checked is not None and not checked.outcome.answered:
        return _result(code, _UNKNOWN, field, checked, state=checked.outcome.value)
    if lookup.outcome.answered:
        return _result(code, _WARN if lookup.entry is None else _FAIL, field, lookup)
    return _result(code, _UNKNOWN, field, lookup, state=lookup.outcome.value)


def _state(
    code: CheckCode,
    field: str,
    lookup: Lookup[Any],
    found: tuple[CheckStatus, RegisterState] | None,
    *,
    missing: tuple[CheckStatus, RegisterState] = (_FAIL, RegisterState.NOT_FOUND),
) -> Result:
    if not lookup.outcome.answered:
        return _result(code, _UNKNOWN, field, lookup, state=lookup.outcome.value)
    if lookup.outcome is LookupOutcome.STRUCK_OFF:
        return _result(code, _FAIL, field, lookup, state=RegisterState.STRUCK_OFF.value)
    status, state = found or missing
    return _result(code, status, field, lookup, state=state.value)


def _name(facts: CaseFacts, lookup: Lookup[Any], found: str) -> Result:
    same = not _written(facts.name).isdisjoint(_written(found))
    return _result(CheckCode.REGISTER_NAME, _OK if same else _WARN, "name", lookup, found=found)


def _written(name: str) -> set[str]:
    """Give the ways to write a name, without letter case and signs: registers write capitals."""
    return {re.sub(r"[\W_]+", " ", fold(variant)).strip() for variant in name_variants(name)}


def _seat(facts: CaseFacts, lookup: Lookup[Any], found: Seat | None) -> Iterator[Result]:
    if facts.seat is None:
        return
    if found is None:
        yield _result(CheckCode.REGISTER_SEAT, _UNKNOWN, "seat", lookup)
        return
    same = _comparable(facts.seat) == _comparable(found)
    line = Address(
        street=found.street, building=found.building, unit=found.unit, postal_code=found.postal_code, city=found.city
    ).one_line()
    yield _result(CheckCode.REGISTER_SEAT, _OK if same else _WARN, "seat", lookup, found=line)


def _comparable(seat: Seat | SeatFacts) -> tuple[str, ...]:
    street = _STREET_KIND.sub("", fold(seat.street))
    parts = (street, fold(seat.building), fold(seat.unit), seat.postal_code, fold(seat.city))
    return tuple(re.sub(r"[\W_]+", "", part) for part in parts)


def _number(field: str, declared: str | None, found: str | None, lookup: Lookup[Any]) -> Iterator[Result]:
    if declared is None or found is None:
        return
    same = declared == found or (field == "regon" and declared[:9] == found[:9])
    yield _result(CheckCode.REGISTER_NUMBER, _OK if same else _FAIL, field, lookup, found=found)


def _result(code: CheckCode, status: CheckStatus, field: str, lookup: Lookup[Any], **details: str) -> Result:
    """Make a finding; ``field`` among its details fills the sentences that name it."""
    return Result(code, status, field, details={"field": field, "source": _source(lookup), **details})


def _source(lookup: Lookup[Any]) -> str:
    at = f"{lookup.asked_at.astimezone(WARSAW):%d.%m.%Y %H:%M}"
    parts = [lookup.register.value.upper(), at, lookup.request_id or ""]
    return ", ".join(part for part in parts if part)
