# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counter rows: made when first needed, raised in one statement, locked until the transaction ends."""

from __future__ import annotations

from typing import Any

from sqlalchemy.orm import InstrumentedAttribute, Session

from reviewer_app.backend.kit.database import insert_into


def raise_counter(
    session: Session, key: InstrumentedAttribute[Any], value: Any, counter: InstrumentedAttribute[int]
) -> int:
    """Add one to the counter in the row whose primary key has this value, and give the new count, from 1.

    Another transaction that raises the same counter waits for this one, so a query that follows sees all that the
    earlier holders of the row committed.
    """
    statement = (
        insert_into(session, key.class_)
        .values({key.key: value, counter.key: 1})
        .on_conflict_do_update(index_elements=[key.key], set_={counter.key: counter + 1})
        .returning(counter)
    )
    return int(session.execute(statement).scalar_one())
