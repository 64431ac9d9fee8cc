# SPDX-License-Identifier: AGPL-3.0-or-later
"""Boxes on pages: fractions of the page before its own turn (``/Rotate``), origin top left."""

from __future__ import annotations

_DECIMALS = 5

Box = tuple[float, float, float, float]


def fractions(box: Box, width: float, height: float) -> Box:
    """Give a box in points as fractions of a page of this size, cut at its edges."""
    x0, y0, x1, y1 = box
    return _cut((x0 / width, y0 / height, x1 / width, y1 / height))


def unrotated_box(box: Box, rotation: int) -> Box:
    """Carry a box (fractions of the page as shown, turned clockwise by ``rotation`` degrees) to the unrotated page."""
    x0, y0, x1, y1 = box
    turned = {
        0: (x0, y0, x1, y1),
        90: (y0, 1 - x1, y1, 1 - x0),
        180: (1 - x1, 1 - y1, 1 - x0, 1 - y0),
        270: (1 - y1, x0, 1 - y0, x1),
    }
    return _cut(turned[rotation % 360])


def _cut(box: Box) -> Box:
    x0, y0, x1, y1 = (round(min(max(value, 0.0), 1.0), _DECIMALS) for value in box)
    return x0, y0, x1, y1
