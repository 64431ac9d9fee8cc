# SPDX-License-Identifier: AGPL-3.0-or-later
"""Codes of what can be wrong with one field, each with its message to the user; what pydantic finds in these words."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple

from reviewer_app.contract.text import Text


class FieldCode(StrEnum):
    """Codes of errors at one field; identifiers add their own (:mod:`reviewer_app.contract.identifiers`)."""

    REQUIRED = "required"
    TOO_LONG = "too_long"
    TOO_SHORT = "too_short"
    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
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
    FieldCode.TOO_SMALL: Text("Za mało: co najmniej {limit}.", "Too little: at least {limit}."),
    FieldCode.TOO_LARGE: Text("Za dużo: najwyżej {limit}.", "Too much: at most {limit}."),
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

_CODE_OF_TYPE = {
    "missing": FieldCode.REQUIRED,
    "extra_forbidden": FieldCode.UNKNOWN_FIELD,
    "string_too_long": FieldCode.TOO_LONG,
    "string_too_short": FieldCode.TOO_SHORT,
    "greater_than_equal": FieldCode.TOO_SMALL,
    "less_than_equal": FieldCode.TOO_LARGE,
    "string_pattern_mismatch": FieldCode.WRONG_FORMAT,
    "datetime_from_date_parsing": FieldCode.WRONG_FORMAT,
    "datetime_parsing": FieldCode.WRONG_FORMAT,
    "date_from_datetime_parsing": FieldCode.WRONG_FORMAT,
    "timezone_aware": FieldCode.WRONG_FORMAT,
}
_LIMIT_OF = {
    FieldCode.TOO_LONG: "max_length",
    FieldCode.TOO_SHORT: "min_length",
    FieldCode.TOO_SMALL: "ge",
    FieldCode.TOO_LARGE: "le",
}
_BODY_ITSELF = 1


class WrongField(NamedTuple):
    """What is wrong with one field of a request; ``field`` is a dotted path."""

    field: str
    code: FieldCode
    text: Text


def wrong_field(error: Mapping[str, Any]) -> WrongField:
    """Read an error of pydantic; the first part of its place says where in the request the field stood."""
    place, *path = error["loc"]
    field = ".".join(str(part) for part in (path[:1] if place == "query" else path))
    context = error.get("ctx") or {}
    code = _field_code(str(error["type"]), context)
    limit = context.get(_LIMIT_OF.get(code))
    if isinstance(limit, float) and limit.is_integer():
        limit = int(limit)
    return WrongField(field, code, FIELD_PROBLEMS[code].format(limit=limit))


def is_unreadable(error: Mapping[str, Any]) -> bool:
    """Say whether an error of pydantic is about the body as a whole, which is then no JSON or no object."""
    location = error["loc"]
    return error["type"] == "json_invalid" or (location[0] == "body" and len(location) == _BODY_ITSELF)


def _field_code(kind: str, context: Mapping[str, Any]) -> FieldCode:
    if kind in {"string_too_short", "too_short"} and context.get("min_length") == 1:
        return FieldCode.REQUIRED
    if kind in _CODE_OF_TYPE:
        return _CODE_OF_TYPE[kind]
    return FieldCode.WRONG_TYPE if kind.endswith(("_type", "_parsing")) else FieldCode.INVALID
