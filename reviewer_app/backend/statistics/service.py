# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts, waits and outcomes over a period."""

from __future__ import annotations

import math
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.orm import Session

from reviewer_app.backend.statistics import repository
from reviewer_app.backend.statistics.repository import Period
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.staff import Assignee, DayStatistics, PersonStatistics, Statistics, WaitingAge
from reviewer_app.contract.states import Outcome
from reviewer_app.contract.working_time import DAY_SECONDS, due_before

__all__ = ["Period", "statistics"]

_ZONE = "Europe/Warsaw"
_MOST_DAYS = 366
_MOMENT = timedelta(microseconds=1)


def statistics(session: Session, period: Period, *, now: datetime, with_persons: bool) -> Statistics:
    """Give the statistics of a period; percentiles are nearest-rank."""
    outcomes = {Outcome(outcome): count for outcome, count in repository.outcomes(session, period)}
    decided = sum(outcomes.values())
    return Statistics(
        received=repository.received(session, period),
        decided=decided,
        waiting=repository.waiting(session),
        wait_p50_seconds=_percentile(session, period, decided, 0.5),
        wait_p90_seconds=_percentile(session, period, decided, 0.9),
        outcomes=outcomes,
        reasons={ReasonCode(code): count for code, count in repository.reasons(session, period)},
        persons=_persons(session, period) if with_persons else (),
        days=_days(session, period),
        ages=_ages(session, now),
    )


def _days(session: Session, period: Period) -> tuple[DayStatistics, ...]:
    """Count by day, each day of the period in its order, unless the period is longer than a year."""
    zone = ZoneInfo(_ZONE)
    first, last = period.start.astimezone(zone).date(), (period.end - _MOMENT).astimezone(zone).date()
    if (last - first).days > _MOST_DAYS:
        return ()
    received = Counter(at.astimezone(zone).date() for at in repository.moments_received(session, period))
    decided = Counter(at.astimezone(zone).date() for at in repository.moments_decided(session, period))
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return tuple(DayStatistics(day=day, received=received[day], decided=decided[day]) for day in days)


def _ages(session: Session, now: datetime) -> dict[WaitingAge, int]:
    limits = {WaitingAge.UNDER_ONE: 0, WaitingAge.UNDER_TWO: 1, WaitingAge.UNDER_FIVE: 2, WaitingAge.OLDER: 5}
    older = {
        age: repository.waiting_since_before(session, due_before(now, days * DAY_SECONDS) if days else now)
        for age, days in limits.items()
    }
    ages = list(limits)
    following = {**{age: older[ages[place + 1]] for place, age in enumerate(ages[:-1])}, ages[-1]: 0}
    return {age: older[age] - following[age] for age in ages}


def _percentile(session: Session, period: Period, decided: int, fraction: float) -> float | None:
    if not decided:
        return None
    return repository.wait_at(session, period, math.ceil(fraction * decided) - 1)


def _persons(session: Session, period: Period) -> tuple[PersonStatistics, ...]:
    names: dict[str, Assignee] = {}
    outcomes: dict[str, dict[Outcome, int]] = {}
    for staff_id, username, display_name, outcome, count in repository.by_person(session, period):
        names[staff_id] = Assignee(id=staff_id, username=username, display_name=display_name)
        outcomes.setdefault(staff_id, {})[Outcome(outcome)] = count
    return tuple(
        PersonStatistics(person=names[staff_id], decided=sum(counts.values()), outcomes=counts)
        for staff_id, counts in outcomes.items()
    )
