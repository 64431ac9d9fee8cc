# SPDX-License-Identifier: AGPL-3.0-or-later
"""The hash chain over the history: how a row is hashed, and how the whole is verified."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.tables import FIRST_HASH, HEAD_ID, AuditEntry, AuditFacts, AuditHead
from reviewer_app.contract.messages import rfc3339

_BATCH = 1000


class ChainBreak(NamedTuple):
    """The first row that does not fit; ``seq`` is its number, ``reason`` says what is wrong with it."""

    seq: int
    reason: str


class Link(NamedTuple):
    """A row before its own hash is known; the fields that are hashed."""

    seq: int
    id: str
    company_id: str | None
    at: datetime
    actor: str
    kind: str
    facts_digest: str
    previous_hash: str


def facts_digest(salt: str, actor_id: str | None, actor_name: str, details: Mapping[str, str]) -> str:
    """Digest the erasable part of a row; without the salt it tells nothing."""
    return _sha256([salt, actor_id, actor_name, dict(details)])


def entry_hash(entry: AuditEntry | Link) -> str:
    """Hash a row together with the hash of the row before it."""
    return _sha256(
        [
            entry.previous_hash,
            entry.seq,
            entry.id,
            entry.company_id,
            rfc3339(entry.at),
            entry.actor,
            entry.kind,
            entry.facts_digest,
        ]
    )


def verify_chain(session: Session) -> ChainBreak | None:
    """Check every row, its facts and the head. Gives the first break, None when the chain is whole."""
    expected_seq, expected_hash = 1, FIRST_HASH
    statement = (
        select(AuditEntry, AuditFacts)
        .outerjoin(AuditFacts, AuditFacts.entry_id == AuditEntry.id)
        .order_by(AuditEntry.seq)
        .execution_options(yield_per=_BATCH)
    )
    with session.execute(statement) as rows:
        for entry, facts in rows:
            reason = _fault(entry, facts, expected_seq, expected_hash)
            if reason:
                return ChainBreak(expected_seq, reason)
            expected_seq, expected_hash = entry.seq + 1, entry.hash
    head = session.get_one(AuditHead, HEAD_ID)
    if (head.seq, head.hash) != (expected_seq - 1, expected_hash):
        return ChainBreak(expected_seq, f"the head says {head.seq} rows, found {expected_seq - 1}")
    return None


def _fault(entry: AuditEntry, facts: AuditFacts | None, seq: int, previous: str) -> str:
    if entry.seq != seq:
        return "the row is missing"
    if entry.previous_hash != previous:
        return "the row does not follow the one before it"
    if entry_hash(entry) != entry.hash:
        return "the row was changed"
    if facts and facts_digest(facts.salt, facts.actor_id, facts.actor_name, facts.details) != entry.facts_digest:
        return "the row's facts were changed"
    return ""


def _sha256(values: object) -> str:
    return hashlib.sha256(json.dumps(values, ensure_ascii=False, sort_keys=True).encode()).hexdigest()
