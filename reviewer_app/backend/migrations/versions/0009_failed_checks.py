# SPDX-License-Identifier: AGPL-3.0-or-later
"""The checks that failed when a decision was taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the column."""
    op.add_column("decisions", sa.Column("failed_checks", sa.JSON(), nullable=True))


def downgrade() -> None:
    """Take the column away."""
    op.drop_column("decisions", "failed_checks")
