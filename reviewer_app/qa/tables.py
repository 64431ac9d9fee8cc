# SPDX-License-Identifier: AGPL-3.0-or-later
"""Headings and rows of labels and values, set below each other as registers print them."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer_app.documents.authorization_layout import PAGE_HEIGHT, PAGE_WIDTH
from reviewer_app.qa.typesetting import Face, Laid, Printed, Printer, width_of, wrap

Marks = Sequence[tuple[str, str]]
"""Names of fields and their texts, which stand in a value."""

NOTHING = "------"
_LEFT, _RIGHT = 45.0, PAGE_WIDTH - 45.0
_TOP, _BOTTOM = 46.0, PAGE_HEIGHT - 58.0
_LEADING = 1.22
_PADDING = 2.8
_COUNTER = 20.0


class Table:
    """A document of tables. Pages are added as they fill up; ``size`` is that of the rows' type in points."""

    def __init__(self, *, size: float = 8.0, label_share: float = 0.42, band: str = "0.85 g") -> None:
        self.printer = Printer()
        self.y = _TOP
        self._size = size
        self._share = label_share
        self._band = band

    def gap(self, height: float) -> None:
        """Leave some room."""
        self.y += height

    def line(
        self,
        text: str,
        *,
        size: float = 9.0,
        face: Face = Face.SANS,
        centred: bool = False,
        ink: str = "0 g",
        marks: Marks = (),
    ) -> None:
        """Set a text over the whole width."""
        laid = []
        for part in wrap(text, _RIGHT - _LEFT, size, face):
            self._need(size * 1.4)
            x = (PAGE_WIDTH - width_of(part, size, face)) / 2 if centred else _LEFT
            laid.append(self.printer.text(x, self.y, part, size=size, face=face, ink=ink))
            self.y += size * 1.4
        self._remember(laid, marks)

    def band(self, text: str, *, strong: bool = False) -> None:
        """Set a heading: a section's grey and centred, a part's plain."""
        size = self._size + (2 if strong else 0.4)
        height = size * 1.2 + 2 * _PADDING
        self._need(height + 24)
        area = (_LEFT, self.y, _RIGHT, self.y + height)
        if strong:
            self.printer.fill(area, self._band)
        self.printer.frame(area)
        x = (PAGE_WIDTH - width_of(text, size, Face.SANS_BOLD)) / 2 if strong else _LEFT + _PADDING
        self.printer.text(x, self.y + _PADDING, text, size=size, face=Face.SANS_BOLD)
        self.y += height

    def row(self, label: str, *values: str, counter: str | None = None, marks: Marks = ()) -> None:
        """Set a label and its values; ``counter`` sets a narrow column before them, empty or with a number."""
        left = _LEFT + (_COUNTER if counter is not None else 0)
        middle = _LEFT + (_RIGHT - _LEFT) * self._share
        labels = wrap(label, middle - left - 2 * _PADDING, self._size)
        texts = [part for value in values or (NOTHING,) for part in self._fitted(value or NOTHING, middle)]
        height = max(len(labels), len(texts)) * self._size * _LEADING + 2 * _PADDING
        self._need(height)
        if counter is not None:
            self.printer.frame((_LEFT, self.y, left, self.y + height))
            self.printer.text(_LEFT + 7, self.y + _PADDING, counter, size=self._size)
        self.printer.frame((left, self.y, middle, self.y + height))
        self.printer.frame((middle, self.y, _RIGHT, self.y + height))
        self._lines(left + _PADDING, labels)
        self._remember(self._lines(middle + _PADDING, texts, Face.SANS_BOLD), marks)
        self.y += height

    def finish(self, document: str, title: str, *, numbered: bool = True, footer: str = "") -> Printed:
        """Set the feet of the pages and give the document."""
        count = self.printer.page
        for page in range(1, count + 1):
            self._foot(_LEFT, "SPECIMEN · dane fikcyjne", 6.0, page, "0.45 g")
            if footer:
                x = (PAGE_WIDTH - width_of(footer, 7.0)) / 2
                self._foot(x, footer, 7.0, page, "0.3 g")
            if numbered:
                text = f"Strona {page} z {count}"
                self._foot(_RIGHT - width_of(text, 8.0), text, 8.0, page, "0 g")
        return self.printer.finish(document, title)

    def _foot(self, x: float, text: str, size: float, page: int, ink: str) -> None:
        self.printer.text(x, PAGE_HEIGHT - 40, text, size=size, page=page, ink=ink)

    def _fitted(self, value: str, middle: float) -> list[str]:
        return wrap(value, _RIGHT - middle - 2 * _PADDING, self._size, Face.SANS_BOLD)

    def _lines(self, x: float, lines: Sequence[str], face: Face = Face.SANS) -> list[Laid]:
        step = self._size * _LEADING
        return [
            self.printer.text(x, self.y + _PADDING + number * step, line, size=self._size, face=face)
            for number, line in enumerate(lines)
        ]

    def _remember(self, laid: Sequence[Laid], marks: Marks) -> None:
        for name, text in marks:
            self.printer.mark(name, " ".join(text.split()), laid)

    def _need(self, height: float) -> None:
        if self.y + height > _BOTTOM:
            self.printer.new_page()
            self.y = _TOP
