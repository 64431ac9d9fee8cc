# SPDX-License-Identifier: AGPL-3.0-or-later
"""Working time of Poland: hours, weekends, public holidays, and back again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.contract.working_time import (
    DAY_SECONDS,
    TARGET_SECONDS,
    due_before,
    is_working_day,
    working_seconds,
)

WARSAW = ZoneInfo("Europe/Warsaw")
MOMENTS = st.integers(1_704_067_200, 1_830_000_000).map(lambda seconds: datetime.fromtimestamp(seconds, UTC))


def at(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=WARSAW)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        (at(23, 9), at(23, 11), 2),
        (at(23, 6), at(23, 20), 8),
        (at(20, 15), at(23, 9), 2),
        (at(10, 15), at(12, 9), 2),
        (at(21, 10), at(22, 20), 0),
        (at(24, 8, month=12, year=2024), at(24, 16, month=12, year=2024), 8),
        (at(24, 8, month=12, year=2025), at(24, 16, month=12, year=2025), 0),
        (at(31, 15, month=12, year=2025), at(2, 9, month=1, year=2026), 2),
        (at(23, 11), at(23, 9), 0),
    ],
    ids=[
        "within a day",
        "opening hours alone",
        "over a weekend",
        "over Independence Day",
        "on a weekend",
        "Christmas Eve before it was free",
        "Christmas Eve since it is free",
        "over New Year",
        "the wrong way round",
    ],
)
def test_working_hours(start: datetime, end: datetime, hours: int) -> None:
    assert working_seconds(start, end) == hours * 3600


@pytest.mark.parametrize("day", [date(2026, 1, 6), date(2026, 4, 6), date(2026, 6, 4), date(2026, 8, 15)])
def test_days_off_move_with_the_calendar(day: date) -> None:
    assert not is_working_day(day)


@given(MOMENTS, MOMENTS, MOMENTS)
def test_time_adds_up_and_never_outruns_the_clock(one: datetime, two: datetime, three: datetime) -> None:
    first, second, last = (moment.replace(microsecond=0) for moment in sorted((one, two, three)))
    assert working_seconds(first, last) == working_seconds(first, second) + working_seconds(second, last)
    assert working_seconds(first, last) <= (last - first).total_seconds()


@given(MOMENTS)
def test_what_is_due_has_waited_long_enough_and_a_second_later_not(now: datetime) -> None:
    due = due_before(now.replace(microsecond=0))
    assert working_seconds(due, now) >= TARGET_SECONDS == 2 * DAY_SECONDS
    assert working_seconds(due + timedelta(seconds=1), now.replace(microsecond=0)) < TARGET_SECONDS
