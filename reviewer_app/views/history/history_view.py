# SPDX-License-Identifier: AGPL-3.0-or-later
"""The history of a case as a timeline, newest first, and a field for internal notes."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QColor, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget

from reviewer_app.contract.staff import HistoryEntry
from reviewer_app.contract.states import Actor
from reviewer_app.contract.text import Text
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.history.history_model import HistoryFilter, HistoryModel
from reviewer_app.models.texts import localized, moment_hint, moment_text
from reviewer_app.views.common.buttons import Button, SelectButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import IconLabel, WordsLabel, label
from reviewer_app.views.common.tokens import ICON_SMALL, SPACE_2, SPACE_3, SPACE_4
from reviewer_app.views.common.view import View, column, put_away, row

_ACTOR_ICONS = {Actor.CUSTOMER: "company", Actor.STAFF: "user", Actor.SYSTEM: "settings"}
ACTOR_TEXTS = {
    Actor.CUSTOMER: Text("Klient", "Customer"),
    Actor.STAFF: Text("Pracownik", "Staff"),
    Actor.SYSTEM: Text("Automatycznie", "Automatic"),
}
"""Who acted, where no person's name is known."""
_ACTOR_TONES = {Actor.CUSTOMER: Tone.INFO, Actor.STAFF: Tone.SUCCESS, Actor.SYSTEM: Tone.MUTED}


