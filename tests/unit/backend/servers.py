# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fixtures of one backend, taken apart: database, clock, mail server, HTTP server, and a client."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.documents.storage import FolderStorage
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from tests.e2e.mailbox import Mailbox
from tests.fakes.clock import StandingClock
from tests.support.serving import serving
from tests.unit.backend.engines import Engine
from tests.unit.backend.people import People

PUBLIC_URL = "http://portal.test"


@pytest.fixture
def database(engine: Engine) -> Iterator[Database]:
    """An empty database with the current schema."""
    address = engine.make()
    database = Database(address)
    yield database
    database.dispose()
    engine.discard(address)


@pytest.fixture
def clock() -> StandingClock:
    """The backend's clock."""
    return StandingClock()


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """The mail server that the backend sends to."""
    with Mailbox() as box:
        yield box


@pytest.fixture
def environment() -> dict[str, str]:
    """Settings of a test beside those that every test has; override it to add some."""
    return {}


@pytest.fixture
def settings(database: Database, mailbox: Mailbox, tmp_path: Path, environment: dict[str, str]) -> Settings:
    """The backend's settings."""
    given = {
        "REVIEWER_DATA_DIR": str(tmp_path / "data"),
        "REVIEWER_DATABASE_URL": database.url.render_as_string(hide_password=False),
        "REVIEWER_ENVIRONMENT": "test",
        "REVIEWER_SMTP_URL": mailbox.url,
        "REVIEWER_PUBLIC_URL": PUBLIC_URL,
        **environment,
    }
    return Settings.load(given, None)


@pytest.fixture
def backend(
    settings: Settings, database: Database, clock: StandingClock, world_pool: WorkerPool, tmp_path: Path
) -> Backend:
    """The wired features."""
    storage = FolderStorage(tmp_path / "data" / "documents")
    return Backend(Parts(settings, clock, database, storage, DocumentService(world_pool)))


@pytest.fixture
def server_app(backend: Backend) -> FastAPI:
    """The application; a test may add to it before it asks for `client`."""
    return backend.application()


@pytest.fixture
def server_url(server_app: FastAPI, backend: Backend) -> Iterator[str]:
    """The application behind a real HTTP server in a thread."""
    with serving(server_app, stopping=backend.signal.close) as url:
        yield url


@pytest.fixture
def client(server_url: str) -> Iterator[httpx.Client]:
    """Calls the server; its messages are English unless a call says otherwise. May be used by several threads."""
    limits = httpx.Limits(max_connections=None)
    with httpx.Client(base_url=server_url, headers={"Accept-Language": "en"}, timeout=60, limits=limits) as client:
        yield client


@pytest.fixture
def people(client: httpx.Client, mailbox: Mailbox, backend: Backend) -> People:
    """Makes customers and staff that are signed in."""
    return People(client, mailbox, backend)


@pytest.fixture
def new_key() -> Callable[[], dict[str, str]]:
    """Give a header with an idempotency key that was not used before."""
    numbers = iter(range(10**6))
    return lambda: {"Idempotency-Key": f"key-{next(numbers)}"}
