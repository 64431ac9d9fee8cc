# SPDX-License-Identifier: AGPL-3.0-or-later
"""Measures what the worker process costs: a document opened to its first page drawn, here and there."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from reviewer_app.documents.renderer import Renderer
from reviewer_app.documents.workers import WorkerPool

_ZOOM = 150 / 72


@dataclass(frozen=True, slots=True)
class FirstPageFigures:
    """Medians in seconds for one document at 150 dpi; ``ratio`` is worker to in-process."""

    worker_seconds: float
    in_process_seconds: float

    @property
    def ratio(self) -> float:
        """How many times as long the worker takes."""
        return self.worker_seconds / self.in_process_seconds


def measure_first_page(path: Path, *, rounds: int = 15) -> FirstPageFigures:
    """Open a document and draw its first page with a warm spare worker, and with PyMuPDF in this process, in turn.

    Each round opens the document anew on both sides, with nothing of it decoded; both end with pixels that can be read.
    """
    import pymupdf  # noqa: PLC0415 - programs that only draw through workers do not load it

    def in_process() -> None:
        with pymupdf.open(path) as document:
            pixmap = document.load_page(0).get_pixmap(matrix=pymupdf.Matrix(_ZOOM, _ZOOM), alpha=False)
            _touch(pixmap.samples_mv)
        pymupdf.TOOLS.store_shrink(100)

    with WorkerPool(size=2) as pool, Renderer(pool) as renderer:

        def in_worker() -> None:
            document = renderer.open(path)
            pixels = renderer.render(document, page=1, zoom=_ZOOM)
            _touch(pixels.data)
            pixels.release()
            renderer.close(document)

        in_process()
        in_worker()
        times = [(_seconds(in_worker), _seconds(in_process)) for _ in range(rounds)]
    return FirstPageFigures(
        worker_seconds=statistics.median(worker for worker, _ in times),
        in_process_seconds=statistics.median(here for _, here in times),
    )


def _touch(pixels: memoryview) -> int:
    """Read a byte of each page of memory, as whoever paints the pixels must."""
    return sum(pixels[::4096])


def _seconds(action: Callable[[], None]) -> float:
    start = time.perf_counter()
    action()
    return time.perf_counter() - start
