# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages as pixels for a viewer."""

from __future__ import annotations

import itertools
import math
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from reviewer_app.documents.errors import DocumentUnreadable, RenderSuperseded, RenderTooLarge
from reviewer_app.documents.framing import Message
from reviewer_app.documents.segments import Segment, SegmentStore
from reviewer_app.documents.words import PageWords, parse_page_words
from reviewer_app.documents.workers import Call, DocumentNotOpen, WorkerPool

_MOST_PIXELS = 60_000_000
_MOST_PAGES = 10_000
_POINTS_PER_INCH = 72.0

Box = tuple[float, float, float, float]


class PageSize(NamedTuple):
    """Size of a page as shown, in points (1/72 inch), and by how many degrees clockwise the file itself turns it."""

    width: float
    height: float
    rotation: int = 0


@dataclass(frozen=True, slots=True)
class OpenDocument:
    """A document that a renderer has open. ``pages[0]`` is page 1."""

    id: str
    media_type: str
    repaired: bool
    pages: tuple[PageSize, ...]


class Pixels:
    """A drawn page or part of it: rows of RGB888, ``stride`` bytes apart, in shared memory.

    Whatever reads `data` without a copy (a QImage does) must keep this object beside it. `release` gives the memory
    to the next picture; without it the memory goes when the object does.
    """

    def __init__(
        self, segment: Segment, store: SegmentStore, *, width: int, height: int, stride: int, dpi: float
    ) -> None:
        self.width = width
        self.height = height
        self.stride = stride
        self.dpi = dpi
        self.data = memoryview(segment.memory)[: stride * height].toreadonly()
        self._segment: Segment | None = segment
        self._store = store

    def release(self) -> None:
        """Give the memory back; `data` must not be read any more. A second call does nothing."""
        if self._segment is not None:
            self.data.release()
            self._store.release(self._segment)
            self._segment = None


