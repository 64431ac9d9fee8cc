# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decides whether an uploaded file is taken, and measures its pages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pymupdf
from pymupdf import mupdf

from reviewer_app.documents.errors import RefusalCode
from reviewer_app.documents.worker.errors import Refused
from reviewer_app.documents.worker.image_headers import PDF, TIFF, media_type_of
from reviewer_app.documents.worker.open_documents import Opened, check_picture_sizes, open_document

_LINEARIZED_LENGTH = re.compile(rb"/Linearized\b.{0,200}?/L\s+(\d+)", re.DOTALL)
_PROOF_PAGES = 3
_PROOF_ZOOM = 0.25
_CUT_SHORT = "premature end"


def inspect(path: str, limits: dict[str, Any]) -> dict[str, Any]:
    """Inspect a file; gives media type, `repaired` and the pages.

    Raises:
        Refused: the file is not taken.
    """
    data = Path(path).read_bytes()
    media_type = media_type_of(data[:1024])
    picture_sizes: tuple[tuple[int, int], ...] = ()
    if media_type == PDF:
        _refuse_cut_pdf(data)
    elif media_type is not None:
        picture_sizes = check_picture_sizes(media_type, data, int(limits["max_pixels"]))
        _refuse_page_count(len(picture_sizes), limits)
    opened = open_document(path, data)
    try:
        _refuse_page_count(opened.document.page_count, limits)
        if opened.media_type == PDF:
            _refuse_huge_pictures(opened.document, int(limits["max_pixels"]))
        pages = _pages(opened, picture_sizes, float(limits["max_page_points"]))
        _prove_readable(opened)
        return {"media_type": opened.media_type, "repaired": opened.repaired, "pages": pages}
    finally:
        opened.document.close()
        pymupdf.TOOLS.store_shrink(100)


def _refuse_cut_pdf(data: bytes) -> None:
    """Refuse a PDF whose end is missing: MuPDF would mend it in silence into fewer or blank pages."""
    linearized = _LINEARIZED_LENGTH.search(data[:1024])
    if linearized and int(linearized[1]) > len(data):
        raise Refused(RefusalCode.UNREADABLE, "the file is shorter than it says: its end is missing")
    if b"%%EOF" not in data:
        raise Refused(RefusalCode.UNREADABLE, "the end of the file is missing")


def _refuse_page_count(count: int, limits: dict[str, Any]) -> None:
    if count > int(limits["max_pages"]):
        raise Refused(RefusalCode.TOO_MANY_PAGES, f"{count} pages")


def _refuse_huge_pictures(document: pymupdf.Document, most_pixels: int) -> None:
    """Refuse a PDF that holds a picture of too many pixels anywhere, by the objects, before anything decodes it."""
    for reference in range(1, document.xref_length()):
        if not _is_picture(document, reference):
            continue
        width, height = (_number(document, reference, key) for key in ("Width", "Height"))
        if width * height > most_pixels:
            raise Refused(RefusalCode.TOO_LARGE_PAGE, f"holds a picture of {width} x {height} pixels")


def _is_picture(document: pymupdf.Document, reference: int) -> bool:
    try:
        return bool(document.xref_is_image(reference))
    except mupdf.FzErrorBase:  # a number that no object has: programs that sign leave such gaps
        return False


def _number(document: pymupdf.Document, reference: int, key: str) -> int:
    kind, value = document.xref_get_key(reference, key)
    if kind == "xref":
        value = document.xref_object(int(value.split()[0]))
    try:
        return int(float(value))
    except ValueError:
        return 0


def _pages(opened: Opened, picture_sizes: tuple[tuple[int, int], ...], most_points: float) -> list[list[float]]:
    """Measure the pages as shown: width and height in points, then in pixels (0 for PDF)."""
    pages = []
    for index in range(opened.document.page_count):
        try:
            rectangle = opened.document.load_page(index).rect
        except Exception as error:
            raise Refused(RefusalCode.UNREADABLE, f"page {index + 1} cannot be loaded: {error}") from error
        width, height = rectangle.width, rectangle.height
        if opened.media_type == PDF and max(width, height) > most_points:
            raise Refused(RefusalCode.TOO_LARGE_PAGE, f"page {index + 1} measures {width:.0f} x {height:.0f} points")
        if not (width >= 1 and height >= 1):
            raise Refused(RefusalCode.UNREADABLE, f"page {index + 1} has no size")
        pixel_width, pixel_height = picture_sizes[index] if index < len(picture_sizes) else (0, 0)
        if (width > height) != (pixel_width > pixel_height):
            pixel_width, pixel_height = pixel_height, pixel_width
        pages.append([width, height, pixel_width, pixel_height])
    return pages


def _prove_readable(opened: Opened) -> None:
    """Draw the first pages small; of an image file all of them, since a cut picture shows only when decoded."""
    pymupdf.TOOLS.reset_mupdf_warnings()
    count = opened.document.page_count if opened.media_type == TIFF else min(opened.document.page_count, _PROOF_PAGES)
    for index in range(count):
        page = opened.document.load_page(index)
        try:
            page.get_pixmap(matrix=pymupdf.Matrix(_PROOF_ZOOM, _PROOF_ZOOM), alpha=False)
        except Exception as error:
            raise Refused(RefusalCode.UNREADABLE, f"page {index + 1} cannot be drawn: {error}") from error
    warnings: str = pymupdf.TOOLS.mupdf_warnings()
    if opened.media_type != PDF and _CUT_SHORT in warnings:
        raise Refused(RefusalCode.UNREADABLE, "the end of the picture is missing")
