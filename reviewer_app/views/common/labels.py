# SPDX-License-Identifier: AGPL-3.0-or-later
"""Labels: by role of the type scale, eliding, badges and icons."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QLabel, QMenu, QSizePolicy, QWidget

from reviewer_app.models.texts import plain_hint
from reviewer_app.views.common.colours import Tone, current_colours, is_redrawing, tone_colour
from reviewer_app.views.common.icons import icon_pixmap
from reviewer_app.views.common.tokens import ICON_SMALL
from reviewer_app.views.common.view import set_property

_AUTHORIZATION_NUMBER = re.compile(r"\bUP(-[0-9A-Z]+){2,3}\b")
_LONG_WORD = re.compile(r"\S{25,}")
_JOINER, _BREAK = "\u2060", "\u200b"


def label(text_role: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> QLabel:
    """Make a plain-text label. ``text_role``: caption, small, overline, strong, heading, title, error, warning."""
    made = QLabel(parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    if text_role:
        made.setProperty("text-role", text_role)
    return made


class WordsLabel(QLabel):
    """Wrapped text that can be selected and copied. The number of an authorization stays on one line, and a word that is
    longer than a narrow panel, such as an e-mail address, ends its lines anywhere rather than push the panel wide.

    Invisible signs in the text say so; they are in no copy of it.
    """

    def __init__(self, text_role: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        if text_role:
            self.setProperty("text-role", text_role)

    def show_words(self, text: str) -> None:
        """Show a text."""
        self.setText(_AUTHORIZATION_NUMBER.sub(_joined, breakable(text)))
        self.setAccessibleName(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy) and self.hasSelectedText():
            self._copy()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        copy = menu.addAction(QCoreApplication.translate("DocumentViewer", "Copy"))
        copy.setEnabled(self.hasSelectedText())
        copy.triggered.connect(self._copy)
        menu.popup(event.globalPos())

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.selectedText().replace(_JOINER, "").replace(_BREAK, ""))


def breakable(text: str) -> str:
    """Let a word that is longer than a narrow panel end its lines anywhere, by invisible signs in it. For reading only."""
    return _LONG_WORD.sub(_broken, text)


def _broken(word: re.Match[str]) -> str:
    return _BREAK.join(word[0])


def _joined(number: re.Match[str]) -> str:
    return number[0].replace("-", f"-{_JOINER}")


class ElidedLabel(QLabel):
    """One line that ends in an ellipsis when there is no room; the whole text is then in the tooltip."""

    def __init__(self, text_role: str = "", *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        if text_role:
            self.setProperty("text-role", text_role)
        self._hint = ""

    def set_hint(self, text: str) -> None:
        """Set what the tooltip adds to the text."""
        self._hint = text

    def minimumSizeHint(self) -> QSize:
        return QSize(24, super().minimumSizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, area.width())
        parts = (self.text() if shown != self.text() else "", self._hint)
        self.setToolTip(plain_hint("\n".join(part for part in parts if part)))
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(area, int(self.alignment() | Qt.AlignmentFlag.AlignVCenter), shown)


class Badge(QLabel):
    """A short word on a tinted pill."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("badge", True)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str, tone: Tone = Tone.NEUTRAL) -> None:
        """Show a text in a tone; hidden when empty."""
        self.setText(text)
        set_property(self, "tone", tone.value)
        self.setVisible(bool(text))


class IconLabel(QLabel):
    """An icon that follows the theme. Give it an accessible name when it says something by itself."""

    def __init__(
        self, name: str = "", tone: Tone = Tone.MUTED, *, size: int = ICON_SMALL, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._tone = tone
        self._size = size
        self.setFixedSize(size, size)

    def show_icon(self, name: str, tone: Tone) -> None:
        """Show another icon."""
        self._name = name
        self._tone = tone
        if self.isVisible():
            self._draw()

    def showEvent(self, event: QShowEvent) -> None:
        self._draw()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if is_redrawing(event) and self.isVisible():
            self._draw()

    def _draw(self) -> None:
        if not self._name:
            self.clear()
            return
        colour = tone_colour(current_colours(), self._tone)
        self.setPixmap(icon_pixmap(self._name, colour, self._size, self.devicePixelRatioF()))