class Renderer:
    """Opens documents and draws their pages in worker processes.

    Thread-safe; every call blocks the thread it is made from, `cancel` and `close` do not wait for a render.
    """

    def __init__(self, pool: WorkerPool) -> None:
        self._pool = pool
        self._segments = pool.segments
        self._keys = itertools.count(1)
        self._lock = threading.Lock()
        self._sources: dict[str, Path | bytes] = {}
        self._calls: dict[tuple[str, int, str], Call] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shut_down()

    def open(self, source: Path | bytes, *, ahead: bool = False) -> OpenDocument:
        """Open a file or its bytes; ``ahead`` as in `render`.

        Raises:
            DocumentRefused: no type that can be shown, a password is needed, damaged, or without pages.
            DocumentUnreadable, WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        key = f"{id(self):x}-{next(self._keys)}"
        with self._lock:
            self._sources[key] = source
        try:
            answer = self._run(Call(operation="open", arguments={}, affinity=key, ahead=ahead), key)
            return _opened(key, answer.header)
        except Exception:
            with self._lock:
                self._sources.pop(key, None)
            raise

    def render(
        self,
        document: OpenDocument,
        *,
        page: int,
        zoom: float,
        rotation: int = 0,
        clip: Box | None = None,
        lane: str = "page",
        priority: int = 0,
        seconds: float | None = None,
        ahead: bool = False,
    ) -> Pixels:
        """Draw a page, or the part of it in ``clip``.

        Args:
            page: from 1.
            zoom: 1.0 is 72 dpi.
            rotation: further turn in degrees clockwise, a multiple of 90.
            clip: (x0, y0, x1, y1) as fractions of the page as shown, after the turn.
            lane: a newer render of the same page and lane ends the older one; thumbnails have a lane of their own.
            priority: lower goes first among those that wait.
            seconds: time limit; None: that of the pool.
            ahead: nobody waits for it yet; it leaves a worker free for what somebody waits for.

        Raises:
            RenderSuperseded, RenderCancelled: a newer render, or `cancel`, ended it.
            RenderTooLarge: more than 60 megapixels.
            DocumentRefused, DocumentUnreadable: the page cannot be drawn, or the document was closed.
            WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        width, height = _expected_size(document, page, zoom, rotation, clip)
        segment = self._segments.acquire((width + 2) * (height + 2) * 3)
        arguments = {"page": page, "zoom": zoom, "rotation": rotation % 360, "clip": clip}
        call = Call(
            operation="render",
            arguments=arguments,
            segment=segment,
            seconds=seconds,
            priority=priority,
            affinity=document.id,
            ahead=ahead,
        )
        try:
            answer = self._run_newest(call, (document.id, page, lane))
            return self._pixels(answer.header, segment, (width, height), zoom)
        except Exception:
            self._segments.release(segment)
            raise

    def cancel(self, document: OpenDocument, *, page: int | None = None, lane: str | None = None) -> None:
        """End renders of a document that wait or run: all, or those of one page or lane."""
        with self._lock:
            calls = [
                call
                for (key, of_page, of_lane), call in self._calls.items()
                if key == document.id and page in {None, of_page} and lane in {None, of_lane}
            ]
        for call in calls:
            self._pool.cancel(call)

    def pending(self, document: OpenDocument) -> int:
        """Count the renders of a document that wait or run."""
        with self._lock:
            return sum(key == document.id for key, _, _ in self._calls)

    def words(self, document: OpenDocument, *, page: int) -> PageWords:
        """Read the text layer of a page.

        Raises:
            DocumentUnreadable, WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        call = Call(operation="words", arguments={"pages": [page], "keep": True}, affinity=document.id)
        found = parse_page_words(self._run(call, document.id).header.get("pages"))
        if len(found) != 1:
            raise DocumentUnreadable("the worker's words cannot be read")
        return found[0]

    def close(self, document: OpenDocument) -> None:
        """Close a document: its renders end, the workers close the file. A second call does nothing."""
        self.cancel(document)
        with self._lock:
            known = self._sources.pop(document.id, None) is not None
        if known:
            self._pool.forget(document.id)

    def shut_down(self) -> None:
        """Close every document; the pool stays as it is."""
        with self._lock:
            calls = list(self._calls.values())
            keys = list(self._sources)
            self._sources.clear()
        for call in calls:
            self._pool.cancel(call)
        for key in keys:
            self._pool.forget(key)

    def _run_newest(self, call: Call, slot: tuple[str, int, str]) -> Message:
        with self._lock:
            older = self._calls.get(slot)
            self._calls[slot] = call
        if older is not None:
            self._pool.cancel(older, RenderSuperseded)
        try:
            return self._run(call, slot[0])
        finally:
            with self._lock:
                if self._calls.get(slot) is call:
                    del self._calls[slot]

    def _run(self, call: Call, key: str) -> Message:
        """Run a call on a document; its bytes are sent only to a worker that has not got them."""
        with self._lock:
            source = self._sources.get(key)
        if source is None:
            raise DocumentUnreadable("the document is closed")
        path = "" if isinstance(source, bytes) else str(source)
        call.arguments = {**call.arguments, "source": {"key": key, "path": path}}
        try:
            return self._pool.run(call)
        except DocumentNotOpen:
            call.body = source if isinstance(source, bytes) else b""
            return self._pool.run(call)

    def _pixels(self, answer: dict[str, Any], segment: Segment, expected: tuple[int, int], zoom: float) -> Pixels:
        """Believe a worker only as far as the memory given to it and the size expected go."""
        try:
            width, height, stride = (int(answer[name]) for name in ("width", "height", "stride"))
        except (KeyError, TypeError, ValueError) as error:
            raise DocumentUnreadable("the worker's answer cannot be read") from error
        fits = width * 3 <= stride and 0 < stride * height <= segment.size
        if not fits or abs(width - expected[0]) > 2 or abs(height - expected[1]) > 2:
            raise DocumentUnreadable(f"the worker gave {width} x {height} pixels in place of {expected}")
        return Pixels(segment, self._segments, width=width, height=height, stride=stride, dpi=zoom * _POINTS_PER_INCH)


def _expected_size(document: OpenDocument, page: int, zoom: float, rotation: int, clip: Box | None) -> tuple[int, int]:
    if not 1 <= page <= len(document.pages):
        raise DocumentUnreadable(f"no page {page}")
    if rotation % 90:
        raise ValueError("rotation must be a multiple of 90 degrees")
    if not (math.isfinite(zoom) and zoom > 0):
        raise ValueError("zoom must be positive")
    x0, y0, x1, y1 = clip or (0.0, 0.0, 1.0, 1.0)
    if not (0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1):
        raise ValueError("clip must be fractions in order")
    size = document.pages[page - 1]
    width, height = (size.width, size.height) if rotation % 180 == 0 else (size.height, size.width)
    pixel_width = max(round(width * zoom * (x1 - x0)), 1)
    pixel_height = max(round(height * zoom * (y1 - y0)), 1)
    if pixel_width * pixel_height > _MOST_PIXELS:
        raise RenderTooLarge(f"{pixel_width} x {pixel_height} pixels")
    return pixel_width, pixel_height


def _opened(key: str, answer: dict[str, Any]) -> OpenDocument:
    try:
        pages = tuple(
            PageSize(float(width), float(height), int(rotation) % 360) for width, height, rotation in answer["pages"]
        )
        document = OpenDocument(key, str(answer["media_type"]), bool(answer["repaired"]), pages)
    except (KeyError, TypeError, ValueError) as error:
        raise DocumentUnreadable("the worker's answer cannot be read") from error
    if not 1 <= len(pages) <= _MOST_PAGES or not all(0 < side < math.inf for size in pages for side in size[:2]):
        raise DocumentUnreadable("the document's pages have no usable sizes")
    return document
