# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of administrators, as far as other features have to know of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from reviewer_app.backend.administrators import repository
from reviewer_app.backend.administrators.tables import ChangeRecord
from reviewer_app.backend.documents import service as documents
from reviewer_app.backend.documents.service import Document
from reviewer_app.backend.employees import service as employees
from reviewer_app.backend.employees.service import EmployeeRecord
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.customer_administrators import ChangeState
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CaseKind, DocumentKind, DocumentState, Outcome

__all__ = [
    "ChangeRecord",
    "candidate",
    "candidate_user_id",
    "is_candidate",
    "new_sheets",
    "open_change",
    "settle",
    "settled_columns",
]

CANDIDATE = "candidate"
"""What is missing while the new administrator has not finished registration."""

_STATES = {
    Outcome.APPROVE: ChangeState.ACCEPTED,
    Outcome.REQUEST_CORRECTION: ChangeState.CORRECTION_REQUESTED,
    Outcome.REJECT: ChangeState.REFUSED,
}


def open_change(session: Session, company_id: str) -> ChangeRecord | None:
    """Give the change of a company that is not over, None without one."""
    return repository.open_change(session, company_id)


def is_candidate(session: Session, company_id: str, employee_id: str) -> bool:
    """Say whether a person is to become the administrator."""
    change = repository.open_change(session, company_id)
    return change is not None and change.candidate_id == employee_id


def candidate(session: Session, change: ChangeRecord) -> EmployeeRecord:
    """Give who is to become the administrator, also when they have left since a change that is over."""
    return session.get_one(EmployeeRecord, change.candidate_id)


def candidate_user_id(session: Session, change: ChangeRecord) -> str:
    """Give the account of who is to become the administrator. Raises ``incomplete`` until they have one."""
    user_id = candidate(session, change).user_id
    if user_id is None:
        raise ProblemError(ProblemCode.INCOMPLETE, missing=[CANDIDATE])
    return user_id


def new_sheets(session: Session, change: ChangeRecord) -> Sequence[Document]:
    """Give the authorizations that came for a change and stand today."""
    return [
        document
        for document in documents.current_documents(session, change.company_id)
        if document.kind == DocumentKind.AUTHORIZATION and document.id not in change.previous_sheets
    ]


def settled_columns(session: Session, change: ChangeRecord, outcome: Outcome) -> dict[str, Any]:
    """Give the columns of the company that a decision on a change sets: who is the administrator now (R4)."""
    columns: dict[str, Any] = {"case_kind": CaseKind.REGISTRATION}
    if outcome is Outcome.APPROVE:
        columns["administrator_id"] = candidate_user_id(session, change)
        columns["authorization_number"] = change.authorization_number
    return columns


def settle(session: Session, change: ChangeRecord, outcome: Outcome, *, decision_id: str, now: datetime) -> None:
    """Bring a change where a decision leads. Of the old and the new authorization only one stands from now on."""
    change.state = _STATES[outcome].value
    change.decision_id, change.decided_at = decision_id, now
    if outcome is Outcome.APPROVE:
        current = documents.current_documents(session, change.company_id)
        documents.supersede(session, [document for document in current if document.id in change.previous_sheets])
        employees.set_granted(candidate(session, change), ())
    elif outcome is Outcome.REJECT:
        drop_sheets(session, change)


def drop_sheets(session: Session, change: ChangeRecord) -> None:
    """Have the authorizations of a change that came to nothing stand no longer, but for those that staff refused."""
    dropped = [sheet for sheet in new_sheets(session, change) if sheet.state != DocumentState.REFUSED]
    documents.supersede(session, dropped)
