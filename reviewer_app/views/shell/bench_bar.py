# SPDX-License-Identifier: AGPL-3.0-or-later
"""Across the window of a test bench: what it is, and what is right in the open case once that may be told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from reviewer_app.contract.bench import BENCH_BANNER, Expectation
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.states import OUTCOME_NAMES, CompanyState
from reviewer_app.contract.text import Text
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.practice.practice_model import PracticeModel, Told
from reviewer_app.models.texts import localized
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.messages import MessageBar
from reviewer_app.views.common.view import View, column

if TYPE_CHECKING:
    from reviewer_app.views.shell.workplace import Workplace

_TONES = {
    Told.HIDDEN: Tone.INFO,
    Told.ANSWER: Tone.INFO,
    Told.RIGHT: Tone.SUCCESS,
    Told.DIFFERENT: Tone.WARNING,
    Told.EITHER: Tone.INFO,
}


class BenchBar(View):
    """Two bars, one of which is always there: nobody shall take a bench for real work."""

    def __init__(self, model: PracticeModel, workplace: Workplace, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("benchBar")
        self._model = model
        self._workplace = workplace
        self._banner = MessageBar("benchBanner")
        self._answer = MessageBar("benchAnswer")
        layout = column(self)
        layout.addWidget(self._banner)
        layout.addWidget(self._answer)
        self._banner.acted.connect(self._switch)
        model.changed.connect(self._show)
        workplace.case_shown.connect(self._case_shown)
        workplace.outbox.done.connect(self._decided)
        self.retranslate()

    def retranslate(self) -> None:
        self._show()

    def follow_place(self) -> None:
        """Follow the window between queue and case."""
        in_case = self._workplace.is_in_front
        state = self._workplace.case_state
        self._model.show(self._workplace.case_id if in_case else "", state or CompanyState.PENDING_VERIFICATION)

    def _case_shown(self, _name: str) -> None:
        self.follow_place()

    def _decided(self, act: PendingAct) -> None:
        if act.outcome is not None:
            self._model.decided(act.company_id, act.outcome)

    def _switch(self) -> None:
        self._model.set_hides(not self._model.hides)

    def _show(self) -> None:
        action = ""
        if self._model.may_show:
            action = self.tr("Show the answers") if self._model.hides else self.tr("Practise: hide the answers")
        self._banner.show_message(localized(BENCH_BANNER), Tone.WARNING, action=action, closable=False)
        told, expectation = self._model.told, self._model.expectation
        if expectation is None or told is Told.NOTHING:
            self._answer.hide()
            return
        self._answer.show_message(self._said(told, expectation), _TONES[told], closable=False)

    def _said(self, told: Told, expectation: Expectation) -> str:
        named = {outcome.value: name for outcome, name in OUTCOME_NAMES.items()}
        right = localized(named.get(expectation.decision, Text(expectation.decision_pl, expectation.decision_en)))
        reasons = ", ".join(localized(REASONS[code].label) for code in map(ReasonCode, expectation.reasons))
        why = localized(Text(expectation.explanation_pl, expectation.explanation_en))
        answer = f"{right} ({reasons})" if reasons else right
        chosen = self._model.chosen
        said = {
            Told.HIDDEN: self.tr("Practice: decide as you would for a real company. What is right is told afterwards."),
            Told.ANSWER: self.tr("Right here: {answer}. {why}"),
            Told.RIGHT: self.tr("You decided rightly: {answer}. {why}"),
            Told.DIFFERENT: self.tr("You chose: {chosen}. Right is: {answer}. {why}"),
            Told.EITHER: self.tr("Here a person decides, and no outcome is wrong. {why}"),
        }[told]
        mine = localized(OUTCOME_NAMES[chosen]) if chosen else ""
        return said.format(answer=answer, chosen=mine, why=why)
