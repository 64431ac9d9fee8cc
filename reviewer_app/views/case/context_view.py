# SPDX-License-Identifier: AGPL-3.0-or-later
"""Below the declared data: what the customer changed since the round before, and where else the same was seen."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from reviewer_app.contract.states import COMPANY_STATE_TEXTS, OUTCOME_NAMES
from reviewer_app.desk.queue_work import FieldChange, Sighting
from reviewer_app.models.case.context_model import ContextModel, change_texts, sighting_text
from reviewer_app.models.texts import localized, moment_text
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column, put_away

LONGEST_NAME = 34


class ContextView(View):
    """Hidden while there is nothing to say. ``case_wanted`` carries the id of another company."""

    case_wanted = Signal(str)

    def __init__(self, model: ContextModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("caseContext")
        self._model = model
        self._changed_title = label("overline")
        self._seen_title = label("overline")
        self._changes = _Lines("changedFields")
        self._sightings = _Lines("seenBefore")
        layout = column(self, spacing=SPACE_1)
        for widget in (self._changed_title, self._changes, self._seen_title, self._sightings):
            layout.addWidget(widget)
        model.changed.connect(self.show_context)
        self.retranslate()

    def retranslate(self) -> None:
        self._changed_title.setText(self.tr("Changed since the round before"))
        self._seen_title.setText(self.tr("Seen before"))
        self.show_context()

    def show_context(self) -> None:
        """Show what the model holds."""
        context = self._model.context
        changes = context.changes if context else ()
        sightings = context.sightings if context else ()
        self._changes.show_lines([self._change(one) for one in changes])
        self._sightings.show_lines([self._sighting(one) for one in sightings])
        for widget in (self._changed_title, self._changes):
            widget.setVisible(bool(changes))
        for widget in (self._seen_title, self._sightings):
            widget.setVisible(bool(sightings))
        self.setVisible(bool(changes or sightings))

    def _change(self, change: FieldChange) -> QWidget:
        name, before, after = change_texts(change)
        made = QWidget()
        layout = column(made)
        heading = label("caption")
        heading.setText(name)
        old = label("small", wrap=True)
        old.setText(before)
        font = old.font()
        font.setStrikeOut(True)
        old.setFont(font)
        new = label(wrap=True)
        new.setText(f"→ {after}")
        for widget in (heading, old, new):
            layout.addWidget(widget)
        made.setAccessibleName(
            self.tr("{name}: was {before}, is {after}").format(name=name, before=before, after=after)
        )
        return made

    def _sighting(self, sighting: Sighting) -> QWidget:
        made = QWidget()
        layout = column(made)
        what = label("caption", wrap=True)
        what.setText(sighting_text(sighting))
        shown = sighting.name if len(sighting.name) <= LONGEST_NAME else f"{sighting.name[: LONGEST_NAME - 1]}…"
        company = Button("quiet", compact=True)
        company.setObjectName(f"seen_{sighting.kind.value}_{sighting.company_id}")
        company.setText(shown.replace("&", "&&"))
        company.setToolTip(sighting.name)
        company.clicked.connect(partial(self._want, sighting.company_id))
        how = label("small", wrap=True)
        state = localized(COMPANY_STATE_TEXTS[sighting.state])
        if sighting.outcome is None:
            how.setText(state)
        else:
            outcome = localized(OUTCOME_NAMES[sighting.outcome])
            ended = self.tr("{outcome}, {moment}").format(outcome=outcome, moment=moment_text(sighting.decided_at))
            how.setText(f"{state} · {ended}")
        layout.addWidget(what)
        layout.addWidget(company, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(how)
        return made

    def _want(self, company_id: str, _checked: bool = False) -> None:
        self.case_wanted.emit(company_id)


class _Lines(QWidget):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._layout: QVBoxLayout = column(self, spacing=SPACE_2, margins=(0, 0, 0, SPACE_2))
        self._lines: list[QWidget] = []

    def show_lines(self, lines: list[QWidget]) -> None:
        put_away(self._layout, self._lines)
        self._lines = lines
        for line in lines:
            self._layout.addWidget(line)
