# SPDX-License-Identifier: AGPL-3.0-or-later
"""The table of cases: keeps selection, scroll, column widths and order."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.rows import QueueRow
from reviewer_app.models.queue.columns import QueueColumn
from reviewer_app.models.queue.queue_model import SORT_OF_COLUMN, QueueModel
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.common.tokens import HEADER_HEIGHT, ROW_HEIGHT
from reviewer_app.views.queue.delegate import QueueDelegate

LAYOUT_KEY = "queue"
LAYOUT_VERSION = 4

_WIDTHS: dict[QueueColumn, int] = {
    QueueColumn.COMPANY: 254,
    QueueColumn.NIP: 138,
    QueueColumn.FORM: 116,
    QueueColumn.STATE: 124,
    QueueColumn.ROUND: 64,
    QueueColumn.WAITING: 112,
    QueueColumn.ASSIGNEE: 118,
    QueueColumn.FLAGS: 140,
    QueueColumn.CHECKS: 140,
    QueueColumn.NEWS: 138,
}


class _Header(QHeaderView):
    """The header at its one height: Qt would measure the title of each column again at every change of the layout."""

    def sizeHint(self) -> QSize:
        return QSize(0, HEADER_HEIGHT)


class QueueTable(QTableView):
    """Shows the queue. ``opened`` carries the id of the case that the user wants to see."""

    opened = Signal(str)

    def __init__(self, model: QueueModel, preferences: Preferences, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("queueTable")
        self._queue = model
        self._preferences = preferences
        # Its own, since asking for one that Qt made has PySide6 look through all kinds of widgets for what it is.
        self._ground = QWidget(self)
        self._ground.setBackgroundRole(QPalette.ColorRole.Base)
        self.setViewport(self._ground)
        self._anchor: tuple[str, int] | None = None
        self._own_sort = False
        self._columns_touched = False
        self._room = 0
        self.setHorizontalHeader(_Header(Qt.Orientation.Horizontal, self))
        self.setModel(model)
        self.setItemDelegate(QueueDelegate(self))
        self._set_up()
        self._set_up_header()
        model.before_merge.connect(self._keep_scroll)
        model.after_merge.connect(self._restore_scroll)
        model.query_changed.connect(self._show_sort)
        self.doubleClicked.connect(self._open)
        self._show_sort()

    def _set_up(self) -> None:
        FocusEdge(self, only_top=True)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.verticalHeader().setMinimumSectionSize(ROW_HEIGHT)

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setSectionsMovable(True)
        header.setSectionsClickable(True)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setMinimumSectionSize(48)
        kept = self._preferences.layout(LAYOUT_KEY, LAYOUT_VERSION)
        if kept is None or not header.restoreState(QByteArray.fromBase64(kept.encode())):
            self.reset_columns()
        header.setStretchLastSection(False)
        header.sortIndicatorChanged.connect(self._sort)
        header.sectionResized.connect(self._columns_changed)
        header.sectionMoved.connect(self._columns_changed)

    def reset_columns(self) -> None:
        """Give the columns their first widths and order."""
        header = self.horizontalHeader()
        for column, width in _WIDTHS.items():
            if header.visualIndex(column) != column:
                header.moveSection(header.visualIndex(column), column)
            header.resizeSection(column, width)
        self._fill()

    def save_columns(self) -> None:
        """Keep widths and order for the next start."""
        state = self.horizontalHeader().saveState().toBase64()
        self._preferences.set_layout(LAYOUT_KEY, LAYOUT_VERSION, bytes(state.data()).decode("ascii"))

    def selected_id(self) -> str | None:
        """Give the id of the selected case."""
        row = self._queue.row_at(self.currentIndex().row())
        return row.id if row else None

    def selected_ids(self) -> tuple[str, ...]:
        """Give the ids of all selected cases, from the top."""
        return tuple(row.id for row in self.selected_rows())

    def selected_rows(self) -> tuple[QueueRow, ...]:
        """Give all selected cases, from the top."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        rows = (self._queue.row_at(place) for place in places)
        return tuple(row for row in rows if row is not None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._room = event.size().width()
        self._fill()

    def _fill(self) -> None:
        """Let the company's column take the room that the others leave."""
        if not self._room:
            return
        header = self.horizontalHeader()
        spare = self._room - header.length()
        wanted = max(_WIDTHS[QueueColumn.COMPANY], header.sectionSize(QueueColumn.COMPANY) + spare)
        if spare and wanted != header.sectionSize(QueueColumn.COMPANY):
            touched = self._columns_touched
            header.resizeSection(QueueColumn.COMPANY, wanted)
            self._columns_touched = touched

    def _open(self, index: QModelIndex) -> None:
        row = self._queue.row_at(index.row())
        if row is not None:
            self.opened.emit(row.id)

    def _keep_scroll(self) -> None:
        value = self.verticalScrollBar().value()
        row = self._queue.row_at(value // ROW_HEIGHT)
        self._anchor = (row.id, value % ROW_HEIGHT) if row is not None and value > 0 else None

    def _restore_scroll(self) -> None:
        if self._anchor is None:
            return
        place = self._queue.place_of(self._anchor[0])
        if place is not None:
            self.updateGeometries()
            self.verticalScrollBar().setValue(place * ROW_HEIGHT + self._anchor[1])

    def _sort(self, column: int, order: Qt.SortOrder) -> None:
        if self._own_sort:
            return
        if 0 <= column < len(QueueColumn) and QueueColumn(column) in SORT_OF_COLUMN:
            self._queue.sort(column, order)
        self._show_sort()

    def _show_sort(self) -> None:
        key = self._queue.query.sort
        down = key.startswith("-")
        column = next(place for place, name in SORT_OF_COLUMN.items() if name == key.removeprefix("-"))
        order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
        self._own_sort = True
        self.horizontalHeader().setSortIndicator(column, order)
        self._own_sort = False

    def _columns_changed(self, *_sections: int) -> None:
        self._columns_touched = True

    def hideEvent(self, event: QHideEvent) -> None:
        if self._columns_touched:
            self._columns_touched = False
            self.save_columns()
        super().hideEvent(event)
