# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case that is probably opened next: its data fetched, its first document open and its first page drawn.

It is not claimed and does not count as looked at; nothing of it is shown before somebody opens it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reviewer_app.background.operation import Cancellation, Operation
from reviewer_app.background.runner import Runner
from reviewer_app.contract.staff import CompanyDetail, StaffDocument
from reviewer_app.contract.states import CompanyState
from reviewer_app.desk.events import CasesChanged
from reviewer_app.desk.rows import QueueQuery
from reviewer_app.models.case.declared import document_lines
from reviewer_app.models.document.ahead import MOST_READY, Ready
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.drawing import PageNotDrawn, draw_until_cancelled, open_for
from reviewer_app.models.document.geometry import Room
from reviewer_app.models.newest import Newest

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk

REST_MS = 400
"""So long nothing may have been drawn before the next case is thought of."""
_OWN = QueueQuery(state=CompanyState.PENDING_VERIFICATION, assignee="none", assigned="me")
_FREE = QueueQuery(state=CompanyState.PENDING_VERIFICATION, assignee="none", assigned="none")


@dataclass(frozen=True)
class _Wanted:
    """The case that is open, the one after it in its list (empty: none), where documents are shown, and which are ready."""

    open_case: str
    in_list: str
    room: Room | None
    ready: frozenset[str]


class NextCaseModel(QObject):
    """Gets the next case ready once the open one is drawn: the next of the list, and the free one that “next case” would claim."""

    def __init__(self, desk: Desk, runner: Runner, document: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._document = document
        self._open_case = ""
        self._in_list = ""
        self._done: tuple[str, str] | None = None
        self._read: Newest[str, CompanyDetail] = Newest(MOST_READY)
        self._running: Operation | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._prepare)
        document.page_drawn.connect(self._drawn)
        document.opening.connect(self._move)

    def expect(self, open_case: str, in_list: str) -> None:
        """Take in which case is open, and which follows it in the list it came from (empty: none)."""
        if (open_case, in_list) != (self._open_case, self._in_list):
            self._open_case, self._in_list = open_case, in_list
            self.stop()
            self._rest.start()

    def take(self, company_id: str) -> CompanyDetail | None:
        """Hand over what the server said about a case that was read ahead; None when it was not, or has changed since.

        What is still read then is of another case, and comes after the one that somebody waits for.
        """
        known = self._read.take(company_id)
        if known is not None:
            self.stop()
        return known

    def follow(self, event: CasesChanged) -> None:
        """Forget what was read of cases that changed."""
        if event.everything:
            self._read.clear()
        for company_id in event.company_ids:
            self._read.take(company_id)

    def stop(self) -> None:
        """End what is under way."""
        self._rest.stop()
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def clear(self) -> None:
        """Forget everything; nobody is signed in any more."""
        self.stop()
        self._open_case = self._in_list = ""
        self._done = None
        self._read.clear()
        self._document.ready.clear()

    def _drawn(self, _page: int) -> None:
        if self._running is None or self._running.finished:
            self._rest.start()

    def _move(self, _document: object) -> None:
        """Somebody waits for another document."""
        self.stop()

    def _prepare(self) -> None:
        wanted = (self._open_case, self._in_list)
        if not self._open_case or wanted == self._done or self._document.is_drawing:
            return
        self._running = self._runner.stream(
            partial(_prepare, self._desk, _Wanted(*wanted, self._document.measure_room(), self._document.ready.ids)),
            owner=self,
            on_event=self._came,
            on_failure=self._failed,
            lane="ahead",
        )

    def _came(self, event: CompanyDetail | Ready | None) -> None:
        if event is None:
            self._done = (self._open_case, self._in_list)
        elif isinstance(event, Ready):
            self._document.ready.put(event)
        else:
            self._read.put(event.id, event)

    def _failed(self, _error: BaseException) -> None:
        """Whoever opens the case is told what is wrong; until another one is open it is not tried again."""
        self._done = (self._open_case, self._in_list)


def _prepare(
    desk: Desk, wanted: _Wanted, emit: Callable[[CompanyDetail | Ready | None], None], cancellation: Cancellation
) -> None:
    """Get both cases ready that may be opened next; None at the end."""
    free = [
        row.id
        for query in (_OWN, _FREE)
        for row in desk.queue.load(query=query, limit=2).rows
        if row.id != wanted.open_case
    ]
    likely = [wanted.in_list, *free] if wanted.in_list else free
    for company_id in list(dict.fromkeys(likely))[:MOST_READY]:
        if cancellation.cancelled:
            return
        case = desk.cases.open(company_id=company_id)
        if not case.from_cache:
            emit(case.detail)
        lines = document_lines(case.detail)
        if lines and lines[0].current.id not in wanted.ready and not cancellation.cancelled:
            emit(_ready(desk, lines[0].current, wanted.room, cancellation))
            _close_untaken(desk, lines[0].current.id, cancellation)
    emit(None)


def _close_untaken(desk: Desk, document_id: str, cancellation: Cancellation) -> None:
    """Close a document whose opening was not waited for; who shows it all the same has it opened again."""
    if cancellation.cancelled:
        desk.documents.close(document_id=document_id)


def _ready(desk: Desk, document: StaffDocument, room: Room | None, cancellation: Cancellation) -> Ready:
    opened = open_for(desk, document, room, cancellation, ahead=True)
    if opened.first is None or cancellation.cancelled:
        return Ready(opened, None)
    try:
        return Ready(opened, draw_until_cancelled(desk, opened.document_id, opened.first, cancellation, ahead=True))
    except PageNotDrawn:  # whoever opens it is told
        return Ready(opened, None)
