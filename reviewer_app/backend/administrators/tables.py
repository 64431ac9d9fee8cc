# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of administrators as asked for and as they ended."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id

_OPEN = text("state IN ('awaiting_authorization', 'pending_verification', 'correction_requested')")


class ChangeRecord(Base):
    """One change; a company has one open change at most. ``candidate_id`` is an employee, ``requested_by`` a user.

    ``previous_sheets`` are the documents by which the present administrator was accepted.
    """

    __tablename__ = "administrator_changes"
    __table_args__ = (
        Index("ix_administrator_changes_company", "company_id", "requested_at"),
        Index("uq_administrator_changes_open", "company_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    candidate_id: Mapped[str] = mapped_column(ForeignKey("employees.id"), index=True)
    requested_by: Mapped[str] = mapped_column(ForeignKey("users.id"))
    state: Mapped[str] = mapped_column(String(40))
    authorization_number: Mapped[str | None] = mapped_column(String(40))
    previous_sheets: Mapped[list[str]] = mapped_column(JSON)
    decision_id: Mapped[str | None] = mapped_column(String(64))
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
