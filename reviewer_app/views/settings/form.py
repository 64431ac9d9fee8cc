# SPDX-License-Identifier: AGPL-3.0-or-later
"""Lines of a settings page: words at the left, the control beside them, a hint below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_4, SPACE_6
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.common.wrapping import WrappingRow

WORDS_WIDTH = 240


class Line(View):
    """One setting."""

    def __init__(self, control: QWidget, *, stretched: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.control = control
        self._words = label("strong", wrap=True)
        self._words.setFixedWidth(WORDS_WIDTH)
        self._words.setBuddy(control)
        self._hint = label("small", wrap=True)
        first = WrappingRow(spacing=SPACE_4)
        first.add(self._words)
        first.add(control, grows=stretched)
        layout = column(self, spacing=SPACE_1)
        layout.addLayout(first)
        below = self._below = row()
        below.addWidget(self._hint)
        layout.addLayout(below)
        self._hint.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= 2 * WORDS_WIDTH  # else the control stands below its words as well
        self._below.setContentsMargins(WORDS_WIDTH + SPACE_4 if beside else 0, 0, 0, 0)

    def set_texts(self, words: str, hint: str = "") -> None:
        """Name the setting; the hint says what it does."""
        self._words.setText(words)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.control.setAccessibleName(words)
        self.control.setAccessibleDescription(hint)


class Page(View):
    """A page with a title and lines below each other."""

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="surface")
        self.setObjectName(name)
        self.title = label("title")
        inside = QWidget()
        self.lines: QVBoxLayout = column(inside, spacing=SPACE_4, margins=(SPACE_6, SPACE_6, SPACE_6, SPACE_6))
        self.lines.addWidget(self.title)
        self.lines.addSpacing(SPACE_2)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        layout = column(self)
        layout.addWidget(scroll)
