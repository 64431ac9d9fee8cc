# SPDX-License-Identifier: AGPL-3.0-or-later
"""The court register's open interface (Ministry of Justice): current extracts by KRS number.

Companies are in ``P``, foundations and associations in ``S``. 204 with an empty body: struck off. Persons are masked.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from reviewer_app.backend.registers import reading
from reviewer_app.backend.registers.addresses import Seat, seat_of
from reviewer_app.backend.registers.exchange import Exchange, Question, failed, joined
from reviewer_app.backend.registers.reading import UnreadableAnswer
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.registers import LookupOutcome, Register

REGISTERS = ("P", "S")
_PREFIX = "/api/krs"
_FORMS: tuple[tuple[str, LegalForm], ...] = (
    ("ODDZIAŁ", LegalForm.FOREIGN_BRANCH),
    ("PROSTA SPÓŁKA AKCYJNA", LegalForm.PSA),
    ("SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ", LegalForm.SP_ZOO),
    ("SPÓŁKA AKCYJNA", LegalForm.SA),
    ("SPÓŁKA JAWNA", LegalForm.GENERAL_PARTNERSHIP),
    ("SPÓŁKA PARTNERSKA", LegalForm.PROFESSIONAL_PARTNERSHIP),
    ("SPÓŁKA KOMANDYTOWO-AKCYJNA", LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP),
    ("SPÓŁKA KOMANDYTOWA", LegalForm.LIMITED_PARTNERSHIP),
    ("FUNDACJA", LegalForm.FOUNDATION),
    ("STOWARZYSZENIE", LegalForm.ASSOCIATION),
)
_ENDINGS = {"liquidation": "W LIKWIDACJI", "bankruptcy": "W UPADŁOŚCI", "restructuring": "W RESTRUKTURYZACJI"}


@dataclass(frozen=True, slots=True)
class MaskedPerson:
    """A person of an organ or a prokurent as the interface gives them: initials and stars."""

    surname: str
    second_surname: str
    first_name: str
    second_name: str
    pesel: str
    function: str
    suspended: bool


@dataclass(frozen=True, slots=True)
class KrsEntry:
    """What the current extract says. ``as_of`` may lag by weeks; ``last_entry_on`` is the newest change."""

    krs: str
    name: str
    form_text: str
    legal_form: LegalForm | None
    nip: str | None
    regon: str | None
    seat: Seat | None
    as_of: date | None
    registered_on: date | None
    last_entry_on: date | None
    organ: str
    representation: str
    members: tuple[MaskedPerson, ...]
    prokurents: tuple[MaskedPerson, ...]
    in_liquidation: bool
    in_bankruptcy: bool
    in_restructuring: bool


def question(base: str, krs: str, register: str) -> Question:
    """Ask for the current extract of an entity; ``krs`` has 10 digits, ``register`` is ``P`` or ``S``."""
    url = joined(base, _PREFIX, f"/OdpisAktualny/{krs}?rejestr={register}&format=json")
    return Question(Register.KRS, f"extract-{register.lower()}", krs, url)


def outcome(exchange: Exchange) -> LookupOutcome:
    """Say how a look-up ended."""
    failure = failed(exchange)
    if failure is not None:
        return failure
    if exchange.status == 204:
        return LookupOutcome.STRUCK_OFF if exchange.content is None else LookupOutcome.UNREADABLE
    if exchange.status == 404:
        # The register says so in problem details; an empty answer or a page comes from something in between.
        return LookupOutcome.NOT_FOUND if isinstance(exchange.content, Mapping) else LookupOutcome.UNREADABLE
    return LookupOutcome.FOUND


def request_id(content: Any) -> str | None:
    """Name the answer: the register gives no number, but the moment at which it made the extract."""
    header = reading.child(content, "odpis", "naglowekA")
    return reading.text(header.get("dataCzasOdpisu")) or None


def entry(content: Any, krs: str) -> KrsEntry:
    """Read an extract. Raises UnreadableAnswer when it is none, or another entity's."""
    header = reading.child(content, "odpis", "naglowekA")
    data = reading.child(content, "odpis", "dane")
    subject = reading.child(data, "dzial1", "danePodmiotu")
    name = reading.text(subject.get("nazwa"))
    if not name or reading.krs(header.get("numerKRS")) != krs:
        raise UnreadableAnswer
    numbers = reading.child(subject, "identyfikatory")
    organ = reading.child(data, "dzial2", "reprezentacja")
    form_text = reading.text(subject.get("formaPrawna"))
    section = reading.child(data, "dzial6")
    state = {key: name.upper().endswith(ending) for key, ending in _ENDINGS.items()}
    return KrsEntry(
        krs=krs,
        name=name,
        form_text=form_text,
        legal_form=_form(form_text),
        nip=reading.nip(numbers.get("nip")),
        regon=reading.regon(numbers.get("regon")),
        seat=_seat(reading.child(data, "dzial1", "siedzibaIAdres", "adres")),
        as_of=reading.day(header.get("stanZDnia")),
        registered_on=reading.day(header.get("dataRejestracjiWKRS")),
        last_entry_on=reading.day(header.get("dataOstatniegoWpisu")),
        organ=reading.text(organ.get("nazwaOrganu")),
        representation=reading.text(organ.get("sposobReprezentacji")),
        members=tuple(_person(one, "funkcjaWOrganie") for one in reading.items(organ.get("sklad"))),
        prokurents=tuple(
            _person(one, "rodzajProkury") for one in reading.items(reading.child(data, "dzial2").get("prokurenci"))
        ),
        in_liquidation=state["liquidation"] or bool(section.get("likwidacja")),
        in_bankruptcy=state["bankruptcy"] or bool(section.get("postepowanieUpadlosciowe")),
        in_restructuring=state["restructuring"] or bool(section.get("postepowanieRestrukturyzacyjne")),
    )


def _form(written: str) -> LegalForm | None:
    if not written:
        return None
    return next((form for beginning, form in _FORMS if written.upper().startswith(beginning)), LegalForm.OTHER)


def _seat(address: Mapping[str, Any]) -> Seat | None:
    return seat_of(
        street=reading.text(address.get("ulica")),
        building=reading.text(address.get("nrDomu")),
        unit=reading.text(address.get("nrLokalu")),
        postal_code=reading.text(address.get("kodPocztowy")),
        city=reading.text(address.get("miejscowosc")),
        country=reading.text(address.get("kraj")),
    )


def _person(person: Mapping[str, Any], function: str) -> MaskedPerson:
    surname, names = reading.child(person, "nazwisko"), reading.child(person, "imiona")
    return MaskedPerson(
        surname=reading.text(surname.get("nazwiskoICzlon")),
        second_surname=reading.text(surname.get("nazwiskoIICzlon") or surname.get("nazwiskoCzlonDrugi")),
        first_name=reading.text(names.get("imie")),
        second_name=reading.text(names.get("imieDrugie")),
        pesel=reading.text(reading.child(person, "identyfikator").get("pesel")),
        function=reading.text(person.get(function)),
        suspended=person.get("czyZawieszona") is True,
    )
