# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one source of the time of day in the backend."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Gives the present moment. Nothing in the backend asks the machine's clock but through one of these."""

    def now(self) -> datetime:
        """Give the present moment, timezone-aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Give the present moment in UTC."""
        return datetime.now(UTC)
