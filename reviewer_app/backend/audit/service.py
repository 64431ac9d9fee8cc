# SPDX-License-Identifier: AGPL-3.0-or-later
"""Records acts, tells a company's history, and gives the change feed."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import bindparam, insert, update
from sqlalchemy.orm import Session

from reviewer_app.backend.audit import repository
from reviewer_app.backend.audit.chain import Link, entry_hash, facts_digest
from reviewer_app.backend.audit.signal import FeedSignal
from reviewer_app.backend.audit.tables import HEAD_ID, AuditEntry, AuditFacts, AuditHead
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import after_commit, before_commit, new_id, table_of
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.history import HistoryKind, history_text
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import Change, Changes, HistoryEntry
from reviewer_app.contract.states import Actor
from reviewer_app.contract.text import Language

_PENDING = "audit_pending"


_head = table_of(AuditHead)
_ADVANCE = (
    update(_head)
    .where(_head.c.id == HEAD_ID)
    .values(seq=_head.c.seq + bindparam("rows"))
    .returning(_head.c.seq, _head.c.hash)
)
_SEAL = update(_head).where(_head.c.id == HEAD_ID).values(hash=bindparam("last_hash"))
_ADD_ENTRIES, _ADD_FACTS = insert(table_of(AuditEntry)), insert(table_of(AuditFacts))


def head_seq(session: Session) -> int:
    """Give the number of the last act."""
    return repository.head_seq(session)


def later_kinds(
    session: Session, since: Mapping[str, int], *, kinds: Sequence[HistoryKind], but_of: str
) -> list[tuple[str, str, dict[str, str]]]:
    """Give company, kind and details of each act after the number named for its company, oldest first, but not of one person."""
    return repository.kinds_after(session, since, [kind.value for kind in kinds], but_of)


def details_of(
    session: Session, company_ids: Sequence[str], kind: HistoryKind, *, but_of: str
) -> list[tuple[str, dict[str, str]]]:
    """Give company and details of each act of a kind on these companies, oldest first, but not of one person."""
    return repository.details_of(session, company_ids, kind.value, but_of)


def details_by(
    session: Session, company_id: str, kinds: Sequence[HistoryKind], actor_id: str
) -> list[tuple[str, dict[str, str]]]:
    """Give kind and details of each act of these kinds of one person on a company, oldest first."""
    return repository.details_by(session, company_id, [kind.value for kind in kinds], actor_id)


class Done(NamedTuple):
    """An act of the history with its facts."""

    seq: int
    company_id: str
    kind: str
    at: datetime
    actor_name: str
    details: dict[str, str]


def acts_after(
    session: Session, since: int, *, kinds: Sequence[HistoryKind], but_of: str, most: int
) -> tuple[Done, ...]:
    """Give the newest acts of these kinds on companies after a number, oldest first, but not of one person."""
    rows = repository.acts_after(session, since, [kind.value for kind in kinds], but_of, most)
    return tuple(
        Done(entry.seq, entry.company_id or "", entry.kind, entry.at, facts.actor_name, facts.details)
        for entry, facts in rows
    )


def last_actors(session: Session, company_ids: Sequence[str], kinds: Sequence[HistoryKind]) -> dict[str, str | None]:
    """Give for each company who did its last act of these kinds; companies without one are left out."""
    return repository.last_actors(session, company_ids, [kind.value for kind in kinds])


class _Pending(NamedTuple):
    entry: Link
    facts: dict[str, Any]


class History:
    """The history of all acts. One instance per application."""

    def __init__(self, clock: Clock, signal: FeedSignal) -> None:
        self._clock = clock
        self._signal = signal

    def record(
        self,
        session: Session,
        *,
        company_id: str | None,
        actor: Actor,
        actor_id: str | None,
        actor_name: str,
        kind: HistoryKind,
        details: Mapping[str, str] | None = None,
    ) -> None:
        """Record an act; it gets its number and its place in the chain as the last thing of the transaction.

        ``details`` fill the placeholders of the kind's text. Acts of a company are rows of the change feed as well.
        """
        salt, entry_id, told = secrets.token_hex(16), new_id(), dict(details or {})
        facts = {
            "entry_id": entry_id,
            "salt": salt,
            "actor_id": actor_id,
            "actor_name": actor_name,
            "details": told,
        }
        entry = Link(
            seq=0,
            id=entry_id,
            company_id=company_id,
            at=_to_milliseconds(self._clock),
            actor=actor.value,
            kind=kind.value,
            facts_digest=facts_digest(salt, actor_id, actor_name, told),
            previous_hash="",
        )
        session.info.setdefault(_PENDING, []).append(_Pending(entry, facts))
        before_commit(session, "audit", _chain_pending)
        after_commit(session, "audit", self._signal.wake)

    def adopt(self, session: Session, rows: Iterable[tuple[Link, dict[str, Any]]]) -> None:
        """Put rows of another history, with their facts, at the end of this one; their places in the chain are new."""
        session.info.setdefault(_PENDING, []).extend(_Pending(entry, facts) for entry, facts in rows)
        before_commit(session, "audit", _chain_pending)
        after_commit(session, "audit", self._signal.wake)

    def entries(self, session: Session, company_id: str, language: Language) -> tuple[HistoryEntry, ...]:
        """Tell a company's history, oldest first. Raises ProblemError ``not_found`` for an unknown company."""
        rows = repository.entries_of(session, company_id)
        if not rows:
            raise ProblemError(ProblemCode.NOT_FOUND)
        return tuple(_told(entry, facts, language) for entry, facts in rows)

    def changes(self, session: Session, since: int | None) -> Changes:
        """Give the rows of the feed after ``since``, at most 200; without it only the present end of the feed."""
        head = repository.head_seq(session)
        if since is None or since > head:
            return Changes(items=(), next=head)
        rows = repository.feed_after(session, since)
        items = tuple(Change(seq=row.seq, company_id=row.company_id or "", kind=row.kind, at=row.at) for row in rows)
        full = len(items) == repository.FEED_LIMIT
        return Changes(items=items, next=items[-1].seq if full else head)


def _chain_pending(session: Session) -> None:
    pending: list[_Pending] = session.info[_PENDING]
    connection = session.connection()  # plain rows: nothing reads them again as objects
    last, previous = connection.execute(_ADVANCE, {"rows": len(pending)}).one()
    entries = []
    for seq, (pending_entry, _) in enumerate(pending, start=last - len(pending) + 1):
        entry = pending_entry._replace(seq=seq, previous_hash=previous)
        previous = entry_hash(entry)
        entries.append({**entry._asdict(), "hash": previous})
    connection.execute(_ADD_ENTRIES, entries)
    connection.execute(_ADD_FACTS, [row.facts for row in pending])
    connection.execute(_SEAL, {"last_hash": previous})


def _told(entry: AuditEntry, facts: AuditFacts | None, language: Language) -> HistoryEntry:
    details = facts.details if facts else {}
    return HistoryEntry(
        id=entry.id,
        at=entry.at,
        actor=Actor(entry.actor),
        actor_name=facts.actor_name if facts else "",
        kind=entry.kind,
        text=history_text(HistoryKind(entry.kind), details).in_language(language),
        details=details,
    )


def _to_milliseconds(clock: Clock) -> datetime:
    now = clock.now()
    return now.replace(microsecond=now.microsecond // 1000 * 1000)
