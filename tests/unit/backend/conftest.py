# SPDX-License-Identifier: AGPL-3.0-or-later
"""A backend for each test, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from tests.unit.backend.engines import Engine
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
def engine(request: pytest.FixtureRequest) -> Engine:
    """Databases of one kind; each test that asks runs once with each."""
    engine: Engine = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
    return engine
