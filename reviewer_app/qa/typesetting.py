# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sets printed pages fast, and remembers where everything stands.

The fonts are embedded once, in an empty document that every printout starts from; a page is a stream of our own making.
Setting a line this way costs some microseconds, so that thousands of companies can have papers of their own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

import pymupdf

from reviewer_app.documents.authorization_layout import PAGE_HEIGHT, PAGE_WIDTH
from reviewer_app.qa.truth import Box, DocumentTruth, TruthField
from reviewer_app.resources import resource_path

_LETTERS = "".join(map(chr, range(0x20, 0x7F))) + "ĄĆĘŁŃÓŚŹŻąćęłńóśźżÄÖÜäöüß§°·–—„”…\u00ad"
_ASCENT, _DESCENT = 0.905, 0.212
"""Of the Liberation faces, in parts of the type size."""


class Face(StrEnum):
    """Faces that offices and registers print in."""

    SANS = "LiberationSans-Regular"
    SANS_BOLD = "LiberationSans-Bold"
    SERIF = "LiberationSerif-Regular"
    SERIF_BOLD = "LiberationSerif-Bold"


@dataclass(frozen=True, slots=True)
class Printed:
    """A printout and what stands on it."""

    data: bytes = field(repr=False)
    truth: DocumentTruth


@dataclass(frozen=True, slots=True)
class Laid:
    """A line of text where it was set: left, top, right, bottom in points, origin top left, and its page from 1."""

    text: str
    face: Face
    size: float
    page: int
    x: float
    top: float


class _Metrics:
    """Glyph numbers and widths of one face."""

    def __init__(self, face: Face) -> None:
        font = pymupdf.Font(fontfile=str(resource_path("specimens", f"{face.value}.ttf")))
        known = {letter: font.has_glyph(ord(letter)) for letter in _LETTERS}
        self.glyphs = {letter: f"{glyph:04x}" for letter, glyph in known.items() if glyph}
        self.advances = {letter: float(font.glyph_advance(ord(letter))) for letter in self.glyphs}


@cache
def _metrics(face: Face) -> _Metrics:
    return _Metrics(face)


@cache
def _base() -> tuple[bytes, dict[Face, int]]:
    """Make the empty document with the faces in it; gives it and their references."""
    document = pymupdf.open()
    page = document.new_page(width=PAGE_WIDTH, height=PAGE_HEIGHT)
    for number, face in enumerate(Face):
        file = str(resource_path("specimens", f"{face.value}.ttf"))
        letters = "".join(_metrics(face).glyphs)
        page.insert_text((0, 20 * number + 20), letters, fontname=f"F{number}", fontfile=file, fontsize=8)
    document.subset_fonts()
    data: bytes = document.tobytes(garbage=4, deflate=True, no_new_id=True)
    document.close()
    with pymupdf.open(stream=data, filetype="pdf") as again:
        references = {entry[4]: int(entry[0]) for entry in again.load_page(0).get_fonts()}
    return data, {face: references[f"F{number}"] for number, face in enumerate(Face)}


def width_of(text: str, size: float, face: Face = Face.SANS) -> float:
    """Measure a line in points. Raises KeyError for a letter that the faces lack."""
    advances = _metrics(face).advances
    return size * sum(advances[letter] for letter in text)


