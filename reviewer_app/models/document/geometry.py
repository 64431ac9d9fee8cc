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
WIDEST_FIT = 2.0
"""A page is not made wider than this to fill a wide window."""
WHOLE_PAGE_PIXELS = 8_000_000
"""Above so many pixels only the part of a page that is to be seen is drawn."""
NEARLY_ALL = 0.9
"""From this share of a page on, drawing it whole takes hardly longer."""


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


@dataclass(frozen=True)
class Room:
    """The room in which the pages of a document are going to be shown, known before its pages are.

    ``width`` without scroll bars, ``bar`` the width of the vertical one, ``strip`` what is taken from it when there are
    several pages. ``ratio`` is device pixels per pixel; ``whole_pages`` fits pages instead of their width.
    """

    width: int
    height: int
    bar: int
    strip: int = 0
    ratio: float = 1.0
    whole_pages: bool = False

    def width_for(self, sizes: Sequence[Size]) -> int:
        """Give the width there will be once the scroll bar and the strip are there, if they come."""
        width = self.width - (self.strip if len(sizes) > 1 else 0)
        zoom = min(fit_width_zoom(sizes, width - self.bar), WIDEST_FIT)
        tall = PageLayout(sizes, zoom=zoom, view_width=width - self.bar).height > self.height
        return width - self.bar if tall else width

    def zoom_for(self, sizes: Sequence[Size], page: int = 1) -> float:
        """Give the zoom at which the pages fit, as the person chose; ``page`` is the one in front."""
        width = self.width_for(sizes)
        if self.whole_pages:
            return fit_page_zoom(sizes[page - 1], width, self.height)
        return min(fit_width_zoom(sizes, width), WIDEST_FIT)

    def draws_whole(self, size: Size, zoom: float) -> bool:
        """Whether a page of this size is drawn as a whole at a zoom, rather than the part that is to be seen."""
        scale = zoom * POINTS_TO_PIXELS * self.ratio
        return size[0] * size[1] * scale * scale <= WHOLE_PAGE_PIXELS

    def seen_of(self, size: Size, zoom: float) -> Box | None:
        """Give the upper part of the first page that is to be seen at a zoom; None when that is nearly all of it."""
        share = self.height / (size[1] * zoom * POINTS_TO_PIXELS)
        return (0.0, 0.0, 1.0, share) if share < NEARLY_ALL else None


def _within(zoom: float) -> float:
    return max(MINIMUM_ZOOM, min(MAXIMUM_ZOOM, zoom))
