# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds texts and numbers among the words of a document, and says where on the page they stand.

Case, diacritics (``ł`` too), punctuation and the separators of numbers are passed over: ``zarząd`` finds ``ZARZĄD``,
``9990000184`` finds ``999-000-01-84`` and ``999 000 01 84``. A word that a hyphen or soft hyphen parts at the end of a
line is one word, and so is a value that is wrapped.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple, Protocol

from reviewer_app.contract.folding import fold

Box = tuple[float, float, float, float]

_SOFT_HYPHEN = "\u00ad"
_HYPHENS = "-\u2010\u2011" + _SOFT_HYPHEN
_SAME_LINE = 0.5
"""Two boxes stand in one line when they share so much of the lower one's height."""


class WordOnPage(Protocol):
    """A word with its box: fractions of the unrotated page, origin top left."""

    @property
    def text(self) -> str: ...

    @property
    def box(self) -> Box: ...


class WordsOfPage(Protocol):
    """The words of one page in reading order; pages count from 1."""

    @property
    def page(self) -> int: ...

    @property
    def words(self) -> Sequence[WordOnPage]: ...


class Hit(NamedTuple):
    """A place where something was found: the words from ``first`` to ``last`` of a page, and a box for each line."""

    page: int
    first: int
    last: int
    boxes: tuple[Box, ...]

    @property
    def box(self) -> Box:
        """One rectangle around the whole place."""
        return around(self.boxes)


class _Gap(IntEnum):
    """What stands before a character."""

    NONE = 0
    SPACE = 1
    JOIN = 2  # the line ends in a hyphen: perhaps one word, perhaps two
    SIGN = 3  # punctuation within a word


@dataclass(frozen=True)
class _Stream:
    """The letters and digits of one page: for each its word and what stands before it."""

    page: WordsOfPage
    letters: str
    words: tuple[int, ...]
    gaps: bytes


class WordIndex:
    """The words of one document, ready to be searched. Immutable; any thread."""

    def __init__(self, pages: Sequence[WordsOfPage]) -> None:
        self._streams = tuple(_stream(page) for page in pages)

    @property
    def has_text(self) -> bool:
        """Whether any page has a word; a scan without a text layer has none."""
        return any(stream.letters for stream in self._streams)

    @property
    def pages_without_text(self) -> tuple[int, ...]:
        """The pages on which no word stands."""
        return tuple(stream.page.page for stream in self._streams if not stream.letters)

    def find(self, text: str) -> list[Hit]:
        """Find what a person types, also inside words. Between words there must be a gap where the text has one."""
        wanted, gaps = _letters_of(text)
        return [
            _hit(stream, at, len(wanted))
            for stream in self._streams
            for at in _occurrences(stream.letters, wanted)
            if _gaps_allow(stream, at, wanted, gaps)
        ]

    def find_whole(self, text: str, *, page: int | None = None) -> list[Hit]:
        """Find a text that begins and ends where words do, on all pages or on one."""
        wanted, gaps = _letters_of(text)
        return [
            _hit(stream, at, len(wanted))
            for stream in self._streams_of(page)
            for at in _occurrences(stream.letters, wanted)
            if _is_edge(stream, at) and _is_edge(stream, at + len(wanted)) and _gaps_allow(stream, at, wanted, gaps)
        ]

    def find_number(self, digits: str, *, page: int | None = None) -> list[Hit]:
        """Find a number however its digits are grouped, but not as a part of a longer one; on all pages or on one."""
        return [
            _hit(stream, at, len(digits))
            for stream in self._streams_of(page)
            for at in _occurrences(stream.letters, digits)
            if _number_begins(stream, at) and _number_ends(stream, at + len(digits))
        ]

    def _streams_of(self, page: int | None) -> Sequence[_Stream]:
        return self._streams if page is None else [stream for stream in self._streams if stream.page.page == page]

    def text_of(self, hit: Hit) -> str:
        """Give the words of a place as they stand there."""
        stream = next(stream for stream in self._streams if stream.page.page == hit.page)
        return " ".join(word.text for word in stream.page.words[hit.first : hit.last + 1])

    def texts(self) -> Iterator[tuple[int, str]]:
        """Give the text of each page, its words with one space between them."""
        for stream in self._streams:
            yield stream.page.page, " ".join(word.text for word in stream.page.words)

    def digits_after(self, label: str, *, length: int, within: int) -> Iterator[tuple[str, Hit]]:
        """Give each number of so many digits that begins at most ``within`` letters after a label."""
        wanted, _ = _letters_of(label)
        for stream in self._streams:
            for at in _occurrences(stream.letters, wanted):
                if _is_edge(stream, at):
                    yield from _number_from(stream, at + len(wanted), length, within)


