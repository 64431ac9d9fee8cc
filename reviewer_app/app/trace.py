# SPDX-License-Identifier: AGPL-3.0-or-later
"""Writes down when the start reached its marks, for the benchmarks: set ``REVIEWER_TRACE_START`` to a file's path."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

VARIABLE = "REVIEWER_TRACE_START"


class Tracer(Protocol):
    """Takes the marks of the start, in this order.

    ``window_made``; ``first_frame``: the window is drawn for the first time; ``queue_interactive``: rows are on the screen and the
    window answers to input, whether they are those of the last start or the server's; ``desk_ready``: everything is
    loaded; ``queue_live``: the rows are the server's.
    """

    def mark(self, name: str) -> None:
        """Note that a mark was reached now."""


class FileTracer:
    """Appends one line per mark: its name and the wall clock in nanoseconds since 1970."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def mark(self, name: str) -> None:
        """Note that a mark was reached now."""
        with self._path.open("a", encoding="utf-8") as file:
            file.write(f"{name} {time.time_ns()}\n")


class NoTracer:
    """Takes marks and keeps none."""

    def mark(self, name: str) -> None:
        """Pass over."""


def tracer_of(environment: Mapping[str, str]) -> Tracer:
    """Give the tracer that the environment asks for."""
    path = environment.get(VARIABLE)
    return FileTracer(Path(path)) if path else NoTracer()
