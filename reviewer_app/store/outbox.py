# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outbox: every act of the person, from the moment it was done until the server has it or the person took it back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from reviewer_app.store.act_states import ACT_TRANSITIONS, OPEN_ACT_STATES, ActKind, ActState
from reviewer_app.store.database import Database
from reviewer_app.store.errors import WrongState
from reviewer_app.store.records import OutboxRecord
from reviewer_app.store.tables import outbox

_BLOCKING = (ActState.HELD, ActState.PENDING, ActState.SENDING)


class OutboxStore:
    """Rows of the outbox. Every move is one conditional update: of two threads that move a row, one wins."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, record: OutboxRecord, *, alone: bool = False) -> bool:
        """Write an act down; with ``alone`` only if none of its kind is on its way for that company. Says if it was."""
        under_way = select(outbox.c.id).where(
            outbox.c.scope == record.scope,
            outbox.c.company_id == record.company_id,
            outbox.c.kind == record.kind,
            outbox.c.state.in_(_BLOCKING),
        )
        with self._database.writing() as connection:
            if alone and connection.execute(under_way).first() is not None:
                return False
            connection.execute(insert(outbox).values(**_values(record)))
        return True

    def get(self, act_id: str) -> OutboxRecord | None:
        """Give an act."""
        with self._database.reading() as connection:
            row = connection.execute(select(outbox).where(outbox.c.id == act_id)).mappings().first()
        return None if row is None else _record(row)

    def open(self, *, scope: str, company_id: str | None = None) -> tuple[OutboxRecord, ...]:
        """Give the acts that are not over, oldest first."""
        wanted = select(outbox).where(outbox.c.scope == scope, outbox.c.state.in_(OPEN_ACT_STATES))
        if company_id is not None:
            wanted = wanted.where(outbox.c.company_id == company_id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.order_by(outbox.c.seq)).mappings().all()
        return tuple(_record(row) for row in rows)

    def take_due(self, *, scope: str, now: datetime, longest_hold: timedelta) -> OutboxRecord | None:
        """Take the oldest act that may be sent, as ``sending``.

        Acts on one company go in their order: one waits while an earlier one is held, pending or being sent. An act
        held for longer than ``longest_hold`` from now was held by a clock that has been turned back: it may go.
        """
        with self._database.writing() as connection:
            waiting = (
                select(outbox).where(outbox.c.scope == scope, outbox.c.state.in_(_BLOCKING)).order_by(outbox.c.seq)
            )
            blocked: set[str] = set()
            for row in connection.execute(waiting).mappings():
                record = _record(row)
                if record.company_id not in blocked and _is_due(record, now, longest_hold):
                    return _taken(connection, record)
                blocked.add(record.company_id)
        return None

    def move(
        self,
        act_id: str,
        target: ActState,
        *,
        sources: frozenset[ActState] | None = None,
        untried: bool = False,
        **changes: Any,
    ) -> OutboxRecord:
        """Move an act to another state, with other columns if wanted; gives it as it is then.

        ``sources`` narrows the states it may come from; ``untried`` asks that it was never sent. Raises WrongState.
        """
        allowed = {state for state, targets in ACT_TRANSITIONS.items() if target in targets}
        with self._database.writing() as connection:
            row = connection.execute(select(outbox).where(outbox.c.id == act_id)).mappings().first()
            if row is None:
                raise WrongState(None, target)
            record = _record(row)
            if record.state not in (allowed & sources if sources is not None else allowed):
                raise WrongState(record.state, target)
            if untried and record.attempts:
                raise WrongState(record.state, target)
            return _moved(connection, act_id, target, changes)

    def next_held(self, *, scope: str) -> datetime | None:
        """Say when the first of the held acts may be sent."""
        wanted = select(func.min(outbox.c.held_until)).where(outbox.c.scope == scope, outbox.c.state == ActState.HELD)
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one_or_none()

    def recover(self) -> int:
        """Put acts that were being sent when the program ended back to ``pending``, with their keys; gives how many."""
        with self._database.writing() as connection:
            return connection.execute(
                update(outbox).where(outbox.c.state == ActState.SENDING).values(state=ActState.PENDING)
            ).rowcount

    def forget_over(self, *, before: datetime) -> int:
        """Remove acts that are over and older than a moment; gives how many."""
        over = tuple(state for state in ActState if state not in OPEN_ACT_STATES)
        with self._database.writing() as connection:
            return connection.execute(
                delete(outbox).where(outbox.c.state.in_(over), outbox.c.created_at < before)
            ).rowcount


def _is_due(record: OutboxRecord, now: datetime, longest_hold: timedelta) -> bool:
    if record.state is ActState.PENDING:
        return True
    if record.state is not ActState.HELD:
        return False
    return record.held_until is None or not now < record.held_until <= now + longest_hold


def _taken(connection: Connection, record: OutboxRecord) -> OutboxRecord:
    return _moved(connection, record.id, ActState.SENDING, {"attempts": record.attempts + 1, "held_until": None})


def _moved(connection: Connection, act_id: str, target: ActState, changes: dict[str, Any]) -> OutboxRecord:
    connection.execute(update(outbox).where(outbox.c.id == act_id).values(state=target, **changes))
    return _record(connection.execute(select(outbox).where(outbox.c.id == act_id)).mappings().one())


def _values(record: OutboxRecord) -> dict[str, Any]:
    return {name: getattr(record, name) for name in OutboxRecord.__dataclass_fields__}


def _record(row: RowMapping) -> OutboxRecord:
    values = {name: row[name] for name in OutboxRecord.__dataclass_fields__}
    return OutboxRecord(**{**values, "kind": ActKind(row["kind"]), "state": ActState(row["state"])})
