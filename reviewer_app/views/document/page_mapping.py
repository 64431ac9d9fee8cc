# SPDX-License-Identifier: AGPL-3.0-or-later
"""Between points of the viewport and places on the pages shown there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF

from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.geometry import Box, PageLayout, turn_box, unturn_box

SMALLEST_REGION = 0.005


class PageMapping:
    """Points and boxes on pages are fractions of the page before its own turn and before any that a person gave it."""

    def __init__(self, model: DocumentModel, layout: Callable[[], PageLayout], origin: Callable[[], QPointF]) -> None:
        self._model = model
        self._layout = layout
        self._origin = origin

    def page_under(self, position: QPointF) -> int:
        """Give the page at a height of the viewport, 0 when there is none."""
        return self._layout().page_at(position.y() + self._origin().y())

    def position_of(self, page: int, point: tuple[float, float]) -> QPointF:
        """Give where a point of a page, in fractions of it as shown, lies on the viewport."""
        place, origin = self._layout().places[page - 1], self._origin()
        x, y = place.left + point[0] * place.width, place.top + point[1] * place.height
        return QPointF(x - origin.x(), y - origin.y())

    def area_of(self, page: int, box: Box) -> QRectF:
        """Give the rectangle of a box on the viewport."""
        x0, y0, x1, y1 = turn_box(box, self._model.turn(page))
        return QRectF(self.position_of(page, (x0, y0)), self.position_of(page, (x1, y1)))

    def point_at(self, position: QPointF) -> tuple[int, tuple[float, float]] | None:
        """Give the page at a point of the viewport, and the point on it."""
        page = self.page_under(position)
        if not page:
            return None
        x, y = self._fractions(page, position)
        if not (0 <= x <= 1 and 0 <= y <= 1):
            return None
        turned = unturn_box((x, y, x, y), self._model.turn(page))
        return page, (turned[0], turned[1])

    def box_of(self, rectangle: QRectF) -> tuple[int, Box] | None:
        """Give page and box of a rectangle on the viewport; None for one too small to mean anything."""
        page = self.page_under(rectangle.center())
        if not page:
            return None
        (x0, y0), (x1, y1) = (
            self._fractions(page, corner) for corner in (rectangle.topLeft(), rectangle.bottomRight())
        )
        box = (max(0.0, x0), max(0.0, y0), min(1.0, x1), min(1.0, y1))
        if box[2] - box[0] < SMALLEST_REGION or box[3] - box[1] < SMALLEST_REGION:
            return None
        return page, unturn_box(box, self._model.turn(page))

    def shown_point(self, position: QPointF) -> tuple[int, tuple[float, float]] | None:
        """Give the page at a point of the viewport, and the point in fractions of the page as it is shown."""
        page = self.page_under(position)
        if not page:
            return None
        x, y = self._fractions(page, position)
        return (page, (x, y)) if 0 <= x <= 1 and 0 <= y <= 1 else None

    def _fractions(self, page: int, position: QPointF) -> tuple[float, float]:
        place, origin = self._layout().places[page - 1], self._origin()
        x = (position.x() + origin.x() - place.left) / place.width
        y = (position.y() + origin.y() - place.top) / place.height
        return x, y
