# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is forgotten in time: idempotency keys, counted attempts, sessions that ran out."""

from __future__ import annotations

import logging
import threading

from sqlalchemy.exc import SQLAlchemyError

from reviewer_app.backend.accounts import service as accounts
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.idempotency import purge_keys
from reviewer_app.backend.kit.throttle import purge_attempts
from reviewer_app.backend.staff import service as staff

_logger = logging.getLogger(__name__)
_EVERY_SECONDS = 3600.0


def clear_up(database: Database, clock: Clock) -> None:
    """Forget everything whose time is over."""
    now = clock.now()
    with database.write() as session:
        for purge in (purge_keys, purge_attempts, accounts.purge, staff.purge):
            purge(session, now)


class Housekeeper:
    """A thread that clears up now and each hour until it is stopped."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="housekeeper")

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """End the thread."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while True:
            try:
                clear_up(self._database, self._clock)
            except SQLAlchemyError as error:
                _logger.warning("clearing up failed, next try in an hour: %s", type(error).__name__)
            if self._stopping.wait(_EVERY_SECONDS):
                return
