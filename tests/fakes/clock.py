# SPDX-License-Identifier: AGPL-3.0-or-later
"""A clock that stands until it is moved."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta


class StandingClock:
    """Stands at a moment. Each look moves it on by a millisecond, so that things follow each other in time."""

    def __init__(self, start: datetime = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)) -> None:
        self._now = start
        self._lock = threading.Lock()

    def now(self) -> datetime:
        """Give the moment."""
        with self._lock:
            self._now += timedelta(milliseconds=1)
            return self._now

    async def pause(self, seconds: float) -> None:
        """Let time pass instead of waiting."""
        self.advance(timedelta(seconds=seconds))

    def advance(self, duration: timedelta) -> None:
        """Move on by a duration."""
        with self._lock:
            self._now += duration
