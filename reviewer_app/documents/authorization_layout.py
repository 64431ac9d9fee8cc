# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where things are on the authorization: for the hand that prints it and for the checks that read its scan."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

PAGE_WIDTH = 595.276
PAGE_HEIGHT = 841.89
"""A4 in points."""


class Area(NamedTuple):
    """A rectangle in points, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Height in points."""
        return self.y1 - self.y0

    def fractions(self) -> Box:
        """The same rectangle as fractions of the page."""
        return Box(self.x0 / PAGE_WIDTH, self.y0 / PAGE_HEIGHT, self.x1 / PAGE_WIDTH, self.y1 / PAGE_HEIGHT)


class Box(NamedTuple):
    """A rectangle as fractions of the unrotated page, origin top left."""

    x0: float
    y0: float
    x1: float
    y1: float


LEFT, RIGHT = 51.0, PAGE_WIDTH - 51.0
HEADER_TOP = 50.0
MIDDLE_TOP, MIDDLE_BOTTOM = 180.0, 572.0
"""Between them the text flows; what lies below stays where it is, so that checks find it on every sheet."""
SIGNATURES_TOP = 581.0

MARK_SIDE = 11.0
MARK_INSET = 24.0
QR_AREA = Area(RIGHT - 105.2, 37.2, RIGHT + 12.8, 155.2)
"""The code with its quiet zone of four modules; the code alone is 32 mm wide."""

COLUMN_GAP = 12.0
_THIRD = (RIGHT - LEFT - 2 * COLUMN_GAP) / 3
SECOND_COLUMN = LEFT + _THIRD + COLUMN_GAP
_LAST = SECOND_COLUMN + _THIRD + COLUMN_GAP
_LINE_TOP, _LINE_BOTTOM = 606.0, 634.0
_NAME_TOP, _NAME_BOTTOM = 644.0, 672.0
_SIGN_BOTTOM = 738.0
_DATE_BOTTOM = 766.0

FIELD_AREAS: Mapping[str, Area] = MappingProxyType(
    {
        "place": Area(LEFT, _LINE_TOP, SECOND_COLUMN + _THIRD, _LINE_BOTTOM),
        "date": Area(_LAST, _LINE_TOP, RIGHT, _LINE_BOTTOM),
        "name_1": Area(LEFT, _NAME_TOP, LEFT + _THIRD, _NAME_BOTTOM),
        "signature_1": Area(LEFT, _NAME_BOTTOM, LEFT + _THIRD, _SIGN_BOTTOM),
        "date_1": Area(LEFT, _SIGN_BOTTOM, LEFT + _THIRD, _DATE_BOTTOM),
        "name_2": Area(SECOND_COLUMN, _NAME_TOP, SECOND_COLUMN + _THIRD, _NAME_BOTTOM),
        "signature_2": Area(SECOND_COLUMN, _NAME_BOTTOM, SECOND_COLUMN + _THIRD, _SIGN_BOTTOM),
        "date_2": Area(SECOND_COLUMN, _SIGN_BOTTOM, SECOND_COLUMN + _THIRD, _DATE_BOTTOM),
        "stamp": Area(_LAST, _NAME_TOP, RIGHT, _DATE_BOTTOM),
    }
)

MARK_AREAS: Mapping[str, Area] = MappingProxyType(
    {
        f"{vertical}_{horizontal}": Area(x, y, x + MARK_SIDE, y + MARK_SIDE)
        for vertical, y in (("top", MARK_INSET), ("bottom", PAGE_HEIGHT - MARK_INSET - MARK_SIDE))
        for horizontal, x in (("left", MARK_INSET), ("right", PAGE_WIDTH - MARK_INSET - MARK_SIDE))
    }
)

AUTHORIZATION_FIELDS: Mapping[str, Box] = MappingProxyType(
    {name: area.fractions() for name, area in FIELD_AREAS.items()}
)
"""The fields to be filled by hand, as fractions of the page; the same on every sheet."""

REGISTRATION_MARKS: Mapping[str, Box] = MappingProxyType({name: area.fractions() for name, area in MARK_AREAS.items()})
"""Black squares at the corners; the one at the bottom right is hollow, which tells how the sheet was turned."""

QR_BOX: Box = QR_AREA.fractions()
"""The QR code with its quiet zone."""
