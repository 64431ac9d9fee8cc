# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about the papers themselves: how they were made, captured, damaged or tampered with."""

from __future__ import annotations

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.captures import Device, capture
from reviewer_app.qa.filling_in import Marks
from reviewer_app.qa.scans import FileForm, fax
from reviewer_app.qa.scenarios import document_cases as cases
from reviewer_app.qa.scenarios.building import simple
from reviewer_app.qa.scenarios.document_cases import Build
from reviewer_app.qa.scenarios.expected import Expected, fail, ok, unknown, warn
from reviewer_app.qa.scenarios.model import Decision, Finding, Group, Scenario

_CORRECTION, _PERSON, _REJECT = Decision.REQUEST_CORRECTION, Decision.PERSON_DECIDES, Decision.REJECT
_EXTRACT = ok(Expected.EXTRACT_NAME, Expected.EXTRACT_NUMBERS, Expected.EXTRACT_SEAT, Expected.EXTRACT_AGE)
_SHEET = ok(Expected.SHEET_NUMBER, Expected.SHEET_SIGNATURE, Expected.SHEET_STAMP)
_GOOD = (*_EXTRACT, *_SHEET)
_UNSTAMPED = ok(Expected.SHEET_NUMBER, Expected.SHEET_SIGNATURE)


def _scenario(
    name: str,
    title: Text,
    explanation: Text,
    build: Build,
    decision: Decision = Decision.APPROVE,
    *reasons: ReasonCode,
    findings: tuple[Finding, ...] = _GOOD,
    joint: bool = False,
) -> Scenario:
    form = LegalForm.SP_ZOO
    maker = simple(build, form, joint=joint)
    return Scenario(name, Group.DOCUMENT, title, explanation, form, decision, maker, reasons=reasons, findings=findings)


_CAPTURED = (
    _scenario(
        "clean_pdf",
        Text("PDF z rejestru", "PDF from the register"),
        Text(
            "Odpis prosto z rejestru i dobry skan upoważnienia.",
            "The register's own PDF, and a good scan of the authorization.",
        ),
        cases.clean,
    ),
    _scenario(
        "full_set",
        Text("Komplet czterech dokumentów", "All four documents"),
        Text(
            "Odpis, potwierdzenie NIP z pieczęcią urzędu, wydruk REGON i upoważnienie.",
            "Extract, the tax office's stamped confirmation of the NIP, the REGON printout and the authorization.",
        ),
        cases.full_set,
    ),
    _scenario(
        "clean_scan",
        Text("Czysty skan", "Clean scan"),
        Text(
            "Wydrukowany i zeskanowany odpis, bez warstwy tekstu.",
            "A printed and scanned extract without a text layer.",
        ),
        cases.extract_taken(cases.fair(dpi=200, turn=0.3)),
    ),
    _scenario(
        "phone_photo",
        Text("Zdjęcie telefonem", "Photo by telephone"),
        Text(
            "Upoważnienie sfotografowane na biurku: perspektywa, cień, nierówne światło. Da się odczytać.",
            "The authorization photographed on a desk: perspective, shadow, uneven light. It can be read.",
        ),
        cases.sheet_taken(cases.phone(0.3), form=FileForm.JPEG, defects=("photo",)),
    ),
    _scenario(
        "rotated_90",
        Text("Skan obrócony o 90°", "Scan turned by 90°"),
        Text("Upoważnienie leży na boku.", "The authorization lies on its side."),
        cases.sheet_taken(cases.fair(quarter_turns=1), defects=("rotated",)),
    ),
    _scenario(
        "rotated_180",
        Text("Skan do góry nogami", "Scan upside down"),
        Text("Upoważnienie jest odwrócone.", "The authorization is upside down."),
        cases.sheet_taken(cases.fair(quarter_turns=2), defects=("rotated",)),
    ),
    _scenario(
        "rotated_slightly",
        Text("Skan przekrzywiony", "Scan askew"),
        Text("Odpis położono na skanerze krzywo, o 1 do 7 stopni.", "The extract lay askew, by 1 to 7 degrees."),
        cases.extract_taken(cases.askew, defects=("askew",)),
    ),
    _scenario(
        "jpeg_artefacts",
        Text("Silna kompresja JPEG", "Strong JPEG compression"),
        Text(
            "Skan ma wyraźne artefakty, ale tekst jest czytelny.",
            "The scan has visible artefacts, but the text can be read.",
        ),
        cases.sheet_taken(cases.fair(jpeg=12), defects=("jpeg_artefacts",)),
    ),
    _scenario(
        "bleed_through",
        Text("Przebijający druk i zagięcia", "Print shining through, and folds"),
        Text(
            "Cienki papier: widać druk z odwrotnej strony i zgięcia listu. Tekst jest czytelny.",
            "Thin paper: the reverse side shines through and the letter was folded. The text can be read.",
        ),
        cases.extract_taken(cases.fair(bleed=1.0, folds=1.0, texture=0.8), defects=("bleed_through",)),
    ),
    _scenario(
        "fax",
        Text("Faks", "Fax"),
        Text(
            "Odpis przyszedł faksem: czarno-biały TIFF z kompresją G4. Tekst jest czytelny.",
            "The extract came by fax: a black-and-white TIFF, compressed by G4. The text can be read.",
        ),
        cases.extract_taken(lambda _: fax(0.35), form=FileForm.TIFF, defects=("fax",)),
    ),
    _scenario(
        "blurred",
        Text("Nieostre", "Blurred"),
        Text(
            "Upoważnienia nie da się odczytać: zdjęcie jest nieostre.",
            "The authorization cannot be read: it is blurred.",
        ),
        cases.sheet_taken(cases.fair(blur=6.0), defects=("blurred",)),
        _CORRECTION,
        ReasonCode.NOT_READABLE,
        findings=(*_EXTRACT, *fail(Expected.SHEET_LEGIBLE), *unknown(Expected.SHEET_NUMBER)),
    ),
    _scenario(
        "dark",
        Text("Za ciemne", "Too dark"),
        Text("Zdjęcie zrobiono prawie po ciemku.", "The photo was taken nearly in the dark."),
        cases.sheet_taken(
            lambda source: cases.dimmed(capture(Device.PHONE, 0.4, source, dpi=120)),
            form=FileForm.JPEG,
            defects=("dark",),
        ),
        _CORRECTION,
        ReasonCode.NOT_READABLE,
        findings=(*_EXTRACT, *fail(Expected.SHEET_LEGIBLE)),
    ),
    _scenario(
        "low_resolution",
        Text("Za mała rozdzielczość", "Too low a resolution"),
        Text(
            "Odpis zeskanowano w 45 dpi: liter nie widać.", "The extract was scanned at 45 dpi: no letter can be read."
        ),
        cases.extract_taken(cases.fair(dpi=45), defects=("low_resolution",)),
        _CORRECTION,
        ReasonCode.NOT_READABLE,
        findings=(*_SHEET, *fail(Expected.EXTRACT_LEGIBLE), *unknown(Expected.EXTRACT_NUMBERS)),
    ),
)

