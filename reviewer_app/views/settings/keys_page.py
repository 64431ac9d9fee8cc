# SPDX-License-Identifier: AGPL-3.0-or-later
"""The keys of all actions: chosen by pressing them, conflicts named, each or all given back as they were."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QKeySequenceEdit, QTableWidget, QTableWidgetItem, QWidget

from reviewer_app.desk.preferences import Preferences
from reviewer_app.models.texts import quoted
from reviewer_app.views.common.actions import SPECS, ActionId, Actions, action_text, group_text, is_windows_own
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.focus import FocusEdge
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_2
from reviewer_app.views.common.view import row
from reviewer_app.views.settings.form import Page

KEYS_WIDTH = 180
TABLE_HEIGHT = 380


class KeysPage(Page):
    """Changes the registry of actions and keeps what was chosen."""

    def __init__(self, actions: Actions, preferences: Preferences, *, parent: QWidget | None = None) -> None:
        super().__init__("keySettings", parent=parent)
        self._actions = actions
        self._preferences = preferences
        self._order = tuple(SPECS)
        self._table = _table(len(self._order))
        self._edit = QKeySequenceEdit()
        self._edit.setObjectName("keysEdit")
        self._edit.setFixedWidth(KEYS_WIDTH)
        self._edit.setMaximumSequenceLength(1)
        self._set = self._button("keysSet", "primary")
        self._clear = self._button("keysClear")
        self._reset = self._button("keysReset")
        self._reset_all = self._button("keysResetAll", "quiet")
        self._words = label("strong")
        self._problem = label("error", wrap=True)
        self._problem.setObjectName("keysProblem")
        self._build()
        self._table.currentCellChanged.connect(self._chosen)
        self._edit.keySequenceChanged.connect(self._typed)
        self._set.clicked.connect(self._take)
        self._clear.clicked.connect(self._take_away)
        self._reset.clicked.connect(self._give_back)
        self._reset_all.clicked.connect(self._give_all_back)
        self.retranslate()
        self._table.setCurrentCell(0, 0)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Keys"))
        self._table.setHorizontalHeaderLabels([self.tr("Where"), self.tr("Action"), self.tr("Keys")])
        self._table.setAccessibleName(self.tr("Keys of all actions"))
        self._words.setText(self.tr("New keys"))
        self._edit.setAccessibleName(self.tr("New keys"))
        self._set.setText(self.tr("Use these keys"))
        self._clear.setText(self.tr("No keys"))
        self._reset.setText(self.tr("Give back"))
        self._reset_all.setText(self.tr("Give all keys back"))
        self._fill()

    def choose(self, action: ActionId) -> None:
        """Choose an action in the table."""
        self._table.setCurrentCell(self._order.index(action), 0)

    @property
    def _action(self) -> ActionId:
        return self._order[max(0, self._table.currentRow())]

    def _button(self, name: str, variant: str = "") -> Button:
        made = Button(variant, compact=True)
        made.setObjectName(name)
        return made

    def _build(self) -> None:
        self.lines.addWidget(self._table, 1)
        tools = row(spacing=SPACE_2)
        for widget in (self._words, self._edit, self._set, self._clear, self._reset):
            tools.addWidget(widget)
        tools.addStretch(1)
        tools.addWidget(self._reset_all)
        self.lines.addLayout(tools)
        self.lines.addWidget(self._problem)

    def _fill(self) -> None:
        for place, action in enumerate(self._order):
            keys = ", ".join(self._actions.all_keys_of(action))
            own = self._actions.chosen_keys(action) != SPECS[action].keys
            texts = (group_text(SPECS[action].group), action_text(action), f"{keys} *" if own else keys)
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                self._table.setItem(place, column, item)
        self._table.resizeColumnToContents(0)
        self._table.setColumnWidth(2, KEYS_WIDTH)

    def _chosen(self, *_cells: int) -> None:
        self._edit.clear()
        self._problem.clear()

    def _typed(self, keys: QKeySequence) -> None:
        problem = self._problem_of(keys)
        self._set.setEnabled(not problem)
        self._problem.setText(problem)

    def _problem_of(self, keys: QKeySequence) -> str:
        """Say why an action cannot have these keys; empty when it can."""
        if keys.isEmpty():
            return ""
        if is_windows_own(keys):
            return self.tr("The window needs this key by itself. Add Ctrl or Alt, or choose another one.")
        others = self._actions.conflicts(self._action, keys.toString())
        names = ", ".join(quoted(action_text(other)) for other in others)
        return self.tr("Taken by {actions}").format(actions=names) if others else ""

    def _take(self) -> None:
        keys = self._edit.keySequence()
        if not keys.isEmpty() and not self._problem_of(keys):
            self._keep({self._action: (keys.toString(),)})

    def _take_away(self) -> None:
        self._keep({self._action: ()})

    def _give_back(self) -> None:
        for keys in SPECS[self._action].keys:
            problem = self._problem_of(QKeySequence(keys))
            if problem:
                self._problem.setText(problem)
                return
        self._keep({self._action: SPECS[self._action].keys})

    def _give_all_back(self) -> None:
        self._preferences.set_own_keys({})
        self._actions.use_keys({})

    def _keep(self, changed: dict[ActionId, tuple[str, ...]]) -> None:
        own = dict(self._preferences.own_keys)
        for action, keys in changed.items():
            own[action.value] = keys
            if keys == SPECS[action].keys:
                del own[action.value]
        self._preferences.set_own_keys(own)
        self._edit.clear()
        self._actions.use_keys(own)


def _table(rows: int) -> QTableWidget:
    made = QTableWidget(rows, 3)
    FocusEdge(made)
    made.setObjectName("keysTable")
    made.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    made.setShowGrid(False)
    made.setTabKeyNavigation(False)
    made.verticalHeader().hide()
    made.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.Stretch)
    made.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    made.setMinimumHeight(TABLE_HEIGHT)
    return made
