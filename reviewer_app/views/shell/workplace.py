# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the window gets once the desk is ready: the models, the case screen, and what leads from one to the other."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from reviewer_app.background.runner import Runner
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.drafts import DecisionDraft
from reviewer_app.desk.errors import Explanation
from reviewer_app.desk.events import LeaseEnded
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.rows import PendingAct, SignedIn
from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.decision.decision_model import DecisionModel
from reviewer_app.models.decision.outbox_model import OutboxModel
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.history.history_model import HistoryModel
from reviewer_app.models.session.live_model import LiveModel
from reviewer_app.models.session.session_model import SessionModel
from reviewer_app.models.texts import localized
from reviewer_app.views.case.case_view import CaseModels, CaseView
from reviewer_app.views.common.actions import Actions
from reviewer_app.views.shell.outbox_bar import HeldToast, TroubleBar


class Workplace(QObject):
    """Models and the case screen. Signals: ``case_shown`` (name), ``queue_wanted``, ``next_wanted``, ``acts_changed``,
    ``failed`` (error), ``told`` (text).
    """

    case_shown = Signal(str)
    queue_wanted = Signal()
    next_wanted = Signal()
    acts_changed = Signal()
    failed = Signal(object)
    told = Signal(str)

    def __init__(
        self, desk: Desk, runner: Runner, preferences: Preferences, pages: QStackedWidget, actions: Actions
    ) -> None:
        super().__init__(pages)
        self.desk = desk
        self._pages = pages
        self.session = SessionModel(desk, runner, self)
        self.live = LiveModel(desk, runner, self)
        self.outbox = OutboxModel(desk, runner, self)
        self.case = CaseModel(desk, runner, self)
        self.document = DocumentModel(desk, runner, self)
        self.decision = DecisionModel(desk, runner, self)
        self.history = HistoryModel(desk, runner, self)
        self.view = CaseView(CaseModels(self.case, self.document, self.decision, self.history), preferences, actions)
        self.held = HeldToast(self.outbox, pages)
        self.trouble = TroubleBar(self.outbox)
        pages.addWidget(self.view)
        self._connect()

    @property
    def case_name(self) -> str:
        """The name of the open case, empty when none is."""
        return self.case.detail.name if self.case.detail else ""

    @property
    def is_in_front(self) -> bool:
        """Whether the case screen is shown."""
        return self._pages.currentWidget() is self.view

    def place_bar(self, layout: QBoxLayout, place: int) -> None:
        """Put the bar about acts that did not go through among the window's bars."""
        layout.insertWidget(place, self.trouble)

    def start(self, _user: SignedIn) -> None:
        """Begin what runs while somebody is signed in."""
        self.live.start()
        self.outbox.load_anew()
        self.case.refresh()

    def stop(self) -> None:
        """End what runs; the draft being typed is kept."""
        self.live.stop()
        self.decision.save_now()

    def open_case(self, company_id: str) -> None:
        """Load and show a case."""
        self.case.open(company_id)

    def show_case(self) -> None:
        """Bring the case screen to the front."""
        self._pages.setCurrentWidget(self.view)
        self.view.viewer.area.setFocus()

    def claim_next(self) -> None:
        """Claim and show the free case that waits longest."""
        self.case.claim_next()

    def refresh_case(self) -> None:
        """Read the open case anew."""
        self.case.refresh()
        self.history.refresh()

    def close_case(self) -> None:
        """Show no case; nothing of it stays on the screen."""
        self.decision.close()
        self.document.close()
        self.history.clear()
        self.case.close()

    def reset_layout(self) -> None:
        """Give the case screen its first layout."""
        self.view.reset_layout()

    def _connect(self) -> None:
        self.live.cases_changed.connect(self.case.follow)
        self.live.lease_ended.connect(self._lease_ended)
        self.live.act_changed.connect(self.outbox.follow)
        self.case.changed.connect(self._case_changed)
        self.case.lease_lost.connect(self._lease_lost)
        for model in (self.case, self.decision, self.history, self.outbox):
            model.failed.connect(self.failed)
        self.decision.decided.connect(self._decided)
        self.history.noted.connect(self._decided)
        self.outbox.undone.connect(self._undone)
        self.outbox.done.connect(self._done)
        self.view.back.connect(self.queue_wanted)
        self.view.next_wanted.connect(self.next_wanted)
        self.view.told.connect(self.told)

    def _case_changed(self) -> None:
        self.case_shown.emit(self.case_name)

    def _lease_ended(self, event: LeaseEnded) -> None:
        self.case.follow_lease(event)

    def _lease_lost(self, problem: Explanation) -> None:
        self.told.emit(localized(problem.message))

    def _decided(self, act: PendingAct) -> None:
        self.outbox.add(act)
        self.acts_changed.emit()

    def _undone(self, draft: DecisionDraft | None) -> None:
        if draft is not None:
            self.decision.restore(draft)
        self.case.refresh()
        self.acts_changed.emit()

    def _done(self, act: PendingAct) -> None:
        self.acts_changed.emit()
        detail = self.case.detail
        if detail is not None and detail.id == act.company_id:
            self.case.refresh()
            self.history.refresh()
