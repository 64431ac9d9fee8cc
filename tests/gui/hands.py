# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hands for a window in a program of its own, where no fixture reaches: finds, waits, clicks."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reviewer_app.app.bootstrap import Application
from reviewer_app.views.queue.table import QueueTable

Found = TypeVar("Found", bound=QWidget)
PATIENCE_SECONDS = 60


class Hands:
    """Works in the window of an application whose loop it turns itself."""

    def __init__(self, qt: QApplication, application: Application) -> None:
        self.qt = qt
        self.application = application
        self.window = application.main_window

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Turn the loop until a condition holds."""
        end = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            assert time.monotonic() < end, f"waited for nothing: {what}"
            QTest.qWait(5)

    def find(self, name: str, kind: type[Found]) -> Found:
        """Give a widget by its object name."""
        found = self.window.findChild(kind, name)
        assert found is not None, name
        return found

    def shown(self, name: str) -> bool:
        """Whether a widget is there and to be seen."""
        found = self.window.findChild(QWidget, name)
        return found is not None and found.isVisible()

    def click(self, name: str) -> None:
        """Click a button once it can be clicked."""
        button = self.find(name, QAbstractButton)
        self.until(lambda: button.isVisible() and button.isEnabled(), f"{name} is live")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def open_first_case(self) -> None:
        """Open the first case of the queue by key."""
        self.until(lambda: self.shown("queueViews"), "the queue is grown")
        table = self.find("queueTable", QueueTable)
        table.setCurrentIndex(table.model().index(0, 0))
        QTest.keyClick(table, Qt.Key.Key_Return)
        self.until(lambda: self.shown("document_1"), "the case is shown")
