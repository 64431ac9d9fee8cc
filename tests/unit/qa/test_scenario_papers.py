# SPDX-License-Identifier: AGPL-3.0-or-later
"""The papers of scenarios are taken or refused as the catalogue says, the same for a seed, and true about themselves."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pymupdf
import pytest
import zxingcpp
from asn1crypto import x509
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus
from pyhanko_certvalidator import ValidationContext

from reviewer_app.documents.errors import DocumentRefused
from reviewer_app.documents.service import DocumentService
from reviewer_app.qa.electronic_signatures import SEAL_OF_THE_MINISTER, trusted_root
from reviewer_app.qa.register_truth import KrsEntry
from reviewer_app.qa.scenarios import SCENARIOS, Group, Paper, Scenario, ScenarioCase, Share, SignedPaper, scenario
from reviewer_app.qa.specimens import authorization_of
from reviewer_app.qa.synthetic_companies import SyntheticCompany, SyntheticPerson, make_company

DOCUMENT_SCENARIOS = [entry for entry in SCENARIOS.values() if entry.group is Group.DOCUMENT]
SHARED_SHEET = ("stamp_missing", "phone_photo", "rotated_90", "edited_after_signing", "pades_altered", "resubmitted")
READABLE_CODES = ("clean_pdf", "phone_photo", "rotated_90", "rotated_180", "jpeg_artefacts", "stamp_over_signature")
SEED = 3


def files_of(case: ScenarioCase) -> Iterator[Paper]:
    """Give every file of a case; an authorization is signed on a sheet made without a server."""
    sheet = authorization_of(case.company)
    for paper in case.papers:
        yield paper.sign(sheet) if isinstance(paper, SignedPaper) else paper


def sheet_of(name: str) -> Paper:
    """Give the last authorization of a scenario."""
    return list(files_of(scenario(name).make(SEED)))[-1]


def picture_of(paper: Paper) -> Image.Image:
    if paper.media_type == "image/jpeg":
        return Image.open(io.BytesIO(paper.data))
    with pymupdf.open(stream=paper.data, filetype="pdf") as document:
        pixmap = document.load_page(0).get_pixmap(dpi=150, alpha=False)
        return Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)


def signature_on(paper: Paper) -> tuple[PdfSignatureStatus, str, str]:
    """Validate the one signature; gives its status, its reason and who holds the certificate."""
    (signature,) = PdfFileReader(io.BytesIO(paper.data)).embedded_signatures
    context = ValidationContext(trust_roots=[x509.Certificate.load(trusted_root())], allow_fetching=False)
    status = validate_pdf_signature(signature, signer_validation_context=context)
    holder = status.signing_cert.subject.native["common_name"]
    return status, str(signature.sig_object.get("/Reason", "")), holder


@pytest.mark.parametrize("entry", DOCUMENT_SCENARIOS, ids=lambda entry: entry.name)
def test_inspection_takes_or_refuses_each_file_as_the_catalogue_says(
    entry: Scenario, service: DocumentService, tmp_path: Path
) -> None:
    for paper in files_of(entry.make(SEED)):
        path = tmp_path / paper.name
        path.write_bytes(paper.data)
        if paper.refused:
            with pytest.raises(DocumentRefused) as refusal:
                service.inspect(path, file_name=paper.file_name)
            assert refusal.value.code is paper.refused
            continue
        inspection = service.inspect(path, file_name=paper.file_name)
        assert inspection.media_type == paper.media_type
        assert inspection.name_matches
        assert not inspection.repaired
        assert len(inspection.pages) == paper.truth.pages
        for field in paper.truth.fields:
            x0, y0, x1, y1 = field.box
            assert 1 <= field.page <= paper.truth.pages
            assert 0 <= x0 <= x1 <= 1
            assert 0 <= y0 <= y1 <= 1


@pytest.mark.parametrize("name", SHARED_SHEET)
def test_same_sheet_is_signed_into_the_same_bytes(name: str) -> None:
    assert sheet_of(name).data == sheet_of(name).data


@pytest.mark.parametrize("name", READABLE_CODES)
def test_code_of_a_readable_authorization_can_be_read(name: str) -> None:
    paper = sheet_of(name)
    codes = [code.text for code in zxingcpp.read_barcodes(picture_of(paper))]
    assert [paper.truth.field("number").text in code for code in codes] == [True]


def test_what_a_defect_takes_away_is_not_in_the_truth() -> None:
    missing = {
        "stamp_missing": "stamp",
        "signature_missing": "signature_1",
        "second_signature_missing": "signature_2",
        "date_missing": "date",
    }
    for name, field in missing.items():
        assert name in sheet_of(name).truth.defects
        with pytest.raises(KeyError):
            sheet_of(name).truth.field(field)
        sheet_of("stamp_over_signature").truth.field(field)
    extract = next(files_of(scenario("page_missing").make(SEED)))
    assert all(field.page <= extract.truth.pages for field in extract.truth.fields)
    swapped = next(files_of(scenario("pages_swapped").make(SEED)))
    with pymupdf.open(stream=swapped.data, filetype="pdf") as document:
        assert "Strona 3 z" in document.load_page(1).get_text()


def test_electronic_signatures_are_what_they_are_said_to_be() -> None:
    case = scenario("pades_valid").make(SEED)
    signer = case.company.representatives[0].name
    valid, _, holder = signature_on(sheet_of("pades_valid"))
    assert valid.bottom_line
    assert holder == signer
    untrusted, _, _ = signature_on(sheet_of("pades_untrusted"))
    assert untrusted.intact
    assert not untrusted.trusted
    sealed, reason, seal = signature_on(sheet_of("podpis_zaufany"))
    assert sealed.intact
    assert seal == SEAL_OF_THE_MINISTER
    person = scenario("podpis_zaufany").make(SEED).company.representatives[0].name
    assert f"w imieniu: {person}" in reason


def test_signature_tells_of_a_later_change(caplog: pytest.LogCaptureFixture) -> None:
    status, _, _ = signature_on(sheet_of("pades_altered"))
    assert not status.bottom_line
    assert status.modification_level is ModificationLevel.OTHER
    assert caplog.records


def test_papers_are_dated_before_the_day_asked_for() -> None:
    day = date(2031, 5, 6)
    extract, _ = scenario("sole_rule_one_member").make(1, day=day).papers
    assert isinstance(extract, Paper)
    assert extract.truth.field("state_on").text == f"{day - timedelta(days=6):%d.%m.%Y}"
    old, _ = scenario("extract_120_days_old").make(1, day=day).papers
    assert isinstance(old, Paper)
    assert old.truth.field("state_on").text == f"{day - timedelta(days=120):%d.%m.%Y}"


def people_of(company: SyntheticCompany) -> tuple[SyntheticPerson, ...]:
    return (*company.representatives, *company.proxies, *company.liquidators, company.administrator)


def assert_invented(company: SyntheticCompany) -> None:
    assert company.nip.startswith("9990")
    assert company.regon.startswith("9900")
    assert not company.krs or company.krs.startswith("00099")
    assert company.bank_account[2:].startswith("99990000")
    for person in people_of(company):
        assert not person.pesel or 61 <= int(person.pesel[2:4]) <= 72
        assert not person.nip or person.nip.startswith("9990")
        assert not person.regon or person.regon.startswith("9900")
        assert not person.krs or person.krs.startswith("00099")
    assert company.email.endswith(".test")


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 2**31 - 1), name=st.sampled_from([*SCENARIOS]))
def test_no_number_is_a_real_one(seed: int, name: str) -> None:
    if name in {
        "clean_scan",
        "fax",
        "bleed_through",
        "full_set",
        "rotated_slightly",
        "blank",
        "pages_200",
        "pages_201",
    }:
        assert_invented(make_company(seed))
        return
    case = scenario(name).make(seed)
    for one in (case, *case.earlier):
        assert_invented(one.company)
        assert all(
            number.startswith("9990") for number in (*one.registers.vat, *one.registers.ceidg, *one.registers.vies)
        )
        assert all(number.startswith("00099") for number in one.registers.krs)


def test_shared_cases_have_numbers_of_their_own_and_the_same_files() -> None:
    share = Share(pool=2)
    entry = scenario("vat_removed")
    cases = [share.make(entry, seed) for seed in range(40)]
    assert cases[1] == share.make(entry, 1)
    assert cases[1].company == entry.make(1).company
    assert len({case.company.nip for case in cases}) == len({case.company.krs for case in cases}) == 40
    assert len({case.papers for case in cases}) == 2
    for case in cases:
        assert_invented(case.company)
        subject = case.registers.vat[case.company.nip]
        assert isinstance(subject, dict)
        assert subject["nip"] == case.company.nip
        answer = case.registers.krs[case.company.krs]
        assert isinstance(answer, KrsEntry)
        assert answer.body["odpis"]["naglowekA"]["numerKRS"] == case.company.krs
    sheet = authorization_of(cases[0].company)
    first, later = (case.paper("authorization") for case in (cases[0], cases[38]))
    assert isinstance(first, SignedPaper)
    assert isinstance(later, SignedPaper)
    assert first.sign(sheet) is later.sign(authorization_of(cases[38].company))
