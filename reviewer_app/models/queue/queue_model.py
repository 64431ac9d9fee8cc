# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue: a direct table model over pages that the server sorts, filters and cuts by keyset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, QTimer, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.desk.rows import QueuePage, QueueQuery, QueueRow, SortKey
from reviewer_app.models.queue.columns import QueueColumn, cell_hint, cell_text, column_title
from reviewer_app.models.queue.rows import gone_runs
from reviewer_app.models.queue.waiting import WaitingTime, same_but_wait

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk

Index = QModelIndex | QPersistentModelIndex

PAGE_ROWS = 200
MOST_REFRESHED_ROWS = 1000
REFRESH_PAUSE_MS = 250
MARK_MS = 2400
CLOCK_MS = 30_000


SORT_OF_COLUMN: dict[QueueColumn, SortKey] = {
    QueueColumn.COMPANY: "name",
    QueueColumn.NIP: "nip",
    QueueColumn.STATE: "state",
    QueueColumn.ROUND: "round",
    QueueColumn.WAITING: "waiting",
    QueueColumn.FORM: "form",
    QueueColumn.ASSIGNEE: "assignee",
    QueueColumn.FLAGS: "flags",
    QueueColumn.CHECKS: "checks",
}
_TURNED: dict[SortKey, SortKey] = {
    "name": "-name",
    "nip": "-nip",
    "state": "-state",
    "round": "-round",
    "waiting": "-waiting",
    "form": "-form",
    "assignee": "-assignee",
    "flags": "-flags",
    "checks": "-checks",
}


