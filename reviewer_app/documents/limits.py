# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a worker and a document may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkerLimits:
    """Limits of one worker process.

    ``call_seconds`` is the time for one call where the caller names none; ``start_seconds`` is added to a worker's first.
    ``memory_bytes`` limits the address space (Linux) or the committed memory (Windows). After ``calls_per_worker``
    calls a worker is replaced, which bounds what a file can leave behind in it; None: never.
    """

    memory_bytes: int = 1536 << 20
    open_files: int = 64
    call_seconds: float = 20.0
    start_seconds: float = 30.0
    calls_per_worker: int | None = None


@dataclass(frozen=True, slots=True)
class InspectionLimits:
    """What an uploaded file may be. Points are 1/72 inch; the longest side of A0 is 3370 points."""

    max_bytes: int = 20 << 20
    max_pages: int = 200
    max_pixels: int = 50_000_000
    max_page_points: float = 5000.0
    seconds: float = 20.0
