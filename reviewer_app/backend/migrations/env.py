# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run by Alembic with the connection that :mod:`reviewer_app.backend.kit.schema` hands over."""

from __future__ import annotations

from alembic import context

from reviewer_app.backend.tables import METADATA

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=METADATA,
    render_as_batch=not context.config.attributes.get("initial", False),
    compare_server_default=True,
)
context.run_migrations()
