# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about how papers were captured, and which of their pages came."""

from __future__ import annotations

from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.text import Text
from reviewer_app.qa.captures import Device, capture
from reviewer_app.qa.scans import FileForm, fax
from reviewer_app.qa.scenarios import document_cases as cases
from reviewer_app.qa.scenarios.document_entries import document_scenario
from reviewer_app.qa.scenarios.expected import Expected, fail, unknown, warn
from reviewer_app.qa.scenarios.model import Decision, Scenario
from reviewer_app.qa.scenarios.register_entries import GOOD_EXTRACT, GOOD_PAPERS, GOOD_SHEET

_CORRECTION, _PERSON, _REJECT = Decision.REQUEST_CORRECTION, Decision.PERSON_DECIDES, Decision.REJECT

_CAPTURED = (
    document_scenario(
        "clean_pdf",
        Text("PDF z rejestru", "PDF from the register"),
        Text(
            "Odpis prosto z rejestru i dobry skan upoważnienia.",
            "The register's own PDF, and a good scan of the authorization.",
        ),
        cases.clean,
    ),
    document_scenario(
        "full_set",
        Text("Komplet czterech dokumentów", "All four documents"),
        Text(
            "Odpis, potwierdzenie NIP z pieczęcią urzędu, wydruk REGON i upoważnienie.",
            "Extract, the tax office's stamped confirmation of the NIP, the REGON printout and the authorization.",
        ),
        cases.full_set,
    ),
    document_scenario(
        "clean_scan",
        Text("Czysty skan", "Clean scan"),
        Text(
            "Wydrukowany i zeskanowany odpis, bez warstwy tekstu.",
            "A printed and scanned extract without a text layer.",
        ),
        cases.extract_taken(cases.fair(dpi=200, turn=0.3)),
    ),
    document_scenario(
        "phone_photo",
        Text("Zdjęcie telefonem", "Photo by telephone"),
        Text(
            "Upoważnienie sfotografowane na biurku: perspektywa, cień, nierówne światło. Da się odczytać.",
            "The authorization photographed on a desk: perspective, shadow, uneven light. It can be read.",
        ),
        cases.sheet_taken(cases.phone(0.3), form=FileForm.JPEG, defects=("photo",)),
    ),
    document_scenario(
        "rotated_90",
        Text("Skan obrócony o 90°", "Scan turned by 90°"),
        Text("Upoważnienie leży na boku.", "The authorization lies on its side."),
        cases.sheet_taken(cases.fair(quarter_turns=1), defects=("rotated",)),
    ),
    document_scenario(
        "rotated_180",
        Text("Skan do góry nogami", "Scan upside down"),
        Text("Upoważnienie jest odwrócone.", "The authorization is upside down."),
        cases.sheet_taken(cases.fair(quarter_turns=2), defects=("rotated",)),
    ),
    document_scenario(
        "rotated_slightly",
        Text("Skan przekrzywiony", "Scan askew"),
        Text("Odpis położono na skanerze krzywo, o 1 do 7 stopni.", "The extract lay askew, by 1 to 7 degrees."),
        cases.extract_taken(cases.askew, defects=("askew",)),
    ),
    document_scenario(
        "jpeg_artefacts",
        Text("Silna kompresja JPEG", "Strong JPEG compression"),
        Text(
            "Skan ma wyraźne artefakty, ale tekst jest czytelny.",
            "The scan has visible artefacts, but the text can be read.",
        ),
        cases.sheet_taken(cases.fair(jpeg=12), defects=("jpeg_artefacts",)),
    ),
    document_scenario(
        "bleed_through",
        Text("Przebijający druk i zagięcia", "Print shining through, and folds"),
        Text(
            "Cienki papier: widać druk z odwrotnej strony i zgięcia listu. Tekst jest czytelny.",
            "Thin paper: the reverse side shines through and the letter was folded. The text can be read.",
        ),
        cases.extract_taken(cases.fair(bleed=1.0, folds=1.0, texture=0.8), defects=("bleed_through",)),
    ),
    document_scenario(
        "fax",
        Text("Faks", "Fax"),
        Text(
            "Odpis przyszedł faksem: czarno-biały TIFF z kompresją G4. Tekst jest czytelny.",
            "The extract came by fax: a black-and-white TIFF, compressed by G4. The text can be read.",
        ),
        cases.extract_taken(lambda _: fax(0.25), form=FileForm.TIFF, defects=("fax",)),
    ),
    document_scenario(
        "blurred",
        Text("Nieostre", "Blurred"),
        Text(
            "Upoważnienia nie da się odczytać: zdjęcie jest nieostre.",
            "The authorization cannot be read: it is blurred.",
        ),
        cases.sheet_taken(cases.fair(blur=6.0), defects=("blurred",)),
        _CORRECTION,
        ReasonCode.NOT_READABLE,
        findings=(*GOOD_EXTRACT, *fail(Expected.SHEET_LEGIBLE), *unknown(Expected.SHEET_NUMBER)),
    ),
    document_scenario(
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
        findings=(*GOOD_EXTRACT, *fail(Expected.SHEET_LEGIBLE)),
    ),
    document_scenario(
        "low_resolution",
        Text("Za mała rozdzielczość", "Too low a resolution"),
        Text(
            "Odpis zeskanowano w 45 dpi: liter nie widać.", "The extract was scanned at 45 dpi: no letter can be read."
        ),
        cases.extract_taken(cases.fair(dpi=45), defects=("low_resolution",)),
        _CORRECTION,
        ReasonCode.NOT_READABLE,
        findings=(*GOOD_SHEET, *fail(Expected.EXTRACT_LEGIBLE), *unknown(Expected.EXTRACT_NUMBERS)),
    ),
)

_PAGES = (
    document_scenario(
        "pages_swapped",
        Text("Dwie strony zamienione", "Two pages swapped"),
        Text(
            "Są wszystkie strony odpisu, dwie w złej kolejności.",
            "All pages are there, two of them in the wrong order.",
        ),
        cases.pages(lambda count: [1, 3, 2, *range(4, count + 1)], "pages_swapped"),
        findings=(*GOOD_PAPERS, *warn(Expected.EXTRACT_PAGES)),
    ),
    document_scenario(
        "page_missing",
        Text("Brakuje strony", "A page is missing"),
        Text("Brakuje drugiej strony odpisu, a na niej zarządu.", "The second page is missing, and the board with it."),
        cases.pages(lambda count: [1, *range(3, count + 1)], "page_missing"),
        _CORRECTION,
        ReasonCode.PAGES_MISSING,
        findings=(*GOOD_SHEET, *fail(Expected.EXTRACT_PAGES)),
    ),
    document_scenario(
        "pages_200",
        Text("Dwieście stron", "Two hundred pages"),
        Text(
            "Odpis ma tyle stron, ile wolno. Wszystko się zgadza.", "As many pages as are taken. Everything is right."
        ),
        cases.long_extract,
    ),
    document_scenario(
        "blank",
        Text("Pusta strona", "A blank page"),
        Text("Zamiast odpisu zeskanowano pustą kartkę.", "An empty sheet was scanned in place of the extract."),
        cases.blank_extract,
        _CORRECTION,
        ReasonCode.NOT_READABLE,
        findings=(*GOOD_SHEET, *fail(Expected.EXTRACT_LEGIBLE), *unknown(Expected.EXTRACT_NUMBERS)),
    ),
)


CAPTURED_PAPERS: tuple[Scenario, ...] = (*_CAPTURED, *_PAGES)
