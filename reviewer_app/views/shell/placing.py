# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the window stands and how large it is: as it was left, else so that nothing of it is off the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRect, QSize
from PySide6.QtWidgets import QMainWindow

from reviewer_app.desk.preferences import Preferences

LAYOUT_KEY = "window"
LAYOUT_VERSION = 1
MINIMUM_SIZE = QSize(960, 540)
FIRST_SIZE = QSize(1440, 860)
FRAME_ROOM = QSize(16, 48)
"""Room for the frame that the system draws around the window; it is not known before the window is shown."""


def place_window(window: QMainWindow, preferences: Preferences) -> None:
    """Give the window its last place, or its first one on the screen where it will be shown."""
    available = window.screen().availableGeometry()
    window.setMinimumSize(MINIMUM_SIZE.boundedTo(available.size() - FRAME_ROOM))
    kept = preferences.layout(LAYOUT_KEY, LAYOUT_VERSION)
    if kept is not None and window.restoreGeometry(QByteArray.fromBase64(kept.encode())):
        return
    window.resize(FIRST_SIZE.boundedTo(available.size() - FRAME_ROOM))
    if fills(available):
        from PySide6.QtCore import Qt  # noqa: PLC0415 -- its names take longer to load than the window to be drawn

        window.setWindowState(window.windowState() | Qt.WindowState.WindowMaximized)
    else:
        place = QRect(window.rect())
        place.moveCenter(available.center())
        window.move(place.topLeft())


def fills(available: QRect) -> bool:
    """Say whether a screen has no room to spare around the first size, so that the window takes all of it."""
    room = available.size() - FRAME_ROOM
    return room.width() < FIRST_SIZE.width() or room.height() < FIRST_SIZE.height()


def keep_place(window: QMainWindow, preferences: Preferences) -> None:
    """Keep size and place for the next start."""
    geometry = bytes(window.saveGeometry().toBase64().data()).decode("ascii")
    preferences.set_layout(LAYOUT_KEY, LAYOUT_VERSION, geometry)
