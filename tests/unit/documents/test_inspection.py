# SPDX-License-Identifier: AGPL-3.0-or-later
"""Uploads are taken or refused by what they are, whatever they call themselves."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pymupdf
import pytest
from pymupdf import mupdf

from reviewer_app.documents.errors import DocumentRefused, RefusalCode
from reviewer_app.documents.limits import InspectionLimits
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from reviewer_app.qa.electronic_signatures import Signer, sign_electronically
from tests.unit.documents import files


def stored(folder: Path, data: bytes) -> Path:
    path = folder / "quarantined"
    path.write_bytes(data)
    return path


def refusal(service: DocumentService, path: Path, file_name: str = "odpis.pdf") -> RefusalCode:
    with pytest.raises(DocumentRefused) as refused:
        service.inspect(path, file_name=file_name)
    return refused.value.code


def test_pdf_is_taken_with_its_pages_as_shown(service: DocumentService, tmp_path: Path) -> None:
    data = files.pdf(3, rotation=90)
    found = service.inspect(stored(tmp_path, data), file_name="Odpis KRS.PDF")
    assert (found.media_type, found.extension, found.name_matches) == ("application/pdf", "pdf", True)
    assert (found.repaired, found.size_bytes) == (False, len(data))
    assert [page.number for page in found.pages] == [1, 2, 3]
    assert [(page.width_points, page.height_points) for page in found.pages] == [(842, 595)] * 3


@pytest.mark.parametrize(
    ("file_format", "media_type", "name"),
    [("JPEG", "image/jpeg", "skan.jpg"), ("PNG", "image/png", "skan.png"), ("TIFF", "image/tiff", "skan.tif")],
)
def test_pictures_are_taken(
    service: DocumentService, tmp_path: Path, file_format: str, media_type: str, name: str
) -> None:
    found = service.inspect(stored(tmp_path, files.picture(file_format)), file_name=name)
    assert (found.media_type, found.name_matches) == (media_type, True)
    (page,) = found.pages
    assert (page.pixel_width, page.pixel_height) == (400, 200)
    assert page.width_points == pytest.approx(2 * page.height_points)


def test_photograph_held_upright_is_measured_as_shown(service: DocumentService, tmp_path: Path) -> None:
    found = service.inspect(stored(tmp_path, files.picture("JPEG", orientation=6)), file_name="a.jpeg")
    (page,) = found.pages
    assert (page.pixel_width, page.pixel_height) == (200, 400)
    assert page.height_points > page.width_points


def test_tiff_has_all_its_pages(service: DocumentService, tmp_path: Path) -> None:
    found = service.inspect(stored(tmp_path, files.tiff(12)), file_name="fax.tiff")
    assert [page.pixel_width for page in found.pages] == [100 * number for number in range(1, 13)]


def test_type_follows_content_not_name(service: DocumentService, tmp_path: Path) -> None:
    found = service.inspect(stored(tmp_path, files.picture("JPEG")), file_name="odpis.pdf")
    assert (found.media_type, found.extension, found.name_matches) == ("image/jpeg", "jpg", False)


def test_mended_file_is_taken_and_said_to_be_mended(service: DocumentService, tmp_path: Path) -> None:
    found = service.inspect(stored(tmp_path, files.pdf_with_bad_cross_references()), file_name="odpis.pdf")
    assert found.repaired
    assert len(found.pages) == 1


def ask_for_every_object(data: bytes) -> None:
    with pymupdf.open(stream=data, filetype="pdf") as document:
        for reference in range(1, document.xref_length()):
            document.xref_is_image(reference)


def test_electronically_signed_file_is_taken(service: DocumentService, tmp_path: Path) -> None:
    signed = sign_electronically(files.pdf(), Signer("Anna Nowak"), date(2026, 10, 12))
    with pytest.raises(mupdf.FzErrorBase, match="cannot find"):
        ask_for_every_object(signed)
    inspection = service.inspect(stored(tmp_path, signed), file_name="podpisane.pdf")
    assert not inspection.repaired
    assert len(inspection.pages) == 1


def test_pdf_that_only_forbids_changes_is_taken(service: DocumentService, tmp_path: Path) -> None:
    found = service.inspect(stored(tmp_path, files.protected_pdf(user_password="")), file_name="odpis.pdf")
    assert len(found.pages) == 1


def half(data: bytes) -> bytes:
    return data[: len(data) // 2]


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda: b"", RefusalCode.EMPTY_FILE),
        (files.archive, RefusalCode.UNSUPPORTED_TYPE),
        (lambda: b"<!DOCTYPE html><html><body>%PDF-1.7</body></html>", RefusalCode.UNSUPPORTED_TYPE),
        (lambda: b"MZ\x90\x00" + bytes(2000), RefusalCode.UNSUPPORTED_TYPE),
        (lambda: b"\x00\x00\x00\x18ftypheic" + bytes(500), RefusalCode.UNSUPPORTED_TYPE),
        (lambda: b"zwyczajny tekst", RefusalCode.UNSUPPORTED_TYPE),
        (lambda: files.protected_pdf(user_password="tajne"), RefusalCode.PASSWORD_PROTECTED),
        (lambda: half(files.pdf(3)), RefusalCode.UNREADABLE),
        (lambda: b"%PDF-1.7\n" + bytes(5000) + b"\n%%EOF", RefusalCode.UNREADABLE),
        (files.pdf_without_pages, RefusalCode.UNREADABLE),
        (lambda: half(files.noisy_picture("JPEG")), RefusalCode.UNREADABLE),
        (lambda: half(files.noisy_picture("PNG")), RefusalCode.UNREADABLE),
        (lambda: half(files.noisy_picture("TIFF")), RefusalCode.UNREADABLE),
        (lambda: files.picture("JPEG")[:40], RefusalCode.UNREADABLE),
        (lambda: files.pdf(201), RefusalCode.TOO_MANY_PAGES),
        (lambda: files.tiff(201), RefusalCode.TOO_MANY_PAGES),
        (lambda: files.pdf(width=6000), RefusalCode.TOO_LARGE_PAGE),
        (files.png_of_900_megapixels, RefusalCode.TOO_LARGE_PAGE),
        (files.pdf_with_huge_picture, RefusalCode.TOO_LARGE_PAGE),
    ],
)
def test_bad_file_is_refused_with_its_reason(
    service: DocumentService, tmp_path: Path, make: Callable[[], bytes], code: RefusalCode
) -> None:
    assert refusal(service, stored(tmp_path, make())) is code


def test_large_file_is_refused_by_its_size(pool: WorkerPool, tmp_path: Path) -> None:
    service = DocumentService(pool, limits=InspectionLimits(max_bytes=1000))
    assert refusal(service, stored(tmp_path, files.pdf())) is RefusalCode.FILE_TOO_LARGE


def test_file_that_never_ends_is_refused_and_the_next_is_taken(own_pool: WorkerPool, tmp_path: Path) -> None:
    service = DocumentService(own_pool, limits=InspectionLimits(seconds=0.5))
    assert refusal(service, stored(tmp_path, files.pdf_that_never_ends())) is RefusalCode.UNREADABLE
    assert DocumentService(own_pool).inspect(stored(tmp_path, files.pdf()), file_name="a.pdf").pages


def test_refusal_does_not_tell_what_is_in_the_file(service: DocumentService, tmp_path: Path) -> None:
    with pytest.raises(DocumentRefused) as refused:
        service.inspect(stored(tmp_path, half(files.pdf(text="Sekretna 44051401359"))), file_name="Sekretna.pdf")
    assert "Sekretna" not in str(refused.value)
