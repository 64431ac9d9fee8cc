# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries on what the registers answered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Update, delete, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.kit.database import insert_into
from reviewer_app.backend.registers.tables import RegisterEvidence, RegisterRun
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


def run_of(session: Session, company_id: str) -> RegisterRun | None:
    """Give the run of a company as it is now."""
    chosen = select(RegisterRun).where(RegisterRun.company_id == company_id)
    return session.scalars(chosen, execution_options={"populate_existing": True}).first()


def ask_for_run(session: Session, company_id: str, facts: str, due_at: datetime) -> None:
    """Have the registers asked about a company from a moment on; ``facts`` is the digest that it is asked for."""
    values = {"facts": facts, "due_at": due_at, "attempts": 0}
    session.execute(
        insert_into(session, RegisterRun)
        .values(company_id=company_id, **values)
        .on_conflict_do_update(index_elements=["company_id"], set_=values)
    )


@dataclass(frozen=True, slots=True)
class TakenRun:
    """A run in hand: whose it is, how often it was begun, and its due time, which says whether it still is in hand."""

    company_id: str
    attempts: int
    until: datetime


def take_run(session: Session, now: datetime, *, until: datetime) -> TakenRun | None:
    """Take the run that has been due longest, and keep it from others until a moment."""
    due = select(RegisterRun.company_id, RegisterRun.due_at).where(RegisterRun.due_at <= now)
    first = session.execute(due.order_by(RegisterRun.due_at, RegisterRun.company_id).limit(1)).first()
    if first is None:
        return None
    taken = update(RegisterRun).where(RegisterRun.company_id == first.company_id, RegisterRun.due_at == first.due_at)
    begun = taken.values(due_at=until, attempts=RegisterRun.attempts + 1)
    row = session.execute(begun.returning(RegisterRun.company_id, RegisterRun.attempts)).first()
    return TakenRun(row.company_id, row.attempts, until) if row is not None else None


def give_run_back(session: Session, run: TakenRun, now: datetime) -> None:
    """Let a run that was taken and interrupted come up again at once; it counts as not begun."""
    session.execute(_in_hand(run).values(due_at=now, attempts=run.attempts - 1))


def put_run_off(session: Session, run: TakenRun, due_at: datetime) -> bool:
    """Let a run that failed come up again at a moment; say whether it was still in hand."""
    return session.scalar(_in_hand(run).values(due_at=due_at).returning(RegisterRun.company_id)) is not None


def settle_run(session: Session, run: TakenRun) -> None:
    """Note that the registers were asked; nothing is due any more, unless that was asked for anew meanwhile."""
    session.execute(_in_hand(run).values(due_at=None, attempts=0))


def _in_hand(run: TakenRun) -> Update:
    return update(RegisterRun).where(RegisterRun.company_id == run.company_id, RegisterRun.due_at == run.until)
