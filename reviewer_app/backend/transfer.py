# SPDX-License-Identifier: AGPL-3.0-or-later
"""Carries all rows from one database to another, whatever their engines, and sets a PostgreSQL database's tables aside."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, inspect, select, text

from reviewer_app.backend.tables import METADATA

_BATCH = 500
_VERSION_TABLE = "alembic_version"
_FUNCTION = "refuse_audit_change"


def copy_rows(source: Connection, target: Connection) -> None:
    """Give ``target`` the rows of ``source``, seen in one snapshot. Both have the current schema.

    What the migrations wrote into the empty ``target`` makes room; its history has to be empty.
    """
    for table in reversed(METADATA.sorted_tables):
        target.execute(delete(table))
    for table in METADATA.sorted_tables:
        kept = [column for column in table.columns if column.computed is None]  # a database computes the others
        rows = source.execute(select(*kept), execution_options={"yield_per": _BATCH}).mappings()
        for part in rows.partitions():
            target.execute(insert(table), [dict(row) for row in part])


def set_aside(connection: Connection, schema: str) -> bool:
    """Move the tables of this program, and what belongs to them, into a new schema of the same PostgreSQL database.

    Rows, indexes and triggers stay as they are. Says whether there were tables to move.
    """
    quote = connection.dialect.identifier_preparer.quote
    present = sorted({*METADATA.tables, _VERSION_TABLE} & set(inspect(connection).get_table_names()))
    if not present:
        return False
    connection.execute(text(f"CREATE SCHEMA {quote(schema)}"))
    for table in present:
        connection.execute(text(f"ALTER TABLE {quote(table)} SET SCHEMA {quote(schema)}"))
    connection.execute(text(f"ALTER FUNCTION {_FUNCTION}() SET SCHEMA {quote(schema)}"))
    return True
