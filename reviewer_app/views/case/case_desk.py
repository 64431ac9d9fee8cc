# SPDX-License-Identifier: AGPL-3.0-or-later
"""The case screen with its models: made when the first case is opened, or soon after the queue is shown."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from reviewer_app.background.runner import Runner
from reviewer_app.contract.states import CompanyState
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.drafts import DecisionDraft
from reviewer_app.desk.errors import Explanation
from reviewer_app.desk.events import ConnectionChanged
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.case.claimed_model import ClaimedCasesModel
from reviewer_app.models.case.context_model import ContextModel
from reviewer_app.models.case.next_model import NextCaseModel
from reviewer_app.models.case.suspension_model import SuspensionModel
from reviewer_app.models.decision.decision_model import DecisionModel
from reviewer_app.models.document.document_model import DocumentModel
from reviewer_app.models.document.loupe_model import LoupeModel
from reviewer_app.models.document.print_model import PrintModel
from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.models.history.history_model import HistoryModel
from reviewer_app.models.session.live_model import LiveModel
from reviewer_app.models.texts import localized
from reviewer_app.views.case.act_bar import ActBar
from reviewer_app.views.case.assigned_bar import AssignedBar
from reviewer_app.views.case.case_view import CaseModels, CaseView
from reviewer_app.views.case.context_view import ContextView
from reviewer_app.views.common.actions import Actions
from reviewer_app.views.document.viewer import ViewerModels


class CaseDesk(QObject):
    """Models and screen of the open case. Signals: ``shown`` (name), ``acted`` (PendingAct), ``failed`` (error),
    ``told`` (text), ``hinted`` (why a key does nothing), ``waits_for_customer`` (id of the case), ``looked`` (id) when the server knows that the person saw
    the case, ``cases_wanted`` (text to search all cases for), ``case_wanted`` (id) leads to another case.
    """

    shown = Signal(str)
    acted = Signal(object)
    failed = Signal(object)
    told = Signal(str)
    hinted = Signal(str)
    waits_for_customer = Signal(str)
    looked = Signal(str)
    cases_wanted = Signal(str)
    case_wanted = Signal(str)

    def __init__(
        self, desk: Desk, runner: Runner, preferences: Preferences, actions: Actions, pages: QStackedWidget
    ) -> None:
        super().__init__(pages)
        self.case = CaseModel(desk, runner, self)
        self.document = DocumentModel(desk, runner, self)
        self.words = WordsModel(desk, runner, self.document, self)
        self.decision = DecisionModel(desk, runner, self)
        self.history = HistoryModel(desk, runner, self)
        self.suspension = SuspensionModel(self.case, desk, runner, self)
        self.next_case = NextCaseModel(desk, runner, self.document, self)
        self.case.at_hand = self.next_case.take
        self._claimed = ClaimedCasesModel(desk, runner, self.document, self)
        other = DocumentModel(desk, runner, self)
        loupe = LoupeModel(desk, runner, self.document, self)
        other_words = WordsModel(desk, runner, other, self)
        printing = PrintModel(desk, runner, self.document, self)
        viewed = ViewerModels(self.document, self.words, other, other_words, loupe, printing)
        models = CaseModels(self.case, viewed, self.decision, self.history, self.suspension)
        self.view = CaseView(models, preferences, actions, parent=pages)
        pages.addWidget(self.view)
        self._desk = desk
        self._runner = runner
        self.context = ContextModel(desk, runner, self)
        self._context_view = ContextView(self.context)
        self._acts = ActBar(self.case, self.context, actions)
        self.view.add_context(self._context_view.changes, self._context_view)
        self.view.add_bar(self._acts)
        self.view.add_bar(AssignedBar(self.case))
        self.view.header.add_menu(self._acts.menu)
        self._connect()

    def _connect(self) -> None:
        self._context_view.case_wanted.connect(self.case_wanted)
        self.context.acted.connect(self._case_acted)
        self.context.failed.connect(self.failed)
        self.context.told.connect(self.told)
        self.case.closed.connect(self.context.clear)
        self.case.changed.connect(self._changed)
        self.case.lease_lost.connect(self._lease_lost)
        self.case.taken.connect(self._taken)
        for model in (self.case, self.decision, self.history, self.suspension):
            model.failed.connect(self.failed)
        self.decision.decided.connect(self.acted)
        self.history.noted.connect(self.acted)
        self.suspension.acted.connect(self.acted)
        self.view.told.connect(self.told)
        for part in (self.view.header, self.view.panel, self._acts):
            part.hinted.connect(self.hinted)
        self.view.viewer.printing.told.connect(self.told)
        self.view.viewer.cases_wanted.connect(self.cases_wanted)

    @property
    def name(self) -> str:
        """The name of the open case, empty when none is."""
        return self.case.detail.name if self.case.detail else ""

    @property
    def case_id(self) -> str:
        """The id of the open case, empty when none is."""
        return self.case.detail.id if self.case.detail else ""

    def show_news(self) -> None:
        """Show the first document that came anew, as soon as the case is read."""
        self.view.show_news()
        self.case.refresh()

    def follow(self, live: LiveModel) -> None:
        """Keep up with what the streams tell."""
        live.cases_changed.connect(self.case.follow)
        live.cases_changed.connect(self.next_case.follow)
        live.cases_changed.connect(self._claimed.follow)
        live.connection_changed.connect(self._connection_changed)
        live.lease_ended.connect(self.case.follow_lease)

    def _connection_changed(self, event: ConnectionChanged) -> None:
        """Read all anew when the server is back: what is shown may be the saved copy, or wait for a document."""
        if event.online:
            self.refresh()

    def refresh(self) -> None:
        """Read the open case anew."""
        self.case.refresh()
        self.history.refresh()

    def close(self) -> None:
        """Show no case; nothing of it stays on the screen."""
        self.decision.close()
        self.next_case.clear()
        self._claimed.clear()
        self.view.viewer.comparison.end()
        self.view.viewer.search_bar.forget()
        self.document.close()
        self.history.clear()
        self.case.close()

    def take_back(self, draft: DecisionDraft | None) -> None:
        """Show the draft of a decision that was undone."""
        if draft is not None:
            self.decision.restore(draft)
            self.view.viewer.area.setFocus()
        self.case.refresh()

    def arrived(self, act: PendingAct) -> None:
        """Take in that an act came to its end at the server, taken or not."""
        self.decision.follow(act)
        if self.case.detail is not None and self.case.detail.id == act.company_id:
            self.refresh()

    def _changed(self) -> None:
        detail = self.case.detail
        if detail is not None and detail.state is CompanyState.CORRECTION_REQUESTED:
            self.waits_for_customer.emit(detail.id)
        self.shown.emit(self.name)
        if detail is not None:
            self.context.turn_to(detail.id)
        if detail is not None and self.case.case is not None and not self.case.case.from_cache:
            self.context.load(detail.id)
            self.look()

    def look(self) -> None:
        """Note that the person sees the open case, if they do: behind the queue it is read anew, and nobody looks."""
        case = self.case.case
        if case is None or case.from_cache or not self.view.isVisible() or self.view.window().isMinimized():
            return
        company_id = case.detail.id
        look = partial(self._desk.queue_work.look, company_id=company_id)
        self._runner.run(look, owner=self, on_success=partial(self._looked, company_id), key=f"look {company_id}")

    def _case_acted(self, act: PendingAct | None) -> None:
        if act is not None:
            self.acted.emit(act)
        self.refresh()

    def _looked(self, company_id: str, _nothing: None) -> None:
        self.looked.emit(company_id)

    def _taken(self, name: str) -> None:
        self.told.emit(self.tr("{name} has taken this case over. What you wrote is kept.").format(name=name))

    def _lease_lost(self, problem: Explanation) -> None:
        self.told.emit(localized(problem.message))
