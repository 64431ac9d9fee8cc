# SPDX-License-Identifier: AGPL-3.0-or-later
"""Runs of the register checks of companies that wait for staff."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import UtcDateTime

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "register_runs",
        sa.Column("company_id", BYTEWISE, nullable=False),
        sa.Column("facts", sa.String(64), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_register_runs_company_id_companies")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_register_runs")),
    )
    op.create_index("ix_register_runs_due_at", "register_runs", ["due_at"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("register_runs")
