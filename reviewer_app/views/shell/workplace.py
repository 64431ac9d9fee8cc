# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the window gets once the desk is ready: the session, the streams, the outbox, and the case screen on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QBoxLayout, QStackedWidget

from reviewer_app.background.runner import Runner
from reviewer_app.contract.states import CompanyState, Outcome
from reviewer_app.desk.preferences import Preferences
from reviewer_app.desk.rows import ActKind, ActState, PendingAct, SignedIn
from reviewer_app.models.decision.outbox_model import OutboxModel
from reviewer_app.models.session.answers_model import AnswersModel
from reviewer_app.models.session.live_model import LiveModel
from reviewer_app.models.session.notices_model import NoticesModel
from reviewer_app.models.session.session_model import SessionModel
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.shell.outbox_bar import HeldToast, TroubleBar
from reviewer_app.views.shell.walk import ListWalk

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk
    from reviewer_app.desk.drafts import DecisionDraft
    from reviewer_app.desk.events import ActChanged
    from reviewer_app.views.case.case_desk import CaseDesk


class Workplace(QObject):
    """Signals: ``case_shown`` (name), ``case_opened`` (id of a case that came to the front, or came there in place of another), ``queue_wanted``, ``next_wanted``, ``acts_changed``, ``failed`` (error),
    ``told`` (text), ``looked`` (id of a case that the person saw), ``cases_wanted`` (text to search all cases for),
    ``person_changed`` when another person signed in than before: nothing of the one before is on the screen any more.
    """

    case_shown = Signal(str)
    case_opened = Signal(str)
    queue_wanted = Signal()
    next_wanted = Signal()
    acts_changed = Signal()
    failed = Signal(object)
    told = Signal(str)
    looked = Signal(str)
    cases_wanted = Signal(str)
    person_changed = Signal()

    def __init__(
        self,
        desk: Desk,
        runner: Runner,
        preferences: Preferences,
        pages: QStackedWidget,
        actions: Actions,
        *,
        session: SessionModel,
    ) -> None:
        super().__init__(pages)
        self.desk = desk
        self._runner = runner
        self._preferences = preferences
        self._pages = pages
        self._actions = actions
        self._case_desk: CaseDesk | None = None
        self.walk = ListWalk(self)
        actions.on(ActionId.NEXT_IN_LIST, self.walk.next)
        actions.on(ActionId.PREVIOUS_IN_LIST, self.walk.previous)
        self.session = session
        self._user_id = ""
        session.signed_in.connect(self._begin)
        self.live = LiveModel(desk, runner, self)
        self.outbox = OutboxModel(desk, runner, self)
        self.answers = AnswersModel(desk, runner, self)
        self.notices = NoticesModel(desk, runner, self.answers, self)
        self.held = HeldToast(self.outbox, actions, pages)
        actions.on(ActionId.UNDO_DECISION, self._undo)
        self.trouble = TroubleBar(self.outbox)
        self.live.act_changed.connect(self.outbox.follow)
        self.live.act_changed.connect(self._act_moved)
        self.live.cases_changed.connect(self.answers.follow)
        self.live.cases_changed.connect(self.notices.follow)
        self.outbox.failed.connect(self.failed)
        self.outbox.undone.connect(self._undone)
        self.outbox.done.connect(self._done)

    @property
    def case_name(self) -> str:
        """The name of the open case, empty when none is."""
        return self._case_desk.name if self._case_desk else ""

    @property
    def case_id(self) -> str:
        """The id of the open case, empty when none is."""
        return self._case_desk.case_id if self._case_desk else ""

    @property
    def case_state(self) -> CompanyState | None:
        """The state of the open case, None when none is."""
        detail = self._case_desk.case.detail if self._case_desk else None
        return detail.state if detail else None

    @property
    def is_in_front(self) -> bool:
        """Whether the case screen is shown."""
        return self._case_desk is not None and self._pages.currentWidget() is self._case_desk.view

    def load(self) -> None:
        """Load what work on cases needs. For a worker: on the window's thread the modules would hold up the hands."""
        self.desk.prepare()
        import reviewer_app.views.case.case_desk  # noqa: PLC0415 -- the queue comes first
        import reviewer_app.views.queue.extras  # noqa: PLC0415 -- as above
        import reviewer_app.views.shell.tools  # noqa: F401, PLC0415 -- as above

    def prepare(self) -> CaseDesk:
        """Give the case screen; it is made the first time."""
        if self._case_desk is None:
            self.desk.prepare()  # what a worker may be loading just now is not loaded beside it a second time
            from reviewer_app.views.case.case_desk import CaseDesk  # noqa: PLC0415 -- the queue comes first

            made = CaseDesk(self.desk, self._runner, self._preferences, self._actions, self._pages)
            made.follow(self.live)
            made.shown.connect(self.case_shown)
            made.waits_for_customer.connect(self.answers.expect)
            made.acted.connect(self._acted)
            made.failed.connect(self.failed)
            made.told.connect(self.told)
            made.hinted.connect(self.held.hint)
            self.walk.moved.connect(made.view.header.show_place)
            self.walk.moved.connect(self._expect_next)
            made.looked.connect(self.looked)
            made.cases_wanted.connect(self.cases_wanted)
            made.case_wanted.connect(self.open_case)
            made.case.opened.connect(self._tell_opened)
            made.case.changed.connect(self._show_under_way)
            self.outbox.changed.connect(self._show_under_way)
            made.view.back.connect(self.queue_wanted)
            made.view.next_wanted.connect(self.next_wanted)
            made.view.panel.undo_wanted.connect(self.outbox.take_back)
            self._case_desk = made
        return self._case_desk

    def place_bar(self, layout: QBoxLayout, place: int) -> None:
        """Put the bar about acts that did not go through among the window's bars."""
        layout.insertWidget(place, self.trouble)

    def start(self) -> None:
        """Begin what runs while somebody is signed in."""
        self.live.start()
        self.outbox.load_anew()
        if self._case_desk is not None:
            self._case_desk.refresh()

    def stop(self) -> None:
        """End what runs; the draft being typed is kept."""
        self.live.stop()
        if self._case_desk is not None:
            self._case_desk.decision.save_now()

    def open_case(self, company_id: str) -> None:
        """Load and show a case."""
        self.prepare().case.open(company_id)

    def show_case(self) -> None:
        """Bring the case screen to the front."""
        desk = self.prepare()
        desk.view.show_opening()
        self._pages.setCurrentWidget(desk.view)
        self.case_opened.emit(self.case_id)
        desk.view.viewer.area.setFocus()
        desk.look()

    def show_news(self) -> None:
        """Show the first document that its customer sent anew, once the open case is read."""
        self.prepare().show_news()

    def show_notes(self) -> None:
        """Show the history of the open case, where its notes stand."""
        self.prepare().view.header.history.setChecked(True)

    def claim_next(self) -> None:
        """Claim and show the free case that waits longest."""
        self.prepare().case.claim_next()

    def refresh_case(self) -> None:
        """Read the open case anew."""
        if self._case_desk is not None:
            self._case_desk.refresh()

    def close_case(self) -> None:
        """Show no case; nothing of it stays on the screen."""
        self.answers.forget()
        if self._case_desk is not None:
            self._case_desk.close()

    def reset_layout(self) -> None:
        """Give the case screen its first layout."""
        if self._case_desk is not None:
            self._case_desk.view.reset_layout()

    def _begin(self, user: SignedIn) -> None:
        """Leave nothing of a case to another person who signs in where the session of somebody ended."""
        if self._user_id not in ("", user.user_id):
            self.close_case()
            self.person_changed.emit()
        self._user_id = user.user_id

    def _undo(self) -> None:
        if not self.outbox.undo():
            self.held.hint(self.tr("There is no decision that could still be taken back."))

    def _expect_next(self, _place: int, _length: int, _more: bool) -> None:
        if self._case_desk is not None:
            self._case_desk.next_case.expect(self._case_desk.case_id, self.walk.next_id)

    def _tell_opened(self) -> None:
        self.case_opened.emit(self.case_id)

    def _show_under_way(self) -> None:
        if self._case_desk is not None:
            acts = self.outbox.acts_on(self._case_desk.case_id)
            self._case_desk.view.header.show_under_way(acts)
            self._case_desk.view.panel.show_under_way(acts)

    def _acted(self, act: PendingAct) -> None:
        self.outbox.add(act)
        self.acts_changed.emit()
        if act.kind is ActKind.DECISION and self._preferences.switch("next_after_decision"):
            self.next_wanted.emit()

    def _undone(self, draft: DecisionDraft | None) -> None:
        if self._case_desk is not None:
            self._case_desk.take_back(draft)
        self.acts_changed.emit()

    def _act_moved(self, event: ActChanged) -> None:
        if event.act.state in (ActState.CONFLICT, ActState.FAILED) and self._case_desk is not None:
            self._case_desk.arrived(event.act)  # the case says then that its decision was not taken

    def _done(self, act: PendingAct) -> None:
        if act.outcome is Outcome.REQUEST_CORRECTION:
            self.answers.expect(act.company_id)
        self.acts_changed.emit()
        if self._case_desk is not None:
            self._case_desk.arrived(act)
