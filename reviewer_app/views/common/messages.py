# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the program tells the user without stopping them: bars, toasts, empty states and the busy line."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QProgressBar, QWidget

from reviewer_app.views.common.buttons import Button, IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import IconLabel, label
from reviewer_app.views.common.tokens import BUSY_AFTER_MS, SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, TOAST_MS
from reviewer_app.views.common.view import View, column, row, set_property

BAR_HEIGHT = 36
_ICONS = {
    Tone.NEUTRAL: "info",
    Tone.MUTED: "info",
    Tone.INFO: "info",
    Tone.SUCCESS: "check-circle",
    Tone.WARNING: "warning",
    Tone.DANGER: "fail",
}


def announce(widget: QWidget, text: str) -> None:
    """Let a screen reader say a text, without moving the focus."""
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415 -- a first frame announces nothing

    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, text))


class MessageBar(View):
    """One line across the view, with an action. Never modal; stays until closed or taken back."""

    acted = Signal()
    closed = Signal()

    def __init__(self, name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="bar")
        self.setObjectName(name)
        self.setMinimumHeight(BAR_HEIGHT)
        self._icon = IconLabel()
        self._text = label(wrap=True)
        self._action = Button("quiet", compact=True)
        self._action.setObjectName(f"{name}Action")
        self._close = IconButton("close", size=16)
        self._close.setObjectName(f"{name}Close")
        layout = row(self, spacing=SPACE_2, margins=(SPACE_4, SPACE_1, SPACE_2, SPACE_1))
        layout.addWidget(self._icon)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._action)
        layout.addWidget(self._close)
        self._action.clicked.connect(self._act)
        self._close.clicked.connect(self._shut)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        self._close.set_name(self.tr("Close the message"))

    def show_message(self, text: str, tone: Tone, *, action: str = "", closable: bool = True) -> None:
        """Show a message; ``action`` is the words of the one button, none when empty."""
        self._text.setText(text)
        self._icon.show_icon(_ICONS[tone], tone)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._close.setVisible(closable)
        set_property(self, "tone", tone.value)
        self.show()
        announce(self, text)

    def add_button(self, button: QWidget) -> None:
        """Put a further button before the one that closes the message."""
        layout = self.layout()
        if isinstance(layout, QBoxLayout):
            layout.insertWidget(layout.indexOf(self._close), button)

    def focus_action(self) -> None:
        """Put the focus on the one button."""
        self._action.setFocus(Qt.FocusReason.OtherFocusReason)

    def text(self) -> str:
        """Give the message shown, empty when there is none."""
        return self._text.text() if not self.isHidden() else ""

    def _act(self) -> None:
        self.acted.emit()

    def _shut(self) -> None:
        self.hide()
        self.closed.emit()


class Toast(View):
    """A short message over the lower edge of its host that goes away by itself; perhaps with one action."""

    acted = Signal()

    def __init__(self, name: str, host: QWidget) -> None:
        super().__init__(host, role="toast")
        self.setObjectName(name)
        self._host = host
        self._icon = IconLabel()
        self._text = label("strong")
        self._action = Button("quiet", compact=True)
        self._action.setObjectName(f"{name}Action")
        layout = row(self, spacing=SPACE_2, margins=(SPACE_3, SPACE_2, SPACE_2, SPACE_2))
        layout.addWidget(self._icon)
        layout.addWidget(self._text)
        layout.addWidget(self._action)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.hide)
        self._action.clicked.connect(self._act)
        host.installEventFilter(self)
        self.hide()

    def show_message(self, text: str, tone: Tone, *, action: str = "", milliseconds: int = TOAST_MS) -> None:
        """Show a message for so long; 0 leaves it until it is replaced or hidden."""
        self._text.setText(text)
        self._icon.show_icon(_ICONS[tone], tone)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self._timer.stop()
        if milliseconds:
            self._timer.start(milliseconds)
        self.show()
        self._place()
        self.raise_()
        announce(self, text)

    def set_text(self, text: str) -> None:
        """Change the words in place, as a countdown does; not announced again."""
        self._text.setText(text)
        self._place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _act(self) -> None:
        self.hide()
        self.acted.emit()

    def _place(self) -> None:
        most = self._host.width() - 2 * SPACE_6
        self._text.setWordWrap(False)
        self.adjustSize()
        if self.width() > most:
            self._text.setWordWrap(True)
            self.resize(most, self.heightForWidth(most))
        self.move((self._host.width() - self.width()) // 2, self._host.height() - self.height() - SPACE_6)


class EmptyState(View):
    """What stands where nothing is to show: icon, words, and one action."""

    acted = Signal()

    def __init__(self, name: str, icon_name: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._icon = IconLabel(icon_name, Tone.MUTED, size=40)
        self._title = label("heading")
        self._text = label("small", wrap=True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._text.setFixedWidth(360)
        self._action = Button("primary")
        self._action.setObjectName(f"{name}Action")
        layout = column(self, spacing=SPACE_2, margins=(SPACE_6, SPACE_6, SPACE_6, SPACE_6))
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(SPACE_1)
        layout.addWidget(self._title, 0, Qt.AlignmentFlag.AlignHCenter)
        middle = row()  # a text that is aligned in a column gets the height of one line, however many it has
        middle.addStretch(1)
        middle.addWidget(self._text)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addSpacing(SPACE_2)
        layout.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self._action.clicked.connect(self._act)

    def set_texts(
        self, title: str, text: str, action: str = "", *, icon_name: str = "", tone: Tone = Tone.MUTED
    ) -> None:
        """Set the words; no action when empty."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._action.setText(action)
        self._action.setVisible(bool(action))
        if icon_name:
            self._icon.show_icon(icon_name, tone)

    def _act(self) -> None:
        self.acted.emit()


class BusyLine(QProgressBar):
    """A thin moving line that shows only when something takes longer than a moment; takes its room always."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextVisible(False)
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.hide()
        self._delay = QTimer(self)
        self._delay.setSingleShot(True)
        self._delay.setInterval(BUSY_AFTER_MS)
        self._delay.timeout.connect(self._appear)

    def set_busy(self, busy: bool) -> None:
        """Start or end; what ends before the delay never shows."""
        if busy:
            self._delay.start()
            return
        self._delay.stop()
        self.hide()

    def _appear(self) -> None:
        self.setRange(0, 0)
        self.show()
