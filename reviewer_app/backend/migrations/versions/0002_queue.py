# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sort keys of the queue, what staff looked at, and the views that they keep."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import UtcDateTime

revision = "0002"
down_revision = "0001"

_WAITS = sa.text("waiting_key <> 9223372036854775807")
_SORTED = (("form", "legal_form"), ("holder_key", "holder_key"), ("flags", "flags_rank"), ("checks", "checks_rank"))
_FLAGS_RANK = (
    "CASE WHEN hold_reason IS NULL THEN 0 ELSE 1 END + CASE WHEN possible_duplicate THEN 2 ELSE 0 END"
    " + CASE WHEN first_approver_id IS NULL THEN 0 ELSE 4 END + CASE WHEN escalated THEN 8 ELSE 0 END"
)
_CHECKS_RANK = "checks_fail * 1000000 + checks_warn * 1000 + checks_unknown"


def upgrade() -> None:
    """Add the sort keys with their indexes, and two tables."""
    op.add_column("companies", sa.Column("holder_key", BYTEWISE, nullable=False, server_default=sa.text("''")))
    for name, rank in (("flags_rank", _FLAGS_RANK), ("checks_rank", _CHECKS_RANK)):
        # SQLite keeps the text of a column as it was written, and SQLAlchemy reads an expression to the end of its line.
        stored = "" if op.get_context().dialect.name == "sqlite" else " STORED"
        op.execute(f"ALTER TABLE companies ADD COLUMN {name}\n INTEGER GENERATED ALWAYS AS ({rank}){stored}")
    op.execute("UPDATE companies SET holder_key = lower(holder_name) WHERE holder_name IS NOT NULL")
    for name, column in _SORTED:
        op.create_index(f"ix_companies_{name}", "companies", [column, "id"])
        op.create_index(
            f"ix_companies_waiting_{name}",
            "companies",
            [column, "id"],
            sqlite_where=_WAITS,
            postgresql_where=_WAITS,
        )
    op.create_table(
        "case_looks",
        sa.Column("staff_id", sa.String(32), sa.ForeignKey("staff_accounts.id"), primary_key=True),
        sa.Column("company_id", BYTEWISE, sa.ForeignKey("companies.id"), primary_key=True),
        sa.Column("seq", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "queue_views",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("owner_id", sa.String(32), sa.ForeignKey("staff_accounts.id"), nullable=False),
        sa.Column("owner_name", sa.String(200), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("shared", sa.Boolean(), nullable=False),
        sa.Column("query", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
    )
    op.create_index("ix_queue_views_owner_id", "queue_views", ["owner_id"])
    op.create_index("ix_queue_views_shared", "queue_views", ["shared"])
