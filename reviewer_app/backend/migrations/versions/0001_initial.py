# SPDX-License-Identifier: AGPL-3.0-or-later
"""initial."""

from __future__ import annotations

from alembic import op

from reviewer_app.backend.migrations import triggers
from reviewer_app.backend.migrations.initial import tables_1, tables_2, tables_3, tables_4

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the schema; there is none below it."""
    tables_1.create()
    tables_2.create()
    tables_3.create()
    tables_4.create()
    op.execute("INSERT INTO audit_head (id, seq, hash) VALUES (1, 0, '" + "0" * 64 + "')")
    for statement in triggers.statements(op.get_context().dialect.name):
        op.execute(statement)
