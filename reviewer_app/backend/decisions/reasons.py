# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reasons of decisions in the words that a customer reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy.orm import Session

from reviewer_app.backend.decisions import repository
from reviewer_app.backend.decisions.tables import DecisionRecord, ReasonRecord
from reviewer_app.contract.messages import Box, GivenReason
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Language

_ANSWERED_STATES = frozenset({CompanyState.CORRECTION_REQUESTED, CompanyState.REJECTED})


class CompanyReasons(NamedTuple):
    """What the decision that asked for a correction or refused says about the company as a whole."""

    reasons: tuple[GivenReason, ...]
    customer_note: str | None


def customer_text(code: ReasonCode, note: str | None, language: Language) -> str:
    """Write a reason as the customer reads it."""
    return REASONS[code].customer.in_language(language).format(note=note or "")


def reasons_of_documents(session: Session, company_id: str, language: Language) -> dict[str, tuple[GivenReason, ...]]:
    """Give, by the version's id, the reasons of the last decision on each version that any decision was about."""
    last = dict(repository.verdicts_of_company(session, company_id))
    if not last:
        return {}
    by_place: defaultdict[tuple[str, str | None], list[ReasonRecord]] = defaultdict(list)
    for record in repository.reasons_of_company(session, company_id):
        by_place[record.decision_id, record.document_id].append(record)
    return {
        document_id: _told(by_place[decision_id, document_id], language) for document_id, decision_id in last.items()
    }


def reasons_of_company(session: Session, company_id: str, state: CompanyState, language: Language) -> CompanyReasons:
    """Give the reasons about the company while a correction is asked for or the company is refused; else none."""
    newest = repository.newest(session, company_id) if state in _ANSWERED_STATES else None
    return reasons_of_decision(session, company_id, newest.id if newest else None, language)


def reasons_of_decision(
    session: Session, company_id: str, decision_id: str | None, language: Language
) -> CompanyReasons:
    """Give the reasons about the company of one decision; none without one."""
    decision = session.get(DecisionRecord, decision_id) if decision_id else None
    if decision is None:
        return CompanyReasons((), None)
    records = [
        record
        for record in repository.reasons_of_company(session, company_id)
        if record.decision_id == decision.id and record.document_id is None
    ]
    return CompanyReasons(_told(records, language), decision.customer_note)


def _told(records: Sequence[ReasonRecord], language: Language) -> tuple[GivenReason, ...]:
    return tuple(
        GivenReason(
            code=ReasonCode(record.code),
            text=customer_text(ReasonCode(record.code), record.note, language),
            note=record.note,
            field=record.field,
            page=record.page,
            region=_box(record.region),
        )
        for record in records
    )


def _box(region: Sequence[float] | None) -> Box | None:
    if region is None:
        return None
    x0, y0, x1, y1 = region
    return x0, y0, x1, y1
