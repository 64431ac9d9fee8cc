# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happened to a case, newest first."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.staff import HistoryEntry, StaffUser
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.beside import BESIDE_MS

NOTES = frozenset({"note_added", "held", "hold_ended", "escalated", "escalation_ended"})
PRINTS = frozenset({"document_print_begun", "document_printed", "document_print_failed"})
DECISIONS = frozenset(
    {
        "verdict_given",
        "first_approval",
        "approved",
        "correction_requested",
        "rejected",
        "reopened",
        "suspended",
        "restored",
    }
)


class HistoryFilter(StrEnum):
    """Which acts of a history are shown: by who did them, or by what they are."""

    ALL = "all"
    CUSTOMER = "customer"
    STAFF = "staff"
    SYSTEM = "system"
    NOTES = "notes"
    DECISIONS = "decisions"
    PRINTS = "prints"


class HistoryModel(QObject):
    """Entries of one case. Signals: ``changed``, ``failed`` (error), ``noted`` (the act that was written)."""

    changed = Signal()
    failed = Signal(object)
    noted = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._company_id: str | None = None
        self._entries: tuple[HistoryEntry, ...] = ()
        self._soon = QTimer(self, singleShot=True, interval=BESIDE_MS)
        self._soon.timeout.connect(self.refresh)
        self.filter = HistoryFilter.ALL
        self.people: tuple[StaffUser, ...] = ()
        """Who can be named in a note; read with the first history that comes, and again with the next until they are known."""

    @property
    def company_id(self) -> str | None:
        """The case whose history is shown."""
        return self._company_id

    @property
    def entries(self) -> tuple[HistoryEntry, ...]:
        """The acts that the filter lets through, newest first."""
        return tuple(entry for entry in self._entries if _passes(entry, self.filter))

    def choose(self, chosen: HistoryFilter) -> None:
        """Show only some of the acts."""
        self.filter = chosen
        self.changed.emit()

    def show(self, company_id: str) -> None:
        """Show the history of a case, soon; that of another one is taken away at once."""
        if company_id != self._company_id:
            self._runner.forget("history", owner=self)
            self._company_id = company_id
            self._entries = ()
            self.changed.emit()
        self._soon.start()

    def clear(self) -> None:
        """Show no history; nobody is signed in any more."""
        self._soon.stop()
        self._runner.forget("history", owner=self)
        self._company_id = None
        self._entries = ()
        self.people = ()
        self.changed.emit()

    def refresh(self) -> None:
        """Read the history anew."""
        self._soon.stop()
        if self._company_id is not None:
            self._runner.run(
                partial(self._desk.cases.history, company_id=self._company_id),
                owner=self,
                on_success=self._loaded,
                on_failure=self.failed.emit,
                key="history",
            )

    def add_note(self, text: str) -> None:
        """Write an internal note on the case."""
        if self._company_id is not None and text.strip():
            self._runner.run(
                partial(self._desk.outbox.add_note, company_id=self._company_id, text=text.strip()),
                owner=self,
                on_success=self._noted,
                on_failure=self.failed.emit,
            )

    def _noted(self, act: PendingAct) -> None:
        self.noted.emit(act)

    def _know_people(self, people: tuple[StaffUser, ...]) -> None:
        self.people = people

    def _people_unknown(self, _error: BaseException) -> None:
        """They are asked for again with the next history; nobody waits for them yet."""

    def _loaded(self, entries: tuple[HistoryEntry, ...]) -> None:
        if not self.people:
            self._runner.run(
                self._desk.queue_work.people,
                owner=self,
                on_success=self._know_people,
                on_failure=self._people_unknown,
                key="people",
            )
        # Of what happened at one moment the server tells the earlier first.
        self._entries = tuple(sorted(entries, key=lambda entry: entry.at)[::-1])
        self.changed.emit()


def _passes(entry: HistoryEntry, chosen: HistoryFilter) -> bool:
    if chosen in (HistoryFilter.CUSTOMER, HistoryFilter.STAFF, HistoryFilter.SYSTEM):
        return entry.actor.value == chosen.value
    listed = {HistoryFilter.NOTES: NOTES, HistoryFilter.DECISIONS: DECISIONS, HistoryFilter.PRINTS: PRINTS}
    kinds = listed.get(chosen)
    return kinds is None or entry.kind in kinds
