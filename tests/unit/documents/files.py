# SPDX-License-Identifier: AGPL-3.0-or-later
"""Files as customers send them, good and bad, made when asked for."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pymupdf
from PIL import Image, ImageDraw
from pymupdf import mupdf

from reviewer_app.resources import resource_path

RED, WHITE = (255, 0, 0), (255, 255, 255)
ORIENTATION_TAG = 0x0112


def pdf(
    pages: int = 1, *, text: str = "Zażółć gęślą jaźń", rotation: int = 0, width: float = 595, height: float = 842
) -> bytes:
    document = pymupdf.open()
    for number in range(1, pages + 1):
        page = document.new_page(width=width, height=height)
        page.insert_font(fontname="inter", fontfile=str(resource_path("fonts", "Inter-Regular.ttf")))
        page.insert_text((72, 100), f"{text} {number}", fontsize=20, fontname="inter")
        page.draw_rect(pymupdf.Rect(100, 200, 300, 260), fill=(0.1, 0.3, 0.8))
        page.set_rotation(rotation)
    document.subset_fonts()
    return _saved(document)


def protected_pdf(*, user_password: str) -> bytes:
    document = pymupdf.open(stream=pdf(), filetype="pdf")
    data: bytes = document.tobytes(encryption=mupdf.PDF_ENCRYPT_AES_256, owner_pw="wlasciciel", user_pw=user_password)
    document.close()
    return data


def pdf_with_huge_picture() -> bytes:
    document = pymupdf.open()
    document.new_page()
    reference = document.get_new_xref()
    document.update_object(
        reference,
        "<</Type/XObject/Subtype/Image/Width 17500/Height 17500/BitsPerComponent 1/ColorSpace/DeviceGray>>",
    )
    document.update_stream(reference, bytes(17500 * 2188))
    data: bytes = document.tobytes(deflate=True)
    document.close()
    return data


def pdf_that_never_ends(*, at: int = 1, pages: int = 1) -> bytes:
    """Forms within forms on page ``at``, ten of the next in each: ten thousand million drawings in 2 KB."""
    document = pymupdf.open()
    for _ in range(pages):
        document.new_page()
    page = document.load_page(at - 1)
    inner = 0
    for _ in range(10):
        reference = document.get_new_xref()
        resources = f"/Resources<</XObject<</X {inner} 0 R>>>>" if inner else ""
        document.update_object(reference, f"<</Type/XObject/Subtype/Form/BBox[0 0 600 800]{resources}>>")
        document.update_stream(reference, b"/X Do " * 10 if inner else b"0 0 m 500 700 l S ")
        inner = reference
    page.draw_line((0, 0), (1, 1))
    document.update_stream(page.get_contents()[0], b"/X Do")
    document.xref_set_key(page.xref, "Resources", f"<</XObject<</X {inner} 0 R>>>>")
    return _saved(document)


def pdf_with_bad_cross_references() -> bytes:
    data = pdf()
    at = data.rindex(b"startxref")
    return data[:at] + b"startxref\n7\n%%EOF\n"


def pdf_without_pages() -> bytes:
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
        b"trailer<</Root 1 0 R/Size 3>>\nstartxref\n0\n%%EOF\n"
    )


def picture(file_format: str, *, size: tuple[int, int] = (400, 200), orientation: int = 1) -> bytes:
    """White with a red top left quarter."""
    image = Image.new("RGB", size, WHITE)
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2 - 1, size[1] // 2 - 1), fill=RED)
    exif = Image.Exif()
    exif[ORIENTATION_TAG] = orientation
    buffer = io.BytesIO()
    image.save(buffer, file_format, dpi=(100, 100), **({"exif": exif} if file_format == "JPEG" else {}))
    return buffer.getvalue()


def noisy_picture(file_format: str) -> bytes:
    buffer = io.BytesIO()
    Image.effect_noise((600, 600), 90).convert("RGB").save(buffer, file_format)
    return buffer.getvalue()


def tiff(pages: int = 3) -> bytes:
    """Page n is 100 n pixels wide; black and white pages compressed as a fax does."""
    images = [Image.new("1", (100 * number, 150), 1) for number in range(1, pages + 1)]
    buffer = io.BytesIO()
    images[0].save(buffer, "TIFF", save_all=True, append_images=images[1:], compression="group4", dpi=(72, 72))
    return buffer.getvalue()


def png_of_900_megapixels() -> bytes:
    return _blank_png(30_000, row_bytes=30_000 // 8, depth=1, colours=0)


def png_of_200_megabytes() -> bytes:
    """Just below the limit on pixels, four channels of a byte each."""
    return _blank_png(7000, row_bytes=7000 * 4, depth=8, colours=6)


def _blank_png(side: int, *, row_bytes: int, depth: int, colours: int) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    packer = zlib.compressobj(1)
    row = bytes(1 + row_bytes)
    rows = b"".join([*(packer.compress(row * 1000) for _ in range(side // 1000)), packer.flush()])
    header = struct.pack(">IIBBBBB", side, side, depth, colours, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def archive() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("odpis.pdf", pdf())
    return buffer.getvalue()


def _saved(document: pymupdf.Document) -> bytes:
    data: bytes = document.tobytes(garbage=3, deflate=True)
    document.close()
    return data
