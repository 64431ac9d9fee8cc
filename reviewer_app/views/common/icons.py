# SPDX-License-Identifier: AGPL-3.0-or-later
"""Line icons of our own, drawn in the colour that is asked for."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtSvg import QSvgRenderer

from reviewer_app.resources import resource_path
from reviewer_app.views.common.tokens import ICON

_DRAWN_COLOUR = b'"#000"'


def icon_pixmap(name: str, colour: str, size: int = ICON, ratio: float = 1.0) -> QPixmap:
    """Draw ``resources/icons/NAME.svg`` in a colour; ``size`` in device-independent pixels.

    Raises FileNotFoundError for a name without a file.
    """
    key = f"{name}/{colour}/{size}/{ratio}"
    found = QPixmap()
    if QPixmapCache.find(key, found):
        return found
    source = resource_path("icons", f"{name}.svg").read_bytes().replace(_DRAWN_COLOUR, f'"{colour}"'.encode())
    pixels = max(1, round(size * ratio))
    pixmap = QPixmap(pixels, pixels)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(source)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, pixmap)
    return pixmap


def icon(name: str, colour: str, *, size: int = ICON, ratio: float = 1.0) -> QIcon:
    """Make an icon for one resolution and one state: whoever shows it draws it anew when either changes."""
    pixmap = icon_pixmap(name, colour, size, ratio)
    made = QIcon(pixmap)
    made.addPixmap(pixmap, QIcon.Mode.Disabled)
    return made
