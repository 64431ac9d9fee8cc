# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plain data that the queue and the frame around it show. Light: the first frame is drawn from these."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CaseKind, CompanyState, Flag, Outcome
from reviewer_app.contract.text import Text
from reviewer_app.store.act_states import ActKind, ActState

if TYPE_CHECKING:
    from reviewer_app.desk.drafts import DecisionDraft

__all__ = ["ActKind", "ActState", "PendingAct", "QueuePage", "QueueQuery", "QueueRow", "SignedIn", "SortKey"]

SortKey = Literal[
    "waiting", "-waiting", "name", "-name", "nip", "-nip", "state", "-state", "round", "-round",
    "form", "-form", "assignee", "-assignee", "flags", "-flags", "checks", "-checks",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in, and where; ``bench``: on a test bench."""

    user_id: str
    username: str
    display_name: str
    role: StaffRole
    server_url: str
    bench: bool = False

    @property
    def scope(self) -> str:
        """As whom and where work is done: drafts, acts and claims belong to it."""
        return f"{self.user_id}@{self.server_url}"


@dataclass(frozen=True, slots=True)
class QueueQuery:
    """What the queue shows. ``open_only`` leaves cases that wait for staff; ``assignee`` (who works on a case now) and
    ``assigned`` (whose it is to do) are a user id, "me" or "none".
    """

    open_only: bool = True
    state: CompanyState | None = None
    search: str = ""
    assignee: str | None = None
    assigned: str | None = None
    flag: Flag | None = None
    sort: SortKey = "waiting"

    @property
    def narrowed(self) -> bool:
        """Whether a search or a filter leaves cases out."""
        return bool(self.search or self.state or self.assignee or self.assigned or self.flag)


@dataclass(frozen=True, slots=True)
class PendingAct:
    """One act in the outbox. ``held_until`` is UTC; ``problem`` says in both languages why it did not go through.

    ``draft`` is what a decision was made from, ``text`` what was written with any other act.
    """

    id: str
    company_id: str
    kind: ActKind
    state: ActState
    created_at: datetime
    held_until: datetime | None
    outcome: Outcome | None = None
    text: str | None = None
    problem_code: str | None = None
    problem: Text | None = None
    draft: DecisionDraft | None = None
    may_have_arrived: bool = False
    """Whether it was sent, perhaps without an answer."""

    @property
    def can_be_undone(self) -> bool:
        """Whether it surely has no effect yet."""
        return self.state in {ActState.HELD, ActState.PENDING} and not self.may_have_arrived


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One case in the queue, as the server said it, with the user's acts that the server does not know yet.

    ``assignee_name`` works on it now; it is ``assigned_name``'s to do, given by ``assigned_by``.
    """

    id: str
    name: str
    nip: str
    legal_form: LegalForm
    state: CompanyState
    version: int
    round: int
    case_kind: CaseKind
    submitted_at: datetime | None
    waiting_seconds: int
    assignee_id: str | None
    assignee_name: str | None
    lease_expires_at: datetime | None
    flags: tuple[Flag, ...] = ()
    checks_ok: int = 0
    checks_warn: int = 0
    checks_fail: int = 0
    checks_unknown: int = 0
    pending: tuple[PendingAct, ...] = ()
    working_seconds: int = 0
    news: tuple[str, ...] = ()
    looked: bool = True
    assigned_id: str | None = None
    assigned_name: str | None = None
    assigned_by: str | None = None
    assigned_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class QueuePage:
    """Rows of one page; ``next_cursor`` is None on the last. ``from_cache`` when the server could not be asked."""

    rows: tuple[QueueRow, ...]
    next_cursor: str | None
    fetched_at: datetime
    from_cache: bool = False
