# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run as a program of its own, since Qt takes a scale factor only at its start: walks the screens, prints what is hidden.

``python -m tests.gui.scaled_desk WIDTH HEIGHT LANGUAGE`` with ``QT_SCALE_FACTOR`` set; one line per trouble.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QWidget

from reviewer_app.app.bootstrap import Application, Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.queue.table import QueueTable
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.gui.hands import Hands
from tests.gui.scene import full_server

SETTINGS = ("generalSettings", "keySettings", "accountSettings", "storageSettings")


def hidden(window: QWidget) -> list[str]:
    """List visible buttons that are not wholly in the window; what can be scrolled to is not hidden."""
    whole = QRect(QPoint(0, 0), window.size())
    found = []
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible() or button.window() is not window or isinstance(button.parentWidget(), QLineEdit):
            continue
        place = QRect(button.mapTo(window, QPoint(0, 0)), button.size())
        seen = button.visibleRegion().boundingRect().size() == button.size()
        if not _scrolls(button) and not (whole.contains(place) and seen):
            found.append(f"{button.objectName()} {button.text()!r} {place.getRect()}")
    return found


def _scrolls(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent is not None


class Walk(Hands):
    """Goes from screen to screen and notes what is hidden on each."""

    def __init__(self, qt: QApplication, application: Application, size: tuple[int, int]) -> None:
        super().__init__(qt, application)
        self._size = size
        self.troubles: list[str] = []

    def go(self) -> None:
        """Walk through the screens."""
        self.until(lambda: self.shown("queueViews"), "the queue is grown")
        self.window.setFixedSize(*self._size)
        self._look("queue")
        table = self.find("queueTable", QueueTable)
        table.selectAll()
        self._look("several cases")
        self.open_first_case()
        self._look("case")
        self.click("claim")
        self.until(lambda: self.shown("release"), "the case is mine")
        self.click("reason_extract_too_old")
        self._look("case with a reason")
        self.click("outcome_request_correction")
        self.until(lambda: self.shown("mailPreview"), "the mail is shown")
        self._look("mail")
        self.click("backToCase")
        self.click("toggleHistory")
        self._look("history")
        for action, name in ((ActionId.SHOW_DASHBOARD, "dashboardView"), (ActionId.SHOW_SETTINGS, "settingsView")):
            self.window.actions_registry[action].trigger()
            self.until(lambda name=name: self.shown(name), f"{name} is shown")  # type: ignore[misc] # bound at once
            self._look(name)

    def _look(self, screen: str) -> None:
        for _ in range(5):
            self.qt.processEvents()
        if (self.window.width(), self.window.height()) != self._size:
            self.troubles.append(f"{screen}: the window needs {self.window.width()} x {self.window.height()}")
        self.troubles += [f"{screen}: {one}" for one in hidden(self.window)]


def main() -> int:
    """Walk; gives 0 when nothing is hidden."""
    width, height, language = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    qt = QApplication([])
    with tempfile.TemporaryDirectory() as made, HttpFake(full_server()) as http:
        options = Options(
            paths=AppPaths(Path(made)),
            server_url=http.url,
            credentials=("anna", PASSWORD),
            language=language,
            theme="light",
            vault=MemoryVault(),
        )
        application = build(qt, options)
        application.main_window.setWindowState(Qt.WindowState.WindowNoState)
        application.show()
        walk = Walk(qt, application, (width, height))
        try:
            walk.go()
        finally:
            application.close()
    sys.stdout.write("\n".join(walk.troubles))
    return 1 if walk.troubles else 0


if __name__ == "__main__":
    sys.exit(main())
