# SPDX-License-Identifier: AGPL-3.0-or-later
"""The one registry of what can be done: menus, buttons, keys and the cheat sheet are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
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
    SHOW_PALETTE = "show_palette"
    SHOW_SETTINGS = "show_settings"
    SHOW_DASHBOARD = "show_dashboard"
    SHOW_LOG = "show_log"
    SEND_NOW = "send_now"
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
    FIND_TEXT = "find_text"
    NEXT_HIT = "next_hit"
    PREVIOUS_HIT = "previous_hit"
    COPY_TEXT = "copy_text"
    PRINT = "print"
    LOUPE = "loupe"
    COMPARE = "compare"
    OVERLAY = "overlay"
    BRIGHTER = "brighter"
    DARKER = "darker"
    MORE_CONTRAST = "more_contrast"
    LESS_CONTRAST = "less_contrast"
    INVERT = "invert"
    PLAIN_LOOK = "plain_look"
    FULL_SCREEN = "full_screen"
    NEXT_VALUE = "next_value"
    PREVIOUS_VALUE = "previous_value"
    NEXT_FINDING = "next_finding"
    PREVIOUS_FINDING = "previous_finding"
    ACCEPT_DOCUMENT = "accept_document"
    REPLACE_DOCUMENT = "replace_document"
    REFUSE_DOCUMENT = "refuse_document"
    ACCEPT_ALL = "accept_all"
    APPROVE = "approve"
    REQUEST_CORRECTION = "request_correction"
    REJECT = "reject"
    CUSTOMER_NOTE = "customer_note"
    COMPANY_REASONS = "company_reasons"
    WRITE_NOTE = "write_note"
    HOLD_CASE = "hold_case"
    END_HOLD = "end_hold"
    ESCALATE_CASE = "escalate_case"
    END_ESCALATION = "end_escalation"
    DOCUMENT_1 = "document_1"
    DOCUMENT_2 = "document_2"
    DOCUMENT_3 = "document_3"
    DOCUMENT_4 = "document_4"
    DOCUMENT_5 = "document_5"
    DOCUMENT_6 = "document_6"
    DOCUMENT_7 = "document_7"
    DOCUMENT_8 = "document_8"
    DOCUMENT_9 = "document_9"
    REASON_1 = "reason_1"
    REASON_2 = "reason_2"
    REASON_3 = "reason_3"
    REASON_4 = "reason_4"
    REASON_5 = "reason_5"
    REASON_6 = "reason_6"
    REASON_7 = "reason_7"
    REASON_8 = "reason_8"
    REASON_9 = "reason_9"


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
    ActionId.FIND_TEXT: Spec(Group.DOCUMENT, ("Ctrl+F", "/")),
    ActionId.NEXT_HIT: Spec(Group.DOCUMENT, ("F3", "Ctrl+G")),
    ActionId.PREVIOUS_HIT: Spec(Group.DOCUMENT, ("Shift+F3", "Ctrl+Shift+G")),
    ActionId.COPY_TEXT: Spec(Group.DOCUMENT, ("Ctrl+C",)),
    ActionId.PRINT: Spec(Group.DOCUMENT, ("Ctrl+P",)),
    ActionId.LOUPE: Spec(Group.DOCUMENT, ("L",)),
    ActionId.COMPARE: Spec(Group.DOCUMENT, ("S",)),
    ActionId.OVERLAY: Spec(Group.DOCUMENT, ("O",)),
    ActionId.BRIGHTER: Spec(Group.DOCUMENT, ("B",)),
    ActionId.DARKER: Spec(Group.DOCUMENT, ("Shift+B",)),
    ActionId.MORE_CONTRAST: Spec(Group.DOCUMENT, ("Y",)),
    ActionId.LESS_CONTRAST: Spec(Group.DOCUMENT, ("Shift+Y",)),
    ActionId.INVERT: Spec(Group.DOCUMENT, ("I",)),
    ActionId.PLAIN_LOOK: Spec(Group.DOCUMENT, ("Shift+I",)),
    ActionId.FULL_SCREEN: Spec(Group.CASE, ("F11",)),
    ActionId.NEXT_VALUE: Spec(Group.CASE, ("V",)),
    ActionId.PREVIOUS_VALUE: Spec(Group.CASE, ("Shift+V",)),
    ActionId.NEXT_FINDING: Spec(Group.CASE, ("E",)),
    ActionId.PREVIOUS_FINDING: Spec(Group.CASE, ("Shift+E",)),
    ActionId.ACCEPT_DOCUMENT: Spec(Group.DECISION, ("A",)),
    ActionId.REPLACE_DOCUMENT: Spec(Group.DECISION, ("X",)),
    ActionId.REFUSE_DOCUMENT: Spec(Group.DECISION, ("D",)),
    ActionId.ACCEPT_ALL: Spec(Group.DECISION, ("Shift+A",)),
    ActionId.APPROVE: Spec(Group.DECISION, ("Alt+1",)),
    ActionId.REQUEST_CORRECTION: Spec(Group.DECISION, ("Alt+2",)),
    ActionId.REJECT: Spec(Group.DECISION, ("Alt+3",)),
    ActionId.SHOW_PALETTE: Spec(Group.WINDOW, ("Ctrl+K",)),
    ActionId.SHOW_SETTINGS: Spec(Group.WINDOW, ("Ctrl+,",)),
    ActionId.SHOW_DASHBOARD: Spec(Group.WINDOW, ("Ctrl+D",)),
    ActionId.SHOW_LOG: Spec(Group.WINDOW, ()),
    ActionId.SEND_NOW: Spec(Group.WINDOW, ("Alt+Return",)),
    ActionId.CUSTOMER_NOTE: Spec(Group.DECISION, ("Alt+N",)),
    ActionId.COMPANY_REASONS: Spec(Group.DECISION, ("Shift+G",)),
    ActionId.WRITE_NOTE: Spec(Group.CASE, ("Shift+N",)),
    ActionId.HOLD_CASE: Spec(Group.CASE, ("Shift+H",)),
    ActionId.END_HOLD: Spec(Group.CASE, ()),
    ActionId.ESCALATE_CASE: Spec(Group.CASE, ("Alt+E",)),
    ActionId.END_ESCALATION: Spec(Group.CASE, ()),
    **{ActionId(f"document_{number}"): Spec(Group.DOCUMENT, (str(number),)) for number in range(1, 10)},
    **{ActionId(f"reason_{number}"): Spec(Group.DECISION, (f"Ctrl+{number}",)) for number in range(1, 10)},
}
DOCUMENTS = tuple(ActionId(f"document_{number}") for number in range(1, 10))
REASONS = tuple(ActionId(f"reason_{number}") for number in range(1, 10))
_AFTER_FIRST_FRAME = frozenset(
    {
        ActionId.SHOW_PALETTE,
        ActionId.SHOW_SETTINGS,
        ActionId.SHOW_DASHBOARD,
        ActionId.SHOW_LOG,
        ActionId.SEND_NOW,
        ActionId.PRINT,
        ActionId.CUSTOMER_NOTE,
        ActionId.COMPANY_REASONS,
        ActionId.WRITE_NOTE,
        ActionId.HOLD_CASE,
        ActionId.END_HOLD,
        ActionId.ESCALATE_CASE,
        ActionId.END_ESCALATION,
        *DOCUMENTS,
        *REASONS,
    }
)
"""Made when they are first asked for, or once the queue is live: a start waits for none of them."""

_WINDOWS_OWN = frozenset(
    [
        "Esc",
        "Return",
        "Enter",
        "Space",
        "Tab",
        "Backtab",
        "Backspace",
        "Del",
        "Menu",
        "Left",
        "Right",
        "Up",
        "Down",
        "Home",
        "End",
        "PgUp",
        "PgDown",
    ]
)


def action_text(action: ActionId) -> str:
    """Name an action."""
    return _window_texts().get(action) or _work_texts().get(action) or _numbered_text(action)


def _numbered_text(action: ActionId) -> str:
    number = int(action.value[-1])
    if action in DOCUMENTS:
        return translate("actions", "Show document {number}").format(number=number)
    return translate("actions", "Reason {number} of the document").format(number=number)


def _window_texts() -> dict[ActionId, str]:
    return {
        ActionId.SHOW_QUEUE: translate("actions", "Back to the queue"),
        ActionId.SHOW_KEYS: translate("actions", "Keyboard shortcuts"),
        ActionId.SHOW_PALETTE: translate("actions", "Find an action or a case"),
        ActionId.SHOW_SETTINGS: translate("actions", "Settings"),
        ActionId.SHOW_DASHBOARD: translate("actions", "Dashboard"),
        ActionId.SHOW_LOG: translate("actions", "Log of the program"),
        ActionId.SEND_NOW: translate("actions", "Send the decision now"),
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
        ActionId.FIND_TEXT: translate("actions", "Search the document"),
        ActionId.NEXT_HIT: translate("actions", "Next place found"),
        ActionId.PREVIOUS_HIT: translate("actions", "Previous place found"),
        ActionId.COPY_TEXT: translate("actions", "Copy the selected text"),
        ActionId.PRINT: translate("actions", "Print the document"),
        ActionId.LOUPE: translate("actions", "Loupe"),
        ActionId.COMPARE: translate("actions", "Compare side by side"),
        ActionId.OVERLAY: translate("actions", "Lay both over each other"),
        ActionId.BRIGHTER: translate("actions", "Brighter"),
        ActionId.DARKER: translate("actions", "Darker"),
        ActionId.MORE_CONTRAST: translate("actions", "More contrast"),
        ActionId.LESS_CONTRAST: translate("actions", "Less contrast"),
        ActionId.INVERT: translate("actions", "Invert the colours"),
        ActionId.PLAIN_LOOK: translate("actions", "As on paper"),
        ActionId.FULL_SCREEN: translate("actions", "Full screen"),
        ActionId.NEXT_VALUE: translate("actions", "Next declared value, and where it stands"),
        ActionId.PREVIOUS_VALUE: translate("actions", "Previous declared value"),
        ActionId.NEXT_FINDING: translate("actions", "Next finding to look at"),
        ActionId.PREVIOUS_FINDING: translate("actions", "Previous finding"),
        ActionId.ACCEPT_DOCUMENT: translate("actions", "Accept the document"),
        ActionId.REPLACE_DOCUMENT: translate("actions", "Document needs replacement"),
        ActionId.REFUSE_DOCUMENT: translate("actions", "Refuse the document"),
        ActionId.ACCEPT_ALL: translate("actions", "Accept all documents"),
        ActionId.APPROVE: translate("actions", "Approve the company"),
        ActionId.REQUEST_CORRECTION: translate("actions", "Ask for a correction"),
        ActionId.REJECT: translate("actions", "Refuse the company"),
        ActionId.CUSTOMER_NOTE: translate("actions", "Write to the customer"),
        ActionId.COMPANY_REASONS: translate("actions", "Reasons about the company"),
        ActionId.WRITE_NOTE: translate("actions", "Write a note"),
        ActionId.HOLD_CASE: translate("actions", "Put the case on hold"),
        ActionId.END_HOLD: translate("actions", "End the hold"),
        ActionId.ESCALATE_CASE: translate("actions", "Escalate the case"),
        ActionId.END_ESCALATION: translate("actions", "End the escalation"),
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

    def __init__(self, window: QWidget, own_keys: Mapping[str, Sequence[str]]) -> None:
        super().__init__(window)
        self._window = window
        self._live: frozenset[Group] = frozenset({Group.WINDOW})
        self._own_keys = _known(own_keys)
        self._actions: dict[ActionId, QAction] = {}
        for action_id in SPECS:
            if action_id not in _AFTER_FIRST_FRAME:
                self._make(action_id)

    def __getitem__(self, action: ActionId) -> QAction:
        return self._actions.get(action) or self._make(action)

    def complete(self) -> None:
        """Make the actions that a start does not wait for."""
        for action_id in SPECS:
            self[action_id]

    def use_keys(self, own_keys: Mapping[str, Sequence[str]]) -> None:
        """Give all actions the keys that the person chose; whatever in the window names keys names them anew."""
        self._own_keys = _known(own_keys)
        for action_id in SPECS:
            self[action_id].setShortcuts([QKeySequence(keys) for keys in self.chosen_keys(action_id)])
        QCoreApplication.sendEvent(self._window, QEvent(QEvent.Type.LanguageChange))

    def chosen_keys(self, action: ActionId) -> tuple[str, ...]:
        """Give the keys of an action in portable form: the person's own, else those of the registry."""
        return self._own_keys.get(action, SPECS[action].keys)

    def conflicts(self, action: ActionId, keys: str) -> tuple[ActionId, ...]:
        """List the other actions that these keys would trigger while this one is live."""
        wanted = QKeySequence(keys)
        return tuple(
            other
            for other in SPECS
            if other is not action
            and _live_together(SPECS[other].group, SPECS[action].group)
            and any(wanted == QKeySequence(taken) for taken in self.chosen_keys(other))
        )

    def on(self, action: ActionId, slot: Callable[[], object]) -> None:
        """Call a bound method when an action is triggered."""
        self[action].triggered.connect(slot)

    def enable_groups(self, groups: Iterable[Group]) -> None:
        """Make the actions of these groups live and those of all others not."""
        self._live = frozenset(groups)
        for action_id, action in self._actions.items():
            action.setEnabled(SPECS[action_id].group in self._live)

    def keys_of(self, action: ActionId) -> str:
        """Write an action's first key as this platform does."""
        return self[action].shortcut().toString(QKeySequence.SequenceFormat.NativeText)

    def with_keys(self, text: str, action: ActionId) -> str:
        """Write what a button does and, when there is one, the key that does it too."""
        keys = self.keys_of(action)
        return f"{text}  ({keys})" if keys else text

    def all_keys_of(self, action: ActionId) -> tuple[str, ...]:
        """Write all keys of an action."""
        native = QKeySequence.SequenceFormat.NativeText
        return tuple(keys.toString(native) for keys in self[action].shortcuts())

    def retranslate(self) -> None:
        """Set the names in the language of the application."""
        for action_id, action in self._actions.items():
            action.setText(action_text(action_id))

    def _make(self, action_id: ActionId) -> QAction:
        action = QAction(self._window)
        action.setObjectName(f"action_{action_id.value}")
        action.setShortcuts([QKeySequence(keys) for keys in self.chosen_keys(action_id)])
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setEnabled(SPECS[action_id].group in self._live)
        action.setText(action_text(action_id))
        self._window.addAction(action)
        self._actions[action_id] = action
        return action


def is_windows_own(keys: QKeySequence) -> bool:
    """Say whether a key alone, or with Shift, already does something in lists, forms and dialogs."""
    return keys.toString().replace("Num+", "").removeprefix("Shift+") in _WINDOWS_OWN


def _known(own_keys: Mapping[str, Sequence[str]]) -> dict[ActionId, tuple[str, ...]]:
    known = {action.value: action for action in ActionId}
    return {known[name]: tuple(keys) for name, keys in own_keys.items() if name in known}


def _live_together(one: Group, other: Group) -> bool:
    on_case = {Group.CASE, Group.DOCUMENT, Group.DECISION}
    return one is other or Group.WINDOW in (one, other) or {one, other} <= on_case
