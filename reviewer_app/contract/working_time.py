# SPDX-License-Identifier: AGPL-3.0-or-later
"""Working time in Poland: Monday to Friday, 8 to 16 o'clock in Warsaw, public holidays left out.

The days off are those of the Act of 18 January 1951 on days free from work, as the package ``holidays`` keeps them:
24 December is among them since 2025. The package is loaded by the first question about a day.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

OPENS = time(8)
CLOSES = time(16)
DAY_SECONDS = 8 * 3600
"""The length of one working day."""

TARGET_SECONDS = 2 * DAY_SECONDS
"""A case is answered within two working days."""

_LONGEST_LOOK_BACK = timedelta(days=60)


@lru_cache(maxsize=1)
def polish_zone() -> ZoneInfo:
    """Give the zone of Poland's time, by which staff and customers read clocks."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- the desktop's first frame needs the figures above alone

    return ZoneInfo("Europe/Warsaw")


@lru_cache(maxsize=64)
def _days_worked(year: int) -> tuple[int, ...]:
    """Give, for each day of a year from 0, how many working days of that year come before it; and their sum last."""
    import holidays  # noqa: PLC0415 -- see the module

    free = holidays.country_holidays("PL", years=year)
    counts, day = [0], date(year, 1, 1)
    while day.year == year:
        counts.append(counts[-1] + (day.weekday() < 5 and day not in free))
        day += timedelta(days=1)
    return tuple(counts)


@lru_cache(maxsize=64)
def _new_year(year: int) -> int:
    """Give the ordinal of a year's first day: the place of a day in its year costs a fifth of what `timetuple` takes."""
    return date(year, 1, 1).toordinal()


def is_working_day(day: date) -> bool:
    """Say whether people work on a day."""
    counts, place = _days_worked(day.year), day.toordinal() - _new_year(day.year)
    return counts[place + 1] > counts[place]


def working_seconds(start: datetime, end: datetime) -> int:
    """Give the whole seconds of working time between two aware moments; 0 when the end comes first."""
    if end <= start:
        return 0
    first, last = start.astimezone(polish_zone()), end.astimezone(polish_zone())
    return _since_new_year(last) - _since_new_year(first) + _years_between(first.year, last.year)


def due_before(now: datetime, seconds: int = TARGET_SECONDS) -> datetime:
    """Give the latest moment (UTC, to the second) from which at least so much working time has passed by now."""
    low = int((now - _LONGEST_LOOK_BACK).timestamp())
    moments = range(int(now.timestamp()), low, -1)
    place = bisect_right(moments, seconds - 1, key=lambda at: working_seconds(datetime.fromtimestamp(at, UTC), now))
    return datetime.fromtimestamp(moments[min(place, len(moments) - 1)], UTC)


def _since_new_year(moment: datetime) -> int:
    counts, place = _days_worked(moment.year), moment.toordinal() - _new_year(moment.year)
    seconds = counts[place] * DAY_SECONDS
    if counts[place + 1] == counts[place]:
        return seconds
    into = (moment.hour - OPENS.hour) * 3600 + moment.minute * 60 + moment.second
    return seconds + min(max(into, 0), DAY_SECONDS)


def _years_between(first: int, last: int) -> int:
    return sum(_days_worked(year)[-1] for year in range(first, last)) * DAY_SECONDS
