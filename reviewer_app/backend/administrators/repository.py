# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading changes of administrators."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, literal_column, select
from sqlalchemy.orm import Session

from reviewer_app.backend.administrators.tables import ChangeRecord
from reviewer_app.contract.customer_administrators import OPEN_CHANGE_STATES

# Written out as in the partial index: with parameters there, SQLite prepares the statement anew each time.
_OPEN = ChangeRecord.state.in_([literal_column(f"'{state}'") for state in sorted(OPEN_CHANGE_STATES)])

_OF_COMPANY = (
    select(ChangeRecord)
    .where(ChangeRecord.company_id == bindparam("company_id"))
    .order_by(ChangeRecord.requested_at.desc(), ChangeRecord.id)
)


def open_change(session: Session, company_id: str) -> ChangeRecord | None:
    """Give the change of a company that is not over."""
    chosen = select(ChangeRecord).where(ChangeRecord.company_id == company_id, _OPEN)
    return session.scalars(chosen, execution_options={"populate_existing": True}).first()


def of_company(session: Session, company_id: str) -> Sequence[ChangeRecord]:
    """Give all changes of a company, newest first."""
    return session.scalars(_OF_COMPANY, {"company_id": company_id}).all()
