# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages drawn before somebody looks at them, and documents opened before somebody asks for them.

Nothing here may keep waiting what somebody does wait for: it has a thread of its own, leaves a worker process free, and
ends at once when the person moves on.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.operation import Cancellation, Operation
from reviewer_app.background.runner import Runner
from reviewer_app.models.document.drawing import Drawn, Opened, PageNotDrawn, Wish, draw_until_cancelled
from reviewer_app.models.newest import Newest

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk

MOST_READY = 2


class PagesAhead(QObject):
    """Draws pages of the document shown, one after the other. ``drawn`` (Drawn) carries each."""

    drawn = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._running: Operation | None = None
        self._failed: set[int] = set()
        self.looked_at = 1
        """The page in front when they were wished for."""

    @property
    def is_drawing(self) -> bool:
        """Whether something is being drawn ahead."""
        return self._running is not None and not self._running.finished

    def want(self, document_id: str, wishes: Sequence[Wish], *, looked_at: int) -> None:
        """Draw these in their order, unless some are being drawn already. Pages that failed are left alone."""
        left = tuple(wish for wish in wishes if wish.page not in self._failed)
        if not left or self.is_drawing:
            return
        self.looked_at = looked_at
        self._running = self._runner.stream(
            partial(_draw_all, self._desk, document_id, left),
            owner=self,
            on_event=self._came,
            on_failure=self._stopped,
            lane="ahead",
        )

    def stop(self) -> None:
        """End what is being drawn."""
        if self._running is not None:
            self._running.cancel()
            self._running = None

    def forget(self) -> None:
        """End what is being drawn; another document comes."""
        self.stop()
        self._failed.clear()

    def _came(self, event: Drawn | PageNotDrawn) -> None:
        if isinstance(event, PageNotDrawn):
            self._failed.add(event.page)
        else:
            self.drawn.emit(event)

    def _stopped(self, _error: BaseException) -> None:
        """Whoever looks at the page is told what is wrong with it."""


@dataclass(frozen=True)
class Ready:
    """A document that was opened before it was asked for, and its first page."""

    opened: Opened
    drawn: Drawn | None


class ReadyDocuments(QObject):
    """Keeps the newest few; those that nobody asked for are closed."""

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._kept: Newest[str, Ready] = Newest(MOST_READY)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of the documents kept."""
        return self._kept.keys

    def put(self, ready: Ready) -> None:
        """Keep a document."""
        self._close(self._kept.put(ready.opened.document_id, ready))

    def take(self, document_id: str) -> Ready | None:
        """Hand over a document to be shown; None when it is not kept."""
        return self._kept.take(document_id)

    def clear(self) -> None:
        """Close all."""
        self._close(self._kept.clear())

    def _close(self, document_ids: Sequence[str]) -> None:
        for document_id in document_ids:
            self._runner.run(partial(self._desk.documents.close, document_id=document_id), owner=self, lane="files")


def _draw_all(
    desk: Desk,
    document_id: str,
    wishes: Sequence[Wish],
    emit: Callable[[Drawn | PageNotDrawn], None],
    cancellation: Cancellation,
) -> None:
    for wish in wishes:
        if cancellation.cancelled:
            return
        try:
            emit(draw_until_cancelled(desk, document_id, wish, cancellation, ahead=True))
        except PageNotDrawn as error:
            emit(error)
