# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prints that run, and what became of prints on its way to the server."""

from __future__ import annotations

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.sqlite import insert

from reviewer_app.store.database import Database
from reviewer_app.store.records import PrintOutcomeRecord
from reviewer_app.store.tables import unsent_prints


class PrintStore:
    """How far prints came whose end the server does not know yet; ``scope`` says whose."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unsent(self, *, scope: str) -> tuple[PrintOutcomeRecord, ...]:
        """Give all of them, also those that run."""
        with self._database.reading() as connection:
            rows = connection.execute(select(unsent_prints).where(unsent_prints.c.scope == scope)).mappings().all()
        return tuple(
            PrintOutcomeRecord(row["print_id"], row["document_id"], row["key"], row["outcome"]) for row in rows
        )

    def put(self, *, scope: str, record: PrintOutcomeRecord) -> None:
        """Keep what is known of a print that begins."""
        statement = insert(unsent_prints).values(
            print_id=record.print_id,
            scope=scope,
            document_id=record.document_id,
            key=record.key,
            outcome=record.outcome,
        )
        with self._database.writing() as connection:
            connection.execute(statement)

    def update(self, *, print_id: str, outcome: str) -> None:
        """Keep how a print stands now."""
        changed = update(unsent_prints).where(unsent_prints.c.print_id == print_id).values(outcome=outcome)
        with self._database.writing() as connection:
            connection.execute(changed)

    def sent(self, *, print_id: str) -> None:
        """Forget an outcome that the server has."""
        with self._database.writing() as connection:
            connection.execute(delete(unsent_prints).where(unsent_prints.c.print_id == print_id))
