# SPDX-License-Identifier: AGPL-3.0-or-later
"""A long answer read piece by piece. Read in one go it keeps the interpreter from every other thread until it is done: the
words of 200 pages held the window up for 200 ms, however far in the background they were read.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from reviewer_app.contract.staff import DocumentWords, PageWords
from reviewer_app.gateway.plain import Misread

_BLANK = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def read_words(body: bytes) -> DocumentWords:
    """Read the words of a document page by page. Raises Misread."""
    document_id: Any = None
    pages: list[PageWords] = []
    try:
        for name, value in members(body.decode(), in_pieces="pages"):
            if name == "pages":
                pages.append(PageWords.model_validate(value))
            elif name == "document_id":
                document_id = value
        return DocumentWords(document_id=document_id, pages=tuple(pages))
    except ValidationError as error:
        raise Misread(", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors()[:3])) from None
    except (ValueError, IndexError):
        raise Misread("not JSON") from None


def members(text: str, *, in_pieces: str) -> Iterator[tuple[str, Any]]:
    """Give the members of a JSON object (RFC 8259) in their order; those of the list ``in_pieces`` one by one under its name.

    What follows the object is not looked at. Raises ValueError or IndexError at whatever is no JSON object.
    """
    at = _past(text, 0, "{")
    while text[at] != "}":
        name, at = _DECODER.raw_decode(text, at)
        at = _past(text, at, ":")
        if name == in_pieces and text[at] == "[":
            at = _past(text, at, "[")
            while text[at] != "]":
                value, at = _DECODER.raw_decode(text, at)
                yield name, value
                at = _next(text, at, "]")
            at = _past(text, at, "]")
        else:
            value, at = _DECODER.raw_decode(text, at)
            yield name, value
        at = _next(text, at, "}")


def _past(text: str, at: int, sign: str) -> int:
    """Go past a sign that must come next, and the blanks around it."""
    at = _past_blanks(text, at)
    if text[at] != sign:
        raise ValueError(f"{sign} expected")
    return _past_blanks(text, at + 1)


def _next(text: str, at: int, end: str) -> int:
    """Go to the next member, or to the sign that ends all of them."""
    at = _past_blanks(text, at)
    if text[at] == end:
        return at
    at = _past(text, at, ",")
    if text[at] == end:
        raise ValueError("a member expected")
    return at


def _past_blanks(text: str, at: int) -> int:
    found = _BLANK.match(text, at)
    return found.end() if found is not None else at
