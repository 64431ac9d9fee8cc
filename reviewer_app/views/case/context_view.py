# SPDX-License-Identifier: AGPL-3.0-or-later
"""Around the declared data: above it what the customer changed since the round before, below it where else the same was seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer_app.contract.states import COMPANY_STATE_TEXTS, OUTCOME_NAMES
from reviewer_app.desk.queue_work import FieldChange, Sighting
from reviewer_app.models.case.context_model import ContextModel, change_texts, sighting_text
from reviewer_app.models.texts import localized, moment_text, plain_hint
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column

LONGEST_NAME = 34
SOON_MS = 30
"""So long after it is known the past of a case is shown: the document, which comes at the same time, goes first."""

Line = TypeVar("Line", bound=QWidget)
Item = TypeVar("Item")


class ChangesView(View):
    """What the customer changed since the round before; hidden while there is nothing to say."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseChanges")
        self._title = label("overline")
        self._lines = _Lines("changedFields", _Change, _Change.show_line)
        layout = column(self, spacing=SPACE_1)
        for widget in (self._title, self._lines):
            layout.addWidget(widget)
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Changed since the round before"))

    def show_changes(self, changes: Sequence[FieldChange]) -> None:
        """Show changed fields."""
        self._lines.show_lines(changes)
        self.setVisible(bool(changes))


class ContextView(View):
    """Where else the same was seen; hidden while there is nothing to say. ``changes`` stands by itself.

    ``case_wanted`` carries the id of another company.
    """

    case_wanted = Signal(str)

    def __init__(self, model: ContextModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseContext")
        self._model = model
        self.changes = ChangesView()
        self._seen_title = label("overline")
        self._sightings = _Lines("seenBefore", self._made_sighting, _Sighting.show_line)
        layout = column(self, spacing=SPACE_1)
        for widget in (self._seen_title, self._sightings):
            layout.addWidget(widget)
        self._soon = QTimer(self, singleShot=True, interval=SOON_MS)
        self._soon.timeout.connect(self.show_context)
        model.changed.connect(self._changed)
        self.retranslate()

    def retranslate(self) -> None:
        self._seen_title.setText(self.tr("Seen before"))
        self.show_context()

    def _changed(self) -> None:
        if self._model.context is None:
            self._soon.stop()
            self.show_context()
        else:
            self._soon.start()

    def show_context(self) -> None:
        """Show what the model holds."""
        context = self._model.context
        sightings = context.sightings if context else ()
        self.changes.show_changes(context.changes if context else ())
        self._sightings.show_lines(sightings)
        self.setVisible(bool(sightings))

    def _made_sighting(self) -> _Sighting:
        made = _Sighting()
        made.wanted.connect(self.case_wanted)
        return made


class _Change(View):
    def __init__(self) -> None:
        super().__init__()
        self._heading = label("caption")
        self._old = label("small", wrap=True)
        font = self._old.font()
        font.setStrikeOut(True)
        self._old.setFont(font)
        self._new = label(wrap=True)
        layout = column(self)
        for widget in (self._heading, self._old, self._new):
            layout.addWidget(widget)

    def show_line(self, change: FieldChange) -> None:
        name, before, after = change_texts(change)
        self._heading.setText(name)
        self._old.setText(before)
        self._new.setText(f"→ {after}")
        self.setAccessibleName(
            self.tr("{name}: was {before}, is {after}").format(name=name, before=before, after=after)
        )


class _Sighting(View):
    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._company_id = ""
        self._what = label("caption", wrap=True)
        self._company = Button("quiet", compact=True)
        self._how = label("small", wrap=True)
        layout = column(self)
        layout.addWidget(self._what)
        layout.addWidget(self._company, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self._how)
        self._company.clicked.connect(self._want)

    def show_line(self, sighting: Sighting) -> None:
        self._company_id = sighting.company_id
        self._what.setText(sighting_text(sighting))
        shown = sighting.name if len(sighting.name) <= LONGEST_NAME else f"{sighting.name[: LONGEST_NAME - 1]}…"
        self._company.setObjectName(f"seen_{sighting.kind.value}_{sighting.company_id}")
        self._company.setText(shown.replace("&", "&&"))
        self._company.setToolTip(plain_hint(sighting.name))
        state = localized(COMPANY_STATE_TEXTS[sighting.state])
        if sighting.outcome is None:
            self._how.setText(state)
        else:
            outcome = localized(OUTCOME_NAMES[sighting.outcome])
            ended = self.tr("{outcome}, {moment}").format(outcome=outcome, moment=moment_text(sighting.decided_at))
            self._how.setText(f"{state} · {ended}")

    def _want(self) -> None:
        self.wanted.emit(self._company_id)


class _Lines(QWidget, Generic[Line, Item]):
    """Lines that are kept for the next case: making them takes longer than all else that is shown of it."""

    def __init__(self, name: str, make: Callable[[], Line], show: Callable[[Line, Item], None]) -> None:
        super().__init__()
        self.setObjectName(name)
        self._make, self._show = make, show
        self._layout: QVBoxLayout = column(self, spacing=SPACE_2, margins=(0, 0, 0, SPACE_2))
        self._lines: list[Line] = []

    def show_lines(self, items: Sequence[Item]) -> None:
        while len(self._lines) < len(items):
            self._lines.append(self._make())
            self._layout.addWidget(self._lines[-1])
        for line, item in zip_longest(self._lines, items):
            if item is not None:
                self._show(line, item)
            line.setVisible(item is not None)
