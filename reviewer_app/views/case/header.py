# SPDX-License-Identifier: AGPL-3.0-or-later
"""The head of a case: who it is, where it stands, who holds it, and what can be done with the claim."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.states import COMPANY_STATE_TEXTS, FLAG_TEXTS, CaseKind, CompanyState
from reviewer_app.desk.rows import ActKind, PendingAct
from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.queue.waiting import waits_for_staff
from reviewer_app.models.texts import localized, moment_hint, moment_text, waiting_text
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import Button, IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import Badge, ElidedLabel, label
from reviewer_app.views.common.painting import FLAG_TONES, STATE_TONES
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_3
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.common.wrapping import WrappingRow

LEAST_NAME_WIDTH = 240


class CaseHeader(View):
    """``back`` leads to the queue, ``next_wanted`` to the next case, ``history_toggled`` shows or hides the history,
    ``suspension_wanted`` asks for the reason to suspend the company, or to restore it, ``hinted`` says why a key does nothing.
    """

    back = Signal()
    next_wanted = Signal()
    history_toggled = Signal(bool)
    decision_toggled = Signal(bool)
    suspension_wanted = Signal()
    hinted = Signal(str)

    def __init__(self, model: CaseModel, actions: Actions, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="toolbar")
        self.setObjectName("caseHeader")
        self._model = model
        self._actions = actions
        self._under_way: tuple[PendingAct, ...] = ()
        self._back = IconButton("arrow-left")
        self._back.setObjectName("backToQueue")
        self._name = ElidedLabel("heading")
        self._name.setObjectName("caseName")
        self._state = Badge()
        self._state.setObjectName("caseState")
        self._flags = Badge()
        self._facts = ElidedLabel("small")
        self._facts.setObjectName("caseFacts")
        self._holder = label("small")
        self._holder.setObjectName("caseHolder")
        self._claim = Button("primary", "claim")
        self._claim.setObjectName("claim")
        self._release = Button("", "release")
        self._release.setObjectName("release")
        self._suspension = Button("", "lock")
        self._suspension.setObjectName("suspension")
        self._next = Button("", "next")
        self._next.setObjectName("caseNext")
        self._previous_in_list = IconButton("chevron-up", size=16)
        self._previous_in_list.setObjectName("previousInList")
        self._next_in_list = IconButton("chevron-down", size=16)
        self._next_in_list.setObjectName("nextInList")
        self._place = label("small")
        self._place.setObjectName("placeInList")
        self.show_place(0, 0)
        self.history = IconButton("history")
        self.history.setObjectName("toggleHistory")
        self.decision = IconButton("panel-right")
        self.decision.setObjectName("toggleDecision")
        self._build()
        self._connect()
        self.retranslate()

    @property
    def model(self) -> CaseModel:
        """The case shown."""
        return self._model

    def retranslate(self) -> None:
        keys = self._actions.keys_of
        self._back.set_name(self.tr("Back to the queue"), keys=keys(ActionId.SHOW_QUEUE))
        self._release.setText(self.tr("Release"))
        self._show_release()
        self._next.setText(self.tr("Next case"))
        self._next.setToolTip(self._actions.with_keys(self._actions[ActionId.NEXT_CASE].text(), ActionId.NEXT_CASE))
        self._previous_in_list.set_name(
            self._actions[ActionId.PREVIOUS_IN_LIST].text(), keys=keys(ActionId.PREVIOUS_IN_LIST)
        )
        self._next_in_list.set_name(self._actions[ActionId.NEXT_IN_LIST].text(), keys=keys(ActionId.NEXT_IN_LIST))
        self.history.set_name(self.tr("History and notes"), keys=keys(ActionId.SHOW_HISTORY))
        self.decision.set_name(self.tr("Decision"), keys=keys(ActionId.SHOW_DECISION))
        self.show_case()

    def add_menu(self, button: QWidget) -> None:
        """Put a button before those that show panels."""
        self._acts.insertWidget(self._acts.indexOf(self.history), button)

    def show_place(self, place: int, length: int, more: bool = False) -> None:
        """Show where the case stands in the list that it was opened from, and whether that goes on; nothing when from none."""
        self._place.setText(f"{place} / {length}{'+' if more else ''}" if length else "")
        self._previous_in_list.setEnabled(place > 1)
        self._next_in_list.setEnabled(0 < place < length)
        for widget in (self._place, self._previous_in_list, self._next_in_list):
            widget.setVisible(bool(length))

    def show_under_way(self, acts: Sequence[PendingAct]) -> None:
        """Take in what the user did on the case and the server does not know yet: it needs the claim."""
        self._under_way = tuple(acts)
        self._show_release()

    def show_case(self) -> None:
        """Show what the model holds."""
        detail = self._model.detail
        if detail is None:
            return
        self._name.setText(detail.name)
        self._state.show_text(localized(COMPANY_STATE_TEXTS[detail.state]), STATE_TONES[detail.state])
        flags = [localized(FLAG_TEXTS[flag]) for flag in detail.flags]
        tone = FLAG_TONES[detail.flags[0]] if detail.flags else Tone.NEUTRAL
        self._flags.show_text(" · ".join(flags), tone)
        facts = []
        if detail.case_kind is CaseKind.ADMINISTRATOR_CHANGE:
            facts.append(self.tr("Change of administrator"))
        if detail.round:
            facts.append(self.tr("Round {round}").format(round=detail.round))
        if detail.submitted_at:
            facts.append(self.tr("submitted {moment}").format(moment=moment_text(detail.submitted_at)))
        waits = waits_for_staff(detail.state, detail.waiting_seconds)
        if waits:
            time = waiting_text(detail.working_seconds, waits=waits, waiting_seconds=detail.waiting_seconds)
            facts.append(self.tr("waiting {time}").format(time=time))
        self._facts.setText("  ·  ".join(facts))
        self._facts.set_hint(moment_hint(detail.submitted_at))
        self._show_claim()

    def _show_claim(self) -> None:
        detail = self._model.detail
        if detail is None:
            return
        mine = self._model.is_mine
        taken = detail.assignee is not None and not mine and not detail.lease_mine
        take_over = taken and self._model.allows(StaffAct.TAKE_OVER)
        allowed = take_over or self._model.allows(StaffAct.CLAIM)
        self._claim.setText(self.tr("Take over") if take_over else self.tr("Claim"))
        self._claim.setVisible(not mine and (allowed or taken))
        self._claim.setEnabled(allowed)
        words = self._actions.with_keys(self.tr("Only who holds a case can decide it"), ActionId.CLAIM)
        self._claim.setToolTip(words if allowed else self._model.why_not(StaffAct.CLAIM))
        self._release.setVisible(mine)
        offered = {
            StaffAct.SUSPEND: self.tr("Suspend…"),
            StaffAct.RESTORE: self.tr("Restore…"),
            StaffAct.REOPEN: self.tr("Reopen…"),
        }
        words = next((text for act, text in offered.items() if self._model.allows(act)), "")
        self._suspension.setVisible(bool(words))
        self._suspension.setText(words)
        self._holder.setText(self._who(taken=taken))

    def _show_release(self) -> None:
        decided = any(act.kind is ActKind.DECISION for act in self._under_way)
        if decided:
            words = self.tr(
                "Your decision on this case is on its way: the case stays yours until it is taken or undone."
            )
        elif self._under_way:
            words = self.tr("What you did on this case waits to be sent. It can be released after that.")
        else:
            words = self._actions.with_keys(self.tr("Let others take this case"), ActionId.RELEASE)
        self._release.setEnabled(not self._under_way)
        self._release.setToolTip(words)

    def _who(self, *, taken: bool) -> str:
        """Write who works on the case, and whose it is to do when that is somebody else."""
        detail, colleague = self._model.detail, self._model.colleague
        if detail is None:
            return ""
        given = detail.assignment
        lines = []
        if self._model.is_mine:
            lines.append(self.tr("You hold this case"))
        elif taken and detail.assignee is not None:
            lines.append(self.tr("Held by {name}").format(name=detail.assignee.display_name))
        elif given is None and detail.state is CompanyState.PENDING_VERIFICATION:
            lines.append(self.tr("Nobody holds this case"))
        if colleague is not None:
            lines.append(self.tr("Assigned to {name}").format(name=colleague.person.display_name))
        elif given is not None:
            lines.append(self.tr("Assigned to you"))
        return "\n".join(lines)

    def _build(self) -> None:
        layout = WrappingRow(self, margins=(SPACE_2, SPACE_2, SPACE_3, SPACE_2))
        layout.add(self._back)
        for part in (self._previous_in_list, self._place, self._next_in_list):
            layout.add(part)
        who = QWidget()
        who.setMinimumWidth(LEAST_NAME_WIDTH)
        words = column(who, spacing=2)
        first = row(spacing=SPACE_2)
        first.addWidget(self._name, 1)
        words.addLayout(first)
        second = row(spacing=SPACE_2)
        second.addWidget(self._state)
        second.addWidget(self._flags)
        second.addWidget(self._facts, 1)
        words.addLayout(second)
        layout.add(who, grows=True)
        layout.add(self._holder)
        layout.add_gap()
        acts = QWidget()
        layout.add(acts)
        inside = self._acts = row(acts, spacing=SPACE_2)
        for button in (self._claim, self._release, self._suspension, self._next):
            inside.addWidget(button)
        inside.addSpacing(SPACE_1)
        for toggle in (self.history, self.decision):
            toggle.setCheckable(True)
            inside.addWidget(toggle)

    def _connect(self) -> None:
        self._model.changed.connect(self.show_case)
        self._back.clicked.connect(self._go_back)
        self._next.clicked.connect(self._go_next)
        self._previous_in_list.clicked.connect(self._actions[ActionId.PREVIOUS_IN_LIST].trigger)
        self._next_in_list.clicked.connect(self._actions[ActionId.NEXT_IN_LIST].trigger)
        self._claim.clicked.connect(self._take)
        self._release.clicked.connect(self._model.release)
        self._suspension.clicked.connect(self._ask_suspension)
        self.history.toggled.connect(self.history_toggled)
        self.decision.toggled.connect(self.decision_toggled)
        self._actions.on(ActionId.CLAIM, self._take)
        self._actions.on(ActionId.RELEASE, self._release_mine)
        self._actions.on(ActionId.SHOW_HISTORY, self.history.click)
        self._actions.on(ActionId.SHOW_DECISION, self.decision.click)

    def _go_back(self) -> None:
        self.back.emit()

    def _ask_suspension(self) -> None:
        self.suspension_wanted.emit()

    def _go_next(self) -> None:
        self.next_wanted.emit()

    def _take(self) -> None:
        detail = self._model.detail
        if detail is None or self._model.is_mine:
            return
        if detail.assignee is not None and not detail.lease_mine and self._model.allows(StaffAct.TAKE_OVER):
            self._model.take_over()
        elif self._model.allows(StaffAct.CLAIM):
            self._model.claim()
        else:
            self.hinted.emit(
                self._model.why_not(StaffAct.CLAIM) or self.tr("This case does not wait for a decision now.")
            )

    def _release_mine(self) -> None:
        if not self._model.is_mine:
            self.hinted.emit(self.tr("You do not hold this case."))
        elif self._under_way:
            self.hinted.emit(self._release.toolTip())
        else:
            self._model.release()
