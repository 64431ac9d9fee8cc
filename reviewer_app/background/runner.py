# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs functions in threads and brings their answers to the GUI thread.

One QObject lives as long as the program and has one signal, so no answer is lost with a short-lived sender and no
callback runs in a worker. Owners and callbacks are held weakly: an answer for a widget that is gone is dropped.
"""

from __future__ import annotations

import queue
import sys
import threading
import time
import weakref
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal, Slot

from reviewer_app.background.callback import Callback, name_of
from reviewer_app.background.operation import Operation, OperationState

Result = TypeVar("Result")
Event = TypeVar("Event")
Presenter = Callable[[BaseException], None]

SWITCH_SECONDS = 0.001
LANES: Mapping[str, int] = {
    "calls": 4,
    "pages": 2,
    "files": 2,
    "ahead": 1,
    "claimed": 1,
    "find": 1,
    "drafts": 1,
    "turns": 1,
}
"""Threads per lane: calls to the server and the local store, rendering of pages, downloads, what is not asked for yet,
what is fetched of claimed cases, searches in a document, and what is written of a draft and how pages are turned: one after
the other, so that the last word stays."""


_Key = tuple[int, str]
"""An owner and the name of its work: two owners that do the same at the same time take nothing from each other."""


class _Job:
    """An operation with what is to be done and whom to tell."""

    def __init__(
        self,
        *,
        operation: Operation,
        function: Callable[[], object],
        owner: QObject,
        key: _Key | None,
        on_success: Callback | None,
        on_failure: Callback | None,
    ) -> None:
        self.operation = operation
        self.function = function
        self.owner = weakref.ref(owner)
        self.key = key
        self.on_success = on_success
        self.on_failure = on_failure

    def owner_lives(self) -> bool:
        owner = self.owner()
        return owner is not None and shiboken6.isValid(owner)


class _Delivery:
    """What a worker hands to the GUI thread: an event of a stream, or the end of a job."""

    __slots__ = ("callback", "error", "final", "job", "value")

    def __init__(
        self,
        job: _Job,
        *,
        final: bool,
        value: object = None,
        error: BaseException | None = None,
        callback: Callback | None = None,
    ) -> None:
        self.job = job
        self.final = final
        self.value = value
        self.error = error
        self.callback = callback


class Runner(QObject):
    """Runs work outside the GUI thread. Made, used and closed on the GUI thread.

    ``present_failure`` is called on the GUI thread with each error that has no ``on_failure`` of its own.
    """

    _delivered = Signal(object)

    def __init__(
        self, *, present_failure: Presenter, lanes: Mapping[str, int] = LANES, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._present_failure = present_failure
        # A thread that works on keeps the interpreter so long from the window's, each of those before it in turn.
        sys.setswitchinterval(SWITCH_SECONDS)
        self._lanes = dict(lanes)
        self._queues: dict[str, queue.SimpleQueue[_Job | None]] = {}
        self._threads: list[threading.Thread] = []
        self._live: dict[Operation, _Job] = {}
        self._latest: dict[_Key, Operation] = {}
        self._closed = False
        self._delivered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> int:
        """How many operations have not delivered their answer yet."""
        return len(self._live)

    def run(
        self,
        function: Callable[[], Result],
        *,
        owner: QObject,
        on_success: Callable[[Result], None] | None = None,
        on_failure: Callable[[BaseException], None] | None = None,
        key: str | None = None,
        lane: str = "calls",
    ) -> Operation:
        """Run a function in a thread of the lane.

        ``on_success`` gets the result, ``on_failure`` the error, both on the GUI thread and only while ``owner`` lives.
        Of an owner's operations with the same ``key`` only the latest delivers: starting a newer one cancels the older.
        Bound methods are held weakly; any other callable is held until it was called.
        """
        scoped = _scoped(owner, key)
        operation = self._admit(function, scoped)
        job = _Job(
            operation=operation,
            function=function,
            owner=owner,
            key=scoped,
            on_success=Callback.of(on_success),
            on_failure=Callback.of(on_failure),
        )
        self._live[operation] = job
        if self._closed:
            self._drop(job)
            return operation
        self._queue_of(lane).put(job)
        return operation

    def stream(
        self,
        function: Callable[[Callable[[Event], None], Any], None],
        *,
        owner: QObject,
        on_event: Callable[[Event], None],
        on_failure: Callable[[BaseException], None] | None = None,
        key: str | None = None,
        lane: str | None = None,
    ) -> Operation:
        """Run ``function(emit, cancellation)`` in a thread of the lane, or in one of its own when it runs on and on.

        Each emitted event reaches ``on_event``, on the GUI thread and in their order. The function ends soon after
        ``cancellation.cancelled``.
        """
        scoped = _scoped(owner, key)
        operation = self._admit(function, scoped)
        told = Callback.of(on_event)

        def work() -> None:
            function(emit, operation.cancellation)

        job = _Job(
            operation=operation,
            function=work,
            owner=owner,
            key=scoped,
            on_success=None,
            on_failure=Callback.of(on_failure),
        )

        def emit(event: Event) -> None:
            self._send(_Delivery(job, final=False, value=event, callback=told))

        self._live[operation] = job
        if self._closed:
            self._drop(job)
            return operation
        if lane is None:
            self._start(f"stream {operation.name}", lambda: self._work(job))
        else:
            self._queue_of(lane).put(job)
        return operation

    def forget(self, key: str, *, owner: QObject) -> None:
        """Let the owner's operation with a key, if one is under way, deliver nothing any more."""
        operation = self._latest.get((id(owner), key))
        if operation is not None:
            operation.cancel()

    def close(self, deadline_seconds: float = 2.0) -> tuple[str, ...]:
        """Cancel everything and wait for the threads; gives the names of those that did not end in time.

        Threads are daemons, so one that hangs in a system call does not keep the program from ending.
        """
        self._closed = True
        for job in tuple(self._live.values()):
            self._drop(job)
        for name, size in self._lanes.items():
            if name in self._queues:
                for _ in range(size):
                    self._queues[name].put(None)
        end = time.monotonic() + deadline_seconds
        for thread in self._threads:
            thread.join(max(0.0, end - time.monotonic()))
        left = tuple(thread.name for thread in self._threads if thread.is_alive())
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        return left

    def _admit(self, function: Callable[..., object], key: _Key | None) -> Operation:
        operation = Operation(name_of(function))
        if key is not None:
            older = self._latest.get(key)
            if older is not None:
                older.cancel()
            self._latest[key] = operation
        return operation

    def _queue_of(self, lane: str) -> queue.SimpleQueue[_Job | None]:
        if lane not in self._queues:
            jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
            self._queues[lane] = jobs
            for number in range(self._lanes[lane]):
                self._start(f"{lane}-{number + 1}", lambda: self._serve(jobs))
        return self._queues[lane]

    def _start(self, name: str, target: Callable[[], None]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=target, name=f"reviewer {name}", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _serve(self, jobs: queue.SimpleQueue[_Job | None]) -> None:
        while (job := jobs.get()) is not None:
            self._work(job)
            del job

    def _work(self, job: _Job) -> None:
        operation = job.operation
        value: object = None
        error: BaseException | None = None
        if not operation.cancellation.cancelled:
            try:
                value = job.function()
            except BaseException as raised:  # noqa: BLE001 -- whatever a worker raises is shown, never lost in a thread
                error = raised
        operation.mark_left()
        self._send(_Delivery(job, final=True, value=value, error=error))

    def _send(self, delivery: _Delivery) -> None:
        if shiboken6.isValid(self):
            self._delivered.emit(delivery)

    @Slot(object)
    def _deliver(self, delivery: _Delivery) -> None:
        job = delivery.job
        if not delivery.final:
            if not job.operation.finished and job.owner_lives() and delivery.callback is not None:
                delivery.callback(delivery.value)
            return
        self._forget(job)
        error = delivery.error
        if not job.operation.advance(OperationState.FAILED if error else OperationState.SUCCEEDED):
            return
        if not job.owner_lives():
            return
        if error is None:
            if job.on_success is not None:
                job.on_success(delivery.value)
        elif job.on_failure is not None:
            job.on_failure(error)
        else:
            self._present_failure(error)

    def _drop(self, job: _Job) -> None:
        job.operation.cancel()
        self._forget(job)

    def _forget(self, job: _Job) -> None:
        self._live.pop(job.operation, None)
        if job.key is not None and self._latest.get(job.key) is job.operation:
            del self._latest[job.key]


def _scoped(owner: QObject, key: str | None) -> _Key | None:
    return None if key is None else (id(owner), key)
