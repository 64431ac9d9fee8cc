# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the official registers say of invented companies: the truth from which stand-ins of their services answer.

Bodies have the shapes of the real services. A stand-in finds the answer by number and adds what depends on the call:
request ids, times, limits. `Outage` stands in place of an answer when the service cannot give one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.qa.synthetic_companies import SyntheticAddress, SyntheticCompany, SyntheticPerson

DEFAULT_DAY = date(2026, 10, 12)
"""The day on which papers are made and registers speak, unless another is asked for."""

JsonObject = dict[str, Any]

_ASSOCIATION_REGISTER = frozenset({LegalForm.FOUNDATION, LegalForm.ASSOCIATION})


class Outage(StrEnum):
    """How a service fails to answer."""

    SERVER_ERROR = "server_error"
    TOO_MANY_REQUESTS = "too_many_requests"
    BLOCKED_FOR_THE_DAY = "blocked_for_the_day"
    UNAUTHORIZED = "unauthorized"
    SILENT = "silent"
    GARBLED = "garbled"


class KrsAbsence(StrEnum):
    """Why the KRS has no extract: 204 with an empty body, or 404."""

    STRUCK_OFF = "struck_off"
    NOT_FOUND = "not_found"


@dataclass(frozen=True, slots=True)
class KrsEntry:
    """An entry. ``register`` is ``P`` (entrepreneurs) or ``S`` (associations and foundations); ``body`` is the answer."""

    register: str
    body: JsonObject


@dataclass(frozen=True, slots=True)
class ViesEntry:
    """What VIES says of a number."""

    valid: bool
    name: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class RegisterTruth:
    """Answers by number: KRS of ten digits; NIP of ten digits for the others.

    ``vat``: the subject, None for a number that is not on the list. ``ceidg``: the records, none of them for 204.
    A number that is not in a mapping is unknown to that register.
    """

    krs: Mapping[str, KrsEntry | KrsAbsence | Outage] = field(default_factory=dict)
    vat: Mapping[str, JsonObject | Outage | None] = field(default_factory=dict)
    ceidg: Mapping[str, tuple[JsonObject, ...] | Outage] = field(default_factory=dict)
    vies: Mapping[str, ViesEntry | Outage] = field(default_factory=dict)

    def merged(self, other: RegisterTruth) -> RegisterTruth:
        """Give both truths in one; the other's answers win."""
        return RegisterTruth(
            {**self.krs, **other.krs},
            {**self.vat, **other.vat},
            {**self.ceidg, **other.ceidg},
            {**self.vies, **other.vies},
        )


def truth_of(company: SyntheticCompany, *, day: date = DEFAULT_DAY) -> RegisterTruth:
    """Say of a company what registers say when everything is in order."""
    vies = ViesEntry(valid=True, name=company.name.upper(), address=_plain_address(company.seat))
    return RegisterTruth(
        krs={company.krs: krs_entry(company, day=day)} if company.krs else {},
        vat={company.nip: vat_subject(company)},
        ceidg={} if company.krs else _ceidg_records(company),
        vies={company.nip: vies},
    )


def krs_entry(company: SyntheticCompany, *, day: date = DEFAULT_DAY) -> KrsEntry:
    """Give the entry as of a day, with the persons masked as the service masks them."""
    register = "S" if company.legal_form in _ASSOCIATION_REGISTER else "P"
    body: JsonObject = {
        "odpis": {
            "rodzaj": "Aktualny",
            "naglowekA": {
                "rejestr": f"Rej{register}",
                "numerKRS": company.krs,
                "dataCzasOdpisu": f"{day:%d.%m.%Y} 02:34:18",
                "stanZDnia": f"{day - timedelta(days=1):%d.%m.%Y}",
                "dataRejestracjiWKRS": f"{company.registered_on:%d.%m.%Y}",
                "numerOstatniegoWpisu": company.entry_number,
                "dataOstatniegoWpisu": f"{company.last_entry_on:%d.%m.%Y}",
                "stanPozycji": 1,
            },
            "dane": {
                "dzial1": {"danePodmiotu": _krs_subject(company), "siedzibaIAdres": _krs_seat(company.seat)},
                "dzial2": _krs_representation(company),
                "dzial3": {},
                "dzial4": {},
                "dzial5": {},
                "dzial6": _krs_liquidation(company),
            },
        }
    }
    return KrsEntry(register, body)


def vat_subject(company: SyntheticCompany, **changed: Any) -> JsonObject:
    """Give the subject of the VAT list; ``changed`` overrides fields of it."""
    subject: JsonObject = {
        "name": company.name.upper(),
        "nip": company.nip,
        "statusVat": "Czynny",
        "regon": company.regon,
        "pesel": None,
        "krs": company.krs or None,
        "residenceAddress": None if company.krs else _plain_address(company.seat),
        "workingAddress": _plain_address(company.seat) if company.krs else None,
        "representatives": [],
        "authorizedClerks": [],
        "partners": [],
        "registrationLegalDate": company.registered_on.isoformat(),
        "registrationDenialBasis": None,
        "registrationDenialDate": None,
        "restorationBasis": None,
        "restorationDate": None,
        "removalBasis": None,
        "removalDate": None,
        "accountNumbers": [company.bank_account],
        "hasVirtualAccounts": False,
    }
    return {**subject, **changed}


