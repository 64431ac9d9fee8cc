# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settings: matters at the left, the chosen one's page beside them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QListWidget, QStackedWidget, QWidget

from reviewer_app.desk.preferences import Preferences
from reviewer_app.models.settings.settings_model import SettingsModel
from reviewer_app.views.common.actions import Actions
from reviewer_app.views.common.buttons import IconButton
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_3, SPACE_4
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.settings.account_page import AccountPage
from reviewer_app.views.settings.general_page import GeneralPage
from reviewer_app.views.settings.keys_page import KeysPage
from reviewer_app.views.settings.storage_page import StoragePage

LIST_WIDTH = 220


class SettingsView(View):
    """``back`` leads to where one came from. What is changed holds at once; there is nothing to confirm.

    A letter or a digit alone chooses in the lists here: it triggers no action, such as to claim the next case.
    """

    back = Signal()

    def __init__(
        self, model: SettingsModel, preferences: Preferences, actions: Actions, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, role="surface")
        self.setObjectName("settingsView")
        self._back = IconButton("arrow-left")
        self.setFocusProxy(self._back)
        self._back.setObjectName("settingsBack")
        self._title = label("heading")
        self.general = GeneralPage(preferences)
        self.keys = KeysPage(actions, preferences)
        self.account = AccountPage(model)
        self.storage = StoragePage(model, preferences)
        self._list = QListWidget()
        FocusEdge(self._list)
        self._list.setObjectName("settingsList")
        self._list.setFixedWidth(LIST_WIDTH)
        self._pages = QStackedWidget()
        for page in (self.general, self.keys, self.account, self.storage):
            self._pages.addWidget(page)
            self._list.addItem("")
        head = View(role="toolbar")
        top = row(head, spacing=SPACE_2, margins=(SPACE_2, SPACE_2, SPACE_4, SPACE_2))
        top.addWidget(self._back)
        top.addWidget(self._title)
        top.addStretch(1)
        body = row(spacing=0)
        left = column(margins=(SPACE_3, SPACE_3, SPACE_3, SPACE_3))
        left.addWidget(self._list)
        body.addLayout(left)
        body.addWidget(self._pages, 1)
        layout = column(self)
        layout.addWidget(head)
        layout.addLayout(body, 1)
        self._list.currentRowChanged.connect(self._turn)
        self._back.clicked.connect(self.back)
        QShortcut(QKeySequence("Escape"), self).activated.connect(self.back)
        self.retranslate()
        self._list.setCurrentRow(0)

    def retranslate(self) -> None:
        self._back.set_name(self.tr("Back"), keys=self.tr("Esc"))
        self._title.setText(self.tr("Settings"))
        self._list.setAccessibleName(self.tr("Settings"))
        names = (self.tr("General"), self.tr("Keys"), self.tr("Account and server"), self.tr("Copies on this computer"))
        for place, name in enumerate(names):
            self._list.item(place).setText(name)

    def show_page(self, name: str) -> None:
        """Show the page with an object name."""
        for place, page in enumerate((self.general, self.keys, self.account, self.storage)):
            if page.objectName() == name:
                self._list.setCurrentRow(place)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            held = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
            if held == Qt.KeyboardModifier.NoModifier and event.text().isalnum():
                event.accept()
                return True
        return super().event(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.general.show_values()
        self.account.show_values()
        self.storage.show_values()

    def _turn(self, place: int) -> None:
        self._pages.setCurrentIndex(place)
