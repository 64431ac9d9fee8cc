# SPDX-License-Identifier: AGPL-3.0-or-later
"""A clock that QA moves forwards: the machine's, with an offset that is kept in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from babel.dates import format_datetime
from sqlalchemy import Connection, func, insert, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.tables import AuditEntry
from reviewer_app.backend.bench.tables import STATE, STATE_ID
from reviewer_app.backend.kit.clock import Clock, SystemClock
from reviewer_app.backend.kit.database import Database
from reviewer_app.contract.bench import (
    LONGEST_SHIFT_SECONDS,
    LONGEST_SHIFT_YEARS,
    BenchClockState,
    BenchProblemCode,
    BenchRefusal,
)
from reviewer_app.contract.text import Text
from reviewer_app.contract.working_time import polish_zone

_NONE = timedelta(0)
_FARTHEST = timedelta(seconds=LONGEST_SHIFT_SECONDS)


class BenchClock:
    """The backend's clock on a bench.

    It never goes backwards but by `reset`, which comes with an empty history: not at a move, and not at a start or an
    import, where the newest act of the history counts if the clock is behind it.
    """

    def __init__(self, database: Database, machine: Clock | None = None) -> None:
        """Take up the offset that was kept. The bench's tables must be there."""
        self._database = database
        self._machine = machine or SystemClock()
        self._moved: list[Callable[[], None]] = []
        with database.write() as session:
            self._offset = _kept(session)
        self.catch_up()

    def when_moved(self, act: Callable[[], None]) -> None:
        """Have ``act`` run after each move, so that whoever waits for a moment looks again."""
        self._moved.append(act)

    def now(self) -> datetime:
        """Give the bench's moment in UTC."""
        return self._machine.now() + self._offset

    def state(self) -> BenchClockState:
        """Say what time it is and how far it is ahead of the machine."""
        return BenchClockState(now=self.now(), shifted_seconds=round(self._offset.total_seconds(), 3))

    def move_to(self, moment: datetime) -> BenchClockState:
        """Move to a moment. Raises BenchRefusal ``clock_backwards``, ``clock_too_far``."""
        return self.shift((moment - self.now()).total_seconds())

    def shift(self, seconds: float) -> BenchClockState:
        """Move on by seconds.

        Raises BenchRefusal ``clock_backwards`` for a negative number, ``clock_too_far`` beyond `LONGEST_SHIFT_SECONDS`
        ahead of the machine, where the bench could not show its own time and so not be reset either.
        """
        if seconds < 0:
            raise BenchRefusal(BenchProblemCode.CLOCK_BACKWARDS, now=_by_polish_clocks(self.now()))
        if self._offset.total_seconds() + seconds > LONGEST_SHIFT_SECONDS:
            raise BenchRefusal(BenchProblemCode.CLOCK_TOO_FAR, years=str(LONGEST_SHIFT_YEARS))
        return self._set(self._offset + timedelta(seconds=seconds))

    def catch_up(self) -> None:
        """Move to the newest act of the history where the clock is behind it, as far as the clock goes at all."""
        with self._database.read() as session:
            newest = session.scalar(select(func.max(AuditEntry.at)))
        if newest is not None and newest > self.now():
            self._set(min(self._offset + (newest - self.now()), max(_FARTHEST, self._offset)))

    def reset(self) -> BenchClockState:
        """Go back to the machine's time; only for a history that was emptied."""
        return self._set(_NONE)

    def _set(self, offset: timedelta) -> BenchClockState:
        with self._database.connect() as connection:
            _keep(connection, offset)
        self._offset = offset
        for act in self._moved:
            act()
        return self.state()


def _by_polish_clocks(moment: datetime) -> Text:
    """Write a moment as the bench's pages do."""
    told = [format_datetime(moment, "d MMM y, HH:mm:ss", tzinfo=polish_zone(), locale=name) for name in ("pl", "en")]
    return Text(*told)


def _kept(session: Session) -> timedelta:
    seconds = session.scalar(select(STATE.c.clock_offset_seconds).where(STATE.c.id == STATE_ID))
    if seconds is None:
        session.execute(insert(STATE).values(id=STATE_ID, clock_offset_seconds=0.0))
        return _NONE
    return timedelta(seconds=seconds)


def _keep(connection: Connection, offset: timedelta) -> None:
    connection.execute(update(STATE).where(STATE.c.id == STATE_ID).values(clock_offset_seconds=offset.total_seconds()))
