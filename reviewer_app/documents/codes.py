# SPDX-License-Identifier: AGPL-3.0-or-later
"""QR codes on the pages of a document."""

from __future__ import annotations

from typing import Any, NamedTuple

from reviewer_app.documents.errors import DocumentUnreadable

_LONGEST_TEXT = 4000


class PageCode(NamedTuple):
    """A code that was read: its text and its box as fractions of the unrotated page, origin top left."""

    page: int
    text: str
    box: tuple[float, float, float, float]


def parse_page_codes(answer: Any) -> tuple[PageCode, ...]:
    """Read a worker's answer. Raises :class:`DocumentUnreadable` when it is not one."""
    try:
        return tuple(
            PageCode(int(page), str(text)[:_LONGEST_TEXT], (float(x0), float(y0), float(x1), float(y1)))
            for page, text, x0, y0, x1, y1 in answer
        )
    except (TypeError, ValueError) as error:
        raise DocumentUnreadable("the worker's codes cannot be read") from error
