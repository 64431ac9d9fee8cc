# SPDX-License-Identifier: AGPL-3.0-or-later
"""The automatic checks that the catalogue counts on: what each has to look at, whether or not the program has it yet."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios.model import Finding


class Expected(StrEnum):
    """Codes of checks. Those of `CheckCode` keep their names; `GIVEN_BY` has those that several findings tell together."""

    NIP_UNIQUE = CheckCode.NIP_UNIQUE.value
    AUTHORIZATION_CURRENT = CheckCode.AUTHORIZATION_CURRENT.value
    EXTRACT_NAME = "extract_name"
    EXTRACT_NUMBERS = "extract_numbers"
    EXTRACT_SEAT = "extract_seat"
    EXTRACT_DATE = CheckCode.EXTRACT_DATE.value
    EXTRACT_ADMINISTRATOR = "extract_administrator"
    EXTRACT_PAGES = "extract_pages"
    EXTRACT_LEGIBLE = "extract_legible"
    EXTRACT_NEWEST = "extract_newest"
    DOCUMENT_TYPE = "document_type"
    DOCUMENT_SEEN_BEFORE = "document_seen_before"
    SHEET_NUMBER = CheckCode.AUTHORIZATION_NUMBER.value
    SHEET_VARIANT = "authorization_variant"
    SHEET_DATE = "authorization_date"
    SHEET_LEGIBLE = "authorization_legible"
    SHEET_SIGNATURE = "authorization_signature"
    SHEET_SECOND_SIGNATURE = "authorization_second_signature"
    SHEET_STAMP = "authorization_stamp"
    SIGNATORY = "signatory_authorized"
    ELECTRONIC_SIGNATURE = "electronic_signature"
    UNALTERED = "document_unaltered"
    KRS = CheckCode.REGISTER_KRS.value
    REGISTER_NAME = CheckCode.REGISTER_NAME.value
    REGISTER_SEAT = CheckCode.REGISTER_SEAT.value
    KRS_REPRESENTATION = "register_representation"
    CEIDG = CheckCode.REGISTER_CEIDG.value
    VAT = CheckCode.REGISTER_VAT.value
    BANK_ACCOUNT = CheckCode.REGISTER_ACCOUNT.value
    VIES = CheckCode.REGISTER_VIES.value


EXPECTED_TEXTS: Mapping[Expected, Text] = {
    Expected.NIP_UNIQUE: Text("NIP w innych firmach", "The NIP among other companies"),
    Expected.AUTHORIZATION_CURRENT: Text(
        "Dane zmienione po pobraniu upoważnienia", "Data changed since the authorization was downloaded"
    ),
    Expected.EXTRACT_NAME: Text("Nazwa na odpisie", "The name on the extract"),
    Expected.EXTRACT_NUMBERS: Text("NIP, REGON i KRS na odpisie", "NIP, REGON and KRS on the extract"),
    Expected.EXTRACT_SEAT: Text("Adres siedziby na odpisie", "The seat on the extract"),
    Expected.EXTRACT_ADMINISTRATOR: Text(
        "Administrator na odpisie, gdy ma tam być", "The administrator on the extract, where they ought to be"
    ),
    Expected.EXTRACT_DATE: Text("Wiek odpisu", "The age of the extract"),
    Expected.EXTRACT_PAGES: Text(
        "Strony odpisu: wszystkie i po kolei", "The extract's pages: all of them and in order"
    ),
    Expected.EXTRACT_LEGIBLE: Text("Czytelność odpisu", "Whether the extract can be read"),
    Expected.EXTRACT_NEWEST: Text("Wpisy w rejestrze po dacie odpisu", "Entries in the register after the extract"),
    Expected.DOCUMENT_TYPE: Text(
        "Czy dokument jest tym, czym go nazwano", "Whether a document is what it is said to be"
    ),
    Expected.DOCUMENT_SEEN_BEFORE: Text("Ten sam plik w innej firmie", "The same file in another company"),
    Expected.SHEET_NUMBER: Text("Numer i kod upoważnienia", "The number and the code of the authorization"),
    Expected.SHEET_VARIANT: Text("Wariant upoważnienia", "The variant of the authorization"),
    Expected.SHEET_DATE: Text("Data na upoważnieniu", "The date on the authorization"),
    Expected.SHEET_LEGIBLE: Text("Czytelność upoważnienia", "Whether the authorization can be read"),
    Expected.SHEET_SIGNATURE: Text("Podpis na upoważnieniu", "The signature on the authorization"),
    Expected.SHEET_SECOND_SIGNATURE: Text("Drugi podpis, gdy wymagany", "The second signature where one is needed"),
    Expected.SHEET_STAMP: Text("Pieczęć na upoważnieniu", "The stamp on the authorization"),
    Expected.SIGNATORY: Text("Uprawnienie podpisujących", "Whether those who signed may sign"),
    Expected.ELECTRONIC_SIGNATURE: Text("Podpis elektroniczny", "The electronic signature"),
    Expected.UNALTERED: Text("Zmiany po podpisaniu", "Changes after signing"),
    Expected.KRS: Text("Wpis w KRS", "The entry in the KRS"),
    Expected.REGISTER_NAME: Text("Nazwa w rejestrze", "The name on the register"),
    Expected.REGISTER_SEAT: Text("Adres siedziby w rejestrze", "The seat on the register"),
    Expected.KRS_REPRESENTATION: Text("Sposób reprezentacji", "The rule of representation"),
    Expected.CEIDG: Text("Wpis w CEIDG", "The entry in CEIDG"),
    Expected.VAT: Text("Status VAT", "The VAT status"),
    Expected.BANK_ACCOUNT: Text("Rachunek na wykazie podatników VAT", "The account on the VAT list"),
    Expected.VIES: Text("Numer w VIES", "The number in VIES"),
}


_NUMBERS = ("nip", "regon", "krs")
GIVEN_BY: Mapping[Expected, frozenset[tuple[CheckCode, str]]] = {
    Expected.EXTRACT_NAME: frozenset({(CheckCode.VALUE_IN_DOCUMENT, "name")}),
    Expected.EXTRACT_NUMBERS: frozenset(
        (code, field) for code in (CheckCode.VALUE_IN_DOCUMENT, CheckCode.NUMBER_IN_DOCUMENT) for field in _NUMBERS
    ),
    Expected.EXTRACT_SEAT: frozenset(
        (CheckCode.VALUE_IN_DOCUMENT, f"seat.{part}") for part in ("street", "building", "unit", "postal_code", "city")
    ),
    Expected.EXTRACT_ADMINISTRATOR: frozenset({(CheckCode.VALUE_IN_DOCUMENT, "administrator")}),
    Expected.SHEET_NUMBER: frozenset(
        (code, "")
        for code in (
            CheckCode.AUTHORIZATION_CODE,
            CheckCode.AUTHORIZATION_COMPANY,
            CheckCode.AUTHORIZATION_ADMINISTRATOR,
            CheckCode.AUTHORIZATION_NUMBER,
        )
    ),
}
"""The findings, by code and field (empty: of none), that tell a check of the catalogue together: the worst of them counts."""


def ok(*checks: Expected) -> tuple[Finding, ...]:
    """Expect that these find nothing wrong."""
    return _findings(CheckStatus.OK, checks)


def warn(*checks: Expected) -> tuple[Finding, ...]:
    """Expect a warning of these."""
    return _findings(CheckStatus.WARN, checks)


def fail(*checks: Expected) -> tuple[Finding, ...]:
    """Expect that these find what is wrong."""
    return _findings(CheckStatus.FAIL, checks)


def unknown(*checks: Expected) -> tuple[Finding, ...]:
    """Expect that these say that they could not check."""
    return _findings(CheckStatus.UNKNOWN, checks)


def _findings(status: CheckStatus, checks: tuple[Expected, ...]) -> tuple[Finding, ...]:
    return tuple(Finding(check.value, status) for check in checks)
