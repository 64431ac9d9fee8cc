# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is done in worker threads for the viewer: opening a document and drawing its pages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

from reviewer_app.background.operation import Cancellation
from reviewer_app.contract.staff import StaffDocument
from reviewer_app.models.document.geometry import POINTS_TO_PIXELS, Box, Room, Size, shown_size
from reviewer_app.models.document.images import PageImage
from reviewer_app.models.document.looks import PLAIN, Look, with_look

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk

AHEAD = "ahead"
"""The lane of pages that nobody looks at yet."""


@dataclass(frozen=True)
class Opened:
    """What opening gave: sizes of the pages in points, rotations in degrees, and the wish that is being fulfilled.

    ``own_turns`` are the rotations that the file itself gives its pages, ``rotations`` those that a person added.
    """

    document_id: str
    sizes: tuple[Size, ...]
    own_turns: tuple[int, ...]
    rotations: tuple[int, ...]
    first: Wish | None = None


@dataclass(frozen=True)
class Drawn:
    """The answer to one wish for pixels."""

    document_id: str
    page: int
    image: PageImage
    preview: bool


@dataclass(frozen=True)
class Wish:
    """A wish for pixels of one page: ``zoom`` in pixels per point."""

    page: int
    zoom: float
    rotation: int
    clip: Box | None = None
    look: Look = PLAIN


class PageNotDrawn(Exception):
    """Drawing a page failed; the cause is chained."""

    def __init__(self, document_id: str, page: int) -> None:
        super().__init__(f"page {page} of document {document_id} could not be drawn")
        self.document_id = document_id
        self.page = page


def open_document(
    desk: Desk,
    document: StaffDocument,
    room: Room | None,
    emit: Callable[[Opened | Drawn], None],
    cancellation: Cancellation,
) -> None:
    """Open a document and draw of its first page what is to be seen, without waiting for the window to lay it out and ask."""
    opened = open_for(desk, document, room, cancellation)
    emit(opened)
    if opened.first is not None and not cancellation.cancelled:
        emit(draw_until_cancelled(desk, document.id, opened.first, cancellation))


def open_for(
    desk: Desk, document: StaffDocument, room: Room | None, cancellation: Cancellation, *, ahead: bool = False
) -> Opened:
    """Open a document, and say what to draw first of it for a room; nothing when the room is not known.

    For somebody who waits that is the part of the first page that will be seen: the rest follows once it is painted.
    """
    turned = desk.turns.of(document=document)
    opened = desk.documents.open(document=document, cancellation=cancellation, ahead=ahead)
    sizes = tuple((page.width, page.height) for page in opened.pages)
    rotations = tuple(turned.get(page, 0) for page in range(1, len(sizes) + 1))
    first = None if room is None else _first_wish(room, sizes, rotations, whole=ahead)
    return Opened(document.id, sizes, tuple(page.rotation for page in opened.pages), rotations, first)


def draw_until_cancelled(
    desk: Desk, document_id: str, wish: Wish, cancellation: Cancellation, *, ahead: bool = False
) -> Drawn:
    """Draw a page; a cancellation ends the drawing at once. Raises PageNotDrawn."""
    lane = AHEAD if ahead else "page"
    stop = partial(desk.documents.stop_drawing, document_id=document_id, page=wish.page, lane=lane)
    forget = cancellation.on_cancel(stop)
    try:
        return draw(desk, document_id, wish, lane=lane)
    finally:
        forget()


def _first_wish(room: Room, sizes: Sequence[Size], rotations: Sequence[int], *, whole: bool) -> Wish | None:
    shown = [shown_size(size, rotation) for size, rotation in zip(sizes, rotations, strict=True)]
    zoom = room.zoom_for(shown)
    if not room.draws_whole(shown[0], zoom):
        return None
    part = None if whole else room.seen_of(shown[0], zoom)
    return Wish(1, zoom * POINTS_TO_PIXELS * room.ratio, rotations[0], part)


def draw(
    desk: Desk, document_id: str, wish: Wish, *, preview: bool = False, priority: int = 0, lane: str = ""
) -> Drawn:
    """Draw a page or a part of it; a newer wish for the page in the lane ends an older one. Raises PageNotDrawn."""
    try:
        pixels = desk.documents.render(
            document_id=document_id,
            page=wish.page,
            zoom=wish.zoom,
            rotation=wish.rotation,
            clip=wish.clip,
            lane=lane or ("preview" if preview else "page"),
            priority=priority,
            ahead=lane == AHEAD,
        )
    except Exception as error:
        raise PageNotDrawn(document_id, wish.page) from error
    shared = QImage(pixels.data, pixels.width, pixels.height, pixels.stride, QImage.Format.Format_RGB888)
    image = shared.convertToFormat(QImage.Format.Format_RGB32)
    del shared
    pixels.release()
    shown = with_look(image, wish.look)
    return Drawn(document_id, wish.page, PageImage(shown, wish.zoom, wish.rotation, wish.clip, wish.look), preview)
