# SPDX-License-Identifier: AGPL-3.0-or-later
"""Worker processes for the tests of the documents room."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reviewer_app.documents.renderer import Renderer
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from tests.support.waiting import wait_until


@pytest.fixture(scope="session")
def pool() -> Iterator[WorkerPool]:
    """For tests that leave the workers as they are."""
    with WorkerPool(size=2) as workers:
        wait_until(lambda: len(workers.process_ids()) == 2, what="the start of the workers")
        yield workers


@pytest.fixture
def own_pool() -> Iterator[WorkerPool]:
    """For tests that cost workers their lives."""
    with WorkerPool(size=2) as workers:
        yield workers


@pytest.fixture
def own_renderer(own_pool: WorkerPool) -> Iterator[Renderer]:
    with Renderer(own_pool) as pages:
        yield pages


@pytest.fixture(scope="session")
def service(pool: WorkerPool) -> DocumentService:
    return DocumentService(pool)


@pytest.fixture
def renderer(pool: WorkerPool) -> Iterator[Renderer]:
    with Renderer(pool) as pages:
        yield pages
