# SPDX-License-Identifier: AGPL-3.0-or-later
"""The application's look: Fusion, a palette of our own and a style sheet made from the tokens."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QIcon, QPalette
from PySide6.QtWidgets import QApplication

from reviewer_app.resources import resource_path
from reviewer_app.views.common import tokens
from reviewer_app.views.common.icons import icon_pixmap
from reviewer_app.views.common.letters import set_letters
from reviewer_app.views.common.tokens import DARK, LIGHT, Colours


def apply_theme(application: QApplication, theme: str, *, font_percent: int = 100) -> None:
    """Give the application its look; all open windows follow at once. ``theme``: system, light or dark."""
    set_letters(application, font_percent=font_percent)
    apply_palette(application, theme)
    apply_sheet(application, theme, font_percent=font_percent)


def apply_palette(application: QApplication, theme: str) -> None:
    """Give the application the colours that widgets are made with, but no style sheet yet.

    A widget that is made under a style sheet is styled anew each time it is put into another one. At the start the
    screens are made first, and `apply_sheet` styles them once.
    """
    application.setPalette(palette_of(_wanted(application, theme)))


def apply_sheet(application: QApplication, theme: str, *, font_percent: int = 100) -> None:
    """Give the application its style sheet."""
    application.setStyleSheet(style_sheet(_wanted(application, theme), font_percent))


def _wanted(application: QApplication, theme: str) -> Colours:
    if theme == "system":
        dark = application.styleHints().colorScheme() == Qt.ColorScheme.Dark
        return DARK if dark else LIGHT
    return DARK if theme == "dark" else LIGHT


def palette_of(colours: Colours) -> QPalette:
    """Make the Qt palette of a theme, so that what the sheet does not style fits as well."""
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.canvas,
        QPalette.ColorRole.WindowText: colours.ink,
        QPalette.ColorRole.Base: colours.surface,
        QPalette.ColorRole.AlternateBase: colours.canvas,
        QPalette.ColorRole.Text: colours.ink,
        QPalette.ColorRole.Button: colours.surface,
        QPalette.ColorRole.ButtonText: colours.ink,
        QPalette.ColorRole.ToolTipBase: colours.ink,
        QPalette.ColorRole.ToolTipText: colours.surface,
        QPalette.ColorRole.Highlight: colours.accent,
        QPalette.ColorRole.HighlightedText: colours.on_accent,
        QPalette.ColorRole.Link: colours.accent,
        QPalette.ColorRole.PlaceholderText: colours.muted,
        QPalette.ColorRole.Mid: colours.line,
        QPalette.ColorRole.Dark: colours.line_strong,
        QPalette.ColorRole.Light: colours.surface,
        QPalette.ColorRole.Midlight: colours.hover,
        QPalette.ColorRole.Shadow: colours.line,
        QPalette.ColorRole.Accent: colours.accent,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(colours.muted))
    return palette


def style_sheet(colours: Colours, font_percent: int = 100) -> str:
    """Fill the tokens into ``resources/styles/reviewer.qss``. Raises KeyError for a token that does not exist."""
    sizes = {
        name.lower(): f"{round(value * font_percent / 100) if name.startswith('SIZE_') else value}px"
        for name, value in vars(tokens).items()
        if name.startswith(("SIZE_", "SPACE_", "RADIUS", "CONTROL_")) and isinstance(value, int)
    }
    template = Template(resource_path("styles", "reviewer.qss").read_text(encoding="utf-8"))
    styles = resource_path("styles").as_posix()
    # what a customer reads is shown as on paper, in either theme
    return template.substitute(asdict(colours), paper=LIGHT.surface, paper_ink=LIGHT.ink, styles=styles, **sizes)


def window_icon() -> QIcon:
    """Give the icon of the program's windows."""
    made = QIcon()
    for size in (16, 20, 24, 32, 48, 64, 128, 256):
        made.addPixmap(icon_pixmap("company", LIGHT.accent, size))
    return made
