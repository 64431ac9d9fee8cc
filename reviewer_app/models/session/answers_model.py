# SPDX-License-Identifier: AGPL-3.0-or-later
"""Cases that wait for their customers: tells when one has answered, whatever is on the screen."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.states import CompanyState
from reviewer_app.models.queue.waiting import waits_for_staff

if TYPE_CHECKING:
    from reviewer_app.desk.cases import Case
    from reviewer_app.desk.desk import Desk
    from reviewer_app.desk.events import CasesChanged


class AnswersModel(QObject):
    """``answered`` carries the id and the name of a company that sent its corrections.

    It knows the cases that the person sent back, or saw waiting for their customer, since signing in. ``settled`` carries
    the id of an answered case that does not wait for staff any more.
    """

    answered = Signal(str, str)
    settled = Signal(str)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._expected: set[str] = set()
        self._answered: set[str] = set()

    def expect(self, company_id: str) -> None:
        """Wait for the answer of a company."""
        self._expected.add(company_id)
        self._settle(company_id)

    def hear(self, company_id: str, name: str) -> None:
        """Take in that the server tells of an answer; one that was told already is not told again."""
        self._expected.discard(company_id)
        if company_id not in self._answered:
            self._answered.add(company_id)
            self.answered.emit(company_id, name)

    def forget(self) -> None:
        """Wait for nothing, as when somebody else signs in."""
        self._expected.clear()
        self._answered.clear()

    def follow(self, event: CasesChanged) -> None:
        """Look at the expected and the answered cases among those that changed."""
        watched = self._expected | self._answered
        for company_id in watched if event.everything else watched & event.company_ids:
            self._runner.run(
                partial(self._desk.cases.open, company_id=company_id),
                owner=self,
                on_success=self._read,
                on_failure=self._not_read,
                key=f"answer-{company_id}",
            )

    def _read(self, case: Case) -> None:
        detail = case.detail
        waits = waits_for_staff(detail.state, detail.waiting_seconds)
        if not waits:
            self._settle(detail.id)
        if detail.id not in self._expected or detail.state is CompanyState.CORRECTION_REQUESTED:
            return
        self._expected.discard(detail.id)
        if waits:
            self._answered.add(detail.id)
            self.answered.emit(detail.id, detail.name)

    def _settle(self, company_id: str) -> None:
        if company_id in self._answered:
            self._answered.discard(company_id)
            self.settled.emit(company_id)

    def _not_read(self, _error: BaseException) -> None:
        """Leave it expected: the next change, or the connection's return, has it read again."""
