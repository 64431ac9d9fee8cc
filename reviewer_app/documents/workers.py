# SPDX-License-Identifier: AGPL-3.0-or-later
"""A pool of warm worker processes: calls with a time limit, priorities and cancellation; a lost worker is replaced."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any, Self

from reviewer_app.documents.errors import (
    DocumentError,
    DocumentRefused,
    DocumentUnreadable,
    RefusalCode,
    RenderCancelled,
    WorkerDied,
    WorkerPoolClosed,
    WorkerTimeout,
)
from reviewer_app.documents.framing import Message, ProtocolError
from reviewer_app.documents.limits import WorkerLimits
from reviewer_app.documents.segments import Segment, SegmentStore
from reviewer_app.documents.windows_job import ProcessGroup
from reviewer_app.documents.worker_process import WorkerProcess

_CANCEL_GRACE_SECONDS = 1.0
_SPAWN_RETRY_SECONDS = 1.0
_CLOSE_SECONDS = 15.0


class DocumentNotOpen(DocumentError):
    """The worker does not have the document and the call brought neither path nor bytes: send it again with bytes."""


@dataclass(eq=False, kw_only=True)
class Call:
    """One request to a worker. ``priority``: lower goes first. ``affinity``: a worker that served it is preferred.

    ``ahead``: nobody waits for it. It never takes the last free worker, and takes the one that was used longest ago.
    """

    operation: str
    arguments: Mapping[str, Any]
    body: bytes = b""
    segment: Segment | None = None
    seconds: float | None = None
    priority: int = 0
    affinity: str = ""
    ahead: bool = False
    cancel_error: type[RenderCancelled] | None = field(default=None, init=False)


class WorkerPool:
    """Keeps `size` worker processes warm, so that one is spare while another works. Thread-safe; a context manager.

    A thread of the pool starts the processes (on Linux they end with the thread that started them, so it must live as
    long as they do) and ends those whose time is over.
    """

    def __init__(self, *, limits: WorkerLimits | None = None, size: int = 2) -> None:
        self.segments = SegmentStore()
        """Memory for calls that answer with pixels."""
        self._limits = limits or WorkerLimits()
        self._size = size
        self._changed = threading.Condition()
        self._order = itertools.count()
        self._waiting: dict[Call, tuple[bool, int, int]] = {}
        self._idle: list[WorkerProcess] = []
        self._busy: dict[WorkerProcess, _Run] = {}
        self._spawn_error: OSError | None = None
        self._closed = False
        self._group = ProcessGroup(self._limits.memory_bytes)
        self._keeper = threading.Thread(target=self._keep, name="document-workers", daemon=True)
        self._keeper.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def run(self, call: Call) -> Message:
        """Do a call and give its answer; blocks until it is done.

        Raises:
            DocumentRefused, DocumentUnreadable, DocumentNotOpen: what the worker says of the document.
            RenderCancelled, RenderSuperseded: the call was cancelled.
            WorkerTimeout, WorkerDied, WorkerPoolClosed: there is no answer.
        """
        answer = self._exchange(self._acquire(call))
        _raise_for(answer.header, call)
        return answer

    def cancel(self, call: Call, error: type[RenderCancelled] = RenderCancelled) -> None:
        """End a call that waits or runs; does nothing to one that is done.

        A render stops at once; any other operation gets a second, then its worker is ended.
        """
        with self._changed:
            call.cancel_error = error
            for worker, run in self._busy.items():
                if run.call is call and not (run.cancelled or run.answered or run.finished):
                    run.cancelled = True
                    run.deadline = min(run.deadline, time.monotonic() + _CANCEL_GRACE_SECONDS)
                    worker.cancel()
            self._changed.notify_all()

    def forget(self, key: str) -> None:
        """Let every worker close the document that calls named by this affinity: a spare one now, a busy one next."""
        with self._changed:
            for worker in (*self._idle, *self._busy):
                if key in worker.keys:
                    worker.keys.discard(key)
                    worker.closed_keys.add(key)
            runs = [
                self._begin(Call(operation="settle", arguments={}), worker)
                for worker in list(self._idle)
                if worker.closed_keys and not self._closed
            ]
            self._changed.notify_all()
        for run in runs:
            with suppress(DocumentError):
                self._exchange(run)

    def close(self) -> None:
        """End every worker and the pool's thread. Calls that wait or run raise `WorkerPoolClosed`. Idempotent."""
        with self._changed:
            self._closed = True
            for worker, run in self._busy.items():
                if not run.finished:
                    worker.kill()
            self._changed.notify_all()
        self._keeper.join(_CLOSE_SECONDS)
        self.segments.clear()

    def process_ids(self) -> tuple[int, ...]:
        """The ids of the processes that run now."""
        with self._changed:
            return tuple(worker.identifier for worker in (*self._idle, *self._busy))

    def busy(self) -> int:
        """Count the workers that do a call now."""
        with self._changed:
            return len(self._busy)

    def _acquire(self, call: Call) -> _Run:
        with self._changed:
            self._waiting[call] = (call.ahead, call.priority, next(self._order))
            try:
                while True:
                    self._raise_if_pointless(call)
                    self._drop_dead()
                    if self._is_free_for(call) and min(self._waiting, key=self._waiting.__getitem__) is call:
                        return self._begin(call, self._preferred(call))
                    self._changed.wait()
            finally:
                del self._waiting[call]
                self._changed.notify_all()

    def _raise_if_pointless(self, call: Call) -> None:
        if self._closed:
            raise WorkerPoolClosed("the pool is closed")
        if call.cancel_error is not None:
            raise call.cancel_error
        if self._spawn_error is not None and not self._idle and not self._busy:
            raise WorkerDied(f"no worker can be started: {self._spawn_error}")

    def _drop_dead(self) -> None:
        """Let go of spare workers that something outside ended, the system's memory killer for one."""
        for worker in [idle for idle in self._idle if not idle.alive]:
            self._idle.remove(worker)
            worker.dispose()
            self._changed.notify_all()

    def _is_free_for(self, call: Call) -> bool:
        return len(self._idle) >= (min(2, self._size) if call.ahead else 1)

    def _preferred(self, call: Call) -> WorkerProcess:
        if call.ahead:
            return self._idle[-1]
        return next((worker for worker in self._idle if call.affinity in worker.keys), self._idle[0])

    def _begin(self, call: Call, worker: WorkerProcess) -> _Run:
        self._idle.remove(worker)
        if call.affinity:
            worker.keys.add(call.affinity)
        seconds = self._seconds(call) if worker.started else self._limits.start_seconds
        run = self._busy[worker] = _Run(call, worker, time.monotonic() + seconds, worker.cancels_sent)
        return run

    def _seconds(self, call: Call) -> float:
        return self._limits.call_seconds if call.seconds is None else call.seconds

    def _exchange(self, run: _Run) -> Message:
        call = run.call
        healthy = False
        try:
            if not run.worker.started:
                self._wait_for_start(run)
            answer = run.worker.exchange(
                call.operation, call.arguments, call.body, segment=call.segment, cancels_before=run.cancels_before
            )
            healthy = self._settled(run)
        except (EOFError, OSError, ProtocolError) as error:
            raise self._lost(run) from error
        finally:
            self._finish(run, healthy=healthy)
        return answer

    def _settled(self, run: _Run) -> bool:
        """Take no more cancels for a run that has its answer, and clear one that came too late for it."""
        with self._changed:
            run.answered = True
        if run.cancelled:
            try:
                run.worker.settle()
            except (EOFError, OSError, ProtocolError):
                return False
        return True

    def _wait_for_start(self, run: _Run) -> None:
        """The time for a call runs from when its worker could do it."""
        run.worker.wait_for_start()
        with self._changed:
            if not run.cancelled:
                run.deadline = time.monotonic() + self._seconds(run.call)
            self._changed.notify_all()

    def _finish(self, run: _Run, *, healthy: bool) -> None:
        most_calls = self._limits.calls_per_worker
        with self._changed:
            run.finished = True
            worn_out = most_calls is not None and run.worker.calls >= most_calls
            keep = healthy and not worn_out and not run.killed and not self._closed
        if not keep:
            run.worker.dispose()
        with self._changed:
            del self._busy[run.worker]
            if keep:
                # The worker used last goes first, so that the other one stays a spare with nothing open.
                self._idle.insert(0, run.worker)
            self._changed.notify_all()

    def _lost(self, run: _Run) -> DocumentError:
        if self._closed:
            return WorkerPoolClosed("the pool was closed")
        if run.call.cancel_error is not None:
            return run.call.cancel_error()
        if run.killed:
            return WorkerTimeout(f"{run.call.operation}: no answer in time")
        return WorkerDied(f"{run.call.operation}: the worker ended without an answer")

    def _keep(self) -> None:
        """The pool's thread: start what is missing, end what is late, and everything at the end."""
        while True:
            with self._changed:
                if self._closed:
                    break
                self._kill_late()
                missing = self._size - len(self._idle) - len(self._busy)
                if missing <= 0:
                    self._changed.wait(self._seconds_to_wait())
                    continue
            self._spawn()
        with self._changed:
            self._changed.wait_for(lambda: not self._busy, timeout=_CLOSE_SECONDS)
            idle, self._idle = self._idle, []
        for worker in idle:
            worker.dispose()
        self._group.close()

    def _kill_late(self) -> None:
        now = time.monotonic()
        for worker, run in self._busy.items():
            if run.deadline <= now and not run.killed and not run.finished:
                run.killed = True
                worker.kill()

    def _seconds_to_wait(self) -> float | None:
        deadlines = [run.deadline for run in self._busy.values() if not run.killed and not run.finished]
        return max(min(deadlines) - time.monotonic(), 0.0) if deadlines else None

    def _spawn(self) -> None:
        try:
            worker = WorkerProcess(self._limits)
        except OSError as error:
            with self._changed:
                self._spawn_error = error
                self._changed.notify_all()
                self._changed.wait_for(lambda: self._closed, timeout=_SPAWN_RETRY_SECONDS)
            return
        with suppress(OSError):
            self._group.add(worker.identifier)
        with self._changed:
            self._spawn_error = None
            self._idle.append(worker)
            self._changed.notify_all()


@dataclass(eq=False)
class _Run:
    """A call that a worker does now. ``deadline`` by the monotonic clock; ``cancels_before`` were for earlier calls."""

    call: Call
    worker: WorkerProcess
    deadline: float
    cancels_before: int
    answered: bool = False
    finished: bool = False
    killed: bool = False
    cancelled: bool = False


def _raise_for(answer: Mapping[str, Any], call: Call) -> None:
    kind = answer.get("error")
    if kind is None:
        return
    detail = str(answer.get("detail", ""))
    if kind == "refused":
        try:
            code = RefusalCode(str(answer.get("code")))
        except ValueError:
            code = RefusalCode.UNREADABLE
        raise DocumentRefused(code, detail)
    if kind == "cancelled":
        raise (call.cancel_error or RenderCancelled)()
    if kind == "missing":
        raise DocumentNotOpen(detail)
    raise DocumentUnreadable(detail)
