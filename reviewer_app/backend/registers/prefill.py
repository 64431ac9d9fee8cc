# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fetch what the registers say about a NIP, for the customer's form. Nothing of it is stored with a company.

The court register cannot be asked by NIP: the number comes from the VAT list, or from what the customer typed already.
Of several sources the nearer one counts: the court register or CEIDG before the VAT list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from reviewer_app.backend.companies.service import Companies
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, identifier_problem
from reviewer_app.backend.kit.throttle import Throttle
from reviewer_app.backend.registers.addresses import Seat
from reviewer_app.backend.registers.budget import Purpose
from reviewer_app.backend.registers.ceidg import CeidgEntry, CeidgStatus
from reviewer_app.backend.registers.krs import KrsEntry
from reviewer_app.backend.registers.service import Asking, Lookup, Registers
from reviewer_app.backend.registers.vat import VatSubject
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.identifiers import IdentifierError, parse_krs, parse_nip
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.registers import (
    OTHER_NIP,
    OUTCOME_TEXTS,
    PREFILL_TEXTS,
    AskedRegister,
    CompanyLookup,
    CompanyLookupRequest,
    FoundValue,
    LookupOffer,
    LookupOutcome,
    Register,
)
from reviewer_app.contract.text import Language

_FETCHED = Throttle("register-lookup", free=10, first=timedelta(seconds=20), longest=timedelta(hours=1))
_BY_NIP = frozenset({Register.VAT, Register.CEIDG, Register.VIES})
_ASKING = Asking(Purpose.PREFILL, reuse=True)

