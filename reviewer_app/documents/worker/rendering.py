# SPDX-License-Identifier: AGPL-3.0-or-later
"""Draws a page, or a part of it, into memory that the parent shares."""

from __future__ import annotations

import mmap
from typing import Any

import pymupdf
from pymupdf import mupdf

from reviewer_app.documents.worker.cancellation import Cancellation
from reviewer_app.documents.worker.errors import OperationCancelled, OperationError

_WHITE = 255


def render(
    document: pymupdf.Document, request: dict[str, Any], memory: mmap.mmap, cancellation: Cancellation
) -> dict[str, Any]:
    """Draw `page` at `zoom`, turned by `rotation` degrees clockwise, limited to `clip`; gives width, height, stride.

    Raises:
        OperationCancelled: the parent cancelled it.
        OperationError: no such page, or the memory is too small for the picture.
    """
    index = int(request["page"]) - 1
    if not 0 <= index < document.page_count:
        raise OperationError(f"no page {index + 1}")
    cancellation.begin(int(request["cancels"]))
    page = mupdf.fz_load_page(document.this, index)
    matrix = mupdf.fz_concat(
        mupdf.fz_scale(float(request["zoom"]), float(request["zoom"])), mupdf.fz_rotate(float(request["rotation"]))
    )
    area = _area(mupdf.fz_transform_rect(mupdf.fz_bound_page(page), matrix), request["clip"])
    width, height = area.x1 - area.x0, area.y1 - area.y0
    if width < 1 or height < 1 or width * height * 3 > len(memory):
        raise OperationError(f"picture of {width} x {height} pixels does not fit the memory given")
    # Drawn where the parent reads it: a picture of its own would have to be copied. It does not outlive this call.
    pixmap = mupdf.fz_new_pixmap_with_bbox_and_data(
        mupdf.fz_device_rgb(), area, mupdf.FzSeparations(), 0, mupdf.python_mutable_buffer_data(memory)
    )
    mupdf.fz_clear_pixmap_with_value(pixmap, _WHITE)
    device = mupdf.fz_new_draw_device(matrix, pixmap)
    mupdf.fz_run_page(page, device, mupdf.FzMatrix(), cancellation.cookie)
    mupdf.fz_close_device(device)
    if cancellation.aborted:
        raise OperationCancelled
    return {"width": width, "height": height, "stride": pixmap.stride()}


def _area(bounds: mupdf.FzRect, clip: list[float] | None) -> mupdf.FzIrect:
    if clip is None:
        return mupdf.fz_round_rect(bounds)
    width, height = bounds.x1 - bounds.x0, bounds.y1 - bounds.y0
    part = mupdf.FzRect(
        bounds.x0 + clip[0] * width,
        bounds.y0 + clip[1] * height,
        bounds.x0 + clip[2] * width,
        bounds.y0 + clip[3] * height,
    )
    return mupdf.fz_round_rect(part)
