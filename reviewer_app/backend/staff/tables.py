# SPDX-License-Identifier: AGPL-3.0-or-later
"""Staff, their sessions and access tokens."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime


class StaffAccount(Base):
    """A member of staff. ``otp_last_step`` is the time step of the last one-time code used: none is used twice."""

    __tablename__ = "staff_accounts"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    username: Mapped[str] = mapped_column(String(200))
    username_folded: Mapped[str] = mapped_column(String(200), unique=True)
    display_name: Mapped[str] = mapped_column(String(200))
    role: Mapped[str] = mapped_column(String(20))
    password_hash: Mapped[str] = mapped_column(String(200))
    otp_secret: Mapped[str | None] = mapped_column(String(64))
    otp_last_step: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    disabled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffSignIn(Base):
    """A sign-in: the family of all tokens that came of it. Ending it ends them all."""

    __tablename__ = "staff_sign_ins"

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    refresh_digest: Mapped[str] = mapped_column(String(64), unique=True)
    refresh_expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class StaffSpentRefresh(Base):
    """A refresh token that was exchanged; seen again after the grace it ends its family."""

    __tablename__ = "staff_spent_refreshes"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    sign_in_id: Mapped[str] = mapped_column(ForeignKey("staff_sign_ins.id", ondelete="CASCADE"), index=True)
    spent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class StaffAccess(Base):
    """An access token."""

    __tablename__ = "staff_accesses"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    sign_in_id: Mapped[str] = mapped_column(ForeignKey("staff_sign_ins.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
