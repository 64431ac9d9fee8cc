# SPDX-License-Identifier: AGPL-3.0-or-later
"""Hands and eyes at a real window: find, click, type, wait, take a picture."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QEventLoop, QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QWidget

AnyWidget = TypeVar("AnyWidget", bound=QWidget)
SECONDS = 30.0
LOOK_AGAIN_SECONDS = 0.03


class WindowDriver:
    """Drives one window. Every wait has a deadline and says in words what did not come true."""

    def __init__(self, window: QWidget) -> None:
        self._window = window

    def picture(self, path: Path) -> None:
        """Write what the screen shows now, window frame and all."""
        self.turn(0.2)
        screen = QGuiApplication.primaryScreen()
        assert screen.grabWindow(0).save(str(path))

    def turn(self, seconds: float) -> None:
        """Let the window work for a while."""
        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def wait(self, what: str, true: Callable[[], bool], seconds: float = SECONDS) -> None:
        """Let the window work until something is true. Raises TimeoutError that names it."""
        end = time.monotonic() + seconds
        while not true():
            if time.monotonic() > end:
                raise TimeoutError(f"waited {seconds:.0f} s for {what}, in vain")
            self.turn(LOOK_AGAIN_SECONDS)

    def see(self, kind: type[AnyWidget], name: str) -> AnyWidget:
        """Find a widget by its object name, a visible one first. Raises LookupError when there is none."""
        found: list[AnyWidget] = self._window.findChildren(kind, name)
        if not found:
            raise LookupError(f"the window has no {name}")
        return next((widget for widget in found if widget.isVisible()), found[0])

    def has(self, name: str) -> bool:
        """Say whether the window has a widget of this object name."""
        return bool(self._window.findChildren(QWidget, name))

    def shows(self, name: str) -> bool:
        """Say whether a widget of this object name is on the screen now."""
        return self.has(name) and self.see(QWidget, name).isVisible()

    def click(self, name: str) -> None:
        """Click on a widget, once it is visible and enabled: in its middle, on a check box at its box."""
        self.wait(f"{name} to be there and enabled", lambda: self._can_click(name))
        widget = self.see(QWidget, name)
        across = 10 if isinstance(widget, QCheckBox) else widget.width() // 2
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton, pos=QPoint(across, widget.height() // 2))

    def key(self, keys: str) -> None:
        """Press a shortcut such as ``Shift+A``, as on the keyboard."""
        focused = QApplication.focusWidget() or self._window
        shift = keys.startswith("Shift+")
        key = Qt.Key[f"Key_{keys.removeprefix('Shift+')}"]
        modifier = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        QTest.keyClick(focused, key, modifier)
        self.turn(0.1)

    def type(self, field: QWidget, text: str) -> None:
        """Type a text, letter by letter, Polish ones too."""
        field.setFocus()
        for letter in text:
            QTest.sendKeyEvent(QTest.KeyAction.Click, field, Qt.Key.Key_unknown, letter, Qt.KeyboardModifier.NoModifier)

    def _can_click(self, name: str) -> bool:
        return self.shows(name) and self.see(QWidget, name).isEnabled()
