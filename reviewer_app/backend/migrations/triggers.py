# SPDX-License-Identifier: AGPL-3.0-or-later
"""Triggers that keep the history as it was written, on both engines."""

from __future__ import annotations

_REFUSAL = "the history is never changed"

SQLITE = tuple(
    f"CREATE TRIGGER audit_entries_no_{act} BEFORE {act.upper()} ON audit_entries "
    f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
    for act in ("update", "delete")
)

POSTGRESQL = (
    (
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    ),
    (
        "CREATE TRIGGER audit_entries_no_change BEFORE UPDATE OR DELETE ON audit_entries "
        "FOR EACH ROW EXECUTE FUNCTION refuse_audit_change()"
    ),
    (
        "CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    ),
)


def statements(dialect: str) -> tuple[str, ...]:
    """Give the statements that make the triggers on an engine (``sqlite`` or ``postgresql``)."""
    return SQLITE if dialect == "sqlite" else POSTGRESQL
