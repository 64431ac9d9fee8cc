# SPDX-License-Identifier: AGPL-3.0-or-later
"""The PDF that is made of a report of facts: pages of labels and values under headings."""

from __future__ import annotations

from collections.abc import Sequence

from reviewer_app.documents.report import Report
from reviewer_app.documents.sheet_canvas import BOLD, REGULAR, SEMIBOLD, Colour, SheetCanvas

_PAGE_WIDTH, _PAGE_HEIGHT = 595.0, 842.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 48.0, 547.0, 48.0, 786.0
_LABEL_WIDTH, _GAP = 148.0, 12.0
_TITLE, _HEADING, _TEXT, _SMALL = 19.0, 11.5, 8.6, 7.2
_LEADING = 1.36
_INK: Colour = (0.07, 0.10, 0.16)
_SOFT: Colour = (0.36, 0.40, 0.47)
_LINE: Colour = (0.74, 0.77, 0.81)
_LONGEST_VALUE = 4000


def make_report(report: Report) -> bytes:
    """Make the PDF, in A4. The same report gives the same bytes."""
    setter = _Setter()
    setter.title(report.title, report.subtitle)
    for section in report.sections:
        setter.heading(section.heading)
        for label, value in section.rows:
            setter.row(label, value)
    return setter.finish(report)


class _Setter:
    """Sets one thing below the other and goes on with a new page at the foot of one."""

    def __init__(self) -> None:
        self._canvas = SheetCanvas(_PAGE_WIDTH, _PAGE_HEIGHT)
        self._y = _TOP

    def title(self, title: str, subtitle: str) -> None:
        """Set the title with the line below it."""
        width = _RIGHT - _LEFT
        self._lines(_LEFT, self._canvas.wrap(title, width, _TITLE, BOLD), _TITLE, face=BOLD)
        self._lines(_LEFT, self._canvas.wrap(subtitle, width, _TEXT), _TEXT, colour=_SOFT)

    def heading(self, text: str) -> None:
        """Set a heading, never alone at the foot of a page."""
        self._need(_HEADING * _LEADING + 4 * _TEXT * _LEADING)
        self._y += 12
        self._lines(_LEFT, [text], _HEADING, face=SEMIBOLD)
        self._canvas.rule(_LEFT, self._y, _RIGHT, _LINE)
        self._y += 5

    def row(self, label: str, value: str) -> None:
        """Set a label and, beside it, its value."""
        x = _LEFT + _LABEL_WIDTH + _GAP
        labels = self._canvas.wrap(label, _LABEL_WIDTH, _TEXT)
        values = [
            line
            for part in value[:_LONGEST_VALUE].splitlines() or [""]
            for line in self._canvas.wrap(part, _RIGHT - x, _TEXT) or [""]
        ]
        for number in range(max(len(labels), len(values))):
            self._need(_TEXT * _LEADING)
            for column, texts, colour in ((_LEFT, labels, _SOFT), (x, values, _INK)):
                if number < len(texts):
                    self._canvas.text(column, self._y, texts[number], size=_TEXT, colour=colour)
            self._y += _TEXT * _LEADING
        self._y += 2.5

    def finish(self, report: Report) -> bytes:
        """Number the pages and give the PDF."""
        document = self._canvas.document
        for number in range(document.page_count):
            self._canvas.page = document[number]
            self._canvas.rule(_LEFT, _BOTTOM + 8, _RIGHT, _LINE)
            words = f"{report.footer} · {number + 1}/{document.page_count}"
            lines = self._canvas.wrap(words, _RIGHT - _LEFT, _SMALL)
            self._canvas.lines(_LEFT, _BOTTOM + 14, lines, size=_SMALL, leading=_LEADING, colour=_SOFT)
        return self._canvas.finish({"title": report.title})

    def _lines(
        self, x: float, lines: Sequence[str], size: float, *, face: str = REGULAR, colour: Colour = _INK
    ) -> None:
        self._y = self._canvas.lines(x, self._y, lines, size=size, leading=_LEADING, face=face, colour=colour)

    def _need(self, height: float) -> None:
        if self._y + height > _BOTTOM:
            self._canvas.add_page(_PAGE_WIDTH, _PAGE_HEIGHT)
            self._y = _TOP
