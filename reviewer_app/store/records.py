# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the store gives and takes: plain records without a tie to the database. Light."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class ActKind(StrEnum):
    """Kinds of acts that go through the outbox."""

    DECISION = "decision"
    NOTE = "note"
    HOLD = "hold"
    REOPEN = "reopen"
    SUSPEND = "suspend"
    RESTORE = "restore"


class ActState(StrEnum):
    """Where an act of the user stands on its way to the server.

    ``held`` can still be undone; ``conflict`` and ``failed`` wait for the person; ``done`` was recorded by the server;
    ``withdrawn`` was undone or dismissed by the person.
    """

    HELD = "held"
    PENDING = "pending"
    SENDING = "sending"
    DONE = "done"
    CONFLICT = "conflict"
    FAILED = "failed"
    WITHDRAWN = "withdrawn"


ACT_TRANSITIONS: dict[ActState, frozenset[ActState]] = {
    ActState.HELD: frozenset({ActState.PENDING, ActState.WITHDRAWN}),
    ActState.PENDING: frozenset({ActState.SENDING, ActState.WITHDRAWN}),
    ActState.SENDING: frozenset({ActState.PENDING, ActState.DONE, ActState.CONFLICT, ActState.FAILED}),
    ActState.CONFLICT: frozenset({ActState.PENDING, ActState.WITHDRAWN}),
    ActState.FAILED: frozenset({ActState.PENDING, ActState.WITHDRAWN}),
    ActState.DONE: frozenset(),
    ActState.WITHDRAWN: frozenset(),
}
"""Where each state may lead. ``sending`` goes back to ``pending`` when nobody knows whether the server got it."""

OPEN_ACT_STATES: frozenset[ActState] = frozenset(ActState) - {ActState.DONE, ActState.WITHDRAWN}
"""States of acts that are not over."""


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """One act on its way to the server.

    ``scope`` says as whom and on which server it was done. ``key`` is the idempotency key, made with the act.
    ``payload`` is the body of the call and ``draft`` what the person wrote, both JSON. ``attempts`` counts tries whose
    end is unknown; ``problem`` is the server's refusal as JSON. Times are UTC.
    """

    id: str
    scope: str
    company_id: str
    kind: ActKind
    state: ActState
    key: str
    version: int | None
    payload: str
    draft: str | None
    created_at: datetime
    held_until: datetime | None
    attempts: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as the server last gave it, JSON of its message."""

    company_id: str
    body: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class LeaseRecord:
    """A claim held by this computer; ``expires_at`` is UTC."""

    company_id: str
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class PageViewRecord:
    """How a page was last looked at: ``rotation`` in degrees clockwise, ``zoom`` 1.0 = 72 dpi or None to fit."""

    rotation: int = 0
    zoom: float | None = None
