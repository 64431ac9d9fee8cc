# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of a document as the server tells them, for the fake one."""

from __future__ import annotations

import pymupdf

from reviewer_app.contract.staff import PageWords, Word


def words_of(content: bytes) -> tuple[PageWords, ...]:
    """Read the text layer of a PDF; pictures have one page without words."""
    if not content.startswith(b"%PDF"):
        return (PageWords(page=1, words=()),)
    try:
        with pymupdf.open(stream=content, filetype="pdf") as document:
            return tuple(PageWords(page=number, words=_of_page(page)) for number, page in enumerate(document, start=1))
    except (RuntimeError, ValueError):
        return ()


def _of_page(page: pymupdf.Page) -> tuple[Word, ...]:
    width, height = page.rect.width, page.rect.height
    if page.rotation % 180:
        width, height = height, width
    return tuple(
        Word(text=text, box=(x0 / width, y0 / height, x1 / width, y1 / height))
        for x0, y0, x1, y1, text, *_ in page.get_text("words")
    )
