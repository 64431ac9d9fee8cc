# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bar at the top: where one is, the connection, help, language, colours, and who is signed in."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QWidget

from reviewer_app.contract.permissions import ROLE_TEXTS
from reviewer_app.desk.rows import SignedIn
from reviewer_app.models.texts import current_language, localized, plain_hint
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import Button, IconButton, MenuButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import IconLabel, label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_4, TOP_BAR_HEIGHT
from reviewer_app.views.common.view import View, row

_LANGUAGES = {"pl": "Polski", "en": "English"}
_THEME_ICONS = {"system": "theme-system", "light": "theme-light", "dark": "theme-dark"}


class TopBar(View):
    """``language_chosen`` carries pl or en, ``theme_chosen`` system, light or dark; ``queue_wanted`` leads back."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)
    queue_wanted = Signal()
    case_wanted = Signal()

    def __init__(self, actions: Actions, theme: str, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="topbar")
        self.setObjectName("topBar")
        self.setFixedHeight(TOP_BAR_HEIGHT)
        self._actions = actions
        self._theme = theme
        self._user: SignedIn | None = None
        self._online = True
        self._brand = label("heading")
        self._queue = self._tab("navigateQueue")
        self._case = self._tab("navigateCase")
        self._connection_icon = IconLabel()
        self._connection = label("small")
        self._connection.setObjectName("connection")
        self._keys = IconButton("keyboard")
        self._keys.setObjectName("showKeys")
        self._language = MenuButton("language")
        self._language.setObjectName("languageMenu")
        self._themes = MenuButton(_THEME_ICONS[theme])
        self._themes.setObjectName("themeMenu")
        self._account = MenuButton("user")
        self._account.setObjectName("accountMenu")
        self._name = label("strong")
        self._name.setObjectName("signedInName")
        self._language_group = self._fill(self._language, _LANGUAGES)
        self._theme_group = self._fill(self._themes, _THEME_ICONS)
        self._build()
        self._connect()
        self.show_user(None)
        self.retranslate()

    def retranslate(self) -> None:
        self._queue.setText(self.tr("Queue"))
        self._keys.set_name(self.tr("Keyboard shortcuts"), keys="?")
        self._language.set_name(self.tr("Language"))
        self._themes.set_name(self.tr("Colours"))
        self._account.set_name(self.tr("Account"))
        names = {"system": self.tr("As the system"), "light": self.tr("Light"), "dark": self.tr("Dark")}
        for action in self._theme_group.actions():
            action.setText(names[action.data()])
            action.setChecked(action.data() == self._theme)
        for action in self._language_group.actions():
            action.setChecked(action.data() == current_language().value)
        if self._user is not None:
            self._name.setToolTip(f"{self._user.username} · {localized(ROLE_TEXTS[self._user.role])}")
        self.show_connection(self._online)

    def show_user(self, user: SignedIn | None) -> None:
        """Show who is signed in; without anybody, what needs a session is hidden."""
        self._user = user
        self._name.setText(user.display_name if user else "")
        for widget in (self._queue, self._account, self._name, self._connection, self._connection_icon):
            widget.setVisible(user is not None)
        if user is None:
            self._case.hide()

    def show_place(self, *, case_name: str, in_queue: bool = False, in_case: bool = False) -> None:
        """Show which screen is in front, if it is one of the two, and the name of the open case if there is one."""
        self._queue.setChecked(in_queue)
        self._case.setText(_shortened(case_name).replace("&", "&&"))
        self._case.setToolTip(plain_hint(case_name))
        self._case.setVisible(bool(case_name) and self._user is not None)
        self._case.setChecked(in_case)

    def show_no_place(self) -> None:
        """Show that another screen than the queue and the case is in front; both names lead back."""
        self._queue.setChecked(False)
        self._case.setChecked(False)

    def add_tools(self) -> None:
        """Offer the settings and the log in the account's menu, once they are there."""
        menu = self._account.menu()
        first = self._actions[ActionId.RESET_LAYOUT]
        for action in (ActionId.SHOW_DASHBOARD, ActionId.SHOW_SETTINGS, ActionId.SHOW_LOG):
            menu.insertAction(first, self._actions[action])

    def show_connection(self, online: bool) -> None:
        """Show whether the server can be reached."""
        self._online = online
        self._connection.setText(self.tr("Connected") if online else self.tr("Offline"))
        self._connection_icon.show_icon("online" if online else "offline", Tone.SUCCESS if online else Tone.WARNING)

    def show_theme(self, theme: str) -> None:
        """Show the choice of colours."""
        self._theme = theme
        self._themes.set_icon_name(_THEME_ICONS[theme])
        self.retranslate()

    def _tab(self, name: str) -> Button:
        button = Button("navigation")
        button.setCheckable(True)
        button.setObjectName(name)
        return button

    def _fill(self, button: MenuButton, choices: dict[str, str]) -> QActionGroup:
        group = QActionGroup(self)
        for value, text in choices.items():
            action = QAction(text, self)
            action.setCheckable(True)
            action.setData(value)
            action.setObjectName(f"choose_{value}")
            group.addAction(action)
            button.menu().addAction(action)
        return group

    def _build(self) -> None:
        self._brand.setText("Reviewer")
        layout: QHBoxLayout = row(self, spacing=SPACE_2, margins=(SPACE_4, 0, SPACE_2, 0))
        layout.addWidget(IconLabel("company", Tone.INFO, size=20))
        layout.addWidget(self._brand)
        layout.addSpacing(SPACE_4)
        layout.addWidget(self._queue)
        layout.addWidget(self._case)
        layout.addStretch(1)
        layout.addWidget(self._connection_icon)
        layout.addWidget(self._connection)
        layout.addSpacing(SPACE_2)
        for button in (self._keys, self._language, self._themes):
            layout.addWidget(button)
        layout.addSpacing(SPACE_1)
        layout.addWidget(self._name)
        layout.addWidget(self._account)
        menu = self._account.menu()
        menu.addAction(self._actions[ActionId.RESET_LAYOUT])
        menu.addSeparator()
        menu.addAction(self._actions[ActionId.SIGN_OUT])

    def _connect(self) -> None:
        self._queue.clicked.connect(self._go_queue)
        self._case.clicked.connect(self._go_case)
        self._keys.clicked.connect(self._actions[ActionId.SHOW_KEYS].trigger)
        self._language_group.triggered.connect(self._choose_language)
        self._theme_group.triggered.connect(self._choose_theme)

    def _go_queue(self) -> None:
        self.queue_wanted.emit()

    def _go_case(self) -> None:
        self.case_wanted.emit()

    def _choose_language(self, action: QAction) -> None:
        self.language_chosen.emit(action.data())

    def _choose_theme(self, action: QAction) -> None:
        self.theme_chosen.emit(action.data())


def _shortened(name: str, most: int = 36) -> str:
    return name if len(name) <= most else f"{name[: most - 1].rstrip()}…"
