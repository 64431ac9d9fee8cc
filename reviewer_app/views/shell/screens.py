# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the window holds: puts the screens together and leads from one to the other. What screens do is theirs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from reviewer_app.background.runner import Runner
from reviewer_app.desk.preferences import Preferences, Theme
from reviewer_app.desk.rows import QueuePage, SignedIn
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.models.session.notices_model import MENTIONED
from reviewer_app.models.texts import localized
from reviewer_app.views.common.actions import ActionId, Actions, Group
from reviewer_app.views.common.view import column
from reviewer_app.views.queue.queue_view import QueueView
from reviewer_app.views.shell.notices import Notices, OfflineBar
from reviewer_app.views.shell.top_bar import TopBar

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk
    from reviewer_app.desk.events import ConnectionChanged, SessionEnded
    from reviewer_app.models.session.session_model import SessionModel
    from reviewer_app.views.queue.extras import QueueExtras
    from reviewer_app.views.session.sign_in_view import SignInView
    from reviewer_app.views.shell.bench_bar import BenchBar
    from reviewer_app.views.shell.tools import ShellTools
    from reviewer_app.views.shell.workplace import Workplace

PREPARE_AFTER_MS = 150
"""So long after the queue the case screen is made, unless a case was opened before."""


class Screens(QObject):
    """The screens of a window. They begin with a snapshot of the last queue; :meth:`attach` brings them to life.

    For the signals see `MainWindow`.
    """

    queue_shown = Signal()
    language_changed = Signal(str)
    theme_changed = Signal(str)
    noticed = Signal(str, str, str, str)

    def __init__(
        self,
        window: QMainWindow,
        *,
        runner: Runner,
        preferences: Preferences,
        snapshot: QueuePage | None,
        log_folder: Path | None = None,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._runner = runner
        self._preferences = preferences
        self._workplace: Workplace | None = None
        self._wanted_company: str | None = None
        self._wants_next = False
        self._queue_was_shown = False
        self._starting = False
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(PREPARE_AFTER_MS)
        self._idle.timeout.connect(self._prepare)
        self.actions_registry = Actions(window, preferences.own_keys)
        self._queue_model = QueueModel(runner, self)
        self._top = TopBar(self.actions_registry, preferences.theme)
        self._offline = OfflineBar()
        self._bar = Notices()
        self._pages = QStackedWidget()
        self._queue = QueueView(self._queue_model, preferences, self.actions_registry)
        self._extras: QueueExtras | None = None
        self._tools: ShellTools | None = None
        self._asks_server = False
        self._log_folder = log_folder
        self._sign_in: SignInView | None = None
        self._bench: BenchBar | None = None
        self._build()
        self._connect()
        self._show_first(snapshot)

    # --- what the program calls

    def attach(self, desk: Desk, *, credentials: tuple[str, str] | None = None) -> None:
        """Bring the window to life: ask for the server, resume the last session, or sign in."""
        from reviewer_app.models.session.session_model import SessionModel  # noqa: PLC0415 -- after the first frame

        session = SessionModel(desk, self._runner, self)
        asked = session.server_url is None
        if credentials is not None and not asked:
            session.sign_in(*credentials)
        elif not asked:
            session.resume()
        # The server is on its way to an answer while the rest is loaded; nothing of it is heard before this ends.
        self._furnish(desk, session)
        if asked:
            self._show_sign_in()
            self._form().ask_server()

    def detach(self) -> None:
        """End what runs for the window; its parts stay as they are."""
        self._idle.stop()
        if self._workplace is not None:
            self._workplace.stop()
        self._queue_model.detach()

    def open_company(self, company_id: str) -> None:
        """Show a case, as soon as somebody is signed in."""
        if self._workplace is None or self._workplace.session.current is None:
            self._wanted_company = company_id
            return
        if company_id != self._workplace.case_id:
            self._bar.left_case(self._workplace.case_id)
        self._workplace.open_case(company_id)
        self._show_case()

    def show_notice(self, company_id: str, kind: str) -> None:
        """Show a case and in it what a notice of this kind told of, as soon as somebody is signed in."""
        self.open_company(company_id)
        if self._workplace is not None and self._workplace.session.current is not None:
            (self._workplace.show_notes if kind == MENTIONED else self._workplace.show_news)()
            self._bar.followed(company_id, kind)

    def show_failure(self, error: BaseException) -> None:
        """Say in the window what went wrong; of a session that is over, in the form to sign in again."""
        from reviewer_app.desk.errors import SessionExpired, explain  # noqa: PLC0415 -- not for the first frame
        from reviewer_app.desk.events import SessionEnded  # noqa: PLC0415 -- as above

        if isinstance(error, SessionExpired):
            self._session_ended(SessionEnded(explain(error)))
        else:
            self._bar.tell_failure(error)

    def window_changed(self, event: QEvent) -> None:
        """Take in a change of the window's state."""
        if event.type() == QEvent.Type.LanguageChange:
            self.actions_registry.retranslate()

    # --- inside

    def _build(self) -> None:
        body = QWidget()
        layout = column(body)
        self._bars = layout
        for widget in (self._top, self._offline, self._bar):
            layout.addWidget(widget)
        layout.addWidget(self._pages, 1)
        self._pages.addWidget(self._queue)
        self._window.setCentralWidget(body)
        body.show()  # into a window on the screen Qt would bring it a turn of the loop later, after an empty frame

    def _connect(self) -> None:
        self._top.language_chosen.connect(self._choose_language)
        self._top.theme_chosen.connect(self._choose_theme)
        self._top.queue_wanted.connect(self._show_queue)
        self._top.case_wanted.connect(self._show_case)
        self._queue.opened.connect(self._open_from_list)
        self._queue.next_wanted.connect(self._next_case)
        self._queue_model.failed.connect(self._queue_failed)
        self._queue_model.loaded.connect(self._queue_loaded)
        self._bar.case_wanted.connect(self.show_notice)
        self._bar.leaving_confirmed.connect(self._leave)
        actions = self.actions_registry
        actions.on(ActionId.SHOW_QUEUE, self._show_queue)
        actions.on(ActionId.SHOW_KEYS, self._show_keys)
        actions.on(ActionId.RESET_LAYOUT, self._reset_layout)
        actions.on(ActionId.SIGN_OUT, self._sign_out)
        actions.on(ActionId.REFRESH, self._refresh)
        actions.on(ActionId.NEXT_CASE, self._next_case)
        actions.on(ActionId.SEARCH, self._queue.focus_search)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._system_colours_changed)

    def _furnish(self, desk: Desk, session: SessionModel) -> None:
        from reviewer_app.views.shell.workplace import Workplace  # noqa: PLC0415 -- after the first frame

        workplace = Workplace(
            desk, self._runner, self._preferences, self._pages, self.actions_registry, session=session
        )
        self._workplace = workplace
        self._queue_model.attach(desk)
        self._connect_workplace(workplace)
        if self._sign_in is not None:
            self._sign_in.attach(session)

    def _connect_workplace(self, workplace: Workplace) -> None:
        workplace.session.signed_in.connect(self._signed_in)
        workplace.session.nobody.connect(self._ask_credentials)
        workplace.session.failed.connect(self._sign_in_failed)
        workplace.session.otp_wanted.connect(self._show_sign_in)
        workplace.session.signed_out.connect(self._signed_out)
        workplace.live.cases_changed.connect(self._queue_model.refresh_soon)
        workplace.live.connection_changed.connect(self._connection_changed)
        workplace.live.session_ended.connect(self._session_ended)
        workplace.place_bar(self._bars, self._bars.indexOf(self._bar))
        workplace.case_shown.connect(self._case_shown)
        workplace.next_wanted.connect(self._next_case)
        workplace.queue_wanted.connect(self._show_queue)
        workplace.cases_wanted.connect(self._search_cases)
        workplace.acts_changed.connect(self._queue_model.refresh_soon)
        workplace.failed.connect(self.show_failure)
        workplace.told.connect(self._tell)
        workplace.looked.connect(self._queue_model.mark_looked)
        workplace.walk.wanted.connect(self.open_company)
        workplace.outbox.returned.connect(self.open_company)
        workplace.walk.watch(self._queue_model)
        self._bar.follow(workplace)
        workplace.notices.noticed.connect(self.noticed)

    def _show_first(self, snapshot: QueuePage | None) -> None:
        self.actions_registry.enable_groups(())
        if self._preferences.server_url is None:
            self._pages.setCurrentWidget(self._form())
            return
        self._pages.setCurrentWidget(self._queue)
        if snapshot is not None and snapshot.rows:
            self._queue_model.show_snapshot(snapshot)
            # Whoever is quick works with these rows at once: what needs the server is done as soon as it answers.
            self.actions_registry.enable_groups((Group.WINDOW, Group.QUEUE))
            self._queue.table.setFocus()

    def _form(self) -> SignInView:
        """Give the form to sign in; it is made when it is needed for the first time."""
        if self._sign_in is None:
            from reviewer_app.views.session.sign_in_view import SignInView  # noqa: PLC0415 -- most starts go on without it

            self._sign_in = SignInView()
            self._pages.addWidget(self._sign_in)
            if self._workplace is not None:
                self._sign_in.attach(self._workplace.session)
        return self._sign_in

    def _show_sign_in(self) -> None:
        self._wants_next = False
        self._pages.setCurrentWidget(self._form())
        self._top.show_user(None)
        self.actions_registry.enable_groups(())

    def _ask_credentials(self) -> None:
        self._show_sign_in()
        self._form().ask_credentials(username=self._preferences.last_username)

    def _sign_in_failed(self, error: BaseException) -> None:
        if self._workplace is None or self._workplace.session.current is None:
            if self._sign_in is None or self._pages.currentWidget() is not self._sign_in:
                self._ask_credentials()
                self._form().show_failure(error)
            return
        self.show_failure(error)

    def _signed_in(self, user: SignedIn) -> None:
        if self._workplace is None:
            return
        self._queue_model.reload()  # asked for first: the rest is done while the server works
        self._top.show_user(user)
        self._bar.begin(user.user_id)
        self._show_bench(self._workplace, user)
        self._starting = True
        if self._workplace.case_name:
            self._show_case()
        else:
            self._show_queue()
        if self._wanted_company is not None:
            wanted, self._wanted_company = self._wanted_company, None
            self.open_company(wanted)
        elif self._wants_next:
            self._next_case()

    def _show_bench(self, workplace: Workplace, user: SignedIn) -> None:
        """Say across the window that the server is a test bench, as long as it is."""
        if user.bench and self._bench is None:
            from reviewer_app.models.practice.practice_model import PracticeModel  # noqa: PLC0415 -- seldom needed
            from reviewer_app.views.shell.bench_bar import BenchBar  # noqa: PLC0415 -- as above

            self._bench = BenchBar(PracticeModel(workplace.desk, self._runner, self), workplace)
            self._bars.insertWidget(self._bars.indexOf(self._top) + 1, self._bench)
        if self._bench is not None:
            self._bench.setVisible(user.bench)
            self._bench.retranslate()

    def _signed_out(self) -> None:
        if self._workplace is not None:
            self._workplace.stop()
            self._workplace.close_case()
            self._queue_model.detach()
            self._queue_model.attach(self._workplace.desk)
        self._offline.hide()
        if self._tools is not None:
            self._tools.forget()
        self._ask_credentials()
        if self._asks_server:
            self._asks_server = False
            self._form().ask_server(self._preferences.server_url or "")

    def _session_ended(self, event: SessionEnded) -> None:
        if self._pages.currentWidget() is self._sign_in:
            return  # somebody types there already
        if self._workplace is not None:
            if self._workplace.session.is_leaving:
                return  # the person ended it, and whoever hears of that first is not to speak of an end by itself
            self._workplace.stop()
        self._ask_credentials()
        self._form().show_notice(localized(event.problem.message))

    def _show_queue(self) -> None:
        if self._workplace is None or self._workplace.session.current is None:
            return
        if self._workplace.is_in_front:
            self._bar.left_case(self._workplace.case_id)
        self._pages.setCurrentWidget(self._queue)
        self._top.show_place(case_name=self._workplace.case_name, in_queue=True)
        self._follow_bench()
        self.actions_registry.enable_groups((Group.WINDOW, Group.QUEUE))
        self._queue.table.setFocus()

    def _open_from_list(self, company_id: str) -> None:
        self.open_company(company_id)
        if self._workplace is not None:
            self._workplace.walk.begin(company_id)

    def _search_cases(self, text: str) -> None:
        self._show_queue()
        self._queue.search_for(text)

    def _show_case(self) -> None:
        if self._workplace is None:
            return
        self._workplace.show_case()
        self._top.show_place(case_name=self._workplace.case_name, in_case=True)
        self._follow_bench()
        self.actions_registry.enable_groups((Group.WINDOW, Group.CASE, Group.DOCUMENT, Group.DECISION))

    def _case_shown(self, name: str) -> None:
        in_case = self._workplace is not None and self._workplace.is_in_front
        in_queue = self._pages.currentWidget() is self._queue
        self._top.show_place(case_name=name, in_queue=in_queue, in_case=in_case)
        if self._workplace is not None:
            self._workplace.walk.follow(self._workplace.case_id)
            if self._tools is not None:
                self._tools.remember(self._workplace.case_id, name)

    def _follow_bench(self) -> None:
        if self._bench is not None:
            self._bench.follow_place()

    def _next_case(self) -> None:
        self._wants_next = self._workplace is None or self._workplace.session.current is None
        if self._workplace is not None and not self._wants_next:
            self._bar.left_case(self._workplace.case_id)
            self._workplace.claim_next()
            self._show_case()

    def _refresh(self) -> None:
        self._queue.refresh()
        if self._workplace is not None:
            self._workplace.refresh_case()

    def _connection_changed(self, event: ConnectionChanged) -> None:
        self._top.show_connection(event.online)
        if event.online:
            self._offline.hide()
            self._bar.came_online()
            self._queue_model.refresh_soon()
            return
        self._offline.tell(event)

    def _queue_failed(self, error: BaseException) -> None:
        self._start_work()
        if self._workplace is not None and self._workplace.session.current is not None:
            self.show_failure(error)

    def _queue_loaded(self) -> None:
        if not self._queue_was_shown:
            self._queue_was_shown = True
            self._queue.table.viewport().repaint()
            QTimer.singleShot(0, self._queue_stands)
        else:
            self._start_work()

    def _queue_stands(self) -> None:
        self.queue_shown.emit()
        self._start_work()

    def _start_work(self) -> None:
        """Begin what runs while somebody is signed in, once the queue was asked for: what it imports takes longer."""
        if self._starting and self._workplace is not None:
            self._starting = False
            self._runner.run(self._workplace.load, owner=self, on_success=self._begin_work, key="work")

    def _begin_work(self, _work: object) -> None:
        if self._workplace is not None and self._workplace.session.current is not None:
            self._workplace.start()
            self._grow_queue(self._workplace)
            self._idle.start()

    def _grow_queue(self, workplace: Workplace) -> None:
        """Give the queue what it does not need for its first rows."""
        if self._extras is None:
            from reviewer_app.views.queue.extras import QueueExtras  # noqa: PLC0415 -- after the queue is live

            self._extras = QueueExtras(self._queue, self._queue_model, workplace.desk, self._runner)
            self._extras.told.connect(self._bar.tell)
            self._extras.failed.connect(self.show_failure)
        self._extras.start()
        if self._tools is None:
            self._tools = self._made_tools(workplace)

    def _made_tools(self, workplace: Workplace) -> ShellTools:
        from reviewer_app.views.shell.tools import ShellTools  # noqa: PLC0415 -- after the queue is live

        made = ShellTools(
            workplace.desk,
            self._runner,
            self._preferences,
            actions=self.actions_registry,
            pages=self._pages,
            log_folder=self._log_folder,
        )
        made.case_wanted.connect(self.open_company)
        made.left.connect(self._leave_tools)
        made.shown.connect(self._top.show_no_place)
        made.language_chosen.connect(self._choose_language)
        made.theme_chosen.connect(self._choose_theme)
        made.font_chosen.connect(self._choose_font)
        made.reset_wanted.connect(self._reset_layout)
        made.server_wanted.connect(self._change_server)
        made.told.connect(self._bar.tell)
        made.failed.connect(self.show_failure)
        workplace.notices.noticed.connect(made.tell_by_sound)
        workplace.person_changed.connect(made.forget)
        self.actions_registry.on(ActionId.SEND_NOW, workplace.outbox.send_now)
        self._top.add_tools()
        return made

    def _leave_tools(self) -> None:
        came_from_queue = self._tools is None or self._tools.came_from is self._queue
        (self._show_queue if came_from_queue else self._show_case)()

    def _change_server(self) -> None:
        self._asks_server = True
        self._sign_out()

    def _prepare(self) -> None:
        if self._workplace is not None:
            self._workplace.prepare()

    def _tell(self, text: str) -> None:
        self._bar.tell(text, about=self._workplace.case_id if self._workplace is not None else "")

    def _show_keys(self) -> None:
        from reviewer_app.views.shell.keys_view import toggle_keys  # noqa: PLC0415 -- few ask for it

        toggle_keys(self.actions_registry, self._window)

    def _reset_layout(self) -> None:
        self._preferences.reset_layouts()
        self._queue.table.reset_columns()
        if self._workplace is not None:
            self._workplace.reset_layout()
        self._bar.tell(self.tr("Columns and panels are as they were at first."))

    def _sign_out(self) -> None:
        if self._workplace is None or self._workplace.session.current is None:
            return
        waiting = self._workplace.outbox.waiting
        if waiting and not self._bar.asks_to_leave:
            self._bar.ask_to_leave(waiting)
        else:
            self._leave()

    def _leave(self) -> None:
        if self._workplace is not None:
            self._bar.clear()
            self._workplace.session.sign_out()

    def _choose_language(self, language: str) -> None:
        self._preferences.set_language(language)
        self.language_changed.emit(language)
        if self._workplace is not None and self._workplace.session.current is not None:
            self._workplace.refresh_case()  # what the checks and the history say is the server's text

    def _choose_font(self) -> None:
        self.theme_changed.emit(self._preferences.theme)

    def _choose_theme(self, theme: str) -> None:
        chosen: dict[str, Theme] = {"system": "system", "light": "light", "dark": "dark"}
        self._preferences.set_theme(chosen[theme])
        self._top.show_theme(theme)
        self.theme_changed.emit(theme)

    def _system_colours_changed(self, _scheme: Qt.ColorScheme) -> None:
        if self._preferences.theme == "system":
            self.theme_changed.emit("system")
