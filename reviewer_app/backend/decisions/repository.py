# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.companies.service import Company
from reviewer_app.backend.decisions.tables import DecisionRecord, ReasonRecord, VerdictRecord
from reviewer_app.backend.kit.database import table_of

_companies, _decisions = table_of(Company), table_of(DecisionRecord)
_CHANGE_CASE = (
    update(_companies)
    .where(
        _companies.c.id == bindparam("seen_id"),
        _companies.c.version == bindparam("seen_version"),
        _companies.c.state == bindparam("seen_state"),
        _companies.c.lease_digest == bindparam("held_digest"),
        _companies.c.lease_expires_at > bindparam("now"),
    )
    .returning(_companies.c.id)
)
_ADD_DECISION = insert(_decisions)
_verdicts = table_of(VerdictRecord)
_ADD_VERDICTS, _ADD_REASONS = insert(_verdicts), insert(table_of(ReasonRecord))
# Made once: every page with a company's documents asks for them, and making them takes longer than asking.
_VERDICTS_OF_COMPANY = (
    select(_verdicts.c.document_id, _verdicts.c.decision_id)
    .join(_decisions, _decisions.c.id == _verdicts.c.decision_id)
    .where(_decisions.c.company_id == bindparam("company_id"))
    .order_by(_decisions.c.decided_at, _decisions.c.version)
)
_REASONS_OF_COMPANY = (
    select(ReasonRecord)
    .join(DecisionRecord, DecisionRecord.id == ReasonRecord.decision_id)
    .where(DecisionRecord.company_id == bindparam("company_id"))
    .order_by(ReasonRecord.decision_id, ReasonRecord.position)
)


def change_case(
    session: Session, company: Company, columns: dict[str, Any], *, lease_digest: str, now: datetime
) -> bool:
    """Change a company's row if it is still as ``company`` was read and the lease has not ended. Say whether it was.

    The object in the session stays as it was.
    """
    seen = {
        "seen_id": company.id,
        "seen_version": company.version,
        "seen_state": company.state,
        "held_digest": lease_digest,
        "now": now,
    }
    return session.connection().execute(_CHANGE_CASE, {**columns, **seen}).first() is not None


def add(
    session: Session, decision: DecisionRecord, verdicts: list[dict[str, Any]], reasons: list[dict[str, Any]]
) -> None:
    """Write a decision with its verdicts and reasons. The object stays outside the session."""
    connection = session.connection()
    connection.execute(_ADD_DECISION, {column.key: getattr(decision, column.key) for column in _decisions.c})
    for statement, rows in ((_ADD_VERDICTS, verdicts), (_ADD_REASONS, reasons)):
        if rows:
            connection.execute(statement, rows)


def newest(session: Session, company_id: str) -> DecisionRecord | None:
    """Give a company's last decision."""
    chosen = select(DecisionRecord).where(DecisionRecord.company_id == company_id)
    return session.scalars(chosen.order_by(DecisionRecord.decided_at.desc(), DecisionRecord.version.desc())).first()


def verdicts_of_company(session: Session, company_id: str) -> Sequence[tuple[str, str]]:
    """Give (document id, decision id) of every verdict on a company's documents, oldest decision first."""
    found = session.connection().execute(_VERDICTS_OF_COMPANY, {"company_id": company_id})
    return [(document_id, decision_id) for document_id, decision_id in found]


def reasons_of_company(session: Session, company_id: str) -> Sequence[ReasonRecord]:
    """Give the reasons of all of a company's decisions, in the order in which they were given."""
    return session.scalars(_REASONS_OF_COMPANY, {"company_id": company_id}).all()


def failures_at_first_approval(session: Session, company_id: str) -> list[str]:
    """Name the checks that failed when the company was last approved by a first person; none known is none."""
    of_first = select(DecisionRecord.failed_checks).where(
        DecisionRecord.company_id == company_id, DecisionRecord.second_review_due.is_(True)
    )
    return session.scalar(of_first.order_by(DecisionRecord.decided_at.desc(), DecisionRecord.id).limit(1)) or []


def last_outcomes(session: Session, company_ids: Sequence[str]) -> dict[str, tuple[str, datetime]]:
    """Give the outcome and the moment of each company's last decision."""
    chosen = (
        select(DecisionRecord.company_id, DecisionRecord.outcome, DecisionRecord.decided_at)
        .where(DecisionRecord.company_id.in_(company_ids), DecisionRecord.second_review_due.is_(False))
        .order_by(DecisionRecord.decided_at, DecisionRecord.version)
    )
    return {company_id: (outcome, at) for company_id, outcome, at in session.execute(chosen)}
