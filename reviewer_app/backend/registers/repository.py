# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries on what the registers answered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewer_app.backend.registers.tables import RegisterEvidence
from reviewer_app.contract.registers import LookupOutcome

_ANSWERED = tuple(outcome.value for outcome in LookupOutcome if outcome.answered)


def newest_answer(
    session: Session, register: str, operation: str, subject: str, *, since: datetime
) -> RegisterEvidence | None:
    """Give the newest answer to a question that was asked after a moment; failures are no answers."""
    chosen = select(RegisterEvidence).where(
        RegisterEvidence.register == register,
        RegisterEvidence.operation == operation,
        RegisterEvidence.subject == subject,
        RegisterEvidence.asked_at > since,
        RegisterEvidence.outcome.in_(_ANSWERED),
    )
    return session.scalars(chosen.order_by(RegisterEvidence.asked_at.desc(), RegisterEvidence.id).limit(1)).first()


def purge_unused(session: Session, before: datetime) -> None:
    """Forget answers that belong to no company."""
    session.execute(
        delete(RegisterEvidence).where(RegisterEvidence.company_id.is_(None), RegisterEvidence.asked_at < before)
    )
