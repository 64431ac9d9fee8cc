# SPDX-License-Identifier: AGPL-3.0-or-later
"""A text field with its label above and its error below."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from reviewer_app.views.common.colours import Tone, current_colours, tone_colour
from reviewer_app.views.common.icons import icon
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SEARCH_DELAY_MS, SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column, set_property


class Field(View):
    """Label, line edit, and below it the error of this field when there is one."""

    def __init__(self, *, password: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.edit = QLineEdit()
        if password:
            self.edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._label = label("strong")
        self._label.setBuddy(self.edit)
        self._error = label("error", wrap=True)
        self._error.hide()
        layout = column(self, spacing=SPACE_1)
        for widget in (self._label, self.edit, self._error):
            layout.addWidget(widget)
        self.setFocusProxy(self.edit)
        self.edit.textEdited.connect(self.clear_error)

    def set_label(self, text: str) -> None:
        """Name the field; the name is also what a screen reader says."""
        self._label.setText(text)
        self.edit.setAccessibleName(text.replace("&", ""))

    def text(self) -> str:
        """Give what was typed."""
        return self.edit.text()

    def show_error(self, message: str) -> None:
        """Show an error below the field; an empty one takes it away."""
        self._error.setText(message)
        self._error.setVisible(bool(message))
        self.edit.setAccessibleDescription(message)
        set_property(self.edit, "invalid", bool(message))

    def clear_error(self) -> None:
        """Take the error away."""
        self.show_error("")


class NumberField(QSpinBox):
    """A number with its two arrows; its text begins where that of other fields does, which a style sheet cannot say."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lineEdit().setTextMargins(SPACE_2, 0, 0, 0)


class SearchField(QLineEdit):
    """A search box that tells what was typed once the typing pauses, at once with Enter. ``left`` says that the keys are to
    go to what was found: with the arrow down, Enter, or Escape, which takes the search back first.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(SEARCH_DELAY_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(self._typed)
        self.returnPressed.connect(self._finish)
        self._glass = QAction(self)
        self._glass.setIcon(icon("search", tone_colour(current_colours(), Tone.MUTED)))
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)

    @property
    def is_due(self) -> bool:
        """Whether something was typed that was not told yet."""
        return self._pause.isActive()

    def show_text(self, text: str) -> None:
        """Show what is searched for by another act, and forget what was to be told: the later act counts."""
        self._pause.stop()
        self.blockSignals(True)
        self.setText(text)
        self.blockSignals(False)
        self.setClearButtonEnabled(bool(text))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
            self._finish()
        elif event.key() == Qt.Key.Key_Down:
            self._finish()
        else:
            super().keyPressEvent(event)

    def _finish(self) -> None:
        self._tell()
        self.left.emit()

    def _typed(self, _text: str) -> None:
        self.setClearButtonEnabled(True)  # not before there is something to clear: its icon is looked for in themes
        self._pause.start()

    def _tell(self) -> None:
        self._pause.stop()
        self.searched.emit(self.text().strip())
