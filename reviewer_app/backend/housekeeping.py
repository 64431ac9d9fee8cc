# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a server does by itself: what the clock makes due, and forgetting what is over (keys, attempts, sessions)."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping

from reviewer_app.backend.accounts import service as accounts
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.idempotency import purge_keys
from reviewer_app.backend.kit.throttle import purge_attempts
from reviewer_app.backend.registers import service as registers
from reviewer_app.backend.staff import service as staff

_logger = logging.getLogger(__name__)
_CLEAR_EVERY_SECONDS = 3600.0
_LOOK_EVERY_SECONDS = 10.0


def clear_up(database: Database, clock: Clock) -> None:
    """Forget everything whose time is over."""
    now = clock.now()
    with database.write() as session:
        for purge in (purge_keys, purge_attempts, accounts.purge, registers.purge, staff.purge):
            purge(session, now)


class Housekeeper:
    """A thread that clears up now and each hour, and does what is due now and each 10 seconds, until it is stopped.

    The pauses are of the machine's time; what is due then is a matter of the clock.
    """

    def __init__(
        self, database: Database, clock: Clock, due: Mapping[str, Callable[[], object]], wake: threading.Event
    ) -> None:
        """``due`` are the acts that the clock makes due, by what they are called in the log. ``wake`` ends a pause at once: whoever
        moves the clock sets it.
        """
        self._database = database
        self._clock = clock
        self._due = due
        self._wake = wake
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeper")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    def _run(self) -> None:
        clear_at = time.monotonic()
        while not self._stopping.is_set():
            self._wake.clear()
            if time.monotonic() >= clear_at:
                self._try("clearing up", lambda: clear_up(self._database, self._clock))
                clear_at = time.monotonic() + _CLEAR_EVERY_SECONDS
            for what, act in self._due.items():
                self._try(what, act)
            if not self._stopping.is_set() and self._wake.wait(_LOOK_EVERY_SECONDS):
                clear_at = time.monotonic()

    @staticmethod
    def _try(what: str, act: Callable[[], object]) -> None:
        try:
            act()
        except Exception as error:  # noqa: BLE001 - one act that fails must not end the thread, and with it the others
            _logger.warning("%s failed and is tried again later: %s", what, type(error).__name__)
