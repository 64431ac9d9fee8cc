# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing people of companies."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, bindparam, func, literal_column, select, tuple_, update
from sqlalchemy.orm import Session

from reviewer_app.backend.employees.tables import REMOVED, EmployeeRecord, Invitation
from reviewer_app.backend.kit.folding import fold

PRESENT = EmployeeRecord.state != literal_column(f"'{REMOVED}'")
"""Condition of those who are in a list.

The state is written out as in the partial indexes: with a parameter there, SQLite prepares the statement anew each time.
"""

_IN_ORDER = (EmployeeRecord.name_key, EmployeeRecord.id)
_EVERYBODY = (
    select(EmployeeRecord).where(EmployeeRecord.company_id == bindparam("company_id"), PRESENT).order_by(*_IN_ORDER)
)
_OUTLINES = select(EmployeeRecord.id, EmployeeRecord.user_id, EmployeeRecord.state, EmployeeRecord.permissions).where(
    EmployeeRecord.company_id == bindparam("company_id"), PRESENT
)
_OPEN_INVITATIONS = select(Invitation.employee_id, Invitation.expires_at).where(
    Invitation.employee_id.in_(bindparam("employee_ids", expanding=True)), Invitation.ended_at.is_(None)
)


class Outline(NamedTuple):
    """As much of a person as is wanted to count them."""

    id: str
    user_id: str | None
    state: str
    permissions: str


def of_user(session: Session, user_id: str, *, fresh: bool = False) -> EmployeeRecord | None:
    """Give a user's place in a company; ``fresh`` reads it anew."""
    chosen = select(EmployeeRecord).where(EmployeeRecord.user_id == user_id, PRESENT)
    return session.scalars(chosen, execution_options={"populate_existing": fresh}).first()


def of_company(session: Session, company_id: str, employee_id: str) -> EmployeeRecord | None:
    """Give a person of a company by the entry's id."""
    chosen = select(EmployeeRecord).where(
        EmployeeRecord.id == employee_id, EmployeeRecord.company_id == company_id, PRESENT
    )
    return session.scalars(chosen).first()


def by_email(session: Session, company_id: str, email_folded: str) -> EmployeeRecord | None:
    """Give a person of a company by the folded address."""
    chosen = select(EmployeeRecord).where(
        EmployeeRecord.company_id == company_id, EmployeeRecord.email_folded == email_folded, PRESENT
    )
    return session.scalars(chosen).first()


def everybody(session: Session, company_id: str) -> Sequence[EmployeeRecord]:
    """Give all people of a company, by last name."""
    return session.scalars(_EVERYBODY, {"company_id": company_id}).all()


def page(
    session: Session,
    company_id: str,
    *,
    conditions: Sequence[ColumnElement[bool]],
    after: tuple[str, str] | None,
    limit: int,
) -> Sequence[EmployeeRecord]:
    """Give a page of a company's people, by last name."""
    chosen = select(EmployeeRecord).where(EmployeeRecord.company_id == company_id, PRESENT, *conditions)
    if after is not None:
        chosen = chosen.where(tuple_(EmployeeRecord.name_key, EmployeeRecord.id) > tuple_(*after))
    return session.scalars(chosen.order_by(*_IN_ORDER).limit(limit)).all()


def outlines(session: Session, company_id: str) -> list[Outline]:
    """Give what people are counted by, of all of a company."""
    return [Outline(*row) for row in session.connection().execute(_OUTLINES, {"company_id": company_id})]


def matching(text: str) -> list[ColumnElement[bool]]:
    """Give the conditions of a search: each word stands in the name, the e-mail or the position."""
    return [EmployeeRecord.found_by.contains(word, autoescape=True) for word in fold(text).split()]


def count(session: Session, company_id: str, conditions: Sequence[ColumnElement[bool]]) -> int:
    """Count a company's people that meet the conditions."""
    counted = select(func.count()).where(EmployeeRecord.company_id == company_id, PRESENT, *conditions)
    return int(session.scalar(counted) or 0)


def superiors(session: Session, company_id: str) -> dict[str, str | None]:
    """Give each person's superior, by id."""
    chosen = select(EmployeeRecord.id, EmployeeRecord.superior_id)
    chosen = chosen.where(EmployeeRecord.company_id == company_id, PRESENT)
    return {row.id: row.superior_id for row in session.execute(chosen)}


def below(session: Session, employee_id: str) -> Sequence[EmployeeRecord]:
    """Give the people whose superior someone is, by last name."""
    chosen = select(EmployeeRecord).where(EmployeeRecord.superior_id == employee_id, PRESENT)
    return session.scalars(chosen.order_by(*_IN_ORDER)).all()


def remove_all(session: Session, company_id: str) -> None:
    """Take all people out of a company."""
    statement = update(EmployeeRecord).where(EmployeeRecord.company_id == company_id, PRESENT)
    session.execute(statement.values(state=REMOVED), execution_options={"synchronize_session": "fetch"})


def invitation(session: Session, digest: str) -> tuple[Invitation, EmployeeRecord] | None:
    """Give an invitation by the digest of its token, and whom it invites."""
    chosen = (
        select(Invitation, EmployeeRecord)
        .join(EmployeeRecord, EmployeeRecord.id == Invitation.employee_id)
        .where(Invitation.token_digest == digest)
    )
    row = session.execute(chosen, execution_options={"populate_existing": True}).first()
    return (row[0], row[1]) if row else None


def open_invitations(session: Session, employee_ids: Sequence[str]) -> dict[str, datetime]:
    """Give, by employee, until when the invitation that is on its way works."""
    if not employee_ids:
        return {}
    found = session.execute(_OPEN_INVITATIONS, {"employee_ids": list(employee_ids)})
    return {row.employee_id: row.expires_at for row in found}


def end_invitations(session: Session, employee_id: str, now: datetime) -> None:
    """End all invitations of a person that are on their way."""
    statement = update(Invitation).where(Invitation.employee_id == employee_id, Invitation.ended_at.is_(None))
    session.execute(statement.values(ended_at=now), execution_options={"synchronize_session": "fetch"})