Values = dict[str, str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a customer asks about."""

    nip: str
    krs: str | None


class Prefill:
    """Fetches data for the form in which a company is added."""

    def __init__(self, clock: Clock, registers: Registers, companies: Companies) -> None:
        self._clock = clock
        self._registers = registers
        self._companies = companies

    def offer(self) -> LookupOffer:
        """Say which registers are asked; without one that knows NIPs nothing can be fetched."""
        asked = self._registers.asked
        return LookupOffer(registers=asked if _BY_NIP & set(asked) else ())

    def wanted(self, request: CompanyLookupRequest) -> Wanted:
        """Read the numbers.

        Raises ProblemError ``validation_failed``, ``registers_not_set`` when nothing can be fetched.
        """
        if not self.offer().registers:
            raise ProblemError(ProblemCode.REGISTERS_NOT_SET)
        problems: list[FieldProblem] = []
        read: dict[str, str] = {}
        for field, typed, parse in (("nip", request.nip, parse_nip), ("krs", request.krs, parse_krs)):
            try:
                read |= {field: parse(typed)} if typed else {}
            except IdentifierError as error:
                problems.append(identifier_problem(field, error))
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        return Wanted(read["nip"], read.get("krs"))

    def allow(self, session: Session, user_id: str) -> None:
        """Count a look-up of a person who may fill in a company's data.

        Raises ProblemError ``not_administrator``, ``too_many_attempts``.
        """
        standing = self._companies.standing(session, user_id)
        if standing.company is not None and not standing.is_administrator:
            raise ProblemError(ProblemCode.NOT_ADMINISTRATOR)
        now = self._clock.now()
        _FETCHED.check(session, user_id, now)
        _FETCHED.count(session, user_id, now)

    async def fetch(self, wanted: Wanted, language: Language) -> CompanyLookup:
        """Ask the registers, one after the other, as far as they are needed. Not within a transaction."""
        asked: list[Lookup[Any]] = []
        sources: list[tuple[Register, Values]] = []
        others: set[Register] = set()
        number, on = wanted.krs, set(self._registers.asked)
        if Register.VAT in on:
            listed = await self._registers.vat(wanted.nip, _ASKING)
            asked.append(listed)
            number = (listed.entry.krs if listed.entry else None) or number
            sources += [(Register.VAT, _of_list(listed.entry))] if listed.entry else []
        if Register.KRS in on and number is not None:
            court = await self._registers.krs(number, _ASKING)
            asked.append(court)
            if court.entry is not None and court.entry.nip in {wanted.nip, None}:
                sources.insert(0, (Register.KRS, _of_court(court.entry)))
            elif court.entry is not None:
                others.add(Register.KRS)
        if Register.CEIDG in on and number is None:
            trader = await self._registers.ceidg(wanted.nip, _ASKING)
            asked.append(trader)
            if trader.entry is not None:
                sources.insert(0, (Register.CEIDG, _of_trader(trader.entry, wanted.nip)))
        if Register.VIES in on and not sources:
            valid = await self._registers.vies(wanted.nip, _ASKING)
            asked.append(valid)
            if valid.entry is not None and valid.entry.name:
                sources.append((Register.VIES, {"name": valid.entry.name}))
        return _told(wanted, asked, sources, others, language)


def _told(
    wanted: Wanted,
    asked: Sequence[Lookup[Any]],
    sources: Sequence[tuple[Register, Values]],
    others: Collection[Register],
    language: Language,
) -> CompanyLookup:
    values = _merged(sources)
    outcome = _overall([one.outcome for one in asked], found=bool(values))
    told = PREFILL_TEXTS.get(outcome, PREFILL_TEXTS[LookupOutcome.UNAVAILABLE])
    return CompanyLookup(
        nip=wanted.nip,
        outcome=outcome,
        message=told.in_language(language),
        values=values,
        asked=tuple(
            AskedRegister(
                register_name=one.register,
                outcome=one.outcome,
                text=(OTHER_NIP if one.register in others else OUTCOME_TEXTS[one.outcome]).in_language(language),
                request_id=one.request_id,
                asked_at=one.asked_at,
            )
            for one in asked
        ),
    )


def _merged(sources: Sequence[tuple[Register, Values]]) -> tuple[FoundValue, ...]:
    """Take each field from the nearest source; a seat comes whole from one of them."""
    values: dict[str, FoundValue] = {}
    for register, found in sources:
        has_seat = any(field.startswith("seat.") for field in values)
        for field, value in found.items():
            if value and field not in values and not (has_seat and field.startswith("seat.")):
                values[field] = FoundValue(field=field, value=value, register_name=register)
    return tuple(values.values())


def _overall(outcomes: Sequence[LookupOutcome], *, found: bool) -> LookupOutcome:
    if LookupOutcome.STRUCK_OFF in outcomes:
        return LookupOutcome.STRUCK_OFF
    if found:
        return LookupOutcome.FOUND
    answered = bool(outcomes) and all(outcome.answered for outcome in outcomes)
    return LookupOutcome.NOT_FOUND if answered else LookupOutcome.UNAVAILABLE


def _of_court(entry: KrsEntry) -> Values:
    form = entry.legal_form.value if entry.legal_form else ""
    return {"name": entry.name, "legal_form": form, "regon": entry.regon or "", "krs": entry.krs, **_seat(entry.seat)}


def _of_list(subject: VatSubject) -> Values:
    return {"name": subject.name, "regon": subject.regon or "", "krs": subject.krs or "", **_seat(subject.seat)}


def _of_trader(entry: CeidgEntry, nip: str) -> Values:
    if nip in entry.partnerships:
        form = LegalForm.CIVIL_PARTNERSHIP.value
    elif entry.status is CeidgStatus.ONLY_IN_PARTNERSHIP:
        form = ""
    else:
        form = LegalForm.SOLE_PROPRIETORSHIP.value
    return {"name": entry.name, "legal_form": form, "regon": entry.regon or "", **_seat(entry.seat)}


def _seat(seat: Seat | None) -> Values:
    if seat is None:
        return {}
    parts = ("street", "building", "unit", "postal_code", "city")
    return {f"seat.{part}": getattr(seat, part) for part in parts}
