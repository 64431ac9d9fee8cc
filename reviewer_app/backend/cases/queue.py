# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue: one indexed query a page, no counting, no offset, rows written straight to JSON.

The shape is :class:`reviewer_app.contract.staff.QueueItem`'s; a test holds the two together.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Row,
    Select,
    and_,
    exists,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from reviewer_app.backend.cases.looks import News, news_of
from reviewer_app.backend.companies.service import (
    NOT_WAITING,
    WAITS,
    Company,
    SearchToken,
    end_of_beginning,
    microseconds,
    words_of_query,
)
from reviewer_app.backend.kit.database import table_of
from reviewer_app.backend.kit.paging import decode_cursor, encode_cursor
from reviewer_app.contract.messages import rfc3339
from reviewer_app.contract.staff import QueueSort
from reviewer_app.contract.states import CompanyState, Flag
from reviewer_app.contract.working_time import TARGET_SECONDS, due_before, working_seconds

_FEW = 2000
"""A word with at most so many companies is looked up first; one with more is tried row by row in the list's order."""
_SOME = 20_000
"""Of several common words the rarest, if at most so many companies have it, is followed to those that have the others."""

_company = table_of(Company).c
_SORT_COLUMNS: dict[str, ColumnElement[Any]] = {
    QueueSort.WAITING: _company.waiting_key,
    QueueSort.NAME: _company.name_key,
    QueueSort.NIP: _company.nip,
    QueueSort.STATE: _company.state_rank,
    QueueSort.ROUND: _company.round,
    QueueSort.FORM: _company.legal_form,
    QueueSort.ASSIGNEE: _company.who_key,
    QueueSort.FLAGS: _company.flags_rank,
    QueueSort.CHECKS: _company.checks_rank,
}
_COLUMNS: tuple[Any, ...] = (
    _company.id,
    _company.name,
    _company.nip,
    _company.legal_form,
    _company.state,
    _company.version,
    _company.round,
    _company.case_kind,
    _company.submitted_at,
    _company.waiting_key,
    _company.holder_id,
    _company.holder_username,
    _company.holder_name,
    _company.lease_expires_at,
    _company.assigned_id,
    _company.assigned_username,
    _company.assigned_name,
    _company.assigned_by,
    _company.assigned_at,
    _company.hold_reason,
    _company.hold_until,
    _company.escalated,
    _company.first_approver_id,
    _company.possible_duplicate,
    _company.checks_ok,
    _company.checks_warn,
    _company.checks_fail,
    _company.checks_unknown,
)
_SELECT: dict[str, Select[Any]] = {
    name: select(*_COLUMNS, column.label("sort_value")) for name, column in _SORT_COLUMNS.items()
}
"""Made once: to name the columns of a page takes a tenth of the time of finding it."""


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What is asked of the queue. ``assignee`` (who works on a case now) and ``assigned`` (whose it is to do) are a person's id
    or user name, or ``none``; ``open`` means waiting for staff.
    """

    open: bool | None = None
    states: tuple[CompanyState, ...] = ()
    text: str = ""
    assignee: str | None = None
    assigned: str | None = None
    flag: Flag | None = None
    sort: QueueSort = QueueSort.WAITING
    cursor: str | None = None
    limit: int = 50


def queue_page(session: Session, query: QueueQuery, *, now: datetime, reader_id: str) -> bytes:
    """Give one page of the queue as JSON: ``{"items": [...], "next_cursor": ...}``; news are those for the reader."""
    name = query.sort.value
    column = _SORT_COLUMNS[_sorted_by(query)]
    statement = _in_order(_SELECT[_sorted_by(query)].where(*_conditions(session, query, now)), column, query)
    # Past the session: rows of columns need nothing that it keeps of objects.
    rows: Sequence[Row[Any]] = session.connection().execute(statement.limit(query.limit + 1)).all()
    shown = rows[: query.limit]
    following = None
    if len(rows) > query.limit:
        following = encode_cursor(f"companies {name}", (shown[-1].sort_value, shown[-1].id))
    news = news_of(session, [row.id for row in shown], reader_id)
    answer = {"items": [_item(row, now, news[row.id]) for row in shown], "next_cursor": following}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _sorted_by(query: QueueQuery) -> str:
    return query.sort.value.removeprefix("-")


def count_of(session: Session, query: QueueQuery, *, now: datetime, most: int) -> int:
    """Count the cases of a query, up to ``most``."""
    found = select(Company.id).where(*_conditions(session, query, now)).limit(most).subquery()
    return int(session.scalar(select(func.count()).select_from(found)) or 0)


def _in_order(statement: Select[Any], column: ColumnElement[Any], query: QueueQuery) -> Select[Any]:
    downwards = query.sort.value.startswith("-")
    if query.cursor is not None:
        after = decode_cursor(f"companies {query.sort.value}", query.cursor, 2)
        place = tuple_(column, _company.id)
        statement = statement.where(place < tuple_(*after) if downwards else place > tuple_(*after))
    if downwards:
        return statement.order_by(column.desc(), _company.id.desc())
    return statement.order_by(column, _company.id)


def _conditions(session: Session, query: QueueQuery, now: datetime) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if query.open is True:
        conditions.append(literal_column(WAITS, Boolean()))
    elif query.open is False:
        conditions.append(Company.waiting_key == NOT_WAITING)
    if len(query.states) == 1:
        conditions.append(Company.state == query.states[0])
    elif query.states:
        conditions.append(Company.state.in_(query.states))
    if query.assignee is not None:
        conditions.append(_held_by(query.assignee, now))
    if query.assigned is not None:
        conditions.append(_to_do_by(query.assigned))
    if query.flag is not None:
        conditions.append(_flagged(query.flag, now))
    if query.text.strip():
        conditions += _found_by(session, query.text)
    return conditions


def _held_by(assignee: str, now: datetime) -> ColumnElement[bool]:
    if assignee == "none":
        return or_(Company.holder_id.is_(None), Company.lease_expires_at <= now)
    held_by = or_(Company.holder_id == assignee, Company.holder_username == assignee)
    return and_(held_by, Company.lease_expires_at > now)


def _to_do_by(assigned: str) -> ColumnElement[bool]:
    if assigned == "none":
        return Company.assigned_id.is_(None)
    return or_(
        Company.assigned_id == assigned,
        and_(Company.assigned_id.is_not(None), Company.assigned_username == assigned),
    )


def _flagged(flag: Flag, now: datetime) -> ColumnElement[bool]:
    conditions: dict[Flag, ColumnElement[bool]] = {
        Flag.ON_HOLD: and_(
            Company.hold_reason.is_not(None), or_(Company.hold_until.is_(None), Company.hold_until > now)
        ),
        Flag.ESCALATED: Company.escalated.is_(True),
        Flag.SECOND_REVIEW: Company.first_approver_id.is_not(None),
        Flag.POSSIBLE_DUPLICATE: Company.possible_duplicate == true(),
        Flag.OVERDUE: Company.waiting_key <= microseconds(due_before(now)),
    }
    return conditions.get(flag, false())


def _found_by(session: Session, text: str) -> list[ColumnElement[bool]]:
    """Turn a query into conditions: a rare word into the companies that have it, a common one into a look-up a row."""
    rare: set[str] | None = None
    common: list[str] = []
    words = words_of_query(text)
    if not words:
        return [false()]
    for word in words:
        found = session.scalars(select(SearchToken.company_id).where(_begins(SearchToken, word)).limit(_FEW + 1)).all()
        if len(found) > _FEW:
            common.append(word)
        else:
            rare = set(found) if rare is None else rare & set(found)
    if rare is None:
        rare = _that_have_all(session, common)
        common = common if rare is None else []
    conditions: list[ColumnElement[bool]] = [_has(Company.id, word) for word in common]
    if rare is not None:
        conditions.insert(0, Company.id.in_(sorted(rare)) if rare else false())
    return conditions


def _that_have_all(session: Session, common: list[str]) -> set[str] | None:
    """Name the companies that have all of several common words, if they are few.

    Companies with each of two words may be many, those with both few and far apart: a look-up a row would go through
    all that wait. None when every word is too common to be followed, or too many companies have them all.
    """
    if len(common) < 2:
        return None
    sizes = {word: _count_up_to(session, _begins(SearchToken, word), _SOME + 1) for word in common}
    rarest, *others = sorted(common, key=sizes.__getitem__)
    if sizes[rarest] > _SOME:
        return None
    with_all = (_begins(SearchToken, rarest), *(_has(SearchToken.company_id, word) for word in others))
    found = session.scalars(select(SearchToken.company_id).where(*with_all).distinct().limit(_FEW + 1)).all()
    return None if len(found) > _FEW else set(found)


def _has(company_id: InstrumentedAttribute[str], word: str) -> ColumnElement[bool]:
    token = aliased(SearchToken)
    return exists().where(token.company_id == company_id, _begins(token, word))


def _begins(token: type[SearchToken], word: str) -> ColumnElement[bool]:
    return and_(token.token >= word, token.token < end_of_beginning(word))


def _count_up_to(session: Session, begins: ColumnElement[bool], most: int) -> int:
    found = select(literal(1)).where(begins).limit(most).subquery()
    return int(session.scalar(select(func.count()).select_from(found)) or 0)


def _item(row: Row[Any], now: datetime, news: News) -> dict[str, Any]:
    worked = worked_seconds(row, now)
    held = row.holder_id is not None and row.lease_expires_at is not None and row.lease_expires_at > now
    return {
        "id": row.id,
        "name": row.name,
        "nip": row.nip,
        "legal_form": row.legal_form,
        "state": row.state,
        "version": row.version,
        "round": row.round,
        "case_kind": row.case_kind,
        "submitted_at": rfc3339(row.submitted_at) if row.submitted_at else None,
        "waiting_seconds": waiting_seconds(row, now),
        "working_seconds": worked,
        "assignee": {"id": row.holder_id, "username": row.holder_username, "display_name": row.holder_name}
        if held
        else None,
        "lease_expires_at": rfc3339(row.lease_expires_at) if held else None,
        "flags": flags_of(row, now, worked),
        "checks": {
            "ok": row.checks_ok,
            "warn": row.checks_warn,
            "fail": row.checks_fail,
            "unknown": row.checks_unknown,
        },
        "assignment": _assignment(row),
        "news": news.kinds,
        "looked": news.looked,
    }


def _assignment(row: Row[Any]) -> dict[str, Any] | None:
    if row.assigned_id is None or row.assigned_at is None:
        return None
    person = {"id": row.assigned_id, "username": row.assigned_username, "display_name": row.assigned_name}
    return {"person": person, "by": row.assigned_by or "", "at": rfc3339(row.assigned_at)}


def waiting_seconds(company: Company | Row[Any], now: datetime) -> int:
    """Give the whole seconds since the submission while staff's answer is due, else 0."""
    if company.waiting_key == NOT_WAITING or company.submitted_at is None:
        return 0
    return max(int((now - company.submitted_at).total_seconds()), 0)


def worked_seconds(company: Company | Row[Any], now: datetime) -> int:
    """Give the working time among `waiting_seconds`."""
    if company.waiting_key == NOT_WAITING or company.submitted_at is None:
        return 0
    return working_seconds(company.submitted_at, now)


def flags_of(company: Company | Row[Any], now: datetime, worked: int) -> Sequence[str]:
    """List the flags of a case in the order of the contract; ``worked`` are its `worked_seconds`."""
    flags = []
    if company.hold_reason is not None and (company.hold_until is None or company.hold_until > now):
        flags.append(Flag.ON_HOLD.value)
    if company.escalated:
        flags.append(Flag.ESCALATED.value)
    if company.first_approver_id is not None:
        flags.append(Flag.SECOND_REVIEW.value)
    if company.possible_duplicate:
        flags.append(Flag.POSSIBLE_DUPLICATE.value)
    if worked >= TARGET_SECONDS:
        flags.append(Flag.OVERDUE.value)
    return flags
