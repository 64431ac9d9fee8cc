# SPDX-License-Identifier: AGPL-3.0-or-later
"""What changes of administrators need of those who manage people."""

from __future__ import annotations

from typing import Protocol

from sqlalchemy.orm import Session

from reviewer_app.backend.companies.service import Acting
from reviewer_app.backend.employees.service import EmployeeRecord
from reviewer_app.contract.customer_team import EmployeeRequest
from reviewer_app.contract.history import HistoryKind


class People(Protocol):
    """Invites people and lets them go."""

    def invite(self, session: Session, actor: Acting, request: EmployeeRequest) -> EmployeeRecord:
        """Enter a person and mail the invitation."""
        ...

    def leave(self, session: Session, person: Acting, *, kind: HistoryKind) -> None:
        """Have a person leave by themself."""
        ...
