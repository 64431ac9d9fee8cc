# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long cases wait in working time, between two answers of the server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import TYPE_CHECKING, TypeVar

from reviewer_app.contract.states import CompanyState
from reviewer_app.desk.clock import SystemClock
from reviewer_app.desk.rows import QueueRow

if TYPE_CHECKING:
    from reviewer_app.contract.staff import CompanyDetail

Waits = TypeVar("Waits", QueueRow, "CompanyDetail")
_WAIT = frozenset({"waiting_seconds", "working_seconds"})
WorkingTime = Callable[[datetime, datetime], int]
"""Gives the seconds of working time between two moments; loading its calendar takes a moment."""


def waits_for_staff(state: CompanyState, waiting_seconds: int) -> bool:
    """Say whether a case waits for staff, as the server told its state and how long it waits."""
    return waiting_seconds > 0 or state is CompanyState.PENDING_VERIFICATION


def same_but_wait(one: Waits, other: Waits) -> bool:
    """Say whether two versions of a case are the same but for how long it waits, which changes by itself."""
    return _but_wait(one) == _but_wait(other)


def _but_wait(version: Waits) -> dict[str, object]:
    if isinstance(version, QueueRow):
        values = {field.name: getattr(version, field.name) for field in fields(version)}
    else:
        values = dict(version)
    return {name: value for name, value in values.items() if name not in _WAIT}


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
