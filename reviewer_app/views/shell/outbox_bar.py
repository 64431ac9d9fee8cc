# SPDX-License-Identifier: AGPL-3.0-or-later
"""The held decision with its countdown, and the bar and screen for acts that did not go through."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog, QWidget

from reviewer_app.contract.states import OUTCOME_NAMES
from reviewer_app.desk.rows import ActKind, ActState, PendingAct
from reviewer_app.models.decision.outbox_model import OutboxModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.actions import ActionId, Actions
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.messages import MessageBar, Toast

CONFLICT_DIALOG = "conflictDialog"


class HeldToast(QObject):
    """Shows the countdown of the decision that can still be undone, and short words in its place."""

    def __init__(self, model: OutboxModel, actions: Actions, host: QWidget) -> None:
        super().__init__(host)
        self._model = model
        self._actions = actions
        self._act: PendingAct | None = None
        self.toast = Toast("undoToast", host)
        model.held_changed.connect(self._show)
        model.done.connect(self._done)
        self.toast.acted.connect(model.undo)

    def hint(self, text: str) -> None:
        """Say for a moment why a key does nothing, unless there is a countdown, whose button must stay."""
        if self._act is None:
            self.toast.show_message(text, Tone.INFO)

    def _show(self, act: PendingAct | None, seconds: int) -> None:
        if act is None:
            if self._act is not None:
                self.toast.hide()
            self._act = None
            return
        words = self.tr("{outcome}: sending in {seconds} s").format(
            outcome=localized(OUTCOME_NAMES[act.outcome]) if act.outcome else "", seconds=seconds
        )
        if self._act is not None and self._act.id == act.id and self.toast.isVisible():
            self.toast.set_text(words)
        else:
            undo = self._actions.with_keys(self.tr("Undo"), ActionId.UNDO_DECISION)
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
        kinds = [act.kind for act in acts if act.state is ActState.CONFLICT]
        if ActKind.DECISION in kinds:
            words = self.tr(
                "A case changed before your decision reached the server. Nothing was sent; your text is kept."
            )
        elif kinds:
            words = self.tr("A case changed before what you did reached the server. Nothing was sent; it is kept.")
        else:
            words = self.tr("%n act(s) of yours were not accepted. Your text is kept.", "", len(acts))
        self.show_message(words, Tone.DANGER, action=self.tr("Show"), closable=False)

    def _open(self) -> None:
        shown = self.window().findChild(QDialog, CONFLICT_DIALOG)
        if shown is not None:
            shown.raise_()
            shown.activateWindow()
        elif self._model.troubled:
            from reviewer_app.views.shell.conflict_view import ConflictDialog  # noqa: PLC0415 -- seldom wanted

            ConflictDialog(self._model, self._model.troubled[0], self.window()).show()
