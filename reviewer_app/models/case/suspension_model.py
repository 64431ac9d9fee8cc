# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a supervisor does about a company as a whole: suspending and restoring it, and opening a decided case again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.case.case_model import CaseModel


class SuspensionModel(QObject):
    """What may be done about the company shown. Signals: ``changed`` after every answer about the case, ``failed``
    (error), ``acted`` (PendingAct) when the act was written down on its way to the server.
    """

    changed = Signal()
    failed = Signal(object)
    acted = Signal(object)

    def __init__(self, case: CaseModel, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._case = case
        self._desk = desk
        self._runner = runner
        case.changed.connect(self.changed)
        case.closed.connect(self.changed)

    @property
    def company_id(self) -> str:
        """The company shown, empty when none is."""
        return self._case.detail.id if self._case.detail else ""

    @property
    def act(self) -> StaffAct | None:
        """The act that the server allows now, None when it allows none. No state allows two of them."""
        acts = (StaffAct.SUSPEND, StaffAct.RESTORE, StaffAct.REOPEN)
        return next((act for act in acts if self._case.allows(act)), None)

    def do(self, reason: str) -> None:
        """Do the act on the version shown, with a reason."""
        detail, act = self._case.detail, self.act
        if detail is None or act is None or not reason.strip():
            return
        outbox = self._desk.outbox
        calls = {
            StaffAct.SUSPEND: outbox.suspend,
            StaffAct.RESTORE: outbox.restore,
            StaffAct.REOPEN: outbox.reopen,
        }
        self._runner.run(
            partial(calls[act], company_id=detail.id, version=detail.version, reason=reason.strip()),
            owner=self,
            on_success=self._written,
            on_failure=self.failed.emit,
            key="suspension",
        )

    def _written(self, act: PendingAct) -> None:
        self.acted.emit(act)
