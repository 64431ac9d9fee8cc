# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about how the authorization was filled in, signed on paper or electronically, and tampered with."""

from __future__ import annotations

from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.filling_in import Marks
from reviewer_app.qa.scenarios import document_cases as cases
from reviewer_app.qa.scenarios.document_entries import UNSTAMPED, document_scenario
from reviewer_app.qa.scenarios.expected import Expected, fail, ok, unknown, warn
from reviewer_app.qa.scenarios.model import Decision, Scenario
from reviewer_app.qa.scenarios.register_entries import GOOD_EXTRACT, GOOD_PAPERS

_CORRECTION, _PERSON, _REJECT = Decision.REQUEST_CORRECTION, Decision.PERSON_DECIDES, Decision.REJECT

_SHEETS = (
    document_scenario(
        "stamp_missing",
        Text("Brak pieczęci", "No stamp"),
        Text("Upoważnienie jest podpisane, ale bez pieczęci firmy.", "The authorization is signed, but has no stamp."),
        cases.marked(Marks(stamped=False), "stamp_missing"),
        _CORRECTION,
        ReasonCode.STAMP_MISSING,
        findings=(*GOOD_EXTRACT, *UNSTAMPED, *fail(Expected.SHEET_STAMP)),
    ),
    document_scenario(
        "stamp_over_signature",
        Text("Pieczęć na podpisie", "The stamp over a signature"),
        Text(
            "Pieczęć przystawiono na pismo, obok pola. Wszystko jest.", "The stamp covers writing. Everything is there."
        ),
        cases.marked(Marks(overlap=True), "overlap"),
        joint=True,
    ),
    document_scenario(
        "signature_missing",
        Text("Brak podpisu", "No signature"),
        Text("Jest pieczęć, nie ma podpisu.", "There is a stamp, but no signature."),
        cases.marked(Marks(signed=False), "signature_missing"),
        _CORRECTION,
        ReasonCode.NOT_SIGNED,
        findings=(*GOOD_EXTRACT, *ok(Expected.SHEET_NUMBER, Expected.SHEET_STAMP), *fail(Expected.SHEET_SIGNATURE)),
    ),
    document_scenario(
        "signed_by_another",
        Text("Podpisał ktoś inny", "Signed by another"),
        Text(
            "Upoważnienie podpisał sam administrator, który nie reprezentuje firmy.",
            "The administrator signed, who does not represent the company.",
        ),
        cases.signed_by_administrator,
        _CORRECTION,
        ReasonCode.SIGNATORY_NOT_AUTHORIZED,
        findings=(*GOOD_PAPERS, *fail(Expected.SIGNATORY)),
    ),
    document_scenario(
        "second_signature_missing",
        Text("Brak drugiego podpisu", "No second signature"),
        Text(
            "Wpisano nazwisko drugiego członka zarządu, ale podpisu nie ma.",
            "The second member's name is written, but there is no signature.",
        ),
        cases.marked(Marks(second_signed=False), "second_signature_missing"),
        _CORRECTION,
        ReasonCode.SECOND_SIGNATURE_MISSING,
        findings=(*GOOD_PAPERS, *fail(Expected.SHEET_SECOND_SIGNATURE)),
        joint=True,
    ),
    document_scenario(
        "date_missing",
        Text("Brak daty", "No date"),
        Text("Nie wpisano ani miejsca, ani daty.", "Neither place nor date were written."),
        cases.marked(Marks(dated=False), "date_missing"),
        _CORRECTION,
        ReasonCode.DATE_MISSING_OR_FUTURE,
        findings=(*GOOD_PAPERS, *fail(Expected.SHEET_DATE)),
    ),
    document_scenario(
        "date_in_the_future",
        Text("Data z przyszłości", "A date in the future"),
        Text("Upoważnienie nosi datę za trzy tygodnie.", "The authorization is dated three weeks ahead."),
        cases.future_date,
        _CORRECTION,
        ReasonCode.DATE_MISSING_OR_FUTURE,
        findings=(*GOOD_PAPERS, *fail(Expected.SHEET_DATE)),
    ),
    document_scenario(
        "wrong_variant",
        Text("Zły wariant druku", "The wrong variant"),
        Text(
            "Druk mówi, że administrator jest w rejestrze; nie jest.",
            "The sheet says that the administrator is on the register, who is not.",
        ),
        cases.wrong_variant,
        _CORRECTION,
        ReasonCode.WRONG_FORM_VERSION,
        findings=(*GOOD_PAPERS, *fail(Expected.SHEET_VARIANT), *warn(Expected.EXTRACT_ADMINISTRATOR)),
    ),
    document_scenario(
        "outdated_number",
        Text("Nieaktualny numer druku", "An outdated sheet"),
        Text(
            "Po pobraniu druku klient poprawił adres, a przesłał druk podpisany wcześniej.",
            "After the download the customer corrected the seat, and sent the sheet signed before.",
        ),
        cases.outdated_sheet,
        _CORRECTION,
        ReasonCode.WRONG_FORM_VERSION,
        findings=(
            *GOOD_EXTRACT,
            *ok(Expected.SHEET_SIGNATURE),
            *fail(Expected.SHEET_NUMBER),
            *warn(Expected.AUTHORIZATION_CURRENT, Expected.REGISTER_SEAT),
        ),
    ),
    document_scenario(
        "edited_after_signing",
        Text("Zmienione po podpisaniu", "Edited after signing"),
        Text(
            "Na skanie zaklejono nazwisko administratora i wpisano inne, innym krojem.",
            "On the scan the administrator's name was covered and another printed, in another face.",
        ),
        cases.retouched,
        _REJECT,
        ReasonCode.MANIPULATION_SUSPECTED,
        findings=(*GOOD_PAPERS, *fail(Expected.UNALTERED)),
    ),
)

