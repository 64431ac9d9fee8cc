# SPDX-License-Identifier: AGPL-3.0-or-later
"""The held decision with its countdown, and the bar and screen for acts that did not go through."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from reviewer_app.contract.states import OUTCOME_TEXTS
from reviewer_app.desk.rows import ActKind, ActState, PendingAct
from reviewer_app.models.decision.outbox_model import OutboxModel
from reviewer_app.models.texts import localized, moment_text
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.messages import MessageBar, Toast
from reviewer_app.views.common.tokens import SPACE_2, SPACE_3, SPACE_6
from reviewer_app.views.common.view import column, row


class HeldToast(QObject):
    """Shows the countdown of the decision that can still be undone."""

    def __init__(self, model: OutboxModel, actions: Actions, host: QWidget) -> None:
        super().__init__(host)
        self._model = model
        self._actions = actions
        self._act: PendingAct | None = None
        self.toast = Toast("undoToast", host)
        model.held_changed.connect(self._show)
        model.done.connect(self._done)
        self.toast.acted.connect(model.undo)

    def _show(self, act: PendingAct | None, seconds: int) -> None:
        if act is None:
            if self._act is not None:
                self.toast.hide()
            self._act = None
            return
        words = self.tr("{outcome}: sending in {seconds} s").format(
            outcome=localized(OUTCOME_TEXTS[act.outcome]) if act.outcome else "", seconds=seconds
        )
        if self._act is not None and self._act.id == act.id and self.toast.isVisible():
            self.toast.set_text(words)
        else:
            undo = self.tr("Undo  ({keys})").format(keys=self._actions.keys_of(ActionId.UNDO_DECISION))
            self.toast.show_message(words, Tone.INFO, action=undo, milliseconds=0)
        self._act = act

    def _done(self, act: PendingAct) -> None:
        words = {
            ActKind.DECISION: self.tr("The decision was sent."),
            ActKind.NOTE: self.tr("The note was saved."),
            ActKind.HOLD: self.tr("Saved."),
            ActKind.REOPEN: self.tr("The case was reopened."),
            ActKind.SUSPEND: self.tr("The company was suspended."),
            ActKind.RESTORE: self.tr("The company was restored."),
        }
        if self._model.held is None:
            self.toast.show_message(words[act.kind], Tone.SUCCESS)


class TroubleBar(MessageBar):
    """Says that an act did not go through, and leads to the screen about it."""

    def __init__(self, model: OutboxModel, *, parent: QWidget | None = None) -> None:
        super().__init__("troubleBar", parent=parent)
        self._model = model
        model.troubled_changed.connect(self._show)
        self.acted.connect(self._open)

    def retranslate(self) -> None:
        super().retranslate()
        if hasattr(self, "_model"):
            self._show(self._model.troubled)

    def _show(self, acts: tuple[PendingAct, ...]) -> None:
        if not acts:
            self.hide()
            return
        conflict = any(act.state is ActState.CONFLICT for act in acts)
        words = (
            self.tr("A case changed before your decision reached the server. Nothing was sent; your text is kept.")
            if conflict
            else self.tr("%n act(s) of yours were not accepted. Your text is kept.", "", len(acts))
        )
        self.show_message(words, Tone.DANGER, action=self.tr("Show"), closable=False)

    def _open(self) -> None:
        if self._model.troubled:
            ConflictDialog(self._model, self._model.troubled[0], self.window()).show()


class ConflictDialog(QDialog):
    """One act that did not go through: what the server says, what was written, and what can be done. Nothing is lost."""

    def __init__(self, model: OutboxModel, act: PendingAct, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("conflictDialog")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(520)
        self._model = model
        self._act = act
        conflict = act.state is ActState.CONFLICT
        self.setWindowTitle(self.tr("The case changed") if conflict else self.tr("Not accepted"))
        layout = column(self, spacing=SPACE_3, margins=(SPACE_6, SPACE_6, SPACE_6, SPACE_6))
        title = label("title")
        title.setText(self.windowTitle())
        layout.addWidget(title)
        server = label(wrap=True)
        server.setText(localized(act.problem) if act.problem else "")
        layout.addWidget(self._heading(self.tr("The server says")))
        layout.addWidget(server)
        layout.addWidget(
            self._heading(self.tr("What you wrote on {moment}").format(moment=moment_text(act.created_at)))
        )
        mine = QPlainTextEdit(self._mine())
        mine.setObjectName("conflictText")
        mine.setReadOnly(True)
        mine.setFixedHeight(120)
        layout.addWidget(mine)
        layout.addLayout(self._buttons(conflict))

    def _mine(self) -> str:
        parts = [localized(OUTCOME_TEXTS[self._act.outcome])] if self._act.outcome else []
        return "\n".join([*parts, self._act.text or ""])

    def _heading(self, text: str) -> QWidget:
        made = label("overline")
        made.setText(text)
        return made

    def _buttons(self, conflict: bool) -> QHBoxLayout:
        buttons = row(spacing=SPACE_2)
        buttons.addStretch(1)
        later = Button()
        later.setText(self.tr("Later"))
        later.clicked.connect(self.close)
        buttons.addWidget(later)
        if not conflict:
            again = Button()
            again.setObjectName("retryAct")
            again.setText(self.tr("Send again"))
            again.clicked.connect(self._retry)
            buttons.addWidget(again)
        take = Button("primary")
        take.setObjectName("dismissAct")
        take.setText(self.tr("Back to my draft"))
        take.clicked.connect(self._dismiss)
        buttons.addWidget(take)
        return buttons

    def _retry(self) -> None:
        self._model.retry(self._act.id)
        self.close()

    def _dismiss(self) -> None:
        self._model.dismiss(self._act.id)
        self.close()
