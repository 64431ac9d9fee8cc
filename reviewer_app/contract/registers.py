# SPDX-License-Identifier: AGPL-3.0-or-later
"""Official registers: which there are, how a look-up may end, and what a customer's form is filled in with."""

from __future__ import annotations

from reviewer_app.contract.customer import Line, RequiredLine
from reviewer_app.contract.messages import Message, Request, Utc
from reviewer_app.contract.register_names import (
    OUTCOME_TEXTS,
    REGISTER_NAMES,
    REGISTER_TEXTS,
    LookupOutcome,
    Register,
)
from reviewer_app.contract.text import Text

__all__ = [
    "OTHER_NIP",
    "OUTCOME_TEXTS",
    "PREFILL_TEXTS",
    "REGISTER_NAMES",
    "REGISTER_TEXTS",
    "AskedRegister",
    "CompanyLookup",
    "CompanyLookupRequest",
    "FoundValue",
    "LookupOffer",
    "LookupOutcome",
    "Register",
]


OTHER_NIP = Text("pod tym numerem KRS jest inny NIP", "another NIP stands under this KRS number")
"""Said of a court register that knows the number, but as another company's."""

PREFILL_TEXTS: dict[LookupOutcome, Text] = {
    LookupOutcome.FOUND: Text(
        "Znaleźliśmy dane tej firmy. Prosimy je sprawdzić: można je poprawić.",
        "We found data of this company. Please check it: it can be corrected.",
    ),
    LookupOutcome.NOT_FOUND: Text(
        "W rejestrach nie ma firmy o tym numerze NIP. Prosimy sprawdzić numer albo wpisać dane ręcznie.",
        "The registers know no company with this NIP. Please check the number, or type the data by hand.",
    ),
    LookupOutcome.STRUCK_OFF: Text(
        "Według rejestru ten podmiot został wykreślony. Prosimy sprawdzić numer; dane można wpisać ręcznie.",
        "According to the register this entity has been struck off. Please check the number; data can be typed by hand.",
    ),
    LookupOutcome.UNAVAILABLE: Text(
        "Nie udało się teraz pobrać danych z rejestru. Prosimy wpisać je ręcznie albo spróbować później.",
        "The register could not be reached just now. Please type the data by hand, or try again later.",
    ),
}
"""What the customer is told; every other outcome is told as ``unavailable``."""


class LookupOffer(Message):
    """The registers that are asked when a customer fetches data; none: nothing can be fetched."""

    registers: tuple[Register, ...]


class CompanyLookupRequest(Request):
    """Fetches a company's data by its NIP; a KRS number, where typed already, leads to the court register at once."""

    nip: RequiredLine
    krs: Line | None = None


class FoundValue(Message):
    """One value to fill in: the declared field as a dotted path such as ``seat.city``, and where it comes from."""

    field: str
    value: str
    register_name: Register


class AskedRegister(Message):
    """How one register answered. ``request_id`` is the register's own number of the answer, where it gives one."""

    register_name: Register
    outcome: LookupOutcome
    text: str
    request_id: str | None
    asked_at: Utc


class CompanyLookup(Message):
    """What the registers say about a NIP. ``values`` is empty unless something was found; nothing is stored by it."""

    nip: str
    outcome: LookupOutcome
    message: str
    values: tuple[FoundValue, ...]
    asked: tuple[AskedRegister, ...]
