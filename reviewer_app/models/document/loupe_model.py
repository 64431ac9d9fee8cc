# SPDX-License-Identifier: AGPL-3.0-or-later
"""The pixels under the loupe: a small part of a page, drawn much larger than the page is shown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.drawing import Drawn, Wish, draw
from reviewer_app.models.document.geometry import MAXIMUM_ZOOM, POINTS_TO_PIXELS, Size

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk

MAGNIFICATION = 3.0
MOST_ZOOM = MAXIMUM_ZOOM * POINTS_TO_PIXELS * 2


@dataclass(frozen=True)
class Spot:
    """What the loupe lies on: a point in fractions of the page as shown, and how large the loupe is in points."""

    page: int
    point: tuple[float, float]
    size: Size


class LoupeModel(QObject):
    """``drawn`` (Drawn) carries the newest part; an answer that came too late is dropped."""

    drawn = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, document: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._document = document

    def want(self, spot: Spot, zoom: float) -> None:
        """Ask for the part under the loupe; ``zoom`` is pixels per point of the page as it is shown."""
        shown = self._document.document
        if shown is None or not 1 <= spot.page <= self._document.page_count:
            return
        rotation = self._document.rotation(spot.page)
        width, height = self._document.sizes()[spot.page - 1]
        across, down = (side / 2 / MAGNIFICATION for side in spot.size)
        x, y = spot.point
        clip = (
            max(0.0, x - across / width),
            max(0.0, y - down / height),
            min(1.0, x + across / width),
            min(1.0, y + down / height),
        )
        if clip[0] >= clip[2] or clip[1] >= clip[3]:
            return
        wish = Wish(spot.page, min(zoom * MAGNIFICATION, MOST_ZOOM), rotation, clip, self._document.looking.look)
        self._runner.run(
            partial(draw, self._desk, shown.id, wish, lane="loupe"),
            owner=self,
            on_success=self._is_drawn,
            on_failure=self._failed,
            key="loupe",
            lane="pages",
        )

    def _is_drawn(self, drawn: Drawn) -> None:
        shown = self._document.document
        if shown is not None and drawn.document_id == shown.id:
            self.drawn.emit(drawn)

    def _failed(self, _error: BaseException) -> None:
        """A page that cannot be drawn says so itself."""
