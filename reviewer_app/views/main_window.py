# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window itself: its place, its ground, and the way in to the screens, which come once it is drawn. Light."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QMainWindow

from reviewer_app.views.common.tokens import DARK, LIGHT, TOP_BAR_HEIGHT
from reviewer_app.views.shell.placing import keep_place, place_window

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QCloseEvent

    from reviewer_app.background.runner import Runner
    from reviewer_app.desk.desk import Desk
    from reviewer_app.desk.preferences import Preferences
    from reviewer_app.desk.rows import QueuePage
    from reviewer_app.views.common.actions import Actions
    from reviewer_app.views.shell.screens import Screens


class MainWindow(QMainWindow):
    """The one window of the desktop.

    It is drawn first with nothing but its ground: what the screens are made of takes as long to load as all of Qt.
    :meth:`furnish` puts the screens in, :meth:`attach` brings them to life. ``drawn`` comes after each of the first
    two frames: that of the ground, and that of the screens. ``queue_shown`` tells that the first answer of the server
    is on the screen; ``language_changed`` and ``theme_changed`` what the user picked, for whoever applies it to the
    application; ``noticed`` what `NoticesModel` tells.
    """

    drawn = Signal()
    queue_shown = Signal()
    language_changed = Signal(str)
    theme_changed = Signal(str)
    noticed = Signal(str, str, str, str)

    def __init__(self, preferences: Preferences) -> None:
        self._screens: Screens | None = None  # first of all: Qt tells the window of changes while it is being made
        super().__init__()
        self._preferences = preferences
        self._undrawn = True
        self.setObjectName("mainWindow")
        self.setWindowTitle("Reviewer")
        place_window(self, preferences)

    # --- what the program calls

    def furnish(self, runner: Runner, snapshot: QueuePage | None, log_folder: Path | None = None) -> None:
        """Put the screens in, with the queue as it was last seen."""
        from reviewer_app.views.shell.screens import Screens  # noqa: PLC0415 -- the window is drawn without them

        screens = Screens(self, runner=runner, preferences=self._preferences, snapshot=snapshot, log_folder=log_folder)
        screens.queue_shown.connect(self.queue_shown)
        screens.language_changed.connect(self.language_changed)
        screens.theme_changed.connect(self.theme_changed)
        screens.noticed.connect(self.noticed)
        self._screens = screens
        self._undrawn = True
        self.update()

    @property
    def furnished(self) -> bool:
        """Whether the screens are in."""
        return self._screens is not None

    @property
    def actions_registry(self) -> Actions:
        """The actions of the window. Raises RuntimeError before the screens are in."""
        return self._inside().actions_registry

    def attach(self, desk: Desk, *, credentials: tuple[str, str] | None = None) -> None:
        """Bring the window to life: ask for the server, resume the last session, or sign in."""
        self._inside().attach(desk, credentials=credentials)

    def detach(self) -> None:
        """End what runs for the window; its parts stay as they are."""
        if self._screens is not None:
            self._screens.detach()

    def come_forward(self) -> None:
        """Come to the front as it was left, maximized or not, hidden or minimized."""
        from PySide6.QtCore import Qt  # noqa: PLC0415 -- its names take longer to load than the window to be drawn

        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_notice(self, company_id: str, kind: str) -> None:
        """Show a case and in it what `NoticesModel` told of: what is new, or the notes."""
        self._inside().show_notice(company_id, kind)

    def open_company(self, company_id: str) -> None:
        """Show a case, as soon as somebody is signed in."""
        self._inside().open_company(company_id)

    def show_failure(self, error: BaseException) -> None:
        """Say in the window what went wrong; of a session that is over, in the form to sign in again."""
        self._inside().show_failure(error)

    def _inside(self) -> Screens:
        if self._screens is None:
            raise RuntimeError("the window has no screens yet")
        return self._screens

    # --- Qt

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._screens is None:
            self._draw_ground()
        else:
            super().paintEvent(event)
        if self._undrawn:
            self._undrawn = False
            # The children are drawn within the same event: the next turn of the loop comes after them.
            QTimer.singleShot(0, self.drawn.emit)

    def _draw_ground(self) -> None:
        theme = self._preferences.theme
        dark = self.palette().window().color().lightness() < 128 if theme == "system" else theme == "dark"
        colours = DARK if dark else LIGHT
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(colours.canvas))
        painter.fillRect(0, 0, self.width(), TOP_BAR_HEIGHT, QColor(colours.surface))
        painter.fillRect(0, TOP_BAR_HEIGHT - 1, self.width(), 1, QColor(colours.line))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if self._screens is not None:
            self._screens.window_changed(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        keep_place(self, self._preferences)
        self.detach()
        super().closeEvent(event)
