# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pages that a person names, as ``1, 3, 5-7``."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

translate = QCoreApplication.translate

_PART = re.compile(r"(\d{1,6})(?:\s*[-–]\s*(\d{1,6}))?")


class PagesUnclear(ValueError):
    """The text does not name pages of the document. The message, for the person, says which part and what to write."""


def pages_named(text: str, count: int) -> tuple[int, ...]:
    """Give the pages that a text names, each once, ascending. Raises PagesUnclear."""
    named: set[int] = set()
    for part in re.split(r"[,;]", text):
        match = _PART.fullmatch(part.strip())
        first, last = (int(match[1]), int(match[2] or match[1])) if match else (0, 0)
        if not 1 <= first <= last:
            words = translate("pages", "“{part}” is not a page or a range. Write pages as 1, 3, 5-7.")
            raise PagesUnclear(words.format(part=part.strip()))
        if last > count:
            words = translate("pages", "There is no page {page}: the last one is {last}.")
            raise PagesUnclear(words.format(page=last if first <= count else first, last=count))
        named.update(range(first, last + 1))
    return tuple(sorted(named))
