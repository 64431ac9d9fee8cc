# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shows where the keyboard is in a large area, and brings it back from what is put away."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QWidget

from reviewer_app.views.common.colours import current_colours, shade

EDGE = 2


class FocusEdge(QWidget):
    """Lies over a widget and draws an edge of two pixels around it while it has the focus. Takes no mouse.

    ``only_top`` is for areas in which the focus rests all day: a line says it and leaves them quiet.
    """

    def __init__(self, around: QWidget, *, only_top: bool = False) -> None:
        super().__init__(around)
        self._around = around
        self._only_top = only_top
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        around.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.FocusOut:
            self.hide()  # no more than that: a widget loses the focus also while it is taken apart
        elif event.type() in (QEvent.Type.FocusIn, QEvent.Type.Resize):
            self._follow()
        return super().eventFilter(watched, event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), shade(current_colours().accent))
        painter.end()

    def _follow(self) -> None:
        area = QRect(0, 0, self._around.width(), self._around.height())
        inside = area.adjusted(0, EDGE, 0, 0) if self._only_top else area.adjusted(EDGE, EDGE, -EDGE, -EDGE)
        self.setGeometry(area)
        # Only the edge: what is scrolled under it is not drawn anew for its sake.
        self.setMask(QRegion(area).subtracted(QRegion(inside)))
        self.setVisible(self._around.hasFocus())
        self.raise_()


class FocusBack(QObject):
    """Gives the focus to where the work goes on when a bar that has it is put away; Qt would give it to what happens to
    stand next. Escape puts the bar away, or only leaves it when it ``stays``.
    """

    def __init__(self, bar: QWidget, back: QWidget, *, stays: bool = False) -> None:
        super().__init__(bar)
        self._bar = bar
        self._back = back
        self._stays = stays
        bar.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            # The key comes here when no field in the bar took it.
            if self._stays:
                self._back.setFocus()
            else:
                self._bar.hide()
            return True
        if event.type() is QEvent.Type.Hide and self._bar.isHidden() and self._has_focus():
            self._back.setFocus()
        return super().eventFilter(watched, event)

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and (focused is self._bar or self._bar.isAncestorOf(focused))
