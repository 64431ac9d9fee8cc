# SPDX-License-Identifier: AGPL-3.0-or-later
"""Whose case it is to do, apart from who works on it now; sorted by either."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import UtcDateTime

revision = "0012"
down_revision = "0011"

_WAITS = sa.text("waiting_key <> 9223372036854775807")
_GIVEN = sa.text("assigned_id IS NOT NULL")
_WHO_KEY = "CASE WHEN holder_key = '' THEN assigned_key ELSE holder_key END"


def upgrade() -> None:
    """Add the columns; the order by who has a case takes the place of that by who claimed it."""
    for name, length in (("assigned_id", 64), ("assigned_username", 200), ("assigned_name", 200), ("assigned_by", 200)):
        op.add_column("companies", sa.Column(name, sa.String(length), nullable=True))
    op.add_column("companies", sa.Column("assigned_key", BYTEWISE, nullable=False, server_default=sa.text("''")))
    op.add_column("companies", sa.Column("assigned_at", UtcDateTime(), nullable=True))
    if op.get_context().dialect.name == "sqlite":
        kind, stored = "VARCHAR(500)", ""
    else:
        kind, stored = 'VARCHAR(500) COLLATE "C"', " STORED"
    # SQLite keeps the text of a column as it was written, and SQLAlchemy reads an expression to the end of its line.
    op.execute(f"ALTER TABLE companies ADD COLUMN who_key\n {kind} GENERATED ALWAYS AS ({_WHO_KEY}){stored}")
    op.create_index(
        "ix_companies_assigned",
        "companies",
        ["assigned_id", "waiting_key", "id"],
        sqlite_where=_GIVEN,
        postgresql_where=_GIVEN,
    )
    op.drop_index("ix_companies_holder_key", "companies")
    op.drop_index("ix_companies_waiting_holder_key", "companies")
    op.create_index("ix_companies_who", "companies", ["who_key", "id"])
    op.create_index(
        "ix_companies_waiting_who", "companies", ["who_key", "id"], sqlite_where=_WAITS, postgresql_where=_WAITS
    )
