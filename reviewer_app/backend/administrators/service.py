# SPDX-License-Identifier: AGPL-3.0-or-later
"""Changes of administrators, as far as other features have to know of them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.administrators import repository
from reviewer_app.backend.administrators.tables import ChangeRecord

__all__ = ["ChangeRecord", "is_candidate", "open_change"]


def open_change(session: Session, company_id: str) -> ChangeRecord | None:
    """Give the change of a company that is not over, None without one."""
    return repository.open_change(session, company_id)


def is_candidate(session: Session, company_id: str, employee_id: str) -> bool:
    """Say whether a person is to become the administrator."""
    change = repository.open_change(session, company_id)
    return change is not None and change.candidate_id == employee_id
