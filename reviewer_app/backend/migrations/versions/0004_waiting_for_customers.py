# SPDX-License-Identifier: AGPL-3.0-or-later
"""suspensions by staff with their reason, and since when a company waits for its customer."""

from __future__ import annotations

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)
_CUSTOMERS_TURN = ("awaiting_authorization", "correction_requested", "approved")


def upgrade() -> None:
    """Add the columns. Who is waited for now is reminded as if the waiting began today."""
    # SQLite appends a column to the line of the last one, whose expression SQLAlchemy reads to the end of its line.
    op.execute("ALTER TABLE companies ADD COLUMN suspension_reason\n VARCHAR(4000)")
    for table, column in (
        ("companies", sa.Column("customer_since", _MOMENT, nullable=True)),
        ("companies", sa.Column("reminders", sa.SmallInteger(), nullable=False, server_default="0")),
        ("invitations", sa.Column("reminders", sa.SmallInteger(), nullable=False, server_default="0")),
    ):
        op.add_column(table, column)
    waiting = sa.text("customer_since IS NOT NULL")
    op.create_index(
        "ix_companies_customer_since",
        "companies",
        ["reminders", "customer_since", "id"],
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_index("ix_invitations_open", "invitations", ["ended_at", "created_at"])
    companies = sa.table("companies", sa.column("state", sa.String), sa.column("customer_since", _MOMENT))
    now = datetime.now(UTC)
    moment = now.replace(tzinfo=None) if op.get_context().dialect.name == "sqlite" else now
    op.execute(companies.update().where(companies.c.state.in_(_CUSTOMERS_TURN)).values(customer_since=moment))
