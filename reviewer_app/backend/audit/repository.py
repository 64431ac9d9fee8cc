# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries on the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.tables import HEAD_ID, AuditEntry, AuditFacts, AuditHead

FEED_LIMIT = 200


def head_seq(session: Session) -> int:
    """Give the number of the last row."""
    return session.scalars(select(AuditHead.seq).where(AuditHead.id == HEAD_ID)).one()


def feed_after(session: Session, since: int) -> Sequence[AuditEntry]:
    """List the rows about companies after a number, oldest first."""
    statement = (
        select(AuditEntry)
        .where(AuditEntry.seq > since, AuditEntry.company_id.is_not(None))
        .order_by(AuditEntry.seq)
        .limit(FEED_LIMIT)
    )
    return session.scalars(statement).all()


def entries_of(session: Session, company_id: str) -> list[tuple[AuditEntry, AuditFacts | None]]:
    """List a company's rows with their facts, oldest first; facts that were erased are None."""
    statement = (
        select(AuditEntry, AuditFacts)
        .outerjoin(AuditFacts, AuditFacts.entry_id == AuditEntry.id)
        .where(AuditEntry.company_id == company_id)
        .order_by(AuditEntry.seq)
    )
    return [(entry, facts) for entry, facts in session.execute(statement)]


def kinds_after(
    session: Session, since: Mapping[str, int], kinds: Sequence[str], but_of: str
) -> list[tuple[str, str, dict[str, str]]]:
    """Give company, kind and details of each row after the number named for its company, oldest first, but not of one actor."""
    later = or_(*(and_(AuditEntry.company_id == company_id, AuditEntry.seq > seq) for company_id, seq in since.items()))
    of_others = or_(AuditFacts.actor_id.is_(None), AuditFacts.actor_id != but_of)
    rows = session.execute(
        select(AuditEntry.company_id, AuditEntry.kind, AuditFacts.details)
        .join(AuditFacts, AuditFacts.entry_id == AuditEntry.id)
        .where(later, AuditEntry.kind.in_(kinds), of_others)
        .order_by(AuditEntry.seq)
    )
    return [(company_id or "", kind, details) for company_id, kind, details in rows]


def details_of(
    session: Session, company_ids: Sequence[str], kind: str, but_of: str
) -> list[tuple[str, dict[str, str]]]:
    """Give company and details of each row of a kind of these companies that is not of one actor, oldest first."""
    of_others = or_(AuditFacts.actor_id.is_(None), AuditFacts.actor_id != but_of)
    rows = session.execute(
        select(AuditEntry.company_id, AuditFacts.details)
        .join(AuditFacts, AuditFacts.entry_id == AuditEntry.id)
        .where(AuditEntry.company_id.in_(company_ids), AuditEntry.kind == kind, of_others)
        .order_by(AuditEntry.seq)
    )
    return [(company_id or "", details) for company_id, details in rows]


def details_by(
    session: Session, company_id: str, kinds: Sequence[str], actor_id: str
) -> list[tuple[str, dict[str, str]]]:
    """Give kind and details of each row of these kinds of a company that is of one actor, oldest first."""
    rows = session.execute(
        select(AuditEntry.kind, AuditFacts.details)
        .join(AuditEntry, AuditFacts.entry_id == AuditEntry.id)
        .where(AuditEntry.company_id == company_id, AuditEntry.kind.in_(kinds), AuditFacts.actor_id == actor_id)
        .order_by(AuditEntry.seq)
    )
    return [(kind, details) for kind, details in rows]


def acts_after(
    session: Session, since: int, kinds: Sequence[str], but_of: str, most: int
) -> list[tuple[AuditEntry, AuditFacts]]:
    """List the newest rows of these kinds after a number that are not of one actor, oldest first."""
    of_others = or_(AuditFacts.actor_id.is_(None), AuditFacts.actor_id != but_of)
    rows = session.execute(
        select(AuditEntry, AuditFacts)
        .join(AuditFacts, AuditFacts.entry_id == AuditEntry.id)
        .where(AuditEntry.seq > since, AuditEntry.kind.in_(kinds), AuditEntry.company_id.is_not(None), of_others)
        .order_by(AuditEntry.seq.desc())
        .limit(most)
    )
    return [(entry, facts) for entry, facts in rows][::-1]


def last_actors(session: Session, company_ids: Sequence[str], kinds: Sequence[str]) -> dict[str, str | None]:
    """Give for each company who did its last act of these kinds; companies without one are left out."""
    rows = session.execute(
        select(AuditEntry.company_id, AuditFacts.actor_id)
        .join(AuditFacts, AuditFacts.entry_id == AuditEntry.id)
        .where(AuditEntry.company_id.in_(company_ids), AuditEntry.kind.in_(kinds))
        .order_by(AuditEntry.seq)
    )
    return {company_id: actor_id for company_id, actor_id in rows if company_id is not None}