_PAGES = (
    _scenario(
        "pages_swapped",
        Text("Dwie strony zamienione", "Two pages swapped"),
        Text(
            "Są wszystkie strony odpisu, dwie w złej kolejności.",
            "All pages are there, two of them in the wrong order.",
        ),
        cases.pages(lambda count: [1, 3, 2, *range(4, count + 1)], "pages_swapped"),
        findings=(*_GOOD, *warn(Expected.EXTRACT_PAGES)),
    ),
    _scenario(
        "page_missing",
        Text("Brakuje strony", "A page is missing"),
        Text("Brakuje drugiej strony odpisu, a na niej zarządu.", "The second page is missing, and the board with it."),
        cases.pages(lambda count: [1, *range(3, count + 1)], "page_missing"),
        _CORRECTION,
        ReasonCode.PAGES_MISSING,
        findings=(*_SHEET, *fail(Expected.EXTRACT_PAGES)),
    ),
    _scenario(
        "pages_200",
        Text("Dwieście stron", "Two hundred pages"),
        Text(
            "Odpis ma tyle stron, ile wolno. Wszystko się zgadza.", "As many pages as are taken. Everything is right."
        ),
        cases.long_extract,
    ),
    _scenario(
        "blank",
        Text("Pusta strona", "A blank page"),
        Text("Zamiast odpisu zeskanowano pustą kartkę.", "An empty sheet was scanned in place of the extract."),
        cases.blank_extract,
        _CORRECTION,
        ReasonCode.NOT_READABLE,
        findings=(*_SHEET, *fail(Expected.EXTRACT_LEGIBLE), *unknown(Expected.EXTRACT_NUMBERS)),
    ),
)

