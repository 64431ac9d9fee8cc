# SPDX-License-Identifier: AGPL-3.0-or-later
"""One piece of work in the background, and the wish that it end."""

from __future__ import annotations

import threading
from collections.abc import Callable
from enum import Enum


class Cancellation:
    """A wish to end that is set once and can be waited for. May be used from any thread."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._wakes: dict[int, Callable[[], None]] = {}
        self._next = 0

    @property
    def cancelled(self) -> bool:
        """Whether the work should end."""
        return self._event.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for the wish; True when it is there."""
        return self._event.wait(seconds)

    def on_cancel(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call ``wake`` in the cancelling thread when the wish comes, at once if it is there; gives the undo."""
        with self._lock:
            if not self._event.is_set():
                self._next += 1
                number = self._next
                self._wakes[number] = wake
                return lambda: self._forget(number)
        wake()
        return lambda: None

    def cancel(self) -> None:
        """Set the wish and wake whoever waits; later calls do nothing."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            wakes = list(self._wakes.values())
            self._wakes.clear()
        for wake in wakes:
            wake()

    def _forget(self, number: int) -> None:
        with self._lock:
            self._wakes.pop(number, None)


class OperationState(Enum):
    """Where an operation stands; the last three are final."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


FINAL = frozenset({OperationState.SUCCEEDED, OperationState.FAILED, OperationState.CANCELLED})


class Operation:
    """A handle on work given to the runner. Read and cancelled on the GUI thread.

    A cancelled operation stays cancelled: neither ``on_success`` nor ``on_failure`` nor ``on_event`` is called any more,
    even when the work had ended already and its answer was on the way.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.cancellation = Cancellation()
        self._state = OperationState.QUEUED
        self._finished = threading.Event()

    @property
    def state(self) -> OperationState:
        """Where the operation stands, as far as its answer has been delivered."""
        return self._state

    @property
    def finished(self) -> bool:
        """Whether the answer was delivered, or the operation was cancelled."""
        return self._state in FINAL

    def cancel(self) -> None:
        """Ask the work to end and forget its answer."""
        if not self.finished:
            self._state = OperationState.CANCELLED
        self.cancellation.cancel()

    def advance(self, state: OperationState) -> bool:
        """Move on, unless the operation is over already; says whether it moved. For the runner."""
        if self.finished:
            return False
        self._state = state
        return True

    def mark_left(self) -> None:
        """Say that the function has returned in its thread. For the runner."""
        self._finished.set()

    def wait_left(self, seconds: float) -> bool:
        """Wait until the function has returned; True when it has. For the end of the program and for tests."""
        return self._finished.wait(seconds)
