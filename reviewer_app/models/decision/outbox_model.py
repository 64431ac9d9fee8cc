# SPDX-License-Identifier: AGPL-3.0-or-later
"""The user's acts on their way to the server: the countdown for undoing, and what needs attention."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.desk.rows import ActKind, ActState, PendingAct

if TYPE_CHECKING:
    from reviewer_app.contract.staff import HistoryEntry
    from reviewer_app.desk.cases import Case
    from reviewer_app.desk.desk import Desk
    from reviewer_app.desk.drafts import DecisionDraft
    from reviewer_app.desk.events import ActChanged

TICK_MS = 250
_TROUBLED = frozenset({ActState.CONFLICT, ActState.FAILED})


class OutboxModel(QObject):
    """Acts of the user that the server has not recorded yet.

    ``changed`` after any of them came, moved on or went, ``held_changed`` (the act, seconds left; None, 0 when none is held), ``troubled_changed`` (acts that wait for the
    person), ``done`` (the act), ``undone`` (the draft that came back), ``failed`` (the error),
    ``theirs`` (the case and its history as they are on the server), ``theirs_unknown`` when they could not be read,
    ``returned`` (the id of the case) when an act that did not go through is a draft again.
    """

    changed = Signal()
    held_changed = Signal(object, int)
    troubled_changed = Signal(object)
    done = Signal(object)
    undone = Signal(object)
    failed = Signal(object)
    theirs = Signal(object)
    theirs_unknown = Signal()
    returned = Signal(str)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._acts: dict[str, PendingAct] = {}
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._tell_held)

    @property
    def held(self) -> PendingAct | None:
        """The decision that can still be undone; the latest when there are several."""
        held = [act for act in self._acts.values() if act.state is ActState.HELD]
        return max(held, key=_created, default=None)

    @property
    def troubled(self) -> tuple[PendingAct, ...]:
        """Acts that did not go through and wait for the person, oldest first."""
        return tuple(sorted((act for act in self._acts.values() if act.state in _TROUBLED), key=_created))

    def acts_on(self, company_id: str) -> tuple[PendingAct, ...]:
        """Give the acts on a case, oldest first."""
        return tuple(sorted((act for act in self._acts.values() if act.company_id == company_id), key=_created))

    @property
    def waiting(self) -> int:
        """How many acts have not reached the server."""
        return sum(act.state in (ActState.HELD, ActState.PENDING, ActState.SENDING) for act in self._acts.values())

    def load(self) -> None:
        """Read the acts of earlier sessions."""
        self._runner.run(self._desk.outbox.pending, owner=self, on_success=self._loaded, key="outbox-load")

    def add(self, act: PendingAct) -> None:
        """Take in an act that was just written."""
        self._take(act)

    def follow(self, event: ActChanged) -> None:
        """Take in what the sending stream says."""
        self._take(event.act)

    def undo(self) -> bool:
        """Take the latest decision back that has no effect yet: it is held, or waits for the server; False: there is none."""
        waiting = [act for act in self._acts.values() if act.kind is ActKind.DECISION and act.can_be_undone]
        act = self.held or max(waiting, key=_created, default=None)  # the held one is what the countdown names
        if act is not None:
            self.take_back(act.id)
        return act is not None

    def take_back(self, act_id: str) -> None:
        """Take an act back, before it has any effect."""
        self._runner.run(
            partial(self._desk.outbox.undo, act_id=act_id),
            owner=self,
            on_success=self._undone,
            on_failure=self.failed.emit,
            key=f"undo-{act_id}",
            lane="drafts",
        )

    def send_now(self) -> None:
        """Send the held decision without waiting for the end of the countdown."""
        act = self.held
        if act is not None:
            self._runner.run(
                partial(self._desk.outbox.send_now, act_id=act.id), owner=self, on_failure=self.failed.emit
            )

    def look_at_theirs(self, act: PendingAct) -> None:
        """Read how the case of an act stands now and what was done last; ``theirs`` follows."""
        self._runner.run(
            partial(self._theirs, act.company_id), owner=self, on_success=self.theirs.emit, on_failure=self._not_seen
        )

    def _theirs(self, company_id: str) -> tuple[Case, tuple[HistoryEntry, ...]]:
        return self._desk.cases.open(company_id=company_id), self._desk.cases.history(company_id=company_id)

    def _not_seen(self, _error: BaseException) -> None:
        self.theirs_unknown.emit()

    def retry(self, act_id: str, version: int | None = None) -> None:
        """Send an act again that did not go through, on a ``version`` of the case that was seen since if there is one."""
        self._runner.run(
            partial(self._desk.outbox.retry, act_id=act_id, version=version),
            owner=self,
            on_success=self._take,
            on_failure=self.failed.emit,
        )

    def dismiss(self, act_id: str) -> None:
        """End an act that did not go through; what a decision was made from is the draft again."""
        self._runner.run(
            partial(self._desk.outbox.dismiss, act_id=act_id),
            owner=self,
            on_success=self._dismissed,
            on_failure=self.failed.emit,
            lane="drafts",
        )

    def _loaded(self, acts: tuple[PendingAct, ...]) -> None:
        for act in acts:
            self._acts[act.id] = act
        self._tell()

    def _take(self, act: PendingAct) -> None:
        if act.state in (ActState.DONE, ActState.WITHDRAWN):
            self._acts.pop(act.id, None)
        else:
            self._acts[act.id] = act
        self._tell()
        if act.state is ActState.DONE:
            self.done.emit(act)

    def _undone(self, draft: DecisionDraft | None) -> None:
        self.load_anew()
        self.undone.emit(draft)

    def _dismissed(self, draft: DecisionDraft | None) -> None:
        self._undone(draft)
        if draft is not None:
            self.returned.emit(draft.company_id)

    def load_anew(self) -> None:
        """Forget what was known and read the acts again."""
        self._acts.clear()
        self._tell()
        self.load()

    def _tell(self) -> None:
        self.changed.emit()
        self.troubled_changed.emit(self.troubled)
        self._tell_held()
        if self.held is not None and not self._tick.isActive():
            self._tick.start()

    def _tell_held(self) -> None:
        act = self.held
        left = _seconds_left(act)
        if act is None or left <= 0:
            self._tick.stop()
            self.held_changed.emit(None, 0)
            return
        self.held_changed.emit(act, left)


def _created(act: PendingAct) -> datetime:
    return act.created_at


def _seconds_left(act: PendingAct | None) -> int:
    if act is None or act.held_until is None:
        return 0
    return max(0, ceil((act.held_until - datetime.now(UTC)).total_seconds()))
