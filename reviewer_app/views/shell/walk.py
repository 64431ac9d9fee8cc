# SPDX-License-Identifier: AGPL-3.0-or-later
"""Next and previous within the list that a case was opened from. It moves only when it is asked to."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, Signal

from reviewer_app.models.queue.queue_model import QueueModel


class ListWalk(QObject):
    """Remembers the list as it was when a case of it was opened, and what follows once that is read. ``wanted`` carries the
    id of the case to show, ``moved`` (place from 1, length, whether there is more than that) follows each change; the length
    is 0 when the open case came from no list.
    """

    wanted = Signal(str)
    moved = Signal(int, int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: QueueModel | None = None
        self._ids: tuple[str, ...] = ()
        self._place = -1
        self._more = False

    def watch(self, queue: QueueModel) -> None:
        """Take the lists from a queue, and follow what is read of them."""
        self._queue = queue
        queue.query_changed.connect(self._end_here)
        queue.rowsInserted.connect(self._lengthen)

    def begin(self, company_id: str) -> None:
        """Walk the list that the queue shows, from one of its cases on."""
        if self._queue is not None:
            self._ids, self._more = _ids(self._queue), self._queue.has_more
            self.follow(company_id)

    def follow(self, company_id: str) -> None:
        """Take in which case is open now; of a list that goes on past it what follows is read."""
        self._place = self._ids.index(company_id) if company_id in self._ids else -1
        self._tell()
        if self._more and self._place == len(self._ids) - 1 and self._queue is not None:
            self._queue.fetchMore(QModelIndex())

    @property
    def next_id(self) -> str:
        """The id of the case after the open one, empty when there is none."""
        return self._ids[self._place + 1] if 0 <= self._place < len(self._ids) - 1 else ""

    def next(self) -> None:
        """Ask for the case after the open one."""
        self._step(1)

    def previous(self) -> None:
        """Ask for the case before the open one."""
        self._step(-1)

    def _step(self, step: int) -> None:
        if self._place >= 0 and 0 <= self._place + step < len(self._ids):
            self.wanted.emit(self._ids[self._place + step])

    def _end_here(self) -> None:
        """Another list is shown: what follows in this one is not known."""
        self._more = False

    def _lengthen(self, _parent: QModelIndex, first: int, last: int) -> None:
        queue = self._queue
        if queue is not None and self._more and last == queue.rowCount() - 1:
            known = frozenset(self._ids)
            self._ids = (*self._ids, *(company_id for company_id in _ids(queue, first) if company_id not in known))
            self._more = queue.has_more
            self._tell()

    def _tell(self) -> None:
        length = len(self._ids) if self._place >= 0 else 0
        self.moved.emit(self._place + 1, length, self._more and length > 0)


def _ids(queue: QueueModel, first: int = 0) -> tuple[str, ...]:
    """List the cases that are loaded, from a place on."""
    rows = (queue.row_at(place) for place in range(first, queue.rowCount()))
    return tuple(row.id for row in rows if row is not None)
