# SPDX-License-Identifier: AGPL-3.0-or-later
"""The document in the viewer: opening, pixels of its pages, rotation kept, pages looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.background.operation import Operation
from reviewer_app.background.runner import Runner
from reviewer_app.contract.staff import StaffDocument
from reviewer_app.desk.errors import Offline
from reviewer_app.models.document.ahead import PagesAhead, Ready, ReadyDocuments
from reviewer_app.models.document.drawing import Drawn, Opened, PageNotDrawn, Wish, draw, open_document
from reviewer_app.models.document.geometry import Room, Size, shown_size
from reviewer_app.models.document.images import PageImages
from reviewer_app.models.document.looks import Looking

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk

PREVIEW_PIXELS = 420
"""Length of a preview's longer side."""
PAINT_MS = 20
"""So long the small images wait after the first page was drawn: asked for at once they would delay its painting."""


class DocumentModel(QObject):
    """One document at a time. Signals: ``opening`` (document), ``opened``, ``failed`` (error), ``page_drawn`` (page),
    ``page_failed`` (page), ``rotated`` (page), ``seen_changed``.
    """

    opening = Signal(object)
    opened = Signal()
    failed = Signal(object)
    page_drawn = Signal(int)
    page_failed = Signal(int)
    rotated = Signal(int)
    seen_changed = Signal()

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._document: StaffDocument | None = None
        self._opened: Opened | None = None
        self._rotations: dict[int, int] = {}
        self._turned_here: set[int] = set()
        """Pages that the person turned since it was last asked how pages are turned: that answer does not know of it."""
        self._sizes: tuple[Size, ...] = ()
        self._seen: dict[str, set[int]] = {}
        self._seen_asked: set[str] = set()
        self._seen_due = ""
        """The document whose pages seen are asked for once its first page is painted."""
        self._case = 0
        """Counts the cases that were shown, for answers that come when theirs is gone."""
        self._broken: set[int] = set()
        self._running: dict[tuple[int, bool], tuple[Wish, Operation]] = {}
        self._unreached = False
        """Whether the document could not be opened for want of the server."""
        self._first_due = False
        self._later: dict[int, None] = {}
        self._painted = QTimer(self, singleShot=True, interval=PAINT_MS)
        self._painted.timeout.connect(self._want_later)
        self.looking = Looking(self)
        """How pixels are shown; kept from document to document."""
        self.ahead = PagesAhead(desk, runner, self)
        """Draws the pages around the one in front while nothing else is to be drawn."""
        self.ahead.drawn.connect(self._is_drawn_ahead)
        self.ready = ReadyDocuments(desk, runner, self)
        """Documents that are open and drawn before they are asked for."""
        self._images: dict[str, PageImages] = {}
        self.open_ids: set[str] = set()
        """The documents that are open, shown or not."""
        self.measure_room: Callable[[], Room | None] = _no_room
        """Measures where documents will be shown, so that the first page is drawn for it; the view that shows them sets it."""
        self._opening: Operation | None = None

    @property
    def document(self) -> StaffDocument | None:
        """The document shown or being opened."""
        return self._document

    @property
    def images(self) -> PageImages:
        """The pixels at hand of the document shown; small ones of the case's other documents are kept for coming back."""
        return self._images.setdefault(self._document.id if self._document else "", PageImages())

    @property
    def page_count(self) -> int:
        """Number of pages, 0 until the document is open."""
        return len(self._opened.sizes) if self._opened else 0

    @property
    def is_drawing(self) -> bool:
        """Whether something is being opened or drawn for somebody who waits for it."""
        opening = self._opening is not None and not self._opening.finished
        return opening or any(not operation.finished for _wish, operation in self._running.values())

    @property
    def first_due(self) -> bool:
        """Whether the document is open and none of its pages was drawn sharp yet; small images wait for the first."""
        return self._first_due

    def sizes(self) -> Sequence[Size]:
        """Give the sizes of all pages as shown, in points."""
        if self._opened is None:
            return ()
        if not self._sizes:  # kept, since every thumbnail asks when it is painted
            pages = enumerate(self._opened.sizes, start=1)
            self._sizes = tuple(shown_size(size, self.rotation(page)) for page, size in pages)
        return self._sizes

    def rotation(self, page: int) -> int:
        """Give by how many degrees clockwise a page is turned."""
        return self._rotations.get(page, 0)

    def turn(self, page: int) -> int:
        """Give by how many degrees clockwise a page is turned in all: by its file and by a person.

        Boxes of words, marked places and evidence are those of the page before both.
        """
        own = self._opened.own_turns[page - 1] if self._opened and page <= len(self._opened.own_turns) else 0
        return (own + self.rotation(page)) % 360

    def is_broken(self, page: int) -> bool:
        """Whether drawing this page failed."""
        return page in self._broken

    def seen_pages(self, document_id: str) -> frozenset[int]:
        """Give the pages of a version that were looked at."""
        return frozenset(self._seen.get(document_id, ()))

    def show(self, document: StaffDocument) -> None:
        """Open a document; the one before is let go."""
        self._let_go()
        self._unreached = False
        self._document = document
        ready = self.ready.take(document.id)
        if ready is None:  # begun before the views make way for it, which takes them a while
            self._opening = self._runner.stream(
                partial(open_document, self._desk, document, self.measure_room()),
                owner=self,
                on_event=self._came,
                on_failure=self._open_failed,
                key="document",
                lane="files",
            )
        self.opening.emit(document)
        if ready is not None:
            self._show_ready(ready)

    def retry(self) -> None:
        """Open the document again, as after a failure."""
        if self._document is not None:
            self.show(self._document)

    def close(self) -> None:
        """Show no document and let all go that were open, and what is known of pages: it may be another person's next time."""
        self._let_go()
        self._case += 1
        self._seen.clear()
        self._seen_asked.clear()
        self._document = None
        self._images.clear()
        for document_id in self.open_ids:
            self._runner.run(partial(self._desk.documents.close, document_id=document_id), owner=self, lane="files")
        self.open_ids.clear()

    def want(self, wish: Wish, *, preview: bool = False, priority: int = 0) -> None:
        """Ask for pixels of a page; the newest wish for a page replaces the one before."""
        if self._opened is None or wish.page in self._broken:
            return
        running = self._running.get((wish.page, preview))
        if running is not None:
            begun = running[0] if not running[1].finished else None
            if begun == wish or (begun is not None and self._first_due and begun == replace(wish, clip=begun.clip)):
                return  # of a document that is being opened, the part that is to be seen comes before the whole page
            running[1].cancel()
        operation = self._runner.run(
            partial(draw, self._desk, self._opened.document_id, wish, preview=preview, priority=priority),
            owner=self,
            on_success=self._is_drawn,
            on_failure=self._draw_failed,
            lane="pages",
        )
        self._running[wish.page, preview] = (wish, operation)

    def want_preview(self, page: int) -> None:
        """Ask for the small image of a page, unless it is there for this rotation."""
        if self._opened is None:
            return
        if self._first_due or self._painted.isActive():
            self._later[page] = None
            return
        rotation = self.rotation(page)
        known = self.images.preview(page)
        if known is None or (known.rotation, known.look) != (rotation, self.looking.look):
            zoom = PREVIEW_PIXELS / max(1.0, *self._opened.sizes[page - 1])
            self.want(Wish(page, zoom, rotation, look=self.looking.look), preview=True, priority=1)

    def draw_again(self, page: int) -> None:
        """Try a page again that failed."""
        self._broken.discard(page)
        self.page_drawn.emit(page)

    def rotate(self, page: int, degrees: int) -> None:
        """Turn a page clockwise by so many degrees, and keep that for this version and everybody who looks at it."""
        if self._opened is None or not 1 <= page <= self.page_count:
            return
        rotation = (self.rotation(page) + degrees) % 360
        self._turned_here.add(page)
        self._turn(page, rotation)
        turn = partial(self._desk.turns.turn, document_id=self._opened.document_id, page=page, degrees=rotation)
        self._runner.run(turn, owner=self, lane="turns")

    def follow(self, document: StaffDocument) -> None:
        """Take in what the server says anew of the document shown: pages that colleagues turned are turned.

        One that could not be opened for want of the server is opened.
        """
        if self._document is None or self._document.id != document.id:
            return
        if self._unreached:
            self.show(document)
        else:
            self._document = document
            self._turned_here.clear()
            turns = partial(_turns_of, self._desk, document)
            # In the lane of the turns themselves: those of the person are known by then.
            self._runner.run(turns, owner=self, on_success=self._turned, key="turns", lane="turns")

    def mark_seen(self, page: int) -> None:
        """Note that a page was looked at."""
        if self._opened is None:
            return
        seen = self._seen.setdefault(self._opened.document_id, set())
        if page in seen:
            return
        seen.add(page)
        self.seen_changed.emit()
        self._runner.run(
            partial(self._desk.documents.mark_seen, document_id=self._opened.document_id, page=page), owner=self
        )

    def load_seen(self, documents: tuple[StaffDocument, ...]) -> None:
        """Read which pages of these documents were looked at in earlier sessions, and how they were turned."""
        self._seen_asked = {document.id for document in documents}
        self._runner.run(
            partial(_known_of, self._desk, tuple(document.id for document in documents)),
            owner=self,
            on_success=partial(self._seen_known, self._case),
            key="seen",
        )

    def _turned(self, known: tuple[str, dict[int, int]]) -> None:
        document_id, turned = known
        if self._opened is None or self._opened.document_id != document_id:
            return
        for page in range(1, self.page_count + 1):
            if page not in self._turned_here and self.rotation(page) != turned.get(page, 0):
                self._turn(page, turned.get(page, 0))

    def _turn(self, page: int, rotation: int) -> None:
        self._rotations[page] = rotation
        self._sizes = ()
        self.images.drop(page)
        self.rotated.emit(page)

    def _show_ready(self, ready: Ready) -> None:
        drawn = ready.drawn
        if drawn is not None and drawn.image.look == self.looking.look:
            self.images.put_sharp(drawn.page, drawn.image, looked_at=drawn.page)
        self._is_open(ready.opened)
        if not self._first_due:
            self.page_drawn.emit(1)

    def _let_go(self) -> None:
        if self._opening is not None:
            self._opening.cancel()
        self.ahead.forget()
        for _wish, operation in self._running.values():
            operation.cancel()
        self._running.clear()
        self.images.leave()
        self._broken.clear()
        self._rotations.clear()
        self._turned_here.clear()
        self._sizes = ()
        self._later.clear()
        self._painted.stop()
        self._first_due = False
        self._seen_due = ""
        self._opened = None

    def _came(self, event: Opened | Drawn) -> None:
        if isinstance(event, Opened):
            self._is_open(event)
        else:
            self._is_drawn(event)

    def _is_open(self, opened: Opened) -> None:
        self._opened = opened
        if opened.first is not None and self._opening is not None and not self._opening.finished:
            self._running[1, False] = (opened.first, self._opening)
        self._first_due = self.images.sharp(1) is None
        self.open_ids.add(opened.document_id)
        self._rotations = dict(enumerate(opened.rotations, start=1))
        self._sizes = ()
        self.opened.emit()
        if opened.document_id not in self._seen_asked:
            self._seen_due = opened.document_id
            if not self._first_due:
                self._ask_seen()

    def _ask_seen(self) -> None:
        """Ask for the pages seen of a document that is none of the current ones of its case."""
        due, self._seen_due = self._seen_due, ""
        if due:
            self._seen_asked.add(due)
            known = partial(_known_of, self._desk, (due,))
            self._runner.run(known, owner=self, on_success=partial(self._seen_known, self._case))

    def _open_failed(self, error: BaseException) -> None:
        if isinstance(error, PageNotDrawn):
            self._draw_failed(error)
        else:
            self._unreached = isinstance(error, Offline)
            self.failed.emit(error)

    def _is_drawn(self, drawn: Drawn) -> None:
        if self._opened is None or drawn.document_id != self._opened.document_id:
            return
        if drawn.preview:
            self.images.put_preview(drawn.page, drawn.image)
        elif (drawn.image.rotation, drawn.image.look) == (self.rotation(drawn.page), self.looking.look):
            self._broken.discard(drawn.page)
            self.images.put_sharp(drawn.page, drawn.image, looked_at=drawn.page)
        self.page_drawn.emit(drawn.page)
        self._first_done()

    def _is_drawn_ahead(self, drawn: Drawn) -> None:
        if self._opened is None or drawn.document_id != self._opened.document_id:
            return
        if (drawn.image.rotation, drawn.image.look) == (self.rotation(drawn.page), self.looking.look):
            self._broken.discard(drawn.page)
            self.images.put_sharp(drawn.page, drawn.image, looked_at=self.ahead.looked_at)
            self.page_drawn.emit(drawn.page)

    def _draw_failed(self, error: BaseException) -> None:
        if not isinstance(error, PageNotDrawn) or self._opened is None or error.document_id != self._opened.document_id:
            return
        self._broken.add(error.page)
        self.page_failed.emit(error.page)
        self._first_done()

    def _first_done(self) -> None:
        if self._first_due:
            self._first_due = False
            self._painted.start()

    def _want_later(self) -> None:
        later, self._later = self._later, {}
        for page in later:
            self.want_preview(page)
        self._ask_seen()

    def _seen_known(self, case: int, seen: dict[str, frozenset[int]]) -> None:
        if case != self._case:
            return
        for document_id, pages in seen.items():
            self._seen.setdefault(document_id, set()).update(pages)
        self.seen_changed.emit()


def _no_room() -> Room | None:
    return None


def _turns_of(desk: Desk, document: StaffDocument) -> tuple[str, dict[int, int]]:
    return document.id, desk.turns.of(document=document)


def _known_of(desk: Desk, document_ids: tuple[str, ...]) -> dict[str, frozenset[int]]:
    for document_id in document_ids:
        desk.documents.page_views(document_id=document_id)
    return {key: frozenset(desk.documents.seen_pages(document_id=key)) for key in document_ids}
