# SPDX-License-Identifier: AGPL-3.0-or-later
"""Growing delays after failed attempts, kept in the database. Never a lock for good."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from sqlalchemy import String, delete, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime, insert_into
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.problems import ProblemCode

_FORGOTTEN_AFTER = timedelta(hours=24)


class Attempts(Base):
    """Attempts of one kind on one subject, which is kept as a digest: it may name an account that does not exist."""

    __tablename__ = "attempts"

    subject: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    blocked_until: Mapped[datetime] = mapped_column(UtcDateTime)


@dataclass(frozen=True, slots=True)
class Throttle:
    """A rule: ``free`` attempts at once, then a delay that doubles with each further one up to ``longest``."""

    kind: str
    free: int
    first: timedelta
    longest: timedelta

    def check(self, session: Session, subject: str, now: datetime) -> None:
        """Raise ProblemError ``too_many_attempts`` with ``Retry-After`` while the subject has to wait."""
        wait = self._wait(session, subject, now)
        if wait > timedelta(0):
            seconds = max(1, ceil(wait.total_seconds()))
            raise ProblemError(ProblemCode.TOO_MANY_ATTEMPTS, headers={"Retry-After": str(seconds)}, seconds=seconds)

    def blocks(self, session: Session, subject: str, now: datetime) -> bool:
        """Say whether the subject has to wait, where nobody may be told."""
        return self._wait(session, subject, now) > timedelta(0)

    def count(self, session: Session, subject: str, now: datetime) -> None:
        """Count an attempt; a pause of a day forgets the earlier ones."""
        key = self._key(subject)
        first = {"subject": key, "count": 0, "last_at": now, "blocked_until": now}
        # Two first attempts at once: one of them makes the row, the other waits for it and counts on.
        session.execute(insert_into(session, Attempts).values(first).on_conflict_do_nothing())
        chosen = select(Attempts).where(Attempts.subject == key).with_for_update()
        row = session.scalars(chosen, execution_options={"populate_existing": True}).one()
        if row.last_at <= now - _FORGOTTEN_AFTER:
            row.count = 0
        row.count += 1
        row.last_at = now
        row.blocked_until = now + self._delay(row.count)
        session.flush()

    def clear(self, session: Session, subject: str) -> None:
        """Forget the attempts after a success."""
        session.execute(delete(Attempts).where(Attempts.subject == self._key(subject)))

    def _wait(self, session: Session, subject: str, now: datetime) -> timedelta:
        row = session.get(Attempts, self._key(subject))
        return row.blocked_until - now if row is not None else timedelta(0)

    def _delay(self, count: int) -> timedelta:
        if count < self.free:
            return timedelta(0)
        doublings: int = min(count - self.free, 20)
        return min(self.first * (1 << doublings), self.longest)

    def _key(self, subject: str) -> str:
        return hashlib.sha256(f"{self.kind}\n{subject}".encode()).hexdigest()


def purge_attempts(session: Session, now: datetime) -> None:
    """Forget attempts that no longer count."""
    session.execute(delete(Attempts).where(Attempts.last_at <= now - _FORGOTTEN_AFTER))
