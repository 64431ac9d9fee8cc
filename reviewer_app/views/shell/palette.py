# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every action and the cases seen of late, found by typing a part of their name."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QListWidget, QListWidgetItem, QWidget

from reviewer_app.views.common.actions import SPECS, ActionId, Actions, action_text, group_text
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_3
from reviewer_app.views.common.view import column

WIDTH, HEIGHT = 560, 420
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Palette(QDialog):
    """Enter does what is chosen, Escape closes. ``case_wanted`` carries the id of a case."""

    case_wanted = Signal(str)

    def __init__(self, actions: Actions, cases: Sequence[tuple[str, str]], parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("palette")
        self.setWindowTitle(self.tr("Find an action or a case"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(WIDTH, HEIGHT)
        self._actions = actions
        self._search = QLineEdit()
        self._search.setObjectName("paletteSearch")
        self._search.setPlaceholderText(self.tr("Type a part of a name"))
        self._search.setAccessibleName(self.windowTitle())
        self._list = QListWidget()
        self._list.setObjectName("paletteList")
        self._list.setAccessibleName(self.tr("What was found"))
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._nothing = label("small", wrap=True)
        self._nothing.setObjectName("paletteNothing")
        self._nothing.setText(self.tr("Nothing of that name is here. Companies are searched for in the queue."))
        layout = column(self, spacing=SPACE_2, margins=(SPACE_3, SPACE_3, SPACE_3, SPACE_3))
        layout.addWidget(self._search)
        layout.addWidget(self._nothing)
        layout.addWidget(self._list, 1)
        self._fill(cases)
        self._search.textChanged.connect(self._find)
        self._search.returnPressed.connect(self._do)
        self._list.itemClicked.connect(self._do)
        self._search.installEventFilter(self)
        self._find("")
        self._search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() in _MOVES:
            QApplication.sendEvent(self._list, event)
            return True
        return super().eventFilter(watched, event)

    def _fill(self, cases: Sequence[tuple[str, str]]) -> None:
        for company_id, name in cases:
            item = QListWidgetItem(self.tr("Case: {name}").format(name=name))
            item.setData(Qt.ItemDataRole.UserRole, company_id)
            self._list.addItem(item)
        for action_id, spec in SPECS.items():
            if not self._actions[action_id].isEnabled() or action_id is ActionId.SHOW_PALETTE:
                continue
            keys = self._actions.keys_of(action_id)
            words = f"{group_text(spec.group)}: {action_text(action_id)}"
            item = QListWidgetItem(f"{words}   ({keys})" if keys else words)
            item.setData(Qt.ItemDataRole.UserRole, action_id)
            self._list.addItem(item)

    def _find(self, text: str) -> None:
        words = _folded(text).split()
        shown = []
        for place in range(self._list.count()):
            name = _folded(self._list.item(place).text())
            found = all(word in name for word in words)
            self._list.item(place).setHidden(not found)
            if found:
                shown.append(place)
        self._nothing.setVisible(not shown)
        self._list.setCurrentRow(shown[0] if shown else -1)
        self._list.scrollToItem(self._list.currentItem())

    def _do(self) -> None:
        if self._list.currentRow() < 0:
            return
        chosen = self._list.currentItem().data(Qt.ItemDataRole.UserRole)
        self.close()
        action = next((one for one in ActionId if one == chosen), None)
        if action is not None:
            self._actions[action].trigger()
        else:
            self.case_wanted.emit(chosen)


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))