def ceidg_record(company: SyntheticCompany, owner: SyntheticPerson, nip: str, regon: str, **changed: Any) -> JsonObject:
    """Give an owner's record; ``changed`` overrides fields of it. Fields without a value are left out."""
    seat = company.seat
    address = {
        "ulica": f"ul. {seat.street}",
        "budynek": seat.building,
        "lokal": seat.unit,
        "miasto": seat.city,
        "wojewodztwo": seat.voivodeship,
        "kod": seat.postal_code,
        "kraj": "PL",
    }
    partnership = company.legal_form is LegalForm.CIVIL_PARTNERSHIP
    record: JsonObject = {
        "id": f"99900000-0000-4000-8000-{nip:0>12}",
        "nazwa": owner.name if partnership else company.name,
        "adresDzialalnosci": {key: value for key, value in address.items() if value},
        "wlasciciel": {"imie": owner.first_name, "nazwisko": owner.last_name, "nip": nip, "regon": regon},
        "dataRozpoczecia": company.registered_on.isoformat(),
        "status": "AKTYWNY",
    }
    if partnership:
        record["spolki"] = [{"nip": company.nip, "regon": company.regon}]
    return {**record, **changed}


def _ceidg_records(company: SyntheticCompany) -> dict[str, tuple[JsonObject, ...] | Outage]:
    if company.legal_form is not LegalForm.CIVIL_PARTNERSHIP:
        return {company.nip: (ceidg_record(company, company.representatives[0], company.nip, company.regon),)}
    return {
        partner.nip: (ceidg_record(company, partner, partner.nip, partner.regon),)
        for partner in company.representatives
        if partner.nip
    }


def _krs_subject(company: SyntheticCompany) -> JsonObject:
    return {
        "formaPrawna": LEGAL_FORMS[company.legal_form].name.pl.upper(),
        "identyfikatory": {"regon": f"{company.regon}00000", "nip": company.nip},
        "nazwa": company.name.upper(),
        "czyPosiadaStatusOPP": False,
    }


def _krs_seat(seat: SyntheticAddress) -> JsonObject:
    city = seat.city.upper()
    address = {
        "ulica": f"UL. {seat.street.upper()}",
        "nrDomu": seat.building,
        "nrLokalu": seat.unit,
        "miejscowosc": city,
        "kodPocztowy": seat.postal_code,
        "poczta": city,
        "kraj": "POLSKA",
    }
    return {
        "siedziba": {
            "kraj": "POLSKA",
            "wojewodztwo": seat.voivodeship.upper(),
            "powiat": seat.district.upper(),
            "gmina": city,
            "miejscowosc": city,
        },
        "adres": {key: value for key, value in address.items() if value},
    }


def _krs_representation(company: SyntheticCompany) -> JsonObject:
    section: JsonObject = {
        "reprezentacja": {
            "nazwaOrganu": company.organ,
            "sposobReprezentacji": company.rule,
            "sklad": [_krs_member(person) for person in company.representatives],
        }
    }
    if company.proxies:
        section["prokurenci"] = [
            {**_masked(person), "rodzajProkury": person.function.removeprefix("PROKURA ")} for person in company.proxies
        ]
    return section


def _krs_member(person: SyntheticPerson) -> JsonObject:
    if person.krs:
        return {
            "nazwa": person.last_name.upper(),
            "identyfikator": {"regon": f"{person.regon}00000"},
            "krs": {"krs": person.krs},
            "funkcjaWOrganie": person.function,
        }
    return {**_masked(person), "funkcjaWOrganie": person.function, "czyZawieszona": person.suspended}


def _masked(person: SyntheticPerson) -> JsonObject:
    surnames = person.last_name.split("-", 1)
    keys = ("nazwiskoICzlon", "nazwiskoIICzlon")
    names = {"imie": _mask(person.first_name)}
    if person.second_name:
        names["imieDrugie"] = _mask(person.second_name)
    return {
        "nazwisko": {key: _mask(part) for key, part in zip(keys, surnames, strict=False)},
        "imiona": names,
        "identyfikator": {"pesel": _mask(person.pesel)},
    }


def _mask(text: str) -> str:
    """Leave the first letter and put stars for the others, at full length."""
    return text[:1].upper() + "*" * (len(text) - 1)


def _krs_liquidation(company: SyntheticCompany) -> JsonObject:
    if company.liquidation_on is None:
        return {}
    return {
        "likwidacja": [
            {
                "otwarcieLikwidacji": f"{company.liquidation_on:%d.%m.%Y} UCHWAŁA WALNEGO ZGROMADZENIA",
                "sposobReprezentacjiPodmiotuPrzezLikwidatorow": "KAŻDY LIKWIDATOR SAMODZIELNIE",
                "likwidatorzy": [_masked(person) for person in company.liquidators],
            }
        ]
    }


def _plain_address(seat: SyntheticAddress) -> str:
    unit = f"/{seat.unit}" if seat.unit else ""
    return f"{seat.street.upper()} {seat.building}{unit}, {seat.postal_code} {seat.city.upper()}"
