# SPDX-License-Identifier: AGPL-3.0-or-later
"""Benches for tests: one that all of them share, and ones of their own on either engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from reviewer_app.backend.kit.settings import Settings
from reviewer_app.documents.workers import WorkerPool
from tests.fakes.clock import StandingClock
from tests.support.benches import InnerBench, RunningBench, bench_process, running_bench
from tests.unit.backend.engines import Engine
from tests.unit.backend.worlds import world_pool

__all__ = ["world_pool"]

BenchMaker = Callable[[], InnerBench]


def bench_settings(folder: Path, url: str) -> Settings:
    """Give the settings of a bench on a database."""
    environment = {
        "REVIEWER_DATA_DIR": str(folder),
        "REVIEWER_DATABASE_URL": url,
        "REVIEWER_ENVIRONMENT": "test",
        "REVIEWER_CLAIM_LEASE_SECONDS": "900",
    }
    return Settings.load(environment, None)


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningBench]:
    """The bench that tests share, a process: they make cases on it and leave clock and faults as they were."""
    with bench_process(tmp_path_factory.mktemp("bench")) as running:
        yield running


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Databases of one kind; each test that asks runs once with each."""
    engine: Engine = request.getfixturevalue("sqlite_engine" if request.param == "sqlite" else "postgres_engine")
    return engine


@pytest.fixture
def machine() -> StandingClock:
    """The machine's clock of benches of a test's own."""
    return StandingClock()


@pytest.fixture
def make_bench(engine: Engine, world_pool: WorkerPool, tmp_path: Path, machine: StandingClock) -> Iterator[BenchMaker]:
    """Make benches of the test's own."""
    with ExitStack() as stack:
        made = 0

        def make() -> InnerBench:
            nonlocal made
            made += 1
            url = engine.make()
            stack.callback(engine.discard, url)
            settings = bench_settings(tmp_path / f"bench-{made}", url)
            return stack.enter_context(running_bench(settings, world_pool, machine))

        yield make


@pytest.fixture
def own_bench(make_bench: BenchMaker) -> InnerBench:
    """A bench of the test's own, on both engines."""
    return make_bench()
