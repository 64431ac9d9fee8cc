# SPDX-License-Identifier: AGPL-3.0-or-later
"""The design tokens: every colour, size and distance of the desktop. No other module has a colour of its own.

The meaning of each token is written down in ``docs/design-language.md``. All lengths are device-independent pixels.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Colours:
    """One theme's colours as ``#RRGGBB``."""

    ink: str
    muted: str
    surface: str
    canvas: str
    line: str
    line_strong: str
    field: str
    hover: str
    pressed: str
    selected: str
    accent: str
    accent_hover: str
    on_accent: str
    success: str
    warning: str
    danger: str
    danger_hover: str
    on_danger: str
    info_tint: str
    success_tint: str
    warning_tint: str
    danger_tint: str
    desk: str
    """The ground behind pages in the viewer."""


LIGHT = Colours(
    ink="#16202C",
    muted="#5B6774",
    surface="#FFFFFF",
    canvas="#F4F6F8",
    line="#D9DFE6",
    line_strong="#8593A1",
    field="#FFFFFF",
    hover="#EEF1F4",
    pressed="#E3E8ED",
    selected="#E8F1FB",
    accent="#0B5CAD",
    accent_hover="#094A8C",
    on_accent="#FFFFFF",
    success="#1B7F4B",
    warning="#8F5F00",
    danger="#B42318",
    danger_hover="#8F1B12",
    on_danger="#FFFFFF",
    info_tint="#E8F1FB",
    success_tint="#EDF8F2",
    warning_tint="#FDF3DC",
    danger_tint="#FCEBE9",
    desk="#E4E8ED",
)

DARK = Colours(
    ink="#E6EBF0",
    muted="#9AA7B4",
    surface="#1A2129",
    canvas="#12171D",
    line="#2C3641",
    line_strong="#66747F",
    field="#151B22",
    hover="#222B35",
    pressed="#2A343F",
    selected="#1B3048",
    accent="#5AA2F0",
    accent_hover="#7DB6F5",
    on_accent="#0D1620",
    success="#4CC38A",
    warning="#E3B04B",
    danger="#F58A7E",
    danger_hover="#F8A59B",
    on_danger="#1F0C0A",
    info_tint="#172C44",
    success_tint="#14301F",
    warning_tint="#362A10",
    danger_tint="#40201D",
    desk="#0C1014",
)

FONT_FAMILY = "Inter"
FONT_FALLBACKS = ("Segoe UI", "Noto Sans", "DejaVu Sans")

SIZE_CAPTION = 11
SIZE_SMALL = 12
SIZE_BASE = 13
SIZE_HEADING = 15
SIZE_TITLE = 20

SPACE_1 = 4
SPACE_2 = 8
SPACE_3 = 12
SPACE_4 = 16
SPACE_5 = 20
SPACE_6 = 24
SPACE_8 = 32

RADIUS = 6
RADIUS_SMALL = 4
CONTROL_HEIGHT = 32
CONTROL_HEIGHT_SMALL = 26
TOP_BAR_HEIGHT = 44
ROW_HEIGHT = 36
HEADER_HEIGHT = 35
"""34 and the line below, as the style sheet says."""
ICON = 20
ICON_SMALL = 16

BUSY_AFTER_MS = 300
"""A busy sign shows only when something takes longer than this."""
SEARCH_DELAY_MS = 220
TOAST_MS = 5000
MARK_MS = 2400
"""How long a row that changed by itself stays marked."""
