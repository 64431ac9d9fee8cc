# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one registry of what can be done: menus, buttons, keys and the cheat sheet are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

translate = QCoreApplication.translate


class Group(StrEnum):
    """Where an action belongs; a group is live while its screen is shown."""

    WINDOW = "window"
    QUEUE = "queue"
    CASE = "case"
    DOCUMENT = "document"
    DECISION = "decision"


class ActionId(StrEnum):
    """Everything that can be done by a key."""

    SHOW_QUEUE = "show_queue"
    SHOW_KEYS = "show_keys"
    RESET_LAYOUT = "reset_layout"
    SIGN_OUT = "sign_out"
    UNDO_DECISION = "undo_decision"
    SEARCH = "search"
    NEXT_CASE = "next_case"
    NEXT_IN_LIST = "next_in_list"
    PREVIOUS_IN_LIST = "previous_in_list"
    REFRESH = "refresh"
    CLAIM = "claim"
    RELEASE = "release"
    SHOW_HISTORY = "show_history"
    SHOW_DECISION = "show_decision"
    NEXT_DOCUMENT = "next_document"
    PREVIOUS_DOCUMENT = "previous_document"
    ZOOM_IN = "zoom_in"
    ZOOM_OUT = "zoom_out"
    FIT_WIDTH = "fit_width"
    FIT_PAGE = "fit_page"
    ROTATE_RIGHT = "rotate_right"
    ROTATE_LEFT = "rotate_left"
    THUMBNAILS = "thumbnails"
    MARK_REGION = "mark_region"
    ACCEPT_DOCUMENT = "accept_document"
    REPLACE_DOCUMENT = "replace_document"
    REFUSE_DOCUMENT = "refuse_document"
    ACCEPT_ALL = "accept_all"
    APPROVE = "approve"
    REQUEST_CORRECTION = "request_correction"
    REJECT = "reject"


class Spec(NamedTuple):
    """An action's group and keys; its words are in :func:`action_text`."""

    group: Group
    keys: tuple[str, ...]


SPECS: dict[ActionId, Spec] = {
    ActionId.SHOW_QUEUE: Spec(Group.WINDOW, ("Alt+Left",)),
    ActionId.SHOW_KEYS: Spec(Group.WINDOW, ("?", "F1")),
    ActionId.RESET_LAYOUT: Spec(Group.WINDOW, ()),
    ActionId.SIGN_OUT: Spec(Group.WINDOW, ("Ctrl+Shift+Q",)),
    ActionId.UNDO_DECISION: Spec(Group.WINDOW, ("Ctrl+Z",)),
    ActionId.SEARCH: Spec(Group.QUEUE, ("/", "Ctrl+F")),
    ActionId.REFRESH: Spec(Group.WINDOW, ("F5",)),
    ActionId.NEXT_CASE: Spec(Group.WINDOW, ("N",)),
    ActionId.NEXT_IN_LIST: Spec(Group.CASE, ("Alt+Down",)),
    ActionId.PREVIOUS_IN_LIST: Spec(Group.CASE, ("Alt+Up",)),
    ActionId.CLAIM: Spec(Group.CASE, ("C",)),
    ActionId.RELEASE: Spec(Group.CASE, ("Shift+C",)),
    ActionId.SHOW_DECISION: Spec(Group.CASE, ("G",)),
    ActionId.SHOW_HISTORY: Spec(Group.CASE, ("H",)),
    ActionId.NEXT_DOCUMENT: Spec(Group.DOCUMENT, ("J",)),
    ActionId.PREVIOUS_DOCUMENT: Spec(Group.DOCUMENT, ("K",)),
    ActionId.ZOOM_IN: Spec(Group.DOCUMENT, ("+", "=", "Ctrl++")),
    ActionId.ZOOM_OUT: Spec(Group.DOCUMENT, ("-", "Ctrl+-")),
    ActionId.FIT_WIDTH: Spec(Group.DOCUMENT, ("W",)),
    ActionId.FIT_PAGE: Spec(Group.DOCUMENT, ("F",)),
    ActionId.ROTATE_RIGHT: Spec(Group.DOCUMENT, ("R",)),
    ActionId.ROTATE_LEFT: Spec(Group.DOCUMENT, ("Shift+R",)),
    ActionId.THUMBNAILS: Spec(Group.DOCUMENT, ("T",)),
    ActionId.MARK_REGION: Spec(Group.DOCUMENT, ("M",)),
    ActionId.ACCEPT_DOCUMENT: Spec(Group.DECISION, ("A",)),
    ActionId.REPLACE_DOCUMENT: Spec(Group.DECISION, ("X",)),
    ActionId.REFUSE_DOCUMENT: Spec(Group.DECISION, ("D",)),
    ActionId.ACCEPT_ALL: Spec(Group.DECISION, ("Shift+A",)),
    ActionId.APPROVE: Spec(Group.DECISION, ("Alt+1",)),
    ActionId.REQUEST_CORRECTION: Spec(Group.DECISION, ("Alt+2",)),
    ActionId.REJECT: Spec(Group.DECISION, ("Alt+3",)),
}


