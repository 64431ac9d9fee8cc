# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is right in the open case of a test bench, and whether it may be told yet."""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CompanyState, Outcome

if TYPE_CHECKING:
    from reviewer_app.contract.bench import Expectation
    from reviewer_app.desk.desk import Desk

_PERSON_DECIDES = "person_decides"


class Told(StrEnum):
    """What is said about the open case."""

    NOTHING = "nothing"
    HIDDEN = "hidden"
    ANSWER = "answer"
    RIGHT = "right"
    DIFFERENT = "different"
    EITHER = "either"


class PracticeModel(QObject):
    """Answers stay hidden until a case is decided; supervisors may show them before. ``changed`` after each news."""

    changed = Signal()

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._company_id = ""
        self._state = CompanyState.PENDING_VERIFICATION
        self._expectation: Expectation | None = None
        self._decided: dict[str, Outcome] = {}

    @property
    def may_show(self) -> bool:
        """Whether the person may show the answers before a decision."""
        current = self._desk.session.current
        return current is not None and current.role in {StaffRole.SUPERVISOR, StaffRole.ADMIN}

    @property
    def hides(self) -> bool:
        """Whether answers are hidden until a case is decided."""
        return not self.may_show or not self._desk.preferences.switch("shows_answers")

    @property
    def expectation(self) -> Expectation | None:
        """What is right in the open case; None when there is none that the bench made."""
        return self._expectation

    @property
    def chosen(self) -> Outcome | None:
        """How the person decided the open case."""
        return self._decided.get(self._company_id)

    @property
    def told(self) -> Told:
        """What is to be said about the open case now."""
        if self._expectation is None:
            return Told.NOTHING
        waits = self._state is CompanyState.PENDING_VERIFICATION
        if self.chosen is None and self.hides and waits:
            return Told.HIDDEN
        if self._expectation.decision == _PERSON_DECIDES:
            return Told.EITHER
        if self.chosen is None:
            return Told.ANSWER
        return Told.RIGHT if self._expectation.decision == self.chosen.value else Told.DIFFERENT

    def set_hides(self, hides: bool) -> None:
        """Hide or show the answers."""
        self._desk.preferences.set_switch("shows_answers", on=not hides)
        self.changed.emit()

    def show(self, company_id: str, state: CompanyState) -> None:
        """Follow the open case; an empty id for none."""
        self._state = state
        if company_id == self._company_id:
            self.changed.emit()
            return
        self._company_id, self._expectation = company_id, None
        self.changed.emit()
        if company_id:
            self._runner.run(
                partial(self._desk.practice.expectation, company_id=company_id),
                owner=self,
                on_success=self._read,
                on_failure=self._not_read,
                key="practice",
            )

    def decided(self, company_id: str, outcome: Outcome) -> None:
        """Note that a decision of the person was taken by the server."""
        self._decided[company_id] = outcome
        self.changed.emit()

    def _read(self, expectation: Expectation | None) -> None:
        self._expectation = expectation
        self.changed.emit()

    def _not_read(self, _error: BaseException) -> None:
        """Say nothing: an answer that cannot be read is no part of the work on a case."""
