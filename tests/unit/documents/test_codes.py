# SPDX-License-Identifier: AGPL-3.0-or-later
"""The code of an authorization is read from the file, from its print turned round, and from scans of it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from PIL import Image, ImageFilter

from reviewer_app.documents.authorization import make_authorization
from reviewer_app.documents.authorization_layout import QR_BOX
from reviewer_app.documents.authorization_sheet import (
    AuthorizationSheet,
    SheetAdministrator,
    SheetCompany,
    Variant,
    authorization_number,
)
from reviewer_app.documents.binding import binding_of, parse_binding_payload
from reviewer_app.documents.service import DocumentService
from tests.unit.documents import files

SHEET = AuthorizationSheet(
    number=authorization_number(2026, 123),
    version=4,
    variant=Variant.REGISTERED,
    company=SheetCompany("c1", "Żółw sp. z o.o.", "spółka", "9990000184", "990000217", "0009990001", "ul. Prosta 1"),
    administrator=SheetAdministrator("a1", "Jan", "Żółw", "prezes", "jan@firma.test"),
)


def scanned(*, dpi: int, turn: float, blur: float, quality: int) -> bytes:
    """Scan the sheet: turned, blurred, noisy, pressed."""
    with pymupdf.open(stream=make_authorization(SHEET), filetype="pdf") as document:
        drawn = document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    picture = Image.frombytes("L", (drawn.width, drawn.height), drawn.samples)
    picture = picture.rotate(turn, expand=True, fillcolor=235, resample=Image.Resampling.BICUBIC)
    picture = picture.filter(ImageFilter.GaussianBlur(blur))
    noise = Image.effect_noise(picture.size, 18)
    buffer = BytesIO()
    Image.blend(picture, noise, 0.12).save(buffer, "JPEG", quality=quality, dpi=(dpi, dpi))
    return buffer.getvalue()


def in_a_pdf(picture: bytes, rotation: int = 0) -> bytes:
    """Put a scan on the second page of a PDF, as an office scanner does."""
    with pymupdf.open() as document:
        document.new_page()
        page = document.new_page(width=595, height=842)
        page.insert_image(page.rect, stream=picture)
        page.set_rotation(rotation)
        return bytes(document.tobytes())


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_code_and_its_place_are_read_from_the_file_however_it_is_turned(
    service: DocumentService, tmp_path: Path, rotation: int
) -> None:
    file = tmp_path / "upowaznienie.pdf"
    with pymupdf.open(stream=make_authorization(SHEET), filetype="pdf") as document:
        document[0].set_rotation(rotation)
        file.write_bytes(document.tobytes())
    (code,) = service.codes(file)
    assert parse_binding_payload(code.text) == binding_of(SHEET)
    assert code.page == 1
    middle = ((code.box[0] + code.box[2]) / 2, (code.box[1] + code.box[3]) / 2)
    assert QR_BOX.x0 < middle[0] < QR_BOX.x1
    assert QR_BOX.y0 < middle[1] < QR_BOX.y1
    assert code.box[2] - code.box[0] < QR_BOX.x1 - QR_BOX.x0


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("clean.jpg", scanned(dpi=200, turn=0, blur=0.4, quality=80)),
        ("askew.jpg", scanned(dpi=150, turn=4, blur=0.6, quality=50)),
        ("upside-down.jpg", scanned(dpi=150, turn=180, blur=0.6, quality=60)),
        ("on-its-side.jpg", scanned(dpi=150, turn=91, blur=0.6, quality=60)),
        ("poor.jpg", scanned(dpi=110, turn=2.4, blur=1.0, quality=38)),
        ("bundle.pdf", in_a_pdf(scanned(dpi=200, turn=1, blur=0.5, quality=70))),
        ("turned.pdf", in_a_pdf(scanned(dpi=200, turn=1, blur=0.5, quality=70), rotation=90)),
    ],
)
def test_the_code_is_read_from_scans(service: DocumentService, tmp_path: Path, name: str, content: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content)
    (code,) = service.codes(file)
    assert parse_binding_payload(code.text) == binding_of(SHEET)
    assert code.page == (2 if name.endswith(".pdf") else 1)


def test_a_document_without_a_code_has_none(service: DocumentService, tmp_path: Path) -> None:
    file = tmp_path / "odpis.pdf"
    file.write_bytes(files.pdf(3))
    assert service.codes(file) == ()
