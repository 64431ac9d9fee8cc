# SPDX-License-Identifier: AGPL-3.0-or-later
"""The cheat sheet of all keys, made from the registry of actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QWidget

from reviewer_app.views.common.actions import (
    DOCUMENTS,
    REASONS,
    SPECS,
    ActionId,
    Actions,
    Group,
    action_text,
    group_text,
)
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8
from reviewer_app.views.common.view import column, row

MOST_OF_SCREEN = 0.7

_COLUMNS: tuple[tuple[Group, ...], ...] = (
    (Group.WINDOW, Group.QUEUE),
    (Group.DOCUMENT,),
    (Group.CASE, Group.DECISION),
)


def toggle_keys(actions: Actions, window: QWidget) -> None:
    """Show the cheat sheet of a window, or close the one that stands open."""
    shown = window.findChild(KeysDialog)
    if shown is not None and shown.isVisible():
        shown.close()
    else:
        KeysDialog(actions, window).show()


class KeysDialog(QDialog):
    """Shows every action with its keys; Escape or the keys that opened it close it. Nothing waits for it."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("keysDialog")
        self.setWindowTitle(self.tr("Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._actions = actions
        layout = column(self, spacing=SPACE_4, margins=(SPACE_6, SPACE_6, SPACE_6, SPACE_6))
        title = label("title")
        title.setText(self.tr("Keyboard shortcuts"))
        layout.addWidget(title)
        columns = row(spacing=SPACE_8)
        for groups in _COLUMNS:
            stack = column(spacing=SPACE_4)
            for group in groups:
                stack.addLayout(self._group(group))
            if Group.DOCUMENT in groups:
                stack.addLayout(self._reading())
            stack.addStretch(1)
            columns.addLayout(stack)
        layout.addWidget(self._scrolling(columns), 1)
        hint = label("small")
        hint.setText(self.tr("Single keys rest while you type in a text field."))
        layout.addWidget(hint)
        for keys in actions[ActionId.SHOW_KEYS].shortcuts():
            QShortcut(keys, self).activated.connect(self.close)

    def _scrolling(self, columns: QHBoxLayout) -> QScrollArea:
        """Give the columns a room that a small screen or a large font lets be scrolled, by keys too."""
        inside = QWidget()
        columns.setContentsMargins(SPACE_3, SPACE_2, SPACE_3, SPACE_2)
        inside.setLayout(columns)
        area = QScrollArea()
        area.setObjectName("keysList")
        area.setAccessibleName(self.windowTitle())
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setFocus()
        FocusEdge(area)
        most = self.screen().availableGeometry().size() * MOST_OF_SCREEN
        bar = area.verticalScrollBar().sizeHint().width()
        area.setMinimumSize(inside.sizeHint().width() + bar, min(inside.sizeHint().height(), most.height()))
        return area

    def _group(self, group: Group) -> QGridLayout:
        grid = self._grid(group_text(group))
        for action, spec in SPECS.items():
            if spec.group is group and self._keys(action) and action not in (*DOCUMENTS, *REASONS):
                self._line(grid, action_text(action), self._keys(action))
        return grid

    def _keys(self, action: ActionId) -> tuple[str, ...]:
        return self._actions.all_keys_of(action)[:2]

    def _span(self, actions: tuple[ActionId, ...]) -> tuple[str, ...]:
        ends = (self._actions.keys_of(actions[0]), self._actions.keys_of(actions[-1]))
        return tuple(keys for keys in ends if keys)

    def _reading(self) -> QGridLayout:
        grid = self._grid(self.tr("Reading"))
        self._line(grid, self.tr("Show document 1 to 9"), self._span(DOCUMENTS))
        self._line(grid, self.tr("Reason 1 to 9 of the document"), self._span(REASONS))
        self._line(grid, self.tr("Next or previous page"), (self.tr("PgDn"), self.tr("PgUp")))
        self._line(grid, self.tr("First or last page"), ("Home", "End"))
        self._line(grid, self.tr("Zoom"), (self.tr("Ctrl+wheel"),))
        return grid

    def _grid(self, title: str) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE_6)
        grid.setVerticalSpacing(SPACE_1 + 2)
        grid.setColumnStretch(0, 1)
        heading = label("overline")
        heading.setText(title)
        grid.addWidget(heading, 0, 0, 1, 2)
        return grid

    def _line(self, grid: QGridLayout, text: str, keys: tuple[str, ...]) -> None:
        place = grid.rowCount()
        words = label()
        words.setText(text)
        grid.addWidget(words, place, 0)
        caps = row(spacing=SPACE_2)
        caps.addStretch(1)
        for key in keys:
            cap = QLabel(key)
            cap.setProperty("key", True)
            caps.addWidget(cap)
        grid.addLayout(caps, place, 1)
