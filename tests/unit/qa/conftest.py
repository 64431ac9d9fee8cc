# SPDX-License-Identifier: AGPL-3.0-or-later
"""The workers that inspect uploads, for the tests of generated files."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from tests.support.waiting import wait_until


@pytest.fixture(scope="session")
def service() -> Iterator[DocumentService]:
    """Inspect as the server does."""
    with WorkerPool(size=1) as workers:
        wait_until(lambda: len(workers.process_ids()) == 1, what="the start of the worker")
        yield DocumentService(workers)
