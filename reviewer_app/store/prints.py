# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prints that begin or run, and what became of prints on its way to the server."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, delete, insert, select, update

from reviewer_app.store.database import Database
from reviewer_app.store.records import UntoldPrint
from reviewer_app.store.tables import untold_prints

_KEPT = untold_prints.c


class PrintStore:
    """How far prints came whose end the server does not know yet; ``scope`` says whose."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def untold(self, *, scope: str) -> tuple[UntoldPrint, ...]:
        """Give all of them, also those that run."""
        wanted = select(_KEPT.key, _KEPT.document_id, _KEPT.request, _KEPT.outcome, _KEPT.print_id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted.where(_KEPT.scope == scope)).all()
        return tuple(UntoldPrint(*row) for row in rows)

    def put(self, *, scope: str, record: UntoldPrint) -> None:
        """Keep a print that the server is about to be told of."""
        statement = insert(untold_prints).values(
            key=record.key,
            scope=scope,
            document_id=record.document_id,
            request=record.request,
            print_id=record.print_id,
            outcome=record.outcome,
        )
        with self._database.writing() as connection:
            connection.execute(statement)

    def begun(self, *, key: str, print_id: str) -> None:
        """Keep the id by which the server knows a print."""
        self._change(_KEPT.key == key, print_id=print_id)

    def update(self, *, print_id: str, outcome: str) -> None:
        """Keep how a print stands now."""
        self._change(_KEPT.print_id == print_id, outcome=outcome)

    def remove(self, *, key: str) -> None:
        """Forget a print that the server knows all of, or none of."""
        with self._database.writing() as connection:
            connection.execute(delete(untold_prints).where(_KEPT.key == key))

    def _change(self, which: ColumnElement[bool], **values: Any) -> None:
        with self._database.writing() as connection:
            connection.execute(update(untold_prints).where(which).values(**values))
