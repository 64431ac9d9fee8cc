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
    """Codes of checks. Those of `CheckCode` keep their names."""

    NIP_UNIQUE = CheckCode.NIP_UNIQUE.value
    AUTHORIZATION_CURRENT = CheckCode.AUTHORIZATION_CURRENT.value
    EXTRACT_NAME = "extract_name"
    EXTRACT_NUMBERS = "extract_numbers"
    EXTRACT_SEAT = "extract_seat"
    EXTRACT_AGE = "extract_age"
    EXTRACT_PAGES = "extract_pages"
    EXTRACT_LEGIBLE = "extract_legible"
    EXTRACT_NEWEST = "extract_newest"
    DOCUMENT_TYPE = "document_type"
    DOCUMENT_SEEN_BEFORE = "document_seen_before"
    SHEET_NUMBER = "authorization_number"
    SHEET_VARIANT = "authorization_variant"
    SHEET_DATE = "authorization_date"
    SHEET_LEGIBLE = "authorization_legible"
    SHEET_SIGNATURE = "authorization_signature"
    SHEET_SECOND_SIGNATURE = "authorization_second_signature"
    SHEET_STAMP = "authorization_stamp"
    SIGNATORY = "signatory_authorized"
    ELECTRONIC_SIGNATURE = "electronic_signature"
    UNALTERED = "document_unaltered"
    KRS = "register_krs"
    KRS_REPRESENTATION = "register_representation"
    CEIDG = "register_ceidg"
    VAT = "register_vat"
    BANK_ACCOUNT = "register_bank_account"
    VIES = "register_vies"


EXPECTED_TEXTS: Mapping[Expected, Text] = {
    Expected.NIP_UNIQUE: Text("NIP w innych firmach", "The NIP among other companies"),
    Expected.AUTHORIZATION_CURRENT: Text(
        "Dane zmienione po przesłaniu upoważnienia", "Data changed since the authorization was uploaded"
    ),
    Expected.EXTRACT_NAME: Text("Nazwa na odpisie", "The name on the extract"),
    Expected.EXTRACT_NUMBERS: Text("NIP, REGON i KRS na odpisie", "NIP, REGON and KRS on the extract"),
    Expected.EXTRACT_SEAT: Text("Adres siedziby na odpisie", "The seat on the extract"),
    Expected.EXTRACT_AGE: Text("Wiek odpisu", "The age of the extract"),
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
    Expected.KRS_REPRESENTATION: Text("Sposób reprezentacji", "The rule of representation"),
    Expected.CEIDG: Text("Wpis w CEIDG", "The entry in CEIDG"),
    Expected.VAT: Text("Status VAT", "The VAT status"),
    Expected.BANK_ACCOUNT: Text("Rachunek na wykazie podatników VAT", "The account on the VAT list"),
    Expected.VIES: Text("Numer w VIES", "The number in VIES"),
}


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