_ELECTRONIC = ok(Expected.SHEET_NUMBER)


_SIGNED = (
    document_scenario(
        "pades_valid",
        Text("Podpis elektroniczny ważny", "A valid electronic signature"),
        Text(
            "PDF podpisano elektronicznie (PAdES), nic nie zmieniono. Pieczęci nie trzeba.",
            "The PDF is signed electronically (PAdES) and unchanged. No stamp is needed.",
        ),
        cases.electronic(cases.valid_signature),
        findings=(
            *GOOD_EXTRACT,
            *_ELECTRONIC,
            *ok(Expected.ELECTRONIC_SIGNATURE, Expected.UNALTERED, Expected.SIGNATORY),
        ),
    ),
    document_scenario(
        "pades_altered",
        Text("Zmieniony po podpisie elektronicznym", "Altered after an electronic signature"),
        Text(
            "Po podpisaniu w pliku zmieniono nazwisko administratora.",
            "After the signature the administrator's name was changed in the file.",
        ),
        cases.electronic(cases.altered_signature, "altered"),
        _CORRECTION,
        ReasonCode.SIGNATURE_INVALID,
        findings=(*GOOD_EXTRACT, *fail(Expected.UNALTERED)),
    ),
    document_scenario(
        "pades_untrusted",
        Text("Podpis nieznanego urzędu", "A signature of an unknown authority"),
        Text(
            "Podpis jest nienaruszony, ale certyfikat wystawił urząd spoza listy zaufanych.",
            "The signature is intact, but an authority that is on no list of trust issued its certificate.",
        ),
        cases.electronic(cases.unknown_authority, "untrusted"),
        _PERSON,
        findings=(*GOOD_EXTRACT, *ok(Expected.UNALTERED), *unknown(Expected.ELECTRONIC_SIGNATURE)),
    ),
    document_scenario(
        "podpis_zaufany",
        Text("Podpis zaufany", "Podpis zaufany (trusted profile)"),
        Text(
            "Podpis zaufany to pieczęć ministra; osoba stoi tylko w powodzie podpisu. Czy wystarcza między firmami, "
            "decyduje człowiek.",
            "A podpis zaufany is the minister's seal; the person stands in the signature's reason alone. Whether it will do "
            "between firms, a person decides.",
        ),
        cases.electronic(cases.trusted_profile),
        _PERSON,
        findings=(*GOOD_EXTRACT, *ok(Expected.UNALTERED), *unknown(Expected.ELECTRONIC_SIGNATURE, Expected.SIGNATORY)),
    ),
)


SIGNED_PAPERS: tuple[Scenario, ...] = (*_SHEETS, *_SIGNED)
