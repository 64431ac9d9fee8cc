# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seen before: other companies with the same file, number, signatory, address, contact or bank account."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import namesakes
from reviewer_app.backend.companies.service import Company
from reviewer_app.backend.decisions.service import last_outcomes
from reviewer_app.backend.documents.service import companies_with_files
from reviewer_app.contract.case_context import Sighting, SightingKind
from reviewer_app.contract.states import CompanyState

MOST_OF_A_KIND = 10


class _Shared(NamedTuple):
    kind: SightingKind
    value: str
    company_id: str


def sightings_of(session: Session, company: Company) -> tuple[Sighting, ...]:
    """List other companies that have something in common with one, at most ten of a kind, the newest first."""
    shared = [*_by_columns(session, company), *_by_signatory(session, company), *_by_file(session, company)]
    ids = sorted({one.company_id for one in shared})
    if not ids:
        return ()
    others = {row.id: row for row in session.scalars(select(Company).where(Company.id.in_(ids)))}
    outcomes = last_outcomes(session, ids)
    found = []
    for one in shared:
        other, decided = others[one.company_id], outcomes.get(one.company_id)
        found.append(
            Sighting(
                kind=one.kind,
                value=one.value,
                company_id=other.id,
                name=other.name,
                nip=other.nip,
                state=CompanyState(other.state),
                outcome=decided[0] if decided else None,
                decided_at=decided[1] if decided else None,
            )
        )
    return tuple(found)


def _by_columns(session: Session, company: Company) -> Iterator[_Shared]:
    columns: tuple[tuple[SightingKind, Any, str | None, str], ...] = (
        (SightingKind.NUMBER, Company.nip, company.nip, company.nip),
        (SightingKind.NUMBER, Company.regon, company.regon, company.regon or ""),
        (SightingKind.NUMBER, Company.krs, company.krs, company.krs or ""),
        (SightingKind.ADDRESS, Company.seat_key, company.seat_key, _address(company)),
        (SightingKind.CONTACT, Company.phone, company.phone, company.phone or ""),
        (SightingKind.CONTACT, Company.email, company.email, company.email or ""),
        (SightingKind.BANK_ACCOUNT, Company.bank_account, company.bank_account, company.bank_account or ""),
    )
    seen: set[tuple[SightingKind, str]] = set()
    for kind, column, value, shown in columns:
        if not value:
            continue
        for company_id in _others(session, company, column == value):
            if (kind, company_id) not in seen:
                seen.add((kind, company_id))
                yield _Shared(kind, shown, company_id)


def _by_signatory(session: Session, company: Company) -> Iterator[_Shared]:
    if company.administrator_id is None:
        return
    name, accounts = namesakes(session, company.administrator_id, most=MOST_OF_A_KIND)
    if accounts:
        for company_id in _others(session, company, Company.administrator_id.in_(accounts)):
            yield _Shared(SightingKind.SIGNATORY, name, company_id)


def _by_file(session: Session, company: Company) -> Iterator[_Shared]:
    for company_id, file_name in companies_with_files(session, company.id, most=MOST_OF_A_KIND):
        yield _Shared(SightingKind.FILE, file_name, company_id)


def _others(session: Session, company: Company, same: ColumnElement[bool]) -> Sequence[str]:
    chosen = select(Company.id).where(same, Company.id != company.id).order_by(Company.created_at.desc())
    return session.scalars(chosen.limit(MOST_OF_A_KIND)).all()


def _address(company: Company) -> str:
    seat = company.seat or {}
    return ", ".join(str(seat[name]) for name in ("street", "building", "postal_code", "city") if seat.get(name))
