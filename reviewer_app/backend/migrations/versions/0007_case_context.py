# SPDX-License-Identifier: AGPL-3.0-or-later
"""What was declared at each submission, and the keys by which companies with something in common are found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import UtcDateTime
from reviewer_app.backend.kit.folding import fold

revision = "0007"
down_revision = "0006"

_PARTS = ("postal_code", "city", "street", "building", "unit")
_BATCH = 1000


def upgrade() -> None:
    """Add the table, the address key with its values, and the indexes."""
    op.create_table(
        "company_submissions",
        sa.Column("company_id", BYTEWISE, sa.ForeignKey("companies.id"), primary_key=True),
        sa.Column("at", UtcDateTime(), primary_key=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("declared", sa.JSON(), nullable=False),
    )
    op.add_column("companies", sa.Column("seat_key", BYTEWISE, nullable=False, server_default=sa.text("''")))
    _fill_seat_keys()
    for name in ("seat_key", "phone", "email", "bank_account", "regon", "krs"):
        op.create_index(f"ix_companies_{name}", "companies", [name])
    op.create_index("ix_users_name", "users", ["last_name", "first_name"])


def _fill_seat_keys() -> None:
    companies = sa.table("companies", sa.column("id"), sa.column("seat", sa.JSON()), sa.column("seat_key"))
    connection, last = op.get_bind(), ""
    while True:
        chosen = sa.select(companies.c.id, companies.c.seat).where(companies.c.id > last)
        rows = connection.execute(chosen.order_by(companies.c.id).limit(_BATCH)).all()
        if not rows:
            return
        last = rows[-1].id
        keys = [
            {"key": fold(" ".join(row.seat.get(part) or "" for part in _PARTS))[:500], "company": row.id}
            for row in rows
            if row.seat
        ]
        if keys:
            change = sa.update(companies).where(companies.c.id == sa.bindparam("company"))
            connection.execute(change.values(seat_key=sa.bindparam("key")), keys)
