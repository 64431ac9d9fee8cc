# SPDX-License-Identifier: AGPL-3.0-or-later
"""The data of an authorization: who authorises whom, in which version of the data."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

_CHECK_LETTERS = "ACDEFHJKLMNPR"
_CHECK_MODULUS = 97


class Variant(StrEnum):
    """Whether the administrator is on the register as a representative of the company (step S10)."""

    REGISTERED = "registered"
    NOT_REGISTERED = "not_registered"


@dataclass(frozen=True, slots=True)
class SheetCompany:
    """The company as the sheet shows it. ``legal_form`` in Polish words, ``seat`` in one line, ``krs`` None if it has none."""

    id: str
    name: str
    legal_form: str
    nip: str
    regon: str
    krs: str | None
    seat: str


@dataclass(frozen=True, slots=True)
class SheetAdministrator:
    """The person who is authorised."""

    id: str
    first_name: str
    last_name: str
    position: str
    email: str


@dataclass(frozen=True, slots=True)
class AuthorizationSheet:
    """One numbered sheet. ``version`` is that of the company's declared data."""

    number: str
    version: int
    variant: Variant
    company: SheetCompany
    administrator: SheetAdministrator
    distributor: str = "Dystrybutor"

    def to_json(self) -> dict[str, Any]:
        """Give the sheet as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> AuthorizationSheet:
        """Take a sheet from what `to_json` gave."""
        return cls(
            number=str(values["number"]),
            version=int(values["version"]),
            variant=Variant(values["variant"]),
            company=SheetCompany(**values["company"]),
            administrator=SheetAdministrator(**values["administrator"]),
            distributor=str(values["distributor"]),
        )


def authorization_number(year: int, sequence: int) -> str:
    """Give the number of a sheet, as ``UP-2026-000123-K7``.

    The last group is the remainder of the digits modulo 97, written without characters that look alike, so that a
    number misread by a person or by OCR is noticed.
    """
    return f"UP-{year:04d}-{sequence:06d}-{_check_characters(year, sequence)}"


def is_authorization_number(text: str) -> bool:
    """Whether a text is a number of a sheet with the right last group."""
    parts = text.split("-")
    if len(parts) != 4 or parts[0] != "UP" or not (parts[1].isdecimal() and parts[2].isdecimal()):
        return False
    return authorization_number(int(parts[1]), int(parts[2])) == text


def _check_characters(year: int, sequence: int) -> str:
    remainder = int(f"{year:04d}{sequence:06d}") % _CHECK_MODULUS
    return f"{_CHECK_LETTERS[remainder // 8]}{remainder % 8 + 2}"
