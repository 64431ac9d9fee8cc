# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pixels of pages stay under their caps, however long the document, and what is looked at stays."""

from __future__ import annotations

from PySide6.QtGui import QImage

from reviewer_app.models.document.images import LEFT_BYTES, SMALL_CAP_BYTES, PageImage, PageImages

PAGES = 500


def small() -> PageImage:
    return PageImage(QImage(297, 420, QImage.Format.Format_RGB32), zoom=0.5, rotation=0)


def test_small_images_of_a_long_document_stay_under_their_cap_and_those_in_view_stay() -> None:
    images = PageImages()
    for page in range(1, PAGES + 1):
        images.put_preview(page, small())
        assert images.preview(1) is not None, "what is painted again and again stays"
    assert images.small_bytes <= SMALL_CAP_BYTES
    assert images.preview(PAGES) is not None
    assert images.preview(2) is None


def test_of_a_document_that_was_left_only_what_was_shown_last_stays() -> None:
    images = PageImages()
    for page in range(1, PAGES + 1):
        images.put_preview(page, small())
    images.put_sharp(PAGES, small(), looked_at=PAGES)
    images.leave()
    assert images.sharp_bytes == 0
    assert images.small_bytes <= LEFT_BYTES
    assert images.preview(PAGES) is not None
