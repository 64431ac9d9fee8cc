# SPDX-License-Identifier: AGPL-3.0-or-later
"""The letters of all windows, and the style that draws them. Set before the first window is made. Light."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from reviewer_app.resources import resource_path
from reviewer_app.views.common.tokens import FONT_FALLBACKS, FONT_FAMILY, SIZE_BASE


def set_letters(application: QApplication, *, font_percent: int = 100) -> None:
    """Give the application its style and its font.

    What is put into a window that was made before would keep the system's font under a style sheet.
    """
    load_fonts()
    application.setStyle("Fusion")
    application.setFont(base_font(font_percent))


def load_fonts() -> None:
    """Make the bundled fonts known. Without them the system's sans serif is used."""
    if QFontDatabase.hasFamily(FONT_FAMILY):
        return
    for path in sorted(resource_path("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(path))


def base_font(percent: int = 100) -> QFont:
    """Give the font of the application: 13 px at 100 percent."""
    font = QFont([FONT_FAMILY, *FONT_FALLBACKS])
    font.setPixelSize(round(SIZE_BASE * percent / 100))
    return font
