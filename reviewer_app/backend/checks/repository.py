# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing findings, and taking the runs that are due."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.checks.tables import DocumentRun, Finding
from reviewer_app.backend.kit.database import insert_into
from reviewer_app.contract.checks import CheckCode, CheckSource

_ORDER = {source.value: place for place, source in enumerate(CheckSource)}


def replace(session: Session, company_id: str, source: CheckSource, findings: Sequence[Finding]) -> None:
    """Put these findings in the place of the earlier ones of a source."""
    session.execute(delete(Finding).where(Finding.company_id == company_id, Finding.source == source.value))
    session.add_all(findings)
    session.flush()


def of_company(session: Session, company_id: str) -> Sequence[Finding]:
    """Give the company's findings in their order."""
    found = session.scalars(select(Finding).where(Finding.company_id == company_id)).all()
    return sorted(found, key=lambda row: (_ORDER.get(row.source, len(_ORDER)), row.source, row.position))


def statuses(session: Session, company_id: str) -> dict[str, int]:
    """Count the company's findings by their results."""
    counted = select(Finding.status, func.count()).where(Finding.company_id == company_id).group_by(Finding.status)
    return {status: int(count) for status, count in session.execute(counted)}


def has_code(session: Session, company_id: str, codes: Collection[CheckCode]) -> bool:
    """Say whether the company has a finding with one of these codes."""
    wanted = Finding.code.in_([code.value for code in codes])
    chosen = select(Finding.code).where(Finding.company_id == company_id, wanted)
    return session.scalar(chosen.limit(1)) is not None


def run_of(session: Session, company_id: str) -> DocumentRun | None:
    """Give the run of a company as it is now."""
    chosen = select(DocumentRun).where(DocumentRun.company_id == company_id)
    return session.scalars(chosen, execution_options={"populate_existing": True}).first()


def ask_for_run(session: Session, company_id: str, due_at: datetime) -> None:
    """Have the documents of a company checked from a moment on."""
    values = {"due_at": due_at, "attempts": 0}
    session.execute(
        insert_into(session, DocumentRun)
        .values(company_id=company_id, facts=None, **values)
        .on_conflict_do_update(index_elements=["company_id"], set_=values)
    )


def first_due(session: Session, now: datetime) -> DocumentRun | None:
    """Give the run that has been due longest."""
    due = select(DocumentRun).where(DocumentRun.due_at <= now)
    return session.scalars(due.order_by(DocumentRun.due_at, DocumentRun.company_id).limit(1)).first()


def hold(session: Session, company_id: str, *, seen: datetime, until: datetime, begin: bool) -> bool:
    """Keep a run from others until a moment, unless it was taken or asked for anew since its due time was seen."""
    taken = session.execute(
        update(DocumentRun)
        .where(DocumentRun.company_id == company_id, DocumentRun.due_at == seen)
        .values(due_at=until, attempts=DocumentRun.attempts + (1 if begin else 0))
        .returning(DocumentRun.company_id)
    )
    return taken.scalar() is not None


def settle(session: Session, company_id: str, *, facts: str, due_at: datetime | None) -> None:
    """Note for which facts the documents were checked, and when time alone will change what was found."""
    values = {"facts": facts, "due_at": due_at, "attempts": 0}
    session.execute(
        insert_into(session, DocumentRun)
        .values(company_id=company_id, **values)
        .on_conflict_do_update(index_elements=["company_id"], set_=values)
    )
