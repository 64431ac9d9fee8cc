# SPDX-License-Identifier: AGPL-3.0-or-later
"""People of companies and the invitations that brought them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id

REMOVED = "removed"
"""State of an entry that is kept for the history only; the others are those of ``EmployeeState``."""

_PRESENT = text("state <> 'removed'")


class EmployeeRecord(Base):
    """A person of a company; a person is in one company at most.

    ``permissions`` are codes separated by spaces. ``name_key`` orders by last name as Polish does, ``found_by`` is
    the folded text that a search looks in. Rows change only while the company's row is locked.
    """

    __tablename__ = "employees"
    __table_args__ = (
        Index("ix_employees_company_name", "company_id", "name_key", "id"),
        Index("uq_employees_user", "user_id", unique=True, sqlite_where=_PRESENT, postgresql_where=_PRESENT),
        Index(
            "uq_employees_email",
            "company_id",
            "email_folded",
            unique=True,
            sqlite_where=_PRESENT,
            postgresql_where=_PRESENT,
        ),
    )

    id: Mapped[str] = mapped_column(BYTEWISE, primary_key=True, default=new_id)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    user_id: Mapped[str | None] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(String(20))
    email: Mapped[str] = mapped_column(String(320))
    email_folded: Mapped[str] = mapped_column(String(320))
    first_name: Mapped[str] = mapped_column(String(80))
    last_name: Mapped[str] = mapped_column(String(80))
    phone: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200))
    language: Mapped[str] = mapped_column(String(2))
    permissions: Mapped[str] = mapped_column(String(60))
    superior_id: Mapped[str | None] = mapped_column(BYTEWISE, index=True)
    name_key: Mapped[str] = mapped_column(BYTEWISE)
    found_by: Mapped[str] = mapped_column(String(1000))
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    invited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Invitation(Base):
    """One mailed link, known by the SHA-256 of its token. ``ended_at`` is set when it was used, revoked or replaced.

    ``reminders`` is 1 for a link that came with a reminder, which no other follows.
    """

    __tablename__ = "invitations"
    __table_args__ = (Index("ix_invitations_open", "ended_at", "created_at"),)

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    employee_id: Mapped[str] = mapped_column(ForeignKey("employees.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminders: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
