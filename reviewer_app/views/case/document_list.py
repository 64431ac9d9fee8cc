# SPDX-License-Identifier: AGPL-3.0-or-later
"""The documents of a case: kind, version, state, what the person thinks of it so far, pages not looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from reviewer_app.contract.staff import StaffDocument
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, DOCUMENT_STATE_TEXTS, DocumentState, Verdict
from reviewer_app.models.case.declared import DocumentLine
from reviewer_app.models.texts import localized, moment_text
from reviewer_app.views.common.buttons import IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import Badge, ElidedLabel, IconLabel
from reviewer_app.views.common.painting import DOCUMENT_TONES
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column, put_away, row, set_property

VERDICT_LOOKS: dict[Verdict, tuple[str, Tone]] = {
    Verdict.ACCEPTED: ("check-circle", Tone.SUCCESS),
    Verdict.NEEDS_REPLACEMENT: ("replace", Tone.WARNING),
    Verdict.REFUSED: ("refuse", Tone.DANGER),
}


class DocumentRow(View):
    """One document. ``chosen`` carries the version to show."""

    chosen = Signal(object)

    def __init__(self, line: DocumentLine, number: int, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="row")
        self.setObjectName(f"document_{number}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.line = line
        self._number = number
        self._verdict: Verdict | None = None
        self._unseen = 0
        self._icon = IconLabel("image" if line.current.media_type.startswith("image/") else "document")
        self._name = ElidedLabel("strong")
        self._facts = ElidedLabel("caption")
        self._state = Badge()
        self._versions = IconButton("history", size=16, quiet=True)
        self._versions.setObjectName(f"versions_{number}")
        self._menu = QMenu(self)
        self._menu.triggered.connect(self._choose_version)
        layout = row(self, spacing=SPACE_2, margins=(SPACE_2, 6, SPACE_1, 6))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=2)
        words.addWidget(self._name)
        below = row(spacing=SPACE_2)
        below.addWidget(self._state)
        below.addWidget(self._facts, 1)
        words.addLayout(below)
        layout.addLayout(words, 1)
        layout.addWidget(self._versions)
        self._versions.setVisible(bool(line.earlier))
        self._versions.clicked.connect(self._show_versions)
        self.retranslate()

    def show_line(self, line: DocumentLine) -> None:
        """Show another document in its place; a row that is there already is styled and laid out."""
        self.line = line
        self._verdict = None
        self._unseen = 0
        self._versions.setVisible(bool(line.earlier))
        self.retranslate()

    def retranslate(self) -> None:
        current = self.line.current
        self._name.setText(f"{self._number}. {localized(DOCUMENT_KIND_TEXTS[current.kind])}")
        self._versions.set_name(self.tr("Earlier versions"))
        self._show_facts()

    def show_review(self, verdict: Verdict | None, unseen: int) -> None:
        """Show what the person thinks of it so far, and how many pages were not looked at."""
        if (verdict, unseen) != (self._verdict, self._unseen):
            self._verdict, self._unseen = verdict, unseen
            self._show_facts()

    def set_selected(self, selected: bool) -> None:
        """Show whether this is the document in the viewer."""
        set_property(self, "selected", selected)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(self.line.current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.chosen.emit(self.line.current)
            return
        super().keyPressEvent(event)

    def _show_facts(self) -> None:
        current = self.line.current
        facts = [self.tr("%n page(s)", "", current.pages)]
        if current.version > 1 and not self.line.is_new:
            facts.append(self.tr("version {number}").format(number=current.version))
        if self._unseen:
            facts.append(self.tr("%n not looked at", "", self._unseen))
        self._facts.setText(" · ".join(facts))
        if self._verdict is not None:
            icon_name, tone = VERDICT_LOOKS[self._verdict]
            self._icon.show_icon(icon_name, tone)
            self._state.show_text("")
        else:
            picture = "image" if current.media_type.startswith("image/") else "document"
            self._icon.show_icon(picture, Tone.MUTED)
            self._show_state()
        self.setAccessibleName(
            f"{self._name.text()}, {self._facts.text()}, {self._state.text() or localized(DOCUMENT_STATE_TEXTS[current.state])}"
        )

    def _show_state(self) -> None:
        state = self.line.current.state
        if state is not DocumentState.READY:
            self._state.show_text(localized(DOCUMENT_STATE_TEXTS[state]), DOCUMENT_TONES[state])
        else:
            words = self.tr("New version {number}").format(number=self.line.current.version)
            self._state.show_text(words if self.line.is_new else "", Tone.INFO)

    def _show_versions(self) -> None:
        self._menu.clear()
        for version in (self.line.current, *self.line.earlier):
            state = localized(DOCUMENT_STATE_TEXTS[version.state])
            words = self.tr("Version {number} · {moment} · {state}")
            action = QAction(
                words.format(number=version.version, moment=moment_text(version.uploaded_at), state=state), self._menu
            )
            action.setData(version.id)
            self._menu.addAction(action)
        self._menu.popup(self._versions.mapToGlobal(self._versions.rect().bottomLeft()))

    def _choose_version(self, action: QAction) -> None:
        versions = (self.line.current, *self.line.earlier)
        self.chosen.emit(next(item for item in versions if item.id == action.data()))


class DocumentList(View):
    """``chosen`` carries the version to show in the viewer."""

    chosen = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = column(self, spacing=2)
        self.rows: list[DocumentRow] = []
        self._shown: tuple[DocumentLine, ...] = ()

    def show_lines(self, lines: tuple[DocumentLine, ...]) -> None:
        """Show the documents; nothing is built anew when nothing changed."""
        if lines == self._shown:
            return
        self._shown = lines
        for row_there, line in zip(self.rows, lines, strict=False):
            row_there.show_line(line)
        put_away(self._layout, self.rows[len(lines) :])
        del self.rows[len(lines) :]
        for number, line in enumerate(lines[len(self.rows) :], start=len(self.rows) + 1):
            made = DocumentRow(line, number)
            made.chosen.connect(self.chosen)
            self._layout.addWidget(made)
            self.rows.append(made)

    def mark(self, document: StaffDocument | None) -> None:
        """Mark the document in the viewer."""
        for line in self.rows:
            line.set_selected(document is not None and line.line.current.line == document.line)
