# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions to the registers as they were counted, and the answers as evidence."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id


class RegisterGate(Base):
    """One row a register, locked while a question is let through.

    ``next_at`` is the first moment for the next question, ``blocked_until`` the end of a block that the register
    announced; both survive a restart and hold for all processes.
    """

    __tablename__ = "register_gates"

    register: Mapped[str] = mapped_column(String(10), primary_key=True)
    passed: Mapped[int] = mapped_column(Integer)
    next_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class RegisterCall(Base):
    """One question that was let through, for counting; ``purpose`` is ``prefill`` or ``check``."""

    __tablename__ = "register_calls"
    __table_args__ = (Index("ix_register_calls_counted", "register", "operation", "at"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    register: Mapped[str] = mapped_column(String(10))
    operation: Mapped[str] = mapped_column(String(20))
    purpose: Mapped[str] = mapped_column(String(10))
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class RegisterEvidence(Base):
    """One question and its whole answer, without PESELs and without names that the register itself would mask.

    ``status`` is null when no answer came; ``request_id`` is the register's own number of the answer.
    ``company_id`` is null for what a customer fetched before there was a company.
    """

    __tablename__ = "register_evidence"
    __table_args__ = (
        Index("ix_register_evidence_subject", "register", "operation", "subject", "asked_at"),
        Index("ix_register_evidence_company_id", "company_id", "asked_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    company_id: Mapped[str | None] = mapped_column(ForeignKey("companies.id"))
    register: Mapped[str] = mapped_column(String(10))
    operation: Mapped[str] = mapped_column(String(20))
    subject: Mapped[str] = mapped_column(String(60))
    outcome: Mapped[str] = mapped_column(String(20))
    status: Mapped[int | None] = mapped_column(Integer)
    request_id: Mapped[str | None] = mapped_column(String(100))
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[Any] = mapped_column(JSON(none_as_null=True), nullable=True)


class RegisterRun(Base):
    """The register checks of a company: for which declared data they were done, and when they are due.

    ``due_at`` is null while nothing is to be done. Who takes a run moves it on, so that no other process takes it too.
    ``attempts`` counts how often it was begun since it was asked for.
    """

    __tablename__ = "register_runs"
    __table_args__ = (Index("ix_register_runs_due_at", "due_at"),)

    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    facts: Mapped[str | None] = mapped_column(String(64))
    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0, server_default=text("0"))
