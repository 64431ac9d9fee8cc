# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rendered pages kept in memory under caps.

Of sharp images those farthest from the page looked at go first, of small ones those that were shown the longest ago.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from reviewer_app.models.document.geometry import Box
from reviewer_app.models.document.looks import PLAIN, Look

CAP_BYTES = 192 * 1024 * 1024
SMALL_CAP_BYTES = 64 * 1024 * 1024
"""About 130 pages; those of a document that was left are cut down to `LEFT_BYTES`."""
LEFT_BYTES = 16 * 1024 * 1024


@dataclass(frozen=True)
class PageImage:
    """Pixels of a page or of a part of it. ``zoom`` is pixels per point, ``clip`` fractions of the page as shown."""

    image: QImage
    zoom: float
    rotation: int
    clip: Box | None = None
    look: Look = PLAIN


class PageImages:
    """For each page a small image and a sharp one. Pages count from 1."""

    def __init__(self, cap_bytes: int = CAP_BYTES, small_cap_bytes: int = SMALL_CAP_BYTES) -> None:
        self._cap = cap_bytes
        self._small_cap = small_cap_bytes
        self._previews: dict[int, PageImage] = {}
        self._sharp: dict[int, PageImage] = {}

    def preview(self, page: int) -> PageImage | None:
        """Give the small image of a page; it counts as shown."""
        image = self._previews.pop(page, None)
        if image is not None:
            self._previews[page] = image
        return image

    def sharp(self, page: int) -> PageImage | None:
        """Give the sharp image of a page, perhaps of another zoom or of a part only."""
        return self._sharp.get(page)

    def put_preview(self, page: int, image: PageImage) -> None:
        """Keep a small image and let go of those shown the longest ago until the cap holds."""
        self._previews.pop(page, None)
        self._previews[page] = image
        self._cut_small(self._small_cap)

    def leave(self) -> None:
        """Keep of a document that was left only what is wanted first when somebody comes back."""
        self._sharp.clear()
        self._cut_small(LEFT_BYTES)

    def put_sharp(self, page: int, image: PageImage, *, looked_at: int) -> None:
        """Keep a sharp image and let go of those farthest from the page looked at until the cap holds."""
        self._sharp[page] = image
        while self.sharp_bytes > self._cap and len(self._sharp) > 1:
            farthest = max((number for number in self._sharp if number != page), key=lambda n: abs(n - looked_at))
            del self._sharp[farthest]

    def drop(self, page: int) -> None:
        """Forget the sharp image of a page."""
        self._sharp.pop(page, None)

    @property
    def sharp_bytes(self) -> int:
        """How much memory the sharp images take."""
        return sum(item.image.sizeInBytes() for item in self._sharp.values())

    @property
    def small_bytes(self) -> int:
        """How much memory the small images take."""
        return sum(item.image.sizeInBytes() for item in self._previews.values())

    def _cut_small(self, most: int) -> None:
        while self.small_bytes > most and len(self._previews) > 1:
            del self._previews[next(iter(self._previews))]
