# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue: search, filters, the table, and what stands there when it is empty."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QButtonGroup, QStackedLayout, QWidget

from reviewer_app.contract.states import COMPANY_STATE_TEXTS, CompanyState
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.rows import QueueQuery
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import Button, IconButton, SelectButton
from reviewer_app.views.common.fields import SearchField
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.messages import BusyLine, EmptyState
from reviewer_app.views.common.tokens import SPACE_2, SPACE_3, SPACE_4
from reviewer_app.views.common.view import View, column, together
from reviewer_app.views.common.wrapping import WrappingRow
from reviewer_app.views.queue.table import QueueTable


class Filter(StrEnum):
    """The chips above the queue."""

    OPEN = "open"
    MINE = "mine"
    ASSIGNED = "assigned"
    FREE = "free"
    ALL = "all"


_FILTERED: dict[Filter, tuple[bool, str | None, str | None]] = {
    Filter.OPEN: (True, None, None),
    Filter.MINE: (True, "me", None),
    Filter.ASSIGNED: (True, None, "me"),
    Filter.FREE: (True, "none", "none"),
    Filter.ALL: (False, None, None),
}
"""Whether only open cases are shown, who works on them, and whose they are to do."""


class QueueView(View):
    """``opened`` carries the id of a case to show; ``next_wanted`` asks for the longest waiting free case."""

    opened = Signal(str)
    next_wanted = Signal()

    def __init__(
        self, model: QueueModel, preferences: Preferences, actions: Actions, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, role="surface")
        self.setObjectName("queueView")
        self._model = model
        self._actions = actions
        self.search = SearchField()
        self.search.setObjectName("queueSearch")
        self.search.setMinimumWidth(160)
        self.search.setMaximumWidth(326)
        self.table = QueueTable(model, preferences)
        self._chips: dict[Filter, Button] = {}
        self._chip_group = QButtonGroup(self)
        self._chip_group.setExclusive(False)
        self._state_button = SelectButton()
        self._state_button.setObjectName("queueState")
        self._state_group = QActionGroup(self)
        self._count = label("small")
        self._count.setObjectName("queueCount")
        self._refresh = IconButton("refresh")
        self._refresh.setObjectName("queueRefresh")
        self._next = Button("primary", "next")
        self._next.setObjectName("nextCase")
        self._busy = BusyLine()
        self._empty = EmptyState("queueEmpty", "queue")
        self._stack = QStackedLayout()
        self._counts: dict[str, str] = {}
        self._first_wanted = False
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.search.setPlaceholderText(self.tr("Name, NIP, KRS, e-mail, authorization no."))
        self.search.setAccessibleName(self.tr("Search the queue"))
        self.table.setAccessibleName(self.tr("Queue of cases"))
        self._show_chips()
        for action in self._state_group.actions():
            state = action.data()
            action.setText(localized(COMPANY_STATE_TEXTS[CompanyState(state)]) if state else self.tr("Any state"))
        self._state_button.setAccessibleName(self.tr("State"))
        self._refresh.set_name(self.tr("Refresh"), keys=self._actions.keys_of(ActionId.REFRESH))
        self._next.setText(self.tr("Next case"))
        words = self.tr("Claims and opens your longest waiting case, else the free one that waits longest")
        self._next.setToolTip(self._actions.with_keys(words, ActionId.NEXT_CASE))
        self._show_query()
        self._show_state()
        self._model.headerDataChanged.emit(
            self.table.horizontalHeader().orientation(), 0, self._model.columnCount() - 1
        )
        self.table.viewport().update()

    def show_counts(self, counts: dict[str, str]) -> None:
        """Show on each chip how many cases it has, by the id of its view."""
        self._counts = counts
        self._show_chips()

    def add_tool(self, widget: QWidget) -> None:
        """Put a widget behind the filters."""
        self._tools.insert(self._tools.indexOf(self._state_button) + 1, widget)

    def add_row(self, widget: QWidget) -> None:
        """Put a row between the filters and the table."""
        self._rows.insertWidget(1, widget)

    def add_footer(self, widget: QWidget) -> None:
        """Put a line below the table."""
        self._rows.addWidget(widget)

    def search_for(self, text: str) -> None:
        """Search the queue for a text."""
        self.search.setText(text)
        self._search(text)
        self.search.setFocus()

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.search.setFocus()
        self.search.selectAll()

    def refresh(self) -> None:
        """Load the queue anew, keeping place and selection."""
        if self._model.answered:
            self._model.refresh_soon()
        else:
            self._model.reload()

    def _build(self) -> None:
        bar = View(role="toolbar")
        tools = self._tools = WrappingRow(bar, margins=(SPACE_4, SPACE_3, SPACE_4, SPACE_3))
        tools.add(self.search, grows=True)
        tools.add_gap(SPACE_2)
        for chosen in Filter:
            chip = Button("chip")
            chip.setCheckable(True)
            chip.setObjectName(f"queueFilter_{chosen.value}")
            self._chips[chosen] = chip
            self._chip_group.addButton(chip)
            tools.add(chip)
        tools.add(self._state_button)
        tools.add_gap()
        tools.add(together(self._count, self._refresh, self._next))
        for state in (None, *CompanyState):
            action = QAction(self)
            action.setCheckable(True)
            action.setData(state.value if state else "")
            self._state_group.addAction(action)
            self._state_button.menu().addAction(action)
        body = QWidget()
        body.setLayout(self._stack)
        self._stack.addWidget(self.table)
        self._stack.addWidget(self._empty)
        layout = self._rows = column(self)
        layout.addWidget(bar)
        layout.addWidget(self._busy)
        layout.addWidget(body, 1)

    def _connect(self) -> None:
        self.search.searched.connect(self._search)
        self.search.left.connect(self._go_to_found)
        self._chip_group.buttonClicked.connect(self._filter)
        self._state_group.triggered.connect(self._choose_state)
        self._refresh.clicked.connect(self.refresh)
        self._next.clicked.connect(self.next_wanted)
        self.table.opened.connect(self.opened)
        self._empty.acted.connect(self._clear_filters)
        self._model.loaded.connect(self._show_state)
        self._model.loaded.connect(self._take_first)
        self._model.modelReset.connect(self._show_state)
        self._model.query_changed.connect(self._show_query)
        self._model.busy_changed.connect(self._busy.set_busy)

    def _show_chips(self) -> None:
        names = {
            Filter.OPEN: self.tr("Waiting for us"),
            Filter.MINE: self.tr("Mine"),
            Filter.ASSIGNED: self.tr("Assigned to me"),
            Filter.FREE: self.tr("Free"),
            Filter.ALL: self.tr("All"),
        }
        for chosen, chip in self._chips.items():
            count = self._counts.get(chosen.value, "")
            chip.setText(f"{names[chosen]}  {count}" if count else names[chosen])

    def _search(self, text: str) -> None:
        if text != self._model.query.search:
            self._model.set_query(replace(self._model.query, search=text))

    def _go_to_found(self) -> None:
        """Give the keys to what was found: its first row, as soon as it is there."""
        self._first_wanted = True
        self.table.setFocus()
        if self._model.answered:
            self._take_first()

    def _take_first(self) -> None:
        if self._first_wanted and self._model.rowCount():
            self._first_wanted = False
            if not self.table.selected_ids():  # the focus alone makes a row the current one and chooses none
                self.table.selectRow(0)

    def _filter(self, chip: QWidget) -> None:
        chosen = next(name for name, button in self._chips.items() if button is chip)
        open_only, assignee, assigned = _FILTERED[chosen]
        query = replace(self._model.query, open_only=open_only, assignee=assignee, assigned=assigned)
        self._model.set_query(replace(query, state=None, flag=None))
        self._show_query()

    def _choose_state(self, action: QAction) -> None:
        state = CompanyState(action.data()) if action.data() else None
        query = self._model.query
        self._model.set_query(replace(query, state=state, open_only=state is None and query.open_only))

    def _clear_filters(self) -> None:
        query = self._model.query
        self.search.show_text("")
        self._model.set_query(QueueQuery(sort=query.sort, open_only=query.narrowed))

    def _show_query(self) -> None:
        query = self._model.query
        for chosen, chip in self._chips.items():
            alone = query.flag is None and query.state is None
            chip.setChecked(alone and _FILTERED[chosen] == (query.open_only, query.assignee, query.assigned))
        for action in self._state_group.actions():
            action.setChecked(action.data() == (query.state.value if query.state else ""))
            if action.isChecked():
                self._state_button.setText(action.text())
        typing = self.search.hasFocus() or self.search.is_due
        if self.search.text().strip() != query.search and not typing:
            self.search.show_text(query.search)

    def _show_state(self) -> None:
        rows = self._model.rowCount()
        self._count.setText(self._count_text(rows))
        empty = rows == 0 and self._model.answered
        self._stack.setCurrentWidget(self._empty if empty else self.table)
        query = self._model.query
        if query.narrowed:
            self._empty.set_texts(
                self.tr("Nothing found"),
                self.tr("No case matches the search and the filters."),
                self.tr("Clear search and filters"),
                icon_name="search",
            )
        else:
            self._empty.set_texts(
                self.tr("All done"),
                self.tr("No case waits for a decision. A new one appears here by itself."),
                self.tr("Show all companies") if query.open_only else "",
                icon_name="check-circle",
            )

    def _count_text(self, rows: int) -> str:
        if self._model.from_cache:
            return self.tr("Saved copy")
        if self._model.has_more:
            return self.tr("{count}+ cases").format(count=rows)
        return self.tr("%n case(s)", "", rows) if self._model.answered else ""
