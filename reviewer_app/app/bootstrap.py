# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the desktop together: first the window's ground, then the screens with the last queue, then everything heavy.

Light: what a step needs is loaded by that step.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from reviewer_app.app.paths import AppPaths
from reviewer_app.app.trace import NoTracer, Tracer
from reviewer_app.background.garbage import GarbageGuard
from reviewer_app.desk.preferences import THEMES, Preferences
from reviewer_app.views.common.letters import set_letters
from reviewer_app.views.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer_app.app.languages import Languages
    from reviewer_app.app.tray import Tray
    from reviewer_app.app.workshop import Workshop
    from reviewer_app.background.runner import Runner
    from reviewer_app.desk.desk import Desk
    from reviewer_app.store.vault import Vault

CLOSE_SECONDS = 5.0
SETTLE_MILLISECONDS = 2000
"""So long after the desk was attached the start is over even when the server has not answered."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Options:
    """How the desktop is started.

    ``server_url`` and ``language`` take the place of what was kept; ``credentials`` (user name, password) sign in
    without asking; ``vault`` keeps the session between starts, None: the system's keyring. ``page_seconds`` is the time that
    one page of a document may take, None: that of `documents.limits`.
    """

    paths: AppPaths = field(default_factory=AppPaths.of_user)
    server_url: str | None = None
    credentials: tuple[str, str] | None = None
    language: str | None = None
    theme: str | None = None
    vault: Vault | None = None
    page_seconds: float | None = None


class Application(QObject):
    """The running desktop. Made, used and closed on the GUI thread."""

    ready = Signal()
    """The desk is attached to the window."""

    drawn = Signal()
    """The window was drawn for the first time."""

    settled = Signal()
    """Nobody waits any more: the queue is the server's, or there is none yet. Comes once."""

    failed = Signal(object)
    """Takes an error from any thread, to be shown in the window."""

    def __init__(
        self, qt: QApplication, options: Options, tracer: Tracer, report: Callable[[BaseException], None]
    ) -> None:
        super().__init__()
        self._guard = GarbageGuard()
        self._qt = qt
        self._options = options
        self._tracer = tracer
        self._report = report
        self._closed = False
        self._settling = QTimer(self, singleShot=True, interval=SETTLE_MILLISECONDS)
        self._settling.timeout.connect(self._settle)
        self._tray: Tray | None = None
        self._workshop: Workshop | None = None
        self._making = threading.Lock()
        self._wanted_company = ""
        self._drawn = False
        self.desk: Desk | None = None
        self._languages: Languages | None = None
        self._runner: Runner | None = None
        self._rows_drawn = False
        self.preferences = _preferences(options)
        self.failed.connect(self.show_failure)
        set_letters(qt, font_percent=self.preferences.number("font_percent"))
        self.main_window = MainWindow(self.preferences)
        self.main_window.language_changed.connect(self._use_language)
        self.main_window.theme_changed.connect(self._use_theme)
        self.main_window.queue_shown.connect(self._queue_shown)
        self.main_window.drawn.connect(self._window_drawn)
        tracer.mark("window_made")

    @property
    def runner(self) -> Runner:
        """What runs in threads; made when the first of it is wanted."""
        if self._runner is None:
            from reviewer_app.background.runner import Runner  # noqa: PLC0415 -- see `furnish`

            self._runner = Runner(present_failure=self._present)
        return self._runner

    def furnish(self) -> None:
        """Put the screens into the window, with the last queue."""
        from reviewer_app.app.languages import Languages  # noqa: PLC0415 -- the ground is drawn without any of it
        from reviewer_app.desk.snapshot import load_snapshot  # noqa: PLC0415 -- as above
        from reviewer_app.store.files import snapshot_path  # noqa: PLC0415 -- as above
        from reviewer_app.views.style import apply_palette, apply_sheet  # noqa: PLC0415 -- as above

        self._languages = Languages(self._qt)
        self._languages.use(self.preferences.language)
        theme, font_percent = self.preferences.theme, self.preferences.number("font_percent")
        apply_palette(self._qt, theme)
        snapshot = load_snapshot(snapshot_path(self._options.paths.store))
        self._rows_drawn = snapshot is not None and bool(snapshot.rows)
        self.main_window.furnish(self.runner, snapshot, self._options.paths.logs)
        apply_sheet(self._qt, theme, font_percent=font_percent)
        company_id, self._wanted_company = self._wanted_company, ""
        if company_id:
            self.main_window.open_company(company_id)

    def show(self) -> None:
        """Show the window; the screens, unless they are in it, and the rest are loaded as soon as it was drawn."""
        self.main_window.show()

    def open_company(self, company_id: str) -> None:
        """Come to the front and show a case; an empty id only comes to the front."""
        if not self.main_window.furnished:
            self._wanted_company = company_id
            return
        self.main_window.come_forward()
        if company_id:
            self.main_window.open_company(company_id)

    def close(self, deadline_seconds: float = CLOSE_SECONDS) -> tuple[str, ...]:
        """End everything; gives the names of threads that did not end in time. Idempotent."""
        if self._closed:
            return ()
        self._closed = True
        self._settling.stop()
        if self._tray is not None:
            self._tray.close()
        self.main_window.close()
        self.main_window.detach()
        with self._making:
            workshop, self._workshop = self._workshop, None
        if workshop is not None:
            workshop.interrupt()
        left = self._runner.close(deadline_seconds) if self._runner is not None else ()
        with self._making:
            workshop = workshop or self._workshop
        if workshop is not None:
            workshop.close()
        self._guard.stop()
        if self._languages is not None:
            self._languages.clear()
        self.main_window.deleteLater()
        if left:
            _log.warning("threads still running at the end: %s", ", ".join(left))
        return left

    @Slot(object)
    def show_failure(self, error: BaseException) -> None:
        """Say in the window what went wrong, unless it only means that something was ended on purpose."""
        from reviewer_app.desk.errors import is_silent  # noqa: PLC0415 -- the first frame needs no errors

        if not self._closed and not is_silent(error) and self.main_window.furnished:
            self.main_window.show_failure(error)

    @Slot()
    def _window_drawn(self) -> None:
        if not self._drawn:
            self._drawn = True
            self._tracer.mark("first_frame")
            self.drawn.emit()
        if self._closed:
            return
        if self.main_window.furnished:
            self._load_the_rest()
        else:
            self.furnish()

    def _load_the_rest(self) -> None:
        if self._rows_drawn:
            self._tracer.mark("queue_interactive")
        self.runner.run(self._make_desk, owner=self, on_success=self._attach, on_failure=self._not_made)

    def _make_desk(self) -> Desk:
        # Runs in a worker: this import brings in the HTTP client, the database and the messages.
        from reviewer_app.app.workshop import Workshop  # noqa: PLC0415 -- the first frame needs none of it

        workshop = Workshop(self._options, self.preferences)
        with self._making:
            self._workshop = workshop
        return workshop.desk

    @Slot(object)
    def _attach(self, desk: Desk) -> None:
        self.desk = desk
        self._tracer.mark("desk_ready")
        self.main_window.attach(desk, credentials=self._options.credentials)
        self.ready.emit()
        self._settling.start()

    @Slot(object)
    def _not_made(self, error: BaseException) -> None:
        self._settle()
        self._present(error)

    @Slot()
    def _settle(self) -> None:
        from reviewer_app.views.style import window_icon  # noqa: PLC0415 -- see `furnish`

        self._settling.stop()
        self._qt.setWindowIcon(window_icon())
        self._guard.settle()
        self.settled.emit()

    @Slot()
    def _queue_shown(self) -> None:
        if not self._rows_drawn:
            self._tracer.mark("queue_interactive")
        self._tracer.mark("queue_live")
        if self._settling.isActive():
            self._settle()
        if self.desk is not None:
            self.runner.run(self.desk.open_store, owner=self)
            self.runner.run(self.desk.warm_up, owner=self)
            self.runner.run(self.desk.tidy, owner=self)
        self._make_tray()

    def _make_tray(self) -> None:
        from PySide6.QtWidgets import QSystemTrayIcon  # noqa: PLC0415 -- after the queue is live

        if self._tray is None and not self._closed and QSystemTrayIcon.isSystemTrayAvailable():
            from reviewer_app.app.tray import Tray  # noqa: PLC0415 -- as above

            self._tray = Tray(self.main_window)

    @Slot(str)
    def _use_language(self, language: str) -> None:
        if self._languages is not None:
            self._languages.use(language)

    @Slot(str)
    def _use_theme(self, theme: str) -> None:
        from reviewer_app.views.style import apply_theme  # noqa: PLC0415 -- see `furnish`

        apply_theme(self._qt, theme, font_percent=self.preferences.number("font_percent"))

    def _present(self, error: BaseException) -> None:
        from reviewer_app.desk.errors import Blame, explain  # noqa: PLC0415 -- as above

        if explain(error).blame is Blame.BUG:
            self._report(error)
        else:
            _log.info("not done: %s", type(error).__name__)
        self.show_failure(error)


