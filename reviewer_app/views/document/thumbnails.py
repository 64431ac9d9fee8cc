# SPDX-License-Identifier: AGPL-3.0-or-later
"""The strip of small pages beside the viewer."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    QSizeF,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QImage, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.images import PageImage
from reviewer_app.models.newest import Newest
from reviewer_app.views.common.colours import current_colours
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.common.painting import draw_dot
from reviewer_app.views.common.tokens import LIGHT, SIZE_CAPTION

Index = QModelIndex | QPersistentModelIndex

STRIP_WIDTH = 120
_MOST_SHRUNK = 40
_PICTURE = QSize(88, 112)
_CELL = QSize(STRIP_WIDTH - 14, 140)


class _Pages(QAbstractListModel):
    def __init__(self, model: DocumentModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        model.opening.connect(self._reset)
        model.opened.connect(self._reset)
        model.page_drawn.connect(self._changed)
        model.rotated.connect(self._changed)
        model.seen_changed.connect(self._all_changed)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else self._model.page_count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        page = index.row() + 1
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return str(page)
        return None

    def _reset(self, *_document: object) -> None:
        self.beginResetModel()
        self.endResetModel()

    def _changed(self, page: int) -> None:
        if 1 <= page <= self._model.page_count:
            place = self.index(page - 1)
            self.dataChanged.emit(place, place)

    def _all_changed(self) -> None:
        if self._model.page_count:
            self.dataChanged.emit(self.index(0), self.index(self._model.page_count - 1))


class _Painter(QStyledItemDelegate):
    def __init__(self, model: DocumentModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._small: Newest[int, tuple[PageImage, QImage]] = Newest(_MOST_SHRUNK)
        """Previews by page, as they are and as they are painted; more of them than a tall screen shows."""
        model.opening.connect(self._forget)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return _CELL

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        page = index.row() + 1
        self._model.want_preview(page)
        colours = current_colours()
        area: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        room = QRectF(area.center().x() - _PICTURE.width() / 2, area.top() + 6, _PICTURE.width(), _PICTURE.height())
        paper = _fitted(room, self._model.sizes()[page - 1])
        painter.save()
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(paper, QColor(LIGHT.surface))
        preview: PageImage | None = self._model.images.preview(page)
        if preview is not None and preview.rotation == self._model.rotation(page):
            small = self._shrunk(page, preview, paper.size(), painter.device().devicePixelRatioF())
            painter.drawImage(paper.topLeft().toPoint(), small)
        painter.setPen(QPen(QColor(colours.accent if chosen else colours.line), 2 if chosen else 1))
        painter.drawRect(paper)
        font = painter.font()
        font.setPixelSize(SIZE_CAPTION)
        painter.setFont(font)
        painter.setPen(QColor(colours.accent if chosen else colours.muted))
        words = QRectF(area.left(), room.bottom() + 2, area.width(), 18)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), str(page))
        document = self._model.document
        if document is not None and page not in self._model.seen_pages(document.id):
            draw_dot(painter, words.center() + QPointF(14, 0), 2.5, colours.accent)
        painter.restore()

    def _shrunk(self, page: int, preview: PageImage, size: QSizeF, scale: float) -> QImage:
        """Give a preview in the size in which it is painted: shrinking it at each painting took most of that."""
        pixels = (size * scale).toSize()
        known = self._small.get(page)
        if known is None or known[0] is not preview or known[1].size() != pixels:
            how = Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            known = (preview, preview.image.scaled(pixels, *how))
            known[1].setDevicePixelRatio(scale)
            self._small.put(page, known)
        return known[1]

    def _forget(self, _document: object) -> None:
        self._small.clear()


class Thumbnails(QListView):
    """``chosen`` carries the page that was clicked, counted from 1. A dot marks pages not looked at yet."""

    chosen = Signal(int)

    def __init__(self, model: DocumentModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("thumbnails")
        FocusEdge(self)
        self.setFixedWidth(STRIP_WIDTH)
        self.setModel(_Pages(model, self))
        self.setItemDelegate(_Painter(model, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.clicked.connect(self._clicked)

    def show_page(self, page: int) -> None:
        """Mark a page as the one in front."""
        if page:
            self.setCurrentIndex(self.model().index(page - 1, 0))

    def _clicked(self, index: QModelIndex) -> None:
        self.chosen.emit(index.row() + 1)


def _fitted(room: QRectF, size: tuple[float, float]) -> QRectF:
    scale = min(room.width() / size[0], room.height() / size[1])
    width, height = size[0] * scale, size[1] * scale
    return QRectF(room.center().x() - width / 2, room.bottom() - height, width, height)
