# SPDX-License-Identifier: AGPL-3.0-or-later
"""Watching the server's change feed, so that the window is right without anybody pressing refresh."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from reviewer_app.desk.errors import GatewayError, Interrupted, Refused, SessionExpired, explain
from reviewer_app.desk.events import Cancellation, CasesChanged, ChangeEvent, ConnectionChanged, SessionEnded
from reviewer_app.desk.pauses import pause_after
from reviewer_app.desk.session import Sessions
from reviewer_app.gateway.line import Line

WAIT_SECONDS = 25
LONGEST_PAUSE_SECONDS = 15.0

Emit = Callable[[ChangeEvent], None]


@dataclass(slots=True)
class _Place:
    """Where a watch stands: the last row read (None: not known yet), and the tries since the last answer."""

    since: int | None = None
    failures: int = 0
    online: bool | None = None


class ChangeWatch:
    """Follows the feed. ``on_online`` is called whenever the server answers after it did not."""

    def __init__(self, *, sessions: Sessions, on_online: Callable[[], None]) -> None:
        self._sessions = sessions
        self._on_online = on_online

    def watch(self, emit: Emit, cancellation: Cancellation) -> None:
        """Emit what changes until cancelled; ends by itself after SessionEnded.

        The first event about cases says that everything may have changed: what was read before the watch began
        may be older than the place where it begins.
        """
        place = _Place()
        with self._sessions.gateway.open_line() as line:
            forget = cancellation.on_cancel(line.close)
            try:
                while not cancellation.cancelled:
                    pause = self._step(line, place, emit)
                    if pause is None or cancellation.wait(pause):
                        return
            finally:
                forget()

    def _step(self, line: Line, place: _Place, emit: Emit) -> float | None:
        """Ask once; gives the seconds to wait before the next time, None to end."""
        try:
            # The first call after a failure does not wait, so that the person soon sees that the server is back.
            waits = place.since is not None and place.online
            changes = line.changes(since=place.since, wait_seconds=WAIT_SECONDS if waits else 0)
        except Interrupted:
            return None
        except SessionExpired as error:
            emit(SessionEnded(explain(error)))
            return None
        except GatewayError as error:
            return self._failed(place, error, emit)
        self._online(place, emit)
        known, place.since = place.since, changes.next
        if known is None or changes.next < known:
            emit(CasesChanged(frozenset(), frozenset(), everything=True))
        elif changes.items:
            ids = frozenset(item.company_id for item in changes.items)
            emit(CasesChanged(ids, frozenset(item.kind for item in changes.items)))
        return 0.0

    def _online(self, place: _Place, emit: Emit) -> None:
        place.failures = 0
        if place.online:
            return
        place.online = True
        emit(ConnectionChanged(online=True))
        self._on_online()

    def _failed(self, place: _Place, error: GatewayError, emit: Emit) -> float:
        if isinstance(error, Refused) and error.problem.status in {400, 404, 410, 422} and place.since is not None:
            place.since = None  # the server does not know our place any more
        elif place.online is not False:
            place.online = False
            emit(ConnectionChanged(online=False, problem=explain(error)))
        place.failures += 1
        return pause_after(place.failures, longest=LONGEST_PAUSE_SECONDS)
