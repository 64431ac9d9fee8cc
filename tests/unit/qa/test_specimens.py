# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invented companies and their papers are the same for the same seed, valid in every checksum, and real to read."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import numpy as np
import pymupdf
import pytest
import zxingcpp
from PIL import Image

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.identifiers import (
    parse_bank_account,
    parse_krs,
    parse_nip,
    parse_pesel,
    parse_postal_code,
    parse_regon,
)
from reviewer_app.contract.messages import Address
from reviewer_app.documents.authorization_layout import AUTHORIZATION_FIELDS
from reviewer_app.documents.binding import parse_binding_payload
from reviewer_app.qa.extracts import krs_extract
from reviewer_app.qa.printouts import ceidg_printout, nip_confirmation, regon_confirmation
from reviewer_app.qa.scans import ScanQuality, scan, sign_and_scan
from reviewer_app.qa.seeding import InventedCustomer
from reviewer_app.qa.specimens import authorization_of, register_printout_pdf, signatory_of
from reviewer_app.qa.synthetic_companies import make_company

FORMS = (
    LegalForm.SP_ZOO, LegalForm.SA, LegalForm.PSA, LegalForm.SOLE_PROPRIETORSHIP, LegalForm.CIVIL_PARTNERSHIP,
    LegalForm.GENERAL_PARTNERSHIP, LegalForm.FOUNDATION,
)  # fmt: skip


def text_of(data: bytes) -> str:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        pages = [document.load_page(index).get_text() for index in range(document.page_count)]
    return " ".join(" ".join(pages).split())


def picture_of(data: bytes) -> Image.Image:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        pixmap = document.load_page(0).get_pixmap(dpi=150, alpha=False)
        return Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)


def test_numbers_pass_every_checksum_and_are_not_assignable() -> None:
    for seed in range(200):
        company = make_company(seed)
        assert parse_nip(company.nip).startswith("9990")
        assert parse_regon(company.regon).startswith("9900")
        assert not company.krs or parse_krs(company.krs).startswith("00099")
        assert parse_bank_account(company.bank_account)[2:].startswith("99990000")
        assert parse_postal_code(company.seat.postal_code) == company.seat.postal_code
        for person in (*company.representatives, *company.proxies, company.administrator):
            assert 61 <= int(parse_pesel(person.pesel)[2:4]) <= 72
        assert company.email.endswith(".test")
        assert company.administrator_email.endswith(".test")


def test_same_seed_gives_the_same_company() -> None:
    assert make_company(5) == make_company(5)
    assert len({make_company(seed).nip for seed in range(100)}) > 95


@pytest.mark.parametrize("form", FORMS)
def test_each_form_has_a_printout_with_its_data(form: LegalForm) -> None:
    company = make_company(3, legal_form=form)
    data = register_printout_pdf(company)
    assert data == register_printout_pdf(company)
    text = text_of(data)
    owner = company.representatives[0]
    for shown in (
        company.nip,
        company.regon,
        "SPECIMEN",
        owner.last_name if not company.krs else owner.last_name.upper(),
    ):
        assert shown in text


def test_extract_has_the_labels_of_the_register() -> None:
    company = make_company(7, legal_form=LegalForm.SP_ZOO, joint=True)
    text = text_of(krs_extract(company, state_on=date(2026, 10, 2)).data)
    for label in (
        "CENTRALNA INFORMACJA KRAJOWEGO REJESTRU SĄDOWEGO",
        "Stan na dzień 02.10.2026 godz.",
        f"Numer KRS: {company.krs}",
        "Rubryka 1 \u00ad Dane podmiotu",
        f"REGON: {company.regon}, NIP: {company.nip}",
        "2.Sposób reprezentacji podmiotu",
        "WSPÓŁDZIAŁANIE DWÓCH CZŁONKÓW ZARZĄDU",
        "6.Czy osoba wchodząca w skład zarządu została zawieszona",
        "Dział 6",
        "Strona 2 z ",
    ):
        assert label in text
    with pytest.raises(ValueError, match="KRS"):
        krs_extract(make_company(7, legal_form=LegalForm.SOLE_PROPRIETORSHIP))


