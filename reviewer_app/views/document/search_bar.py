# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bar that searches the document: what is searched, how many places there are, next and previous."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import IconButton
from reviewer_app.views.common.fields import SearchField
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.messages import announce
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2
from reviewer_app.views.common.view import View
from reviewer_app.views.common.wrapping import WrappingRow

FIELD_WIDTH = 280


class SearchBar(View):
    """Shown while a search is wanted. ``closed`` when it was ended."""

    closed = Signal()

    def __init__(self, words: WordsModel, actions: Actions, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="toolbar")
        self.setObjectName("documentSearchBar")
        self._words = words
        self._actions = actions
        self.page = 1
        """The page from which a new search begins."""
        self._field = SearchField()
        self._field.setObjectName("documentSearch")
        self._field.setFixedWidth(FIELD_WIDTH)
        self._count = label("small")
        self._count.setObjectName("documentHits")
        self._previous = IconButton("chevron-up")
        self._previous.setObjectName("previousHit")
        self._next = IconButton("chevron-down")
        self._next.setObjectName("nextHit")
        self._close = IconButton("close", size=16)
        self._close.setObjectName("closeSearch")
        layout = WrappingRow(self, spacing=SPACE_1, margins=(SPACE_2, SPACE_1, SPACE_2, SPACE_1))
        for widget in (self._field, self._previous, self._next):
            layout.add(widget)
        layout.add_gap(SPACE_1)
        layout.add(self._count, grows=True)
        layout.add(self._close)
        self._field.installEventFilter(self)
        self._field.searched.connect(self._search)
        self._previous.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_on)
        self._close.clicked.connect(self.shut)
        words.hits_changed.connect(self._show_count)
        words.loaded.connect(self._show_count)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._field.setPlaceholderText(self.tr("Text or number in this document"))
        self._field.setAccessibleName(self.tr("Search the document"))
        for button, action in ((self._next, ActionId.NEXT_HIT), (self._previous, ActionId.PREVIOUS_HIT)):
            button.set_name(self._actions[action].text(), keys=self._actions.keys_of(action))
        self._close.set_name(self.tr("End the search"), keys=self.tr("Esc"))
        self._show_count()

    def start(self, text: str = "") -> None:
        """Ask for what to search; with a text, search it at once."""
        self.show()
        if text:
            self._field.setText(text)
            self._search(text)
        self._field.setFocus()
        self._field.selectAll()

    def shut(self) -> None:
        """End the search."""
        self.forget()
        self.closed.emit()

    def forget(self) -> None:
        """End the search, and leave the focus where it is."""
        self.hide()
        self._field.clear()
        self._words.search("")

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the field that move among the places or end the search."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Escape:
                self.shut()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
                return True
        return super().eventFilter(watched, event)

    def _enter(self, *, back: bool) -> None:
        typed = self._field.text().strip()
        if typed != self._words.query:
            self._search(typed)
        else:
            self._words.step(-1 if back else 1)

    def _search(self, text: str) -> None:
        if self.isVisible() and text.strip() != self._words.query:
            self._words.search(text, page=max(1, self.page))

    def _go_on(self) -> None:
        self._words.step(1)

    def _go_back(self) -> None:
        self._words.step(-1)

    def _show_count(self) -> None:
        words = self._words
        found = len(words.hits)
        for button in (self._previous, self._next):
            button.setEnabled(found > 0)
        if not words.query:
            text = ""
        elif words.text is None:
            text = self.tr("Reading the document …")
        elif not words.has_text:
            text = self.tr("This document has no text to search: it is a scan.")
        elif words.is_searching:
            text = ""
        elif not found:
            text = self.tr("Not found")
        else:
            text = self.tr("{number} of {count}").format(number=words.current + 1, count=found)
        if text != self._count.text():
            self._count.setText(text)
            announce(self, text)
