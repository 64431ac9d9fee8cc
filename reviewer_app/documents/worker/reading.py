# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads the text layer of pages."""

from __future__ import annotations

import pymupdf

from reviewer_app.documents.worker.errors import OperationError
from reviewer_app.documents.worker.placing import fractions


def words(document: pymupdf.Document, pages: list[int] | None) -> list[list[object]]:
    """Give for each page asked for (all, when None) its number and its words: text and box.

    Boxes are fractions of the unrotated page, origin top left. PyMuPDF gives text in that space already.

    Raises:
        OperationError: no such page.
    """
    return [[number, _page_words(document, number)] for number in pages or range(1, document.page_count + 1)]


def _page_words(document: pymupdf.Document, number: int) -> list[list[object]]:
    if not 1 <= number <= document.page_count:
        raise OperationError(f"no page {number}")
    page = document.load_page(number - 1)
    width, height = page.rect.width, page.rect.height
    if page.rotation % 180:
        width, height = height, width
    return [
        [text, *fractions((x0, y0, x1, y1), width, height)]
        for x0, y0, x1, y1, text, *_ in page.get_text("words", flags=pymupdf.TEXTFLAGS_WORDS)
    ]
