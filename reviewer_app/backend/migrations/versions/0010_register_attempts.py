# SPDX-License-Identifier: AGPL-3.0-or-later
"""How often a run of the register checks was begun."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column."""
    attempts = sa.Column("attempts", sa.Integer(), nullable=False, server_default=sa.text("0"))
    op.add_column("register_runs", attempts)


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("register_runs", "attempts")