_SHEETS = (
    _scenario(
        "stamp_missing",
        Text("Brak pieczęci", "No stamp"),
        Text("Upoważnienie jest podpisane, ale bez pieczęci firmy.", "The authorization is signed, but has no stamp."),
        cases.marked(Marks(stamped=False), "stamp_missing"),
        _CORRECTION,
        ReasonCode.STAMP_MISSING,
        findings=(*_EXTRACT, *_UNSTAMPED, *fail(Expected.SHEET_STAMP)),
    ),
    _scenario(
        "stamp_over_signature",
        Text("Pieczęć na podpisie", "The stamp over a signature"),
        Text(
            "Pieczęć przystawiono na pismo, obok pola. Wszystko jest.", "The stamp covers writing. Everything is there."
        ),
        cases.marked(Marks(overlap=True), "overlap"),
        joint=True,
    ),
    _scenario(
        "signature_missing",
        Text("Brak podpisu", "No signature"),
        Text("Jest pieczęć, nie ma podpisu.", "There is a stamp, but no signature."),
        cases.marked(Marks(signed=False), "signature_missing"),
        _CORRECTION,
        ReasonCode.NOT_SIGNED,
        findings=(*_EXTRACT, *ok(Expected.SHEET_NUMBER, Expected.SHEET_STAMP), *fail(Expected.SHEET_SIGNATURE)),
    ),
    _scenario(
        "signed_by_another",
        Text("Podpisał ktoś inny", "Signed by another"),
        Text(
            "Upoważnienie podpisał sam administrator, który nie reprezentuje firmy.",
            "The administrator signed, who does not represent the company.",
        ),
        cases.signed_by_administrator,
        _CORRECTION,
        ReasonCode.SIGNATORY_NOT_AUTHORIZED,
        findings=(*_GOOD, *fail(Expected.SIGNATORY)),
    ),
    _scenario(
        "second_signature_missing",
        Text("Brak drugiego podpisu", "No second signature"),
        Text(
            "Wpisano nazwisko drugiego członka zarządu, ale podpisu nie ma.",
            "The second member's name is written, but there is no signature.",
        ),
        cases.marked(Marks(second_signed=False), "second_signature_missing"),
        _CORRECTION,
        ReasonCode.SECOND_SIGNATURE_MISSING,
        findings=(*_GOOD, *fail(Expected.SHEET_SECOND_SIGNATURE)),
        joint=True,
    ),
    _scenario(
        "date_missing",
        Text("Brak daty", "No date"),
        Text("Nie wpisano ani miejsca, ani daty.", "Neither place nor date were written."),
        cases.marked(Marks(dated=False), "date_missing"),
        _CORRECTION,
        ReasonCode.DATE_MISSING_OR_FUTURE,
    ),
    _scenario(
        "date_in_the_future",
        Text("Data z przyszłości", "A date in the future"),
        Text("Upoważnienie nosi datę za trzy tygodnie.", "The authorization is dated three weeks ahead."),
        cases.future_date,
        _CORRECTION,
        ReasonCode.DATE_MISSING_OR_FUTURE,
    ),
    _scenario(
        "wrong_variant",
        Text("Zły wariant druku", "The wrong variant"),
        Text(
            "Druk mówi, że administrator jest w rejestrze; nie jest.",
            "The sheet says that the administrator is on the register, who is not.",
        ),
        cases.wrong_variant,
        _CORRECTION,
        ReasonCode.WRONG_FORM_VERSION,
        findings=(*_GOOD, *fail(Expected.SHEET_VARIANT)),
    ),
    _scenario(
        "outdated_number",
        Text("Nieaktualny numer druku", "An outdated sheet"),
        Text(
            "Po pobraniu druku klient poprawił adres, a przesłał druk podpisany wcześniej.",
            "After the download the customer corrected the seat, and sent the sheet signed before.",
        ),
        cases.outdated_sheet,
        _CORRECTION,
        ReasonCode.WRONG_FORM_VERSION,
        findings=(*_EXTRACT, *_UNSTAMPED, *warn(Expected.AUTHORIZATION_CURRENT)),
    ),
    _scenario(
        "edited_after_signing",
        Text("Zmienione po podpisaniu", "Edited after signing"),
        Text(
            "Na skanie zaklejono nazwisko administratora i wpisano inne, innym krojem.",
            "On the scan the administrator's name was covered and another printed, in another face.",
        ),
        cases.retouched,
        _REJECT,
        ReasonCode.MANIPULATION_SUSPECTED,
        findings=(*_GOOD, *fail(Expected.UNALTERED)),
    ),
)

_ELECTRONIC = ok(Expected.SHEET_NUMBER)


