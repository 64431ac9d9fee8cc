# SPDX-License-Identifier: AGPL-3.0-or-later
"""Declared data: each value with the result of its checks, its places in the documents, and a button that copies it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from reviewer_app.contract.staff import CheckFinding, CheckStatus
from reviewer_app.models.case.declared import DECLARED_FIELDS, Declared
from reviewer_app.models.case.evidence import Place, place_of
from reviewer_app.models.texts import localized, plain_hint
from reviewer_app.views.common.buttons import Button, IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import IconLabel, WordsLabel, breakable, label
from reviewer_app.views.common.messages import announce
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column, put_away, row, set_property

STATUS_LOOKS: dict[CheckStatus, tuple[str, Tone]] = {
    CheckStatus.OK: ("check-circle", Tone.SUCCESS),
    CheckStatus.WARN: ("warning", Tone.WARNING),
    CheckStatus.FAIL: ("fail", Tone.DANGER),
    CheckStatus.UNKNOWN: ("unknown", Tone.MUTED),
}
_TEXT_ROLES = {CheckStatus.FAIL: "error", CheckStatus.WARN: "warning"}
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)

Numbers = Mapping[str, int]
"""The numbers by which documents are listed, by their ids."""


class FindingLine(View):
    """What one check found. Where it is about a document, a click or Enter carries the place in ``place_wanted``."""

    place_wanted = Signal(object)

    def __init__(
        self,
        finding: CheckFinding,
        numbers: Numbers,
        *,
        of_value: Declared | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, role="row")
        self.finding = finding
        self._of_value = of_value
        self._number = numbers.get(finding.document_id or "")
        self.place: Place | None = place_of(finding) if self._number is not None else None
        self._words = label(_TEXT_ROLES.get(finding.status, "small"), wrap=True)
        layout = row(self, spacing=SPACE_2, margins=(0, 2, 0, 2))
        if of_value is None:
            icon_name, tone = STATUS_LOOKS[finding.status]
            layout.addWidget(IconLabel(icon_name, tone), 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._words, 1)
        if self.place is not None:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.retranslate()

    def retranslate(self) -> None:
        text = self.finding.message
        if self._of_value is not None:  # the value's name stands above
            text = text.removeprefix(f"{localized(self._of_value.name)}: ")
            text = text[:1].upper() + text[1:]
        if self._number is not None:
            text = self.tr("Document {number}: {message}").format(number=self._number, message=text)
        self._words.setText(breakable(text))
        self.setAccessibleName(text)

    def set_selected(self, selected: bool) -> None:
        """Show whether this is the finding that was gone to."""
        set_property(self, "selected", selected)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.place is not None:
            self.place_wanted.emit(self.place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self.place is not None:
            self.place_wanted.emit(self.place)
            return
        super().keyPressEvent(event)


class DeclaredRow(View):
    """One value. ``place_wanted`` carries where it stands in a document; again and again, one place after another."""

    place_wanted = Signal(object)

    def __init__(self, value: Declared, numbers: Numbers, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="row")
        self.setObjectName(f"declared_{value.field}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.value = value
        self._places: tuple[Place, ...] = ()
        self._numbers: list[int] = []
        self._next = 0
        self._icon = IconLabel("", Tone.MUTED)
        self._name = label("caption")
        self._shown = WordsLabel()
        self._copy = IconButton("copy", size=16, quiet=True)
        self._copy.setObjectName(f"copy_{value.field}")
        self._show = Button("quiet", "search", compact=True)
        self._show.setObjectName(f"show_{value.field}")
        self._show.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.lines: list[FindingLine] = []
        layout = row(self, spacing=SPACE_2, margins=(0, 3, 0, 3))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        self._words = column(spacing=1)
        self._words.addWidget(self._name)
        self._words.addWidget(self._shown)
        self._words.addWidget(self._show, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addLayout(self._words, 1)
        layout.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        self._copy.clicked.connect(self._to_clipboard)
        self._show.clicked.connect(self.show_next_place)
        self.show_value(value, numbers)

    def show_value(self, value: Declared, numbers: Numbers) -> None:
        """Show the value of another case; a row that is there already is styled and laid out."""
        self.value = value
        self._places = tuple(place for place in value.places if place.document_id in numbers)
        self._numbers = sorted({numbers[place.document_id] for place in self._places})
        self._next = 0
        status = value.status
        self._icon.show_icon(*(STATUS_LOOKS[status] if status else ("", Tone.MUTED)))
        self._icon.setToolTip(plain_hint("\n".join(finding.message for finding in value.findings)))
        self._shown.show_words(value.shown)
        put_away(self._words, self.lines)
        self.lines = []
        for finding in value.findings:
            if finding.status is not CheckStatus.OK:
                line = FindingLine(finding, numbers, of_value=value)
                line.place_wanted.connect(self.place_wanted)
                self.lines.append(line)
                self._words.insertWidget(self._words.count() - 1, line)
        self._show.setVisible(bool(self._places))
        self.set_selected(False)
        self.retranslate()

    def retranslate(self) -> None:
        name = localized(self.value.name)
        self._name.setText(name)
        self._copy.set_name(self.tr("Copy: {name}").format(name=name))
        documents = ", ".join(str(number) for number in self._numbers)
        self._show.setText(self.tr("In document %1", "", len(self._numbers)).replace("%1", documents))
        self._show.setAccessibleName(self.tr("Show where it stands: {name}").format(name=name))
        self.setAccessibleName(f"{name}: {self.value.shown}")

    def set_selected(self, selected: bool) -> None:
        """Show whether this is the value that was gone to."""
        set_property(self, "selected", selected)

    def show_next_place(self) -> None:
        """Go to the next of its places, if it has any."""
        if self._places:
            self.place_wanted.emit(self._places[self._next % len(self._places)])
            self._next += 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and self._places:
            self.show_next_place()
            return
        super().keyPressEvent(event)

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self.value.copied)
        words = self.tr("Copied: {name}").format(name=localized(self.value.name))
        QToolTip.showText(self._copy.mapToGlobal(self._copy.rect().bottomLeft()), words, self._copy)
        announce(self._copy, words)


class DeclaredView(View):
    """All declared values, and below them the findings that belong to none of them. ``place_wanted`` carries a place."""

    place_wanted = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = column(self, spacing=SPACE_1)
        self.rows: list[DeclaredRow] = []
        self._made: dict[str, DeclaredRow] = {}
        self.findings: list[FindingLine] = []
        self._title = label("overline")
        self._layout.addWidget(self._title)
        self._shown: tuple[object, ...] = ()
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(self.tr("Findings"))

    def show_values(self, values: tuple[Declared, ...], findings: tuple[CheckFinding, ...], numbers: Numbers) -> None:
        """Show values and findings; nothing is built anew when nothing changed."""
        if self._shown == (values, findings, dict(numbers)):
            return
        self._shown = (values, findings, dict(numbers))
        fields = {value.field for value in values}
        for field, line in self._made.items():
            line.setVisible(field in fields)
        self.rows = [self._row(value, numbers) for value in values]
        put_away(self._layout, self.findings)
        self.findings = [FindingLine(finding, numbers) for finding in findings]
        self._title.setVisible(bool(findings))
        for number, finding in enumerate(self.findings):
            finding.setObjectName(f"finding_{number}")
            self._layout.addWidget(finding)
            finding.place_wanted.connect(self.place_wanted)

    def _row(self, value: Declared, numbers: Numbers) -> DeclaredRow:
        """Show a value in the row of its field, which is made when it is first needed."""
        line = self._made.get(value.field)
        if line is None:
            line = DeclaredRow(value, numbers)
            line.place_wanted.connect(self.place_wanted)
            place = DECLARED_FIELDS.index(value.field)
            self._layout.insertWidget(sum(field in self._made for field in DECLARED_FIELDS[:place]), line)
            self._made[value.field] = line
        else:
            line.show_value(value, numbers)
        return line

    def row_of(self, field: str) -> DeclaredRow | None:
        """Give the row of a declared field."""
        return next((line for line in self.rows if line.value.field == field), None)

    def line_of(self, finding: CheckFinding) -> FindingLine | None:
        """Give the line of a finding, whether it stands at a value or below."""
        lines = [*(line for value in self.rows for line in value.lines), *self.findings]
        return next((line for line in lines if line.finding == finding), None)

    def select(self, chosen: DeclaredRow | FindingLine | None) -> None:
        """Mark what was gone to, and nothing else."""
        for line in self.rows:
            line.set_selected(line is chosen)
            for finding in line.lines:
                finding.set_selected(finding is chosen)
        for finding in self.findings:
            finding.set_selected(finding is chosen)
