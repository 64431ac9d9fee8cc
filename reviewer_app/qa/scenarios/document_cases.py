# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makers of the cases about papers: each changes one paper of a case in which all is right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from random import Random

from reviewer_app.contract.states import DocumentKind
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.documents.errors import RefusalCode
from reviewer_app.qa.captures import Capture, Device, capture, take
from reviewer_app.qa.damaged_files import blank, cut, huge_page, huge_picture, locked, retouch, with_pages, word_file
from reviewer_app.qa.electronic_signatures import Signer, alter, sign_by_trusted_profile, sign_electronically
from reviewer_app.qa.extracts import krs_extract
from reviewer_app.qa.filling_in import Marks, Sheet, fill_in, sheet_fields, specimen, stamp_letter
from reviewer_app.qa.printouts import nip_confirmation, regon_confirmation
from reviewer_app.qa.scans import FileForm, ScanQuality, bound, captured, scanned, scanner
from reviewer_app.qa.scenarios.building import (
    AUTHORIZATION,
    EXTRACT,
    PDF,
    Signing,
    case_of,
    company_of,
    extract_day,
    extract_paper,
    sheet_values,
    signatory,
    signed_paper,
)
from reviewer_app.qa.scenarios.model import Act, CaseOrder, Paper, ScenarioCase, SignedPaper, Step
from reviewer_app.qa.synthetic_companies import SyntheticCompany, make_person
from reviewer_app.qa.truth import DocumentTruth
from reviewer_app.qa.typesetting import Printed

Build = Callable[[CaseOrder, SyntheticCompany], ScenarioCase]
How = Callable[[Random], Capture]


def chance(order: CaseOrder) -> Random:
    """Give the source from which a case takes what differs between its seeds."""
    return Random(f"{order.scenario} {order.seed}")  # noqa: S311 - data for tests, the same each time


