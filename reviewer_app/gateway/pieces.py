# SPDX-License-Identifier: AGPL-3.0-or-later
"""A long answer read piece by piece. Read in one go it keeps the interpreter from every other thread until it is done: the
words of 200 pages held the window up for 200 ms, however far in the background they were read.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError

from reviewer_app.contract.staff import DocumentWords, PageWords
from reviewer_app.gateway.plain import Misread

_BLANK = re.compile(r"[ \t\n\r]*")
_DECODER = json.JSONDecoder()


def read_words(body: bytes) -> DocumentWords:
    """Read the words of a document page by page. Raises Misread."""
    whole: dict[str, Any] = {}
    try:
        for name, value in Pieces(body.decode()).members(in_pieces="pages"):
            whole[name] = tuple(PageWords.model_validate(page) for page in value) if name == "pages" else value
        return DocumentWords.model_validate(whole)
    except ValidationError as error:
        raise Misread(", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors()[:3])) from None
    except (ValueError, IndexError, TypeError):
        raise Misread("not JSON") from None


class Pieces:
    """A JSON object (RFC 8259) whose members are read one by one. What follows the object is not looked at."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def members(self, *, in_pieces: str) -> Iterator[tuple[str, Any]]:
        """Give names and values in their order; the list ``in_pieces`` as an iterator over its items, each read when its turn
        comes. Raises ValueError or IndexError at whatever is no JSON object.
        """
        self._pass("{")
        while self._text[self._at] != "}":
            name = self._value()
            self._pass(":")
            if name == in_pieces and self._text[self._at] == "[":
                items = self._items()
                yield name, items
                deque(items, maxlen=0)  # the next member follows the last item
            else:
                yield name, self._value()
            self._go_on("}")

    def _items(self) -> Iterator[Any]:
        self._pass("[")
        while self._text[self._at] != "]":
            yield self._value()
            self._go_on("]")
        self._pass("]")

    def _value(self) -> Any:
        value, self._at = _DECODER.raw_decode(self._text, self._at)
        return value

    def _go_on(self, end: str) -> None:
        """Go to the next member, or to the sign that ends all of them."""
        self._pass_blanks()
        if self._text[self._at] != end:
            self._pass(",")
            if self._text[self._at] == end:
                raise ValueError("a member expected")

    def _pass(self, sign: str) -> None:
        """Go past a sign that must come next, and the blanks around it."""
        self._pass_blanks()
        if self._text[self._at] != sign:
            raise ValueError(f"{sign} expected")
        self._at += 1
        self._pass_blanks()

    def _pass_blanks(self) -> None:
        found = _BLANK.match(self._text, self._at)
        self._at = found.end() if found is not None else self._at