class QueueModel(QAbstractTableModel):
    """Rows of the queue. ``data`` gives the words of a cell under the usual roles, :meth:`row_at` what is drawn.

    ``loaded`` follows every answer of the server, ``detached`` says that all is forgotten as after signing out, ``before_merge`` and ``after_merge`` enclose an update in place,
    ``failed`` carries the error of a page that could not be had.
    """

    loaded = Signal()
    detached = Signal()
    failed = Signal(object)
    busy_changed = Signal(bool)
    query_changed = Signal()
    before_merge = Signal()
    after_merge = Signal()

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._desk: Desk | None = None
        self._rows: list[QueueRow] = []
        self.waiting = WaitingTime()
        self._cursor: str | None = None
        self._query = QueueQuery()
        self._fetching = False
        self._answered = False
        self._from_cache = False
        self._gathered: list[QueueRow] = []
        self.marked: set[str] = set()
        """Ids of the cases that changed by themselves a moment ago."""
        self._refresh_pause = self._timer(REFRESH_PAUSE_MS, self._refresh_now, single=True)
        self._mark_end = self._timer(MARK_MS, self._unmark, single=True)
        self._clock = self._timer(CLOCK_MS, self._tick, single=False)

    # --- what it shows

    @property
    def query(self) -> QueueQuery:
        """What the queue shows."""
        return self._query

    @property
    def answered(self) -> bool:
        """Whether the server (or the cache) has answered for this query."""
        return self._answered

    @property
    def from_cache(self) -> bool:
        """Whether the rows come from the local copy because the server could not be asked."""
        return self._from_cache

    @property
    def has_more(self) -> bool:
        """Whether the server has rows beyond those loaded."""
        return self._cursor is not None

    def row_at(self, place: int) -> QueueRow | None:
        """Give the row at a place."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, company_id: str) -> int | None:
        """Give the place of a case, None when it is not loaded."""
        return next((place for place, row in enumerate(self._rows) if row.id == company_id), None)

    def mark_looked(self, company_id: str) -> None:
        """Take the news of a case away: the person has seen them."""
        place = self.place_of(company_id)
        if place is not None and (self._rows[place].news or not self._rows[place].looked):
            self._rows[place] = replace(self._rows[place], news=(), looked=True)
            self._tell_changed(place)

    # --- what feeds it

    def show_snapshot(self, page: QueuePage) -> None:
        """Show the last known queue until the server answers."""
        self.beginResetModel()
        self._rows = list(page.rows)
        self.waiting.answered(page.fetched_at)
        self.endResetModel()

    def attach(self, desk: Desk) -> None:
        """Give the model the desk; from here on it can load."""
        self._desk = desk
        self.waiting.follow(desk.now)
        self._clock.start()

    def detach(self) -> None:
        """Stop loading and forget the rows, as after signing out."""
        for timer in (self._clock, self._refresh_pause, self._mark_end):
            timer.stop()
        self._runner.forget("queue", owner=self)  # its answer would show the rows again, and keep them on the disk
        if self._fetching:
            self._fetching = False
            self.busy_changed.emit(False)
        self._desk = None
        self._answered = self._from_cache = False
        self._cursor = None
        self._replace(())
        self.detached.emit()

    def set_query(self, query: QueueQuery) -> None:
        """Show something else: load its first page; only the latest wish is answered."""
        if query != self._query:
            self._query = query
            self._answered = False
            self.query_changed.emit()
        self.reload()

    def reload(self) -> None:
        """Load the first page anew."""
        self._refresh_pause.stop()
        self._load(cursor=None, then=self._first_page)

    def refresh_soon(self) -> None:
        """Bring the loaded rows up to date in place, soon: several wishes become one, and none puts it off."""
        if not self._refresh_pause.isActive():
            self._refresh_pause.start()

    # --- Qt

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 -- Qt's signature
        return 0 if parent.isValid() else len(QueueColumn)

    def canFetchMore(self, parent: Index) -> bool:
        return not parent.isValid() and self._cursor is not None and not self._fetching

    def fetchMore(self, parent: Index) -> None:
        if self.canFetchMore(parent):
            self._load(cursor=self._cursor, then=self._next_page)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row = self.row_at(index.row())
        if row is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return cell_text(row, QueueColumn(index.column()), self.waiting.seconds(row))
        if role == Qt.ItemDataRole.ToolTipRole:
            return cell_hint(row, QueueColumn(index.column()))
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return column_title(QueueColumn(section))
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        key = SORT_OF_COLUMN.get(QueueColumn(column)) if 0 <= column < len(QueueColumn) else None
        if key is None:
            return
        wanted = key if order == Qt.SortOrder.AscendingOrder else _TURNED[key]
        if wanted != self._query.sort:
            self.set_query(replace(self._query, sort=wanted))

    # --- inside

    def _timer(self, milliseconds: int, call: Any, *, single: bool) -> QTimer:
        timer = QTimer(self)
        timer.setInterval(milliseconds)
        timer.setSingleShot(single)
        timer.timeout.connect(call)
        return timer

    def _load(self, *, cursor: str | None, then: Any) -> None:
        if self._desk is None:
            return
        self._fetching = True
        self.busy_changed.emit(True)
        self._runner.run(
            partial(self._desk.queue.load, query=self._query, cursor=cursor, limit=PAGE_ROWS),
            owner=self,
            on_success=then,
            on_failure=self._load_failed,
            key="queue",
        )

    def _ended(self, page: QueuePage) -> None:
        self._fetching = False
        self._answered = True
        self._from_cache = page.from_cache
        self.busy_changed.emit(False)

    def _load_failed(self, error: BaseException) -> None:
        self._fetching = False
        self.busy_changed.emit(False)
        self.failed.emit(error)

    def _first_page(self, page: QueuePage) -> None:
        self._ended(page)
        self.waiting.answered(page.fetched_at)
        self._cursor = page.next_cursor
        self._replace(page.rows)
        self._show()

    def _show(self) -> None:
        self.loaded.emit()
        if self._desk is not None:
            self._runner.run(self._desk.queue.keep, owner=self, key="queue copy")

    def _next_page(self, page: QueuePage) -> None:
        self._ended(page)
        known = {row.id for row in self._rows}
        fresh = [row for row in page.rows if row.id not in known]
        self._cursor = page.next_cursor
        if fresh:
            self.beginInsertRows(QModelIndex(), len(self._rows), len(self._rows) + len(fresh) - 1)
            self._rows.extend(fresh)
            self.endInsertRows()
        self.loaded.emit()

    def _refresh_now(self) -> None:
        self._gathered = []
        self._load(cursor=None, then=self._refreshed)

    def _refreshed(self, page: QueuePage) -> None:
        known = {row.id for row in self._gathered}  # a case that moved down meanwhile is on the next page again
        self._gathered.extend(row for row in page.rows if row.id not in known)
        wanted = min(len(self._rows), MOST_REFRESHED_ROWS)
        if page.next_cursor is not None and len(self._gathered) < wanted:
            self._load(cursor=page.next_cursor, then=self._refreshed)
            return
        beyond = self._beyond(page) if self._answered else []  # else the rows are those of what was shown before
        self._ended(page)
        self.waiting.answered(page.fetched_at)
        if not beyond:
            self._cursor = page.next_cursor
        self._merge([*self._gathered, *beyond])
        self._show()

    def _beyond(self, page: QueuePage) -> list[QueueRow]:
        """Give the loaded rows past those that were refreshed; they keep the cursor that follows them."""
        if page.next_cursor is None:
            return []
        fresh = {row.id for row in self._gathered}
        return [row for row in self._rows[len(self._gathered) :] if row.id not in fresh]

    def _replace(self, rows: Sequence[QueueRow]) -> None:
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def _merge(self, wanted: Sequence[QueueRow]) -> None:
        self.before_merge.emit()
        for first, last in gone_runs(self._rows, wanted):
            self.beginRemoveRows(QModelIndex(), first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
        known = {row.id for row in self._rows}
        marked = {row.id for place, row in enumerate(wanted) if self._settle(place, row, known)}
        self.after_merge.emit()
        if marked:
            self._mark(marked)

    def _settle(self, place: int, row: QueueRow, known: set[str]) -> bool:
        """Bring one row to its place and its data; say whether something new is to be seen."""
        if row.id not in known:
            self.beginInsertRows(QModelIndex(), place, place)
            self._rows.insert(place, row)
            self.endInsertRows()
            return True
        here = self._rows[place].id if place < len(self._rows) else None
        if here != row.id:
            source = next(i for i in range(place, len(self._rows)) if self._rows[i].id == row.id)
            self.beginMoveRows(QModelIndex(), source, source, QModelIndex(), place)
            self._rows.insert(place, self._rows.pop(source))
            self.endMoveRows()
        changed = not same_but_wait(self._rows[place], row)
        self._rows[place] = row
        if changed:
            self._tell_changed(place)
        return changed

    def _tell_changed(self, place: int) -> None:
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(QueueColumn) - 1))

    def _mark(self, ids: set[str]) -> None:
        self.marked |= ids
        self._mark_end.start()

    def _unmark(self) -> None:
        self.marked.clear()
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(QueueColumn) - 1))

    def _tick(self) -> None:
        self.waiting.tick()
        if self._rows:
            column = QueueColumn.WAITING
            self.dataChanged.emit(self.index(0, column), self.index(len(self._rows) - 1, column))
