# SPDX-License-Identifier: AGPL-3.0-or-later
"""A loupe that follows the mouse over the pages."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QCursor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from reviewer_app.contract.staff import StaffDocument
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.drawing import Drawn
from reviewer_app.models.document.geometry import POINTS_TO_PIXELS
from reviewer_app.models.document.loupe_model import LoupeModel, Spot
from reviewer_app.views.common.colours import current_colours
from reviewer_app.views.common.tokens import LIGHT
from reviewer_app.views.document.page_area import PageArea

SIZE = QSize(300, 200)


class Loupe(QWidget):
    """Lies over the pages where the mouse is, while it is switched on; the mouse goes through it."""

    def __init__(self, model: LoupeModel, shown: DocumentModel, area: PageArea) -> None:
        super().__init__(area.viewport())
        self._area = area
        self._on = False
        self._place = QPointF()
        self.setObjectName("loupe")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(SIZE)
        self._model = model
        self._drawn: Drawn | None = None
        self._spot: Spot | None = None
        model.drawn.connect(self._show)
        area.mouse_moved.connect(self._moved)
        area.view_moved.connect(self._look_anew)
        shown.opening.connect(self._another_document)
        shown.opened.connect(self._look_anew)
        shown.rotated.connect(self._page_changed)
        shown.looking.changed.connect(self._look_anew)
        self.hide()

    @property
    def is_on(self) -> bool:
        """Whether it is switched on, over a page or not."""
        return self._on

    @property
    def drawn(self) -> Drawn | None:
        """What it shows."""
        return self._drawn

    def toggle(self) -> None:
        """Switch it on or off."""
        self._on = not self._on
        if self._on:
            area = self._area.viewport()
            mouse = QPointF(area.mapFromGlobal(QCursor.pos()))
            on_a_page = area.rect().contains(mouse.toPoint()) and self._area.mapping.shown_point(mouse) is not None
            # Without the mouse on a page, as for who works by keyboard, it lies in the middle and the page is moved below.
            self._moved(mouse if on_a_page else QPointF(area.rect().center()))
        else:
            self.leave()

    def _moved(self, position: QPointF) -> None:
        self._place = position
        spot = self._area.mapping.shown_point(position) if self._on else None
        if spot is None:
            self.leave()
        else:
            ratio = self.devicePixelRatioF()
            self.follow(position, *spot, self._area.zoom * POINTS_TO_PIXELS * ratio)

    def follow(self, position: QPointF, page: int, point: tuple[float, float], zoom: float) -> None:
        """Lie over a point of the viewport; ``point`` is in fractions of the page, ``zoom`` pixels per point."""
        if page != (self._spot.page if self._spot else 0):
            self._drawn = None
        ratio = self.devicePixelRatioF()
        self._spot = Spot(page, point, (SIZE.width() * ratio / zoom, SIZE.height() * ratio / zoom))
        self.move(round(position.x() - SIZE.width() / 2), round(position.y() - SIZE.height() / 2))
        self._model.want(self._spot, zoom)
        self.show()
        self.raise_()

    def leave(self) -> None:
        """Hide, and forget what was shown."""
        self._drawn = self._spot = None
        self.hide()

    def _look_anew(self) -> None:
        """Show what lies below now: pages move under it too, by wheel and keys."""
        if self._on:
            self._moved(self._place)

    def _page_changed(self, _page: int) -> None:
        self._drawn = None
        self._look_anew()

    def _another_document(self, _document: StaffDocument) -> None:
        """Show nothing of the document that was left."""
        self.leave()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(LIGHT.surface))
        if self._drawn is not None and self._spot is not None and self._drawn.image.clip is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._target(self._drawn), self._drawn.image.image)
        painter.setPen(QPen(QColor(current_colours().accent), 2))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _target(self, drawn: Drawn) -> QRectF:
        """Give where the part belongs: pixels of one zoom beside each other, however far the mouse has moved on."""
        image, spot = drawn.image, self._spot
        if image.clip is None or spot is None:
            return QRectF()
        ratio = self.devicePixelRatioF()
        width, height = image.image.width() / ratio, image.image.height() / ratio
        share_x = (spot.point[0] - image.clip[0]) / (image.clip[2] - image.clip[0])
        share_y = (spot.point[1] - image.clip[1]) / (image.clip[3] - image.clip[1])
        return QRectF(SIZE.width() / 2 - share_x * width, SIZE.height() / 2 - share_y * height, width, height)

    def _show(self, drawn: Drawn) -> None:
        if self._spot is not None and drawn.page == self._spot.page:
            self._drawn = drawn
            self.update()
