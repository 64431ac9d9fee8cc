# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents on the desk: fetched once, verified, opened and drawn in a worker process."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from reviewer_app.contract.staff import PageWords, StaffDocument, Word
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.events import Cancellation
from reviewer_app.desk.session import Sessions
from reviewer_app.documents.errors import DocumentUnreadable
from reviewer_app.documents.word_index import Hit, WordIndex
from reviewer_app.gateway.errors import GatewayError, Interrupted
from reviewer_app.store.records import PageViewRecord as PageView
from reviewer_app.store.store import Store

if TYPE_CHECKING:
    from reviewer_app.documents.renderer import OpenDocument, Renderer

__all__ = [
    "DocumentText",
    "Documents",
    "Hit",
    "OpenedDocument",
    "PagePixels",
    "PageSize",
    "PageView",
    "WordIndex",
]

Region = tuple[float, float, float, float]
Progress = Callable[[int, int], None]
RendererFactory = Callable[[], "Renderer"]


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height in points (1/72 inch) of a page as its file shows it, turned by ``rotation`` degrees clockwise.

    Boxes of words, regions and evidence are fractions of the page before that turn.
    """

    width: float
    height: float
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class DocumentText:
    """The words of a document by page, and an index to find them by. Pages count from 1."""

    document_id: str
    pages: tuple[PageWords, ...]
    index: WordIndex


@dataclass(frozen=True, slots=True)
class OpenedDocument:
    """A document ready to be drawn; ``pages[0]`` is page 1."""

    document_id: str
    media_type: str
    pages: tuple[PageSize, ...]


class PagePixels(Protocol):
    """A drawn page: RGB888, ``stride`` bytes a row. Keep it beside whatever reads ``data`` without a copy."""

    width: int
    height: int
    stride: int
    dpi: float
    data: memoryview

    def release(self) -> None:
        """Give the memory back at once."""


class Documents:
    """Documents of cases. Any thread; the renderer's processes start with the first document."""

    def __init__(self, *, store: Store, sessions: Sessions, clock: Clock, make_renderer: RendererFactory) -> None:
        self._store = store
        self._sessions = sessions
        self._clock = clock
        self._make_renderer = make_renderer
        self._lock = threading.Lock()
        self._renderer: Renderer | None = None
        self._open: dict[str, OpenDocument] = {}
        self._files: dict[str, Path] = {}
        self._texts: dict[str, DocumentText] = {}
        self._fetching: dict[str, threading.Lock] = {}
        self._views: dict[str, dict[int, PageView]] = {}

    def warm_up(self) -> None:
        """Start the renderer's processes, so that the first document does not wait for them."""
        self._rendering()

    def open(
        self,
        *,
        document: StaffDocument,
        cancellation: Cancellation | None = None,
        progress: Progress | None = None,
        ahead: bool = False,
    ) -> OpenedDocument:
        """Fetch a document unless it is here, verify it and open it. ``progress`` gets bytes so far and in all.

        ``ahead``: nobody waits for it yet; it keeps no worker from what somebody waits for. Opening it again is quick. Raises Offline, DamagedDownload, Interrupted, DocumentError.
        """
        path = self.fetch(document=document, cancellation=cancellation, progress=progress)
        with self._lock:
            self._files[document.id] = path
        opened = self._opened(document.id, ahead=ahead)
        pages = tuple(PageSize(page.width, page.height, page.rotation) for page in opened.pages)
        return OpenedDocument(document.id, opened.media_type, pages)

    def fetch(
        self,
        *,
        document: StaffDocument,
        cancellation: Cancellation | None = None,
        progress: Progress | None = None,
    ) -> Path:
        """Fetch a document unless it is here; for a neighbour that is probably looked at next. Raises as `open`."""
        before = self._sessions.current

        def too_late() -> bool:
            return before is not None and not self._sessions.is_still(before.scope)

        with self._fetch_lock(document.sha256):
            kept = self._store.documents.find(sha256=document.sha256, size=document.size, now=self._clock.now())
            if kept is not None:
                return kept
            part = self._store.documents.part(sha256=document.sha256)
            try:
                self._sessions.gateway.documents.content(
                    document_id=document.id,
                    sha256=document.sha256,
                    size=document.size,
                    target=part,
                    progress=progress or _ignore,
                    stopped=lambda: too_late() or (cancellation is not None and cancellation.cancelled),
                )
            except FileNotFoundError:
                if not too_late():
                    raise
            if too_late():  # copies are removed when the person signs out, unfinished ones from under the download too
                part.unlink(missing_ok=True)
                raise Interrupted
            return self._store.documents.keep(sha256=document.sha256, now=self._clock.now())

    def render(
        self,
        *,
        document_id: str,
        page: int,
        zoom: float,
        rotation: int = 0,
        clip: Region | None = None,
        lane: str = "page",
        priority: int = 0,
        ahead: bool = False,
    ) -> PagePixels:
        """Draw a page, or the part of it in ``clip`` (fractions of the page as shown). Zoom 1.0 is 72 dpi.

        ``ahead``: nobody waits for it yet; it keeps no worker from what somebody waits for.

        A newer drawing of the same page and lane ends an older one with RenderCancelled. Raises DocumentError.
        """
        return self._rendering().render(
            self._opened(document_id),
            page=page,
            zoom=zoom,
            rotation=rotation,
            clip=clip,
            lane=lane,
            priority=priority,
            ahead=ahead,
        )

    def stop_drawing(self, *, document_id: str, page: int, lane: str = "page") -> None:
        """End what is being drawn of a page in a lane; its drawing raises RenderCancelled. Does nothing to one that is done."""
        with self._lock:
            opened = self._open.get(document_id)
        if opened is not None:
            self._rendering().cancel(opened, page=page, lane=lane)

    def text(self, *, document: StaffDocument) -> DocumentText:
        """Read the words of an open document: the server's, which also knows what it read from scans.

        Without the server the text layer is read here. Raises DocumentError when that cannot be done either.
        """
        with self._lock:
            known = self._texts.get(document.id)
        if known is not None:
            return known
        try:
            pages = self._sessions.gateway.documents.words(document_id=document.id).pages
        except GatewayError:
            return _indexed(document.id, self._own_words(document))
        found = _indexed(document.id, pages)
        with self._lock:
            self._texts[document.id] = found
        return found

    def _own_words(self, document: StaffDocument) -> tuple[PageWords, ...]:
        opened = self._opened(document.id)
        return tuple(
            PageWords(
                page=found.page,
                words=tuple(Word(text=word.text, box=word.box) for word in found.words if _is_box(word.box)),
            )
            for found in (self._rendering().words(opened, page=number + 1) for number in range(len(opened.pages)))
        )

    def close(self, *, document_id: str) -> None:
        """Close a document; its file stays. Does nothing when it is not open.

        Whoever goes on to draw or read it has it opened again: another place of the window may show it too.
        """
        with self._lock:
            opened = self._open.pop(document_id, None)
            self._texts.pop(document_id, None)
        if opened is not None:
            self._rendering().close(opened)

    def page_view(self, *, document_id: str, page: int) -> PageView:
        """Give how a page was last turned and zoomed."""
        return self._store.pages.view(document_id=document_id, page=page) or PageView()

    def page_views(self, *, document_id: str) -> dict[int, PageView]:
        """Give how the pages of a document were last turned and zoomed, by page; untouched pages are left out.

        Read from the disk once: a document that is opened again does not wait for it.
        """
        with self._lock:
            known = self._views.get(document_id)
        if known is None:
            read = self._store.pages.views(document_id=document_id)
            with self._lock:
                known = self._views.setdefault(document_id, read)
        return dict(known)

    def remember_page_view(self, *, document_id: str, page: int, view: PageView) -> None:
        """Keep how a page is turned and zoomed."""
        self._store.pages.remember(document_id=document_id, page=page, view=view)
        with self._lock:
            if document_id in self._views:
                self._views[document_id][page] = view

    def seen_pages(self, *, document_id: str) -> frozenset[int]:
        """Give the pages of a document that the person has seen."""
        return self._store.pages.seen(scope=self._sessions.scope, document_id=document_id)

    def mark_seen(self, *, document_id: str, page: int) -> None:
        """Note that the person has seen a page."""
        self._store.pages.mark_seen(
            scope=self._sessions.scope, document_id=document_id, page=page, now=self._clock.now()
        )

    def shut_down(self) -> None:
        """Close all documents; the files stay."""
        with self._lock:
            renderer, self._renderer = self._renderer, None
            self._open.clear()
            self._files.clear()
            self._texts.clear()
            self._views.clear()
        if renderer is not None:
            renderer.shut_down()

    def _rendering(self) -> Renderer:
        with self._lock:
            if self._renderer is None:
                self._renderer = self._make_renderer()
            return self._renderer

    def _opened(self, document_id: str, *, ahead: bool = False) -> OpenDocument:
        with self._lock:
            opened, file = self._open.get(document_id), self._files.get(document_id)
        if opened is not None:
            return opened
        if file is None or not file.is_file():  # removed when the person signed out
            raise DocumentUnreadable("the document is not open")
        fresh = self._rendering().open(file, ahead=ahead)
        with self._lock:
            opened = self._open.setdefault(document_id, fresh)
        if opened is not fresh:
            self._rendering().close(fresh)
        return opened

    def _fetch_lock(self, sha256: str) -> threading.Lock:
        with self._lock:
            return self._fetching.setdefault(sha256, threading.Lock())


def _indexed(document_id: str, pages: tuple[PageWords, ...]) -> DocumentText:
    return DocumentText(document_id, pages, WordIndex(pages))


def _ignore(_done: int, _size: int) -> None:
    return


def _is_box(box: Region) -> bool:
    return 0 <= box[0] < box[2] <= 1 and 0 <= box[1] < box[3] <= 1