def clean(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """The register's own PDF, and a good scan of the authorization."""
    return case_of(order, company, signing=Signing(capture=scanner(ScanQuality.GOOD, chance(order))))


def full_set(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """All four kinds of papers; the letter of the tax office is stamped and signed."""
    source = chance(order)
    letter = nip_confirmation(company, issued_on=company.registered_on + timedelta(days=6))
    how = scanner(ScanQuality.FAIR, source)
    sheet = Sheet(letter.data, how.dpi)
    stamp_letter(sheet, f"Naczelnik Urzędu Skarbowego {company.seat.city}", make_person(source, "").name, source)
    truth = replace(letter.truth, fields=(*letter.truth.fields, *sheet.fields))
    tax = captured([sheet.image], truth, how, source)
    statistics = regon_confirmation(company, printed_on=extract_day(order))
    papers = [
        extract_paper(company, order),
        Paper("nip", DocumentKind.NIP_CONFIRMATION, "nip.pdf", tax.data, PDF, tax.truth),
        Paper("regon", DocumentKind.REGON_CONFIRMATION, "regon.pdf", statistics.data, PDF, statistics.truth),
    ]
    return case_of(order, company, extract=papers)


def extract_taken(how: How, *, form: FileForm = FileForm.PDF, defects: tuple[str, ...] = ()) -> Build:
    """Print the extract and take pictures of it."""

    def build(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
        source = chance(order)
        paper = extract_paper(company, order)
        taken = scanned(Printed(paper.data, paper.truth), how(source), source, form=form)
        suffix = "tif" if form is FileForm.TIFF else "pdf"
        scan = replace(
            paper,
            data=taken.data,
            media_type=form.value,
            file_name=f"skan.{suffix}",
            truth=taken.truth.with_defects(*defects),
        )
        return case_of(order, company, extract=[scan])

    return build


def sheet_taken(how: How, *, form: FileForm = FileForm.PDF, defects: tuple[str, ...] = ()) -> Build:
    """Take the signed authorization in some way."""

    def build(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
        return case_of(order, company, signing=Signing(capture=how(chance(order)), form=form, defects=defects))

    return build


def marked(marks: Marks, *defects: str) -> Build:
    """Put on the authorization only these marks."""

    def build(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
        return case_of(order, company, signing=Signing(marks=marks, defects=defects))

    return build


def signed_by_administrator(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Have the administrator sign for themselves."""
    return case_of(order, company, signing=Signing((company.administrator.name,), defects=("signed_by_another",)))


def future_date(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Date the authorization three weeks ahead."""
    later = replace(order, day=order.day + timedelta(days=23))
    return case_of(order, company, authorization=signed_paper(company, later, Signing(defects=("future_date",))))


def wrong_variant(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Take the sheet for administrators who are on the register, for one who is not."""
    return case_of(order, company, signing=Signing(variant=Variant.REGISTERED, defects=("wrong_variant",)))


def outdated_sheet(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Correct the seat after the download, and send the sheet that was signed before."""
    moved = replace(company, seat=replace(company.seat, building=f"{len(company.seat.building)}99C"))
    case = case_of(order, moved, extract=[extract_paper(company, order)], signing=Signing(defects=("outdated",)))
    seat = company.seat
    corrected = {
        "street": seat.street,
        "building": seat.building,
        "unit": seat.unit,
        "postal_code": seat.postal_code,
        "city": seat.city,
    }
    *before, upload, submit = case.steps
    return replace(case, steps=(*before, Step(Act.CHANGE_COMPANY, {"fields": {"seat": corrected}}), upload, submit))


def retouched(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Change the administrator's name on the picture of the signed sheet."""
    who = signatory(company, order)
    other = make_person(chance(order), "").name

    def sign(authorization: bytes) -> Paper:
        source = chance(order)
        sheet = Sheet(authorization, 200)
        fill_in(sheet, who, Marks(), source)
        found = sheet_fields(authorization, sheet_values(company))
        target = next(field for field in found if field.name == "administrator.name")
        retouch(sheet, target, other)
        fields = [replace(field, text=other) if field is target else field for field in (*found, *sheet.fields)]
        truth = DocumentTruth("authorization", 1, tuple(fields), ("edited",))
        made = bound([take(sheet.image, scanner(ScanQuality.GOOD, source), source)], truth)
        return Paper(AUTHORIZATION, DocumentKind.AUTHORIZATION, "upowaznienie.pdf", made.data, PDF, made.truth)

    return case_of(order, company, authorization=SignedPaper(AUTHORIZATION, sign))


def electronic(change: Callable[[bytes, CaseOrder, SyntheticCompany], bytes], *defects: str) -> Build:
    """Sign the server's PDF itself, without paper."""

    def build(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
        def sign(authorization: bytes) -> Paper:
            data = change(specimen(authorization), order, company)
            fields = tuple(sheet_fields(authorization, sheet_values(company)))
            truth = DocumentTruth("authorization", 1, fields, ("electronic", *defects))
            return Paper(AUTHORIZATION, DocumentKind.AUTHORIZATION, "upowaznienie-podpisane.pdf", data, PDF, truth)

        return case_of(order, company, authorization=SignedPaper(AUTHORIZATION, sign))

    return build


def valid_signature(pdf: bytes, order: CaseOrder, company: SyntheticCompany) -> bytes:
    """Sign as who may sign."""
    return sign_electronically(pdf, Signer(company.representatives[0].name), order.day - timedelta(days=2))


def unknown_authority(pdf: bytes, order: CaseOrder, company: SyntheticCompany) -> bytes:
    """Sign with a certificate of an authority that nobody knows."""
    signer = Signer(company.representatives[0].name, trusted=False)
    return sign_electronically(pdf, signer, order.day - timedelta(days=2))


def altered_signature(pdf: bytes, order: CaseOrder, company: SyntheticCompany) -> bytes:
    """Sign, then write another e-mail address over the administrator's."""
    signed = valid_signature(pdf, order, company)
    return alter(signed, company.administrator.name, make_person(chance(order), "").name)


def trusted_profile(pdf: bytes, order: CaseOrder, company: SyntheticCompany) -> bytes:
    """Sign as podpis zaufany does."""
    return sign_by_trusted_profile(pdf, company.representatives[0].name, order.day - timedelta(days=2))


def pages(choose: Callable[[int], list[int]], defect: str) -> Build:
    """Put the extract's pages together in another way; ``choose`` takes their number."""

    def build(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
        paper = extract_paper(company, order)
        made = with_pages(Printed(paper.data, paper.truth), choose(paper.truth.pages), defect)
        return case_of(order, company, extract=[replace(paper, data=made.data, truth=made.truth)])

    return build


def old_extract(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Use an extract of last year, scanned."""
    return case_of(order, company, extract=[extract_paper(company, order, days_old=400)])


def about(change: Callable[[CaseOrder, SyntheticCompany], SyntheticCompany], defect: str) -> Build:
    """Make the extract about a company that is not quite, or not at all, the declared one."""

    def build(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
        paper = extract_paper(change(order, company), order)
        return case_of(order, company, extract=[replace(paper, truth=paper.truth.with_defects(defect))])

    return build


def another(order: CaseOrder, _: SyntheticCompany) -> SyntheticCompany:
    """Give another company."""
    return company_of(order, salt=1)


def other_nip(_: CaseOrder, company: SyntheticCompany) -> SyntheticCompany:
    """Change one digit of the NIP."""
    return replace(company, nip=_one_digit(company.nip, 6))


def other_krs(_: CaseOrder, company: SyntheticCompany) -> SyntheticCompany:
    """Change one digit of the KRS number."""
    return replace(company, krs=_one_digit(company.krs, 7))


def other_kind(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Send a confirmation of the NIP as the extract."""
    made = nip_confirmation(company, issued_on=extract_day(order))
    paper = Paper(EXTRACT, DocumentKind.REGISTRY_EXTRACT, "odpis.pdf", made.data, PDF, made.truth)
    return case_of(order, company, extract=[paper])


def blank_extract(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Lay the extract on the scanner the wrong way up."""
    source = chance(order)
    made = blank(scanner(ScanQuality.FAIR, source), source)
    paper = Paper(EXTRACT, DocumentKind.REGISTRY_EXTRACT, "skan.pdf", made.data, PDF, made.truth)
    return case_of(order, company, extract=[paper])


def long_extract(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Send as many pages as are taken."""
    made = krs_extract(company, state_on=extract_day(order), pages=200)
    paper = replace(extract_paper(company, order), data=made.data, truth=made.truth)
    return case_of(order, company, extract=[paper])


def duplicate(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
    """Send the very file that another company sent before."""
    first = company_of(order, salt=1)
    earlier = case_of(order, first)
    paper = extract_paper(first, order)
    return case_of(order, company, extract=[paper], earlier=(earlier,))


def refused_first(
    make: Callable[[Paper, CaseOrder, SyntheticCompany], bytes], refused: RefusalCode, file_name: str = "odpis.pdf"
) -> Build:
    """Try a file that is not taken, then send the good one."""

    def build(order: CaseOrder, company: SyntheticCompany) -> ScenarioCase:
        good = extract_paper(company, order)
        bad = Paper(
            "refused_extract",
            DocumentKind.REGISTRY_EXTRACT,
            file_name,
            make(good, order, company),
            PDF,
            DocumentTruth(good.truth.document, 0, defects=(refused.value,)),
            refused,
        )
        return case_of(order, company, extract=[bad, good])

    return build


def too_many_pages(_: Paper, order: CaseOrder, company: SyntheticCompany) -> bytes:
    """Make one page more than is taken."""
    return krs_extract(company, state_on=extract_day(order), pages=201).data


BAD_FILES: dict[str, tuple[Callable[[Paper, CaseOrder, SyntheticCompany], bytes], RefusalCode, str]] = {
    "password_protected": (lambda good, *_: locked(good.data), RefusalCode.PASSWORD_PROTECTED, "odpis.pdf"),
    "truncated": (lambda good, *_: cut(good.data), RefusalCode.UNREADABLE, "odpis.pdf"),
    "wrong_type": (lambda *_: word_file(), RefusalCode.UNSUPPORTED_TYPE, "odpis.pdf"),
    "empty_file": (lambda *_: b"", RefusalCode.EMPTY_FILE, "odpis.pdf"),
    "pages_201": (too_many_pages, RefusalCode.TOO_MANY_PAGES, "odpis.pdf"),
    "huge_page": (lambda good, *_: huge_page(good.data), RefusalCode.TOO_LARGE_PAGE, "odpis.pdf"),
    "huge_picture": (lambda *_: huge_picture(), RefusalCode.TOO_LARGE_PAGE, "odpis.png"),
}
"""What is tried, how it is refused, and what the customer calls it."""


def phone(strength: float) -> How:
    """Take it with a telephone."""
    return lambda source: capture(Device.PHONE, strength, source, dpi=150)


def askew(source: Random) -> Capture:
    """Lay it on the scanner turned by 1 to 7 degrees."""
    return replace(scanner(ScanQuality.FAIR, source), turn=source.choice((-1, 1)) * source.uniform(1, 7))


def fair(**changed: object) -> How:
    """Take a fair scan with some settings changed."""
    return lambda source: replace(scanner(ScanQuality.FAIR, source), **changed)  # type: ignore[arg-type] # by name


def dimmed(how: Capture) -> Capture:
    """Leave hardly any light."""
    return replace(how, exposure=0.24, noise=how.noise * 3)


def _one_digit(number: str, at: int) -> str:
    return f"{number[:at]}{(int(number[at]) + 1) % 10}{number[at + 1 :]}"
