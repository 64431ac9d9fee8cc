# SPDX-License-Identifier: AGPL-3.0-or-later
"""Gathers what the checks of a case look at."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.administrators import service as administrators
from reviewer_app.backend.administrators.service import ChangeRecord
from reviewer_app.backend.authorizations import service as authorizations
from reviewer_app.backend.checks.service import CaseFacts, DocumentFacts, PersonFacts, SeatFacts, SheetFacts
from reviewer_app.backend.companies import repository
from reviewer_app.backend.companies.tables import Company
from reviewer_app.backend.documents import service as documents
from reviewer_app.backend.employees import service as employees
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.messages import Address
from reviewer_app.contract.states import CaseKind, DocumentKind
from reviewer_app.documents.authorization_sheet import Variant


def case_facts(session: Session, company: Company) -> CaseFacts:
    """Give the facts of a case as they are in this transaction.

    Where the case is a change of the administrator, the person and the authorization are those of the change.
    """
    change = _change_under_review(session, company)
    number = change.authorization_number if change else company.authorization_number
    earlier = frozenset(change.previous_sheets) if change else frozenset()
    current = [document for document in documents.current_documents(session, company.id) if document.id not in earlier]
    sheets = [document for document in current if document.kind == DocumentKind.AUTHORIZATION]
    no_longer = number is None and bool(authorizations.sheet_numbers(session, company.id))
    outdated = bool(sheets) and (sheets[-1].outdated or no_longer)
    return CaseFacts(
        company_id=company.id,
        name=company.name,
        legal_form=LegalForm(company.legal_form),
        nip=company.nip,
        regon=company.regon,
        krs=company.krs,
        seat=_seat(company),
        bank_account=company.bank_account,
        administrator=_administrator(session, company, change),
        same_nip=repository.others_with_nip(session, company),
        documents=tuple(DocumentFacts(row.id, DocumentKind(row.kind), row.sha256) for row in current),
        sheet_current=False if outdated else (None if number is None else True),
        sheet=sheet_facts(session, number) if number else None,
    )


def sheet_facts(session: Session, number: str) -> SheetFacts | None:
    """Give the sheet with a number, None when none was made with it."""
    sheet = authorizations.sheet_by_number(session, number)
    if sheet is None:
        return None
    return SheetFacts(
        number=sheet.number,
        company_id=sheet.company_id,
        administrator_id=sheet.administrator_id,
        data_version=sheet.data_version,
        variant=Variant(sheet.variant),
        digest=sheet.digest,
    )


def _change_under_review(session: Session, company: Company) -> ChangeRecord | None:
    if company.case_kind != CaseKind.ADMINISTRATOR_CHANGE:
        return None
    return administrators.open_change(session, company.id)


def _administrator(session: Session, company: Company, change: ChangeRecord | None) -> PersonFacts | None:
    if change is not None:
        person = administrators.candidate(session, change)
    elif company.administrator_id is not None:
        found = employees.employee_of_user(session, company.administrator_id)
        if found is None:
            return None
        person = found
    else:
        return None
    return PersonFacts(person.user_id, person.first_name, person.last_name)


def _seat(company: Company) -> SeatFacts | None:
    if not company.seat:
        return None
    seat = Address.model_validate(company.seat)
    return SeatFacts(seat.street, seat.building, seat.unit, seat.postal_code, seat.city)
