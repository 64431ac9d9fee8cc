# SPDX-License-Identifier: AGPL-3.0-or-later
"""Decisions as they were taken: kept apart from the state that they led to."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import CompanyState, Outcome, Verdict


class DecisionRecord(Base):
    """One decision. ``version`` is the company's after it, ``waited_seconds`` the time since the submission.

    ``failed_checks`` names the checks that failed at a first approval, which another person follows; null on others.
    """

    __tablename__ = "decisions"
    __table_args__ = (
        Index("ix_decisions_company_id", "company_id", "decided_at"),
        Index("ix_decisions_decided_at", "decided_at"),
    )

    id: Mapped[str] = mapped_column(String(64), primary_key=True, default=new_id)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"))
    outcome: Mapped[Outcome] = mapped_column(String(40))
    state: Mapped[CompanyState] = mapped_column(String(40))
    version: Mapped[int] = mapped_column(Integer)
    round: Mapped[int] = mapped_column(Integer)
    decided_at: Mapped[datetime] = mapped_column(UtcDateTime)
    staff_id: Mapped[str] = mapped_column(String(64))
    staff_username: Mapped[str] = mapped_column(String(200))
    staff_name: Mapped[str] = mapped_column(String(200))
    customer_note: Mapped[str | None] = mapped_column(String(4000))
    internal_note: Mapped[str | None] = mapped_column(String(4000))
    second_review_due: Mapped[bool] = mapped_column(default=False)
    waited_seconds: Mapped[float] = mapped_column(Float)
    failed_checks: Mapped[list[str] | None] = mapped_column(JSON(none_as_null=True))


class VerdictRecord(Base):
    """What a decision said about one version of a document."""

    __tablename__ = "decision_verdicts"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    verdict: Mapped[Verdict] = mapped_column(String(40))


class ReasonRecord(Base):
    """One reason of a decision, about a document's version, else about declared data or the whole company."""

    __tablename__ = "decision_reasons"

    decision_id: Mapped[str] = mapped_column(ForeignKey("decisions.id"), primary_key=True)
    position: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    document_id: Mapped[str | None] = mapped_column(ForeignKey("documents.id"))
    code: Mapped[ReasonCode] = mapped_column(String(60))
    note: Mapped[str | None] = mapped_column(String(4000))
    field: Mapped[str | None] = mapped_column(String(60))
    page: Mapped[int | None] = mapped_column(Integer)
    region: Mapped[list[float] | None] = mapped_column(JSON(none_as_null=True))
