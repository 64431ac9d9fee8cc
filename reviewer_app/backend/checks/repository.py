# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing findings."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from reviewer_app.backend.checks.tables import Finding


def replace(session: Session, company_id: str, findings: Sequence[Finding]) -> None:
    """Put these findings in the place of the company's earlier ones."""
    session.execute(delete(Finding).where(Finding.company_id == company_id))
    session.add_all(findings)


def of_company(session: Session, company_id: str) -> Sequence[Finding]:
    """Give the company's findings in their order."""
    return session.scalars(select(Finding).where(Finding.company_id == company_id).order_by(Finding.position)).all()
