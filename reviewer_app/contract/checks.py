# SPDX-License-Identifier: AGPL-3.0-or-later
"""Automatic checks of a case: their codes, and what each result says to staff."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.text import Text


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
        "Po przesłaniu upoważnienia nie zmieniły się dane, które zawiera druk.",
        "The data on the form has not changed since the authorization was uploaded.",
    ),
    (CheckCode.AUTHORIZATION_CURRENT, CheckStatus.WARN): Text(
        "Dane na druku zmieniły się po przesłaniu upoważnienia.",
        "The data on the form has changed since the authorization was uploaded.",
    ),
    (CheckCode.AUTHORIZATION_CURRENT, CheckStatus.UNKNOWN): Text(
        "Nie można sprawdzić, czy upoważnienie jest aktualne: nie pobrano druku z portalu.",
        "Whether the authorization is current could not be checked: no form was downloaded from the portal.",
    ),
}
"""Every result that a check can give. A pair that is not here cannot come about."""
