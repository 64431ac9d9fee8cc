# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that gives statistics."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Query
from pydantic import AwareDatetime
from starlette.responses import Response

from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.problems import ProblemError, field_problem, problem_responses
from reviewer_app.backend.kit.requests import Work
from reviewer_app.backend.statistics.service import Period, statistics
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.staff import Statistics

_Reader = Annotated[Staff, Depends(require(StaffAct.READ_CASES))]
_Moment = AwareDatetime | date
_DEFAULT_PERIOD = timedelta(days=30)
_DAY = timedelta(days=1)


class StatisticsEndpoints:
    """The route of statistics."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def router(self) -> APIRouter:
        """List the routes."""
        refusals = problem_responses(
            ProblemCode.UNAUTHENTICATED,
            ProblemCode.SESSION_EXPIRED,
            ProblemCode.PERMISSION_MISSING,
            ProblemCode.VALIDATION_FAILED,
        )
        router = APIRouter(prefix="/api/v1/staff", tags=["staff"], responses=refusals)
        router.get("/statistics", response_model=Statistics)(self.statistics)
        return router

    def statistics(
        self,
        staff: _Reader,
        work: Work,
        start: Annotated[_Moment | None, Query(alias="from", description="A moment, or a day (UTC).")] = None,
        end: Annotated[_Moment | None, Query(alias="to", description="A moment, or a day (UTC), included.")] = None,
    ) -> Response:
        """Count the 30 days until now, or the period asked for. By person only for those who may see it."""
        now = self._clock.now()
        try:
            until = _moment(end, _DAY) if end is not None else now
            since = _moment(start, timedelta()) if start is not None else until - _DEFAULT_PERIOD
            for moment in (since - _DAY, until + _DAY):  # such as it is in any zone
                moment.astimezone(UTC)
        except OverflowError:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem("to", FieldCode.INVALID)]) from None
        if since >= until:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem("to", FieldCode.INVALID)])
        with_persons = staff.may(StaffAct.READ_PERSON_STATISTICS)
        return work.read(lambda session: statistics(session, Period(since, until), now=now, with_persons=with_persons))


def _moment(given: _Moment, added_to_day: timedelta) -> datetime:
    if isinstance(given, datetime):
        return given
    return datetime.combine(given, time(), UTC) + added_to_day
