# SPDX-License-Identifier: AGPL-3.0-or-later
"""A supervisor suspends the company of a case, restores it, or opens its decided case again, with a reason."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from reviewer_app.contract.permissions import StaffAct
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.case.suspension_model import SuspensionModel
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from reviewer_app.views.common.view import View, column, row

LONGEST_REASON = 4000
REASON_HEIGHT = 64


class SuspensionBar(View):
    """Words, a field for the reason, and the two buttons. What was typed on one case stays with that case."""

    def __init__(self, model: SuspensionModel, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="toolbar")
        self.setObjectName("suspensionBar")
        self._model = model
        self._company_id = ""
        self._shown_act: StaffAct | None = None
        self._unsent: dict[str, str] = {}
        self._title = label("strong")
        self._hint = label("caption", wrap=True)
        self._reason = QPlainTextEdit()
        self._reason.setObjectName("suspensionReason")
        self._reason.setFixedHeight(REASON_HEIGHT)
        self._reason.setTabChangesFocus(True)
        self._do = Button("danger")
        self._do.setObjectName("suspensionDo")
        self._cancel = Button("quiet")
        self._cancel.setObjectName("suspensionCancel")
        words = column(spacing=SPACE_1)
        for widget in (self._title, self._hint, self._reason):
            words.addWidget(widget)
        buttons = column(spacing=SPACE_2)
        buttons.addStretch(1)
        buttons.addWidget(self._do)
        buttons.addWidget(self._cancel)
        layout = row(self, spacing=SPACE_3, margins=(SPACE_4, SPACE_3, SPACE_4, SPACE_3))
        layout.addLayout(words, 1)
        layout.addLayout(buttons)
        self._reason.textChanged.connect(self._typed)
        self._do.clicked.connect(self._act)
        self._cancel.clicked.connect(self.hide)
        model.changed.connect(self.follow)
        model.acted.connect(self._acted)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        title, hint, do = self._words(self._model.act)
        self._title.setText(title)
        self._hint.setText(hint)
        self._reason.setPlaceholderText(self.tr("Reason"))
        self._reason.setAccessibleName(self.tr("Reason"))
        self._do.setText(do)
        self._cancel.setText(self.tr("Cancel"))
        self._typed()

    def _words(self, act: StaffAct | None) -> tuple[str, str, str]:
        """Give title, hint and the word of the button."""
        if act is StaffAct.RESTORE:
            hint = self.tr("Its people can work again. The administrator gets the reason by mail.")
            return self.tr("Restore the company"), hint, self.tr("Restore")
        if act is StaffAct.REOPEN:
            hint = self.tr("It waits for us again with all its documents. The reason stays with us.")
            return self.tr("Open the case again"), hint, self.tr("Reopen")
        hint = self.tr("Nobody can do anything in it until it is restored. Its people read the reason.")
        return self.tr("Suspend the company"), hint, self.tr("Suspend")

    def ask(self) -> None:
        """Show the bar, or put it away when it is there."""
        if self.isVisible():
            self.hide()
        elif self._model.act is not None:
            self.show()
            self._reason.setFocus()

    def follow(self) -> None:
        """Follow the case: another company, or another act, has a text of its own."""
        company_id, act = self._model.company_id, self._model.act
        if company_id == self._company_id and act is self._shown_act:
            return
        if company_id != self._company_id:
            self._unsent[self._company_id] = self._reason.toPlainText()
            if not company_id:
                self._unsent.clear()  # nobody is signed in, or no case is open: the next person finds nothing of it
            self._reason.setPlainText(self._unsent.pop(company_id, ""))
        self._company_id, self._shown_act = company_id, act
        self.hide()
        self.retranslate()

    def _typed(self) -> None:
        length = len(self._reason.toPlainText().strip())
        self._do.setEnabled(0 < length <= LONGEST_REASON)

    def _act(self) -> None:
        self._model.do(self._reason.toPlainText())

    def _acted(self, act: PendingAct) -> None:
        if act.company_id == self._company_id:
            self._reason.clear()
            self.hide()
