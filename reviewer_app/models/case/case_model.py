# SPDX-License-Identifier: AGPL-3.0-or-later
"""The open case: loading it, claiming it, and staying up to date."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.background.operation import Cancellation
from reviewer_app.background.runner import Runner
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.staff import Assignment, CompanyDetail
from reviewer_app.desk.cases import Case, Lease
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.errors import SessionExpired
from reviewer_app.desk.events import CasesChanged, LeaseEnded
from reviewer_app.models.beside import BESIDE_MS
from reviewer_app.models.case.declared import DocumentLine, document_lines
from reviewer_app.models.queue.waiting import same_but_wait

REFRESH_PAUSE_MS = 200


@dataclass(frozen=True)
class _Read:
    """A case that was read: now, or ``fresh`` False before it was asked for. ``ahead`` is the one that came before it."""

    case: Case
    fresh: bool
    ahead: Case | None = None


class CaseModel(QObject):
    """One case. Signals: ``changed`` after every answer, ``opening`` when one was asked for, ``opened`` when another case
    came, ``not_opened`` (error) when it could not: what was shown before still is the case; ``closed``,
    ``nothing_next`` when no case is free, ``busy_changed``, ``failed`` (error), ``lease_lost`` (Explanation),
    ``assigned`` when a claim needs the person to know whose the case is, ``claimed`` when the person got the claim, ``taken`` (name of who holds it now) when somebody else did.
    """

    changed = Signal()
    opening = Signal()
    opened = Signal()
    not_opened = Signal(object)
    closed = Signal()
    nothing_next = Signal()
    busy_changed = Signal(bool)
    failed = Signal(object)
    lease_lost = Signal(object)
    assigned = Signal()
    claimed = Signal()
    taken = Signal(str)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._case: Case | None = None
        self._lines_of: CompanyDetail | None = None
        self._lines: tuple[DocumentLine, ...] = ()
        self._wanted: str | None = None
        self._next_comes = False
        self.at_hand: Callable[[str], CompanyDetail | None] = _nothing_at_hand
        """Gives what the server said about a case that was read before it was asked for; whoever reads ahead sets it."""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(REFRESH_PAUSE_MS)
        self._pause.timeout.connect(self.refresh)

    @property
    def case(self) -> Case | None:
        """The case shown."""
        return self._case

    @property
    def detail(self) -> CompanyDetail | None:
        """What the server says about the case shown."""
        return self._case.detail if self._case else None

    @property
    def lines(self) -> tuple[DocumentLine, ...]:
        """The documents of the case shown with their versions."""
        detail = self.detail
        if detail is not self._lines_of:
            self._lines_of, self._lines = detail, document_lines(detail) if detail is not None else ()
        return self._lines

    @property
    def is_mine(self) -> bool:
        """Whether the person holds the claim on the case shown."""
        return self._case is not None and self._case.is_mine

    def allows(self, act: StaffAct) -> bool:
        """Whether the server allows an act on the case now."""
        return self.detail is not None and act in self.detail.allowed_actions

    def why_not(self, act: StaffAct) -> str:
        """Say why an act is not allowed now, in the server's words; empty when it gave none."""
        if self.detail is None:
            return ""
        return next((item.message for item in self.detail.blocked_actions if item.act is act), "")

    def open(self, company_id: str) -> None:
        """Show a case."""
        self._next_comes = False
        self._wanted = company_id
        self.opening.emit()
        self._load(company_id)

    def refresh(self) -> None:
        """Read the case shown anew; not while the next one is on its way, whose answer must not be passed over."""
        if self._wanted is not None and not self._next_comes:
            self._load(self._wanted)

    def close(self) -> None:
        """Show no case, nor one that is on its way."""
        self._runner.forget("case", owner=self)
        self.busy_changed.emit(False)
        self._next_comes = False
        self._pause.stop()
        self._wanted = None
        self._case = None
        self.closed.emit()

    def follow(self, event: CasesChanged) -> None:
        """Read the case anew when the change is about it."""
        if self._wanted is not None and (event.everything or self._wanted in event.company_ids):
            self._pause.start()

    def follow_lease(self, event: LeaseEnded) -> None:
        """Say that the claim is lost when it is the one of the case shown."""
        if event.company_id == self._wanted:
            self.lease_lost.emit(event.problem)
            self.refresh()

    def claim_next(self) -> None:
        """Claim and show the free case that waits longest."""
        self.busy_changed.emit(True)
        self._next_comes = True
        self._runner.run(
            self._desk.claims.claim_next,
            owner=self,
            on_success=self._next_known,
            on_failure=self._next_failed,
            key="case",
        )

    @property
    def colleague(self) -> Assignment | None:
        """To which colleague the case shown is assigned; None when to nobody, or to the person."""
        detail, current = self.detail, self._desk.session.current
        if detail is None or detail.assignment is None or current is None:
            return None
        return None if detail.assignment.person.id == current.user_id else detail.assignment

    def claim(self) -> None:
        """Claim the case shown; one that is assigned to a colleague only after `assigned` has told so: `claim_anyway`."""
        if self.colleague is None:
            self._act(partial(self._desk.claims.claim, company_id=self._wanted or ""))
        else:
            self.assigned.emit()

    def claim_anyway(self) -> None:
        """Claim the case shown although it is assigned to the colleague who is shown."""
        colleague = self.colleague
        whose = colleague.person.id if colleague is not None else None
        self._act(partial(self._desk.claims.claim, company_id=self._wanted or "", although_assigned_to=whose))

    def take_over(self) -> None:
        """Take the case shown from whoever holds it."""
        self._act(partial(self._desk.claims.take_over, company_id=self._wanted or ""))

    def release(self) -> None:
        """Let the case shown go."""
        self._act(partial(self._desk.claims.release, company_id=self._wanted or ""))

    def _act(self, call: partial[Lease] | partial[None]) -> None:
        if self._wanted is None:
            return
        self.busy_changed.emit(True)
        self._runner.run(call, owner=self, on_success=self._acted, on_failure=self._act_failed, key="claim")

    def _acted(self, _lease: Lease | None) -> None:
        self.refresh()

    def _act_failed(self, error: BaseException) -> None:
        self._failed(error)
        self.refresh()

    def _load(self, company_id: str) -> None:
        self.busy_changed.emit(True)
        known = self.at_hand(company_id) if self.detail is None or self.detail.id != company_id else None
        self._runner.stream(
            partial(_read, self._desk, company_id, known),
            owner=self,
            on_event=self._came,
            on_failure=self._not_read,
            key="case",
            lane="calls",
        )

    def _came(self, read: _Read) -> None:
        """Show a case as it was read ahead, then as it is now: mostly there is nothing new to show."""
        ahead = read.ahead
        if ahead is not None and self._case is ahead and _same(ahead, read.case):
            self._case = read.case
            self.busy_changed.emit(False)
        else:
            self._loaded(read.case)
            self.busy_changed.emit(not read.fresh)

    def _loaded(self, case: Case) -> None:
        self.busy_changed.emit(False)
        other = self._case is None or self._case.detail.id != case.detail.id
        was_mine = self.is_mine
        self._case = case
        self._wanted = case.detail.id
        if other:
            self.opened.emit()
        self.changed.emit()
        if case.is_mine and not was_mine:
            self.claimed.emit()
        elif was_mine and not other and not case.is_mine and case.detail.assignee is not None:
            self.taken.emit(case.detail.assignee.display_name)

    def _next_failed(self, error: BaseException) -> None:
        self._next_comes = False
        self._failed(error)

    def _next_known(self, case: Case | None) -> None:
        self._next_comes = False
        if case is None:
            self.busy_changed.emit(False)
            self.nothing_next.emit()
        else:
            self._loaded(case)

    def _not_read(self, error: BaseException) -> None:
        shown = self.detail.id if self.detail is not None else None
        if self._wanted == shown or isinstance(error, SessionExpired):
            self._failed(error)
            return
        self._wanted = shown  # a claim is about what is seen
        self.busy_changed.emit(False)
        self.not_opened.emit(error)

    def _failed(self, error: BaseException) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)


def _same(one: Case, other: Case) -> bool:
    """Whether both look the same, whenever they were read: a wait is shown in minutes."""
    minutes = [(detail.waiting_seconds // 60, detail.working_seconds // 60) for detail in (one.detail, other.detail)]
    return (
        minutes[0] == minutes[1]
        and same_but_wait(one.detail, other.detail)
        and replace(one, detail=other.detail, fetched_at=other.fetched_at) == other
    )


def _nothing_at_hand(_company_id: str) -> None:
    return None


def _read(
    desk: Desk,
    company_id: str,
    at_hand: CompanyDetail | None,
    emit: Callable[[_Read], None],
    cancellation: Cancellation,
) -> None:
    ahead = None
    if at_hand is not None:
        ahead = desk.cases.assemble(at_hand, fetched_at=desk.now(), from_cache=False)
        emit(_Read(ahead, fresh=False))
        if cancellation.wait(BESIDE_MS / 1000):
            return
    emit(_Read(desk.cases.open(company_id=company_id), fresh=True, ahead=ahead))
