# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing companies and what they are found by."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import bindparam, delete, func, insert, select
from sqlalchemy.orm import Session

from reviewer_app.backend.companies.tables import Company, NipLock, SearchToken
from reviewer_app.backend.employees.service import PRESENT, EmployeeRecord
from reviewer_app.backend.kit.counters import raise_counter
from reviewer_app.backend.kit.database import table_of
from reviewer_app.contract.states import CompanyState

_LOCKED = select(Company).where(Company.id == bindparam("company_id")).with_for_update()
_PLACE = (
    select(Company, EmployeeRecord)
    .join(EmployeeRecord, EmployeeRecord.company_id == Company.id)
    .where(EmployeeRecord.user_id == bindparam("user_id"), PRESENT)
)
_company = table_of(Company).c
_NIP_TAKEN = (
    select(_company.id)
    .where(
        _company.nip == bindparam("shared_nip"),
        _company.id != bindparam("company_id"),
        _company.state.in_((CompanyState.APPROVED, CompanyState.ACTIVE, CompanyState.SUSPENDED)),
    )
    .limit(1)
)


def by_id(session: Session, company_id: str) -> Company | None:
    """Give a company by its id."""
    return session.get(Company, company_id)


def place_of(session: Session, user_id: str) -> tuple[Company, EmployeeRecord] | None:
    """Give the company in whose list a user is, and their entry. Every page of a company asks this."""
    row = session.execute(_PLACE, {"user_id": user_id}).first()
    return (row[0], row[1]) if row else None


def locked(session: Session, company_id: str) -> Company | None:
    """Give a company as it is now and keep others from changing it until the transaction ends."""
    options = {"populate_existing": True}
    return session.scalars(_LOCKED, {"company_id": company_id}, execution_options=options).first()


def of_administrator(session: Session, user_id: str) -> Company | None:
    """Give the company of its administrator, unless the account was cleared, and keep others from changing it."""
    chosen = select(Company).where(Company.administrator_id == user_id, Company.state != CompanyState.CLEARED)
    return session.scalars(chosen.with_for_update(), execution_options={"populate_existing": True}).first()


def sharing_nip(session: Session, nip: str) -> Sequence[Company]:
    """Give all companies with a NIP but the cleared ones, and make others that touch this NIP wait.

    Call it in a fixed order of NIPs, or two transactions may wait for each other.
    """
    raise_counter(session, NipLock.nip, nip, NipLock.declared)
    chosen = select(Company).where(Company.nip == nip, Company.state != CompanyState.CLEARED).order_by(Company.id)
    return session.scalars(chosen.with_for_update(), execution_options={"populate_existing": True}).all()


def others_with_nip(session: Session, company: Company) -> int:
    """Count the other companies with the same NIP, but the cleared ones."""
    chosen = select(func.count()).where(
        Company.nip == company.nip, Company.id != company.id, Company.state != CompanyState.CLEARED
    )
    return int(session.scalar(chosen) or 0)


def nip_taken(session: Session, company: Company) -> bool:
    """Say whether another company with the same NIP is approved, active or suspended."""
    values = {"shared_nip": company.nip, "company_id": company.id}
    return session.connection().execute(_NIP_TAKEN, values).first() is not None


def replace_tokens(session: Session, company_id: str, tokens: Collection[str]) -> None:
    """Have a company found by these tokens and by no others."""
    known = set(session.scalars(select(SearchToken.token).where(SearchToken.company_id == company_id)))
    gone, new = known - set(tokens), sorted(set(tokens) - known)
    if gone:
        session.execute(
            delete(SearchToken).where(SearchToken.company_id == company_id, SearchToken.token.in_(sorted(gone)))
        )
    if new:
        session.execute(insert(SearchToken), [{"token": token, "company_id": company_id} for token in new])
