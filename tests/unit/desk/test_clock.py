# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server's time at a desk whose own clock is wrong: waiting times, leases and holds go by it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.desk.clock import NOT_WORTH_CORRECTING, ServerClock
from reviewer_app.models.queue.waiting import WaitingTime
from tests.fakes.clock import StandingClock
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.fakes.gateway_server import FakeServer
from tests.support.desks import open_desk

NOON = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)
wrong = st.timedeltas(timedelta(days=-4000), timedelta(days=4000))


@given(wrong=wrong, passed=st.timedeltas(timedelta(0), timedelta(days=3)))
def test_the_servers_time_is_known_whatever_the_computer_shows(wrong: timedelta, passed: timedelta) -> None:
    computer = StandingClock(NOON + wrong)
    clock = ServerClock(computer)
    clock.heard(NOON)
    computer.advance(passed)
    assert abs(clock.now() - (NOON + passed)) <= NOT_WORTH_CORRECTING + timedelta(milliseconds=10)


def test_the_way_of_an_answer_does_not_make_the_time_jump() -> None:
    computer = StandingClock(NOON)
    clock = ServerClock(computer)
    for late in (0.3, 1.2, 0.1):
        clock.heard(computer.now() - timedelta(seconds=late))
        assert abs(clock.now() - computer.now()) < timedelta(seconds=0.1)


def test_a_clock_that_is_set_right_is_believed_again() -> None:
    computer = StandingClock(NOON - timedelta(hours=1))
    clock = ServerClock(computer)
    clock.heard(NOON)
    computer.advance(timedelta(hours=1))
    clock.heard(NOON)
    assert abs(clock.now() - computer.now()) < timedelta(seconds=0.1)


@pytest.mark.parametrize("hours", [-5, 0, 7])
def test_a_desk_with_a_wrong_clock_goes_by_the_answers_of_its_server(
    server: FakeServer, http: HttpFake, tmp_path: Path, hours: int
) -> None:
    server.time = NOON
    computer = StandingClock(NOON + timedelta(hours=hours))
    server.add_company("Żółw", "9990000184", {})
    with open_desk(tmp_path, http.url, clock=computer) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        assert abs(desk.now() - NOON) < timedelta(seconds=3)
        page = desk.queue.load()
        assert abs(page.fetched_at - NOON) < timedelta(seconds=3)
        waiting = WaitingTime()
        waiting.use(lambda start, end: int((end - start).total_seconds()))
        waiting.follow(desk.now)
        waiting.answered(page.fetched_at)
        computer.advance(timedelta(minutes=10))
        waiting.tick()
        (row,) = page.rows
        assert waiting.seconds(replace(row, waiting_seconds=60)) - row.working_seconds in range(595, 606)
