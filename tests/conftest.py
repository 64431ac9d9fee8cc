# SPDX-License-Identifier: AGPL-3.0-or-later
"""What holds for every test: windows without a screen, and nothing left running."""

from __future__ import annotations

import os
from collections.abc import Iterator

import hypothesis
import pytest

from tests.support.leftovers import Running, StartPlaces
from tests.unit.backend.engines import PostgresEngine, SqliteEngine

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
# figures are the benchmarks' matter: a busy machine is no failure
hypothesis.settings.register_profile("reviewer", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow])
hypothesis.settings.load_profile("reviewer")

PLACES = StartPlaces()


@pytest.fixture(scope="session")
def sqlite_engine(tmp_path_factory: pytest.TempPathFactory) -> SqliteEngine:
    """Databases in files. It is here and not in a folder's fixtures so that a process makes its template once."""
    return SqliteEngine(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgres_engine() -> Iterator[PostgresEngine]:
    """Databases of a PostgreSQL server, which runs from the first test that asks for it to the end of the process."""
    with PostgresEngine() as engine:
        yield engine


@pytest.fixture(autouse=True)
def nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a thread, a child process or an active Qt timer; fixtures of a wider scope may."""
    before = Running.now(PLACES)
    yield
    if left := before.left_behind():
        pytest.fail("the test left running:\n" + "\n".join(left), pytrace=False)


@pytest.fixture(autouse=True, scope="session")
def nothing_left_by_the_session() -> Iterator[None]:
    """Fail the run when fixtures of a wider scope did not clear up after themselves."""
    before = Running.now(PLACES)
    yield
    if left := before.left_behind():
        pytest.fail("the tests left running:\n" + "\n".join(left), pytrace=False)
