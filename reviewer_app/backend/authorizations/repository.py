# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing numbered sheets."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.authorizations.tables import Sheet, SheetCounter
from reviewer_app.backend.kit.counters import raise_counter


def of_data(session: Session, company_id: str, variant: str, digest: str) -> Sheet | None:
    """Give the sheet that was made for this variant and data."""
    chosen = select(Sheet).where(Sheet.company_id == company_id, Sheet.variant == variant, Sheet.digest == digest)
    return session.scalars(chosen).first()


def numbers_of(session: Session, company_id: str) -> Sequence[str]:
    """List the numbers of all sheets of a company."""
    return session.scalars(select(Sheet.number).where(Sheet.company_id == company_id).order_by(Sheet.made_at)).all()


def next_serial(session: Session, year: int) -> int:
    """Take the next serial number of a year."""
    return raise_counter(session, SheetCounter.year, year, SheetCounter.last)