class _Entry(View):
    def __init__(self, entry: HistoryEntry, *, last: bool) -> None:
        super().__init__()
        self._last = last
        layout = row(self, spacing=SPACE_3, margins=(0, 0, 0, SPACE_4))
        icon_name = "note" if "note" in entry.kind else _ACTOR_ICONS[entry.actor]
        layout.addWidget(IconLabel(icon_name, _ACTOR_TONES[entry.actor]), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=2)
        text = WordsLabel()
        text.show_words(entry.text)
        by = label("caption", wrap=True)
        name = entry.actor_name or localized(ACTOR_TEXTS[entry.actor])
        by.setText(f"{name} · {moment_text(entry.at)}")
        by.setToolTip(moment_hint(entry.at))
        words.addWidget(text)
        words.addWidget(by)
        layout.addLayout(words, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._last:
            painter = QPainter(self)
            painter.setPen(QColor(self.colours().line))
            middle = ICON_SMALL // 2
            painter.drawLine(middle, ICON_SMALL + 4, middle, self.height() - 4)


class HistoryView(View):
    """Timeline and note field. ``left`` says that Escape was pressed there."""

    left = Signal()

    def __init__(self, model: HistoryModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="surface")
        self.setObjectName("historyView")
        self._model = model
        self._title = label("heading")
        self._note = QPlainTextEdit()
        self._note.setObjectName("noteText")
        self._note.setFixedHeight(64)
        self._note.setTabChangesFocus(True)
        self._add = Button("", "note", compact=True)
        self._add.setObjectName("addNote")
        self._mention = SelectButton()
        self._mention.setObjectName("mention")
        self._mention.menu().aboutToShow.connect(self._fill_people)
        self._filter = SelectButton()
        self._filter.setObjectName("historyFilter")
        self._filters = QActionGroup(self)
        self._scroll = QScrollArea()
        self._list = QWidget()
        self._entries = column(self._list, margins=(SPACE_4, SPACE_2, SPACE_4, SPACE_4))
        self._rows: list[QWidget] = []
        self._shown_company = ""
        self._unsent: dict[str, str] = {}
        self._build()
        self._fill_filters()
        self._filters.triggered.connect(self._choose)
        self._add.clicked.connect(self._write)
        self._note.textChanged.connect(self._typed)
        model.changed.connect(self.show_entries)
        model.noted.connect(self._noted)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.left)
        self.retranslate()
        self._typed()

    def _fill_filters(self) -> None:
        for chosen in HistoryFilter:
            action = QAction(self)
            action.setObjectName(f"history_{chosen.value}")
            action.setCheckable(True)
            action.setChecked(chosen is HistoryFilter.ALL)
            action.setData(chosen)
            self._filters.addAction(action)
            self._filter.menu().addAction(action)

    def _build(self) -> None:
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setWidget(self._list)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top = column(spacing=SPACE_2, margins=(SPACE_4, SPACE_3, SPACE_4, SPACE_2))
        top.addWidget(self._title)
        top.addWidget(self._note)
        tools = row(spacing=SPACE_2)
        tools.addWidget(self._filter)
        tools.addStretch(1)
        tools.addWidget(self._mention)
        tools.addWidget(self._add)
        top.addLayout(tools)
        layout = column(self)
        layout.addLayout(top)
        layout.addWidget(scroll, 1)

    def retranslate(self) -> None:
        self._title.setText(self.tr("History and notes"))
        self._note.setPlaceholderText(self.tr("Internal note. The customer never sees it."))
        self._note.setAccessibleName(self.tr("Internal note"))
        self._add.setText(self.tr("Add note"))
        self._mention.setText("@")
        self._mention.setAccessibleName(self.tr("Name a colleague"))
        self._mention.setToolTip(self.tr("Name a colleague: they find it in their queue"))
        names = {
            HistoryFilter.ALL: self.tr("Everything"),
            HistoryFilter.CUSTOMER: self.tr("Customer"),
            HistoryFilter.STAFF: self.tr("Staff"),
            HistoryFilter.SYSTEM: self.tr("System"),
            HistoryFilter.NOTES: self.tr("Notes and holds"),
            HistoryFilter.DECISIONS: self.tr("Decisions"),
            HistoryFilter.PRINTS: self.tr("Prints"),
        }
        for action in self._filters.actions():
            action.setText(names[HistoryFilter(action.data())])
        self._show_filter()
        self.show_entries()

    def focus_note(self) -> None:
        """Put the cursor into the field for a note."""
        self._note.setFocus()

    def show_entries(self) -> None:
        """Show what the model holds; a note that was begun on another case stays with that case."""
        self._change_company(self._model.company_id or "")
        put_away(self._entries, self._rows)
        self._rows = []
        while self._entries.count():
            self._entries.takeAt(0)
        entries = self._model.entries
        for place, entry in enumerate(entries):
            line = _Entry(entry, last=place == len(entries) - 1)
            self._entries.addWidget(line)
            self._rows.append(line)
        self._entries.addStretch(1)

    def _choose(self, action: QAction) -> None:
        self._model.choose(HistoryFilter(action.data()))
        self._show_filter()

    def _show_filter(self) -> None:
        chosen = self._filters.checkedAction()
        self._filter.setText(chosen.text())
        self._filter.setAccessibleName(self.tr("Shown: {filter}").format(filter=chosen.text()))

    def _fill_people(self) -> None:
        menu = self._mention.menu()
        menu.clear()
        for person in self._model.people:
            action = QAction(person.display_name.replace("&", "&&"), menu)
            action.setObjectName(f"mention_{person.username}")
            action.triggered.connect(partial(self._name, person.username))
            menu.addAction(action)

    def _name(self, username: str, _checked: bool = False) -> None:
        self._note.insertPlainText(f"@{username} ")
        self._note.setFocus()

    def _change_company(self, company_id: str) -> None:
        if company_id != self._shown_company:
            self._unsent[self._shown_company] = self._note.toPlainText()
            self._shown_company = company_id
            self._scroll.verticalScrollBar().setValue(0)
            if not company_id:
                self._unsent.clear()  # nobody is signed in: the next person finds nothing of it
            self._note.setPlainText(self._unsent.pop(company_id, ""))

    def _typed(self) -> None:
        self._add.setEnabled(bool(self._note.toPlainText().strip()))

    def _write(self) -> None:
        self._note.setFocus()
        self._model.add_note(self._note.toPlainText())

    def _noted(self, act: PendingAct) -> None:
        if act.company_id != self._shown_company:
            self._unsent.pop(act.company_id, None)
            return
        had_focus = self._add.hasFocus() or self._note.hasFocus()
        self._note.clear()
        if had_focus:
            self._note.setFocus()
