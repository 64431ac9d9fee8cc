# SPDX-License-Identifier: AGPL-3.0-or-later
"""The menu of views with their counts, and the line in which a view is named and kept."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit, QWidget

from reviewer_app.models.queue.view_names import view_name
from reviewer_app.views.common.buttons import Button, CheckBox, SelectButton
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_4
from reviewer_app.views.common.view import View, row

if TYPE_CHECKING:
    from reviewer_app.views.queue.extras import QueueExtras

IN_CHIPS = frozenset({"open", "mine", "assigned", "free", "all"})
NAME_WIDTH = 240
LONGEST_NAME = 60


class ViewsButton(SelectButton):
    """Opens the menu of views. ``keep_wanted`` asks for the line in which one is named."""

    keep_wanted = Signal()

    def __init__(self, extras: QueueExtras, *, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setObjectName("queueViews")
        self._extras = extras
        self.menu().aboutToShow.connect(self.fill)
        self.show_name()

    def show_name(self) -> None:
        """Show the name of the view that the queue shows, when it is one of the menu."""
        shown = next((view for view in self._extras.views.views if self._extras.views.is_shown(view)), None)
        listed = shown is not None and shown.id not in IN_CHIPS
        self.setText(view_name(shown) if shown is not None and listed else self.tr("Views"))
        self.setAccessibleName(self.tr("Views"))

    def fill(self) -> None:
        """Write the menu anew."""
        menu, views = self.menu(), self._extras.views
        menu.clear()
        for group in (
            [view for view in views.views if view.owner_name is None and view.id not in IN_CHIPS],
            [view for view in views.views if view.owner_name is not None],
        ):
            for view in group:
                text = f"{view_name(view)}  {views.count_of(view)}".rstrip()
                if view.owner_name is not None and not view.mine:
                    text = f"{text}  ·  {view.owner_name}"
                action = QAction(text.replace("&", "&&"), menu)
                action.setObjectName(f"view_{view.id}")
                action.setCheckable(True)
                action.setChecked(views.is_shown(view))
                action.triggered.connect(partial(views.show, view))
                menu.addAction(action)
            menu.addSeparator()
        keep = QAction(self.tr("Keep this view…"), menu)
        keep.setObjectName("keepView")
        keep.triggered.connect(self.keep_wanted)
        menu.addAction(keep)
        for view in views.views:
            if view.owner_name is not None and views.is_shown(view) and (view.mine or views.is_supervisor):
                remove = QAction(self.tr("Remove “{name}”").format(name=view.name), menu)
                remove.setObjectName("removeView")
                remove.triggered.connect(partial(views.forget, view.id))
                menu.addAction(remove)


class KeepViewBar(View):
    """Asks for the name of a view; hidden until it is wanted."""

    def __init__(self, extras: QueueExtras, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="toolbar")
        self.setObjectName("keepViewBar")
        self._extras = extras
        self._words = label("strong")
        self._name = QLineEdit()
        self._name.setObjectName("viewName")
        self._name.setMaxLength(LONGEST_NAME)
        self._name.setFixedWidth(NAME_WIDTH)
        self._shared = CheckBox()
        self._shared.setObjectName("viewShared")
        self._keep = Button("primary", compact=True)
        self._keep.setObjectName("viewKeep")
        self._cancel = Button("quiet", compact=True)
        layout = row(self, spacing=SPACE_2, margins=(SPACE_4, SPACE_2, SPACE_4, SPACE_2))
        for widget in (self._words, self._name, self._shared, self._keep, self._cancel):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._name.returnPressed.connect(self._finish)
        self._keep.clicked.connect(self._finish)
        self._cancel.clicked.connect(self.hide)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self._words.setText(self.tr("Name of the view"))
        self._name.setAccessibleName(self.tr("Name of the view"))
        self._shared.setText(self.tr("Show it to everybody"))
        self._keep.setText(self.tr("Keep"))
        self._cancel.setText(self.tr("Cancel"))

    def ask(self) -> None:
        """Show the line with an empty name."""
        self._name.clear()
        self._shared.setChecked(False)
        self._shared.setVisible(self._extras.views.is_supervisor)
        self.show()
        self._name.setFocus()

    def _finish(self) -> None:
        name = self._name.text().strip()
        if not name:
            self._name.setFocus()
            return
        self._extras.views.keep(name, shared=self._shared.isChecked(), query=self._extras.queue.query)
        self.hide()
