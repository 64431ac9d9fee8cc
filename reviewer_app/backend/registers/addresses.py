# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses as the registers write them, brought to the form in which people declare them.

KRS is upper case with "UL.", the VAT list has one line without "UL.", CEIDG writes "ul."; a postal code may lack its dash.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from reviewer_app.contract.identifiers import IdentifierError, parse_postal_code

_KINDS = re.compile(
    r"^(ul|al|aleja|aleje|pl|plac|os|osiedle|rondo|skwer|bulwar|szosa|droga)(\.|(?=\s))\s*", re.IGNORECASE
)
_ONE_LINE = re.compile(
    r"(?:(?P<street>.*?\S)\s+)?(?P<building>\d+[\w-]*)(?:\s*(?:/|\blok\.?|\bm\.)\s*(?P<unit>[\w-]+))?"
    r",\s*(?P<code>\d{2}-?\d{3})\s+(?P<city>\S.*)",
    re.IGNORECASE,
)
_LONGEST_LINE = 300
_ROMAN = re.compile(r"(?=[IVXLC])(?:X[LC]|L?X{0,3})(?:I[XV]|V?I{0,3})")
_SMALL_WORDS = frozenset(["i", "w", "we", "z", "ze", "na", "nad", "pod", "przy", "k.", "koło", "im."])
_WORD = re.compile(r"[^\W_]+\.?", re.UNICODE)
_POLAND = frozenset(["", "PL", "POLSKA", "POLAND"])


@dataclass(frozen=True, slots=True)
class Seat:
    """An address in Poland as far as a register gave it; what is unknown is empty."""

    street: str = ""
    building: str = ""
    unit: str = ""
    postal_code: str = ""
    city: str = ""

    @property
    def known(self) -> bool:
        """Whether there is enough to be worth showing."""
        return bool(self.city and (self.building or self.postal_code))


def seat_of(*, street: str, building: str, unit: str, postal_code: str, city: str, country: str) -> Seat | None:
    """Bring an address in parts to its usual form; None for one abroad or without a place."""
    if country.strip().upper() not in _POLAND:
        return None
    seat = Seat(
        street=usual_street(street),
        building=_plain(building),
        unit=_plain(unit),
        postal_code=_usual_code(postal_code),
        city=usual_case(_plain(city)),
    )
    return seat if seat.known else None


def seat_of_line(line: str) -> Seat | None:
    """Take an address in one line apart, as "PROSTA 67/4, 00-838 WARSZAWA"; None when it is written otherwise."""
    plain = _plain(line)
    found = _ONE_LINE.fullmatch(plain) if len(plain) <= _LONGEST_LINE else None
    if found is None:
        return None
    city = usual_case(found["city"])
    street = usual_street(found["street"] or "")
    # A village without streets stands there twice.
    return Seat(
        street="" if street.casefold() == city.casefold() else street,
        building=found["building"],
        unit=found["unit"] or "",
        postal_code=_usual_code(found["code"]),
        city=city,
    )


def usual_street(street: str) -> str:
    """Write a street as people do: "UL. PROSTA" is "ul. Prosta"."""
    plain = _plain(street)
    kind = _KINDS.match(plain)
    if kind is None:
        return usual_case(plain)
    name = usual_case(plain[kind.end() :])
    return f"{kind[1].lower()}{kind[2]} {name}".strip()


def usual_case(text: str) -> str:
    """Write what is all in capitals with capital initials; anything else stays. Roman numerals stay capital."""
    if not text.isupper():
        return text
    return _WORD.sub(lambda found: _usual_word(found[0], first=found.start() == 0), text)


def _usual_word(word: str, *, first: bool) -> str:
    if _ROMAN.fullmatch(word) and (len(word) > 1 or not first):
        return word if word != "I" else "i"
    lower = word.lower()
    return lower if lower in _SMALL_WORDS and not first else lower.capitalize()


def _usual_code(code: str) -> str:
    try:
        return parse_postal_code(code)
    except IdentifierError:
        return ""


def _plain(text: str) -> str:
    return " ".join(text.split())
