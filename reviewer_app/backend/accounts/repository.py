# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries on customers' accounts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.tables import CustomerSession, MailedLink, MarketingConsent, User
from reviewer_app.backend.kit.database import table_of

_session = table_of(CustomerSession).c
_SESSION = select(_session.id, _session.user_id, _session.ended_at, _session.expires_at).where(
    _session.token_digest == bindparam("digest")
)


_USER_AND_CONSENT = (
    select(User, MarketingConsent)
    .outerjoin(MarketingConsent, MarketingConsent.user_id == User.id)
    .where(User.id == bindparam("user_id"))
    .order_by(MarketingConsent.recorded_at.desc(), MarketingConsent.id.desc())
    .limit(1)
)
_USER = select(User).where(User.id == bindparam("user_id"))


class SessionRow(NamedTuple):
    """A sign-in."""

    session_id: str
    user_id: str
    ended_at: datetime | None
    expires_at: datetime


def user_by_id(session: Session, user_id: str) -> User | None:
    """Find an account by its id."""
    return session.scalars(_USER, {"user_id": user_id}).one_or_none()


def user_and_consent(session: Session, user_id: str) -> tuple[User, MarketingConsent | None] | None:
    """Find an account by its id, with the consents in force. The menu and a person's own pages ask this."""
    row = session.execute(_USER_AND_CONSENT, {"user_id": user_id}).first()
    return (row[0], row[1]) if row else None


def user_by_email(session: Session, email_folded: str) -> User | None:
    """Find an account by its folded address."""
    return session.scalar(select(User).where(User.email_folded == email_folded))


def session_by_digest(connection: Connection, digest: str) -> SessionRow | None:
    """Find a sign-in by its token's digest. Every call of customers asks this, so the statement is made once."""
    row = connection.execute(_SESSION, {"digest": digest}).one_or_none()
    return SessionRow(*row) if row else None


def end_sessions(session: Session, user_id: str, now: datetime) -> None:
    """End all of a customer's sign-ins."""
    ended = update(CustomerSession).where(CustomerSession.user_id == user_id, CustomerSession.ended_at.is_(None))
    session.execute(ended.values(ended_at=now))


def end_session(session: Session, session_id: str, now: datetime) -> None:
    """End one sign-in."""
    session.execute(update(CustomerSession).where(CustomerSession.id == session_id).values(ended_at=now))


def link_by_digest(session: Session, digest: str, purpose: str) -> MailedLink | None:
    """Find a mailed link by its token's digest."""
    statement = select(MailedLink).where(MailedLink.token_digest == digest, MailedLink.purpose == purpose)
    return session.scalar(statement)


def use_links(session: Session, user_id: str, purpose: str, now: datetime) -> int:
    """Use up all unused links of a purpose; gives how many were unused. Of two at once only one gets any."""
    statement = (
        update(MailedLink)
        .where(MailedLink.user_id == user_id, MailedLink.purpose == purpose, MailedLink.used_at.is_(None))
        .values(used_at=now)
        .returning(MailedLink.id)
    )
    return len(session.scalars(statement).all())


def pending_link(session: Session, user_id: str, purpose: str, now: datetime) -> MailedLink | None:
    """Give the newest link of a purpose that can still be used."""
    statement = select(MailedLink).where(
        MailedLink.user_id == user_id,
        MailedLink.purpose == purpose,
        MailedLink.used_at.is_(None),
        MailedLink.expires_at > now,
    )
    return session.scalars(statement.order_by(MailedLink.created_at.desc(), MailedLink.id).limit(1)).first()


def delete_inactive(session: Session, user_id: str) -> None:
    """Take away an account that was never activated, with its links; it can have nothing else."""
    session.execute(delete(MailedLink).where(MailedLink.user_id == user_id))
    session.execute(delete(User).where(User.id == user_id, User.activated_at.is_(None)))


def consents_of(session: Session, user_id: str) -> Sequence[MarketingConsent]:
    """Give all consents of a user as given, newest first."""
    statement = select(MarketingConsent).where(MarketingConsent.user_id == user_id)
    return session.scalars(statement.order_by(MarketingConsent.recorded_at.desc(), MarketingConsent.id.desc())).all()


def purge_sessions(session: Session, ended_before: datetime) -> None:
    """Forget sign-ins that ended or expired before a moment."""
    session.execute(delete(CustomerSession).where(CustomerSession.expires_at < ended_before))
