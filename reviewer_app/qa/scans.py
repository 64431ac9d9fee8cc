# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns documents into what customers send: filled in by hand, stamped, and scanned, photographed or faxed."""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum

import pymupdf
from PIL import Image

from reviewer_app.qa.captures import Capture, Captured, Device, take
from reviewer_app.qa.filling_in import Marks, Sheet, Signatory, fill_in, sheet_fields
from reviewer_app.qa.truth import DocumentTruth
from reviewer_app.qa.typesetting import Printed

_POINTS_PER_INCH = 72


class ScanQuality(StrEnum):
    """How good the scan is."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    GREY = "grey"


class FileForm(StrEnum):
    """In what file pictures are sent. JPEG holds one page."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    TIFF = "image/tiff"


_QUALITIES = {
    ScanQuality.GOOD: (Capture(dpi=200, falloff=0.05, blur=0.4, noise=2.0, jpeg=82), 0.5),
    ScanQuality.FAIR: (Capture(dpi=150, falloff=0.12, texture=0.45, blur=0.7, noise=3.5, jpeg=62), 1.3),
    ScanQuality.POOR: (Capture(dpi=110, falloff=0.25, texture=0.8, bleed=0.3, blur=1.1, noise=8.0, jpeg=38), 2.4),
    ScanQuality.GREY: (Capture(dpi=150, falloff=0.1, texture=0.45, blur=0.7, noise=3.5, jpeg=60, grey=True), 1.0),
}


def scanner(quality: ScanQuality, source: random.Random) -> Capture:
    """Give the settings of an office scanner; the sheet lies a little askew."""
    how, turn = _QUALITIES[quality]
    return replace(how, turn=source.uniform(-turn, turn))


def sign_and_scan(
    authorization_pdf: bytes,
    signatory: Signatory,
    seed: int,
    *,
    signed: bool = True,
    stamped: bool = True,
    dated: bool = True,
    quality: ScanQuality = ScanQuality.FAIR,
    as_pdf: bool = True,
) -> bytes:
    """Fill in an authorization by hand and scan it; gives a PDF that holds the picture, or the JPEG itself.

    The same arguments give the same picture.
    """
    source = random.Random(f"scan {seed}")  # noqa: S311 - data for tests, the same each time
    form = FileForm.PDF if as_pdf else FileForm.JPEG
    marks = Marks(signed=signed, stamped=stamped, dated=dated)
    return signed_scan(authorization_pdf, signatory, marks, scanner(quality, source), source, form=form).data


def signed_scan(
    authorization_pdf: bytes,
    signatory: Signatory,
    marks: Marks,
    how: Capture,
    source: random.Random,
    *,
    form: FileForm = FileForm.PDF,
    values: dict[str, str] | None = None,
) -> Printed:
    """Fill in an authorization, take a picture of it, and say where everything is; ``values`` are looked for on the sheet."""
    sheet = Sheet(authorization_pdf, how.dpi)
    fill_in(sheet, signatory, marks, source)
    fields = (*sheet_fields(authorization_pdf, values or {}), *sheet.fields)
    return bound([take(sheet.image, how, source)], DocumentTruth("authorization", 1, fields), form)


def scan(pdf: bytes, seed: int, *, quality: ScanQuality = ScanQuality.FAIR) -> bytes:
    """Print and scan each page of a document; gives a PDF of pictures without a text layer."""
    source = random.Random(f"scan {seed}")  # noqa: S311 - data for tests, the same each time
    with pymupdf.open(stream=pdf, filetype="pdf") as document:
        truth = DocumentTruth("other", document.page_count)
    return scanned(Printed(pdf, truth), scanner(quality, source), source).data


def scanned(printed: Printed, how: Capture, source: random.Random, *, form: FileForm = FileForm.PDF) -> Printed:
    """Print a document, take a picture of each page, and say where its fields went."""
    sheets = [Sheet(printed.data, how.dpi, index).image for index in range(printed.truth.pages)]
    return captured(sheets, printed.truth, how, source, form=form)


def captured(
    sheets: Sequence[Image.Image],
    truth: DocumentTruth,
    how: Capture,
    source: random.Random,
    *,
    form: FileForm = FileForm.PDF,
) -> Printed:
    """Take a picture of each sheet; the next one lies below and may shine through."""
    pictures = []
    for index, sheet in enumerate(sheets):
        turned = replace(how, turn=how.turn + source.uniform(-0.3, 0.3) * bool(how.turn))
        pictures.append(take(sheet, turned, source, reverse=sheets[(index + 1) % len(sheets)]))
    return bound(pictures, truth, form)


def bound(pictures: Sequence[Captured], truth: DocumentTruth, form: FileForm = FileForm.PDF) -> Printed:
    """Put pictures into one file, and move the truth to where its fields are on them."""
    moved = truth.moved(lambda page, box: (page, pictures[page - 1].place(box)))
    if form is FileForm.JPEG:
        return Printed(pictures[0].to_jpeg(), moved)
    if form is FileForm.TIFF:
        return Printed(_tiff(pictures), moved)
    return Printed(_pdf_of(pictures), moved)


def fax(strength: float) -> Capture:
    """Give the settings of a fax machine: black and white, speckled the more, the stronger."""
    return Capture(Device.FAX, dpi=200, turn=0.4, noise=6 + 55 * strength, blur=0.3 + strength, falloff=0.02)


def _tiff(pictures: Sequence[Captured]) -> bytes:
    buffer = io.BytesIO()
    first, *others = [picture.image for picture in pictures]
    dpi = pictures[0].dpi
    compression = "group4" if first.mode == "1" else "tiff_deflate"
    first.save(buffer, "TIFF", compression=compression, dpi=(dpi, dpi), save_all=True, append_images=others)
    return buffer.getvalue()


def _pdf_of(pictures: Sequence[Captured]) -> bytes:
    document = pymupdf.open()
    for picture in pictures:
        width, height = (side * _POINTS_PER_INCH / picture.dpi for side in picture.image.size)
        page = document.new_page(width=width, height=height)
        stream = _png(picture.image) if picture.image.mode == "1" else picture.to_jpeg()
        page.insert_image(page.rect, stream=stream)
    data: bytes = document.tobytes(garbage=3, deflate=True, no_new_id=True)
    document.close()
    return data


def _png(image: Image.Image) -> bytes:
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


__all__ = [
    "FileForm", "Marks", "ScanQuality", "Signatory", "bound", "captured", "fax", "scan", "scanned", "scanner",
    "sign_and_scan", "signed_scan",
]  # fmt: skip
