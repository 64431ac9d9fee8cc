# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts on several selected cases. What a colleague holds is left alone by the server, and the answer says so."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QLineEdit

from reviewer_app.desk.queue_work import can_be_given_cases
from reviewer_app.views.common.buttons import Button, SelectButton
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_4
from reviewer_app.views.common.view import View
from reviewer_app.views.common.wrapping import WrappingRow

if TYPE_CHECKING:
    from reviewer_app.views.queue.extras import QueueExtras

LEAST_REASON_WIDTH, REASON_WIDTH = 160, 260
LONGEST_REASON = 4000
_DAYS = (0, 1, 3, 7, 14)
"""Offered lengths of a hold; 0 is without an end."""


class BulkBar(View):
    """Shown while several cases are selected."""

    def __init__(self, extras: QueueExtras) -> None:
        # In the queue from the first: shown by itself, when cases are selected already, it would be a window.
        super().__init__(extras.view, role="footer")
        self.setObjectName("bulkBar")
        self._extras = extras
        self._words = label("strong")
        self._words.setObjectName("bulkCount")
        self._claim = self._button("bulkClaim", "claim")
        self._assign = SelectButton()
        self._assign.setObjectName("bulkAssign")
        self._hold = self._button("bulkHold", "clock")
        self._end_hold = self._button("bulkEndHold", "")
        self._release = self._button("bulkRelease", "release")
        self._reason = QLineEdit()
        self._reason.setObjectName("bulkReason")
        self._reason.setMinimumWidth(LEAST_REASON_WIDTH)
        self._reason.setMaximumWidth(REASON_WIDTH)
        self._reason.setMaxLength(LONGEST_REASON)
        self._until = SelectButton()
        self._until.setObjectName("bulkUntil")
        self._until_group = QActionGroup(self)
        self._holds = False
        """Whether a hold is on its way: its reason is kept until it is taken."""
        layout = WrappingRow(self, margins=(SPACE_4, SPACE_2, SPACE_4, SPACE_2))
        for widget in (self._words, self._claim, self._assign, self._release):
            layout.add(widget)
        layout.add(self._reason, grows=True)
        for widget in (self._until, self._hold, self._end_hold):
            layout.add(widget)
        self._fill_until()
        self._assign.menu().aboutToShow.connect(self._fill_people)
        self._claim.clicked.connect(self._claim_all)
        self._release.clicked.connect(self._release_all)
        self._hold.clicked.connect(self._hold_all)
        self._end_hold.clicked.connect(self._end_hold_all)
        self._reason.returnPressed.connect(self._hold_all)
        extras.views.acted.connect(self._acted)
        extras.views.failed.connect(self._not_acted)
        self.retranslate()

    def retranslate(self) -> None:
        self._claim.setText(self.tr("Claim"))
        self._assign.setText(self.tr("Assign to"))
        self._assign.setToolTip(
            self.tr("Whose the cases are to do, until they are decided; what a colleague works on is left alone")
        )
        self._release.setText(self.tr("Release"))
        self._hold.setText(self.tr("Put on hold"))
        self._end_hold.setText(self.tr("End the hold"))
        self._reason.setPlaceholderText(self.tr("Reason of the hold"))
        self._reason.setAccessibleName(self.tr("Reason of the hold"))
        for action in self._until_group.actions():
            days = action.data()
            action.setText(self.tr("for %n day(s)", "", days) if days else self.tr("without an end"))
        self._show_until()
        self.show_selection()

    def show_selection(self) -> None:
        """Follow the selection of the table."""
        count = len(self._extras.view.table.selected_rows())
        words = self.tr("%n case(s) selected", "", count)
        left_out = count - len(self._extras.selected())
        if left_out:
            words = self.tr("{selected}, %n left out until sent", "", left_out).format(selected=words)
        self._words.setText(words)
        self._words.setToolTip(self.tr("A case with an act that waits to be sent is left out.") if left_out else "")
        self.setVisible(count > 1)

    def _button(self, name: str, icon: str) -> Button:
        made = Button("", icon, compact=True)
        made.setObjectName(name)
        return made

    def _fill_until(self) -> None:
        for days in _DAYS:
            action = QAction(self)
            action.setCheckable(True)
            action.setChecked(days == 0)
            action.setData(days)
            self._until_group.addAction(action)
            self._until.menu().addAction(action)
        self._until_group.triggered.connect(self._show_until)

    def _show_until(self) -> None:
        chosen = self._until_group.checkedAction()
        self._until.setText(chosen.text())
        self._until.setAccessibleName(self.tr("Length of the hold"))

    def _fill_people(self) -> None:
        """Offer colleagues to a supervisor, and to everybody that the cases are nobody's: those of one's own."""
        menu, views = self._assign.menu(), self._extras.views
        menu.clear()
        for person in views.people:
            if views.is_supervisor and can_be_given_cases(person):
                action = QAction(person.display_name.replace("&", "&&"), menu)
                action.setObjectName(f"assign_{person.username}")
                action.triggered.connect(partial(self._assign_all, person.id))
                menu.addAction(action)
        menu.addSeparator()
        nobody = QAction(self.tr("Nobody") if views.is_supervisor else self.tr("Nobody: give mine back"), menu)
        nobody.setObjectName("assign_nobody")
        nobody.triggered.connect(self._unassign_all)
        menu.addAction(nobody)

    def _unassign_all(self) -> None:
        self._extras.views.unassign(self._extras.selected())

    def _claim_all(self) -> None:
        self._extras.views.claim(self._extras.selected())

    def _assign_all(self, person_id: str, _checked: bool = False) -> None:
        self._extras.views.assign(self._extras.selected(), person_id)

    def _release_all(self) -> None:
        self._extras.views.release(self._extras.selected())

    def _hold_all(self) -> None:
        reason = self._reason.text().strip()
        if not reason:
            self._reason.setFocus()
            return
        chosen = self._until_group.checkedAction()
        days = chosen.data()
        until = self._extras.views.now() + timedelta(days=days) if days else None
        self._holds = True
        self._extras.views.hold(self._extras.selected(), reason, until)

    def _acted(self, _outcome: object) -> None:
        if self._holds:
            self._reason.clear()
        self._holds = False

    def _not_acted(self, _error: object) -> None:
        self._holds = False

    def _end_hold_all(self) -> None:
        self._extras.views.end_hold(self._extras.selected())
