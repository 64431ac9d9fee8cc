# SPDX-License-Identifier: AGPL-3.0-or-later
"""The viewer's menu: what to compare with, how the pixels look, printing, full screen."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import MenuButton
from reviewer_app.views.document.compare import Comparison, version_name

_LOOKS = (
    ActionId.BRIGHTER,
    ActionId.DARKER,
    ActionId.MORE_CONTRAST,
    ActionId.LESS_CONTRAST,
    ActionId.INVERT,
    ActionId.PLAIN_LOOK,
)


class ViewerMenu(MenuButton):
    """A button with a menu of what has no button of its own."""

    def __init__(self, comparison: Comparison, actions: Actions, *, parent: QWidget | None = None) -> None:
        super().__init__("more", parent=parent)
        self.setObjectName("viewerMenu")
        self._comparison = comparison
        self._with = QMenu(self)
        self._with.setObjectName("compareWith")
        menu = self.menu()
        menu.addAction(actions[ActionId.LOUPE])
        menu.addSeparator()
        menu.addAction(actions[ActionId.COMPARE])
        menu.addMenu(self._with)
        menu.addAction(actions[ActionId.OVERLAY])
        menu.addSeparator()
        for action in _LOOKS:
            menu.addAction(actions[action])
        menu.addSeparator()
        menu.addAction(actions[ActionId.PRINT])
        menu.addAction(actions[ActionId.FULL_SCREEN])
        self._with.triggered.connect(self._chosen)
        comparison.changed.connect(self._show_offered)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts in the language of the application."""
        self.set_name(self.tr("More tools"))
        self._with.setTitle(self.tr("Compare with"))
        self._show_offered()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _show_offered(self) -> None:
        self._with.clear()
        for document in self._comparison.offered:
            name = version_name(document, self.tr("{kind} · version {version}"))
            action = QAction(name, self._with)
            action.setData(document.id)
            self._with.addAction(action)
        self._with.setEnabled(bool(self._comparison.offered))

    def _chosen(self, action: QAction) -> None:
        document = next((item for item in self._comparison.offered if item.id == action.data()), None)
        if document is not None:
            self._comparison.begin(document)
