# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sets text on a PDF page in Inter: measured, wrapped, and never outside its column."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

import pymupdf

from reviewer_app.resources import resource_path

Colour = tuple[float, float, float]

REGULAR, MEDIUM, SEMIBOLD, BOLD = "Regular", "Medium", "SemiBold", "Bold"
_FACES = (REGULAR, MEDIUM, SEMIBOLD, BOLD)
_WORDS = re.compile(r"(?:\b[aiouwzAIOUWZ] )*\S+")
_ASCENT = 0.97
"""Inter's ascender in parts of the type size."""


class SheetCanvas:
    """A document whose last page is being drawn. Lengths in points, origin top left; y is the top of a line of text."""

    def __init__(self, width: float, height: float) -> None:
        self.document = pymupdf.open()
        self._advances: dict[tuple[str, str], float] = {}
        self.add_page(width, height)

    def add_page(self, width: float, height: float) -> None:
        """Go on with a new page after the last."""
        self.page = self.document.new_page(width=width, height=height)

    @cached_property
    def _fonts(self) -> dict[str, pymupdf.Font]:
        return {face: pymupdf.Font(fontfile=str(resource_path("fonts", f"Inter-{face}.ttf"))) for face in _FACES}

    def width_of(self, text: str, size: float, face: str = REGULAR) -> float:
        """Measure a line of text."""
        return size * sum(self._advance(face, letter) for letter in text)

    def _advance(self, face: str, letter: str) -> float:
        """Width of a letter in parts of the type size. Sheets are set without kerning, so widths add up."""
        known = self._advances.get((face, letter))
        if known is None:
            known = self._advances[face, letter] = float(self._fonts[face].glyph_advance(ord(letter)))
        return known

    def wrap(self, text: str, width: float, size: float, face: str = REGULAR) -> list[str]:
        """Break a text into lines that fit; a word longer than a line is broken between letters.

        As Polish typography asks, a word of one letter does not end a line.
        """
        lines: list[str] = []
        line, filled = "", 0.0
        space = self.width_of(" ", size, face)
        for word in _WORDS.findall(" ".join(text.split())):
            needed = self.width_of(word, size, face)
            if line and filled + space + needed <= width:
                line, filled = f"{line} {word}", filled + space + needed
                continue
            if line:
                lines.append(line)
            *full, line = self._break_word(word, width, size, face)
            lines.extend(full)
            filled = self.width_of(line, size, face)
        return [*lines, line] if line else lines

    def text(
        self, x: float, y: float, text: str, *, size: float, face: str = REGULAR, colour: Colour = (0, 0, 0)
    ) -> None:
        """Set one line with its top at y."""
        font_file = str(resource_path("fonts", f"Inter-{face}.ttf"))
        self.page.insert_text(
            (x, y + size * _ASCENT), text, fontsize=size, fontname=f"inter-{face}", fontfile=font_file, color=colour
        )

    def lines(
        self,
        x: float,
        y: float,
        lines: Sequence[str],
        *,
        size: float,
        leading: float,
        face: str = REGULAR,
        colour: Colour = (0, 0, 0),
    ) -> float:
        """Set lines below each other; gives the y below the last."""
        for line in lines:
            self.text(x, y, line, size=size, face=face, colour=colour)
            y += size * leading
        return y

    def rule(self, x0: float, y: float, x1: float, colour: Colour, width: float = 0.6) -> None:
        """Draw a horizontal line."""
        self.page.draw_line((x0, y), (x1, y), color=colour, width=width)

    def rectangle(
        self,
        area: Sequence[float],
        *,
        line: Colour | None = None,
        fill: Colour | None = None,
        width: float = 0.6,
        radius: float | None = None,
    ) -> None:
        """Draw a rectangle; ``radius`` as a fraction of its shorter side."""
        self.page.draw_rect(pymupdf.Rect(*area), color=line, fill=fill, width=width if line else 0, radius=radius)

    def cells(self, rows: Sequence[Sequence[bool]], x: float, y: float, side: float) -> None:
        """Fill the true cells of a grid of squares in black, neighbours in a row as one piece."""
        shape = self.page.new_shape()
        for row_number, row in enumerate(rows):
            start = 0
            while start < len(row):
                end = start
                while end < len(row) and row[end]:
                    end += 1
                if end > start:
                    top = y + row_number * side
                    shape.draw_rect(pymupdf.Rect(x + start * side, top, x + end * side, top + side))
                start = end + 1
        shape.finish(color=None, fill=(0, 0, 0), width=0)
        shape.commit()

    def finish(self, metadata: dict[str, str]) -> bytes:
        """Give the PDF with only the letters used, and close it. The same calls give the same bytes."""
        self.document.set_metadata(metadata)
        self.document.subset_fonts()
        data: bytes = self.document.tobytes(garbage=4, deflate=True, deflate_fonts=True, use_objstms=1, no_new_id=True)
        self.document.close()
        return data

    def _break_word(self, word: str, width: float, size: float, face: str) -> list[str]:
        parts = [""]
        for letter in word:
            if parts[-1] and self.width_of(parts[-1] + letter, size, face) > width:
                parts.append("")
            parts[-1] += letter
        return parts
