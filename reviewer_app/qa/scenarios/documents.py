# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about the papers themselves: how they were made, captured, damaged or tampered with."""

from __future__ import annotations

from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.scenarios import document_cases as cases
from reviewer_app.qa.scenarios.captured_papers import CAPTURED_PAPERS
from reviewer_app.qa.scenarios.document_entries import document_scenario
from reviewer_app.qa.scenarios.expected import Expected, fail, ok, unknown, warn
from reviewer_app.qa.scenarios.model import Decision, Scenario
from reviewer_app.qa.scenarios.register_entries import GOOD_SHEET
from reviewer_app.qa.scenarios.signed_papers import SIGNED_PAPERS

_CORRECTION, _PERSON, _REJECT = Decision.REQUEST_CORRECTION, Decision.PERSON_DECIDES, Decision.REJECT

_OTHERS = (
    document_scenario(
        "old_extract",
        Text("Odpis sprzed ponad roku", "An extract of more than a year ago"),
        Text("Odpis ma ponad rok.", "The extract is more than a year old."),
        cases.old_extract,
        _CORRECTION,
        ReasonCode.EXTRACT_TOO_OLD,
        findings=(*GOOD_SHEET, *fail(Expected.EXTRACT_DATE)),
    ),
    document_scenario(
        "other_company_extract",
        Text("Odpis innej firmy", "Another company's extract"),
        Text("Odpis dotyczy zupełnie innej spółki.", "The extract is about another company altogether."),
        cases.about(cases.another, "other_company"),
        _CORRECTION,
        ReasonCode.NAME_MISMATCH,
        ReasonCode.NUMBER_MISMATCH,
        findings=(*GOOD_SHEET, *fail(Expected.EXTRACT_NUMBERS), *warn(Expected.EXTRACT_NAME, Expected.EXTRACT_SEAT)),
    ),
    document_scenario(
        "nip_one_digit_off",
        Text("NIP różni się jedną cyfrą", "The NIP differs by one digit"),
        Text("Na odpisie NIP różni się jedną cyfrą od zgłoszonego.", "One digit of the NIP on the extract is another."),
        cases.about(cases.other_nip, "other_nip"),
        _CORRECTION,
        ReasonCode.NUMBER_MISMATCH,
        findings=(*GOOD_SHEET, *ok(Expected.EXTRACT_NAME), *fail(Expected.EXTRACT_NUMBERS)),
    ),
    document_scenario(
        "krs_one_digit_off",
        Text("KRS różni się jedną cyfrą", "The KRS number differs by one digit"),
        Text(
            "Na odpisie KRS różni się jedną cyfrą od zgłoszonego.",
            "One digit of the KRS number on the extract is another.",
        ),
        cases.about(cases.other_krs, "other_krs"),
        _CORRECTION,
        ReasonCode.NUMBER_MISMATCH,
        findings=(*GOOD_SHEET, *ok(Expected.EXTRACT_NAME), *fail(Expected.EXTRACT_NUMBERS)),
    ),
    document_scenario(
        "wrong_document",
        Text("Inny dokument", "Another document"),
        Text(
            "Zamiast odpisu przesłano potwierdzenie NIP.", "A confirmation of the NIP was sent in place of the extract."
        ),
        cases.other_kind,
        _CORRECTION,
        ReasonCode.WRONG_DOCUMENT_TYPE,
        findings=(
            *GOOD_SHEET,
            *fail(Expected.DOCUMENT_TYPE),
            *warn(Expected.EXTRACT_NUMBERS),
            *unknown(Expected.EXTRACT_DATE),
        ),
    ),
    document_scenario(
        "duplicate_file",
        Text("Plik z innej firmy", "A file that another company sent"),
        Text(
            "Ten sam plik odpisu przesłała wcześniej inna firma.",
            "Another company sent the same file of an extract before.",
        ),
        cases.duplicate,
        _CORRECTION,
        ReasonCode.NAME_MISMATCH,
        ReasonCode.NUMBER_MISMATCH,
        findings=(
            *GOOD_SHEET,
            *fail(Expected.EXTRACT_NUMBERS),
            *warn(Expected.EXTRACT_NAME, Expected.EXTRACT_SEAT, Expected.DOCUMENT_SEEN_BEFORE),
        ),
    ),
)

_REFUSED_TITLES = {
    "password_protected": Text("Plik z hasłem", "Password-protected file"),
    "truncated": Text("Plik ucięty", "Truncated file"),
    "wrong_type": Text("Inny typ pod właściwą nazwą", "Another type under a right name"),
    "empty_file": Text("Plik pusty", "Empty file"),
    "pages_201": Text("Za dużo stron", "Too many pages"),
    "huge_page": Text("Za duża strona", "Too large a page"),
    "huge_picture": Text("Obraz o 900 mln pikseli", "A picture of 900 million pixels"),
}
_REFUSED = tuple(
    document_scenario(
        name,
        title,
        Text(
            "Portal nie przyjął pierwszego pliku; klient przesłał drugi, dobry.",
            "The portal did not take the first file; the customer sent a second one, which is good.",
        ),
        cases.refused_first(*cases.BAD_FILES[name]),
    )
    for name, title in _REFUSED_TITLES.items()
)


DOCUMENT_SCENARIOS: tuple[Scenario, ...] = (*CAPTURED_PAPERS, *SIGNED_PAPERS, *_OTHERS, *_REFUSED)
