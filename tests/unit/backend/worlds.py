# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fixtures of whole backends, each on a database of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.documents.storage import open_storage
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.documents.limits import InspectionLimits
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from tests.fakes.clock import StandingClock
from tests.support.waiting import wait_until
from tests.support.world import World, WorldMaker, running
from tests.unit.backend.engines import Engine


@pytest.fixture(scope="session")
def world_pool() -> Iterator[WorkerPool]:
    """Processes that open documents."""
    with WorkerPool(size=2) as pool:
        wait_until(lambda: len(pool.process_ids()) == 2, what="the start of the worker processes")
        yield pool


@pytest.fixture
def make_world(engine: Engine, world_pool: WorkerPool, tmp_path: Path) -> Iterator[WorldMaker]:
    """Make backends; keyword arguments change the settings."""
    with ExitStack() as stack:

        def make(**settings: Any) -> World:
            url = engine.make()
            stack.callback(engine.discard, url)
            environment = {
                "REVIEWER_DATA_DIR": str(tmp_path),
                "REVIEWER_DATABASE_URL": url,
                "REVIEWER_ENVIRONMENT": "test",
                "REVIEWER_PUBLIC_URL": "http://127.0.0.1",
            }
            chosen = replace(Settings.load(environment, None), **settings)
            database = Database(url)
            stack.callback(database.dispose)
            clock = StandingClock()
            limits = InspectionLimits(max_bytes=chosen.upload_max_mb * 1_000_000, max_pages=chosen.upload_max_pages)
            inspector = DocumentService(world_pool, limits=limits)
            storage = open_storage(chosen.storage_url, copies=chosen.data_dir / "copies")
            backend = Backend(Parts(chosen, clock, database, storage, inspector, pause=clock.pause))
            return stack.enter_context(running(backend, clock))

        yield make


@pytest.fixture
def world(make_world: WorldMaker) -> World:
    """A backend with the default settings."""
    return make_world()
