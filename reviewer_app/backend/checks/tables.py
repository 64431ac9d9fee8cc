# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings of the newest run of the checks."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime


class Finding(Base):
    """One finding about a company; a new run replaces all of a company's findings."""

    __tablename__ = "check_findings"

    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(10))
    field: Mapped[str | None] = mapped_column(String(60))
    document_id: Mapped[str | None] = mapped_column(String(64))
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)
