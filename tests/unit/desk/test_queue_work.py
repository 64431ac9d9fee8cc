# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts on several cases at once: a desk on the real backend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from reviewer_app.contract.desk_queue import MOST_AT_ONCE
from reviewer_app.desk.desk import Desk
from tests.support.desks import open_desk
from tests.support.world import PASSWORD, World
from tests.unit.backend.engines import SqliteEngine
from tests.unit.backend.worlds import make_world, world, world_pool

__all__ = ["engine", "make_world", "world", "world_pool"]


@pytest.fixture(scope="session")
def engine(sqlite_engine: SqliteEngine) -> SqliteEngine:
    """Databases of one kind: what differs between the two is not the desk's."""
    return sqlite_engine


@pytest.fixture
def desk(world: World, tmp_path: Path) -> Iterator[Desk]:
    """A desk with anna signed in."""
    world.staff()
    with open_desk(tmp_path, str(world.client.base_url).rstrip("/")) as made:
        made.session.sign_in(username="anna", password=PASSWORD)
        yield made


def test_more_cases_than_fit_one_request_are_acted_on_and_each_is_answered_for(world: World, desk: Desk) -> None:
    there = world.customer().submitted()
    gone = [f"gone-{number}" for number in range(2 * MOST_AT_ONCE)]
    outcome = desk.queue_work.claim(companies={**dict.fromkeys(gone, 1), there: 1})
    assert outcome.done == 1
    assert list(outcome.refused) == gone
    assert desk.claims.lease(company_id=there) is not None
    assert desk.queue_work.release(companies={**dict.fromkeys(gone, 1), there: 1}).done == 1
    assert desk.claims.lease(company_id=there) is None