def action_text(action: ActionId) -> str:
    """Name an action."""
    return _window_texts().get(action) or _work_texts()[action]


def _window_texts() -> dict[ActionId, str]:
    return {
        ActionId.SHOW_QUEUE: translate("actions", "Back to the queue"),
        ActionId.SHOW_KEYS: translate("actions", "Keyboard shortcuts"),
        ActionId.RESET_LAYOUT: translate("actions", "Reset the layout"),
        ActionId.SIGN_OUT: translate("actions", "Sign out"),
        ActionId.UNDO_DECISION: translate("actions", "Undo the decision"),
        ActionId.SEARCH: translate("actions", "Search"),
        ActionId.REFRESH: translate("actions", "Refresh"),
        ActionId.NEXT_CASE: translate("actions", "Next case"),
        ActionId.NEXT_IN_LIST: translate("actions", "Next case of the list"),
        ActionId.PREVIOUS_IN_LIST: translate("actions", "Previous case of the list"),
        ActionId.CLAIM: translate("actions", "Claim the case"),
        ActionId.RELEASE: translate("actions", "Release the case"),
        ActionId.SHOW_HISTORY: translate("actions", "Show the history"),
        ActionId.SHOW_DECISION: translate("actions", "Show the decision"),
    }


def _work_texts() -> dict[ActionId, str]:
    return {
        ActionId.NEXT_DOCUMENT: translate("actions", "Next document"),
        ActionId.PREVIOUS_DOCUMENT: translate("actions", "Previous document"),
        ActionId.ZOOM_IN: translate("actions", "Zoom in"),
        ActionId.ZOOM_OUT: translate("actions", "Zoom out"),
        ActionId.FIT_WIDTH: translate("actions", "Fit the width"),
        ActionId.FIT_PAGE: translate("actions", "Fit the page"),
        ActionId.ROTATE_RIGHT: translate("actions", "Rotate right"),
        ActionId.ROTATE_LEFT: translate("actions", "Rotate left"),
        ActionId.THUMBNAILS: translate("actions", "Thumbnails"),
        ActionId.MARK_REGION: translate("actions", "Mark a place on the page"),
        ActionId.ACCEPT_DOCUMENT: translate("actions", "Accept the document"),
        ActionId.REPLACE_DOCUMENT: translate("actions", "Document needs replacement"),
        ActionId.REFUSE_DOCUMENT: translate("actions", "Refuse the document"),
        ActionId.ACCEPT_ALL: translate("actions", "Accept all documents"),
        ActionId.APPROVE: translate("actions", "Approve the company"),
        ActionId.REQUEST_CORRECTION: translate("actions", "Ask for a correction"),
        ActionId.REJECT: translate("actions", "Refuse the company"),
    }


def group_text(group: Group) -> str:
    """Name a group of actions."""
    return {
        Group.WINDOW: translate("actions", "Everywhere"),
        Group.QUEUE: translate("actions", "Queue"),
        Group.CASE: translate("actions", "Case"),
        Group.DOCUMENT: translate("actions", "Document"),
        Group.DECISION: translate("actions", "Decision"),
    }[group]


class Actions(QObject):
    """Holds one QAction per action. Single keys do not fire while a text field has the focus: the field takes them."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._actions: dict[ActionId, QAction] = {}
        for action_id, spec in SPECS.items():
            action = QAction(window)
            action.setObjectName(f"action_{action_id.value}")
            action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
            action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
            action.setEnabled(spec.group is Group.WINDOW)
            window.addAction(action)
            self._actions[action_id] = action
        self.retranslate()

    def __getitem__(self, action: ActionId) -> QAction:
        return self._actions[action]

    def on(self, action: ActionId, slot: Callable[[], object]) -> None:
        """Call a bound method when an action is triggered."""
        self._actions[action].triggered.connect(slot)

    def enable_groups(self, groups: Iterable[Group]) -> None:
        """Make the actions of these groups live and those of all others not."""
        live = frozenset(groups)
        for action_id, spec in SPECS.items():
            self._actions[action_id].setEnabled(spec.group in live)

    def keys_of(self, action: ActionId) -> str:
        """Write an action's first key as this platform does."""
        return self._actions[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def all_keys_of(self, action: ActionId) -> tuple[str, ...]:
        """Write all keys of an action."""
        native = QKeySequence.SequenceFormat.NativeText
        return tuple(keys.toString(native) for keys in self._actions[action].shortcuts())

    def retranslate(self) -> None:
        """Set the names in the language of the application."""
        for action_id, action in self._actions.items():
            action.setText(action_text(action_id))
