# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads QR codes from pages, printed or scanned."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pymupdf
import zxingcpp

from reviewer_app.documents.worker.placing import Box, unrotated_box

_MOST_PAGES = 10
"""An authorization is one sheet; a bundle that hides it behind more pages is for a person to look through."""
_LONGER_SIDES = (2000, 1300, 3200)
"""Pixels of the longer side, in the order tried: a clean sheet is read at once, a blurred one when made smaller, a code
that is small on its page when made larger."""
_BINARIZERS = (zxingcpp.Binarizer.LocalAverage, zxingcpp.Binarizer.GlobalHistogram)
_QR_CODE = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)

Grey = npt.NDArray[np.uint8]


def codes(document: pymupdf.Document) -> list[list[object]]:
    """Give page, text and box of each code on the first pages; boxes are fractions of the unrotated page."""
    return [
        [number, text, *box]
        for number in range(1, min(document.page_count, _MOST_PAGES) + 1)
        for text, box in _page_codes(document.load_page(number - 1))
    ]


def _page_codes(page: pymupdf.Page) -> list[tuple[str, Box]]:
    longer = max(page.rect.width, page.rect.height)
    for side in _LONGER_SIDES:
        zoom = side / longer
        drawn = page.get_pixmap(matrix=pymupdf.Matrix(zoom, zoom), colorspace=pymupdf.csGRAY, alpha=False)
        picture: Grey = np.frombuffer(drawn.samples_mv, np.uint8).reshape(drawn.height, drawn.stride)[:, : drawn.width]
        found = [(code.text, unrotated_box(_box(code, drawn), page.rotation)) for code in _read(picture)]
        if found:
            return found
    return []


def _read(picture: Grey) -> Iterator[zxingcpp.Barcode]:
    for binarizer in _BINARIZERS:
        found = [
            code
            for code in zxingcpp.read_barcodes(np.ascontiguousarray(picture), formats=_QR_CODE, binarizer=binarizer)
            if code.valid
        ]
        if found:
            yield from found
            return


def _box(code: zxingcpp.Barcode, drawn: pymupdf.Pixmap) -> Box:
    place = code.position
    corners = (place.top_left, place.top_right, place.bottom_right, place.bottom_left)
    across = [corner.x / drawn.width for corner in corners]
    down = [corner.y / drawn.height for corner in corners]
    return min(across), min(down), max(across), max(down)
