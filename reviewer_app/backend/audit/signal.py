# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wakes the long polls of this process when something was committed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class FeedSignal:
    """Waits without a thread and without a connection: each waiter is an asyncio event on its own loop."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._waiters: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}
        self._closed = False

    @property
    def closed(self) -> bool:
        """Say whether the server is stopping: nobody should wait any more."""
        return self._closed

    @contextmanager
    def waiter(self) -> Iterator[asyncio.Event]:
        """Give an event that is set by the next commit; take it before looking, so that nothing is missed."""
        event = asyncio.Event()
        with self._lock:
            self._waiters[event] = asyncio.get_running_loop()
        try:
            yield event
        finally:
            with self._lock:
                del self._waiters[event]

    def wake(self) -> None:
        """Set the events of all waiters; from any thread."""
        with self._lock:
            for event, loop in self._waiters.items():
                if not loop.is_closed():
                    loop.call_soon_threadsafe(event.set)

    def close(self) -> None:
        """Have all waiters answer now, and nobody wait from here on."""
        self._closed = True
        self.wake()
