# SPDX-License-Identifier: AGPL-3.0-or-later
"""Official registers, how a look-up in them may end, and what they may say of a company: names and their texts."""

from __future__ import annotations

from enum import StrEnum

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


class RegisterState(StrEnum):
    """What a register says of a company's state, and what it may say in place of one."""

    ACTIVE = "active"
    IN_LIQUIDATION = "in_liquidation"
    IN_BANKRUPTCY = "in_bankruptcy"
    IN_RESTRUCTURING = "in_restructuring"
    SUSPENDED = "suspended"
    AWAITS_START = "awaits_start"
    ONLY_IN_PARTNERSHIP = "only_in_partnership"
    STRUCK_OFF = "struck_off"
    NOT_FOUND = "not_found"
    VAT_ACTIVE = "vat_active"
    VAT_EXEMPT = "vat_exempt"
    VAT_UNREGISTERED = "vat_unregistered"
    NOT_LISTED = "not_listed"
    VIES_VALID = "vies_valid"
    VIES_NOT_VALID = "vies_not_valid"
    OTHER = "other"


STATE_TEXTS: dict[str, Text] = {
    RegisterState.ACTIVE: Text("podmiot wpisany i czynny", "entered and active"),
    RegisterState.IN_LIQUIDATION: Text("podmiot w likwidacji", "in liquidation"),
    RegisterState.IN_BANKRUPTCY: Text("podmiot w upadłości", "in bankruptcy"),
    RegisterState.IN_RESTRUCTURING: Text("podmiot w restrukturyzacji", "in restructuring"),
    RegisterState.SUSPENDED: Text("działalność zawieszona", "business suspended"),
    RegisterState.AWAITS_START: Text("działalność jeszcze nierozpoczęta", "business not begun yet"),
    RegisterState.ONLY_IN_PARTNERSHIP: Text(
        "działalność wyłącznie w formie spółki cywilnej", "business only in a civil partnership"
    ),
    RegisterState.STRUCK_OFF: Text("podmiot wykreślony", "struck off"),
    RegisterState.NOT_FOUND: Text("nie ma takiego podmiotu", "no such entity"),
    RegisterState.VAT_ACTIVE: Text("czynny podatnik VAT", "active VAT payer"),
    RegisterState.VAT_EXEMPT: Text("podatnik zwolniony z VAT", "exempt from VAT"),
    RegisterState.VAT_UNREGISTERED: Text("niezarejestrowany jako podatnik VAT", "not registered for VAT"),
    RegisterState.NOT_LISTED: Text("nie ma na wykazie podatników VAT", "not on the list of VAT payers"),
    RegisterState.VIES_VALID: Text("numer aktywny w VIES", "number valid in VIES"),
    RegisterState.VIES_NOT_VALID: Text("numer nieaktywny w VIES", "number not valid in VIES"),
    RegisterState.OTHER: Text("stan, którego program nie zna", "a state that the program does not know"),
    **{outcome.value: text for outcome, text in OUTCOME_TEXTS.items()},
}
"""What is said of a state; of a look-up that gave no answer, why it could not be checked."""
