# SPDX-License-Identifier: AGPL-3.0-or-later
"""Names, phones, e-mails and addresses in the form in which they are compared, with indexes that find the newest."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.companies.tables import seat_key_of
from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.contacts import folded_email, person_key, phone_key

revision = "0008"
down_revision = "0007"

_BATCH = 1000
_ALONE = ("seat_key", "phone", "email", "bank_account", "regon", "krs")
_WITH_AGE = ("seat_key", "phone_key", "email_key", "bank_account", "regon", "krs")


def upgrade() -> None:
    """Add the keys with their values, and the indexes."""
    for name in _ALONE:
        op.drop_index(f"ix_companies_{name}", "companies")
    op.drop_index("ix_users_name", "users")
    for table, name in (
        ("companies", "phone_key"),
        ("companies", "email_key"),
        ("users", "name_key"),
        ("users", "phone_key"),
    ):
        op.add_column(table, sa.Column(name, BYTEWISE, nullable=False, server_default=sa.text("''")))
    seat = sa.column("seat", sa.JSON())
    _fill("companies", (seat, sa.column("phone"), sa.column("email")), _company_keys)
    _fill("users", tuple(map(sa.column, ("first_name", "last_name", "phone"))), _user_keys)
    for name in _WITH_AGE:
        op.create_index(f"ix_companies_{name}", "companies", [name, "created_at"])
    for name in ("name_key", "phone_key"):
        op.create_index(f"ix_users_{name}", "users", [name])
    op.create_index("ix_authorization_sheets_administrator_id", "authorization_sheets", ["administrator_id"])


def _company_keys(row: Any) -> dict[str, str]:
    return {
        "seat_key": seat_key_of(row.seat),
        "phone_key": phone_key(row.phone),
        "email_key": folded_email(row.email or ""),
    }


def _user_keys(row: Any) -> dict[str, str]:
    return {"name_key": person_key(row.first_name, row.last_name), "phone_key": phone_key(row.phone)}


def _fill(name: str, columns: tuple[sa.ColumnClause[Any], ...], keys_of: Callable[[Any], dict[str, str]]) -> None:
    names = ("seat_key", "phone_key", "email_key") if name == "companies" else ("name_key", "phone_key")
    table = sa.table(name, sa.column("id"), *columns, *map(sa.column, names))
    change = sa.update(table).where(table.c.id == sa.bindparam("row"))
    change = change.values({key: sa.bindparam(f"new_{key}") for key in names})
    connection, last = op.get_bind(), ""
    while True:
        chosen = sa.select(table).where(table.c.id > last).order_by(table.c.id).limit(_BATCH)
        rows = connection.execute(chosen).all()
        if not rows:
            return
        last = rows[-1].id
        changed = [{"row": row.id, **{f"new_{key}": value for key, value in keys_of(row).items()}} for row in rows]
        connection.execute(change, changed)
