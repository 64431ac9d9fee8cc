# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws a page as a picture with places on it framed."""

from __future__ import annotations

import io

import pymupdf
from PIL import Image, ImageDraw

from reviewer_app.documents.worker.errors import OperationError

_LONGEST_SIDE = 1400
_QUALITY = 78
_FRAME = (180, 35, 24)
_CASING = (255, 255, 255)
_FRAME_WIDTH = 5
_CASING_WIDTH = 2
_MARGIN = 6


def marked_page(document: pymupdf.Document, number: int, boxes: list[list[float]]) -> bytes:
    """Draw page ``number`` (from 1) as it is shown, with ``boxes`` framed, as a JPEG of at most 1400 pixels a side.

    Boxes are fractions of the unrotated page, origin top left; a frame stands just around its box, so that it hides
    nothing of what is meant.

    Raises:
        OperationError: no such page.
    """
    if not 1 <= number <= document.page_count:
        raise OperationError(f"no page {number}")
    page = document.load_page(number - 1)
    zoom = _LONGEST_SIDE / max(page.rect.width, page.rect.height)
    pixmap = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), alpha=False)
    picture = Image.frombytes("RGB", (pixmap.width, pixmap.height), pixmap.samples)
    draw = ImageDraw.Draw(picture)
    for box in boxes:
        _frame(draw, _place(page, box, zoom), picture.size)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=_QUALITY, optimize=True)
    return stream.getvalue()


def _place(page: pymupdf.Page, box: list[float], zoom: float) -> pymupdf.Rect:
    """Give the pixels of a box: the page's own turn takes it to where it is shown."""
    width, height = page.rect.width, page.rect.height
    if page.rotation % 180:
        width, height = height, width
    x0, y0, x1, y1 = box
    unrotated = pymupdf.Rect(x0 * width, y0 * height, x1 * width, y1 * height)
    shown: pymupdf.Rect = unrotated * page.rotation_matrix * pymupdf.Matrix(zoom, zoom)
    return shown


def _frame(draw: ImageDraw.ImageDraw, place: pymupdf.Rect, size: tuple[int, int]) -> None:
    for inset, width, colour in (
        (_CASING_WIDTH, _FRAME_WIDTH + 2 * _CASING_WIDTH, _CASING),
        (0, _FRAME_WIDTH, _FRAME),
    ):
        grown = _MARGIN + _FRAME_WIDTH + inset
        outline = (
            max(place.x0 - grown, -inset),
            max(place.y0 - grown, -inset),
            min(place.x1 + grown, size[0] - 1 + inset),
            min(place.y1 + grown, size[1] - 1 + inset),
        )
        draw.rectangle(outline, outline=colour, width=width)
