# SPDX-License-Identifier: AGPL-3.0-or-later
"""How e-mail addresses, phone numbers and names of persons are read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from email_validator import EmailNotValidError, validate_email

from reviewer_app.contract.folding import fold
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.problems import FIELD_PROBLEMS, FieldCode
from reviewer_app.contract.text import Text

_RESERVED_DOMAINS = ("test", "example", "invalid", "localhost", "local")
_PHONE = re.compile(r"\+?[\d\s().\-/]+(?:(?:ext|wew)\.?\s*\d+)?", re.IGNORECASE)
_LEAST_DIGITS, _MOST_DIGITS = 7, 20
_LONGEST_PHONE = 40
_EXTENSION = re.compile(r"(?:ext|wew).*", re.IGNORECASE)
_POLAND, _POLISH_DIGITS = "48", 9
_LONGEST_KEY = 500
_PERSON = re.compile(r"[^\W\d_][^\d_@/\\<>:;,!?*#%&=+|{}\[\]\"]*")
_DEPARTMENTS = frozenset(
    [
        "administracja",
        "administration",
        "biuro",
        "department",
        "dział",
        "dzial",
        "faktury",
        "firma",
        "help",
        "helpdesk",
        "information",
        "info",
        "kadry",
        "księgowość",
        "ksiegowosc",
        "logistyka",
        "magazyn",
        "marketing",
        "office",
        "recepcja",
        "reception",
        "sales",
        "sekretariat",
        "serwis",
        "spółka",
        "support",
        "zakupy",
        "zamówienia",
        "zamowienia",
        "zarząd",
        "zarzad",
        "zespół",
        "zespol",
    ]
)

_NOT_AN_EMAIL = Text("To nie jest poprawny adres e-mail.", "This is not a valid e-mail address.")
_NOT_A_PHONE = Text(
    "To nie jest numer telefonu. Przykład: +48 22 123 45 67.", "This is not a phone number. Example: +48 22 123 45 67."
)


@dataclass(frozen=True, slots=True)
class ContactRules:
    """Reads contact data; each method raises IdentifierError. ``reserved_domains`` admits ``.test`` and its like."""

    reserved_domains: bool

    def email(self, typed: str) -> str:
        """Give an address as it is stored. Whether its domain exists is not asked."""
        address, checked = typed.strip(), typed.strip()
        local, at, domain = address.rpartition("@")
        reserved = domain.lower().rpartition(".")[2] in _RESERVED_DOMAINS
        if self.reserved_domains and at and reserved:
            checked = f"{local}@{domain}.pl"
        try:
            normalized = validate_email(checked, check_deliverability=False).normalized
        except EmailNotValidError as error:
            raise IdentifierError(FieldCode.WRONG_FORMAT.value, _NOT_AN_EMAIL) from error
        return normalized.removesuffix(".pl") if checked != address else normalized

    def phone(self, typed: str) -> str:
        """Give a phone number with single spaces; any country, with an extension if need be."""
        number = " ".join(typed.split())
        digits = sum(character.isdigit() for character in number)
        fits = len(number) <= _LONGEST_PHONE and _LEAST_DIGITS <= digits <= _MOST_DIGITS
        if not fits or not _PHONE.fullmatch(number):
            raise IdentifierError(FieldCode.WRONG_FORMAT.value, _NOT_A_PHONE)
        return number

    def person_name(self, typed: str) -> str:
        """Give a first or last name; a department is not a person (S2)."""
        name = " ".join(typed.split())
        words = name.casefold().split()
        if not _PERSON.fullmatch(name) or not words or words[0].strip(".-") in _DEPARTMENTS:
            raise IdentifierError(FieldCode.NOT_A_PERSON.value, FIELD_PROBLEMS[FieldCode.NOT_A_PERSON])
        return name


def folded_email(email: str) -> str:
    """Give the form in which addresses are compared: without regard to case."""
    return email.strip().casefold()


def phone_key(phone: str | None) -> str:
    """Give the form in which phone numbers are compared: digits without the extension and without Poland's prefix.

    ``+48 22 123 45 67``, ``0048221234567``, ``(22) 123-45-67 wew. 5`` and ``022 1234567`` are one number. Empty
    without a number.
    """
    called = _EXTENSION.sub("", phone or "")
    digits = "".join(letter for letter in called if letter in "0123456789").removeprefix("00")
    for prefix in (_POLAND, "0"):
        if len(digits) == len(prefix) + _POLISH_DIGITS:
            digits = digits.removeprefix(prefix)
    return digits


def person_key(first_name: str | None, last_name: str | None) -> str:
    """Give the form in which persons' names are compared: without case, diacritics and hyphens."""
    return " ".join(fold(f"{first_name or ''} {last_name or ''}").replace("-", " ").split())[:_LONGEST_KEY]