def test_confirmations_show_their_numbers() -> None:
    company = make_company(11)
    assert company.nip in text_of(nip_confirmation(company).data).replace("-", "")
    assert company.regon in text_of(regon_confirmation(company).data)
    assert company.nip in text_of(ceidg_printout(company).data)


def test_the_authorization_writes_the_seat_as_the_server_does() -> None:
    flats = [company for company in map(make_company, range(1, 30)) if company.seat.unit]
    declared = InventedCustomer(flats[0], 1).declaration().seat
    assert declared is not None
    assert Address(**declared.model_dump()).one_line() in text_of(authorization_of(flats[0]))


@pytest.mark.parametrize("quality", [ScanQuality.GOOD, ScanQuality.FAIR, ScanQuality.GREY])
def test_scan_of_the_authorization_can_be_read_back(quality: ScanQuality) -> None:
    company = make_company(12)
    data = sign_and_scan(
        authorization_of(company, sequence=12), signatory_of(company), 12, quality=quality, as_pdf=False
    )
    picture = Image.open(io.BytesIO(data))
    (code,) = zxingcpp.read_barcodes(picture)
    assert parse_binding_payload(code.text).number.startswith("UP-2026-000012-")
    assert picture.mode == ("L" if quality is ScanQuality.GREY else "RGB")


def ink_in(picture: Image.Image, field: str) -> float:
    """Share of the field, without its frame and label, that is much darker than paper."""
    box = AUTHORIZATION_FIELDS[field]
    width, height = picture.size
    left, right = box.x0 + 0.015, box.x1 - 0.015
    area = (left * width, (box.y0 + 0.02) * height, right * width, (box.y1 - 0.012) * height)
    grey = np.asarray(picture.convert("L").crop(tuple(round(side) for side in area)))  # type: ignore[arg-type] # four sides
    return float((grey < 170).mean())


def test_ink_is_where_it_belongs_and_missing_where_asked() -> None:
    company = make_company(7, legal_form=LegalForm.SP_ZOO, joint=True)
    sheet, signatory = authorization_of(company), signatory_of(company)
    assert signatory.second_name
    full = picture_of(sign_and_scan(sheet, signatory, 1, quality=ScanQuality.GOOD))
    bare = picture_of(
        sign_and_scan(sheet, signatory, 1, signed=False, stamped=False, dated=False, quality=ScanQuality.GOOD)
    )
    alone = picture_of(sign_and_scan(sheet, replace(signatory, second_name=""), 1, quality=ScanQuality.GOOD))
    for field in ("signature_1", "signature_2", "stamp", "place", "date"):
        assert ink_in(full, field) > 0.006
        assert ink_in(bare, field) < 0.004
    assert ink_in(alone, "signature_1") > 0.01
    assert ink_in(alone, "signature_2") < 0.004


def test_same_scan_again_is_the_same_picture_and_another_seed_another() -> None:
    company = make_company(2)
    sheet, signatory = authorization_of(company), signatory_of(company)
    first, again, other = (sign_and_scan(sheet, signatory, seed, quality=ScanQuality.POOR) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_scanned_document_has_its_pages_and_no_text() -> None:
    company = make_company(4, legal_form=LegalForm.SA)
    printout = krs_extract(company).data
    scanned = scan(printout, 4, quality=ScanQuality.POOR)
    with pymupdf.open(stream=printout, filetype="pdf") as one, pymupdf.open(stream=scanned, filetype="pdf") as other:
        assert one.page_count == other.page_count
        assert abs(other.load_page(0).rect.width - one.load_page(0).rect.width) < 2
    assert text_of(scanned) == ""
