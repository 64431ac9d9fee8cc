# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes cases off hold when their time has come, so that everybody's queue shows it at once."""

from __future__ import annotations

import logging

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from reviewer_app.backend.cases.acts import on_hold
from reviewer_app.backend.companies.service import NO_HOLD, SYSTEM, Companies, Company, assign
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.contract.history import HistoryKind

_AT_ONCE = 200
_logger = logging.getLogger(__name__)


class Waking:
    """Ends holds by the clock. A case is on hold no longer from its moment on, whether or not this has run."""

    def __init__(self, clock: Clock, database: Database, companies: Companies) -> None:
        self._clock = clock
        self._database = database
        self._companies = companies

    def wake_due(self) -> int:
        """End the holds whose time is over, each once however many servers look; gives how many this one ended."""
        now = self._clock.now()
        due = select(Company.id).where(Company.hold_reason.is_not(None), Company.hold_until <= now)
        with self._database.read() as session:
            found = session.scalars(due.order_by(Company.hold_until).limit(_AT_ONCE)).all()
        return sum(self._attempt(company_id) for company_id in found)

    def _attempt(self, company_id: str) -> bool:
        try:
            with self._database.write() as session:
                return self._wake(session, company_id)
        except (ProblemError, SQLAlchemyError) as error:
            _logger.warning("a hold was not ended and is tried again: %s", type(error).__name__)
            return False

    def _wake(self, session: Session, company_id: str) -> bool:
        company = self._companies.by_id(session, company_id, lock=True)
        if company.hold_reason is None or on_hold(company, self._clock.now()):
            return False
        assign(company, NO_HOLD)
        self._companies.record(session, company, SYSTEM, HistoryKind.HOLD_ENDED)
        return True
