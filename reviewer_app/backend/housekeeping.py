# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a server does by itself: what the clock makes due, and forgetting what is over (keys, attempts, sessions)."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from reviewer_app.backend.accounts import service as accounts
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.idempotency import purge_keys
from reviewer_app.backend.kit.throttle import purge_attempts
from reviewer_app.backend.kit.worker import Worker
from reviewer_app.backend.registers import service as registers
from reviewer_app.backend.staff import service as staff

_logger = logging.getLogger(__name__)
_CLEAR_EVERY = timedelta(hours=1)
_LOOK_EVERY_SECONDS = 10.0


def clear_up(database: Database, clock: Clock) -> None:
    """Forget everything whose time is over."""
    now = clock.now()
    with database.write() as session:
        for purge in (purge_keys, purge_attempts, accounts.purge, registers.purge, staff.purge):
            purge(session, now)


class Housekeeper(Worker):
    """A thread that clears up now and each hour, and does what is due now and each 10 seconds, until it is stopped.

    The pauses are of the machine's time; what is due then is a matter of the clock.
    """

    def __init__(
        self, database: Database, clock: Clock, due: Mapping[str, Callable[[], object]], wake: threading.Event
    ) -> None:
        """``due`` are the acts that the clock makes due, by what they are called in the log. ``wake`` ends a pause at once: whoever
        moves the clock sets it.
        """
        super().__init__("housekeeper", wake=wake, pause_seconds=_LOOK_EVERY_SECONDS)
        self._database = database
        self._clock = clock
        self._due = due
        self._cleared_at: datetime | None = None

    def do_round(self) -> None:
        """Clear up when that is due, and do each of the acts."""
        now, last = self._clock.now(), self._cleared_at
        if last is None or not last <= now < last + _CLEAR_EVERY:
            self._try("clearing up", lambda: clear_up(self._database, self._clock))
            self._cleared_at = now
        for what, act in self._due.items():
            self._try(what, act)

    @staticmethod
    def _try(what: str, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - one act that fails must not end the thread, and with it the others
            _logger.warning("%s failed and is tried again later: %s", what, type(error).__name__)
