# SPDX-License-Identifier: AGPL-3.0-or-later
"""Number the sheet by which a company authorises its administrator. One number stands for one set of data."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from reviewer_app.backend.authorizations import repository
from reviewer_app.backend.authorizations.tables import Sheet
from reviewer_app.contract.companies import LEGAL_FORMS
from reviewer_app.contract.customer import CustomerCompany, CustomerUser
from reviewer_app.documents.authorization_sheet import (
    AuthorizationSheet,
    SheetAdministrator,
    SheetCompany,
    Variant,
    authorization_number,
)


def numbered_sheet(
    session: Session, company: CustomerCompany, administrator: CustomerUser, variant: Variant, *, now: datetime
) -> AuthorizationSheet:
    """Give the sheet for this company and administrator.

    It keeps its number while the data that it carries is the same, and gets a new one when that changed.
    """
    digest = _digest(company, administrator)
    sheet = repository.of_data(session, company.id, variant, digest)
    if sheet is None:
        sheet = Sheet(
            number=authorization_number(now.year, repository.next_serial(session, now.year)),
            company_id=company.id,
            administrator_id=administrator.id,
            variant=variant.value,
            digest=digest,
            data_version=company.version,
            made_at=now,
        )
        session.add(sheet)
        session.flush()
    return _filled(sheet, company, administrator)


def sheet_numbers(session: Session, company_id: str) -> Sequence[str]:
    """List the numbers of all sheets that were made for a company, oldest first."""
    return repository.numbers_of(session, company_id)


def sheet_by_number(session: Session, number: str) -> Sheet | None:
    """Give a sheet that was made here, None for a number that no sheet has."""
    return session.get(Sheet, number)


def companies_of_sheets(accounts: Select[str]) -> Select[str]:
    """Choose the ids of the companies that had a sheet made on which the person of one of these accounts is named."""
    return select(Sheet.company_id).where(Sheet.administrator_id.in_(accounts))


def people_on_sheets(session: Session, company_id: str) -> Sequence[str]:
    """List the ids of the accounts of everybody whom a sheet of a company named as its administrator."""
    chosen = select(Sheet.administrator_id).where(Sheet.company_id == company_id).distinct()
    return session.scalars(chosen.order_by(Sheet.administrator_id)).all()


def _digest(company: CustomerCompany, administrator: CustomerUser) -> str:
    carried = {
        "name": company.name,
        "legal_form": company.legal_form,
        "nip": company.nip,
        "krs": company.krs,
        "seat": company.seat.model_dump() if company.seat else None,
        "administrator": [administrator.id, administrator.first_name, administrator.last_name],
    }
    return hashlib.sha256(json.dumps(carried, sort_keys=True).encode()).hexdigest()


def _filled(sheet: Sheet, company: CustomerCompany, administrator: CustomerUser) -> AuthorizationSheet:
    return AuthorizationSheet(
        number=sheet.number,
        version=sheet.data_version,
        variant=Variant(sheet.variant),
        company=SheetCompany(
            id=company.id,
            name=company.name,
            legal_form=LEGAL_FORMS[company.legal_form].name.pl,
            nip=company.nip,
            regon=company.regon or "",
            krs=company.krs,
            seat=company.seat.one_line() if company.seat else "",
        ),
        administrator=SheetAdministrator(
            id=administrator.id,
            first_name=administrator.first_name,
            last_name=administrator.last_name,
            position=administrator.position,
            email=administrator.email,
        ),
    )
