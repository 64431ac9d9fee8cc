# SPDX-License-Identifier: AGPL-3.0-or-later
"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

import reviewer_app.backend.kit.database

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Bring the schema up."""
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    """Take the schema down."""
    ${downgrades if downgrades else "pass"}
