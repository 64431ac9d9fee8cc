# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long cases wait in working time, between two answers of the server."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from reviewer_app.contract.states import CompanyState
from reviewer_app.desk.clock import SystemClock
from reviewer_app.desk.rows import QueueRow

WorkingTime = Callable[[datetime, datetime], int]
"""Gives the seconds of working time between two moments; loading its calendar takes a moment."""


def waits_for_staff(state: CompanyState, waiting_seconds: int) -> bool:
    """Say whether a case waits for staff, as the server told its state and how long it waits."""
    return waiting_seconds > 0 or state is CompanyState.PENDING_VERIFICATION


class WaitingTime:
    """Adds the working time since the last answer to what the answer said, once the calendar is known.

    The time is the server's, as soon as `follow` is told whose; a computer's clock may be wrong.
    """

    def __init__(self) -> None:
        self._calendar: WorkingTime | None = None
        self._now: Callable[[], datetime] = SystemClock().now
        self._answered_at = self._now()
        self._since = 0

    def follow(self, now: Callable[[], datetime]) -> None:
        """Go by a clock."""
        self._now = now

    def use(self, calendar: WorkingTime) -> None:
        """Take what knows working time."""
        self._calendar = calendar
        self.tick()

    def answered(self, moment: datetime) -> None:
        """Take in when the server answered."""
        self._answered_at, self._since = moment, 0

    def tick(self) -> None:
        """Take in that time has passed."""
        if self._calendar is not None:
            self._since = self._calendar(self._answered_at, self._now())

    def seconds(self, row: QueueRow) -> int:
        """Give how much working time a case waits by now."""
        return row.working_seconds + self._since if row.waiting_seconds > 0 else 0
