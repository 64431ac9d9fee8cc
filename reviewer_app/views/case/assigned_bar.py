# SPDX-License-Identifier: AGPL-3.0-or-later
"""Warns who is about to claim a case that is a colleague's to do; hidden until then."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.texts import moment_text
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.messages import MessageBar


class AssignedBar(MessageBar):
    """Says whose the case is and offers to claim it all the same."""

    def __init__(self, model: CaseModel, *, parent: QWidget | None = None) -> None:
        super().__init__("assignedBar", parent=parent)
        self._model = model
        model.assigned.connect(self._warn)
        model.changed.connect(self._follow)
        model.closed.connect(self.hide)
        model.opened.connect(self.hide)
        self.acted.connect(self._claim)

    def retranslate(self) -> None:
        super().retranslate()
        if not self.isHidden():
            self._show()

    def _warn(self) -> None:
        self._show()
        self.focus_action()

    def _show(self) -> None:
        given = self._model.colleague
        if given is None:
            self.hide()
            return
        words = self.tr("This case is assigned to {name} (by {by}, {moment}). Claim it all the same?")
        text = words.format(name=given.person.display_name, by=given.by, moment=moment_text(given.at))
        self.show_message(text, Tone.WARNING, action=self.tr("Claim anyway"))

    def _follow(self) -> None:
        if not self.isHidden() and (self._model.colleague is None or self._model.is_mine):
            self.hide()

    def _claim(self) -> None:
        self.hide()
        self._model.claim_anyway()