def around(boxes: Sequence[Box]) -> Box:
    """Give the smallest rectangle around some."""
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def lines_of(boxes: Sequence[Box]) -> tuple[Box, ...]:
    """Put the boxes of neighbouring words together, one box for each line."""
    lines: list[Box] = []
    for box in boxes:
        if lines and _in_one_line(lines[-1], box):
            lines[-1] = around((lines[-1], box))
        else:
            lines.append(box)
    return tuple(lines)


def _stream(page: WordsOfPage) -> _Stream:
    letters: list[str] = []
    words: list[int] = []
    gaps = bytearray()
    before = _Gap.SPACE
    for number, word in enumerate(page.words):
        for part in fold(word.text):
            if part.isalnum():
                letters.append(part)
                words.append(number)
                gaps.append(before)
                before = _Gap.NONE
            elif part != _SOFT_HYPHEN and before is not _Gap.SPACE:
                before = _Gap.SIGN
        before = _Gap.JOIN if len(word.text) > 1 and word.text[-1] in _HYPHENS else _Gap.SPACE
    return _Stream(page, "".join(letters), tuple(words), bytes(gaps))


def _letters_of(text: str) -> tuple[str, frozenset[int]]:
    """Give the letters and digits of a text, and before which of them it has a gap."""
    letters: list[str] = []
    gaps: set[int] = set()
    for part in fold(text):
        if part.isalnum():
            letters.append(part)
        elif part != _SOFT_HYPHEN:
            gaps.add(len(letters))
    return "".join(letters), frozenset(gaps)


def _occurrences(letters: str, wanted: str) -> Iterator[int]:
    at = letters.find(wanted) if wanted else -1
    while at >= 0:
        yield at
        at = letters.find(wanted, at + 1)


def _gaps_allow(stream: _Stream, at: int, wanted: str, gaps: frozenset[int]) -> bool:
    return all(
        stream.gaps[at + place] != _Gap.SPACE
        or place in gaps
        or (wanted[place - 1].isdigit() and wanted[place].isdigit())
        for place in range(1, len(wanted))
    )


def _is_edge(stream: _Stream, at: int) -> bool:
    return at == len(stream.letters) or stream.gaps[at] in {_Gap.SPACE, _Gap.SIGN}


def _number_begins(stream: _Stream, at: int) -> bool:
    return at == 0 or not stream.letters[at - 1].isdigit() or _is_edge(stream, at)


def _number_ends(stream: _Stream, at: int) -> bool:
    return at == len(stream.letters) or not stream.letters[at].isdigit() or _is_edge(stream, at)


def _number_from(stream: _Stream, at: int, length: int, within: int) -> Iterator[tuple[str, Hit]]:
    places = range(at, min(at + within + 1, len(stream.letters)))
    begin = next((place for place in places if stream.letters[place].isdigit()), None)
    if begin is None:
        return
    digits = stream.letters[begin : begin + length]
    if len(digits) == length and digits.isdecimal() and _number_ends(stream, begin + length):
        yield digits, _hit(stream, begin, length)


def _hit(stream: _Stream, at: int, length: int) -> Hit:
    first, last = stream.words[at], stream.words[at + length - 1]
    if first == last:  # as nearly all: of one letter there are as many as the document has words
        return Hit(stream.page.page, first, last, (stream.page.words[first].box,))
    boxes = [word.box for word in stream.page.words[first : last + 1] if word.text.strip()]
    return Hit(stream.page.page, first, last, lines_of(boxes))


def _in_one_line(line: Box, box: Box) -> bool:
    shared_height = min(line[3], box[3]) - max(line[1], box[1])
    if shared_height >= _SAME_LINE * min(line[3] - line[1], box[3] - box[1]):
        return True
    shared_width = min(line[2], box[2]) - max(line[0], box[0])
    upright = box[3] - box[1] > box[2] - box[0] and line[3] - line[1] > line[2] - line[0]
    return upright and shared_width >= _SAME_LINE * min(line[2] - line[0], box[2] - box[0])
