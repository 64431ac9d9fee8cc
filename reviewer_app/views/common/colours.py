# SPDX-License-Identifier: AGPL-3.0-or-later
"""The colours in force, read off the application: painters and icons need no reference to the theme."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QGuiApplication, QPalette

from reviewer_app.views.common.tokens import DARK, LIGHT, Colours


class Tone(StrEnum):
    """What a colour says."""

    NEUTRAL = "neutral"
    MUTED = "muted"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


def current_colours() -> Colours:
    """Give the colours of the theme in force. The style sheet changes palettes of widgets, never the application's."""
    window = QGuiApplication.palette().color(QPalette.ColorRole.Window)
    return DARK if window == QColor(DARK.canvas) else LIGHT


def is_restyling(event: QEvent) -> bool:
    """Whether an event says that the theme may have changed."""
    return event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


def is_redrawing(event: QEvent) -> bool:
    """Whether an event says that icons have to be drawn anew: another theme, another screen, enabled or not."""
    return is_restyling(event) or event.type() in (QEvent.Type.EnabledChange, QEvent.Type.DevicePixelRatioChange)


def tone_colour(colours: Colours, tone: Tone) -> str:
    """Give the colour of text and icons of a tone."""
    return {
        Tone.NEUTRAL: colours.ink,
        Tone.MUTED: colours.muted,
        Tone.INFO: colours.accent,
        Tone.SUCCESS: colours.success,
        Tone.WARNING: colours.warning,
        Tone.DANGER: colours.danger,
    }[tone]


def tone_tint(colours: Colours, tone: Tone) -> str:
    """Give the ground of a tone."""
    return {
        Tone.NEUTRAL: colours.hover,
        Tone.MUTED: colours.hover,
        Tone.INFO: colours.info_tint,
        Tone.SUCCESS: colours.success_tint,
        Tone.WARNING: colours.warning_tint,
        Tone.DANGER: colours.danger_tint,
    }[tone]
