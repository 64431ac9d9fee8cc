# SPDX-License-Identifier: AGPL-3.0-or-later
"""Automatic checks of a case: where findings come from, their codes, and what each result says to staff."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from reviewer_app.contract.companies import FIELD_TEXTS
from reviewer_app.contract.register_names import STATE_TEXTS
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.text import Text


class CheckSource(StrEnum):
    """Where findings come from, in the order in which they are told. A source replaces its own findings only."""

    DECLARED = "declared"
    DOCUMENTS = "documents"
    REGISTERS = "registers"


class CheckCode(StrEnum):
    """What is checked. A code is stable; the sentence about it depends on the result."""

    NIP_NUMBER = "nip_number"
    REGON_NUMBER = "regon_number"
    KRS_NUMBER = "krs_number"
    BANK_ACCOUNT_NUMBER = "bank_account_number"
    NIP_UNIQUE = "nip_unique"
    EXTRACT_PRESENT = "extract_present"
    AUTHORIZATION_PRESENT = "authorization_present"
    AUTHORIZATION_CURRENT = "authorization_current"

    DOCUMENTS_READ = "documents_read"
    DOCUMENT_TEXT = "document_text"
    VALUE_IN_DOCUMENT = "value_in_document"
    NUMBER_IN_DOCUMENT = "number_in_document"
    EXTRACT_DATE = "extract_date"
    AUTHORIZATION_CODE = "authorization_code"
    AUTHORIZATION_COMPANY = "authorization_company"
    AUTHORIZATION_ADMINISTRATOR = "authorization_administrator"
    AUTHORIZATION_NUMBER = "authorization_number"

    REGISTERS_ASKED = "registers_asked"
    REGISTERS_FAILED = "registers_failed"
    REGISTER_KRS = "register_krs"
    REGISTER_CEIDG = "register_ceidg"
    REGISTER_VAT = "register_vat"
    REGISTER_VIES = "register_vies"
    REGISTER_NAME = "register_name"
    REGISTER_FORM = "register_form"
    REGISTER_SEAT = "register_seat"
    REGISTER_NUMBER = "register_number"
    REGISTER_ACCOUNT = "register_account"


CHECK_TEXTS: dict[tuple[CheckCode, CheckStatus], Text] = {
    (CheckCode.NIP_NUMBER, CheckStatus.OK): Text("NIP jest poprawny.", "The NIP is well formed."),
    (CheckCode.NIP_NUMBER, CheckStatus.FAIL): Text("NIP jest błędny.", "The NIP is wrong."),
    (CheckCode.REGON_NUMBER, CheckStatus.OK): Text("REGON jest poprawny.", "The REGON is well formed."),
    (CheckCode.REGON_NUMBER, CheckStatus.FAIL): Text(
        "REGON jest błędny lub go nie podano.", "The REGON is wrong or was not given."
    ),
    (CheckCode.KRS_NUMBER, CheckStatus.OK): Text(
        "Numer KRS odpowiada formie prawnej.", "The KRS number fits the legal form."
    ),
    (CheckCode.KRS_NUMBER, CheckStatus.FAIL): Text(
        "Numer KRS nie odpowiada formie prawnej.", "The KRS number does not fit the legal form."
    ),
    (CheckCode.BANK_ACCOUNT_NUMBER, CheckStatus.OK): Text(
        "Numer rachunku bankowego jest poprawny.", "The bank account number is well formed."
    ),
    (CheckCode.BANK_ACCOUNT_NUMBER, CheckStatus.FAIL): Text(
        "Numer rachunku bankowego jest błędny.", "The bank account number is wrong."
    ),
    (CheckCode.NIP_UNIQUE, CheckStatus.OK): Text(
        "Żadna inna firma nie ma tego numeru NIP.", "No other company has this NIP."
    ),
    (CheckCode.NIP_UNIQUE, CheckStatus.WARN): Text(
        "Inna firma ma ten sam numer NIP.", "Another company has the same NIP."
    ),
    (CheckCode.EXTRACT_PRESENT, CheckStatus.OK): Text(
        "Odpis z KRS lub wydruk z CEIDG został przesłany.", "A KRS extract or CEIDG printout was uploaded."
    ),
    (CheckCode.EXTRACT_PRESENT, CheckStatus.FAIL): Text(
        "Brakuje odpisu z KRS lub wydruku z CEIDG.", "The KRS extract or CEIDG printout is missing."
    ),
    (CheckCode.AUTHORIZATION_PRESENT, CheckStatus.OK): Text(
        "Upoważnienie zostało przesłane.", "The authorization was uploaded."
    ),
    (CheckCode.AUTHORIZATION_PRESENT, CheckStatus.FAIL): Text("Brakuje upoważnienia.", "The authorization is missing."),
    (CheckCode.AUTHORIZATION_CURRENT, CheckStatus.OK): Text(
        "Po pobraniu druku nie zmieniły się dane, które zawiera.",
        "The data on the form has not changed since it was downloaded.",
    ),
    (CheckCode.AUTHORIZATION_CURRENT, CheckStatus.WARN): Text(
        "Dane na druku zmieniły się po jego pobraniu.",
        "The data on the form has changed since it was downloaded.",
    ),
    (CheckCode.AUTHORIZATION_CURRENT, CheckStatus.UNKNOWN): Text(
        "Nie można sprawdzić, czy upoważnienie jest aktualne: nie pobrano druku z portalu.",
        "Whether the authorization is current could not be checked: no form was downloaded from the portal.",
    ),
    (CheckCode.DOCUMENTS_READ, CheckStatus.UNKNOWN): Text(
        "Dokumenty są odczytywane. Ich treści jeszcze nie sprawdzono.",
        "The documents are being read. What they say has not been checked yet.",
    ),
    (CheckCode.DOCUMENT_TEXT, CheckStatus.UNKNOWN): Text(
        "Nie udało się odczytać tekstu tego dokumentu (skan bez warstwy tekstowej lub plik nie do odczytania).",
        "The text of this document could not be read (a scan without a text layer, or a file that cannot be read).",
    ),
    (CheckCode.VALUE_IN_DOCUMENT, CheckStatus.OK): Text("{field}: jest w dokumencie.", "{field}: in the document."),
    (CheckCode.VALUE_IN_DOCUMENT, CheckStatus.WARN): Text(
        "{field}: nie znaleziono w dokumencie.", "{field}: not found in the document."
    ),
    (CheckCode.VALUE_IN_DOCUMENT, CheckStatus.UNKNOWN): Text(
        "{field}: żaden dokument, który dało się odczytać, tego nie potwierdza.",
        "{field}: no document that could be read confirms it.",
    ),
    (CheckCode.NUMBER_IN_DOCUMENT, CheckStatus.FAIL): Text(
        "{field}: w dokumencie jest inny numer, {number}.", "{field}: the document has another number, {number}."
    ),
    (CheckCode.EXTRACT_DATE, CheckStatus.OK): Text(
        "Odpis jest z dnia {date} (liczba dni: {days}, dozwolone: {limit}).",
        "The extract is of {date} ({days} days old, {limit} allowed).",
    ),
    (CheckCode.EXTRACT_DATE, CheckStatus.FAIL): Text(
        "Odpis jest za stary: z dnia {date} (liczba dni: {days}, dozwolone: {limit}).",
        "The extract is too old: of {date} ({days} days old, {limit} allowed).",
    ),
    (CheckCode.EXTRACT_DATE, CheckStatus.WARN): Text(
        "Odpis ma datę z przyszłości: {date}.", "The extract has a date in the future: {date}."
    ),
    (CheckCode.EXTRACT_DATE, CheckStatus.UNKNOWN): Text(
        "Nie udało się odczytać, z jakiego dnia jest odpis.", "The date of the extract could not be read."
    ),
    (CheckCode.AUTHORIZATION_CODE, CheckStatus.OK): Text(
        "Kod QR upoważnienia odczytano: {number}.", "The QR code of the authorization was read: {number}."
    ),
    (CheckCode.AUTHORIZATION_CODE, CheckStatus.FAIL): Text(
        "Kod QR nie należy do żadnego druku z portalu: {number}.",
        "The QR code belongs to no form of this portal: {number}.",
    ),
    (CheckCode.AUTHORIZATION_CODE, CheckStatus.UNKNOWN): Text(
        "Kodu QR upoważnienia nie udało się odczytać.", "The QR code of the authorization could not be read."
    ),
    (CheckCode.AUTHORIZATION_COMPANY, CheckStatus.OK): Text(
        "Upoważnienie wystawiono dla tej firmy.", "The authorization was made for this company."
    ),
    (CheckCode.AUTHORIZATION_COMPANY, CheckStatus.FAIL): Text(
        "Upoważnienie wystawiono dla innej firmy.", "The authorization was made for another company."
    ),
    (CheckCode.AUTHORIZATION_ADMINISTRATOR, CheckStatus.OK): Text(
        "Upoważnienie wystawiono dla tego administratora.", "The authorization was made for this administrator."
    ),
    (CheckCode.AUTHORIZATION_ADMINISTRATOR, CheckStatus.FAIL): Text(
        "Upoważnienie wystawiono dla innej osoby.", "The authorization was made for another person."
    ),
    (CheckCode.AUTHORIZATION_NUMBER, CheckStatus.OK): Text(
        "Druk {number} jest aktualny.", "The form {number} is the current one."
    ),
    (CheckCode.AUTHORIZATION_NUMBER, CheckStatus.FAIL): Text(
        "Druk {number} jest nieaktualny: dane firmy zmieniły się po jego pobraniu.",
        "The form {number} is outdated: the company's data changed after it was downloaded.",
    ),
    (CheckCode.REGISTERS_ASKED, CheckStatus.UNKNOWN): Text(
        "Rejestry są odpytywane. Tego, co mówią, jeszcze nie sprawdzono.",
        "The registers are being asked. What they say has not been checked yet.",
    ),
    (CheckCode.REGISTERS_FAILED, CheckStatus.UNKNOWN): Text(
        "Rejestrów nie udało się odpytać. Następna próba: {moment}.",
        "The registers could not be asked. Next try: {moment}.",
    ),
    **{
        (code, status): Text(f"{name}: {{state}} ({{source}}).", f"{name}: {{state}} ({{source}}).")
        for code, name in (
            (CheckCode.REGISTER_KRS, "KRS"),
            (CheckCode.REGISTER_CEIDG, "CEIDG"),
            (CheckCode.REGISTER_VAT, "VAT"),
            (CheckCode.REGISTER_VIES, "VIES"),
        )
        for status in CheckStatus
    },
    (CheckCode.REGISTER_NAME, CheckStatus.OK): Text(
        "Nazwa jest taka jak w rejestrze ({source}).", "The name is as in the register ({source})."
    ),
    (CheckCode.REGISTER_NAME, CheckStatus.WARN): Text(
        "W rejestrze jest inna nazwa: {found} ({source}).", "The register has another name: {found} ({source})."
    ),
    (CheckCode.REGISTER_FORM, CheckStatus.OK): Text(
        "Forma prawna jest taka jak w rejestrze ({source}).", "The legal form is as in the register ({source})."
    ),
    (CheckCode.REGISTER_FORM, CheckStatus.WARN): Text(
        "W rejestrze jest inna forma prawna: {found} ({source}).",
        "The register has another legal form: {found} ({source}).",
    ),
    (CheckCode.REGISTER_SEAT, CheckStatus.OK): Text(
        "Adres jest taki jak w rejestrze ({source}).", "The address is as in the register ({source})."
    ),
    (CheckCode.REGISTER_SEAT, CheckStatus.WARN): Text(
        "W rejestrze jest inny adres: {found} ({source}).", "The register has another address: {found} ({source})."
    ),
    (CheckCode.REGISTER_SEAT, CheckStatus.UNKNOWN): Text(
        "Adresu nie udało się porównać z rejestrem ({source}).",
        "The address could not be compared with the register ({source}).",
    ),
    (CheckCode.REGISTER_NUMBER, CheckStatus.OK): Text(
        "{field}: numer jest taki jak w rejestrze ({source}).", "{field}: the number is as in the register ({source})."
    ),
    (CheckCode.REGISTER_NUMBER, CheckStatus.FAIL): Text(
        "{field}: w rejestrze jest inny numer, {found} ({source}).",
        "{field}: the register has another number, {found} ({source}).",
    ),
    (CheckCode.REGISTER_ACCOUNT, CheckStatus.OK): Text(
        "Rachunek jest na wykazie podatników VAT ({source}).", "The account is on the list of VAT payers ({source})."
    ),
    (CheckCode.REGISTER_ACCOUNT, CheckStatus.FAIL): Text(
        "Rachunku nie ma na wykazie podatników VAT ({source}).",
        "The account is not on the list of VAT payers ({source}).",
    ),
    (CheckCode.REGISTER_ACCOUNT, CheckStatus.WARN): Text(
        "Rachunku nie można porównać: firmy nie ma na wykazie podatników VAT ({source}).",
        "The account cannot be compared: the company is not on the list of VAT payers ({source}).",
    ),
    (CheckCode.REGISTER_ACCOUNT, CheckStatus.UNKNOWN): Text(
        "Rachunek: {state} ({source}).", "Account: {state} ({source})."
    ),
}
"""Every result that a check can give. A pair that is not here cannot come about."""

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def check_text(code: CheckCode, status: CheckStatus, details: Mapping[str, str]) -> Text:
    """Tell a result in a sentence. Details: ``field`` is a declared field's name, ``date`` is ``YYYY-MM-DD``."""
    named = {key: _NAMED[key](value) if key in _NAMED else Text(value, value) for key, value in details.items()}
    text = CHECK_TEXTS[code, status]
    return Text(
        text.pl.format_map({key: value.pl for key, value in named.items()}),
        text.en.format_map({key: value.en for key, value in named.items()}),
    )


def _timed(written: str) -> Text:
    """Tell a moment (RFC 3339) by the clock of Poland."""
    at = datetime.fromisoformat(written).astimezone(ZoneInfo("Europe/Warsaw"))
    day = _dated(at.date().isoformat())
    return Text(f"{day.pl} {at:%H:%M}", f"{day.en}, {at:%H:%M}")


def _dated(written: str) -> Text:
    with contextlib.suppress(ValueError):
        day = date.fromisoformat(written)
        return Text(f"{day:%d.%m.%Y}", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")
    return Text(written, written)


_NAMED: dict[str, Callable[[str], Text]] = {
    "field": lambda name: FIELD_TEXTS[name],
    "date": _dated,
    "moment": _timed,
    "state": lambda state: STATE_TEXTS[state],
}
