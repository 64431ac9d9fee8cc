# SPDX-License-Identifier: AGPL-3.0-or-later
"""An account is closed while a case is being given to its person: whichever comes first, nobody who left has a case."""

from __future__ import annotations

from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, NamedTuple

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from reviewer_app.backend.cases.assignments import Assignments, end_all_of
from reviewer_app.backend.cases.bulk import BulkActs
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.staff.accounts import StaffAccounts
from reviewer_app.contract.desk_queue import BulkAct, BulkRequest
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.text import Language
from tests.support.world import Reviewer, World, expect

_WAITING = text("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'")


class Desk(NamedTuple):
    """A case, who leaves, and who gives the case."""

    world: World
    company_id: str
    anna: Reviewer
    maria: Reviewer

    @property
    def request(self) -> BulkRequest:
        """What maria asks for: that the case be anna's."""
        people = {one["username"]: one["id"] for one in expect(self.maria.call("GET", "staff/people"), 200)["items"]}
        versions = {self.company_id: self.maria.detail(self.company_id)["version"]}
        return BulkRequest(act=BulkAct.ASSIGN, companies=versions, assignee_id=people["anna"])

    def close_account(self, session: Session) -> int:
        """Do what the command does that closes anna's account; gives how many cases she had."""
        backend = self.world.backend
        accounts = StaffAccounts(backend.parts.clock, backend.passwords, backend.history)
        return end_all_of(session, backend.history, accounts.disable(session, "anna"))

    def assignment(self) -> Any:
        """Give whose the case is."""
        return self.maria.detail(self.company_id)["assignment"]


@pytest.fixture
def desk(world: World) -> Desk:
    company_id = world.customer().submitted()
    return Desk(world, company_id, world.staff(), world.staff("maria", StaffRole.SUPERVISOR))


def until_it_waits(database: Database, act: Future[Any]) -> None:
    """Go on when the act waits for a lock, or does not. With SQLite it waits for whoever writes from its first moment."""
    while not database.is_sqlite and not act.done():
        with database.read() as session:
            if session.scalar(_WAITING):
                return


def test_who_is_leaving_is_given_nothing_more(desk: Desk) -> None:
    database, body = desk.world.backend.parts.database, desk.request.model_dump(mode="json", exclude_none=True)
    with ThreadPoolExecutor(1) as threads:
        with database.write() as session:
            assert desk.close_account(session) == 0
            given = threads.submit(desk.maria.post, "companies/bulk", body)
            until_it_waits(database, given)
        expect(given.result(), 422, "validation_failed")
    assert desk.assignment() is None
    assert expect(desk.maria.post("companies/next"), 200)["company"]["id"] == desk.company_id


def test_what_is_being_given_is_taken_back_from_who_leaves(desk: Desk) -> None:
    backend, request = desk.world.backend, desk.request
    database = backend.parts.database
    acts = BulkActs(backend.cases, Assignments(backend.cases, backend.companies), backend.staff_sessions)

    def close() -> int:
        with database.write() as session:
            return desk.close_account(session)

    with ThreadPoolExecutor(1) as threads:
        with database.write() as session:
            (maria,) = (one for one in backend.staff_sessions.people(session) if one.username == "maria")
            caller = Staff(maria.id, maria.username, maria.display_name, maria.role, session_id="")
            assert acts.carry_out(session, caller, request, Language.POLISH).items[0].done
            closed = threads.submit(close)
            until_it_waits(database, closed)
        assert closed.result() == 1
    assert desk.assignment() is None
    assert expect(desk.maria.post("companies/next"), 200)["company"]["id"] == desk.company_id
