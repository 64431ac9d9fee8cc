# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program's sign in the system's tray, and its notices when the window is not looked at. Made once the queue is live."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from reviewer_app.models.session.notices_model import ANSWERED, ASSIGNED, MENTIONED
from reviewer_app.views.main_window import MainWindow

translate = QCoreApplication.translate
NOTICE_MS = 10_000


class Tray(QObject):
    """Tells what is meant for the person while another window is in front; a click on it leads where it is about.

    A click on the sign itself only brings the window to the front, as it was left.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told: tuple[str, str] | None = None
        self._icon = QSystemTrayIcon(window.windowIcon(), self)
        self._menu = QMenu(window)
        self._show = self._menu.addAction("")
        self._quit = self._menu.addAction("")
        self._icon.setContextMenu(self._menu)
        self._icon.setToolTip("Reviewer")
        self._show.triggered.connect(window.come_forward)
        self._quit.triggered.connect(window.close)
        self._menu.aboutToShow.connect(self._translate)
        self._icon.activated.connect(self._activated)
        self._icon.messageClicked.connect(self._lead)
        window.noticed.connect(self.tell)
        self._translate()
        self._icon.show()

    @property
    def last_told(self) -> str:
        """The case that the last notice was about, empty before the first one."""
        return self._told[0] if self._told is not None else ""

    def tell(self, kind: str, company_id: str, name: str, by: str) -> None:
        """Tell what `NoticesModel` says, unless the window is looked at: there the bar says it."""
        if self._window.isActiveWindow():
            return
        self._told = (company_id, kind)
        titles = {
            ANSWERED: translate("tray", "The customer answered"),
            MENTIONED: translate("tray", "{by} names you in a note"),
            ASSIGNED: translate("tray", "{by} gave you a case"),
        }
        self._icon.showMessage(titles[kind].format(by=by), name, self._window.windowIcon(), NOTICE_MS)

    def close(self) -> None:
        """Take the sign away."""
        self._icon.hide()

    def _translate(self) -> None:
        self._show.setText(translate("tray", "Show the window"))
        self._quit.setText(translate("tray", "Quit"))

    def _activated(self, reason: QSystemTrayIcon.ActivationReason) -> None:
        if reason in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self._window.come_forward()

    def _lead(self) -> None:
        self._window.come_forward()
        if self._told is not None:
            self._window.show_notice(*self._told)
