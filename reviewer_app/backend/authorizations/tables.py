# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sheets that were made: which number stands for which company, administrator and data."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime


class Sheet(Base):
    """One numbered sheet. ``digest`` is the SHA-256 of the data that it carries, ``data_version`` the company's."""

    __tablename__ = "authorization_sheets"
    __table_args__ = (
        UniqueConstraint("company_id", "variant", "digest"),
        Index("ix_authorization_sheets_administrator_id", "administrator_id"),
    )

    number: Mapped[str] = mapped_column(String(40), primary_key=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    administrator_id: Mapped[str] = mapped_column(String(64))
    variant: Mapped[str] = mapped_column(String(20))
    digest: Mapped[str] = mapped_column(String(64))
    data_version: Mapped[int] = mapped_column(Integer)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SheetCounter(Base):
    """The last serial number given in a year."""

    __tablename__ = "authorization_counters"

    year: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    last: Mapped[int] = mapped_column(Integer)
