# SPDX-License-Identifier: AGPL-3.0-or-later
"""Addresses of companies."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id


class BookAddressRecord(Base):
    """One address. ``place_key`` is the folded place, by which two entries of the same place are found."""

    __tablename__ = "addresses"
    __table_args__ = (
        Index("ix_addresses_company", "company_id", "place_key"),
        Index(
            "uq_addresses_default",
            "company_id",
            "kind",
            unique=True,
            sqlite_where=text("is_default = 1"),
            postgresql_where=text("is_default"),
        ),
    )

    id: Mapped[str] = mapped_column(BYTEWISE, primary_key=True, default=new_id)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(200))
    street: Mapped[str] = mapped_column(String(200))
    building: Mapped[str] = mapped_column(String(200))
    unit: Mapped[str] = mapped_column(String(200))
    postal_code: Mapped[str] = mapped_column(String(200))
    city: Mapped[str] = mapped_column(String(200))
    country: Mapped[str] = mapped_column(String(2))
    phone: Mapped[str] = mapped_column(String(200))
    place_key: Mapped[str] = mapped_column(String(1200))
    is_default: Mapped[bool]
    version: Mapped[int] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
