# SPDX-License-Identifier: AGPL-3.0-or-later
"""A backend for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.unit.backend.engines import Engine, PostgresEngine, SqliteEngine
from tests.unit.backend.servers import (
    backend,
    client,
    clock,
    database,
    environment,
    mailbox,
    new_key,
    people,
    server_app,
    server_url,
    settings,
)
from tests.unit.backend.worlds import make_world, world, world_pool

__all__ = [
    "backend",
    "client",
    "clock",
    "database",
    "environment",
    "mailbox",
    "make_world",
    "new_key",
    "people",
    "server_app",
    "server_url",
    "settings",
    "world",
    "world_pool",
]


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Databases of one kind; each test that asks runs once with each."""
    if request.param == "sqlite":
        yield SqliteEngine(tmp_path_factory.mktemp("sqlite"))
    else:
        with PostgresEngine() as server:
            yield server
