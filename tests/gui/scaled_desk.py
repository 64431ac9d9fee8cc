# SPDX-License-Identifier: AGPL-3.0-or-later
"""Walks the screens and prints what is hidden or cut; a program of its own, as Qt takes a scale factor only at its start.

``python -m tests.gui.scaled_desk WIDTH HEIGHT LANGUAGE`` with ``QT_SCALE_FACTOR`` set; one line per trouble.
"""

from __future__ import annotations

import sys
import tempfile
from contextlib import suppress
from itertools import combinations
from pathlib import Path

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QScrollArea, QWidget

from reviewer_app.app.bootstrap import Application, Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.common.buttons import CheckBox, ElidedTab
from reviewer_app.views.queue.table import QueueTable
from reviewer_app.views.settings.settings_view import SettingsView
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.gui.hands import Hands
from tests.gui.scene import full_server

CONTROLS = (QAbstractButton, QLineEdit, QLabel)
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


def cut(window: QWidget) -> list[str]:
    """List what cannot be read: buttons narrower than their words, fields lower than their line, controls over each other."""
    controls = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible() and widget.window() is window and isinstance(widget, CONTROLS)
    ]
    found = [
        f"{button.objectName()} {button.text()!r} has {button.width()} of {button.sizeHint().width()} pixels"
        for button in controls
        if isinstance(button, QAbstractButton) and not isinstance(button, (ElidedTab, CheckBox))
        if button.text() and button.width() < button.sizeHint().width()
    ]
    found += [
        f"{field.objectName()} is {field.height()} pixels high"
        for field in controls
        if isinstance(field, QLineEdit) and field.height() < field.minimumSizeHint().height()
    ]
    for one, other in combinations(controls, 2):
        shared = one.geometry() & other.geometry()
        beside = one.parentWidget() is other.parentWidget() and not isinstance(one.parentWidget(), QLineEdit)
        if beside and shared.width() > 1 and shared.height() > 1:
            found.append(f"{one.objectName()} lies over {other.objectName()}")
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
        for name in SETTINGS:
            self.find("settingsView", SettingsView).show_page(name)
            self.until(lambda name=name: self.shown(name), f"{name} is shown")  # type: ignore[misc] # bound at once
            self._look(name)
        self.window.actions_registry[ActionId.SIGN_OUT].trigger()
        self.until(lambda: self.shown("signIn"), "the form to sign in is shown")
        self._look("sign in")

    def _look(self, screen: str) -> None:
        for _ in range(5):
            self.qt.processEvents()
        with suppress(AssertionError):
            self.until(lambda: not self._found(), "the screen is laid out anew")
        self.troubles += [f"{screen}: {one}" for one in self._found()]

    def _found(self) -> list[str]:
        size = (self.window.width(), self.window.height())
        grown = [f"the window needs {size[0]} x {size[1]}"] if size != self._size else []
        return [*grown, *hidden(self.window), *cut(self.window)]


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
