# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes the name of who let a claim run out from the key by which the queue is sorted, which cannot know the time."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, select, update

from reviewer_app.backend.companies.service import Company
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database

_AT_ONCE = 200


class Expiry:
    """Notices leases that have run out. Only the place in the queue follows: the token may renew the lease as before."""

    def __init__(self, clock: Clock, database: Database) -> None:
        self._clock = clock
        self._database = database

    def notice_due(self) -> int:
        """Sort the cases whose lease has run out by whose they are to do, else with nobody's; gives how many there were.

        A case that somebody changes just now is left to the next time.
        """
        due = select(Company.id).where(self._run_out()).limit(_AT_ONCE)
        with self._database.read() as session:
            if session.scalar(due) is None:
                return 0
        with self._database.write() as session:
            found = session.scalars(due.with_for_update(skip_locked=True)).all()
            unnamed = update(Company).where(Company.id.in_(found)).values(holder_key="")
            session.execute(unnamed, execution_options={"synchronize_session": False})
        return len(found)

    def _run_out(self) -> ColumnElement[bool]:
        held = Company.holder_id > ""  # as a range it is read from the index, which `is not null` is not
        return and_(held, Company.holder_key != "", Company.lease_expires_at <= self._clock.now())
