# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is new in a case since a member of staff looked at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.service import details_of, head_seq, later_kinds
from reviewer_app.backend.cases.tables import CaseLook
from reviewer_app.backend.kit.database import insert_into
from reviewer_app.contract.history import HistoryKind

NEWS_KINDS = (
    HistoryKind.COMPANY_CHANGED,
    HistoryKind.DOCUMENT_UPLOADED,
    HistoryKind.DOCUMENT_REPLACED,
    HistoryKind.SUBMITTED,
    HistoryKind.WITHDRAWN,
    HistoryKind.ADMINISTRATOR_CHANGE_SUBMITTED,
    HistoryKind.ADMINISTRATOR_CHANGE_WITHDRAWN,
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


class News(NamedTuple):
    """What others did in a case since a member of staff looked at it, as kinds, oldest first.

    Of a case that they never looked at (``looked`` is False) all is new: then it is only that a note names them.
    """

    kinds: tuple[str, ...]
    looked: bool


def news_of(session: Session, company_ids: Sequence[str], staff_id: str) -> dict[str, News]:
    """Give what is new for a member of staff in each of these companies."""
    if not company_ids:
        return {}
    looked = session.execute(
        select(CaseLook.company_id, CaseLook.seq).where(
            CaseLook.staff_id == staff_id, CaseLook.company_id.in_(company_ids)
        )
    ).all()
    since = {row.company_id: row.seq for row in looked}
    found: dict[str, dict[str, None]] = {company_id: {} for company_id in company_ids}
    if since:
        for company_id, what, details in later_kinds(session, since, kinds=NEWS_KINDS, but_of=staff_id):
            found[company_id][MENTIONED if _names(details, staff_id) else what] = None
    unseen = [company_id for company_id in company_ids if company_id not in since]
    if unseen:
        for company_id, details in details_of(session, unseen, HistoryKind.NOTE_ADDED, but_of=staff_id):
            if _names(details, staff_id):
                found[company_id][MENTIONED] = None
    return {company_id: News(tuple(kinds), company_id in since) for company_id, kinds in found.items()}


def _names(details: Mapping[str, str], staff_id: str) -> bool:
    return staff_id in details.get("mentions", "").split(",")
