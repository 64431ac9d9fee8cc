# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seen before: other companies with the same file, number, signatory, address, contact or bank account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, and_, select, text
from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import (
    Person,
    accounts_named,
    accounts_with_email,
    accounts_with_phone,
    person_of,
)
from reviewer_app.backend.authorizations.service import companies_of_sheets, people_on_sheets
from reviewer_app.backend.companies.service import Company
from reviewer_app.backend.decisions.service import last_outcomes
from reviewer_app.backend.documents.service import companies_with_files
from reviewer_app.contract.case_context import Sighting, SightingKind
from reviewer_app.contract.states import CompanyState

MOST_OF_A_VALUE = 10


class _Shared(NamedTuple):
    kind: SightingKind
    value: str
    company_id: str


def sightings_of(session: Session, company: Company) -> tuple[Sighting, ...]:
    """List other companies that have something in common with one, at most ten for each value, the newest first."""
    shared = _shared(session, company)
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


def _shared(session: Session, company: Company) -> list[_Shared]:
    people = _people(session, company)
    found = dict.fromkeys(
        (
            *_by_file(session, company),
            *_by_columns(session, company),
            *_by_signatory(session, company, people),
            *_by_contact(session, company, people),
        )
    )
    counted: Counter[tuple[SightingKind, str]] = Counter()
    kept = []
    for one in found:
        counted[one.kind, one.value] += 1
        if counted[one.kind, one.value] <= MOST_OF_A_VALUE:
            kept.append(one)
    return kept


def _by_columns(session: Session, company: Company) -> Iterator[_Shared]:
    columns: tuple[tuple[SightingKind, Any, str | None, str], ...] = (
        (SightingKind.NUMBER, Company.nip, company.nip, company.nip),
        (SightingKind.NUMBER, Company.regon, company.regon, company.regon or ""),
        (SightingKind.NUMBER, Company.krs, company.krs, company.krs or ""),
        (SightingKind.ADDRESS, Company.seat_key, company.seat_key, _address(company)),
        (SightingKind.BANK_ACCOUNT, Company.bank_account, company.bank_account, company.bank_account or ""),
    )
    for kind, column, value, shown in columns:
        if value:
            yield from _named(kind, shown, _others(session, company, column == value))


def _by_contact(session: Session, company: Company, people: Sequence[Person]) -> Iterator[_Shared]:
    """Look for each contact of the company and of its people with companies and with their administrators."""
    emails = {company.email_key: company.email or "", **{one.email_folded: one.email for one in people}}
    phones = {company.phone_key: company.phone or "", **{one.phone_key: one.phone for one in people}}
    found: tuple[tuple[dict[str, str], Any, Callable[[str], Select[str]]], ...] = (
        (emails, Company.email_key, accounts_with_email),
        (phones, Company.phone_key, accounts_with_phone),
    )
    for contacts, column, accounts in found:
        for key, shown in contacts.items():
            if key:
                yield from _named(SightingKind.CONTACT, shown, _others(session, company, column == key))
                yield from _named(SightingKind.CONTACT, shown, _of_people(session, company, accounts(key)))


def _by_signatory(session: Session, company: Company, people: Sequence[Person]) -> Iterator[_Shared]:
    for name_key, name in {one.name_key: one.name for one in people}.items():
        accounts = accounts_named(name_key)
        yield from _named(SightingKind.SIGNATORY, name, _of_people(session, company, accounts))
        signed = Company.id.in_(companies_of_sheets(accounts))
        yield from _named(SightingKind.SIGNATORY, name, _others(session, company, signed))


def _people(session: Session, company: Company) -> tuple[Person, ...]:
    """Give the administrator, and everybody whom an authorization of the company ever named as one."""
    ids = dict.fromkeys([company.administrator_id, *people_on_sheets(session, company.id)])
    people = (person_of(session, user_id) for user_id in ids if user_id is not None)
    return tuple(person for person in people if person is not None)


def _by_file(session: Session, company: Company) -> Iterator[_Shared]:
    for company_id, file_name in companies_with_files(session, company.id, most=MOST_OF_A_VALUE):
        yield _Shared(SightingKind.FILE, file_name, company_id)


def _named(kind: SightingKind, value: str, company_ids: Iterable[str]) -> Iterator[_Shared]:
    return (_Shared(kind, value, company_id) for company_id in company_ids)


def _of_people(session: Session, company: Company, accounts: Select[str]) -> Sequence[str]:
    """Give companies that one of these accounts administers. Written out, so that the partial index is used."""
    return _others(session, company, and_(Company.administrator_id.in_(accounts), text("state <> 'cleared'")))


def _others(session: Session, company: Company, same: ColumnElement[bool]) -> Sequence[str]:
    chosen = select(Company.id).where(same, Company.id != company.id).order_by(Company.created_at.desc())
    return session.scalars(chosen.limit(MOST_OF_A_VALUE)).all()


def _address(company: Company) -> str:
    seat = company.seat or {}
    return ", ".join(
        str(seat[name]) for name in ("street", "building", "unit", "postal_code", "city") if seat.get(name)
    )
