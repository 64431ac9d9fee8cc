# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where pages lie in a continuous scroll, and boxes under rotation. Lengths are device-independent pixels."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

Size = tuple[float, float]
Box = tuple[float, float, float, float]

POINTS_TO_PIXELS = 96 / 72
PAGE_GAP = 12
MARGIN = 16
MINIMUM_ZOOM = 0.25
MAXIMUM_ZOOM = 8.0


def shown_size(size: Size, rotation: int) -> Size:
    """Give width and height of a page as shown, after turning it by 0, 90, 180 or 270 degrees."""
    return (size[1], size[0]) if rotation % 180 else size


def turn_box(box: Box, rotation: int) -> Box:
    """Carry a box (fractions of the unrotated page) over to the page turned clockwise by ``rotation`` degrees."""
    x0, y0, x1, y1 = box
    turned = {
        0: (x0, y0, x1, y1),
        90: (1 - y1, x0, 1 - y0, x1),
        180: (1 - x1, 1 - y1, 1 - x0, 1 - y0),
        270: (y0, 1 - x1, y1, 1 - x0),
    }
    return turned[rotation % 360]


def unturn_box(box: Box, rotation: int) -> Box:
    """Carry a box on the turned page back to the unrotated page."""
    return turn_box(box, (360 - rotation) % 360)


@dataclass(frozen=True)
class PagePlace:
    """Where one page lies in the scrolled content."""

    page: int
    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.height


class PageLayout:
    """All pages below each other, each in the middle of the content's width. Pages count from 1."""

    def __init__(self, sizes: Sequence[Size], *, zoom: float, view_width: float) -> None:
        scale = zoom * POINTS_TO_PIXELS
        widest = max((width for width, _height in sizes), default=0.0) * scale
        self.width = max(view_width, widest + 2 * MARGIN)
        self.places: list[PagePlace] = []
        top = float(MARGIN)
        for number, (width, height) in enumerate(sizes, start=1):
            shown_width, shown_height = width * scale, height * scale
            left = (self.width - shown_width) / 2
            self.places.append(PagePlace(number, left, top, shown_width, shown_height))
            top += shown_height + PAGE_GAP
        self.height = top - PAGE_GAP + MARGIN if self.places else 0.0
        self._tops = [place.top for place in self.places]

    def visible(self, top: float, bottom: float) -> list[PagePlace]:
        """List the pages of which a part lies between two heights."""
        first = max(0, bisect_right(self._tops, top) - 1)
        last = bisect_right(self._tops, bottom)
        return [place for place in self.places[first:last] if place.bottom > top]

    def page_at(self, height: float) -> int:
        """Give the page at a height, the nearest one above in a gap; 0 when there is none."""
        if not self.places:
            return 0
        return self.places[max(0, bisect_right(self._tops, height) - 1)].page


def fit_width_zoom(sizes: Sequence[Size], view_width: float) -> float:
    """Give the zoom at which the widest page fills the view's width."""
    widest = max((width for width, _height in sizes), default=1.0) * POINTS_TO_PIXELS
    return _within((view_width - 2 * MARGIN) / widest)


def fit_page_zoom(size: Size, view_width: float, view_height: float) -> float:
    """Give the zoom at which one page is wholly to be seen."""
    width, height = size[0] * POINTS_TO_PIXELS, size[1] * POINTS_TO_PIXELS
    return _within(min((view_width - 2 * MARGIN) / width, (view_height - 2 * MARGIN) / height))


def _within(zoom: float) -> float:
    return max(MINIMUM_ZOOM, min(MAXIMUM_ZOOM, zoom))
