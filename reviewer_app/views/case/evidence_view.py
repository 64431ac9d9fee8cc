# SPDX-License-Identifier: AGPL-3.0-or-later
"""Leads from a declared value or a finding to its place in a document, and from a word in a document to its value."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QScrollArea

from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.case.declared import findings_to_look_at
from reviewer_app.models.case.evidence import Place, field_of_word
from reviewer_app.models.document.words_model import WordsModel
from reviewer_app.views.case.declared_view import DeclaredRow, DeclaredView, FindingLine
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.document.viewer import DocumentViewer


class EvidenceView(QObject):
    """Wires the list of declared values with the viewer. ``document_wanted`` carries the id of a document to show."""

    document_wanted = Signal(str)

    def __init__(
        self,
        *,
        case: CaseModel,
        words: WordsModel,
        declared: DeclaredView,
        panel: QScrollArea,
        viewer: DocumentViewer,
        actions: Actions,
    ) -> None:
        super().__init__(viewer)
        self._case = case
        self._words = words
        self._declared = declared
        self._panel = panel
        self._viewer = viewer
        self._value = -1
        self._finding = -1
        declared.place_wanted.connect(self.show_place)
        viewer.word_clicked.connect(self._show_value_of)
        case.opened.connect(self._forget)
        actions.on(ActionId.NEXT_VALUE, self._next_value)
        actions.on(ActionId.PREVIOUS_VALUE, self._previous_value)
        actions.on(ActionId.NEXT_FINDING, self._next_finding)
        actions.on(ActionId.PREVIOUS_FINDING, self._previous_finding)

    def show_place(self, place: Place) -> None:
        """Show the document of a place, and box the place where there is one."""
        self.document_wanted.emit(place.document_id)
        if place.page is not None and place.box is not None:
            self._viewer.show_place(place.page, place.box)
        else:
            self._viewer.area.marks.show_evidence(None)

    def _forget(self) -> None:
        self._value = self._finding = -1

    def _next_value(self) -> None:
        self._go_to_value(1)

    def _previous_value(self) -> None:
        self._go_to_value(-1)

    def _go_to_value(self, step: int) -> None:
        rows = self._declared.rows
        if rows:
            self._value = (self._value + step) % len(rows) if self._value >= 0 or step > 0 else len(rows) - 1
            self._bring(rows[self._value])
            rows[self._value].show_next_place()

    def _next_finding(self) -> None:
        self._go_to_finding(1)

    def _previous_finding(self) -> None:
        self._go_to_finding(-1)

    def _go_to_finding(self, step: int) -> None:
        detail = self._case.detail
        found = findings_to_look_at(detail) if detail is not None else ()
        if not found:
            return
        self._finding = (self._finding + step) % len(found) if self._finding >= 0 or step > 0 else len(found) - 1
        line = self._declared.line_of(found[self._finding])
        if line is not None:
            self._bring(line)
            if line.place is not None:
                self.show_place(line.place)

    def _show_value_of(self, page: int, word: int) -> None:
        """Show the declared value that a word of the document is, or is a part of."""
        detail, text = self._case.detail, self._words.text
        if detail is None or text is None:
            return
        field = field_of_word(detail, text, page, word)
        row = self._declared.row_of(field) if field else None
        self._declared.select(row)
        if row is not None:
            self._bring(row)
            self._value = self._declared.rows.index(row)
            self._words.select_word(page, word)

    def _bring(self, line: DeclaredRow | FindingLine) -> None:
        self._declared.select(line)
        self._panel.ensureWidgetVisible(line, 0, 40)
