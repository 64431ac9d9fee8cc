# SPDX-License-Identifier: AGPL-3.0-or-later
"""A thread that does what is due, round after round, until it is stopped."""

from __future__ import annotations

import logging
import threading
from abc import ABC, abstractmethod

_logger = logging.getLogger(__name__)


class Worker(ABC):
    """One thread of the server. A round that fails is logged and the next one comes: what was due stays due.

    A pause is of the machine's time and ends early when ``wake`` is set; what is due then is a matter of the clock.
    """

    def __init__(self, name: str, *, wake: threading.Event, pause_seconds: float) -> None:
        self._name = name
        self._wake = wake
        self._pause_seconds = pause_seconds
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name)

    def start(self) -> None:
        """Start the thread."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what is in hand and end the thread."""
        self._stopping.set()
        self._wake.set()
        self._thread.join()

    @property
    def is_stopping(self) -> bool:
        """Whether a round is to begin nothing new."""
        return self._stopping.is_set()

    @abstractmethod
    def do_round(self) -> None:
        """Do what is due, in the thread that calls."""

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self.do_round()
            except Exception as error:  # noqa: BLE001 - a thread that ends would leave everything of its kind undone
                _logger.error("%s: a round failed and is tried again: %s", self._name, type(error).__name__)
            if not self._stopping.is_set():
                self._wake.wait(self._pause_seconds)
