# SPDX-License-Identifier: AGPL-3.0-or-later
"""Official registers: which there are, how a look-up may end, and what a customer's form is filled in with."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.customer import Line, RequiredLine
from reviewer_app.contract.messages import Message, Request, Utc
from reviewer_app.contract.text import Text


class Register(StrEnum):
    """The registers that can be asked."""

    KRS = "krs"
    VAT = "vat"
    CEIDG = "ceidg"
    VIES = "vies"


REGISTER_TEXTS: dict[Register, Text] = {
    Register.KRS: Text("Krajowy Rejestr Sądowy (KRS)", "National Court Register (KRS)"),
    Register.VAT: Text("wykaz podatników VAT", "VAT payers' list"),
    Register.CEIDG: Text("CEIDG", "register of sole traders (CEIDG)"),
    Register.VIES: Text("VIES (VAT UE)", "VIES (EU VAT)"),
}


REGISTER_NAMES: dict[Register, Text] = {
    Register.KRS: Text("KRS", "KRS"),
    Register.VAT: Text("wykaz VAT", "VAT list"),
    Register.CEIDG: Text("CEIDG", "CEIDG"),
    Register.VIES: Text("VIES", "VIES"),
}
"""Short names, to stand beside a value."""


class LookupOutcome(StrEnum):
    """How a look-up ended. Only the first three are answers; after the others nothing is known."""

    FOUND = "found"
    NOT_FOUND = "not_found"
    STRUCK_OFF = "struck_off"
    UNAVAILABLE = "unavailable"
    REFUSED = "refused"
    LIMITED = "limited"
    UNREADABLE = "unreadable"

    @property
    def answered(self) -> bool:
        """Whether the register answered the question; anything else is "could not be checked", never "in order"."""
        return self in {LookupOutcome.FOUND, LookupOutcome.NOT_FOUND, LookupOutcome.STRUCK_OFF}


OUTCOME_TEXTS: dict[LookupOutcome, Text] = {
    LookupOutcome.FOUND: Text("znaleziono", "found"),
    LookupOutcome.NOT_FOUND: Text("nie znaleziono", "not found"),
    LookupOutcome.STRUCK_OFF: Text("podmiot wykreślony", "struck off"),
    LookupOutcome.UNAVAILABLE: Text(
        "nie udało się sprawdzić: rejestr nie odpowiada", "could not be checked: the register does not answer"
    ),
    LookupOutcome.REFUSED: Text(
        "nie udało się sprawdzić: rejestr odmówił odpowiedzi", "could not be checked: the register refused to answer"
    ),
    LookupOutcome.LIMITED: Text(
        "nie udało się sprawdzić: wykorzystano limit zapytań", "could not be checked: the limit of questions is used up"
    ),
    LookupOutcome.UNREADABLE: Text(
        "nie udało się sprawdzić: niezrozumiała odpowiedź rejestru",
        "could not be checked: the register's answer cannot be understood",
    ),
}

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
