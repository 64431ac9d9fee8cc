# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and answers of ``/api/v1/staff`` around the queue: views with their counts, acts on several cases, people."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from reviewer_app.contract.messages import ONE_LINE, SEVERAL_LINES, Message, Request, Utc
from reviewer_app.contract.staff import QueueSort
from reviewer_app.contract.states import CompanyState, Flag

MOST_COUNTED = 1000
"""Counts of views stop here: a larger one says nothing more, and would cost a walk over the table."""

MOST_AT_ONCE = 200
MOST_VIEWS = 50

Id = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ONE_LINE)]
Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=SEVERAL_LINES)]


class ViewQuery(Request):
    """What a view shows, as the parameters of ``GET companies``; ``me`` of ``assignee`` and ``assigned`` is whoever looks."""

    open: bool | None = None
    state: CompanyState | None = None
    q: Annotated[str, StringConstraints(max_length=200)] = ""
    assignee: Annotated[str, StringConstraints(max_length=64)] | None = None
    assigned: Annotated[str, StringConstraints(max_length=64)] | None = None
    flag: Flag | None = None
    sort: QueueSort = QueueSort.WAITING


class ViewRequest(Request):
    """Keeps a view; ``shared`` shows it to all staff."""

    name: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=60, pattern=ONE_LINE)]
    shared: bool = False
    query: ViewQuery


class QueueView(Message):
    """A view with the number of its cases, counted up to `MOST_COUNTED`. One that comes with the program has no owner."""

    id: str
    name: str
    shared: bool
    mine: bool
    owner_name: str | None
    query: ViewQuery
    count: int


class QueueViews(Message):
    """The views that the caller sees: those of the program, shared ones, and their own."""

    items: tuple[QueueView, ...]


class BulkAct(StrEnum):
    """What can be done with several cases at once."""

    CLAIM = "claim"
    ASSIGN = "assign"
    UNASSIGN = "unassign"
    HOLD = "hold"
    END_HOLD = "end_hold"
    RELEASE = "release"


class BulkRequest(Request):
    """One act on several cases, named with the versions that were seen.

    ``assignee_id`` (assign, where it is required), ``reason`` and ``until`` (hold). Claiming and releasing are about who works
    on a case now, assigning and ending that about whose it is to do.
    """

    act: BulkAct
    companies: Annotated[dict[Id, int], Field(min_length=1, max_length=MOST_AT_ONCE)]
    assignee_id: Id | None = None
    reason: Reason | None = None
    until: Utc | None = None


class BulkResult(Message):
    """What became of one case: ``done``, or why not. A claim for the caller comes with its lease."""

    company_id: str
    done: bool
    code: str | None = None
    message: str | None = None
    lease_token: str | None = None
    expires_at: Utc | None = None


class BulkResults(Message):
    """What became of each case, in the order of the request."""

    items: tuple[BulkResult, ...]


class ClaimRequest(Request):
    """Claims a case. One that is assigned to a colleague only with their id, by who was told so: ``although_assigned_to``."""

    although_assigned_to: Id | None = None


class EscalationRequest(Request):
    """Hands a case to the supervisors with a reason; a supervisor ends that with ``reason`` null."""

    reason: Reason | None = None


class NoticeKind(StrEnum):
    """Why a member of staff is told of a case."""

    MENTIONED = "mentioned"
    ANSWERED = "answered"
    ASSIGNED = "assigned"


class Notice(Message):
    """Something that was meant for the caller: a note that names them, the answer of a customer whom they had asked for
    a correction, a case that was given to them. ``by`` is who did it; ``text`` is the note.
    """

    seq: int
    kind: NoticeKind
    company_id: str
    company_name: str
    by: str
    at: Utc
    text: str | None = None


class Notices(Message):
    """Notices after ``since``, oldest first, and the place to go on from."""

    items: tuple[Notice, ...]
    next: int
