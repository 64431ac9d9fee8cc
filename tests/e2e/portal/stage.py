# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole server side in a thread: database, documents, the API and the portal at one address; mails stay in its outbox."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import httpx

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.documents.storage import open_storage
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import upgrade
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.backend.server import Listener
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from reviewer_app.portal import create_portal
from tests.fakes.clock import StandingClock
from tests.support.serving import serving_at
from tests.support.world import World


@dataclass(frozen=True)
class Stage:
    """A served portal. ``world`` makes customers and staff by the API, and reads what was mailed."""

    url: str
    world: World


@contextmanager
def portal_before(transport: httpx.AsyncBaseTransport) -> Iterator[str]:
    """Serve a portal alone, before another API or before none that answers; gives the address."""
    with Listener("127.0.0.1", 0) as listener:
        portal = create_portal(api_url="http://api", public_url=listener.url, http_transport=transport)
        with serving_at(listener, portal, stopping=lambda: None):
            yield listener.url


@contextmanager
def stage(folder: Path, pool: WorkerPool, **settings: str) -> Iterator[Stage]:
    """Serve API and portal on an empty database; ``settings`` are added to those of a test."""
    with Listener("127.0.0.1", 0) as listener:
        environment = {
            "REVIEWER_DATA_DIR": str(folder),
            "REVIEWER_ENVIRONMENT": "test",
            "REVIEWER_PUBLIC_URL": listener.url,
            **settings,
        }
        chosen = Settings.load(environment, None)
        database = Database(chosen.database_url)
        try:
            upgrade(database)
            # Browsers keep a session until the end that the server names, so the clock starts at the present.
            clock = StandingClock(datetime.now(UTC))
            storage = open_storage(chosen.storage_url)
            backend = Backend(Parts(chosen, clock, database, storage, DocumentService(pool)))
            portal = create_portal(api_url=listener.url, public_url=listener.url, now=clock.now)
            with (
                serving_at(listener, backend.application(portal=portal), stopping=backend.signal.close),
                httpx.Client(base_url=listener.url, timeout=60, trust_env=False) as client,
            ):
                yield Stage(listener.url, World(backend, client, clock))
        finally:
            database.dispose()
