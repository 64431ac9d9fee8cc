# SPDX-License-Identifier: AGPL-3.0-or-later
"""The text layer of a page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from reviewer_app.documents.errors import DocumentUnreadable


class Word(NamedTuple):
    """A word and its box ``(x0, y0, x1, y1)`` as fractions of the unrotated page, origin top left."""

    text: str
    box: tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PageWords:
    """The words of one page, in the order of the file. Pages count from 1."""

    page: int
    words: tuple[Word, ...]


def parse_page_words(answer: Any) -> tuple[PageWords, ...]:
    """Read a worker's answer. Raises :class:`DocumentUnreadable` when it is not one."""
    try:
        return tuple(
            PageWords(
                int(page),
                tuple(Word(str(text), (float(x0), float(y0), float(x1), float(y1))) for text, x0, y0, x1, y1 in found),
            )
            for page, found in answer
        )
    except (TypeError, ValueError) as error:
        raise DocumentUnreadable("the worker's words cannot be read") from error
