# SPDX-License-Identifier: AGPL-3.0-or-later
"""Declared data: each value with the result of its checks and a button that copies it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QToolTip, QWidget

from reviewer_app.contract.staff import CheckFinding, CheckStatus
from reviewer_app.models.case.declared import Declared
from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import IconButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import IconLabel, label
from reviewer_app.views.common.messages import announce
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2
from reviewer_app.views.common.view import View, column, row

STATUS_LOOKS: dict[CheckStatus, tuple[str, Tone]] = {
    CheckStatus.OK: ("check-circle", Tone.SUCCESS),
    CheckStatus.WARN: ("warning", Tone.WARNING),
    CheckStatus.FAIL: ("fail", Tone.DANGER),
    CheckStatus.UNKNOWN: ("unknown", Tone.MUTED),
}


class DeclaredRow(View):
    """One value with a button that copies it."""

    def __init__(self, value: Declared, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"declared_{value.field}")
        self._value = value
        self._name = label("caption")
        self._shown = label(wrap=True)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._shown.setText(value.shown)
        self._copy = IconButton("copy", size=16, quiet=True)
        self._copy.setObjectName(f"copy_{value.field}")
        layout = row(self, spacing=SPACE_2, margins=(0, 3, 0, 3))
        layout.addWidget(self._icon(), 0, Qt.AlignmentFlag.AlignTop)
        words = column(spacing=1)
        words.addWidget(self._name)
        words.addWidget(self._shown)
        for finding in value.findings:
            if finding.status in (CheckStatus.FAIL, CheckStatus.WARN):
                words.addWidget(finding_label(finding))
        layout.addLayout(words, 1)
        layout.addWidget(self._copy, 0, Qt.AlignmentFlag.AlignTop)
        self._copy.clicked.connect(self._to_clipboard)
        self.retranslate()

    def retranslate(self) -> None:
        name = localized(self._value.name)
        self._name.setText(name)
        self._copy.set_name(self.tr("Copy: {name}").format(name=name))

    def _icon(self) -> IconLabel:
        status = self._value.status
        icon_name, tone = STATUS_LOOKS[status] if status else ("", Tone.MUTED)
        icon = IconLabel(icon_name, tone)
        icon.setToolTip("\n".join(finding.message for finding in self._value.findings))
        return icon

    def _to_clipboard(self) -> None:
        QGuiApplication.clipboard().setText(self._value.copied)
        words = self.tr("Copied: {name}").format(name=localized(self._value.name))
        QToolTip.showText(self._copy.mapToGlobal(self._copy.rect().bottomLeft()), words, self._copy)
        announce(self._copy, words)


def finding_label(finding: CheckFinding) -> QWidget:
    """Write what a check found, in the colour of its result."""
    made = label("error" if finding.status is CheckStatus.FAIL else "warning", wrap=True)
    made.setText(finding.message)
    return made


class DeclaredView(View):
    """All declared values, and below them the findings that belong to none of them."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = column(self, spacing=SPACE_1)
        self._rows: list[QWidget] = []
        self._shown: tuple[object, ...] = ()

    def show_values(self, values: tuple[Declared, ...], findings: tuple[CheckFinding, ...]) -> None:
        """Show values and findings; nothing is built anew when nothing changed."""
        if self._shown == (values, findings):
            return
        self._shown = (values, findings)
        for old in self._rows:
            self._layout.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = []
        for value in values:
            self._add(DeclaredRow(value))
        for finding in findings:
            self._add(_FindingRow(finding))

    def _add(self, widget: QWidget) -> None:
        self._layout.addWidget(widget)
        self._rows.append(widget)


class _FindingRow(View):
    def __init__(self, finding: CheckFinding) -> None:
        super().__init__()
        layout = row(self, spacing=SPACE_2, margins=(0, 3, 0, 3))
        icon_name, tone = STATUS_LOOKS[finding.status]
        layout.addWidget(IconLabel(icon_name, tone), 0, Qt.AlignmentFlag.AlignTop)
        words = label("small", wrap=True)
        words.setText(finding.message)
        layout.addWidget(words, 1)
