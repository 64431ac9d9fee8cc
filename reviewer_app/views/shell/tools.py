# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the window gets once the queue is live: settings, the palette, the log, and the person's own keys."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QStackedWidget, QWidget

from reviewer_app.background.runner import Runner
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.preferences import Preferences
from reviewer_app.models.settings.settings_model import SettingsModel
from reviewer_app.views.common.actions import ActionId, Actions, Group
from reviewer_app.views.settings.settings_view import SettingsView
from reviewer_app.views.shell.log_view import LogDialog
from reviewer_app.views.shell.palette import Palette

if TYPE_CHECKING:
    from reviewer_app.models.dashboard.dashboard_model import DashboardModel
    from reviewer_app.views.dashboard.dashboard_view import DashboardView

MOST_RECENT = 12


class ShellTools(QObject):
    """``case_wanted`` (id), ``shown`` and ``left`` when a screen of these is opened and closed, and what the settings say of the window's look:
    ``language_chosen``, ``theme_chosen``, ``font_chosen``, ``reset_wanted``, ``server_wanted``. ``told`` carries a text, ``failed`` an error.
    """

    case_wanted = Signal(str)
    left = Signal()
    shown = Signal()
    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    font_chosen = Signal()
    reset_wanted = Signal()
    server_wanted = Signal()
    told = Signal(str)
    failed = Signal(object)

    def __init__(
        self,
        desk: Desk,
        runner: Runner,
        preferences: Preferences,
        *,
        actions: Actions,
        pages: QStackedWidget,
        log_folder: Path | None,
    ) -> None:
        super().__init__(pages)
        self._desk = desk
        self._runner = runner
        self._preferences = preferences
        self._actions = actions
        self._pages = pages
        self._log_folder = log_folder
        self._recent: dict[str, str] = {}
        self.came_from: QWidget | None = None
        self._settings: SettingsView | None = None
        self._dashboard: DashboardView | None = None
        self._figures: DashboardModel | None = None
        actions.complete()
        actions.on(ActionId.SHOW_PALETTE, self.show_palette)
        actions.on(ActionId.SHOW_SETTINGS, self.show_settings)
        actions.on(ActionId.SHOW_DASHBOARD, self.show_dashboard)
        actions.on(ActionId.SHOW_LOG, self.show_log)
        actions.on(ActionId.REFRESH, self._refresh)

    def remember(self, company_id: str, name: str) -> None:
        """Offer a case in the palette, the latest first, until somebody signs out."""
        if company_id and name:
            self._recent.pop(company_id, None)
            self._recent = dict([(company_id, name), *self._recent.items()][:MOST_RECENT])

    def forget(self) -> None:
        """Offer no cases any more, as after signing out."""
        self._recent.clear()
        if self._figures is not None:
            self._figures.forget()

    def show_palette(self) -> None:
        """Let the person find an action or a case by its name."""
        if self._brought("palette"):
            return
        palette = Palette(self._actions, tuple(self._recent.items()), self._pages.window())
        palette.case_wanted.connect(self.case_wanted)
        palette.show()

    def show_settings(self) -> None:
        """Show the settings; they are made the first time."""
        if self._settings is None:
            self._settings = self._made_settings()
        self._bring(self._settings)

    def show_dashboard(self) -> None:
        """Show the dashboard; it is made the first time, and read anew each time."""
        if self._dashboard is None:
            from reviewer_app.models.dashboard.dashboard_model import DashboardModel  # noqa: PLC0415 -- seldom wanted
            from reviewer_app.views.dashboard.dashboard_view import DashboardView  # noqa: PLC0415 -- as above

            self._figures = DashboardModel(self._desk, self._runner, self)
            self._dashboard = DashboardView(self._figures)
            self._pages.addWidget(self._dashboard)
            self._dashboard.back.connect(self.left)
            self._dashboard.told.connect(self.told)
            self._figures.failed.connect(self.failed)
        self._bring(self._dashboard)

    def show_log(self) -> None:
        """Show the program's log."""
        if self._log_folder is not None and not self._brought("logDialog"):
            LogDialog(self._log_folder, self._pages.window()).show()

    def tell_by_sound(self) -> None:
        """Sound once, when the setting asks for it."""
        if self._preferences.switch("sound"):
            QApplication.beep()

    def _brought(self, name: str) -> bool:
        """Bring a dialog to the front when it stands open already, and say whether it does."""
        shown = self._pages.window().findChild(QDialog, name)
        if shown is None or not shown.isVisible():
            return False
        shown.raise_()
        shown.activateWindow()
        return True

    def _refresh(self) -> None:
        if self._figures is not None and self._pages.currentWidget() is self._dashboard:
            self._figures.load()

    def _bring(self, screen: QWidget) -> None:
        shown = self._pages.currentWidget()
        if shown not in (self._settings, self._dashboard):
            self.came_from = shown
        self._pages.setCurrentWidget(screen)
        self._actions.enable_groups((Group.WINDOW,))
        self.shown.emit()
        screen.setFocus()

    def _made_settings(self) -> SettingsView:
        made = SettingsView(SettingsModel(self._desk, self._runner, self), self._preferences, self._actions)
        self._pages.addWidget(made)
        made.back.connect(self.left)
        made.general.language_chosen.connect(self.language_chosen)
        made.general.theme_chosen.connect(self.theme_chosen)
        made.general.font_chosen.connect(self.font_chosen)
        made.general.reset_wanted.connect(self.reset_wanted)
        made.account.server_wanted.connect(self.server_wanted)
        return made
