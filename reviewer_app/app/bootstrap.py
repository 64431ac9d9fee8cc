# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the desktop together. The first frame is drawn from the last queue; everything heavy is loaded after it."""

from __future__ import annotations

import logging
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from reviewer_app.app.languages import Languages
from reviewer_app.app.paths import AppPaths
from reviewer_app.app.trace import NoTracer, Tracer
from reviewer_app.background.garbage import GarbageGuard
from reviewer_app.background.runner import Runner
from reviewer_app.desk.preferences import THEMES, Preferences
from reviewer_app.desk.snapshot import load_snapshot
from reviewer_app.store.files import snapshot_path
from reviewer_app.views.main_window import MainWindow
from reviewer_app.views.style import apply_ground, apply_sheet, apply_theme, window_icon

if TYPE_CHECKING:
    from collections.abc import Callable

    from reviewer_app.app.tray import Tray
    from reviewer_app.app.workshop import Workshop
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
        self.desk: Desk | None = None
        self.preferences = _preferences(options)
        self._languages = Languages(qt)
        self.runner = Runner(present_failure=self._present)
        self._languages.use(self.preferences.language)
        theme, font_percent = self.preferences.theme, self.preferences.number("font_percent")
        apply_ground(qt, theme, font_percent=font_percent)
        snapshot = load_snapshot(snapshot_path(options.paths.store))
        self._rows_drawn = snapshot is not None and bool(snapshot.rows)
        self.main_window = MainWindow(
            runner=self.runner,
            preferences=self.preferences,
            snapshot=snapshot,
            log_folder=options.paths.logs,
        )
        apply_sheet(qt, theme, font_percent=font_percent)
        self.main_window.language_changed.connect(self._use_language)
        self.main_window.theme_changed.connect(self._use_theme)
        self.main_window.queue_shown.connect(self._queue_shown)
        self.failed.connect(self.show_failure)
        self._first_paint = _FirstPaint(self.main_window, self)
        self._first_paint.painted.connect(self._load_the_rest)
        tracer.mark("window_made")

    def show(self) -> None:
        """Show the window; the rest is loaded as soon as it was drawn."""
        self.main_window.show()

    def open_company(self, company_id: str) -> None:
        """Come to the front and show a case; an empty id only comes to the front."""
        self.main_window.setWindowState(self.main_window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.main_window.raise_()
        self.main_window.activateWindow()
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
        left = self.runner.close(deadline_seconds)
        with self._making:
            workshop = workshop or self._workshop
        if workshop is not None:
            workshop.close()
        self._guard.stop()
        self._languages.clear()
        self.main_window.deleteLater()
        if left:
            _log.warning("threads still running at the end: %s", ", ".join(left))
        return left

    @Slot(object)
    def show_failure(self, error: BaseException) -> None:
        """Say in the window what went wrong, unless it only means that something was ended on purpose."""
        from reviewer_app.desk.errors import is_silent  # noqa: PLC0415 -- the first frame needs no errors

        if not self._closed and not is_silent(error):
            self.main_window.show_failure(error)

    @Slot()
    def _load_the_rest(self) -> None:
        self._tracer.mark("first_frame")
        self.drawn.emit()
        if self._rows_drawn:
            self._tracer.mark("queue_interactive")
        if not self._closed:
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
        self._languages.use(language)

    @Slot(str)
    def _use_theme(self, theme: str) -> None:
        apply_theme(self._qt, theme, font_percent=self.preferences.number("font_percent"))

    def _present(self, error: BaseException) -> None:
        from reviewer_app.desk.errors import Blame, explain  # noqa: PLC0415 -- as above

        if explain(error).blame is Blame.BUG:
            self._report(error)
        else:
            _log.info("not done: %s", type(error).__name__)
        self.show_failure(error)


class _FirstPaint(QObject):
    """Tells when the window was drawn for the first time."""

    painted = Signal()

    def __init__(self, window: QObject, parent: QObject) -> None:
        super().__init__(parent)
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self._window.removeEventFilter(self)
            # The children are drawn within the same event: the next turn of the loop comes after them.
            QTimer.singleShot(0, self.painted.emit)
        return super().eventFilter(watched, event)


def build(
    qt: QApplication,
    options: Options,
    *,
    tracer: Tracer | None = None,
    report: Callable[[BaseException], None] | None = None,
) -> Application:
    """Put the desktop together for a QApplication; `Application.show` starts it, `Application.close` ends it.

    Args:
        qt: the application; its event loop has to run for anything to happen.
        options: where the data is, which server, who signs in.
        tracer: takes the marks of the start.
        report: gets each error that is a bug, on the GUI thread, before the window shows it.

    Raises:
        StoreUnwritable: the data folder cannot be written.
    """
    return Application(qt, options, tracer or NoTracer(), report or _log_bug)


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
