# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counting submissions, decisions and waits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Boolean, ColumnElement, and_, func, literal_column, select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.tables import AuditEntry
from reviewer_app.backend.companies.service import WAITS, Company, microseconds
from reviewer_app.backend.decisions.tables import DecisionRecord, ReasonRecord
from reviewer_app.contract.history import HistoryKind


@dataclass(frozen=True, slots=True)
class Period:
    """A period of time, its start included, its end not."""

    start: datetime
    end: datetime

    def decided(self) -> ColumnElement[bool]:
        """Choose the decisions of the period that took effect: first approvals of two do not."""
        return and_(
            DecisionRecord.decided_at >= self.start,
            DecisionRecord.decided_at < self.end,
            DecisionRecord.second_review_due.is_(False),
        )


def received(session: Session, period: Period) -> int:
    """Count submissions, resubmissions among them."""
    chosen = select(func.count()).where(
        AuditEntry.kind == HistoryKind.SUBMITTED.value, AuditEntry.at >= period.start, AuditEntry.at < period.end
    )
    return int(session.scalar(chosen) or 0)


def moments_received(session: Session, period: Period) -> Sequence[datetime]:
    """List when companies were submitted."""
    chosen = select(AuditEntry.at).where(
        AuditEntry.kind == HistoryKind.SUBMITTED.value, AuditEntry.at >= period.start, AuditEntry.at < period.end
    )
    return session.scalars(chosen).all()


def moments_decided(session: Session, period: Period) -> Sequence[datetime]:
    """List when decisions took effect."""
    return session.scalars(select(DecisionRecord.decided_at).where(period.decided())).all()


def waiting_since_before(session: Session, moment: datetime) -> int:
    """Count the cases that wait for staff since this moment or longer."""
    chosen = select(func.count()).where(Company.waiting_key <= microseconds(moment))
    return int(session.scalar(chosen) or 0)


def waiting(session: Session) -> int:
    """Count the companies that wait for staff now."""
    chosen = select(func.count()).select_from(Company).where(literal_column(WAITS, Boolean()))
    return int(session.scalar(chosen) or 0)


def outcomes(session: Session, period: Period) -> Sequence[tuple[str, int]]:
    """Count decisions by outcome."""
    chosen = select(DecisionRecord.outcome, func.count()).where(period.decided()).group_by(DecisionRecord.outcome)
    return [(outcome, count) for outcome, count in session.execute(chosen)]


def reasons(session: Session, period: Period) -> Sequence[tuple[str, int]]:
    """Count how often each reason was given."""
    chosen = (
        select(ReasonRecord.code, func.count())
        .join(DecisionRecord, DecisionRecord.id == ReasonRecord.decision_id)
        .where(period.decided())
        .group_by(ReasonRecord.code)
    )
    return [(code, count) for code, count in session.execute(chosen)]


def by_person(session: Session, period: Period) -> Sequence[tuple[str, str, str, str, int]]:
    """Count decisions by person and outcome: (id, user name, name, outcome, count)."""
    chosen = (
        select(
            DecisionRecord.staff_id,
            func.max(DecisionRecord.staff_username),
            func.max(DecisionRecord.staff_name),
            DecisionRecord.outcome,
            func.count(),
        )
        .where(period.decided())
        .group_by(DecisionRecord.staff_id, DecisionRecord.outcome)
        .order_by(DecisionRecord.staff_id)
    )
    return [(row[0], row[1], row[2], row[3], row[4]) for row in session.execute(chosen)]


def wait_at(session: Session, period: Period, place: int) -> float | None:
    """Give the wait at a place, from 0, among the decisions of the period ordered by their wait."""
    chosen = select(DecisionRecord.waited_seconds).where(period.decided()).order_by(DecisionRecord.waited_seconds)
    return session.scalar(chosen.offset(place).limit(1))
