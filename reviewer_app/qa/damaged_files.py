# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files as they should not be: locked, cut, huge, of another type, with pages lost or a text changed."""

from __future__ import annotations

import hashlib
import io
import random
import struct
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import cast

import pymupdf
from PIL import Image, ImageDraw, ImageFont
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.crypt import StandardSecurityHandler, StandardSecuritySettingsRevision
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import PdfFileWriter

from reviewer_app.documents.authorization_layout import PAGE_HEIGHT, PAGE_WIDTH
from reviewer_app.qa.captures import Capture
from reviewer_app.qa.filling_in import Sheet
from reviewer_app.qa.scans import captured
from reviewer_app.qa.truth import DocumentTruth, TruthField
from reviewer_app.qa.typesetting import Printed
from reviewer_app.resources import resource_path

_SIDE = 30_000
HUGE_PAGE_POINTS = 6000.0


def with_pages(printed: Printed, order: Sequence[int], defect: str) -> Printed:
    """Give a PDF with these of its pages, counted from 1, in this order."""
    with pymupdf.open(stream=printed.data, filetype="pdf") as document:
        document.select([page - 1 for page in order])
        data: bytes = document.tobytes(garbage=2, deflate=True, use_objstms=1, no_new_id=True)
    truth = printed.truth.moved(lambda page, box: (order.index(page) + 1, box) if page in order else None)
    return Printed(data, replace(truth, pages=len(order)).with_defects(defect))


def locked(pdf: bytes) -> bytes:
    """Demand a password for a PDF. By an old cipher: the new ones draw numbers by chance, and no two files are alike."""
    identity = hashlib.md5(pdf, usedforsecurity=False).digest()
    writer = _LockedWriter(PdfFileReader(io.BytesIO(pdf)), identity)
    buffer = io.BytesIO()
    writer.write(buffer)  # type: ignore[no-untyped-call] # pyHanko types it in part
    return buffer.getvalue()


class _LockedWriter(PdfFileWriter):
    """Copies a document under a password, with an identity that is given instead of drawn, and without dates."""

    def _update_meta(self) -> None:
        """Say nothing."""

    def __init__(self, source: PdfFileReader, identity: bytes) -> None:
        super().__init__(init_page_tree=False)  # type: ignore[no-untyped-call] # pyHanko types it in part
        self._document_id = generic.ArrayObject([generic.ByteStringObject(identity)] * 2)
        handler = StandardSecurityHandler.build_from_pw_legacy(
            StandardSecuritySettingsRevision.RC4_EXTENDED, identity, "specimen", "specimen", use_aes128=False
        )
        self._assign_security_handler(handler)
        catalogue = cast("generic.DictionaryObject", self.import_object(source.root))
        for key, value in catalogue.items():
            self.root[key] = value


def cut(data: bytes) -> bytes:
    """Take the end of a file away, as a broken transfer does."""
    return data[: len(data) * 3 // 5]


def word_file() -> bytes:
    """Make a small file of a word processor."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in (("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<document>SPECIMEN</document>")):
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return buffer.getvalue()


def huge_page(pdf: bytes) -> bytes:
    """Blow the first page of a PDF up to a size that no printer has."""
    with pymupdf.open(stream=pdf, filetype="pdf") as source, pymupdf.open() as made:
        made.new_page(width=HUGE_PAGE_POINTS, height=HUGE_PAGE_POINTS).show_pdf_page(
            pymupdf.Rect(0, 0, HUGE_PAGE_POINTS, HUGE_PAGE_POINTS), source, 0
        )
        data: bytes = made.tobytes(garbage=3, deflate=True, no_new_id=True)
    return data


@cache
def huge_picture() -> bytes:
    """Make a small PNG of 900 million pixels."""
    line = bytes(1 + _SIDE // 8)
    packer = zlib.compressobj(9)
    body = b"".join(packer.compress(line) for _ in range(_SIDE)) + packer.flush()
    header = struct.pack(">IIBBBBB", _SIDE, _SIDE, 1, 0, 0, 0, 0)
    chunks = b"".join(_chunk(kind, data) for kind, data in ((b"IHDR", header), (b"IDAT", body), (b"IEND", b"")))
    return b"\x89PNG\r\n\x1a\n" + chunks


def blank(how: Capture, source: random.Random) -> Printed:
    """Scan an empty sheet, the back of something."""
    dots = PAGE_WIDTH * how.dpi / 72, PAGE_HEIGHT * how.dpi / 72
    sheet = Image.new("RGB", (round(dots[0]), round(dots[1])), "white")
    font = ImageFont.truetype(str(resource_path("specimens", "LiberationSans-Regular.ttf")), round(how.dpi * 0.085))
    ImageDraw.Draw(sheet).text((how.dpi * 0.6, dots[1] - how.dpi * 0.5), "SPECIMEN", fill=(150, 150, 150), font=font)
    return captured([sheet], DocumentTruth("blank", 1, defects=("blank",)), how, source)


def retouch(sheet: Sheet, field: TruthField, text: str) -> None:
    """Cover a field of a filled sheet with white and print another text there, in a face that does not quite match."""
    width, height = sheet.size
    x0, y0, x1, y1 = (round(side * scale) for side, scale in zip(field.box, (width, height) * 2, strict=True))
    picture = sheet.image
    picture.paste((255, 255, 255), (x0 - 1, y0 - 1, x1 + 2, y1 + 2))
    font = ImageFont.truetype(str(resource_path("specimens", "LiberationSans-Bold.ttf")), round((y1 - y0) * 0.78))
    ImageDraw.Draw(picture).text((x0, (y0 + y1) / 2 + 1), text, fill=(24, 24, 28), font=font, anchor="lm")
    sheet.replace(picture)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