def build(
    qt: QApplication,
    options: Options,
    *,
    tracer: Tracer | None = None,
    report: Callable[[BaseException], None] | None = None,
    ground_first: bool = False,
) -> Application:
    """Put the desktop together for a QApplication; `Application.show` starts it, `Application.close` ends it.

    Args:
        qt: the application; its event loop has to run for anything to happen.
        options: where the data is, which server, who signs in.
        tracer: takes the marks of the start.
        report: gets each error that is a bug, on the GUI thread, before the window shows it.
        ground_first: let the window be drawn before the screens are in it, as a person sees it soonest.

    Raises:
        StoreUnwritable: the data folder cannot be written.
    """
    application = Application(qt, options, tracer or NoTracer(), report or _log_bug)
    if not ground_first:
        application.furnish()
    return application


def _log_bug(error: BaseException) -> None:
    _log.error("an error in the program", exc_info=error)


def _preferences(options: Options) -> Preferences:
    preferences = Preferences(options.paths.preferences)
    if options.server_url is not None:
        preferences.set_server_url(options.server_url.rstrip("/"))
    if options.language is not None:
        preferences.set_language(options.language)
    theme = next((theme for theme in THEMES if theme == options.theme), None)
    if theme is not None:
        preferences.set_theme(theme)
    return preferences
