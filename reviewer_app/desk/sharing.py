# SPDX-License-Identifier: AGPL-3.0-or-later
"""The way to the server of what is kept here first: told as whose it is, again and again until the server has it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from reviewer_app.desk.errors import GatewayError, Interrupted, Offline, SessionExpired, StoreError, is_final
from reviewer_app.desk.events import Cancellation
from reviewer_app.desk.pauses import IDLE_SECONDS, pause_after
from reviewer_app.desk.session import Sessions
from reviewer_app.gateway.documents import DocumentCalls

Emit = Callable[[None], None]


@dataclass(frozen=True, slots=True)
class Untold:
    """One thing that the server does not know yet.

    ``tell`` is the call to the server; ``told`` forgets it here, once the server has it or has refused it for good.
    """

    tell: Callable[[DocumentCalls], None]
    told: Callable[[], None]


class Source(Protocol):
    """Keeps what the server is to be told."""

    def untold(self, scope: str) -> Sequence[Untold]:
        """Give what is to be told as the person of a scope, in order; what is done after another waits for that."""


class Sharing:
    """Tells the server what is kept for it. Only one tells at a time: of one page the last word stays the last."""

    def __init__(self, *, sessions: Sessions) -> None:
        self._sessions = sessions
        self._sources: list[Source] = []
        self._running = threading.Lock()
        self._wake = threading.Event()

    def add(self, source: Source) -> None:
        """Tell also what this one keeps."""
        self._sources.append(source)

    def wake(self) -> None:
        """Tell now, since there is something new to tell or the server can be reached again."""
        self._wake.set()

    def run(self, _emit: Emit, cancellation: Cancellation) -> None:
        """Tell what there is to tell until cancelled; what did not get through is tried again, later and later."""
        scope = self._sessions.scope
        with self._running, self._sessions.gateway.open_line() as line:
            forget_close = cancellation.on_cancel(line.close)
            forget_wake = cancellation.on_cancel(self._wake.set)
            try:
                self._tell_until_cancelled(scope, line.documents, cancellation)
            finally:
                forget_wake()
                forget_close()

    def _tell_until_cancelled(self, scope: str, calls: DocumentCalls, cancellation: Cancellation) -> None:
        failures = 0
        while True:
            # Cleared before the look at the cancellation: whoever cancels sets that first and this second.
            self._wake.clear()
            if cancellation.cancelled or not self._sessions.is_still(scope):
                return
            try:
                failures = 0 if self._tell(scope, calls) else failures + 1
            except (Interrupted, SessionExpired):
                return
            self._wake.wait(pause_after(failures) if failures else IDLE_SECONDS)

    def _tell(self, scope: str, calls: DocumentCalls) -> bool:
        """Tell all that can be told; says whether nothing is left."""
        try:
            while untold := [one for source in self._sources for one in source.untold(scope)]:
                # All are tried before one that failed is waited for; a page that was turned meanwhile is told anew.
                results = [self._told(scope, one, calls) for one in untold]
                if not all(results):
                    return False
        except (Offline, StoreError):
            return False
        return True

    def _told(self, scope: str, one: Untold, calls: DocumentCalls) -> bool:
        """Tell one thing; False when it has to be told again. What is refused holds up nothing else."""
        if not self._sessions.is_still(scope):
            raise Interrupted  # nothing is told as that of who signed in meanwhile
        try:
            one.tell(calls)
        except (Interrupted, Offline, SessionExpired):
            raise
        except GatewayError as error:
            if not is_final(error):
                return False
        if not self._sessions.is_still(scope):
            raise Interrupted  # who signed in meanwhile may have been answered: it is told again
        one.told()
        return True
