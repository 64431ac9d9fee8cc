# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes of what can be wrong with one field, each with its message to the user."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.text import Text


class FieldCode(StrEnum):
    """Codes of errors at one field; identifiers add their own (:mod:`reviewer_app.contract.identifiers`)."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    NOT_ALLOWED = "not_allowed"
    WRONG_FORMAT = "wrong_format"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_FIELD = "unknown_field"
    COMMON_PASSWORD = "common_password"
    OUTDATED_VERSION = "outdated_version"
    NOT_A_PERSON = "not_a_person"
    ALREADY_LISTED = "already_listed"
    OWN_DATA = "own_data"
    UNKNOWN_COLUMN = "unknown_column"
    DUPLICATE = "duplicate"
    WRONG_PASSWORD = "wrong_password"
    UNCHANGED = "unchanged"
    INVALID = "invalid"
    TOO_MANY = "too_many"


FIELD_PROBLEMS: dict[FieldCode, Text] = {
    FieldCode.REQUIRED: Text("To pole jest wymagane.", "This field is required."),
    FieldCode.TOO_LONG: Text("Wpis jest za długi: najwyżej {limit} znaków.", "Too long: at most {limit} characters."),
    FieldCode.TOO_SHORT: Text(
        "Wpis jest za krótki: co najmniej {limit} znaków.", "Too short: at least {limit} characters."
    ),
    FieldCode.NOT_ALLOWED: Text(
        "Tego pola nie wypełnia się dla tej formy prawnej.", "This legal form does not have this field."
    ),
    FieldCode.WRONG_FORMAT: Text("Nieprawidłowy format.", "Wrong format."),
    FieldCode.WRONG_TYPE: Text("Nieprawidłowy rodzaj danych.", "Wrong type of data."),
    FieldCode.UNKNOWN_FIELD: Text("Nieznane pole.", "Unknown field."),
    FieldCode.COMMON_PASSWORD: Text(
        "To hasło jest zbyt popularne. Prosimy wybrać inne.", "This password is too common. Please choose another."
    ),
    FieldCode.OUTDATED_VERSION: Text(
        "Treść dokumentu zmieniła się. Prosimy zapoznać się z aktualną wersją.",
        "The document's wording has changed. Please read the current version.",
    ),
    FieldCode.NOT_A_PERSON: Text(
        "Prosimy podać imię i nazwisko osoby, a nie działu.", "Please give the name of a person, not of a department."
    ),
    FieldCode.ALREADY_LISTED: Text(
        "Osoba z tym adresem e-mail jest już na liście.", "A person with this e-mail address is on the list already."
    ),
    FieldCode.WRONG_PASSWORD: Text("To nie jest hasło tego konta.", "This is not the password of this account."),
    FieldCode.UNCHANGED: Text("To jest obecny adres tego konta.", "This is the present address of this account."),
    FieldCode.OWN_DATA: Text(
        "Te dane zmienia ta osoba sama, w swoim profilu.",
        "This person changes these data themselves, in their profile.",
    ),
    FieldCode.UNKNOWN_COLUMN: Text("Nieznana kolumna.", "Unknown column."),
    FieldCode.DUPLICATE: Text("Taki wpis już istnieje.", "There is such an entry already."),
    FieldCode.INVALID: Text("Nieprawidłowa wartość.", "Invalid value."),
    FieldCode.TOO_MANY: Text("Jest ich już za dużo: najwyżej {limit}.", "There are too many already: at most {limit}."),
}
