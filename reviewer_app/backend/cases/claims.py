# SPDX-License-Identifier: AGPL-3.0-or-later
"""Claims: one person at a time on a case, by a lease with a fencing token. Each act is one conditional UPDATE."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Boolean, ColumnElement, literal_column, or_, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.cases.acts import Situation, claimed_by_other
from reviewer_app.backend.companies.service import NO_CLAIM, WAITS, Company, fold
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.secret_tokens import new_token, token_digest
from reviewer_app.contract.problems import ProblemCode

LONGEST_LEASE = timedelta(hours=12)
"""No lease is renewed beyond this; the case has to be claimed anew."""


class Lease(NamedTuple):
    """A lease as it is handed out. On the case only its digest is stored."""

    token: str
    expires_at: datetime


def free(now: datetime) -> ColumnElement[bool]:
    """Say in SQL that nobody holds a case."""
    return or_(Company.holder_id.is_(None), Company.lease_expires_at <= now)


def open_to(staff: Staff, although_assigned_to: str | None = None) -> ColumnElement[bool]:
    """Say in SQL that a case is nobody else's to do, or of just the person that the caller was told has it."""
    open_to_all = or_(Company.assigned_id.is_(None), Company.assigned_id == staff.user_id)
    return (
        open_to_all if although_assigned_to is None else or_(open_to_all, Company.assigned_id == although_assigned_to)
    )


def take(
    session: Session, company_id: str, staff: Staff, *, now: datetime, lease: timedelta, when: ColumnElement[bool]
) -> Lease | None:
    """Take a case that waits for staff and is as the condition says. None when it is not, or no longer."""
    token = new_token()
    expires_at = now + min(lease, LONGEST_LEASE)
    taken = _change(
        session,
        (Company.id == company_id, literal_column(WAITS, Boolean()), when),
        {
            "holder_id": staff.user_id,
            "holder_username": staff.username,
            "holder_name": staff.display_name,
            "holder_key": fold(staff.display_name),
            "lease_digest": token_digest(token),
            "lease_expires_at": expires_at,
            "lease_ends_at": now + LONGEST_LEASE,
        },
    )
    return Lease(token, expires_at) if taken else None


def renew(session: Session, company: Company, token: str, staff: Staff, *, now: datetime, lease: timedelta) -> Lease:
    """Renew a lease by its token, also one that has expired while nobody took the case.

    Raises:
        ProblemError: ``claimed_by_other``, or ``lease_lost`` when the token is not that of the present lease or the
            lease has lasted as long as it may.
    """
    ends_at = company.lease_ends_at or now
    expires_at = min(now + lease, ends_at)
    held = _change(
        session,
        (
            Company.id == company.id,
            Company.holder_id == staff.user_id,
            Company.lease_digest == token_digest(token),
            Company.lease_ends_at > now,
        ),
        {"lease_expires_at": expires_at, "holder_key": fold(staff.display_name)},
    )
    if held:
        return Lease(token, expires_at)
    raise lease_refusal(Situation(company, staff, now))


def release(session: Session, company: Company, token: str | None, staff: Staff) -> bool:
    """End the caller's own claim. With a token, only the lease that it belongs to."""
    conditions: tuple[ColumnElement[bool], ...] = (Company.id == company.id, Company.holder_id == staff.user_id)
    if token is not None:
        conditions = (*conditions, Company.lease_digest == token_digest(token))
    return _change(session, conditions, NO_CLAIM)


def require_lease(case: Situation, token: str | None) -> str:
    """Give the digest of the caller's lease, to be part of the condition of the act.

    Raises:
        ProblemError: ``claimed_by_other``, ``claim_required`` when the caller has no claim, ``lease_lost`` when the
            claim was claimed anew, has expired, or the token is missing.
    """
    digest = token_digest(token) if token else None
    if case.mine and digest is not None and digest == case.company.lease_digest:
        return digest
    raise lease_refusal(case)


def lease_refusal(case: Situation) -> ProblemError:
    """Say why a token does not hold a case."""
    if case.holder is not None and not case.mine:
        return claimed_by_other(case.holder)
    if case.company.holder_id != case.staff.user_id:
        return ProblemError(ProblemCode.CLAIM_REQUIRED)
    return ProblemError(ProblemCode.LEASE_LOST)


def next_waiting(session: Session, staff: Staff, *, now: datetime) -> str | None:
    """Name the case to do next: free, not put aside, and this person's to decide.

    The longest waiting of those assigned to them comes first, then that of those assigned to nobody.
    """
    suitable = (
        select(Company.id)
        .where(
            literal_column(WAITS, Boolean()),
            free(now),
            or_(Company.hold_reason.is_(None), Company.hold_until <= now),
            or_(Company.first_approver_id.is_(None), Company.first_approver_id != staff.user_id),
        )
        .order_by(Company.waiting_key, Company.id)
        .limit(1)
    )
    own = session.scalar(suitable.where(Company.assigned_id == staff.user_id))
    return own or session.scalar(suitable.where(Company.assigned_id.is_(None)))


def _change(session: Session, conditions: tuple[ColumnElement[bool], ...], values: dict[str, Any]) -> bool:
    statement = update(Company).where(*conditions).values(values).returning(Company.id)
    changed = session.execute(statement, execution_options={"synchronize_session": False}).first()
    return changed is not None
