# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings of the newest run of the checks, and the runs that are due."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime


class Finding(Base):
    """One finding about a company; a new run of a source replaces that source's findings.

    ``box`` are fractions of the unrotated page, origin top left; ``details`` fill the placeholders of the sentence.
    """

    __tablename__ = "check_findings"

    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    source: Mapped[str] = mapped_column(String(20), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    code: Mapped[str] = mapped_column(String(40))
    status: Mapped[str] = mapped_column(String(10))
    field: Mapped[str | None] = mapped_column(String(60))
    document_id: Mapped[str | None] = mapped_column(String(64))
    page: Mapped[int | None] = mapped_column(Integer)
    box: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
    details: Mapped[dict[str, Any]] = mapped_column(JSON)
    checked_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DocumentRun(Base):
    """The checks of a company's documents: for which facts they were run, and when they are due.

    ``facts`` is the digest of the facts of the last finished run. ``due_at`` is null while nothing is to be done;
    who takes a run moves it on, so that no other process takes it too, and it comes up again if that one dies.
    """

    __tablename__ = "check_runs"
    __table_args__ = (Index("ix_check_runs_due_at", "due_at"),)

    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    facts: Mapped[str | None] = mapped_column(String(64))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
