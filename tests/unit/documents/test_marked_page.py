# SPDX-License-Identifier: AGPL-3.0-or-later
"""A place marked on a page stands at the same place of the picture, however the page is turned."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PIL import Image

from reviewer_app.documents.errors import DocumentError
from reviewer_app.documents.service import DocumentService
from tests.unit.documents import files

SQUARE = (0.1, 0.1, 0.3, 0.2)
"""Where the page below has its blue square, as fractions of the unrotated page."""


def page_with_a_square(rotation: int) -> bytes:
    with pymupdf.open() as document:
        page = document.new_page(width=600, height=800)
        page.draw_rect(pymupdf.Rect(60, 80, 180, 160), color=(0, 0, 1), fill=(0, 0, 1))
        page.set_rotation(rotation)
        data: bytes = document.tobytes()
    return data


def extent(picture: Image.Image, *, red: bool) -> tuple[int, int, int, int]:
    """Give the box of all pixels that are clearly red, or clearly blue."""
    pixels = np.asarray(picture.convert("RGB")).astype(int)
    r, g, b = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    mask = (r > 140) & (g < 90) & (b < 90) if red else (b > 180) & (r < 90) & (g < 90)
    box = Image.fromarray(mask).getbbox()
    assert box is not None
    return box


def drawn(
    service: DocumentService, folder: Path, data: bytes, *boxes: tuple[float, float, float, float]
) -> Image.Image:
    path = folder / "document"
    path.write_bytes(data)
    picture = Image.open(io.BytesIO(service.marked_page(path, page=1, boxes=boxes)))
    assert picture.format == "JPEG"
    assert max(picture.size) == 1400
    return picture.convert("RGB")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_the_frame_stands_around_what_is_meant(service: DocumentService, tmp_path: Path, rotation: int) -> None:
    picture = drawn(service, tmp_path, page_with_a_square(rotation), SQUARE)
    assert (picture.width > picture.height) == bool(rotation % 180)
    frame, square = extent(picture, red=True), extent(picture, red=False)
    for outer, inner in ((frame[:2], square[:2]), (square[2:], frame[2:])):
        assert all(0 < there - here < 20 for here, there in zip(outer, inner, strict=True)), (frame, square)


@pytest.mark.parametrize("orientation", [1, 6, 8])
def test_a_photo_is_marked_as_it_is_shown(service: DocumentService, tmp_path: Path, orientation: int) -> None:
    photo = files.picture("JPEG", orientation=orientation)
    picture = drawn(service, tmp_path, photo, (0.6, 0.6, 0.9, 0.9))
    assert (picture.width > picture.height) == (orientation == 1)
    frame = extent(picture.crop((picture.width // 2, picture.height // 2, *picture.size)), red=True)
    assert frame[0] > 0
    assert frame[1] > 0


def test_a_place_at_the_edge_keeps_its_frame_on_the_page(service: DocumentService, tmp_path: Path) -> None:
    picture = drawn(service, tmp_path, page_with_a_square(0), (0.0, 0.0, 1.0, 1.0))
    left, top, right, bottom = extent(picture, red=True)
    assert (left, top) <= (2, 2)
    assert (right, bottom) >= (picture.width - 2, picture.height - 2)


def test_a_page_that_is_not_there_gives_an_error_and_the_next_call_works(
    service: DocumentService, tmp_path: Path
) -> None:
    path = tmp_path / "document"
    path.write_bytes(files.pdf())
    with pytest.raises(DocumentError):
        service.marked_page(path, page=2, boxes=[SQUARE])
    assert service.marked_page(path, page=1, boxes=[SQUARE])
