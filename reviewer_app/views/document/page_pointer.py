# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mouse on the pages: drags them, selects words, draws a region, and tells which word was clicked."""

from __future__ import annotations

from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.views.document.page_painter import Marks

if TYPE_CHECKING:
    from reviewer_app.views.document.page_area import PageArea


class _Doing(Enum):
    NOTHING = auto()
    DRAGGING = auto()
    SELECTING = auto()
    DRAWING = auto()


class PagePointer(QObject):
    """Handles what the mouse does on the viewport of a :class:`PageArea`; positions are the viewport's."""

    def __init__(self, area: PageArea, model: DocumentModel, words: WordsModel, marks: Marks) -> None:
        super().__init__(area)
        self._area = area
        self._model = model
        self._words = words
        self._marks = marks
        self._doing = _Doing.NOTHING
        self._from = QPointF()
        self._moved = False
        self.draws_region = False
        """Whether the next drag draws a rectangle."""
        area.viewport().setMouseTracking(True)
        area.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the mouse's events of the viewport."""
        if isinstance(event, QContextMenuEvent):
            self._area.menu_wanted.emit(event.globalPos())
            return True
        if not isinstance(event, QMouseEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.MouseMove:
            self.move(event.position())
            self._area.mouse_moved.emit(event.position())
        elif event.button() == Qt.MouseButton.LeftButton:
            acts = {
                QEvent.Type.MouseButtonPress: self.press,
                QEvent.Type.MouseButtonRelease: self.release,
                QEvent.Type.MouseButtonDblClick: self.double_click,
            }
            act = acts.get(event.type())
            if act is not None:
                act(event.position())
        return False

    def press(self, position: QPointF) -> None:
        """Begin what the press is for: on a word selecting, beside words dragging the pages."""
        page = self._area.mapping.page_under(position)
        if page and self._model.is_broken(page):
            self._area.ask_again(page)
            return
        self._from, self._moved = position, False
        if self.draws_region:
            self._doing = _Doing.DRAWING
            return
        target = self._area.mapping.point_at(position)
        on_word = target is not None and self._words.begin_selection(*target)
        if target is None:
            self._words.clear_selection()
        self._doing = _Doing.SELECTING if on_word else _Doing.DRAGGING

    def move(self, position: QPointF) -> None:
        """Go on with it; without a button, show by the cursor what a press would do."""
        if self._doing is _Doing.NOTHING:
            self._hover(position)
            return
        if (position - self._from).manhattanLength() >= QApplication.startDragDistance():
            self._moved = True
        if self._doing is _Doing.DRAWING:
            self._marks.show_rubber(QRectF(self._from, position).normalized())
        elif self._doing is _Doing.DRAGGING:
            self._area.scroll_by(position - self._from)
            self._from = position
        elif self._moved:
            target = self._area.mapping.point_at(position)
            if target is not None:
                self._words.extend_selection(*target)

    def release(self, position: QPointF) -> None:
        """End it."""
        doing, self._doing = self._doing, _Doing.NOTHING
        if doing is _Doing.DRAWING and self._marks.rubber is not None:
            drawn = self._area.mapping.box_of(self._marks.rubber)
            self.end_region()
            if drawn is not None:
                self._area.region_drawn.emit(*drawn)
        elif doing is _Doing.SELECTING and not self._moved:
            self._click(position)

    def double_click(self, position: QPointF) -> None:
        """Select the word."""
        target = self._area.mapping.point_at(position)
        word = self._words.word_at(*target) if target is not None else None
        if target is not None and word is not None:
            self._words.select_word(target[0], word)

    def end_region(self) -> None:
        """Draw no region any more."""
        self._marks.show_rubber(None)
        self._area.set_region_mode(False)
        self._area.region_ended.emit()

    def _click(self, position: QPointF) -> None:
        target = self._area.mapping.point_at(position)
        word = self._words.word_at(*target) if target is not None else None
        if target is not None and word is not None:
            self._area.word_clicked.emit(target[0], word)

    def _hover(self, position: QPointF) -> None:
        if self.draws_region:
            return
        target = self._area.mapping.point_at(position)
        on_word = target is not None and self._words.word_at(*target) is not None
        self._area.viewport().setCursor(Qt.CursorShape.IBeamCursor if on_word else Qt.CursorShape.ArrowCursor)
