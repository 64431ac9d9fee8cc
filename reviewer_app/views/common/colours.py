# SPDX-License-Identifier: AGPL-3.0-or-later
"""The colours in force, read off a palette: painters and icons need no reference to the theme."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtGui import QColor, QPalette

from reviewer_app.views.common.tokens import DARK, LIGHT, Colours


class Tone(StrEnum):
    """What a colour says."""

    NEUTRAL = "neutral"
    MUTED = "muted"
    INFO = "info"
    SUCCESS = "success"
    WARNING = "warning"
    DANGER = "danger"


def colours_of(palette: QPalette) -> Colours:
    """Give the theme's colours to which a palette belongs."""
    return DARK if palette.color(QPalette.ColorRole.Window) == QColor(DARK.canvas) else LIGHT


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
