# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is meant for the person, whatever is on the screen: mentions, answers of their customers, cases given to them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.models.session.answers_model import AnswersModel

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk
    from reviewer_app.desk.events import CasesChanged
    from reviewer_app.desk.queue_work import Notice

MENTIONED, ANSWERED, ASSIGNED = "mentioned", "answered", "assigned"
_WORTH_ASKING = frozenset({"note_added", "submitted", "administrator_change_submitted", "assigned"})


class NoticesModel(QObject):
    """``noticed`` carries the kind (one of the three above), the id and the name of the company, and who did it.

    What came while nobody was signed in is told at the next sign-in.
    """

    noticed = Signal(str, str, str, str)

    def __init__(self, desk: Desk, runner: Runner, answers: AnswersModel, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._answers = answers
        self._asking = False
        self._again = False
        answers.answered.connect(self._answered)

    def follow(self, event: CasesChanged) -> None:
        """Ask the server when something may be meant for the person. One call at a time: each moves the place on."""
        if not (event.everything or event.kinds & _WORTH_ASKING):
            return
        if self._asking:
            self._again = True
            return
        self._ask()

    def _ask(self) -> None:
        self._asking = True
        self._runner.run(self._desk.queue_work.notices, owner=self, on_success=self._tell, on_failure=self._not_asked)

    def _tell(self, notices: Sequence[Notice]) -> None:
        for notice in notices:
            if notice.kind == ANSWERED:
                self._answers.hear(notice.company_id, notice.company_name)
            else:
                self.noticed.emit(notice.kind.value, notice.company_id, notice.company_name, notice.by)
        self._asked()

    def _answered(self, company_id: str, name: str) -> None:
        self.noticed.emit(ANSWERED, company_id, name, "")

    def _not_asked(self, _error: BaseException) -> None:
        self._asked()  # the place stays: the next change, or the connection's return, asks again

    def _asked(self) -> None:
        self._asking = False
        if self._again:
            self._again = False
            self._ask()
