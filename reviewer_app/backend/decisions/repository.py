# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing decisions."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.decisions.tables import DecisionRecord, ReasonRecord, VerdictRecord


def newest(session: Session, company_id: str) -> DecisionRecord | None:
    """Give a company's last decision."""
    chosen = select(DecisionRecord).where(DecisionRecord.company_id == company_id)
    return session.scalars(chosen.order_by(DecisionRecord.decided_at.desc(), DecisionRecord.version.desc())).first()


def verdicts_of_company(session: Session, company_id: str) -> Sequence[tuple[str, str]]:
    """Give (document id, decision id) of every verdict on a company's documents, oldest decision first."""
    chosen = (
        select(VerdictRecord.document_id, VerdictRecord.decision_id)
        .join(DecisionRecord, DecisionRecord.id == VerdictRecord.decision_id)
        .where(DecisionRecord.company_id == company_id)
        .order_by(DecisionRecord.decided_at, DecisionRecord.version)
    )
    return [(document_id, decision_id) for document_id, decision_id in session.execute(chosen)]


def reasons_of_company(session: Session, company_id: str) -> Sequence[ReasonRecord]:
    """Give the reasons of all of a company's decisions, in the order in which they were given."""
    chosen = (
        select(ReasonRecord)
        .join(DecisionRecord, DecisionRecord.id == ReasonRecord.decision_id)
        .where(DecisionRecord.company_id == company_id)
        .order_by(ReasonRecord.decision_id, ReasonRecord.position)
    )
    return session.scalars(chosen).all()