_SIGNED = (
    _scenario(
        "pades_valid",
        Text("Podpis elektroniczny ważny", "A valid electronic signature"),
        Text(
            "PDF podpisano elektronicznie (PAdES), nic nie zmieniono. Pieczęci nie trzeba.",
            "The PDF is signed electronically (PAdES) and unchanged. No stamp is needed.",
        ),
        cases.electronic(cases.valid_signature),
        findings=(*_EXTRACT, *_ELECTRONIC, *ok(Expected.ELECTRONIC_SIGNATURE, Expected.UNALTERED, Expected.SIGNATORY)),
    ),
    _scenario(
        "pades_altered",
        Text("Zmieniony po podpisie elektronicznym", "Altered after an electronic signature"),
        Text(
            "Po podpisaniu w pliku zmieniono nazwisko administratora.",
            "After the signature the administrator's name was changed in the file.",
        ),
        cases.electronic(cases.altered_signature, "altered"),
        _CORRECTION,
        ReasonCode.SIGNATURE_INVALID,
        findings=(*_EXTRACT, *fail(Expected.UNALTERED)),
    ),
    _scenario(
        "pades_untrusted",
        Text("Podpis nieznanego urzędu", "A signature of an unknown authority"),
        Text(
            "Podpis jest nienaruszony, ale certyfikat wystawił urząd spoza listy zaufanych.",
            "The signature is intact, but an authority that is on no list of trust issued its certificate.",
        ),
        cases.electronic(cases.unknown_authority, "untrusted"),
        _PERSON,
        findings=(*_EXTRACT, *ok(Expected.UNALTERED), *unknown(Expected.ELECTRONIC_SIGNATURE)),
    ),
    _scenario(
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
        findings=(*_EXTRACT, *ok(Expected.UNALTERED), *unknown(Expected.ELECTRONIC_SIGNATURE, Expected.SIGNATORY)),
    ),
)

_OTHERS = (
    _scenario(
        "old_extract",
        Text("Odpis sprzed ponad roku", "An extract of more than a year ago"),
        Text("Odpis ma ponad rok.", "The extract is more than a year old."),
        cases.old_extract,
        _CORRECTION,
        ReasonCode.EXTRACT_TOO_OLD,
        findings=(*_SHEET, *fail(Expected.EXTRACT_AGE)),
    ),
    _scenario(
        "other_company_extract",
        Text("Odpis innej firmy", "Another company's extract"),
        Text("Odpis dotyczy zupełnie innej spółki.", "The extract is about another company altogether."),
        cases.about(cases.another, "other_company"),
        _CORRECTION,
        ReasonCode.NAME_MISMATCH,
        ReasonCode.NUMBER_MISMATCH,
        findings=(*_SHEET, *fail(Expected.EXTRACT_NAME, Expected.EXTRACT_NUMBERS, Expected.EXTRACT_SEAT)),
    ),
    _scenario(
        "nip_one_digit_off",
        Text("NIP różni się jedną cyfrą", "The NIP differs by one digit"),
        Text("Na odpisie NIP różni się jedną cyfrą od zgłoszonego.", "One digit of the NIP on the extract is another."),
        cases.about(cases.other_nip, "other_nip"),
        _CORRECTION,
        ReasonCode.NUMBER_MISMATCH,
        findings=(*_SHEET, *ok(Expected.EXTRACT_NAME), *fail(Expected.EXTRACT_NUMBERS)),
    ),
    _scenario(
        "krs_one_digit_off",
        Text("KRS różni się jedną cyfrą", "The KRS number differs by one digit"),
        Text(
            "Na odpisie KRS różni się jedną cyfrą od zgłoszonego.",
            "One digit of the KRS number on the extract is another.",
        ),
        cases.about(cases.other_krs, "other_krs"),
        _CORRECTION,
        ReasonCode.NUMBER_MISMATCH,
        findings=(*_SHEET, *ok(Expected.EXTRACT_NAME), *fail(Expected.EXTRACT_NUMBERS)),
    ),
    _scenario(
        "wrong_document",
        Text("Inny dokument", "Another document"),
        Text(
            "Zamiast odpisu przesłano potwierdzenie NIP.", "A confirmation of the NIP was sent in place of the extract."
        ),
        cases.other_kind,
        _CORRECTION,
        ReasonCode.WRONG_DOCUMENT_TYPE,
        findings=(*_SHEET, *fail(Expected.DOCUMENT_TYPE)),
    ),
    _scenario(
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
        findings=(*_SHEET, *fail(Expected.EXTRACT_NUMBERS), *warn(Expected.DOCUMENT_SEEN_BEFORE)),
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
    _scenario(
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

DOCUMENT_SCENARIOS: tuple[Scenario, ...] = (*_CAPTURED, *_PAGES, *_SHEETS, *_SIGNED, *_OTHERS, *_REFUSED)