def wrap(text: str, width: float, size: float, face: Face = Face.SANS) -> list[str]:
    """Break a text into lines that fit; a word longer than a line gets a line of its own, broken between letters."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        candidate = f"{line} {word}" if line else word
        if width_of(candidate, size, face) <= width:
            line = candidate
            continue
        if line:
            lines.append(line)
        while width_of(word, size, face) > width:
            cut = next(at for at in range(len(word) - 1, 0, -1) if width_of(word[:at], size, face) <= width)
            lines.append(word[:cut])
            word = word[cut:]  # noqa: PLW2901 - what is left of it
        line = word
    return [*lines, line] if line else lines


class Printer:
    """A document that is being printed, page after page. Points, origin top left; y is the top of a line."""

    def __init__(self, width: float = PAGE_WIDTH, height: float = PAGE_HEIGHT) -> None:
        self.width, self.height = width, height
        self._pages: list[list[str]] = []
        self._used: set[Face] = set()
        self.fields: list[TruthField] = []
        self.new_page()

    @property
    def page(self) -> int:
        """The number of the page that is being set, from 1."""
        return len(self._pages)

    def new_page(self) -> None:
        """Go on with a new page."""
        self._pages.append([])

    def text(
        self, x: float, y: float, text: str, *, size: float, face: Face = Face.SANS, ink: str = "0 g", page: int = 0
    ) -> Laid:
        """Set one line. ``ink`` is the operator that chooses the colour; ``page`` 0 is the present one."""
        self._used.add(face)
        glyphs = _metrics(face).glyphs
        codes = "".join(glyphs[letter] for letter in text)
        number = list(Face).index(face)
        baseline = self.height - y - size * _ASCENT
        self._pages[page - 1].append(f"{ink} BT /F{number} {size:g} Tf {x:.2f} {baseline:.2f} Td <{codes}> Tj ET")
        return Laid(text, face, size, page or self.page, x, y)

    def frame(self, area: Box, *, line: str = "0.6 G", width: float = 0.5) -> None:
        """Draw the outline of a rectangle."""
        x0, y0, x1, y1 = area
        self._pages[-1].append(f"{line} {width:g} w {x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re S")

    def fill(self, area: Box, ink: str) -> None:
        """Fill a rectangle."""
        x0, y0, x1, y1 = area
        self._pages[-1].append(f"{ink} {x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f")

    def mark(self, name: str, text: str, lines: Sequence[Laid]) -> None:
        """Remember that these lines, read as one, hold a field's text, and where.

        Raises:
            ValueError: they do not.
        """
        joined = " ".join(line.text for line in lines)
        start = joined.find(text)
        if start < 0 or not text:
            raise ValueError(f"{text!r} does not stand in {joined!r}")
        boxes = []
        at = 0
        for line in lines:
            first, last = max(start - at, 0), min(start + len(text) - at, len(line.text))
            if first < last:
                boxes.append(self._box(line, first, last))
            at += len(line.text) + 1
        around = (
            min(b[0] for b in boxes),
            min(b[1] for b in boxes),
            max(b[2] for b in boxes),
            max(b[3] for b in boxes),
        )
        self.fields.append(TruthField(name, text, lines[0].page, around))

    def finish(self, document: str, title: str) -> Printed:
        """Give the PDF; the same calls give the same bytes."""
        base, references = _base()
        used = [f"/F{number} {references[face]} 0 R" for number, face in enumerate(Face) if face in self._used]
        with pymupdf.open(stream=base, filetype="pdf") as made:
            for content in self._pages:
                page = made.new_page(width=self.width, height=self.height)
                stream = made.get_new_xref()
                made.update_object(stream, "<<>>")
                made.update_stream(stream, "\n".join(content).encode())
                page.set_contents(stream)
                made.xref_set_key(page.xref, "Resources", f"<</Font<<{' '.join(used)}>>>>")
            made.delete_page(0)
            made.set_metadata({"title": title})
            data: bytes = made.tobytes(garbage=2, deflate=True, use_objstms=1, no_new_id=True)
        return Printed(data, DocumentTruth(document, len(self._pages), tuple(self.fields)))

    def _box(self, line: Laid, first: int, last: int) -> Box:
        x0 = line.x + width_of(line.text[:first], line.size, line.face)
        x1 = line.x + width_of(line.text[:last], line.size, line.face)
        bottom = line.top + line.size * (_ASCENT + _DESCENT)
        return (x0 / self.width, line.top / self.height, x1 / self.width, bottom / self.height)
