# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a company declared each time it was handed to staff, and what changed in between."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from reviewer_app.backend.companies.tables import Company, SubmittedData
from reviewer_app.contract.case_context import FieldChange, Submission

_FIELDS = ("name", "legal_form", "nip", "regon", "krs", "seat", "phone", "email", "bank_account")
_SEAT = ("street", "building", "unit", "postal_code", "city", "country")


def keep(session: Session, company: Company) -> None:
    """Keep what a company declares at its submission."""
    at = company.submitted_at
    if at is not None:
        session.add(SubmittedData(company_id=company.id, at=at, round=company.round, declared=declared_texts(company)))


def submissions_of(session: Session, company: Company) -> tuple[Submission, ...]:
    """List the submissions of a company, oldest first, each with its changes since the one before."""
    chosen = select(SubmittedData).where(SubmittedData.company_id == company.id).order_by(SubmittedData.at)
    rows = session.scalars(chosen).all()
    before: Mapping[str, str | None] | None = None
    found = []
    for row in rows:
        changes = _changes(before, row.declared) if before is not None else ()
        found.append(Submission(round=row.round, at=row.at, changes=changes))
        before = row.declared
    return tuple(found)


def declared_texts(company: Company) -> dict[str, str | None]:
    """Write the declared fields as texts; an address is one line."""
    values = {name: getattr(company, name) for name in _FIELDS}
    seat = values["seat"]
    line = ", ".join(str(seat[name]) for name in _SEAT if seat.get(name)) if seat else None
    return {name: line if name == "seat" else (None if value is None else str(value)) for name, value in values.items()}


def _changes(before: Mapping[str, str | None], after: Mapping[str, str | None]) -> tuple[FieldChange, ...]:
    return tuple(
        FieldChange(field=name, before=before.get(name), after=after.get(name))
        for name in _FIELDS
        if before.get(name) != after.get(name)
    )
