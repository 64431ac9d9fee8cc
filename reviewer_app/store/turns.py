# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turned pages on their way to the server: kept until it has them, whatever happens to the program meanwhile."""

from __future__ import annotations

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from reviewer_app.store.database import Database
from reviewer_app.store.records import TurnRecord
from reviewer_app.store.tables import unsent_turns


class TurnStore:
    """Turns that the server does not know yet, one a page; ``scope`` says whose."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def unsent(self, *, scope: str) -> tuple[TurnRecord, ...]:
        """Give all turns, in the order in which the pages were first turned."""
        wanted = select(unsent_turns).where(unsent_turns.c.scope == scope).order_by(unsent_turns.c.seq)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return tuple(TurnRecord(row["document_id"], row["page"], row["degrees"]) for row in rows)

    def put(self, *, scope: str, turn: TurnRecord) -> None:
        """Keep a turn in place of the page's one before."""
        statement = insert(unsent_turns).values(
            scope=scope, document_id=turn.document_id, page=turn.page, degrees=turn.degrees
        )
        kept = statement.on_conflict_do_update(
            index_elements=["scope", "document_id", "page"], set_={"degrees": turn.degrees}
        )
        with self._database.writing() as connection:
            connection.execute(kept)

    def sent(self, *, scope: str, turn: TurnRecord) -> None:
        """Forget a turn that the server has, unless the page was turned further meanwhile."""
        known = (
            unsent_turns.c.scope == scope,
            unsent_turns.c.document_id == turn.document_id,
            unsent_turns.c.page == turn.page,
            unsent_turns.c.degrees == turn.degrees,
        )
        with self._database.writing() as connection:
            connection.execute(delete(unsent_turns).where(*known))
