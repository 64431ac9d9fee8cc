# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables of the bench. They are no part of the schema: only a bench makes them, in a database that is already there."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Float, Integer, MetaData, String, Table

from reviewer_app.backend.kit.database import Database, UtcDateTime
from reviewer_app.contract.bench import BENCH_STATE_TABLE

_METADATA = MetaData()

STATE_ID = 1

STATE = Table(
    BENCH_STATE_TABLE,
    _METADATA,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("clock_offset_seconds", Float, nullable=False),
)

CASES = Table(
    "bench_cases",
    _METADATA,
    Column("company_id", String(32), primary_key=True),
    Column("scenario", String(80), nullable=False, index=True),
    Column("seed", Integer, nullable=False),
    Column("part", Integer, nullable=False),
    Column("day", Date, nullable=False),
    Column("email", String(320), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
)
"""Cases that the bench made. ``part`` is 0 for the case itself, else that of a company that had to be there; ``day`` is
that of its papers."""

NUMBERS = Table(
    "bench_numbers",
    _METADATA,
    Column("number", String(20), primary_key=True),
    Column("company_id", String(32), primary_key=True),
)
"""Numbers under which registers know a case."""


TRUTHS = Table(
    "bench_truths",
    _METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("company_id", String(32), nullable=False, index=True),
    Column("truth", JSON, nullable=False),
)
"""What really stands on the documents that the bench uploaded."""


def prepare(database: Database) -> None:
    """Make the bench's tables where they are missing."""
    with database.connect() as connection:
        _METADATA.create_all(connection)
