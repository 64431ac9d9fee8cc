# SPDX-License-Identifier: AGPL-3.0-or-later
"""The time: the computer's, handed in so that tests can move it, and the server's as far as it has been heard. Light."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
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


NOT_WORTH_CORRECTING = timedelta(seconds=2)
"""Less than this is the way of an answer, not a wrong clock."""


class ServerClock:
    """The server's time, told from the computer's and what each answer says. Before the first answer: the computer's.

    Leases, holds and waiting times are the server's: a computer whose clock is wrong would shift them.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """Give the moment at the server, in UTC."""
        return self._clock.now() + self._ahead

    def heard(self, moment: datetime) -> None:
        """Take in what an answer says the time is, as soon as its headers are there."""
        ahead = moment - self._clock.now()
        if abs(ahead - self._ahead) > NOT_WORTH_CORRECTING:
            self._ahead = ahead if abs(ahead) > NOT_WORTH_CORRECTING else timedelta(0)
