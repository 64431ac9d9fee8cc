# SPDX-License-Identifier: AGPL-3.0-or-later
"""An act that did not go through: mine beside theirs, and what can be done. Nothing is lost unless the person says so."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QWidget

from reviewer_app.contract.staff import HistoryEntry
from reviewer_app.contract.states import COMPANY_STATE_TEXTS
from reviewer_app.desk.cases import Case
from reviewer_app.desk.rows import ActKind, ActState, PendingAct
from reviewer_app.models.decision.mine import mine_text
from reviewer_app.models.decision.outbox_model import OutboxModel
from reviewer_app.models.texts import localized, moment_text
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from reviewer_app.views.common.view import column, row
from reviewer_app.views.shell.outbox_bar import CONFLICT_DIALOG

WIDTH = 720
TEXT_HEIGHT = 160
MOST_ACTS = 4
_QUIET = frozenset(
    {"claimed", "claim_released", "claim_ended", "claim_taken_over", "claimed_though_assigned", "checks_refreshed"}
)


class ConflictDialog(QDialog):
    """Shows what the person wrote beside how the case stands on the server now.

    A decision becomes the draft again. Anything else is sent again on the case as it is shown here, or discarded.
    """

    def __init__(self, model: OutboxModel, act: PendingAct, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(CONFLICT_DIALOG)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH)
        self._model = model
        self._act = act
        self._version: int | None = None
        self._again = Button("" if act.kind is ActKind.DECISION else "primary")
        conflict = act.state is ActState.CONFLICT
        self.setWindowTitle(self.tr("The case changed") if conflict else self.tr("Not accepted"))
        layout = column(self, spacing=SPACE_3, margins=(SPACE_6, SPACE_6, SPACE_6, SPACE_6))
        title = label("title")
        title.setText(self.windowTitle())
        layout.addWidget(title)
        self._name = label("strong", wrap=True)
        self._name.setObjectName("conflictCase")
        layout.addWidget(self._name)
        server = label(wrap=True)
        server.setText(localized(act.problem) if act.problem else "")
        layout.addWidget(server)
        self._mine_text = self._text("conflictText", mine_text(act, {}))
        self._theirs_text = self._text("conflictTheirs", self.tr("Being read…"))
        sides = row(spacing=SPACE_4)
        for heading, text in (
            (self.tr("Mine, of {moment}").format(moment=moment_text(act.created_at)), self._mine_text),
            (self.tr("Theirs, on the server now"), self._theirs_text),
        ):
            side = column(spacing=SPACE_2)
            name = label("overline")
            name.setText(heading)
            name.setBuddy(text)
            text.setAccessibleName(heading)
            side.addWidget(name)
            side.addWidget(text)
            sides.addLayout(side, 1)
        layout.addLayout(sides)
        layout.addLayout(self._buttons(conflict))
        model.theirs.connect(self._show_theirs)
        model.theirs_unknown.connect(self._say_unknown)
        model.look_at_theirs(act)

    def _text(self, name: str, text: str) -> QPlainTextEdit:
        made = QPlainTextEdit(text)
        made.setObjectName(name)
        made.setReadOnly(True)
        made.setFixedHeight(TEXT_HEIGHT)
        made.setTabChangesFocus(True)
        return made

    def _show_theirs(self, found: tuple[Case, tuple[HistoryEntry, ...]]) -> None:
        case, history = found
        if case.detail.id != self._act.company_id:
            return
        self._version = case.detail.version
        self._again.setEnabled(True)
        self._name.setText(case.detail.name)
        self._mine_text.setPlainText(mine_text(self._act, {item.id: item.kind for item in case.detail.documents}))
        lines = [localized(COMPANY_STATE_TEXTS[case.detail.state])]
        if case.detail.assignee is not None:
            lines.append(self.tr("Held by {name}").format(name=case.detail.assignee.display_name))
        latest = sorted((one for one in history if one.kind not in _QUIET), key=_moment, reverse=True)[:MOST_ACTS]
        lines += [f"{moment_text(one.at)}  {one.actor_name or ''}  {one.text}" for one in latest]
        self._theirs_text.setPlainText("\n".join(lines))

    def _say_unknown(self) -> None:
        if self._version is None:
            self._theirs_text.setPlainText(self.tr("The case cannot be read now."))

    def _buttons(self, conflict: bool) -> QHBoxLayout:
        buttons = row(spacing=SPACE_2)
        buttons.addStretch(1)
        later = Button()
        later.setText(self.tr("Later"))
        later.clicked.connect(self.close)
        buttons.addWidget(later)
        decided = self._act.kind is ActKind.DECISION
        end = Button("primary" if decided else "")
        end.setObjectName("dismissAct")
        end.setText(self.tr("Back to my draft") if decided else self.tr("Discard"))
        end.clicked.connect(self._dismiss)
        self._again.setObjectName("retryAct")
        self._again.setText(self.tr("Send again"))
        self._again.setEnabled(not conflict)  # first the case is seen as it is now
        self._again.clicked.connect(self._retry)
        for button in (self._again, end) if decided else (end, self._again):
            buttons.addWidget(button)
        if decided and conflict:
            self._again.hide()
        return buttons

    def _retry(self) -> None:
        decided = self._act.kind is ActKind.DECISION  # what was decided was decided on what was to be seen then
        self._model.retry(self._act.id, None if decided else self._version)
        self.close()

    def _dismiss(self) -> None:
        self._model.dismiss(self._act.id)
        self.close()


def _moment(entry: HistoryEntry) -> datetime:
    return entry.at
