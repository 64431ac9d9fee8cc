# SPDX-License-Identifier: AGPL-3.0-or-later
"""Kinds of acts in the outbox, and where they stand. Light: the first frame shows them, and makes no records for that."""

from __future__ import annotations

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
