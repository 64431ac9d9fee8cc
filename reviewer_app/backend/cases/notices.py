# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is meant for one member of staff among the acts of all: mentions, answers of their customers, cases given to them."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.service import Done, acts_after, head_seq, last_actors
from reviewer_app.backend.companies.service import NOT_WAITING, Company
from reviewer_app.contract.desk_queue import Notice, NoticeKind, Notices
from reviewer_app.contract.history import HistoryKind

MOST_LOOKED_AT = 1000
"""So many acts are looked at in one call; who was away for longer finds the rest in the queue."""

_KINDS = {
    HistoryKind.NOTE_ADDED: NoticeKind.MENTIONED,
    HistoryKind.SUBMITTED: NoticeKind.ANSWERED,
    HistoryKind.ADMINISTRATOR_CHANGE_SUBMITTED: NoticeKind.ANSWERED,
    HistoryKind.ASSIGNED: NoticeKind.ASSIGNED,
}
_ASKED = (HistoryKind.CORRECTION_REQUESTED, HistoryKind.ADMINISTRATOR_CHANGE_REQUESTED)
"""Whoever did the last of these is answered; a customer who began a change of the administrator is no member of staff."""


def notices_for(session: Session, staff_id: str, since: int | None) -> Notices:
    """Give the notices for a person after a number of the history; without one only the place to begin from."""
    head = head_seq(session)
    if since is None or since > head:
        return Notices(items=(), next=head)
    acts = acts_after(session, since, kinds=tuple(_KINDS), but_of=staff_id, most=MOST_LOOKED_AT)
    submitted = {act.company_id for act in acts if _KINDS[HistoryKind(act.kind)] is NoticeKind.ANSWERED}
    senders = last_actors(session, sorted(submitted), _ASKED) if submitted else {}
    meant = [act for act in acts if _is_meant(act, staff_id, senders)]
    companies = _companies(session, {act.company_id for act in meant})
    notices = (_notice(act, companies[act.company_id]) for act in meant if act.company_id in companies)
    return Notices(items=tuple(notice for notice in notices if notice is not None), next=head)


def _is_meant(act: Done, staff_id: str, senders: dict[str, str | None]) -> bool:
    if act.kind == HistoryKind.NOTE_ADDED:
        return staff_id in act.details.get("mentions", "").split(",")
    if act.kind == HistoryKind.ASSIGNED:
        return act.details.get("person_id") == staff_id
    return senders.get(act.company_id) == staff_id


def _companies(session: Session, ids: set[str]) -> dict[str, tuple[str, bool]]:
    """Give the name of each company, and whether it waits for staff, also with a change of its administrator."""
    if not ids:
        return {}
    rows = session.execute(select(Company.id, Company.name, Company.waiting_key).where(Company.id.in_(sorted(ids))))
    return {company_id: (name, key != NOT_WAITING) for company_id, name, key in rows}


def _notice(act: Done, company: tuple[str, bool]) -> Notice | None:
    name, waits = company
    kind = _KINDS[HistoryKind(act.kind)]
    if kind is not NoticeKind.MENTIONED and not waits:
        return None  # it was dealt with meanwhile
    return Notice(
        seq=act.seq,
        kind=kind,
        company_id=act.company_id,
        company_name=name,
        by=act.actor_name,
        at=act.at,
        text=act.details.get("note") if kind is NoticeKind.MENTIONED else None,
    )
