# SPDX-License-Identifier: AGPL-3.0-or-later
"""What this computer keeps of customers' data, for how long, and how to remove it."""

from __future__ import annotations

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QWidget

from reviewer_app.desk.preferences import NUMBERS, Preferences
from reviewer_app.models.settings.settings_model import SettingsModel
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.fields import NumberField
from reviewer_app.views.common.labels import label
from reviewer_app.views.settings.form import Line, Page


class StoragePage(Page):
    """The copies of documents on this computer."""

    def __init__(self, model: SettingsModel, preferences: Preferences, *, parent: QWidget | None = None) -> None:
        super().__init__("storageSettings", parent=parent)
        self._model = model
        self._preferences = preferences
        self._figures = (0, 0)
        self._kept = label()
        self._kept.setObjectName("keptDocuments")
        self._days = NumberField()
        self._days.setObjectName("settingDocumentDays")
        self._days.setRange(NUMBERS["document_days"].least, NUMBERS["document_days"].most)
        self._days.setValue(preferences.number("document_days"))
        self._forget = Button("danger")
        self._forget.setObjectName("forgetDocuments")
        self._shown = [Line(self._kept), Line(self._days), Line(self._forget)]
        for line in self._shown:
            self.lines.addWidget(line)
        self.lines.addStretch(1)
        self._days.valueChanged.connect(self._choose_days)
        self._forget.clicked.connect(model.forget_documents)
        model.kept_known.connect(self._show_kept)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Copies on this computer"))
        self._shown[0].set_texts(self.tr("Kept documents"), self.tr("Readable by your account on this computer only."))
        self._shown[1].set_texts(
            self.tr("Days without use"),
            self.tr("A document not shown for so many days is removed. All are removed when you sign out."),
        )
        self._shown[2].set_texts(
            "", self.tr("Drafts and acts that have not been sent are your work: they are never removed here.")
        )
        self._forget.setText(self.tr("Remove all copies now"))
        self._show_kept(*self._figures)

    def show_values(self) -> None:
        """Count what is kept now."""
        self._model.look_at_kept()

    def _show_kept(self, documents: int, size: int) -> None:
        self._figures = (documents, size)
        words = self.tr("%n document(s)", "", documents)
        self._kept.setText(f"{words}, {QLocale().formattedDataSize(size)}")

    def _choose_days(self, days: int) -> None:
        self._preferences.set_number("document_days", days)
