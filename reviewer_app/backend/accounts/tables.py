# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers, their sessions, mailed links and consents."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime


class User(Base):
    """A customer's account. ``email_folded`` is the address without regard to case."""

    __tablename__ = "users"
    __table_args__ = (Index("ix_users_name", "last_name", "first_name"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_folded: Mapped[str] = mapped_column(String(320), unique=True)
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    password_hash: Mapped[str] = mapped_column(String(200))
    terms_version: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CustomerSession(Base):
    """A sign-in. Only the token's digest is kept."""

    __tablename__ = "customer_sessions"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class MailedLink(Base):
    """A link that was mailed to a customer: ``purpose`` is the kind of the mail. Single use.

    ``new_email`` is the address that the link proves, where it is not the account's own yet.
    """

    __tablename__ = "mailed_links"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    purpose: Mapped[str] = mapped_column(String(20))
    token_digest: Mapped[str] = mapped_column(String(64), unique=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    new_email: Mapped[str | None] = mapped_column(String(320))


class MarketingConsent(Base):
    """Consents as given at one time with one wording; the newest row of a user is in force, none is changed."""

    __tablename__ = "marketing_consents"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("users.id"), index=True)
    email: Mapped[bool]
    phone: Mapped[bool]
    sms: Mapped[bool]
    wording_version: Mapped[str] = mapped_column(String(20))
    recorded_at: Mapped[datetime] = mapped_column(UtcDateTime)
