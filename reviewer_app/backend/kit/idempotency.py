# SPDX-License-Identifier: AGPL-3.0-or-later
"""Idempotency keys: an act that was done is not done twice, however often it is sent.

A key belongs to a caller, a method and a path. It is written in the transaction of the act, so that either both are
there or neither is. What is kept, following Stripe's practice ("the first request's result, once the endpoint began
to execute"): answers of success, and refusals by the act itself (403, 404, 409, 410, 412, 413, 415, 422). Not kept are
refusals before it began (a malformed request, a missing header, no session), 429, and failures of ours (5xx): nothing
was done, so the same key may be sent again. Keys are kept for 30 days.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import JSON, LargeBinary, String, bindparam, delete, select, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime, table_of
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.problems import ProblemCode

KEPT_FOR = timedelta(days=30)
KEPT_REFUSALS = frozenset({403, 404, 409, 410, 412, 413, 415, 422})


class IdempotencyKey(Base):
    """One key and the answer that it gave. ``scope`` is a digest of caller, method, path and key."""

    __tablename__ = "idempotency_keys"

    scope: Mapped[str] = mapped_column(String(64), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64))
    status: Mapped[int]
    headers: Mapped[dict[str, str]] = mapped_column(JSON)
    body: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


_keys = table_of(IdempotencyKey)
_KNOWN = select(_keys.c.fingerprint, _keys.c.status, _keys.c.headers, _keys.c.body, _keys.c.created_at).where(
    _keys.c.scope == bindparam("asked")
)


def _replacing(insert: sqlite.Insert | postgresql.Insert) -> sqlite.Insert | postgresql.Insert:
    kept = ("fingerprint", "status", "headers", "body", "created_at")
    return insert.on_conflict_do_update(
        index_elements=[_keys.c.scope], set_={name: insert.excluded[name] for name in kept}
    )


_STORE = {"sqlite": _replacing(sqlite.insert(_keys)), "postgresql": _replacing(postgresql.insert(_keys))}


class KeyUse(NamedTuple):
    """One use of a key: where it applies, and a digest of what came with it."""

    scope: str
    fingerprint: str


class StoredAnswer(NamedTuple):
    """An answer as kept."""

    status: int
    headers: dict[str, str]
    body: bytes


def scope_of(*, caller: str, method: str, path: str, key: str) -> str:
    """Digest what a key belongs to."""
    return hashlib.sha256(f"{caller}\n{method}\n{path}\n{key}".encode()).hexdigest()


class RunningKeys:
    """The keys whose acts are running in this process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scopes: set[str] = set()

    @contextmanager
    def hold(self, scope: str) -> Iterator[None]:
        """Hold a key while its act runs. Raises ProblemError ``idempotency_in_progress`` when it is held."""
        with self._lock:
            if scope in self._scopes:
                raise ProblemError(ProblemCode.IDEMPOTENCY_IN_PROGRESS, headers={"Retry-After": "1"})
            self._scopes.add(scope)
        try:
            yield
        finally:
            with self._lock:
                self._scopes.discard(scope)


def lock_key(session: Session, scope: str) -> None:
    """Keep other processes from the same key until the transaction ends.

    PostgreSQL has an advisory lock for it; on SQLite the writing transaction itself keeps them out. Raises
    ProblemError ``idempotency_in_progress``.
    """
    if session.get_bind().dialect.name != "postgresql":
        return
    number = int.from_bytes(bytes.fromhex(scope)[:8], "big", signed=True)
    if not session.scalar(text("SELECT pg_try_advisory_xact_lock(:number)"), {"number": number}):
        raise ProblemError(ProblemCode.IDEMPOTENCY_IN_PROGRESS, headers={"Retry-After": "1"})


def stored_answer(session: Session, use: KeyUse, now: datetime) -> StoredAnswer | None:
    """Give the first answer to a key, None for a new one.

    Raises ProblemError ``idempotency_key_reused`` when the key came with another body.
    """
    row = session.connection().execute(_KNOWN, {"asked": use.scope}).one_or_none()
    if row is None or row.created_at <= now - KEPT_FOR:
        return None
    if row.fingerprint != use.fingerprint:
        raise ProblemError(ProblemCode.IDEMPOTENCY_KEY_REUSED)
    return StoredAnswer(row.status, row.headers, row.body)


def store_answer(session: Session, use: KeyUse, answer: StoredAnswer, now: datetime) -> None:
    """Keep the first answer to a key in the transaction of its act, in place of one whose time is over."""
    connection = session.connection()
    values = {
        "scope": use.scope,
        "fingerprint": use.fingerprint,
        "status": answer.status,
        "headers": answer.headers,
        "body": answer.body,
        "created_at": now,
    }
    connection.execute(_STORE[connection.dialect.name], values)


def purge_keys(session: Session, now: datetime) -> None:
    """Forget the keys that are older than 30 days."""
    session.execute(delete(IdempotencyKey).where(IdempotencyKey.created_at <= now - KEPT_FOR))
