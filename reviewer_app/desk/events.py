# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the streams of the desk tell the window. Light."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from reviewer_app.desk.errors import Explanation
from reviewer_app.desk.rows import PendingAct


class Cancellation(Protocol):
    """Asks a running call to end. Set once, from any thread."""

    @property
    def cancelled(self) -> bool:
        """Whether the call should end."""

    def wait(self, seconds: float) -> bool:
        """Wait at most so long for the wish to end; True when it is there."""

    def on_cancel(self, wake: Callable[[], None]) -> Callable[[], None]:
        """Call ``wake`` when the call should end, at once if it should already; gives the function that takes it back."""


@dataclass(frozen=True, slots=True)
class CasesChanged:
    """The server's data of these cases changed. ``everything`` when the feed lost its place: load all anew."""

    company_ids: frozenset[str]
    kinds: frozenset[str]
    everything: bool = False


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """The server can or cannot be reached from now on."""

    online: bool
    problem: Explanation | None = None


@dataclass(frozen=True, slots=True)
class SessionEnded:
    """The server does not accept the session any more: sign in again. Nothing that was written is lost."""

    problem: Explanation


@dataclass(frozen=True, slots=True)
class LeaseRenewed:
    """The claim on a case goes on until then (UTC)."""

    company_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class LeaseEnded:
    """The claim on a case is lost; ``problem`` says to whom or why."""

    company_id: str
    problem: Explanation


@dataclass(frozen=True, slots=True)
class ActChanged:
    """An act of the outbox moved on to another state."""

    act: PendingAct


ChangeEvent = CasesChanged | ConnectionChanged | SessionEnded
LeaseEvent = LeaseRenewed | LeaseEnded
