# SPDX-License-Identifier: AGPL-3.0-or-later
"""The words of the document shown: searching, selecting, and which word lies where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.staff import StaffDocument, Word
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.documents import DocumentText, Hit
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.geometry import Box

Point = tuple[float, float]
FIRST_PAGE_MS = 80
"""So long the words wait after a document opened: reading them beside its first page would keep that page waiting."""
REACH = 0.004
"""So far beside a word, in fractions of the page, it is still hit."""


class Selection(NamedTuple):
    """Selected words of one page, from ``first`` to ``last`` in reading order."""

    page: int
    first: int
    last: int


class _Found(NamedTuple):
    """The places where a text was found, in the order of the pages, and their boxes by page."""

    hits: tuple[Hit, ...]
    boxes: dict[int, list[Box]]


_NOTHING = _Found((), {})


class WordsModel(QObject):
    """Signals: ``loaded`` when the words are known, ``hits_changed``, ``hit_chosen`` (Hit), ``selection_changed``.

    Boxes and points are fractions of the page before its own turn.
    """

    loaded = Signal()
    hits_changed = Signal()
    hit_chosen = Signal(object)
    selection_changed = Signal()

    def __init__(self, desk: Desk, runner: Runner, document: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._document = document
        self._text: DocumentText | None = None
        self._query = ""
        self._found = _NOTHING
        self._from_page = 1
        self._current = -1
        self._steps_due = 0
        self.is_searching = False
        """Whether it is not known yet where the text stands."""
        self._anchor: tuple[int, int] | None = None
        self._selection: Selection | None = None
        self._pause = QTimer(self, singleShot=True, interval=FIRST_PAGE_MS)
        self._pause.timeout.connect(self._load)
        document.opening.connect(self._opening)
        document.opened.connect(self._pause.start)

    @property
    def text(self) -> DocumentText | None:
        """The words of the document shown, None until they were read."""
        return self._text

    @property
    def has_text(self) -> bool:
        """Whether the document has any word that can be searched."""
        return self._text is not None and self._text.index.has_text

    @property
    def query(self) -> str:
        """What is searched for, empty without a search."""
        return self._query

    @property
    def hits(self) -> tuple[Hit, ...]:
        """All places where it was found, in the order of the pages."""
        return self._found.hits

    @property
    def current(self) -> int:
        """The number of the hit that was gone to, from 0; -1 without one."""
        return self._current

    @property
    def selection(self) -> Selection | None:
        """The words selected."""
        return self._selection

    def search(self, query: str, *, page: int = 1) -> None:
        """Find a text and go to its first place from a page on; an empty one ends the search."""
        self._query, self._from_page = query.strip(), page
        self._find()

    def step(self, by: int) -> None:
        """Go to the next place, or back; behind the last one comes the first."""
        if self.is_searching:
            self._steps_due += by
        elif self.hits:
            self._go_to((self._current + by) % len(self.hits))

    def word_at(self, page: int, point: Point) -> int | None:
        """Give the number of the word at a point of a page."""
        found: int | None = None
        smallest = 2.0
        for number, word in enumerate(self._words(page)):
            x0, y0, x1, y1 = word.box
            inside = x0 - REACH <= point[0] <= x1 + REACH and y0 - REACH <= point[1] <= y1 + REACH
            if inside and (x1 - x0) * (y1 - y0) < smallest:
                found, smallest = number, (x1 - x0) * (y1 - y0)
        return found

    def begin_selection(self, page: int, point: Point) -> bool:
        """Begin to select at a point; False when no word is there."""
        word = self.word_at(page, point)
        self.clear_selection()
        if word is None:
            return False
        self._anchor = (page, word)
        return True

    def extend_selection(self, page: int, point: Point) -> None:
        """Select up to the word nearest to a point of the same page."""
        if self._anchor is None or page != self._anchor[0]:
            return
        words = self._words(page)
        nearest = min(range(len(words)), key=lambda number: _distance(words[number].box, point))
        first, last = sorted((self._anchor[1], nearest))
        self._select(Selection(page, first, last))

    def select_word(self, page: int, word: int) -> None:
        """Select one word."""
        self._anchor = (page, word)
        self._select(Selection(page, word, word))

    def clear_selection(self) -> None:
        """Select nothing."""
        self._anchor = None
        self._select(None)

    def selected_text(self) -> str:
        """Give the selected words, a line for each line of the page."""
        if self._selection is None:
            return ""
        words = self._words(self._selection.page)[self._selection.first : self._selection.last + 1]
        text = words[0].text
        for before, word in pairwise(words):
            middle = (word.box[1] + word.box[3]) / 2
            text += (" " if before.box[1] <= middle <= before.box[3] else "\n") + word.text
        return text

    def selected_boxes(self) -> list[tuple[int, Box]]:
        """Give page and box of each selected word."""
        chosen = self._selection
        if chosen is None:
            return []
        return [(chosen.page, word.box) for word in self._words(chosen.page)[chosen.first : chosen.last + 1]]

    def hit_boxes(self) -> tuple[list[tuple[int, Box]], Mapping[int, Sequence[Box]]]:
        """Give page and box of the hit that was gone to, and the boxes of all of them by page."""
        gone_to = self.hits[self._current : self._current + 1] if self._current >= 0 else ()
        return [(hit.page, box) for hit in gone_to for box in hit.boxes], self._found.boxes

    def _words(self, page: int) -> tuple[Word, ...]:
        if self._text is None:
            return ()
        return next((item.words for item in self._text.pages if item.page == page), ())

    def _select(self, selection: Selection | None) -> None:
        if selection != self._selection:
            self._selection = selection
            self.selection_changed.emit()

    def _opening(self, _document: StaffDocument) -> None:
        self._pause.stop()
        self._text = None
        self._from_page = 1
        self.clear_selection()
        self._find()

    def _load(self) -> None:
        document = self._document.document
        if document is None:
            return
        self._runner.run(
            partial(self._desk.documents.text, document=document),
            owner=self,
            on_success=self._is_loaded,
            on_failure=self._load_failed,
            key="words",
        )

    def _is_loaded(self, text: DocumentText) -> None:
        shown = self._document.document
        if shown is None or shown.id != text.document_id:
            return
        self._text = text
        if self._query:
            self._find()
        self.loaded.emit()

    def _load_failed(self, _error: BaseException) -> None:
        """Pages that can be looked at are worth more than a message that they cannot be searched."""

    def _find(self) -> None:
        """Look for the text beside the window's thread: a letter stands in 200 pages some 60,000 times.

        What was found before stays marked until then, so that nothing flickers while somebody types.
        """
        self._steps_due = 0
        self.is_searching = self._text is not None and bool(self._query)
        if self._text is not None and self._query:
            find = partial(_find_in, self._text, self._query)
            self._runner.run(find, owner=self, on_success=self._is_found, key="find", lane="find")
        else:
            self._runner.forget("find", owner=self)
            self._found, self._current = _NOTHING, -1
            self.hits_changed.emit()

    def _is_found(self, found: _Found) -> None:
        self._found, self._current, self.is_searching = found, -1, False
        if found.hits:
            first = next((number for number, hit in enumerate(found.hits) if hit.page >= self._from_page), 0)
            self._go_to((first + self._steps_due) % len(found.hits))
        else:
            self.hits_changed.emit()

    def _go_to(self, number: int) -> None:
        self._current = number
        self.hits_changed.emit()
        self.hit_chosen.emit(self.hits[number])


def _find_in(text: DocumentText, query: str) -> _Found:
    hits = tuple(text.index.find(query))
    boxes: dict[int, list[Box]] = {}
    for hit in hits:
        on_page = boxes.setdefault(hit.page, [])
        if on_page[-1:] != [*hit.boxes]:  # a word in which it stands twice is marked once
            on_page.extend(hit.boxes)
    return _Found(hits, boxes)


def _distance(box: Box, point: Point) -> float:
    """Give how far a point is from a box; lines count more than columns, so that a drag follows the lines."""
    across = max(box[0] - point[0], 0.0, point[0] - box[2])
    down = max(box[1] - point[1], 0.0, point[1] - box[3])
    return across + 8 * down
