# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cases that the person holds, brought to this computer whole: without the server they can be read all the same."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from reviewer_app.background.operation import Cancellation, Operation
from reviewer_app.background.runner import Runner
from reviewer_app.desk.errors import DamagedDownload, Refused
from reviewer_app.desk.events import CasesChanged
from reviewer_app.models.case.declared import document_lines
from reviewer_app.models.document.document_model import DocumentModel

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk

REST_MS = 400
"""So long nobody may have waited for a document before those of claimed cases are fetched."""


class ClaimedCasesModel(QObject):
    """Fetches claimed cases with their documents, opened or not, whenever nobody waits for one that is to be shown."""

    def __init__(self, desk: Desk, runner: Runner, document: DocumentModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._document = document
        self._here: set[str] = set()
        """The ids of the cases that are here whole, as far as is known."""
        self._running: Operation | None = None
        self._rest = QTimer(self, singleShot=True, interval=REST_MS)
        self._rest.timeout.connect(self._fetch)
        self._rest.start()
        document.opening.connect(self._give_way)

    def follow(self, event: CasesChanged) -> None:
        """Fetch what changed, and what was claimed."""
        if event.everything:
            self._here.clear()
        self._here -= event.company_ids
        self._rest.start()

    def clear(self) -> None:
        """End what is under way; nobody is signed in any more."""
        self._rest.stop()
        self._here.clear()
        self._stop()

    def _give_way(self, _document: object) -> None:
        """Somebody waits for a document; what was fetched of another one is gone on with later."""
        self._stop()
        self._rest.start()

    def _stop(self) -> None:
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def _fetch(self) -> None:
        if self._document.is_drawing or (self._running is not None and not self._running.finished):
            self._rest.start()
            return
        self._running = self._runner.stream(
            partial(_fetch, self._desk, frozenset(self._here)),
            owner=self,
            on_event=self._here.add,
            on_failure=self._failed,
            lane="claimed",
        )

    def _failed(self, _error: BaseException) -> None:
        """Whoever opens a case is told what is wrong; when the server is back, everything may have changed."""


def _fetch(desk: Desk, here: frozenset[str], emit: Callable[[str], None], cancellation: Cancellation) -> None:
    for company_id in desk.claims.held():
        if company_id in here:
            continue
        case = desk.cases.open(company_id=company_id)
        if case.from_cache:
            return
        for line in document_lines(case.detail):
            if cancellation.cancelled:
                return
            with contextlib.suppress(DamagedDownload, Refused):  # the others can be fetched all the same
                desk.documents.fetch(document=line.current, cancellation=cancellation)
        emit(company_id)
