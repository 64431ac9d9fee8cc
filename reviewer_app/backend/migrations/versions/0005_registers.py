# SPDX-License-Identifier: AGPL-3.0-or-later
"""Questions to official registers and their answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.database import UtcDateTime

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "register_gates",
        sa.Column("register", sa.String(10), nullable=False),
        sa.Column("passed", sa.Integer(), nullable=False),
        sa.Column("next_at", UtcDateTime(), nullable=True),
        sa.Column("blocked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("register", name=op.f("pk_register_gates")),
    )
    op.create_table(
        "register_calls",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("register", sa.String(10), nullable=False),
        sa.Column("operation", sa.String(20), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_calls")),
    )
    op.create_index("ix_register_calls_counted", "register_calls", ["register", "operation", "at"])
    op.create_table(
        "register_evidence",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column(
            "company_id", sa.String(500).with_variant(sa.String(500, collation="C"), "postgresql"), nullable=True
        ),
        sa.Column("register", sa.String(10), nullable=False),
        sa.Column("operation", sa.String(20), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("status", sa.Integer(), nullable=True),
        sa.Column("request_id", sa.String(100), nullable=True),
        sa.Column("asked_at", UtcDateTime(), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=True),
        sa.ForeignKeyConstraint(
            ["company_id"], ["companies.id"], name=op.f("fk_register_evidence_company_id_companies")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_evidence")),
    )
    op.create_index(
        "ix_register_evidence_subject", "register_evidence", ["register", "operation", "subject", "asked_at"]
    )
    op.create_index("ix_register_evidence_company_id", "register_evidence", ["company_id", "asked_at"])


def downgrade() -> None:
    """Take the tables away."""
    for table in ("register_evidence", "register_calls", "register_gates"):
        op.drop_table(table)
