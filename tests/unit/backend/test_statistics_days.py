# SPDX-License-Identifier: AGPL-3.0-or-later
"""Statistics by day and by the time that cases wait."""

from __future__ import annotations

from datetime import timedelta

from tests.support.numbers import NIPS
from tests.support.world import World, expect


def test_days_follow_each_other_and_ages_add_up_to_what_waits(world: World) -> None:
    anna = world.staff()
    first = world.customer().submitted(nip=NIPS[0], krs="0009990000")
    world.clock.advance(timedelta(days=1))
    world.customer().submitted(nip=NIPS[1], krs="0009990001")
    world.clock.advance(timedelta(days=2, hours=1))
    world.customer().submitted(nip=NIPS[2], krs="0009990002")
    world.sign_in(anna)
    anna.approve(first)
    query = {"from": "2026-11-01", "to": "2026-11-05"}
    found = expect(anna.call("GET", "staff/statistics", params=query), 200)
    days = {one["day"]: (one["received"], one["decided"]) for one in found["days"]}
    assert list(days) == ["2026-11-01", "2026-11-02", "2026-11-03", "2026-11-04", "2026-11-05", "2026-11-06"]
    assert (days["2026-11-02"], days["2026-11-03"], days["2026-11-05"]) == ((1, 0), (1, 0), (1, 1))
    assert found["ages"] == {"under_one_day": 1, "under_two_days": 0, "under_five_days": 1, "five_days_or_more": 0}
    assert sum(found["ages"].values()) == found["waiting"] == 2


def test_a_period_at_the_ends_of_the_calendar_is_refused(world: World) -> None:
    anna = world.staff()
    for query in ({"to": "9999-12-31"}, {"to": "0001-01-01"}, {"from": "0001-01-01", "to": "2026-11-05"}):
        expect(anna.call("GET", "staff/statistics", params=query), 422, "validation_failed")
