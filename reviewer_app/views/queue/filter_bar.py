# SPDX-License-Identifier: AGPL-3.0-or-later
"""What narrows the queue beyond its chips: each filter a chip that takes itself away."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from reviewer_app.contract.states import COMPANY_STATE_TEXTS, FLAG_TEXTS
from reviewer_app.desk.rows import QueueQuery
from reviewer_app.models.texts import localized, quoted
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.focus import FocusBack
from reviewer_app.views.common.tokens import SPACE_2, SPACE_4
from reviewer_app.views.common.view import View
from reviewer_app.views.common.wrapping import WrappingRow

if TYPE_CHECKING:
    from reviewer_app.views.queue.extras import QueueExtras

_WITHOUT: dict[str, dict[str, Any]] = {
    "state": {"state": None, "open_only": True},
    "flag": {"flag": None},
    "assignee": {"assignee": None},
    "assigned": {"assigned": None},
    "search": {"search": ""},
}
"""The filters, and how a query is without each of them."""


class FilterBar(View):
    """Hidden while nothing narrows the queue."""

    def __init__(self, extras: QueueExtras) -> None:
        # In the queue from the first: shown by itself, when something is sought already, it would be a window.
        super().__init__(extras.view, role="toolbar")
        self.setObjectName("filterBar")
        self._extras = extras
        layout = WrappingRow(self, margins=(SPACE_4, SPACE_2, SPACE_4, SPACE_2))
        self._chips = {name: Button("chip", "close", compact=True) for name in _WITHOUT}
        for name, chip in self._chips.items():
            chip.setObjectName(f"filter_{name}")
            chip.setProperty("filter", name)
            chip.clicked.connect(self._remove)
            layout.add(chip)
            FocusBack(chip, extras.view.table, stays=True)
        self.retranslate()

    def retranslate(self) -> None:
        self.show_query(self._extras.queue.query)

    def show_query(self, query: QueueQuery) -> None:
        """Show the filters of a query."""
        texts = {
            "state": localized(COMPANY_STATE_TEXTS[query.state]) if query.state else "",
            "flag": localized(FLAG_TEXTS[query.flag]) if query.flag else "",
            "assignee": self._person(query.assignee, self.tr("Being worked on by {name}")),
            "assigned": self._person(query.assigned, self.tr("Assigned to {name}")),
            "search": quoted(query.search.strip()) if query.search.strip() else "",
        }
        for name, chip in self._chips.items():
            chip.setText(texts[name])
            chip.setToolTip(self.tr("Remove this filter"))
            chip.setVisible(bool(texts[name]))
        self.setVisible(any(texts.values()))

    def _person(self, assignee: str | None, words: str) -> str:
        if assignee in (None, "me", "none"):
            return ""
        people = self._extras.views.people
        name = next((one.display_name for one in people if assignee in (one.id, one.username)), str(assignee))
        return words.format(name=name)

    def _remove(self) -> None:
        chip = self.sender()
        name = chip.property("filter")
        if name == "search":
            self._extras.view.search.show_text("")
        self._extras.queue.set_query(replace(self._extras.queue.query, **_WITHOUT[name]))
