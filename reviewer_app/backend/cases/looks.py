# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is new in a case since a member of staff looked at it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.service import head_seq, later_kinds
from reviewer_app.backend.cases.tables import CaseLook
from reviewer_app.backend.kit.database import insert_into
from reviewer_app.contract.history import HistoryKind

NEWS_KINDS = (
    HistoryKind.COMPANY_CHANGED,
    HistoryKind.DOCUMENT_UPLOADED,
    HistoryKind.DOCUMENT_REPLACED,
    HistoryKind.SUBMITTED,
    HistoryKind.WITHDRAWN,
    HistoryKind.NOTE_ADDED,
    HistoryKind.HELD,
    HistoryKind.HOLD_ENDED,
    HistoryKind.ESCALATED,
    HistoryKind.ESCALATION_ENDED,
    HistoryKind.FIRST_APPROVAL,
    HistoryKind.APPROVED,
    HistoryKind.CORRECTION_REQUESTED,
    HistoryKind.REJECTED,
    HistoryKind.REOPENED,
    HistoryKind.COMPLETED,
    HistoryKind.SUSPENDED,
    HistoryKind.RESTORED,
)
"""Acts that somebody who knows the case wants to hear of; claims and checks are not among them."""


MENTIONED = "mentioned"
"""Stands in the news for a note that names the reader."""


def look(session: Session, company_id: str, staff_id: str) -> None:
    """Note that a member of staff has seen a case as it is now."""
    seq = head_seq(session)
    row = insert_into(session, CaseLook).values(staff_id=staff_id, company_id=company_id, seq=seq)
    session.execute(row.on_conflict_do_update(index_elements=["staff_id", "company_id"], set_={"seq": seq}))


def news_of(session: Session, company_ids: Sequence[str], staff_id: str) -> dict[str, tuple[str, ...]]:
    """Give the kinds of what others did since this person looked; companies never looked at are left out."""
    if not company_ids:
        return {}
    looked = session.execute(
        select(CaseLook.company_id, CaseLook.seq).where(
            CaseLook.staff_id == staff_id, CaseLook.company_id.in_(company_ids)
        )
    ).all()
    if not looked:
        return {}
    found: dict[str, list[str]] = {company_id: [] for company_id, _ in looked}
    since = {row.company_id: row.seq for row in looked}
    for company_id, what, details in later_kinds(session, since, kinds=NEWS_KINDS, but_of=staff_id):
        kind = MENTIONED if staff_id in details.get("mentions", "").split(",") else what
        if kind not in found[company_id]:
            found[company_id].append(kind)
    return {company_id: tuple(kinds) for company_id, kinds in found.items()}
