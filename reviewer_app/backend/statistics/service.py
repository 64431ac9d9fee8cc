# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts, waits and outcomes over a period."""

from __future__ import annotations

import math

from sqlalchemy.orm import Session

from reviewer_app.backend.statistics import repository
from reviewer_app.backend.statistics.repository import Period
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.staff import Assignee, PersonStatistics, Statistics
from reviewer_app.contract.states import Outcome

__all__ = ["Period", "statistics"]


def statistics(session: Session, period: Period, *, with_persons: bool) -> Statistics:
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
    )


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
