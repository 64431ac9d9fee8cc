# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finishing links and what was chosen by them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime


class CompletionLink(Base):
    """One link, known by the SHA-256 of its token. ``ended_at`` is set when a newer link or an act took its place."""

    __tablename__ = "completion_links"

    token_digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    choice: Mapped[str | None] = mapped_column(String(20))
    owh_version: Mapped[str | None] = mapped_column(String(200))
    terms_version: Mapped[str | None] = mapped_column(String(200))
    einvoice_accepted: Mapped[bool | None]
    einvoice_email: Mapped[str | None] = mapped_column(String(254))
