# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the queue gets once it is live: counts, views, filters as chips, acts on several cases, a foot line."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.queue_work import BulkOutcome
from reviewer_app.desk.rows import QueueRow
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.models.queue.views_model import ViewsModel
from reviewer_app.views.common.focus import FocusBack
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_4
from reviewer_app.views.common.view import View, row
from reviewer_app.views.queue.bulk_bar import BulkBar
from reviewer_app.views.queue.filter_bar import FilterBar
from reviewer_app.views.queue.queue_view import QueueView
from reviewer_app.views.queue.views_menu import KeepViewBar, ViewsButton

LONGEST_LIST = 3


class QueueExtras(QObject):
    """Adds itself to the queue's screen. ``told`` carries a text for the window, ``failed`` an error."""

    told = Signal(str)
    failed = Signal(object)

    def __init__(self, view: QueueView, queue: QueueModel, desk: Desk, runner: Runner) -> None:
        super().__init__(view)
        self.view = view
        self.queue = queue
        self.views = ViewsModel(desk, runner, queue, self)
        self._menu = ViewsButton(self)
        self._keep = KeepViewBar(self)
        self._filters = FilterBar(self)
        self._bulk = BulkBar(self)
        view.add_tool(self._menu)
        for bar in (self._filters, self._keep):
            view.add_row(bar)
        view.add_footer(self._bulk)  # above the table it would move the rows under the mouse that selects them
        view.add_footer(_Foot())
        FocusBack(self._keep, view.table)
        FocusBack(self._bulk, view.table, stays=True)
        self._menu.keep_wanted.connect(self._keep.ask)
        self.views.changed.connect(self._show_views)
        self.views.acted.connect(self._tell)
        self.views.failed.connect(self.failed)
        self.views.people_known.connect(self._show_query)
        queue.query_changed.connect(self._show_query)
        view.table.selectionModel().selectionChanged.connect(self._bulk.show_selection)
        queue.modelReset.connect(self._bulk.show_selection)
        queue.dataChanged.connect(self._bulk.show_selection)
        self._show_query()

    def start(self) -> None:
        """Load what belongs to the person who signed in."""
        self.views.start()

    def selected(self) -> dict[str, int]:
        """Give the selected cases with the versions seen, but for those with an act that waits to be sent: its version would be past."""
        return {row.id: row.version for row in self.view.table.selected_rows() if not row.pending}

    def _row(self, company_id: str) -> QueueRow | None:
        place = self.queue.place_of(company_id)
        return None if place is None else self.queue.row_at(place)

    def _show_views(self) -> None:
        self.view.show_counts({view.id: self.views.count_of(view) for view in self.views.views})
        self._menu.show_name()

    def _show_query(self) -> None:
        self._filters.show_query(self.queue.query)
        self._menu.show_name()

    def _tell(self, outcome: BulkOutcome) -> None:
        words = self.tr("%n case(s) done.", "", outcome.done)
        if outcome.refused:
            parts = []
            for company_id, why in list(outcome.refused.items())[:LONGEST_LIST]:
                row = self._row(company_id)
                parts.append(f"{row.name if row is not None else company_id} ({why.rstrip('.')})")
            more = "…" if len(outcome.refused) > LONGEST_LIST else ""
            left = self.tr("Left alone: {cases}").format(cases="; ".join(parts) + more)
            words = f"{words} {left}"
        self.told.emit(words)


class _Foot(View):
    """Says by which rule the next case is chosen."""

    def __init__(self) -> None:
        super().__init__(role="footer")
        self._rule = label("caption", wrap=True)
        self._rule.setObjectName("nextRule")
        layout = row(self, margins=(SPACE_4, SPACE_1, SPACE_4, SPACE_1))
        layout.addWidget(self._rule, 1)
        self.retranslate()

    def retranslate(self) -> None:
        self._rule.setText(
            self.tr(
                "“Next case” claims the longest waiting case assigned to you, then that assigned to nobody; "
                "cases on hold or assigned to colleagues are left out."
            )
        )
