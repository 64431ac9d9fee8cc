# SPDX-License-Identifier: AGPL-3.0-or-later
"""Findings get a source, a place in a document and details; runs of the documents' checks are kept until done.

Findings are derived data: those of the older schema are dropped, and a run is due for every company.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import UtcDateTime

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables anew and ask for a run for every company."""
    op.drop_table("check_findings")
    op.create_table(
        "check_findings",
        sa.Column("company_id", BYTEWISE, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("position", sa.SmallInteger(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=10), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=True),
        sa.Column("document_id", sa.String(length=64), nullable=True),
        sa.Column("page", sa.Integer(), nullable=True),
        sa.Column("box", sa.JSON(), nullable=True),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("checked_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_check_findings_company_id_companies")),
        sa.PrimaryKeyConstraint("company_id", "source", "position", name=op.f("pk_check_findings")),
    )
    op.create_table(
        "check_runs",
        sa.Column("company_id", BYTEWISE, nullable=False),
        sa.Column("facts", sa.String(length=64), nullable=True),
        sa.Column("due_at", UtcDateTime(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["companies.id"], name=op.f("fk_check_runs_company_id_companies")),
        sa.PrimaryKeyConstraint("company_id", name=op.f("pk_check_runs")),
    )
    op.create_index("ix_check_runs_due_at", "check_runs", ["due_at"], unique=False)
    op.execute(
        "INSERT INTO check_runs (company_id, facts, due_at, attempts) SELECT id, NULL, created_at, 0 FROM companies"
    )
