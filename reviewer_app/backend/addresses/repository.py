# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing address books."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.addresses.tables import BookAddressRecord as Row

_OF_COMPANY = select(Row).where(Row.company_id == bindparam("company_id")).order_by(Row.created_at, Row.id)

_PLACES = select(Row.kind, Row.place_key).where(Row.company_id == bindparam("company_id"))


def of_company(session: Session, company_id: str) -> Sequence[Row]:
    """Give all addresses of a company, oldest first."""
    return session.scalars(_OF_COMPANY, {"company_id": company_id}).all()


def places(session: Session, company_id: str) -> list[tuple[str, str]]:
    """Give kind and folded place of each address of a company."""
    return [(row.kind, row.place_key) for row in session.connection().execute(_PLACES, {"company_id": company_id})]


def by_id(session: Session, company_id: str, address_id: str) -> Row | None:
    """Give an address of a company."""
    return session.scalars(select(Row).where(Row.id == address_id, Row.company_id == company_id)).first()


def take_default(session: Session, company_id: str, kind: str) -> None:
    """Have no address of a kind be its default."""
    statement = update(Row).where(Row.company_id == company_id, Row.kind == kind, Row.is_default)
    session.execute(
        statement.values(is_default=False, version=Row.version + 1),
        execution_options={"synchronize_session": "fetch"},
    )


def oldest_of_kind(session: Session, company_id: str, kind: str) -> Row | None:
    """Give the oldest address of a kind."""
    chosen = select(Row).where(Row.company_id == company_id, Row.kind == kind)
    return session.scalars(chosen.order_by(Row.created_at, Row.id).limit(1)).first()
