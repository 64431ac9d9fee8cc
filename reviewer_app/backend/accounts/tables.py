# SPDX-License-Identifier: AGPL-3.0-or-later
"""Customers, their sessions, mailed links and consents."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.contacts import person_key, phone_key
from reviewer_app.backend.kit.database import Base, UtcDateTime


def _name_key(context: Any) -> str:
    row = context.get_current_parameters()
    return person_key(row["first_name"], row["last_name"])


def _phone_key(context: Any) -> str:
    return phone_key(context.get_current_parameters()["phone"])


class User(Base):
    """A customer's account. ``email_folded`` is the address without regard to case.

    ``name_key`` and ``phone_key`` are name and phone in the form in which they are compared.
    """

    __tablename__ = "users"
    __table_args__ = (Index("ix_users_name_key", "name_key"), Index("ix_users_phone_key", "phone_key"))

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    email_folded: Mapped[str] = mapped_column(String(320), unique=True)
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    name_key: Mapped[str] = mapped_column(BYTEWISE, default=_name_key, server_default=text("''"))
    phone: Mapped[str] = mapped_column(String(200))
    phone_key: Mapped[str] = mapped_column(BYTEWISE, default=_phone_key, server_default=text("''"))
    position: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    password_hash: Mapped[str] = mapped_column(String(200))
    terms_version: Mapped[str] = mapped_column(String(20))
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    activated_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    @validates("first_name", "last_name")
    def _keep_name_key(self, changed: str, value: str) -> str:
        name = {"first_name": self.first_name, "last_name": self.last_name, changed: value}
        self.name_key = person_key(name["first_name"], name["last_name"])
        return value

    @validates("phone")
    def _keep_phone_key(self, _name: str, phone: str) -> str:
        self.phone_key = phone_key(phone)
        return phone


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
