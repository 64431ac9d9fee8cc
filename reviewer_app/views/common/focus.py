# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shows that the keyboard is in a large area, which no style sheet can do without moving what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

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
