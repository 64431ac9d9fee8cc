# SPDX-License-Identifier: AGPL-3.0-or-later
"""Rendered pages kept in memory under a cap; what lies farthest from the page looked at goes first."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QImage

from reviewer_app.models.document.geometry import Box
from reviewer_app.models.document.looks import PLAIN, Look

CAP_BYTES = 192 * 1024 * 1024


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

    def __init__(self, cap_bytes: int = CAP_BYTES) -> None:
        self._cap = cap_bytes
        self._previews: dict[int, PageImage] = {}
        self._sharp: dict[int, PageImage] = {}

    def preview(self, page: int) -> PageImage | None:
        """Give the small image of a page."""
        return self._previews.get(page)

    def sharp(self, page: int) -> PageImage | None:
        """Give the sharp image of a page, perhaps of another zoom or of a part only."""
        return self._sharp.get(page)

    def put_preview(self, page: int, image: PageImage) -> None:
        """Keep a small image; these are never evicted, 200 pages of them are about 60 MB."""
        self._previews[page] = image

    def put_sharp(self, page: int, image: PageImage, *, looked_at: int) -> None:
        """Keep a sharp image and let go of those farthest from the page looked at until the cap holds."""
        self._sharp[page] = image
        while self.sharp_bytes > self._cap and len(self._sharp) > 1:
            farthest = max((number for number in self._sharp if number != page), key=lambda n: abs(n - looked_at))
            del self._sharp[farthest]

    def drop(self, page: int) -> None:
        """Forget the sharp image of a page."""
        self._sharp.pop(page, None)

    def clear_sharp(self) -> None:
        """Forget all sharp images."""
        self._sharp.clear()

    @property
    def sharp_bytes(self) -> int:
        """How much memory the sharp images take."""
        return sum(item.image.sizeInBytes() for item in self._sharp.values())
