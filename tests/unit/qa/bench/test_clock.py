# SPDX-License-Identifier: AGPL-3.0-or-later
"""The bench's clock: what follows it, what it refuses, and that it is kept."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from reviewer_app.backend.archive import verify
from reviewer_app.backend.bench.clock import BenchClock
from reviewer_app.backend.kit.idempotency import IdempotencyKey
from reviewer_app.contract.working_time import polish_zone
from reviewer_app.documents.workers import WorkerPool
from tests.fakes.clock import StandingClock
from tests.support.benches import InnerBench, running_bench
from tests.support.waiting import wait_until
from tests.support.world import expect
from tests.unit.backend.engines import Engine
from tests.unit.qa.bench.conftest import bench_settings

SCENARIO = "sole_trader_owner_signs"
DAY = 24 * 3600.0


def test_leases_links_and_waits_follow_the_clock_at_once(own_bench: InnerBench) -> None:
    case = own_bench.make(SCENARIO)
    first, second = own_bench.staff(), own_bench.staff("qa.supervisor")
    first.claim(case["company_id"])
    expect(second.post(f"companies/{case['company_id']}/claim"), 409, "claimed_by_other")
    moved = expect(own_bench.call("PUT", "clock", json={"shift_seconds": 1200}), 200)
    assert moved["shifted_seconds"] == 1200
    second = own_bench.staff("qa.supervisor")  # 20 minutes end a session's access too
    assert second.claim(case["company_id"])
    assert second.queue()[0]["waiting_seconds"] > 1200
    own_bench.act(case["company_id"], "second_reviewer_approves")
    mail = own_bench.call("GET", "mail", params={"company_id": case["company_id"]}).json()["items"][0]
    token = mail["links"][0].rpartition("/")[2]
    own_bench.call("PUT", "clock", json={"shift_seconds": 8 * DAY})  # a reminder brings a link of its own
    expect(own_bench.client.get(f"/api/v1/customer/completions/{token}"), 410, "link_expired")


def test_threads_that_wait_follow_the_clock_at_once(own_bench: InnerBench) -> None:
    case = own_bench.make(SCENARIO)
    own_bench.staff().claim(case["company_id"])

    def keys() -> int:
        with own_bench.backend.parts.database.read() as session:
            return session.scalars(select(func.count()).select_from(IdempotencyKey)).one()

    assert keys() == 1
    own_bench.call("PUT", "clock", json={"shift_seconds": 31 * DAY})
    wait_until(lambda: keys() == 0, what="the housekeeper's forgetting of keys that are 30 days old")


def test_the_clock_goes_forwards_only(own_bench: InnerBench) -> None:
    now = datetime.fromisoformat(expect(own_bench.call("GET", "clock"), 200)["now"])
    later = (now + timedelta(days=2)).isoformat()
    assert expect(own_bench.call("PUT", "clock", json={"now": later}), 200)["now"] >= later[:10]
    backwards: list[dict[str, Any]] = [{"now": now.isoformat()}, {"shift_seconds": -1}]
    for body in backwards:
        problem = expect(
            own_bench.call("PUT", "clock", json=body, headers={"Accept-Language": "en"}), 409, "clock_backwards"
        )
        assert "reset" in problem["title"]
        there = [own_bench.clock.now().astimezone(polish_zone()) - timedelta(minutes=ago) for ago in (0, 1)]
        assert any(f"{moment:%H:%M}" in problem["title"] for moment in there), "staff read Poland's clocks"
    wrong: list[dict[str, Any]] = [
        {},
        {"now": later, "shift_seconds": 5},
        {"now": "yesterday"},
        {"now": "2026-11-02T08:00"},
    ]
    for body in wrong:
        expect(own_bench.call("PUT", "clock", json=body), 422, "validation_failed")
    assert own_bench.clock.now() >= now + timedelta(days=2)


def test_the_clock_stays_where_the_bench_can_still_tell_the_time(own_bench: InnerBench) -> None:
    far: list[dict[str, Any]] = [
        {"now": "9999-12-31T23:59:00Z"},
        {"shift_seconds": 1e300},
        {"shift_seconds": 11 * 366 * DAY},
    ]
    for body in far:
        problem = expect(
            own_bench.call("PUT", "clock", json=body, headers={"Accept-Language": "en"}), 422, "clock_too_far"
        )
        assert "10 years" in problem["title"]
    for _ in range(2):
        expect(own_bench.call("PUT", "clock", json={"shift_seconds": 5 * 365 * DAY}), 200)
    expect(own_bench.call("PUT", "clock", json={"shift_seconds": 365 * DAY}), 422, "clock_too_far")
    for page in ("/qa", "/qa/controls", "/healthz", "/"):
        assert own_bench.client.get(page).status_code == 200
    assert own_bench.make(SCENARIO)["state"] == "pending_verification"
    expect(own_bench.call("POST", "reset", json={"scenarios": []}), 200)
    assert own_bench.clock.state().shifted_seconds == 0


def test_the_clock_is_kept_over_a_restart_and_is_never_behind_the_history(
    engine: Engine, world_pool: WorkerPool, tmp_path: Path, machine: StandingClock
) -> None:
    url = engine.make()
    settings = bench_settings(tmp_path, url)
    with running_bench(settings, world_pool, machine) as bench:
        bench.call("PUT", "clock", json={"shift_seconds": 3 * DAY})
        before = bench.clock.now()
        bench.make(SCENARIO)
    with running_bench(settings, world_pool, machine) as bench:
        assert bench.clock.now() - before < timedelta(hours=1)
        newest = bench.clock.now()
        yesterday = StandingClock(machine.now() - timedelta(days=400))
        assert BenchClock(bench.backend.parts.database, yesterday).now() > newest - timedelta(hours=1)
        assert verify(bench.backend.parts.database, bench.backend.parts.storage).broken is None
    engine.discard(url)
