# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds whom a reminder is due to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import Session

from reviewer_app.backend.companies.service import Company
from reviewer_app.backend.employees.service import EmployeeRecord, Invitation
from reviewer_app.contract.customer_team import EmployeeState
from reviewer_app.contract.states import CompanyState

AT_ONCE = 200
"""So many are found at once; the others at the next look."""


def waiting_companies(session: Session, *, now: datetime, after: Sequence[timedelta]) -> Sequence[str]:
    """Name companies to whose customers a reminder is due, those that have waited longest first."""
    due = [and_(Company.reminders == number, Company.customer_since <= now - wait) for number, wait in enumerate(after)]
    chosen = select(Company.id).where(or_(*due), Company.administrator_id.is_not(None))
    return session.scalars(chosen.order_by(Company.customer_since, Company.id).limit(AT_ONCE)).all()


def waiting_invitations(
    session: Session, *, now: datetime, after: timedelta, digest: str | None = None
) -> Sequence[str]:
    """Give the digests of working invitations to people who have not been reminded; with ``digest`` look at one only."""
    chosen = (
        select(Invitation.token_digest)
        .join(EmployeeRecord, EmployeeRecord.id == Invitation.employee_id)
        .join(Company, Company.id == EmployeeRecord.company_id)
        .where(
            Invitation.ended_at.is_(None),
            Invitation.used_at.is_(None),
            Invitation.reminders == 0,
            Invitation.created_at <= now - after,
            Invitation.expires_at > now,
            EmployeeRecord.state == EmployeeState.INVITED,
            Company.state.not_in((CompanyState.SUSPENDED, CompanyState.CLEARED)),
        )
    )
    if digest is not None:
        chosen = chosen.where(Invitation.token_digest == digest)
    return session.scalars(chosen.order_by(Invitation.created_at).limit(AT_ONCE)).all()


def company_of_invitation(session: Session, digest: str) -> str:
    """Name the company of an invitation."""
    chosen = select(EmployeeRecord.company_id).join(Invitation, Invitation.employee_id == EmployeeRecord.id)
    return session.scalars(chosen.where(Invitation.token_digest == digest)).one()
