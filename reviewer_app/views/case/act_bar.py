# SPDX-License-Identifier: AGPL-3.0-or-later
"""Putting a case on hold, with a reason and a wake-up, and escalating it: one line below the head of the case."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

from PySide6.QtCore import QDateTime, QTime, Signal
from PySide6.QtWidgets import QDateTimeEdit, QLineEdit, QWidget

from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.states import Flag
from reviewer_app.contract.working_time import polish_zone
from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.case.context_model import ContextModel
from reviewer_app.models.texts import polish_date_time, zone_hint
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import Button, CheckBox, MenuButton
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_4
from reviewer_app.views.common.view import View
from reviewer_app.views.common.wrapping import WrappingRow

LEAST_REASON_WIDTH = 240
WAKE_HOUR = 9
FIRST_DAYS = 1
LONGEST_REASON = 4000
_ACTS = (ActionId.HOLD_CASE, ActionId.END_HOLD, ActionId.ESCALATE_CASE, ActionId.END_ESCALATION)


class ActBar(View):
    """Hidden until one of the two is wanted. ``menu`` is the button that leads to them, for the head of the case.

    What was typed on one case stays with that case until its act is taken. ``hinted`` carries why a key does nothing.
    """

    hinted = Signal(str)

    def __init__(
        self, case: CaseModel, model: ContextModel, actions: Actions, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, role="toolbar")
        self.setObjectName("actBar")
        self._case = case
        self._model = model
        self._actions = actions
        self._holds = True
        self._company_id = ""
        self._unsent: dict[str, str] = {}
        self._on_its_way = ""
        """The case whose act is on its way, empty when none is: its reason is kept until the act is taken."""
        self.menu = MenuButton("more")
        self.menu.setObjectName("caseActs")
        self._words = label("strong")
        self._reason = QLineEdit()
        self._reason.setObjectName("actReason")
        self._reason.setMaxLength(LONGEST_REASON)
        self._wakes = CheckBox()
        self._wakes.setObjectName("actWakes")
        self._wakes.setChecked(True)
        self._until = QDateTimeEdit()
        self._until.setObjectName("actUntil")
        self._until.setCalendarPopup(True)
        self._do = Button("primary", compact=True)
        self._do.setObjectName("actDo")
        self._cancel = Button("quiet", compact=True)
        self._cancel.setObjectName("actCancel")
        self._reason.setMinimumWidth(LEAST_REASON_WIDTH)
        layout = WrappingRow(self, margins=(SPACE_4, SPACE_2, SPACE_4, SPACE_2))
        layout.add(self._words)
        layout.add(self._reason, grows=True)
        for widget in (self._wakes, self._until, self._do, self._cancel):
            layout.add(widget)
        self._assign = self.menu.menu().addMenu("")
        self._fill_menu()
        self._connect(actions)
        self.hide()
        self.retranslate()

    def _connect(self, actions: Actions) -> None:
        self._wakes.toggled.connect(self._until.setEnabled)
        self._reason.returnPressed.connect(self._finish)
        self._do.clicked.connect(self._finish)
        self._cancel.clicked.connect(self.hide)
        actions.on(ActionId.HOLD_CASE, self.ask_hold)
        actions.on(ActionId.END_HOLD, self._end_hold)
        actions.on(ActionId.ESCALATE_CASE, self.ask_escalation)
        actions.on(ActionId.END_ESCALATION, self._end_escalation)
        self._case.opened.connect(self._change_case)
        self._case.closed.connect(self._change_case)
        self._model.acted.connect(self._taken)
        self._model.failed.connect(self._not_taken)

    def _fill_menu(self) -> None:
        menu = self.menu.menu()
        for action in _ACTS:
            menu.insertAction(self._assign.menuAction(), self._actions[action])
        menu.insertSeparator(self._assign.menuAction())
        self._assign.menuAction().setObjectName("caseAssign")
        menu.aboutToShow.connect(self._allow)
        menu.aboutToHide.connect(self._allow_keys)

    def retranslate(self) -> None:
        self.menu.set_name(self.tr("Hold, escalate, assign"))
        self._assign.setTitle(self.tr("Assign to"))
        self._words.setText(self.tr("Put on hold") if self._holds else self.tr("Escalate to a supervisor"))
        self._reason.setPlaceholderText(self.tr("Reason, for colleagues"))
        self._reason.setAccessibleName(self.tr("Reason, for colleagues"))
        self._wakes.setText(self.tr("Wake up on"))
        self._until.setAccessibleName(self.tr("Wake up on"))
        self._until.setDisplayFormat(self.tr("d MMM yyyy HH:mm"))
        self._do.setText(self._words.text())
        self._cancel.setText(self.tr("Cancel"))

    def ask_hold(self) -> None:
        """Ask for the reason and the end of a hold."""
        if self._can(StaffAct.HOLD):
            now = self._model.now()
            there = polish_date_time(now)
            self._until.setMinimumDateTime(there)
            self._until.setDateTime(QDateTime(there.date().addDays(FIRST_DAYS), QTime(WAKE_HOUR, 0)))
            self._until.setToolTip(zone_hint(now))
            self._ask(holds=True)

    def ask_escalation(self) -> None:
        """Ask for the reason of an escalation."""
        if self._can(StaffAct.ESCALATE):
            self._ask(holds=False)

    def _can(self, act: StaffAct) -> bool:
        """Say whether the case allows an act; a key that does nothing says why."""
        allowed = self._case.allows(act)
        if not allowed and self._case.detail is not None:
            self.hinted.emit(self._case.why_not(act) or self.tr("This cannot be done with the case as it stands."))
        return allowed

    def _ask(self, *, holds: bool) -> None:
        self._holds = holds
        for widget in (self._wakes, self._until):
            widget.setVisible(holds)
        self.retranslate()
        self.show()
        self._reason.setFocus()

    def _change_case(self) -> None:
        detail = self._case.detail
        self._unsent[self._company_id] = self._reason.text()
        self._company_id = detail.id if detail is not None else ""
        if not self._company_id:
            self._unsent.clear()  # nobody is signed in, or no case is open: the next person finds nothing of it
        self._reason.setText(self._unsent.pop(self._company_id, ""))
        self.hide()

    def _taken(self, _act: object) -> None:
        if self._on_its_way == self._company_id:
            self._reason.clear()
        else:
            self._unsent.pop(self._on_its_way, None)
        self._on_its_way = ""

    def _not_taken(self, _error: object) -> None:
        """Ask again with what was typed, unless another case is open."""
        if self._on_its_way and self._on_its_way == self._company_id:
            self.show()
            self._reason.setFocus()
        self._on_its_way = ""

    def _allow(self) -> None:
        detail = self._case.detail
        flags = detail.flags if detail is not None else ()
        holds, escalates = self._case.allows(StaffAct.HOLD), self._case.allows(StaffAct.ESCALATE)
        self._actions[ActionId.HOLD_CASE].setEnabled(holds)
        self._actions[ActionId.END_HOLD].setEnabled(holds and Flag.ON_HOLD in flags)
        self._actions[ActionId.ESCALATE_CASE].setEnabled(escalates)
        self._actions[ActionId.END_ESCALATION].setEnabled(escalates and Flag.ESCALATED in flags)
        self._offer_people()

    def _allow_keys(self) -> None:
        """Have the keys go on, which are for other cases too; one that cannot be done says why."""
        for action in _ACTS:
            self._actions[action].setEnabled(True)

    def _offer_people(self) -> None:
        """Offer colleagues to who may give the case to one, and nobody to who may take it back."""
        detail = self._case.detail
        given = detail.assignment if detail is not None else None
        self._assign.clear()
        for person in self._model.people:
            action = self._assign.addAction(person.display_name.replace("&", "&&"))
            action.setObjectName(f"caseAssign_{person.username}")
            action.setCheckable(True)
            action.setChecked(given is not None and given.person.id == person.id)
            action.triggered.connect(partial(self._give, person.id))
        if given is not None and (self._model.people or self._case.colleague is None):
            self._assign.addSeparator()
            nobody = self._assign.addAction(self.tr("Nobody"))
            nobody.setObjectName("caseAssign_nobody")
            nobody.triggered.connect(partial(self._give, None))
        waits = self._case.allows(StaffAct.HOLD) or self._case.allows(StaffAct.TAKE_OVER)
        self._assign.menuAction().setVisible(waits and not self._assign.isEmpty())

    def _give(self, person_id: str | None, _checked: bool = False) -> None:
        detail = self._case.detail
        if detail is None or (detail.assignment is not None and detail.assignment.person.id == person_id):
            return  # it is theirs: given again, the claim of who gives it would be let go for nothing
        self._model.assign(detail.id, detail.version, person_id)

    def _finish(self) -> None:
        detail, reason = self._case.detail, self._reason.text().strip()
        if detail is None or not reason:
            self._reason.setFocus()
            return
        if self._holds:
            moment = self._wake_up() if self._wakes.isChecked() else None
            if moment is not None and moment <= self._model.now() + timedelta(seconds=1):
                self._until.setFocus()
                return
            self._model.hold(detail.id, detail.version, reason, moment)
        else:
            self._model.escalate(detail.id, reason)
        self._on_its_way = detail.id
        self.hide()

    def _wake_up(self) -> datetime:
        """Give the moment that the field shows; it is Poland's time, whatever the computer's zone."""
        shown = self._until.dateTime()
        day, time = shown.date(), shown.time()
        there = datetime(day.year(), day.month(), day.day(), time.hour(), time.minute(), tzinfo=polish_zone())
        return there.astimezone(UTC)

    def _end_hold(self) -> None:
        detail = self._case.detail
        if detail is None or not self._can(StaffAct.HOLD):
            return
        if Flag.ON_HOLD in detail.flags:
            self._model.end_hold(detail.id, detail.version)
        else:
            self.hinted.emit(self.tr("This case is not on hold."))

    def _end_escalation(self) -> None:
        detail = self._case.detail
        if detail is None or not self._can(StaffAct.ESCALATE):
            return
        if Flag.ESCALATED in detail.flags:
            self._model.escalate(detail.id, None)
        else:
            self.hinted.emit(self.tr("This case is not escalated."))
