# SPDX-License-Identifier: AGPL-3.0-or-later
"""The time, handed in so that tests can move it. Light."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> datetime:
        """Give the moment, in UTC."""


class SystemClock:
    """The computer's clock."""

    def now(self) -> datetime:
        """Give the moment, in UTC."""
        return datetime.now(UTC)
