# SPDX-License-Identifier: AGPL-3.0-or-later
"""Seeding: whole cases with documents, history and search words against bare inserts of the same rows."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import insert, select

from reviewer_app.backend.application import Parts
from reviewer_app.backend.documents.storage import open_storage
from reviewer_app.backend.kit.clock import SystemClock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import upgrade
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.backend.seeding import Seeder
from reviewer_app.backend.tables import METADATA
from reviewer_app.documents.limits import WorkerLimits
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from reviewer_app.qa.seeding import invented_customers
from tests.bench.figures import Figure, seconds, time_ratio
from tests.bench.papers import Papers

COMPANIES, COMPANIES_QUICK = 2000, 400
MADE_BY_ACTS = 24
"""So many cases are made by the acts of people before the others are copied from them."""
MOST_TIMES_BARE = 6.0
WHOLE, WANTED = 10_000, 60.0
"""So many companies in so many seconds."""


def measure(folder: Path, papers: Papers, *, quick: bool = False) -> list[Figure]:
    """Seed an empty database, then insert the same rows barely into another one."""
    del papers
    count = COMPANIES_QUICK if quick else COMPANIES
    seeded = _database(folder / "seeded")
    settings = Settings.load({"REVIEWER_DATA_DIR": str(folder / "seeded"), "REVIEWER_ENVIRONMENT": "test"}, None)
    with WorkerPool(limits=WorkerLimits(), size=2) as pool:
        inspector = DocumentService(pool)
        parts = Parts(settings, SystemClock(), seeded, open_storage(settings.storage_url), inspector)
        seeder = Seeder(parts, 1).run(invented_customers(1), count)
        papers_took = seconds(lambda: _until(seeder, MADE_BY_ACTS))
        copies_took = seconds(lambda: _until(seeder, count))
    bare = statistics.median(_bare(seeded, folder / f"bare{number}") for number in range(3))
    seeded.dispose()
    each = copies_took / (count - MADE_BY_ACTS)
    whole = papers_took + (WHOLE - MADE_BY_ACTS) * each
    return [
        time_ratio("a seeded company", each, bare / count, peer_as="its rows inserted", most=MOST_TIMES_BARE),
        Figure(
            f"{WHOLE:,} companies with documents", f"{whole:.0f} s", f"{WANTED:.0f} s wanted", whole / WANTED, most=1
        ),
    ]


def _until(seeder: Iterator[int], count: int) -> None:
    for made in seeder:
        if made >= count:
            return


def _database(folder: Path) -> Database:
    folder.mkdir()
    database = Database(f"sqlite:///{folder / 'reviewer.sqlite3'}")
    upgrade(database)
    return database


def _bare(source: Database, folder: Path) -> float:
    """Insert all rows of a database into an empty one of the same schema; gives the seconds."""
    target = _database(folder)
    with source.read() as session:
        rows = {
            table: [
                dict(row)
                for row in session.execute(
                    select(*(column for column in table.columns if column.computed is None))
                ).mappings()
            ]
            for table in METADATA.sorted_tables
            if table.name != "audit_head"
        }
    began = time.perf_counter()
    with target.connect() as connection:
        for table, found in rows.items():
            if found:
                connection.execute(insert(table), found)
    spent = time.perf_counter() - began
    target.dispose()
    return spent
