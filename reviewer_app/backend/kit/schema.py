# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brings a database to the current schema. Works from a checkout, an installed package and the frozen program."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

import reviewer_app.backend.migrations
from reviewer_app.backend.kit.database import Database

_LOCK = 0x5265766965776572
"""Advisory lock of PostgreSQL: two servers that start at once do not both migrate."""


class NewerSchemaError(Exception):
    """The database was made by a newer version of the program."""


def upgrade(database: Database) -> None:
    """Bring an empty or older database to the current schema, in one transaction. Raises NewerSchemaError."""
    with database.connect() as connection:
        upgrade_within(connection)


def upgrade_within(connection: Connection) -> None:
    """Bring a database to the current schema in a transaction that goes on. Raises NewerSchemaError."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _LOCK})
    config = migrations_config()
    found = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise NewerSchemaError
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


def migrations_config() -> Config:
    """Give Alembic's configuration of the bundled migrations."""
    config = Config()
    folder = Path(reviewer_app.backend.migrations.__file__).parent
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config
