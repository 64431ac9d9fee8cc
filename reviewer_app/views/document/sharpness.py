# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which part of a page has to be drawn sharp, and whether the pixels at hand will do."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize

from reviewer_app.models.document.drawing import Wish
from reviewer_app.models.document.geometry import WHOLE_PAGE_PIXELS, Box, PagePlace
from reviewer_app.models.document.images import PageImage

CLIP_SPARE = 0.25


def clip_of(place: PagePlace, origin: QPointF, view: QSize, ratio: float) -> Box | None:
    """Give the part of a page to draw, with something to spare around the view; None for the whole page."""
    if place.width * place.height * ratio * ratio <= WHOLE_PAGE_PIXELS:
        return None
    x0 = (origin.x() - place.left) / place.width
    y0 = (origin.y() - place.top) / place.height
    across, down = view.width() / place.width, view.height() / place.height
    return (
        max(0.0, x0 - across * CLIP_SPARE),
        max(0.0, y0 - down * CLIP_SPARE),
        min(1.0, x0 + across * (1 + CLIP_SPARE)),
        min(1.0, y0 + down * (1 + CLIP_SPARE)),
    )


def covers(have: PageImage | None, wish: Wish) -> bool:
    """Say whether an image is what is wished for, or nearly so."""
    if have is None or abs(have.zoom - wish.zoom) > 0.001 or (have.rotation, have.look) != (wish.rotation, wish.look):
        return False
    if have.clip is None:
        return True
    if wish.clip is None:
        return False
    slack = CLIP_SPARE / 2
    across, down = (wish.clip[2] - wish.clip[0]) * slack, (wish.clip[3] - wish.clip[1]) * slack
    inner = (wish.clip[0] + across, wish.clip[1] + down, wish.clip[2] - across, wish.clip[3] - down)
    clip = have.clip
    return clip[0] <= inner[0] and clip[1] <= inner[1] and clip[2] >= inner[2] and clip[3] >= inner[3]
