# SPDX-License-Identifier: AGPL-3.0-or-later
"""The colours in force, read off the application: painters and icons need no reference to the theme."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import cache
from operator import attrgetter

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
    return DARK if window == shade(DARK.canvas) else LIGHT


@cache
def shade(colour: str) -> QColor:
    """Give the Qt colour of a token. Not to be changed: it is made once."""
    return QColor(colour)


def is_restyling(event: QEvent) -> bool:
    """Whether an event says that the theme may have changed."""
    return event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


def is_redrawing(event: QEvent) -> bool:
    """Whether an event says that icons have to be drawn anew: another theme, another screen, enabled or not."""
    return is_restyling(event) or event.type() in (QEvent.Type.EnabledChange, QEvent.Type.DevicePixelRatioChange)


def tone_colour(colours: Colours, tone: Tone) -> str:
    """Give the colour of text and icons of a tone."""
    return _INKS[tone](colours)


def tone_tint(colours: Colours, tone: Tone) -> str:
    """Give the ground of a tone."""
    return _TINTS[tone](colours)


_INKS: dict[Tone, Callable[[Colours], str]] = {
    Tone.NEUTRAL: attrgetter("ink"),
    Tone.MUTED: attrgetter("muted"),
    Tone.INFO: attrgetter("accent"),
    Tone.SUCCESS: attrgetter("success"),
    Tone.WARNING: attrgetter("warning"),
    Tone.DANGER: attrgetter("danger"),
}
_TINTS: dict[Tone, Callable[[Colours], str]] = {
    Tone.NEUTRAL: attrgetter("hover"),
    Tone.MUTED: attrgetter("hover"),
    Tone.INFO: attrgetter("info_tint"),
    Tone.SUCCESS: attrgetter("success_tint"),
    Tone.WARNING: attrgetter("warning_tint"),
    Tone.DANGER: attrgetter("danger_tint"),
}
